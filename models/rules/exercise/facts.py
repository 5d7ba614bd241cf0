"""What the log says, in the form in which the scoring rules ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from models.rules.exercise import events as e
from models.rules.exercise.clock import MINUTE
from models.rules.exercise.play import Delivery, Play, Reading, option_of
from models.rules.scenario.shape import (
    CommsMinutes,
    Option,
    Policy,
    Scenario,
    SeverityAnswer,
    Tag,
)
from models.rules.scenario.story import severity_answer
from models.rules.vocabulary import IncidentRole, Severity

H = TypeVar("H", bound=e.Happening)
_NAMED_AT_MOST = 4  # checks of a rule in its sentence


@dataclass(frozen=True)
class Judged:
    """What a rule found: 1 met, ½ partly, 0 not met, None not observed; the event that decided
    it, and why in a sentence."""

    value: float | None
    event: e.Event | None
    sentence: str


@dataclass(frozen=True)
class Facts:
    """A run for the rules. Times are seconds of the story; what the facilitator decided in place
    of the team is not among the team's acts."""

    play: Play
    events: tuple[e.Event, ...]
    policy: Policy

    @property
    def scenario(self) -> Scenario:
        return self.play.scenario

    def team(self, *kinds: type[e.Happening]) -> list[e.Event]:
        """The team's acts of some kinds, in order."""
        return [x for x in self.events if isinstance(x.what, kinds) and not x.override]

    def first(self, kind: type[e.Happening]) -> e.Event | None:
        """The first act of a kind, whoever did it."""
        return next((x for x in self.events if isinstance(x.what, kind)), None)

    @property
    def end(self) -> int:
        return self.play.story

    @cached_property
    def closed(self) -> int:
        """When the team closed the incident for the last time, or the end."""
        found = self.team(e.Closed)
        return found[-1].story if found else self.end

    def reading(self, seq: int) -> Reading:
        """The state after an event."""
        return [r for r in self.play.readings if r.seq <= seq][-1]

    def impact_at(self, seq: int) -> bool:
        return bool(self.play.readings) and self.reading(seq).impact

    @cached_property
    def signal(self) -> Delivery | None:
        """The first message that reached anybody while customers were hurt."""
        return next((d for d in self.play.deliveries.values() if self.impact_at(d.seq)), None)

    @cached_property
    def impact_periods(self) -> tuple[tuple[int, int], ...]:
        """From when until when customers were hurt."""
        periods: list[tuple[int, int]] = []
        began: int | None = None
        for reading in self.play.readings:
            if reading.impact and began is None:
                began = reading.story
            elif not reading.impact and began is not None:
                periods.append((began, reading.story))
                began = None
        return (*periods, (began, self.end)) if began is not None else tuple(periods)

    def deadline(self, start: int, minutes: int, *, could_act_at_start: bool = False) -> int:
        """When something had to be done that was due some minutes after `start`. In turn mode
        nobody can act between two stops: where none lay within the time, the next one counts."""
        limit = start + minutes * MINUTE
        if self.play.mode is not e.Mode.TURN:
            return limit
        for stop in self.play.stops:
            if stop > limit:
                return stop
            if stop > start or (could_act_at_start and stop == start):
                return limit
        return limit

    def last_change(self, seq: int) -> int:
        """When systems were last changed before an event: mitigated or fixed, by whomever; 0 when
        they never were."""
        changes = [0]
        for event in self.events:
            if event.seq >= seq:
                break
            if isinstance(event.what, e.CarriedOut):
                tags = set(option_of(self.scenario, event.what.node, event.what.option).tags)
                if tags & {Tag.MITIGATE, Tag.FIX}:
                    changes.append(event.story)
            elif isinstance(event.what, e.Mitigated) and not event.what.option:
                changes.append(event.story)
        return changes[-1]

    def severity_at(self, seq: int) -> Severity | None:
        """The severity whose duties were owed after an event: the team's, or where that was lower
        than the scenario accepts for the state of that moment, the lowest that it accepts. So a
        severity that is chosen too low takes no duty away, and a right one adds none. Until the
        team has chosen, it is the scenario's own answer. Source: PagerDuty, when unsure "treat it
        as the higher one"."""
        answer = severity_answer(self.scenario, self.reading(seq).state)
        chosen = [x.what for x in self.events if x.seq <= seq and isinstance(x.what, e.SeveritySet)]
        if not chosen:
            return answer.level if answer else None
        return min(chosen[-1].level, accepted(answer)[-1]) if answer else chosen[-1].level

    def commander_at(self, seq: int) -> str | None:
        found = None
        for event in self.events:
            if event.seq > seq:
                break
            if isinstance(event.what, e.RoleSet) and event.what.role is IncidentRole.COMMANDER:
                found = event.what.seat
        return found

    def unsaid(self, *tags: Tag) -> bool:
        """Whether only decisions were given, and none of them offered an option with these tags:
        then nothing can be said about what the team left undone."""
        return self.play.scripted and not any(
            set(tags) & set(option_of(self.scenario, choice.node, name).tags)
            for choice in self.play.choices
            for name in choice.available
        )

    def options(self) -> Iterator[tuple[e.Event, Option, str]]:
        """Every option that the team chose: the decision, the option, and its seat."""
        for event in self.team(e.Decided):
            assert isinstance(event.what, e.Decided)
            decision = self.scenario.nodes[event.what.node].decision
            if decision is not None:
                chosen = next(o for o in decision.options if o.id == event.what.option)
                yield event, chosen, decision.seat


