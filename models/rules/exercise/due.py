"""What the clock makes happen: deliveries after their delay, clock injects, options that are done,
decisions whose time is over, the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from models.rules.exercise import events as e
from models.rules.exercise.clock import MINUTE
from models.rules.exercise.fold import advance
from models.rules.exercise.play import (
    Coming,
    OpenDecision,
    Play,
    covering,
    option_of,
    story_now,
)
from models.rules.scenario.expressions import holds
from models.rules.scenario.shape import ClockInject, Decision, Option, Tag

_AT_ONCE = 1_000  # steps in one call; a story that goes round without time would have no end


@dataclass(frozen=True)
class Upcoming:
    """Something that the clock will do at `due` seconds of the story. `name` is the node or the
    clock inject that comes."""

    due: int
    what: Coming | ClockInject | OpenDecision
    held: bool = False

    @property
    def name(self) -> str:
        return self.what.id if isinstance(self.what, ClockInject) else self.what.node


def due(play: Play, now: datetime) -> tuple[e.Event, ...]:
    """The events that the clock makes happen by `now`, in their order, each at its own time of
    the story. Once they are in the log the same call gives nothing.

    In turn mode the story goes on by itself to the next decision, whatever the real time is.
    """
    found: list[e.Event] = []
    for _ in range(_AT_ONCE):
        new = _next_step(play, now)
        if not new:
            break
        play = advance(play, *new)
        found.extend(new)
    return tuple(found)


def interrupted(play: Play, now: datetime, served: datetime | None = None) -> tuple[e.Event, ...]:
    """A pause for when the server was away, at the story's time when it was last there (`served`;
    without it, at the last event): what would have come since has not, and comes in its time after
    `resume`."""
    if play.phase != "running":
        return ()
    at = now.astimezone(UTC)
    story = play.story if served is None else story_now(play, min(served, now))
    return (e.Event(play.last_seq + 1, at, story, e.CLOCK, e.Paused()),)


def upcoming(play: Play) -> tuple[Upcoming, ...]:
    """What the clock has still to do, the next one first, what is held among it."""
    if play.mode is None or play.ended is not None:
        return ()
    found: list[Upcoming] = []
    if play.coming is not None:
        held = play.coming.step == "node" and play.coming.node in play.held
        found.append(Upcoming(play.coming.due, play.coming, held))
    found += [
        Upcoming(inject.at_min * MINUTE, inject, inject.id in play.held)
        for inject in play.scenario.clock_injects
        if inject.id not in play.settled
    ]
    if play.decision is not None:
        found.append(Upcoming(play.decision.deadline, play.decision))
    return tuple(sorted(found, key=lambda one: one.due))  # stable: the story before its injects


def _next_step(play: Play, now: datetime) -> tuple[e.Event, ...]:
    if play.phase != "running":
        return ()
    following = next((one for one in upcoming(play) if not one.held), None)
    if following is None or following.due > _horizon(play, now):
        return ()
    override = isinstance(following.what, Coming) and following.what.override
    story = max(following.due, play.story)
    return tuple(
        e.Event(play.last_seq + n, now.astimezone(UTC), story, by, what, override=override)
        for n, (by, what) in enumerate(_happens(play, following.what), start=1)
    )


def _horizon(play: Play, now: datetime) -> int:
    here = story_now(play, now)
    if play.mode is e.Mode.TURN and play.coming is not None:
        held = play.coming.step == "node" and play.coming.node in play.held
        return here if held else max(here, play.coming.due)
    return here


def _happens(
    play: Play, what: Coming | ClockInject | OpenDecision
) -> Iterator[tuple[str, e.Happening]]:
    match what:
        case ClockInject():
            came = what.after is None or what.after in play.visits
            if came and holds(what.when, play.state):
                yield e.CLOCK, e.Injected(source="clock", id=what.id)
            else:
                yield e.CLOCK, e.Dropped(id=what.id)
        case OpenDecision(node=node):
            yield from _time_is_over(play, node)
        case Coming(step="node"):
            yield e.CLOCK, e.Delivered(node=what.node)
        case Coming(step="option"):
            yield e.CLOCK, e.CarriedOut(node=what.node, option=what.option)
            option = option_of(play.scenario, what.node, what.option)
            decider = play.choices[-1].by
            yield from ((decider, act) for act in acts_when_done(option))
        case Coming():
            yield e.CLOCK, e.Ended(ending=play.scenario.nodes[what.node].ending)


def _time_is_over(play: Play, node: str) -> Iterator[tuple[str, e.Happening]]:
    decision, opened = play.scenario.nodes[node].decision, play.decision
    if decision is None or opened is None or not opened.options:
        return  # nobody can decide here; only the facilitator can lead on
    chosen = favourite(play, decision)
    if chosen is None:
        leading = leaders(play) or opened.options
        chosen = decision.default if decision.default in leading else leading[0]
    voted = chosen in play.votes.values()
    by = decision.seat if voted else e.CLOCK
    yield by, e.Decided(node=node, option=chosen, how="vote" if voted else "timeout")
    option = option_of(play.scenario, node, chosen)
    yield from ((by, act) for act in acts_when_chosen(play, option))


def leaders(play: Play) -> tuple[str, ...]:
    """The options with the most votes, in the order of the file; empty before the first vote."""
    counted = Counter(play.votes.values())
    most = max(counted.values(), default=0)
    options: Sequence[str] = play.decision.options if play.decision else ()
    return tuple(option for option in options if most and counted[option] == most)


def favourite(play: Play, decision: Decision) -> str | None:
    """What the votes decide: the one in the lead, and in a tie the deciding seat's vote."""
    leading = leaders(play)
    if len(leading) == 1:
        return leading[0]
    own = play.votes.get(covering(play, decision.seat) or decision.seat)
    return own if own in leading else None


def acts_when_chosen(play: Play, option: Option) -> tuple[e.Happening, ...]:
    """What choosing an option means at once: an incident is declared, somebody is called in, it
    is decided that the regulator is not told, and an update goes out where it stands beside
    other work."""
    acts: list[e.Happening] = []
    if Tag.DECLARE in option.tags and play.declared is None:
        acts.append(e.Declared(text=option.label, option=option.id))
    if Tag.ESCALATE in option.tags:
        acts.append(e.Escalated(text=option.label, option=option.id))
    if Tag.COMMS in option.tags and not _is_an_update(option):
        acts.append(_update(option))
    if Tag.DECLINE in option.tags:
        acts.append(e.Notified(notify=False, text=option.label, option=option.id))
    return tuple(acts)


def acts_when_done(option: Option) -> tuple[e.Happening, ...]:
    """What is true once the minutes that an option takes are over: the impact is mitigated, the
    regulator is told, the incident is closed; and an update is out, where writing it is all that
    there is to do: it is logged when its minutes are over, not when it was begun."""
    acts: list[e.Happening] = []
    if Tag.MITIGATE in option.tags:
        acts.append(e.Mitigated(text=option.label, option=option.id))
    if Tag.COMMS in option.tags and _is_an_update(option):
        acts.append(_update(option))
    if Tag.NOTIFY in option.tags:
        acts.append(e.Notified(text=option.label, option=option.id))
    if Tag.CLOSE in option.tags:
        acts.append(e.Closed(text=option.label, option=option.id))
    return tuple(acts)


def _update(option: Option) -> e.CommsSent:
    promised = option.next_update_min
    return e.CommsSent(text=option.label, option=option.id, next_update_min=promised)


def _is_an_update(option: Option) -> bool:
    return set(option.tags) <= {Tag.COMMS, Tag.NOTIFY}
