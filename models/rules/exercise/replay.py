"""A run, step by step: what happened, what it changed, and what each seat saw.

The log is read once from the start. Copies of the state on the way make it cheap to look at any
moment of the run as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.rules.exercise import events as e
from models.rules.exercise.clock import minutes
from models.rules.exercise.fold import advance, along, fold
from models.rules.exercise.play import Play, moment, option_of, speaks_for
from models.rules.exercise.report import timeline_line
from models.rules.exercise.views import SeatView, view
from models.rules.problems import NotFound
from models.rules.scenario.expressions import State
from models.rules.scenario.shape import Scenario
from models.rules.scenario.story import impact
from models.rules.vocabulary import words

_EVERY = 64  # events between two copies of the state


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened. `story` in seconds, `at` in the story's calendar; `group` as in
    the report, or table, facilitator, work. `state` is that after it, `changed` the variables
    that it changed, `reached` the seats that it reached."""

    event: int
    story: int
    at: datetime
    group: str
    who: str
    text: str
    override: bool
    state: State
    changed: tuple[str, ...]
    impact: bool
    reached: tuple[str, ...]


@dataclass(frozen=True)
class Replay:
    """`steps` in order; `copies` are states on the way, one every 64 events."""

    scenario: Scenario
    log: tuple[e.Event, ...]
    steps: tuple[Step, ...]
    copies: tuple[Play, ...]

    def play_after(self, event: int) -> Play:
        """The state right after an event, by its number; 0 is before the first. Raises NotFound
        for a number that the log does not have."""
        if not 0 <= event <= len(self.log):
            raise NotFound(f"The run has no event {event}; it has {len(self.log):,}.")
        near = event // _EVERY
        return advance(self.copies[near], *self.log[near * _EVERY : event])

    def seen_by(self, seat: str, event: int) -> SeatView:
        """The screen of a seat right after an event, as it was then."""
        play = self.play_after(event)
        return view(play, seat, play.story)


def replay(scenario: Scenario, events: Iterable[e.Event]) -> Replay:
    """A run to step through. Raises ProblemForUser as `fold` does."""
    log = tuple(events)
    steps: list[Step] = []
    copies = [fold(scenario, ())]
    before = copies[0].state
    for event, play in along(scenario, log):
        step = _step(play, event, before)
        if step is not None:
            steps.append(step)
        before = play.state
        if event.seq % _EVERY == 0:
            copies.append(advance(play))
    return Replay(scenario, log, tuple(steps), tuple(copies))


def steps(scenario: Scenario, events: Iterable[e.Event]) -> tuple[Step, ...]:
    """Only the steps of a run."""
    return replay(scenario, events).steps


def _step(play: Play, event: e.Event, before: State) -> Step | None:
    told = _told(play, event)
    if told is None:
        return None
    group, who, text = told
    changed = tuple(name for name, value in play.state.items() if before[name] != value)
    return Step(
        event=event.seq,
        story=event.story,
        at=moment(play, event.story),
        group=group,
        who=who,
        text=text,
        override=event.override,
        state=play.state,
        changed=changed,
        impact=impact(play.scenario, play.state),
        reached=_reached(play, event, group),
    )


def _told(play: Play, event: e.Event) -> tuple[str, str, str] | None:
    """Group, who and what, in words; None for who has read what."""
    line = timeline_line(play, event)
    if line is not None:
        return line.group, line.who, line.text
    told = _BESIDE_THE_REPORT.get(type(event.what))
    if told is None:
        return None
    group, text = told
    titles = {seat.id: seat.title for seat in play.scenario.seats}
    who = titles.get(event.by, "Facilitator" if event.by == e.FACILITATOR else "")
    return group, who, text(play, event.what)


def _reached(play: Play, event: e.Event, group: str) -> tuple[str, ...]:
    """Acts and decisions are seen by the whole table, messages by those whom they are for."""
    seats = tuple(seat.id for seat in play.scenario.seats)
    if group in ("observation", "facilitator"):
        return ()
    if isinstance(event.what, e.Answered | e.Voted | e.Noted):
        return (event.by,) if event.by in seats else ()
    delivery = play.deliveries.get(event.seq)
    if delivery is None:
        return seats
    return tuple(s for s in seats if any(delivery.reaches(one) for one in speaks_for(play, s)))


def _title(play: Play, name: str) -> str:
    if name in play.scenario.nodes:
        return play.scenario.nodes[name].title
    return next((i.title for i in play.scenario.clock_injects if i.id == name), name)


def _seat(play: Play, name: str) -> str:
    return next((seat.title for seat in play.scenario.seats if seat.id == name), name)


def _marked(play: Play, what: Any) -> str:
    expected = (x for node in play.scenario.nodes.values() for x in node.expects)
    text = next((x.text for x in expected if x.id == what.expectation), what.expectation)
    return f"Marked as {words(what.verdict)}: {text}"


def _option(play: Play, what: Any) -> str:
    return option_of(play.scenario, what.node, what.option).label


_BESIDE_THE_REPORT: dict[type, tuple[str, Callable[[Play, Any], str]]] = {
    e.Joined: ("table", lambda _, what: f"{what.name} joined"),
    e.SeatTaken: (
        "table", lambda play, what: f"{play.players.get(what.player, 'Somebody')} took the seat "
        f"{_seat(play, what.seat)}",
    ),
    e.Voted: ("decision", lambda play, what: f"Voted: {_option(play, what)}"),
    e.CarriedOut: ("work", lambda play, what: f"Done: {_option(play, what)}"),
    e.Skipped: ("clock", lambda _, what: f"The clock was put forward to minute {minutes(what.to)}"),
    e.Held: ("facilitator", lambda play, what: f"Held back: {_title(play, what.id)}"),
    e.Dropped: ("facilitator", lambda play, what: f"Did not come: {_title(play, what.id)}"),
    e.Noted: ("table", lambda _, what: f"Noted: {what.text}"),
    e.Marked: ("facilitator", _marked),
    e.Revealed: ("clock", lambda _, __: "The feedback was shown to everybody"),
}  # fmt: skip