def accepted(answer: SeverityAnswer) -> tuple[Severity, ...]:
    """The severities that are right, the highest first."""
    return tuple(sorted({answer.level, *answer.accept}))


def effective_policy(scenario: Scenario, team: Policy | None) -> Policy:
    """The thresholds of a run: what the scenario's file sets itself, then the team's own, then
    the usual ones."""
    if team is None:
        return scenario.policy
    own = scenario.policy
    changes = {name: getattr(own, name) for name in own.model_fields_set}
    if "comms_minutes" in changes:
        levels = own.comms_minutes
        set_here = {name: getattr(levels, name) for name in levels.model_fields_set}
        changes["comms_minutes"] = team.comms_minutes.model_copy(update=set_here)
    return team.model_copy(update=changes)


def update_minutes(policy: CommsMinutes, level: Severity | None) -> int | None:
    """How often a severity asks for an update; None where it does not."""
    return getattr(policy, level.value, None) if level else None


def joined(checks: Iterable[Judged]) -> Judged:
    """Several checks of one rule as one: all met is met, at least half is partly, less is not.
    The event is that of the first check that was not met; the sentence names the checks that
    were not met or, when all were, those that were, the first of them when there are many."""
    observed = [check for check in checks if check.value is not None]
    if not observed:
        return Judged(None, None, "There was no occasion.")
    share = sum(check.value or 0 for check in observed) / len(observed)
    missed = [check for check in observed if check.value != 1]
    deciding = missed[0] if missed else observed[-1]
    sentence = deciding.sentence
    if len(observed) > 1:
        sentence = _listed(len(observed), missed or observed, all_kept=not missed)
    return Judged(1 if share == 1 else 0.5 if share >= 0.5 else 0, deciding.event, sentence)


def _listed(number: int, named: list[Judged], *, all_kept: bool) -> str:
    said = " ".join(check.sentence for check in named[:_NAMED_AT_MOST])
    more = len(named) - _NAMED_AT_MOST
    rest = f" And {more} more." if more > 0 else ""
    if all_kept:
        every = "Both" if number == 2 else f"All {number}"
        return f"{every} checks were kept. {said}{rest}"
    return f"{number - len(named)} of {number} checks were kept. Not kept: {said}{rest}"


def span(seconds: int) -> str:
    """`1 minute`, `12 minutes`, `3 hours`: a length in the story, in words."""
    whole = round(seconds / MINUTE)
    if whole >= 180:
        return f"{whole / 60:.0f} hours"
    return f"{whole} minute{'' if whole == 1 else 's'}"


def at_minute(story: int) -> str:
    return f"minute {story // MINUTE}"
