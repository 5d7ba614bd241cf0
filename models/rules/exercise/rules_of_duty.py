"""The scoring rules about telling people, calling for help, closing, and the regulator.

What is owed follows the severity of the moment as `Facts.severity_at` has it: the team's, and
never less than the state of the story asks for.
"""

from __future__ import annotations

from itertools import pairwise

from models.rules.exercise import events as e
from models.rules.exercise.clock import MINUTE
from models.rules.exercise.facts import Facts, Judged, at_minute, joined, span, update_minutes
from models.rules.scenario.shape import Tag
from models.rules.scenario.wording import counted
from models.rules.vocabulary import Severity

FIRST_UPDATE_MIN, FIRST_UPDATE_LATEST_MIN = 5, 10
_SEVERE = frozenset({Severity.SEV0, Severity.SEV1})


def comms_cadence(facts: Facts) -> Judged:
    """From the declaration until the incident is closed: the first update within 5 minutes
    (partly within 10), then as often as the severity asks, each with the time of the next one,
    and that kept. Source: PagerDuty, external communication; the intervals are the policy's."""
    declared = facts.first(e.Declared)
    if declared is None:
        return Judged(None, None, "No incident was declared, so no updates were due.")
    every = [x for x in facts.team(e.CommsSent) if x.story <= facts.closed]
    early = [x for x in every if x.seq < declared.seq]  # the last of them is the first update
    sent = [*early[-1:], *(x for x in every if x.seq > declared.seq)]
    if not sent and update_minutes(facts.policy.comms_minutes, _worst(facts)) is None:
        return Judged(None, None, "The severity asks for no updates.")
    if not sent and facts.unsaid(Tag.COMMS):
        return Judged(None, None, "No decision offered to send an update.")
    checks = [_first_update(facts, declared, sent)]
    for place, update in enumerate(sent):
        following = sent[place + 1] if place + 1 < len(sent) else None
        checks += [_promise(update), _interval(facts, update, following)]
    return joined(checks)


def _first_update(facts: Facts, declared: e.Event, sent: list[e.Event]) -> Judged:
    soon = facts.deadline(declared.story, FIRST_UPDATE_MIN)
    latest = facts.deadline(declared.story, FIRST_UPDATE_LATEST_MIN)
    if not sent:
        if facts.closed < soon:
            return Judged(None, None, "It was closed before the first update was due.")
        return Judged(0, declared, f"No update was sent; the first was due by {at_minute(soon)}.")
    first = sent[0]
    value = 1 if first.story <= soon else 0.5 if first.story <= latest else 0
    said = f"The first update came in {at_minute(first.story)}, due by {at_minute(soon)}."
    return Judged(value, first, said)


def _promise(update: e.Event) -> Judged:
    """Whether an update names the time of the next one. Of one that was part of an option and
    does not name it nothing can be said: it has no words of its own."""
    assert isinstance(update.what, e.CommsSent)
    named = update.what.next_update_min is not None
    if update.what.option and not named:
        return Judged(None, update, "")
    verb = "names" if named else "does not name"
    said = f"The update in {at_minute(update.story)} {verb} the time of the next one."
    return Judged(1 if named else 0, update, said)


def _interval(facts: Facts, update: e.Event, following: e.Event | None) -> Judged:
    until = following.story if following else facts.closed
    changes = [(n, story) for n, story in _severity_changes(facts) if n > update.seq]
    changes = [(update.seq, update.story), *((n, story) for n, story in changes if story < until)]
    limits = [_due(facts, story, facts.severity_at(n)) for n, story in changes]
    assert isinstance(update.what, e.CommsSent)
    if update.what.next_update_min is not None:
        limits.append(facts.deadline(update.story, update.what.next_update_min))
    known = [limit for limit in limits if limit is not None]
    if not known or (following is None and facts.closed <= min(known)):
        return Judged(None, update, "No further update came due.")
    due = f"The update after {at_minute(update.story)} was due by {at_minute(min(known))}"
    if following is None:
        return Judged(0, update, f"{due} and did not come.")
    kept = following.story <= min(known)
    return Judged(1 if kept else 0, following, f"{due} and came in {at_minute(following.story)}.")


def _severity_changes(facts: Facts) -> list[tuple[int, int]]:
    """The events after which another severity may be owed, with their times: the team chose one,
    or the state changed."""
    chosen = [(x.seq, x.story) for x in facts.team(e.SeveritySet)]
    return sorted({*chosen, *((r.seq, r.story) for r in facts.play.readings)})


def _due(facts: Facts, start: int, level: Severity | None) -> int | None:
    minutes = update_minutes(facts.policy.comms_minutes, level)
    return None if minutes is None else facts.deadline(start, minutes)


def _worst(facts: Facts) -> Severity | None:
    """The highest severity in force at any time from the declaration on."""
    declared = facts.first(e.Declared)
    if declared is None:
        return None
    later = [seq for seq, _ in _severity_changes(facts) if seq > declared.seq]
    levels = [facts.severity_at(seq) for seq in (declared.seq, *later)]
    return min((level for level in levels if level is not None), default=None)


