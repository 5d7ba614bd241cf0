"""The scoring rules about who leads and what is done first. Each reads the log and says what it
found; thresholds come from the policy."""

from __future__ import annotations

from itertools import pairwise

from models.rules.exercise import events as e
from models.rules.exercise.clock import MINUTE
from models.rules.exercise.facts import Facts, Judged, accepted, at_minute, joined, span
from models.rules.exercise.play import Reading
from models.rules.scenario.shape import Channel, SeverityAnswer, Tag
from models.rules.scenario.story import severity_answer
from models.rules.vocabulary import IncidentRole, Severity

AT_ONCE_MIN = 1  # what "at once" means for people with hands
UNSOLVED_MIN = 60
UPGRADE_WITHIN_MIN = 5
LONG_MIN = 10  # searching longer than this before the impact is smaller
HANDS_ON = frozenset({Tag.MITIGATE, Tag.DIAGNOSE, Tag.FIX})
_FROM_CUSTOMERS = frozenset({Channel.CUSTOMER, Channel.SOCIAL})


def declare_early(facts: Facts) -> Judged:
    """Declared within 5 minutes of the first message that reached anybody while customers were
    hurt; at once when customers or the public write, or a second team is called in; at the
    latest after 60 minutes. Source: Site Reliability Engineering, chapter 14."""
    signal, declared = facts.signal, facts.first(e.Declared)
    if signal is None:
        return Judged(None, None, "Customers were never hurt, so nothing had to be declared.")
    within = facts.policy.declare_within_min
    limits = [(facts.deadline(signal.story, within, could_act_at_start=True), "the first signal")]
    limits.append((signal.story + UNSOLVED_MIN * MINUTE, "an hour without a solution"))
    for delivery in facts.play.deliveries.values():
        if delivery.channel in _FROM_CUSTOMERS and facts.impact_at(delivery.seq):
            limit = facts.deadline(delivery.story, AT_ONCE_MIN, could_act_at_start=True)
            limits.append((limit, f"customers wrote: “{delivery.title}”"))
    for called in facts.team(e.Escalated):
        limit = facts.deadline(called.story, AT_ONCE_MIN, could_act_at_start=True)
        limits.append((limit, "a second team was called in"))
    limit, reason = min(limits)
    allowed = f"It was due by {at_minute(limit)} ({reason})."
    if declared is None:
        if facts.unsaid(Tag.DECLARE):
            return Judged(None, None, "No decision offered to declare.")
        if facts.end < limit:
            return Judged(None, None, f"The exercise ended before it was due. {allowed}")
        return Judged(0, facts.events[-1], f"The incident was never declared. {allowed}")
    if declared.override and declared.story <= limit:
        return Judged(None, declared, "The facilitator declared it, which does not count.")
    when = f"Declared in {at_minute(declared.story)}."
    return Judged(1 if declared.story <= limit else 0, declared, f"{when} {allowed}")


def severity(facts: Facts) -> Judged:
    """Each severity that the team chose against the answer for the state at that moment: one
    level too high is partly, too low is not met; and raised within 5 minutes when the state got
    worse. Source: PagerDuty, "treat it as the higher one"."""
    chosen = facts.team(e.SeveritySet)
    if not chosen:
        if facts.play.scripted:
            return Judged(None, None, "Only decisions were given, and no severity.")
        if facts.signal is None and facts.play.declared is None:
            return Judged(None, None, "Nothing happened that needed a severity.")
        return Judged(0, facts.events[-1], "No severity was chosen.")
    checks = [_level_check(facts, event) for event in chosen]
    checks += [
        check
        for before, after in pairwise(facts.play.readings)
        if (check := _upgrade_check(facts, before, after))
    ]
    return joined(sorted(checks, key=lambda check: check.event.seq if check.event else 0))


def _accepted(answer: SeverityAnswer) -> list[int]:
    return [list(Severity).index(level) for level in accepted(answer)]


def _level_check(facts: Facts, event: e.Event) -> Judged:
    assert isinstance(event.what, e.SeveritySet)
    answer = severity_answer(facts.scenario, facts.reading(event.seq).state)
    if answer is None:
        return Judged(None, event, "The scenario has no answer for this state.")
    level, right = list(Severity).index(event.what.level), _accepted(answer)
    said = f"{event.what.level} in {at_minute(event.story)}; {answer.level} was right: {answer.why}"
    if level in right:
        return Judged(1, event, f"{event.what.level} in {at_minute(event.story)} was right.")
    too_low = level > right[-1]
    far = level < right[0] - 1
    return Judged(0 if too_low or far else 0.5, event, f"{said.rstrip('.')}.")


