"""What comes back: similar incidents, factors over time, promises of before, this day years ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed
from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    IncidentRecord,
    PostmortemRecord,
    PublicationRecord,
    WhyRecord,
)
from models.rules.vocabulary import ActionStatus, Clock, PostmortemStatus, Severity
from services import clock
from services.archive_entries import put_into_archive
from services.people import save_zone
from services.postmortems import get_postmortem
from services.record_in import store_postmortem
from services.record_out import load_postmortem
from services.recurring import find_factor_pasts, get_factors_over_time, list_on_this_day
from services.similar import find_similar
from services.unit_of_work import writing
from tests.statements import statements

DONE = ActionRecord(
    "Alert on expiry", owner="Mira", status=ActionStatus.DONE, factor="Expiry", reason="PR 12"
)
OPEN = ActionRecord(
    "Renew automatically", status=ActionStatus.ACCEPTED, factor="Expiry", due_on=date(2024, 4, 1)
)


def earlier(
    who: Who,
    title: str,
    summary: str = "",
    *,
    began: datetime = datetime(2024, 3, 1, 12, 0, tzinfo=UTC),
    factors: tuple[str, ...] = (),
    actions: tuple[ActionRecord, ...] = (),
    service: str = "Login",
) -> str:
    """A published post-mortem that stands in the archive; its id."""
    record = draft(title, summary, began=began, factors=factors, actions=actions, service=service)
    record = replace(
        record,
        status=PostmortemStatus.PUBLISHED,
        publication=PublicationRecord(1, who.name, began),
    )
    with writing(who) as work:
        row = store_postmortem(work, record)
        put_into_archive(work, load_postmortem(work, row.id))
        return row.id


def draft(
    title: str,
    summary: str = "",
    *,
    began: datetime = datetime(2025, 6, 1, 12, 0, tzinfo=UTC),
    factors: tuple[str, ...] = (),
    actions: tuple[ActionRecord, ...] = (),
    service: str = "Checkout",
) -> PostmortemRecord:
    incident = IncidentRecord(
        title=title,
        severity=Severity.SEV2,
        services=(service,),
        clocks={Clock.IMPACT_BEGAN: ClockTime(began)},
    )
    return PostmortemRecord(
        title=title, summary=summary, incidents=(incident,), factors=factors, actions=actions
    )


def written(who: Who, record: PostmortemRecord) -> PostmortemRecord:
    with writing(who) as work:
        postmortem_id = store_postmortem(work, record).id
    return get_postmortem(who, postmortem_id)


def test_what_happened_before_comes_with_what_was_promised_and_done(ada: Who) -> None:
    summary = "The signing certificate of the identity provider expired."
    old = earlier(ada, "Login down", summary, actions=(DONE, OPEN))
    earlier(ada, "Disk full", "Logs filled the volume of a broker.")
    new = written(ada, draft("Certificates expired", "The provider refused every signing request."))
    [found] = find_similar(ada, new)
    assert (found.postmortem_id, found.title) == (old, "Login down")
    assert set(found.shared) == {"certificate", "expired", "provider", "signing"}
    assert [(p.text, p.status, p.owner) for p in found.promises] == [
        ("Alert on expiry", ActionStatus.DONE, "Mira"),
        ("Renew automatically", ActionStatus.ACCEPTED, ""),
    ]
    assert [p.is_overdue for p in found.promises] == [False, True]


def test_the_timeline_and_the_whys_are_read_as_they_are_now(ada: Who) -> None:
    earlier(ada, "Login down", "The signing certificate of the identity provider expired.")
    new = draft("Something broke")
    assert find_similar(ada, new) == ()
    at = datetime(2025, 6, 1, 12, 0, tzinfo=UTC)
    events = (EventRecord(at, "Certificate had expired"),)
    new = replace(new, incidents=(replace(new.incidents[0], events=events),))
    assert find_similar(ada, new) == ()
    new = replace(new, whys=(WhyRecord("The signing key was not renewed"),))
    assert [f.title for f in find_similar(ada, new)] == ["Login down"]


def test_a_post_mortem_is_not_like_itself(ada: Who) -> None:
    words = "The signing certificate of the identity provider expired."
    own = earlier(ada, "Login down", words)
    assert find_similar(ada, get_postmortem(ada, own)) == ()
    twin = earlier(ada, "Login down again", words)
    assert [f.postmortem_id for f in find_similar(ada, get_postmortem(ada, own))] == [twin]


def test_however_many_are_alike_three_are_shown_with_the_same_few_queries(ada: Who) -> None:
    words = "The signing certificate of the identity provider expired."
    counted = []
    for few_or_many in (1, 5):
        for n in range(few_or_many):
            earlier(ada, f"Login down {few_or_many} {n}", words, actions=(DONE, OPEN))
        with statements() as sent:
            found = find_similar(ada, draft("Again", words))
        counted.append(len([s for s in sent if s.lstrip().upper().startswith("SELECT")]))
    assert len(found) == 3
    assert counted[0] == counted[1] <= 9


def test_two_words_are_chance_unless_the_service_is_the_same(ada: Who) -> None:
    earlier(ada, "Login down", "The signing certificate was old.", service="Login")
    other = draft("A certificate", "Signing took long.", service="Checkout")
    assert find_similar(ada, other) == ()
    [found] = find_similar(ada, draft("A certificate", "Signing took long.", service="login"))
    assert found.services == ("Login",)


def test_drafts_are_not_shown_as_the_past(ada: Who) -> None:
    words = "The signing certificate of the identity provider expired."
    written(ada, draft("Login down", words))
    assert find_similar(ada, draft("Again", words)) == ()


def test_factors_are_counted_by_the_quarter_in_which_the_incident_began(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2024, 5, 1, tzinfo=UTC))
    earlier(ada, "A", factors=("Expiry", "Capacity"))
    earlier(ada, "B", factors=("Expiry",), began=datetime(2024, 3, 31, 22, 30, tzinfo=UTC))
    earlier(ada, "C", began=datetime(2024, 4, 2, tzinfo=UTC))
    earlier(ada, "Long ago", factors=("Expiry",), began=datetime(2019, 1, 1, tzinfo=UTC))
    written(ada, draft("A draft", factors=("Expiry",), began=datetime(2024, 4, 2, tzinfo=UTC)))
    found = get_factors_over_time(ada, quarters=2)
    assert [str(q) for q in found.quarters] == ["2024-Q1", "2024-Q2"]
    assert (found.totals, found.without) == ((2, 1), (0, 1))
    assert [(r.factor, r.counts) for r in found.rows] == [("Expiry", (2, 0)), ("Capacity", (1, 0))]
    save_zone(ada, "Europe/Berlin", "UTC")
    in_berlin = replace(ada, zone="Europe/Berlin")
    assert get_factors_over_time(in_berlin, quarters=2).totals == (1, 2), "B began in April there"


def test_what_was_promised_for_a_factor_before_and_what_became_of_it(ada: Who) -> None:
    earlier(ada, "First", factors=("Expiry",), actions=(DONE,))
    last = earlier(
        ada,
        "Second",
        factors=("Expiry",),
        actions=(OPEN, replace(OPEN, text="Only proposed", status=ActionStatus.PROPOSED)),
        began=datetime(2024, 9, 1, tzinfo=UTC),
    )
    own = written(ada, draft("New", factors=("Expiry", "Capacity"), actions=(OPEN,)))
    [past] = find_factor_pasts(ada, ("expiry", "Capacity", "Never heard"), besides=own.id)
    assert (past.factor, past.seen, past.last_id) == ("Expiry", 2, last)
    assert {p.text for p in past.promises} == {"Alert on expiry", "Renew automatically"}
    assert (past.done, past.counted) == (1, 2)
    assert find_factor_pasts(ada, ()) == ()


def test_on_this_day_means_the_calendar_of_the_person(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 3, 1, 9, 0, tzinfo=UTC))
    a_year_ago = earlier(ada, "A year ago")
    earlier(ada, "The day after", began=datetime(2023, 3, 2, 0, 0, tzinfo=UTC))
    late = earlier(ada, "Late the evening before", began=datetime(2022, 2, 28, 23, 30, tzinfo=UTC))
    earlier(ada, "Today", began=datetime(2025, 3, 1, 8, 0, tzinfo=UTC))
    assert [a.postmortem_id for a in list_on_this_day(ada)] == [a_year_ago]
    in_berlin = replace(ada, zone="Europe/Berlin")
    assert [a.postmortem_id for a in list_on_this_day(in_berlin)] == [a_year_ago, late]


def test_a_quiet_day_has_nothing(ada: Who) -> None:
    assert list_on_this_day(ada) == ()


def test_nobody_reads_nothing(database_file: object) -> None:
    asks = (
        lambda: find_similar(NOBODY, draft("A")),
        lambda: get_factors_over_time(NOBODY),
        lambda: find_factor_pasts(NOBODY, ("Expiry",)),
        lambda: list_on_this_day(NOBODY),
    )
    for ask in asks:
        with pytest.raises(NotAllowed):
            ask()
