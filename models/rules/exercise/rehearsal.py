"""A throwaway play for authors: what each seat would see after some decisions. Nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.rules.exercise.commands import Request, decide, start
from models.rules.exercise.events import FACILITATOR, Mode
from models.rules.exercise.fold import advance
from models.rules.exercise.play import Play, new_play
from models.rules.exercise.views import SeatView, view
from models.rules.scenario.shape import Scenario


@dataclass(frozen=True)
class Rehearsal:
    """`made` are the choices that were possible, in order: the first ones that were asked for."""

    play: Play
    made: tuple[str, ...]


def rehearse(scenario: Scenario, choices: Sequence[str]) -> Rehearsal:
    """Plays in turn mode, choosing these options (ids) one after the other, up to the next open
    decision or the end. It stops before a choice that is not available. The scenario must have
    passed the check."""
    play = new_play(scenario)
    play = advance(play, *start(play, _request(play, FACILITATOR), Mode.TURN, solo=True))
    made: list[str] = []
    for choice in choices:
        opened = play.decision
        if opened is None or choice not in opened.options:
            break
        decision = scenario.nodes[opened.node].decision
        request = _request(play, decision.seat if decision else FACILITATOR)
        play = advance(play, *decide(play, request, choice, rationale="A rehearsal."))
        made.append(choice)
    return Rehearsal(play, tuple(made))


def seen_from(rehearsal: Rehearsal, seat: str) -> SeatView:
    """What a seat sees at that point when somebody sits on every one."""
    everyone = {one.id: one.id for one in rehearsal.play.scenario.seats}
    at_the_table = replace(rehearsal.play, solo=False, seats=everyone)
    return view(at_the_table, seat, rehearsal.play.story)


def _request(play: Play, by: str) -> Request:
    return Request(play.scenario.clock.start, by, f"step {play.last_seq + 1}")
