"""A believable post-mortem to print: a certificate, a cache, and four people with names."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from PIL import Image, ImageDraw

from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    EvidenceRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    ReviewRecord,
    TransitionRecord,
    WhyRecord,
)
from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    Audience,
    Clock,
    EventKind,
    ImpactKind,
    LessonKind,
    PostmortemStatus,
    Precision,
    Priority,
    Severity,
    Source,
)
from reports.facts import DocumentFacts, Paper, prepare

DAY = datetime(2026, 3, 10, tzinfo=UTC)
AS_OF = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)
ADA, BEN, WILL, ROSE = "Ada Okafor", "Ben Lindqvist", "Will Marsh", "Rose Tanaka"


def at(clock: str, day: int = 0) -> datetime:
    hour, minute = clock.split(":")
    return DAY + timedelta(days=day, hours=int(hour), minutes=int(minute))


def graph() -> bytes:
    """A small error-rate graph as a PNG, drawn here."""
    picture = Image.new("RGB", (960, 320), "white")
    pen = ImageDraw.Draw(picture)
    for y in range(40, 320, 60):
        pen.line((40, y, 940, y), fill="#dde3ea")
    line = [(40 + x * 10, 270 - (200 if 30 < x < 74 else 6) - (x * 7) % 11) for x in range(90)]
    pen.line(line, fill="#33475b", width=4)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


_LINES: tuple[tuple[str, EventKind, str, str], ...] = (
    ("08:40", EventKind.CHANGE, ("The certificate of the payment gateway was renewed by the "
     "monthly job, with a new intermediate certificate."), "deploy bot"),
    ("09:02", EventKind.OBSERVATION, "First declined card payments in the gateway's own log.", ""),
    ("09:14", EventKind.ALERT, "Checkout success rate below 90 % for five minutes.", "PagerDuty"),
    ("09:17", EventKind.ACTION, "Acknowledged the page and opened the checkout dashboard.", BEN),
    ("09:21", EventKind.REPORT, ("Support has eleven tickets about declined cards, all from the "
     "mobile app."), ROSE),
    ("09:24", EventKind.DECISION, ("Declared SEV1; Ada takes command, Rose writes to "
     "customers."), ADA),
    ("09:31", EventKind.OBSERVATION, ("Web payments work. Mobile payments fail during the TLS "
     "handshake with “unknown authority”."), BEN),
    ("09:38", EventKind.ACTION, "Restarted two of twelve checkout workers; no change.", BEN),
    ("09:44", EventKind.ESCALATION, ("Called in Will Marsh, who knows the gateway's certificate "
     "store."), ADA),
    ("09:52", EventKind.OBSERVATION, ("The mobile API keeps its own copy of the trust store, built "
     "into the image six weeks ago. It lacks the new intermediate certificate."), WILL),
    ("09:58", EventKind.DECISION, ("Roll the previous certificate back in at the gateway, because "
     "rebuilding the image takes 40 minutes."), ADA),
    ("10:06", EventKind.MITIGATION, ("Previous certificate active at the gateway. Success rate "
     "climbs."), WILL),
    ("10:12", EventKind.UPDATE, "Status page: payments are working again; we are watching.", ROSE),
    ("10:41", EventKind.CHANGE, ("Mobile API image rebuilt with the system trust store and rolled "
     "out to all regions."), BEN),
    ("10:55", EventKind.RESOLUTION, ("Success rate at 99.2 %, its normal value, for half an hour. "
     "Renewed certificate active again, without errors."), ADA),
    ("11:30", EventKind.UPDATE, "Mail to the 212 customers whose orders were cancelled.", ROSE),
)  # fmt: skip


def events() -> tuple[EventRecord, ...]:
    made = [
        EventRecord(at(time), text, id=f"e{n}", kind=kind, author=author, source=Source.SLACK)
        for n, (time, kind, text, author) in enumerate(_LINES)
    ]
    alert = made[2]
    made[2] = EventRecord(
        alert.at, alert.text, id=alert.id, kind=alert.kind, author=alert.author,
        evidence=(
            EvidenceRecord("Checkout success rate, 09:00 to 11:00", media_type="image/png",
                           content=graph()),
            EvidenceRecord("Alert rule", url="https://alerts.example.com/rules/checkout"),
        ),
    )  # fmt: skip
    made[1] = EventRecord(
        made[1].at, made[1].text, id="e1", kind=made[1].kind, precision=Precision.SECOND
    )
    noise = [
        EventRecord(at("09:25") + timedelta(seconds=20 * n), f"person {n} joined the channel",
                    id=f"n{n}", is_noise=True, source=Source.SLACK)
        for n in range(7)
    ]  # fmt: skip
    return tuple(sorted((*made, *noise), key=lambda event: event.at))


def incident() -> IncidentRecord:
    clocks = {
        Clock.IMPACT_BEGAN: ClockTime(at("09:02"), estimated=True),
        Clock.DETECTED: ClockTime(at("09:14")),
        Clock.ACKNOWLEDGED: ClockTime(at("09:17")),
        Clock.DECLARED: ClockTime(at("09:24")),
        Clock.MITIGATED: ClockTime(at("10:06")),
        Clock.RESOLVED: ClockTime(at("10:55")),
        Clock.CLOSED: ClockTime(at("12:00")),
    }
    return IncidentRecord(
        "Card payments declined in the mobile app", id="i1", severity=Severity.SEV1,
        severity_path=(
            ("Is production down, or is critical data at risk?", "no"),
            ("Is a major function degraded?", "yes"), ("Is there a workaround?", "yes"),
        ),
        clocks=clocks, services=("checkout", "mobile API", "payment gateway"), events=events(),
        participants=(
            ParticipantRecord(ADA, "commander"), ParticipantRecord(BEN, "responder"),
            ParticipantRecord(WILL, "expert"), ParticipantRecord(ROSE, "communications"),
        ),
        source=Source.SLACK, source_key="slack:C024/2026-03-10",
    )  # fmt: skip


def whys() -> tuple[WhyRecord, ...]:
    store = WhyRecord(
        "The mobile API trusts a copy of the certificate store that is built into its image.",
        id="w2", event_ids=("e9",), factors=("hidden dependency",),
        children=(
            WhyRecord("The image was made when the system store could not be mounted.", id="w3",
                      children=(WhyRecord("That limit ended two years ago; nothing reminds us of "
                                          "workarounds that are no longer needed.", id="w4",
                                          factors=("ageing workaround",)),)),
            WhyRecord("Nobody sees which stores a service reads: the inventory lists certificates, "
                      "not who trusts them.", id="w5", factors=("missing inventory",)),
        ),
    )  # fmt: skip
    late = WhyRecord(
        "The alert looks at five minutes of all payments together; mobile is a fifth of them.",
        id="w6", event_ids=("e2",), factors=("alert too coarse",),
        children=(WhyRecord("Alerts are set for each service, not for each way in.", id="w7"),),
    )  # fmt: skip
    return (
        WhyRecord("A renewed certificate made mobile card payments fail for 64 minutes.", id="w1",
                  children=(store, late)),
    )  # fmt: skip


def lessons() -> tuple[LessonRecord, ...]:
    kinds = LessonKind
    return (
        LessonRecord(kinds.WENT_WELL, "One commander within ten minutes of the alert."),
        LessonRecord(kinds.WENT_WELL, "The runbook for rolling a certificate back worked as "
                     "written, at the first try."),
        LessonRecord(kinds.WENT_WRONG, "Twenty minutes went to the checkout workers, because the "
                     "dashboard shows **all** payments in one line."),
        LessonRecord(kinds.GOT_LUCKY, "The previous certificate had three days left. A week later "
                     "there would have been nothing to roll back to."),
        LessonRecord(kinds.SURPRISED, "Two trust stores answer differently on the same machine."),
        LessonRecord(kinds.UNKNOWN, "Whether partners who call the mobile API directly saw errors "
                     "too."),
    )  # fmt: skip


def actions() -> tuple[ActionRecord, ...]:
    return (
        ActionRecord("Read the system trust store in every mobile API image", owner=BEN,
                     due_on=date(2026, 3, 24), priority=Priority.HIGH, type=ActionType.PREVENT,
                     status=ActionStatus.DONE, factor="hidden dependency",
                     reason="Rolled out on 20 March.",
                     tracker_url="https://tracker.example.com/PAY-311"),
        ActionRecord("Alert on payment success for each way in (web, app, partners)", owner=ADA,
                     due_on=date(2026, 3, 27), priority=Priority.HIGH, type=ActionType.DETECT,
                     status=ActionStatus.IN_PROGRESS, factor="alert too coarse"),
        ActionRecord("List who trusts each certificate in the inventory", owner=WILL,
                     due_on=date(2026, 4, 15), type=ActionType.PREVENT,
                     status=ActionStatus.ACCEPTED, factor="missing inventory",
                     tracker_url="https://tracker.example.com/PAY-314"),
        ActionRecord("Renew certificates ten days before they end, not three", owner="Platform "
                     "team", due_on=date(2026, 4, 10), type=ActionType.MITIGATE,
                     status=ActionStatus.ACCEPTED),
        ActionRecord("Freeze certificate changes during business hours", owner=ADA,
                     priority=Priority.LOW, type=ActionType.PROCESS,
                     status=ActionStatus.DECLINED,
                     reason="It moves the risk to hours with fewer people."),
    )  # fmt: skip


def postmortem() -> PostmortemRecord:
    moves = PostmortemStatus
    return PostmortemRecord(
        "Card payments declined in the mobile app after a certificate renewal",
        id="p1", status=PostmortemStatus.PUBLISHED, owner=ADA, facilitator="Noor Haddad",
        participants=(
            ParticipantRecord(ADA, "commander"), ParticipantRecord(BEN, "responder"),
            ParticipantRecord(WILL, "expert"), ParticipantRecord(ROSE, "communications"),
            ParticipantRecord("Noor Haddad", "facilitator"),
        ),
        meeting_at=at("13:00", 1), due_at=at("10:55", 2),
        summary="For 64 minutes on 10 March, about one in five card payments was declined: all "
        "payments from the mobile app failed, while the web shop worked. A routine renewal had "
        "brought a new intermediate certificate, which the mobile API did not trust because it "
        "reads **its own copy** of the trust store.\n\nPutting the previous certificate back "
        "ended the impact; a rebuilt image ended the cause. No card data was exposed.",
        incidents=(incident(),),
        impacts=(
            ImpactRecord(ImpactKind.CUSTOMERS, "4,310 customers saw a declined card; 212 orders "
                         "were cancelled.", estimated=True),
            ImpactRecord(ImpactKind.DURATION, "64 minutes, 09:02 to 10:06 UTC."),
            ImpactRecord(ImpactKind.SERVICES, "Checkout in the mobile app, iOS and Android."),
            ImpactRecord(ImpactKind.DATA, "None lost, none exposed."),
            ImpactRecord(ImpactKind.MONEY, "EUR 61,000 of orders delayed, EUR 9,400 lost.",
                         estimated=True),
            ImpactRecord(ImpactKind.TICKETS, "187 tickets."),
        ),
        whys=whys(), factors=("rushed renewal window",), lessons=lessons(), actions=actions(),
        reviews=(
            ReviewRecord("Imani Cole", signed_at=at("09:00", 3), comment="The inventory is the "
                         "one that matters."),
            ReviewRecord("Jonas Weber"),
        ),
        transitions=(
            TransitionRecord(at("15:00", 1), ADA, moves.DRAFT, moves.IN_REVIEW),
            TransitionRecord(at("16:20", 3), ADA, moves.IN_REVIEW, moves.PUBLISHED),
        ),
        publication=PublicationRecord(2, ADA, at("16:20", 3)),
    )  # fmt: skip


def facts(
    record: PostmortemRecord | None = None,
    *,
    audience: Audience = Audience.FULL,
    redact: bool = False,
    paper: Paper = "A4",
    zone: str = "Europe/Berlin",
    as_of: datetime = AS_OF,
) -> DocumentFacts:
    return prepare(
        record or postmortem(),
        audience=audience, redact=redact, paper=paper, zone=zone, as_of=as_of,
    )  # fmt: skip


def long_postmortem() -> PostmortemRecord:
    """The same story told in more detail: 60 events, about six pages. The benchmark's facts."""
    more = tuple(
        EventRecord(
            at("11:35") + timedelta(minutes=4 * n),
            f"Region {n % 6 + 1}: {_CHECKS[n % len(_CHECKS)]}",
            id=f"m{n}",
            kind=EventKind.OBSERVATION,
            author=(ADA, BEN, WILL, ROSE)[n % 4],
        )
        for n in range(44)
    )
    told = incident()
    return replace(postmortem(), incidents=(replace(told, events=(*told.events, *more)),))


_CHECKS = (
    "success rate of card payments unchanged at 99.2 % over ten minutes.",
    (
        "no handshake errors in the log of the mobile API since the image was rebuilt; the renewed "
        "certificate is the one that is presented."
    ),
    "two retries of the settlement job, both through.",
    "support reports no new tickets.",
    (
        "the canary that pays with a test card every minute has not missed one, from the web shop, "
        "the app and the partner interface."
    ),
)
