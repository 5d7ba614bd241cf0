"""From the log to the state: one small step for each kind of event.

`fold` reads a whole log, `advance` one event more; both give the same, which is what lets a live
screen go on from where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from models.rules.exercise import events as e
from models.rules.exercise.clock import MINUTE
from models.rules.exercise.play import (
    Choice,
    Coming,
    Delivery,
    OpenDecision,
    Play,
    Reading,
    content_hash,
    new_play,
    option_of,
)
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import ClockInject, Contingency, Node, Option, Scenario
from models.rules.scenario.story import (
    apply_effect,
    available_options,
    impact,
    made_progress,
)


def fold(scenario: Scenario, events: Iterable[e.Event]) -> Play:
    """The state after a whole log. Raises ProblemForUser where the log contradicts itself or the
    scenario is another one."""
    play = new_play(scenario)
    for event in events:
        _apply(play, event)
    return play


def along(scenario: Scenario, events: Iterable[e.Event]) -> Iterator[tuple[e.Event, Play]]:
    """Each event with the state right after it. It is the same play every time, changed in
    place: take from it what you need before you go on."""
    play = new_play(scenario)
    for event in events:
        _apply(play, event)
        yield event, play


def advance(play: Play, *events: e.Event) -> Play:
    """The state after some events more; the play that was given stays as it is."""
    following = replace(play, **{name: getattr(play, name).copy() for name in _COLLECTIONS})
    for event in events:
        _apply(following, event)
    return following


_COLLECTIONS = tuple(
    f.name for f in fields(Play) if f.default_factory in (dict, set, list)
)  # the mappings of states are replaced whole, never changed


def _apply(play: Play, event: e.Event) -> None:
    if event.seq != play.last_seq + 1:
        raise ProblemForUser(
            f"The log has a gap: event {event.seq} stands after event {play.last_seq}."
        )
    if event.story < play.story:
        raise ProblemForUser(f"Event {event.seq} lies before the one that it follows.")
    if play.last_at is not None and event.at < play.last_at:
        # The machine's clock was put back: the story goes on from where it was.
        play.clock = play.clock.moved_to(event.story, event.at)
    play.last_seq, play.last_at, play.story = event.seq, event.at, event.story
    if event.command:
        play.commands.add(event.command)
    step = _STEPS.get(type(event.what))
    if step is None:
        return
    try:
        step(play, event, event.what)
    except KeyError as error:
        raise ProblemForUser(
            f"Event {event.seq} ({event.kind}) speaks of {error}, which is not there."
        ) from error


def _joined(play: Play, _event: e.Event, what: e.Joined) -> None:
    play.players[what.player] = what.name


def _seat_taken(play: Play, _event: e.Event, what: e.SeatTaken) -> None:
    play.seats[what.player] = what.seat


def _started(play: Play, event: e.Event, what: e.Started) -> None:
    if what.scenario_hash != content_hash(play.scenario):
        raise ProblemForUser(
            "This run was started with another content of the scenario. "
            "It can only be read with the copy that was kept with it."
        )
    play.mode, play.solo, play.scripted = what.mode, what.solo, what.scripted
    if what.mode is e.Mode.LIVE:
        play.clock = play.clock.running_from(event.story, event.at)
    _read(play, event, play.state)
    _go_to(play, play.scenario.opening.start, event.story)


def _paused(play: Play, event: e.Event, _what: e.Paused) -> None:
    play.paused = True
    play.interrupted = event.by == e.CLOCK
    play.clock = play.clock.standing_at(event.story)


def _resumed(play: Play, event: e.Event, _what: e.Resumed) -> None:
    play.paused = play.interrupted = False
    if play.mode is e.Mode.LIVE:
        play.clock = play.clock.running_from(event.story, event.at)


def _speed(play: Play, event: e.Event, what: e.SpeedSet) -> None:
    play.clock = play.clock.moved_to(event.story, event.at).at_speed(what.factor)


def _skipped(play: Play, event: e.Event, what: e.Skipped) -> None:
    play.clock = play.clock.moved_to(what.to, event.at)


def _delivered(play: Play, event: e.Event, what: e.Delivered) -> None:
    node = play.scenario.nodes[what.node]
    play.node, play.coming = what.node, None
    play.visits[what.node] = play.visits.get(what.node, 0) + 1
    play.held.discard(what.node)
    _change(play, event, node)
    _deliver(play, event, "node", what.node, node)
    if node.next is not None:
        _go_to(play, node.next, event.story)
    elif node.decision is not None:
        options = available_options(play.scenario, what.node, play.state, play.visits)
        deadline = event.story + node.decision.timeout_min * MINUTE
        ids = tuple(option.id for option in options)
        play.decision = OpenDecision(event.seq, what.node, event.story, deadline, ids)
        play.stops.append(event.story)
    else:
        play.coming = Coming("end", what.node, event.story)


def _injected(play: Play, event: e.Event, what: e.Injected) -> None:
    if what.source == "clock":
        play.settled.add(what.id)
        play.held.discard(what.id)
        inject = next((i for i in play.scenario.clock_injects if i.id == what.id), None)
        _deliver(play, event, "clock", what.id, inject)
    elif what.source == "contingency":
        play.played.add(what.id)
        prepared = next((c for c in play.scenario.contingencies if c.id == what.id), None)
        _deliver(play, event, "contingency", what.id, prepared)
    elif what.content is not None:
        content = what.content
        play.deliveries[event.seq] = Delivery(
            event.seq, event.at, event.story, "improvised", what.id, content.channel,
            content.sender, content.to, content.title, content.body,
        )  # fmt: skip


def _deliver(
    play: Play,
    event: e.Event,
    source: Any,
    name: str,
    part: Node | ClockInject | Contingency | None,
) -> None:
    if part is None:
        raise KeyError(name)
    play.deliveries[event.seq] = Delivery(
        event.seq, event.at, event.story, source, name, part.channel, part.from_ or "",
        part.to, part.title, part.body, part.evidence if isinstance(part, Node) else (),
    )  # fmt: skip


def _dropped(play: Play, _event: e.Event, what: e.Dropped) -> None:
    play.settled.add(what.id)
    play.held.discard(what.id)


def _held(play: Play, _event: e.Event, what: e.Held) -> None:
    play.held.add(what.id)


def _seen(play: Play, event: e.Event, what: e.Seen) -> None:
    play.seen.setdefault((what.delivery, event.by), event.story)


def _answered(play: Play, event: e.Event, what: e.Answered) -> None:
    play.answers[what.delivery, event.by] = what.text


def _voted(play: Play, event: e.Event, what: e.Voted) -> None:
    play.votes[event.by] = what.option


def _decided(play: Play, event: e.Event, what: e.Decided) -> None:
    if play.decision is None or play.decision.node != what.node:
        raise KeyError(what.node)
    option = option_of(play.scenario, what.node, what.option)
    play.choices.append(
        Choice(
            event.seq, event.story, event.by, what.node, what.option, what.how,
            play.decision.options, impact(play.scenario, play.state), event.override,
        )
    )  # fmt: skip
    play.decision = None
    play.votes.clear()
    due = event.story + option.takes_min * MINUTE
    play.coming = Coming("option", what.node, due, what.option, event.override)


def _carried_out(play: Play, event: e.Event, what: e.CarriedOut) -> None:
    option = option_of(play.scenario, what.node, what.option)
    _change(play, event, option)
    _go_to(play, option.next, event.story)


def _overridden(play: Play, event: e.Event, what: e.Overridden) -> None:
    play.decision = None
    play.votes.clear()
    play.coming = Coming("node", what.to, event.story, override=True)
    play.held.discard(what.to)


def _declared(play: Play, event: e.Event, _what: e.Declared) -> None:
    if play.declared is None:
        play.declared = event.story


def _role_set(play: Play, _event: e.Event, what: e.RoleSet) -> None:
    play.roles[what.role] = what.seat


def _severity_set(play: Play, _event: e.Event, what: e.SeveritySet) -> None:
    play.severity = what.level


def _marked(play: Play, _event: e.Event, what: e.Marked) -> None:
    play.marks[what.expectation] = what.verdict


def _ended(play: Play, event: e.Event, what: e.Ended) -> None:
    play.ended = what
    play.coming = play.decision = None
    play.clock = play.clock.standing_at(event.story)


def _called_off(play: Play, _event: e.Event, _what: e.CalledOff) -> None:
    play.called_off = True


def _revealed(play: Play, _event: e.Event, _what: e.Revealed) -> None:
    play.revealed = True


def _go_to(play: Play, node: str, story: int) -> None:
    play.coming = Coming("node", node, story + play.scenario.nodes[node].delay_min * MINUTE)


def _change(play: Play, event: e.Event, part: Node | Option) -> None:
    if part.effect:
        before = play.state
        play.state = apply_effect(play.scenario, before, part)
        if play.state != before:
            _read(play, event, before)


def _read(play: Play, event: e.Event, before: Mapping[str, Any]) -> None:
    scenario, state = play.scenario, play.state
    progress = made_progress(scenario, before, state)
    hurt = impact(scenario, state)
    play.readings.append(Reading(event.seq, event.story, state, hurt, progress))


_STEPS: dict[type, Callable[[Play, e.Event, Any], None]] = {
    e.Joined: _joined,
    e.SeatTaken: _seat_taken,
    e.Started: _started,
    e.Paused: _paused,
    e.Resumed: _resumed,
    e.SpeedSet: _speed,
    e.Skipped: _skipped,
    e.Delivered: _delivered,
    e.Injected: _injected,
    e.Dropped: _dropped,
    e.Held: _held,
    e.Seen: _seen,
    e.Answered: _answered,
    e.Voted: _voted,
    e.Decided: _decided,
    e.CarriedOut: _carried_out,
    e.Declared: _declared,
    e.RoleSet: _role_set,
    e.SeveritySet: _severity_set,
    e.Overridden: _overridden,
    e.Marked: _marked,
    e.Ended: _ended,
    e.CalledOff: _called_off,
    e.Revealed: _revealed,
}  # every other kind is only read: by the score and the report