def escalate_30(facts: Facts) -> Judged:
    """While customers are hurt, help is called in at the latest after 30 minutes without
    progress. A rule of this product."""
    within = facts.policy.escalate_after_min
    called = facts.team(e.Escalated)
    moved = [r.story for r in facts.play.readings if r.progress] + [x.story for x in called]
    waited = False
    for start, end in facts.impact_periods:
        until = min(end, max(facts.closed, start))
        points = sorted([start, *(story for story in moved if start <= story <= until), until])
        for before, after in pairwise(points):
            waited |= after - before >= within * MINUTE
            if after > facts.deadline(before, within):
                if facts.unsaid(Tag.ESCALATE):
                    return Judged(None, None, "No decision offered to call for help.")
                last = [x for x in facts.events if x.story <= before][-1]
                said = f"From {at_minute(before)} on nothing moved for {span(after - before)}"
                return Judged(0, last, f"{said}, and nobody was called in.")
    if called:
        return Judged(1, called[0], f"Help was called in, in {at_minute(called[0].story)}.")
    if not waited:
        return Judged(None, None, f"Never did {counted(within, 'minute')} pass without progress.")
    return Judged(1, None, f"There was progress at least every {counted(within, 'minute')}.")


def stable_30(facts: Facts) -> Judged:
    """Closed at the earliest 30 minutes after the last bad reading, and after the last thing that
    was done to systems: a way round that ends the impact does not make the repair safe that
    follows it. What is done in the closing option itself does not count."""
    closings = facts.team(e.Closed)
    if not facts.impact_periods or not closings:
        return Judged(None, None, "There was no incident that the team closed.")
    return joined(_closing(facts, event) for event in closings)


def _closing(facts: Facts, event: e.Event) -> Judged:
    bad = [(start, end) for start, end in facts.impact_periods if start <= event.story]
    if not bad:
        return Judged(None, event, "Nothing bad had been read when it was closed.")
    wanted = facts.policy.stable_before_close_min
    if facts.impact_at(event.seq):
        return Judged(0, event, f"Closed in {at_minute(event.story)} while customers were hurt.")
    change = facts.last_change(event.seq)
    since, what = max(bad[-1][1], change), "change" if change > bad[-1][1] else "bad reading"
    quiet = event.story - since
    said = f"Closed in {at_minute(event.story)}, {span(quiet)} after the last {what}"
    return Judged(
        1 if quiet >= wanted * MINUTE else 0, event, f"{said}; {span(wanted * MINUTE)} were asked."
    )


def customer_mail_60(facts: Facts) -> Judged:
    """In a SEV0 or SEV1 customers are told within 60 minutes of the declaration."""
    declared = facts.first(e.Declared)
    if declared is None or _worst(facts) not in _SEVERE:
        return Judged(None, None, "There was no declared incident of SEV0 or SEV1.")
    limit = facts.deadline(declared.story, facts.policy.customer_mail_within_min)
    for event in facts.team(e.CommsSent, e.Notified):
        told = isinstance(event.what, e.CommsSent) and (event.what.audience is e.Audience.CUSTOMERS)
        if isinstance(event.what, e.Notified):
            told |= event.what.notify and bool(event.what.option)
        if told:
            said = f"Customers were told in {at_minute(event.story)}; due by {at_minute(limit)}."
            return Judged(1 if event.story <= limit else 0, event, said)
    if facts.unsaid(Tag.COMMS, Tag.NOTIFY):
        return Judged(None, None, "No decision offered to tell customers.")
    if facts.end < limit:
        return Judged(None, None, "The exercise ended before customers had to be told.")
    return Judged(0, declared, f"Customers were not told; it was due by {at_minute(limit)}.")


def gdpr_72h(facts: Facts) -> Judged:
    """Once the team is aware that personal data was compromised: a decision to notify the
    regulator or not, with its reason, within 72 hours on the story's clock. Where notifying
    followed a decision not to, the first notification counts. A decision without the moment of
    awareness on record is partly; a script, which cannot state it, is measured from the
    beginning. Source: GDPR, article 33."""
    aware, decided = facts.team(e.Aware), facts.team(e.Notified)
    hours = facts.policy.gdpr_hours
    skipped = facts.play.scripted and not facts.unsaid(Tag.NOTIFY, Tag.DECLINE)
    if not aware and not decided and not skipped:
        return Judged(None, None, "Nobody stated that personal data was compromised.")
    start = aware[0].story if aware else facts.play.readings[0].story
    limit = start + hours * 60 * MINUTE
    if not decided:
        event = aware[0] if aware else None
        if facts.end < limit:
            left = span(limit - facts.end)
            said = f"The exercise ended {left} before the decision was due."
            return Judged(None, event, said)
        return Judged(0, event, f"There was no decision within {counted(hours, 'hour')}.")
    told = [x for x in decided if isinstance(x.what, e.Notified) and x.what.notify]
    first = (told or decided)[0]
    if first.story > limit:
        return Judged(
            0, first, f"The decision came more than {counted(hours, 'hour')} after awareness."
        )
    if not aware and not facts.play.scripted:
        return Judged(0.5, first, "It was decided, but the moment of awareness is not on record.")
    which = "to notify" if told else "not to notify"
    return Judged(
        1, first, f"It was decided {which} within {counted(hours, 'hour')}, with a reason."
    )