def _upgrade_check(facts: Facts, before: Reading, after: Reading) -> Judged | None:
    """None where the change did not make the team's severity too low."""
    current = [x for x in facts.team(e.SeveritySet) if x.seq < after.seq]
    old = severity_answer(facts.scenario, before.state)
    new = severity_answer(facts.scenario, after.state)
    if not current or old is None or new is None:
        return None
    last = current[-1].what
    assert isinstance(last, e.SeveritySet)
    level = list(Severity).index(last.level)
    if level <= _accepted(new)[-1] or level > _accepted(old)[-1]:
        return None
    limit = facts.deadline(after.story, UPGRADE_WITHIN_MIN, could_act_at_start=True)
    later = [r.story for r in facts.play.readings if r.seq > after.seq]
    if min([facts.end, *later]) < limit:
        return None  # the state changed again, or the end came, before it was due
    raised = [x for x in facts.team(e.SeveritySet) if x.seq > after.seq and x.story <= limit]
    cause = next(x for x in facts.events if x.seq == after.seq)
    if raised:
        return Judged(1, raised[0], "The severity was raised when it got worse.")
    return Judged(
        0, cause, f"It got worse in {at_minute(after.story)}, and the severity stayed {last.level}."
    )


def ic_assigned(facts: Facts) -> Judged:
    """A commander within 5 minutes of the declaration."""
    declared = facts.first(e.Declared)
    if declared is None:
        return Judged(None, None, "No incident was declared.")
    limit = facts.deadline(declared.story, facts.policy.ic_within_min)
    for event in facts.team(e.RoleSet):
        if isinstance(event.what, e.RoleSet) and event.what.role is IncidentRole.COMMANDER:
            said = f"A commander was named in {at_minute(event.story)}"
            return Judged(
                1 if event.story <= limit else 0, event, f"{said}; due by {at_minute(limit)}."
            )
    if facts.play.scripted:
        return Judged(None, None, "Only decisions were given, and no roles.")
    if facts.end < limit:
        return Judged(None, None, "The exercise ended before a commander was due.")
    return Judged(0, declared, "Nobody was named commander after the declaration.")


def ic_hands_off(facts: Facts) -> Judged:
    """The commander's seat makes no decision that belongs to a hands-on seat about diagnosing,
    mitigating or fixing. Source: PagerDuty, "you should not be performing any actions"."""
    hands_on = {seat.id for seat in facts.scenario.seats if seat.hands_on}
    work = [
        (event, seat in hands_on and event.by == facts.commander_at(event.seq))
        for event, option, seat in facts.options()
        if HANDS_ON & set(option.tags) and facts.commander_at(event.seq)
    ]
    work += [
        (event, event.by == facts.commander_at(event.seq))
        for event in facts.team(e.Mitigated)
        if isinstance(event.what, e.Mitigated) and not event.what.option
        and facts.commander_at(event.seq)
    ]  # fmt: skip
    if not work:
        return Judged(None, None, "There was no work on systems while a commander was named.")
    for event, own in work:
        if own:
            said = f"The commander worked on systems in {at_minute(event.story)}."
            return Judged(0, event, said)
    return Judged(1, work[0][0], "The commander left the work on systems to others.")


def mitigate_first(facts: Facts) -> Judged:
    """The first mitigation comes before any diagnosing or fixing that takes more than 10 minutes
    while customers are hurt. Source: Site Reliability Engineering, "stop the bleeding"."""
    direct = [
        x for x in facts.team(e.Mitigated) if isinstance(x.what, e.Mitigated) and not x.what.option
    ]
    chosen = {event.seq: option for event, option, _ in facts.options()}
    for event in sorted([*facts.team(e.Decided), *direct], key=lambda x: x.seq):
        option = chosen.get(event.seq)
        if not facts.impact_at(event.seq):
            continue
        if option is None or Tag.MITIGATE in option.tags:
            return Judged(1, event, f"The impact was attacked first, in {at_minute(event.story)}.")
        if {Tag.DIAGNOSE, Tag.FIX} & set(option.tags) and option.takes_min > LONG_MIN:
            taken = f"“{option.label}” took {span(option.takes_min * MINUTE)}"
            return Judged(0, event, f"{taken} while customers were hurt, before any mitigation.")
    return Judged(None, None, "Nothing long was tried, and nothing mitigated, under impact.")
