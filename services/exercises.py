"""Exercises: opening one, joining, acting, looking. Every change is a line in the run's log.

What people do comes in as one of the functions of the rules (`commands`, `facilitating`):

    act_as_seat(who, run_id, commands.decide, "bypass", click="…", delivery=7)
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import select

from integrations.scenario_yaml import read_scenario
from models.rules.exercise import commands, console, views
from models.rules.exercise.commands import Request
from models.rules.exercise.due import due, interrupted
from models.rules.exercise.events import FACILITATOR, Event, Mode
from models.rules.exercise.hearing import is_news
from models.rules.exercise.play import Play, content_hash, frozen_text, story_now
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import BadFile, NotAllowed, NotFound, PlacedProblem
from models.rules.scenario.check import check
from models.rules.scenario.shape import Scenario
from models.tables.exercise import (
    ExerciseFacilitator,
    ExercisePlan,
    ExercisePlayer,
    ExerciseRun,
    PlannedSeat,
)
from services import clock
from services.announcements import News, announce
from services.exercise_log import (
    UNSERVED,
    Run,
    append,
    is_ticking,
    reached,
    run_as_it_stands,
    scenario_of,
)
from services.exercise_wakes import Clockwork
from services.join_codes import free_code
from services.people import person_of
from services.training_policy import team_policy
from services.unit_of_work import Work, reading, writing

Change = Callable[..., tuple[Event, ...]]


@dataclass(frozen=True)
class RunNews(News):
    """Where a run stands, with the number of its last event."""

    last_seq: int


NO_NEWS = RunNews(-1, concerns=False, last_seq=0)


def open_run(
    who: Who, scenario: Scenario, *, team_id: str | None = None, solo: bool = False
) -> str:
    """Opens a run of a scenario, frozen as it is now; its id. Who opens it facilitates it, or with
    `solo` plays it alone and at once, in every seat. Raises ProblemForUser for one with errors."""
    _require_playable(frozen_text(scenario))
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.EXERCISE)
        run = add_run(work, scenario, person_of(who), team_id, solo=solo)
        if solo:
            _start_alone(work, run, scenario)
        work.audit("exercise.opened", Thing.EXERCISE, run.id)
        return run.id


def add_run(
    work: Work, scenario: Scenario, led_by: str, team_id: str | None, *, solo: bool = False
) -> ExerciseRun:
    """Part of a transaction that opens a run: the run and its facilitator, a person's id."""
    run = ExerciseRun(
        scenario_id=scenario.id,
        title=scenario.title,
        version=scenario.version,
        content=frozen_text(scenario),
        content_hash=content_hash(scenario),
        policy=team_policy(work).model_dump_json(),
        team_id=team_id,
        opened_by=led_by,
        join_code=None if solo else free_code(work),
        is_solo=solo,
        created_at=work.now,
    )
    work.add(run)
    work.add(ExerciseFacilitator(run_id=run.id, person_id=led_by))
    return run


def get_run(who: Who, run_id: str) -> Run:
    """The run as it stands: state, log and who facilitates. Raises NotFound; of another one's
    solo run only when it has ended."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        run = run_as_it_stands(work, run_id)
    if run.is_solo and run.ended_at is None and run.opened_by != who.person_id:
        raise NotFound("There is no such exercise. It may have been removed.")
    return run


def get_news(who: Who, run_id: str, known: RunNews = NO_NEWS) -> RunNews:
    """Where a run stands for the person's screen, which knows of this already."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        run = run_as_it_stands(work, run_id)
    seat = run.play.seats.get(who.person_id or "", "")
    concerns = run.revision > known.revision and is_news(run.play, run.log[known.last_seq :], seat)
    headline = views.newest_title(run.play, seat, known.last_seq) if seat else ""
    return RunNews(run.revision, concerns, run.play.last_seq, headline=headline)


def join_run(who: Who, run_id: str, seat: str = "") -> None:
    """Takes part in a run, on the seat that is named, or on the one that was planned for the
    person; again is no harm."""
    person = person_of(who)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.get(ExerciseRun, run_id, "exercise")
        if row.is_solo:
            raise NotAllowed("This exercise is played alone.")
        play = _caught_up(work, row)
        request = Request(work.now, FACILITATOR, _click())
        if person not in play.players:
            play = append(work, row, play, commands.join(play, request, person, who.name))
            work.add(ExercisePlayer(run_id=run_id, person_id=person))
            seat = seat or _planned_seat(work, row, person)
        if seat and play.seats.get(person) != seat:
            request = Request(work.now, seat, _click())
            append(work, row, play, commands.take_seat(play, request, person))
        work.audit("exercise.joined", Thing.EXERCISE, run_id)
    announce(run_id)


def find_planned_seat(who: Who, run_id: str) -> str:
    """The id of the seat that the person was asked to take when the exercise was planned; "" for
    none."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        return _planned_seat(work, work.get(ExerciseRun, run_id, "exercise"), person_of(who))


def give_seat(who: Who, run_id: str, player: str, seat: str) -> None:
    """The facilitator seats somebody who has joined."""

    def sit(play: Play, now: datetime) -> tuple[Event, ...]:
        return commands.take_seat(play, Request(now, seat, _click()), player)

    _facilitate(who, run_id, sit, "seat_given")


def facilitate_too(who: Who, run_id: str) -> None:
    """A second facilitator. Not for somebody on a seat: they would see the answers."""
    person = person_of(who)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.get(ExerciseRun, run_id, "exercise")
        play, _ = reached(work, row)
        if row.is_solo or (person in play.seats and play.ended is None):
            raise NotAllowed("Who plays cannot facilitate as well: the story would be known.")
        if work.session.get(ExerciseFacilitator, (run_id, person)) is None:
            work.add(ExerciseFacilitator(run_id=run_id, person_id=person))
            row.revision += 1
            work.session.add(row)
            work.audit("exercise.facilitator_added", Thing.EXERCISE, run_id)
    announce(run_id)


def act_as_seat(
    who: Who, run_id: str, change: Change, *args: Any, click: str = "", **kwargs: Any
) -> None:
    """Does something from one's own seat (solo: from any). `click` names the click, so that the
    same one again changes nothing. Raises what the rule raises, and NotAllowed without a seat."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.get(ExerciseRun, run_id, "exercise")
        play = _caught_up(work, row)
        seat = play.seats.get(person_of(who))
        if seat is None:
            raise NotAllowed("Take a seat first; then you can act.")
        request = Request(work.now, seat, click or _click())
        play = append(work, row, play, change(play, request, *args, **kwargs))
        work.audit(f"exercise.{change.__name__}", Thing.EXERCISE, run_id)
    announce(run_id)


def act_as_facilitator(
    who: Who, run_id: str, change: Change, *args: Any, click: str = "", **kwargs: Any
) -> None:
    """Does something as one of the run's facilitators, otherwise like `act_as_seat`."""

    def ask(play: Play, now: datetime) -> tuple[Event, ...]:
        return change(play, Request(now, FACILITATOR, click or _click()), *args, **kwargs)

    _facilitate(who, run_id, ask, change.__name__)


def start_live(who: Who, run_id: str, *, click: str = "") -> None:
    """The facilitator starts the clock for everybody."""
    act_as_facilitator(who, run_id, commands.start, Mode.LIVE, click=click)


def look(who: Who, run: Run) -> views.SeatView:
    """What the person's own seat shows at this moment. Raises NotAllowed without a seat."""
    seat = run.play.seats.get(person_of(who))
    if seat is None:
        raise NotAllowed("Take a seat first; then you see what reaches it.")
    return views.view(run.play, seat, story_now(run.play, clock.now()))


def look_behind(who: Who, run: Run) -> console.Console:
    """What the facilitator sees at this moment. Raises NotAllowed for everybody else, and while
    somebody plays alone: the answers would be known."""
    if who.person_id not in run.facilitators or (run.is_solo and run.ended_at is None):
        raise NotAllowed("Only a facilitator of this exercise sees this page.")
    return console.console(run.play, story_now(run.play, clock.now()))


def tick(run_id: str) -> None:
    """Lets the clock of a run do what is due. Called by whatever server looks after it."""
    with writing(CLOCKWORK) as work:
        row = work.find(ExerciseRun, run_id)
        if row is None or row.ended_at is not None:
            return
        before = row.revision
        play = _caught_up(work, row)
        play = append(work, row, play, due(play, work.now))
        if row.revision == before:
            return
        work.audit("exercise.clock", Thing.EXERCISE, run_id)
    announce(run_id)


CLOCKWORK = Who(None, "The clock")
_clockwork: list[Clockwork] = []


def start_clockwork() -> None:
    """Looks after the clocks of all exercises, in a thread of this process."""
    _clockwork.append(Clockwork(tick))
    _clockwork[-1].start()


def stop_clockwork() -> None:
    """The clocks are left as they stand; another process, or the next start, goes on."""
    while _clockwork:
        _clockwork.pop().stop()


def facilitated(work: Work, run_id: str) -> ExerciseRun:
    """Part of a transaction: a run that the person facilitates. Raises NotAllowed for others."""
    work.require(Verb.EDIT, Thing.EXERCISE)
    row = work.get(ExerciseRun, run_id, "exercise")
    if work.session.get(ExerciseFacilitator, (run_id, person_of(work.who))) is None:
        raise NotAllowed("Only a facilitator of this exercise can do this.")
    return row


def _facilitate(
    who: Who,
    run_id: str,
    change: Callable[[Play, Any], tuple[Event, ...]],
    name: str = "seat_given",
) -> None:
    with writing(who) as work:
        row = facilitated(work, run_id)
        play = _caught_up(work, row)
        append(work, row, play, change(play, work.now))
        work.audit(f"exercise.{name}", Thing.EXERCISE, run_id)
    announce(run_id)


def _caught_up(work: Work, row: ExerciseRun) -> Play:
    """The state of a run that this transaction holds; paused where no server looked after it."""
    play, _ = reached(work, row)
    unserved = row.served_at is not None and work.now - row.served_at > UNSERVED
    if is_ticking(play) and unserved:
        play = append(work, row, play, interrupted(play, work.now, row.served_at))
    return play


@lru_cache(maxsize=64)
def _require_playable(content: str) -> None:
    """The pages offer only scenarios that passed their check; this holds whoever asks."""
    faults = [f for f in check(read_scenario(content.encode())).findings if f.level == "error"]
    if faults:
        raise BadFile(
            "This scenario has errors and cannot be played. Correct them first.",
            [PlacedProblem(f"{f.place}: {f.message}") for f in faults],
        )


def _start_alone(work: Work, row: ExerciseRun, scenario: Scenario) -> None:
    person, seat = row.opened_by, scenario.seats[0].id
    play, _ = reached(work, row)
    steps: list[tuple[str, Change, tuple[Any, ...], dict[str, Any]]] = [
        (FACILITATOR, commands.join, (person, work.who.name), {}),
        (seat, commands.take_seat, (person,), {}),
        (FACILITATOR, commands.start, (Mode.TURN,), {"solo": True}),
    ]
    for by, change, args, kwargs in steps:
        request = Request(work.now, by, _click())
        play = append(work, row, play, change(play, request, *args, **kwargs))
    work.add(ExercisePlayer(run_id=row.id, person_id=person))


def _planned_seat(work: Work, row: ExerciseRun, person: str) -> str:
    """The seat that the plan of this run gives to a person, if the scenario still has it."""
    planned = select(PlannedSeat.seat).join(ExercisePlan).where(
        ExercisePlan.run_id == row.id, PlannedSeat.person_id == person
    )  # fmt: skip
    seats = {seat.id for seat in scenario_of(row.content).seats}
    return next((seat for seat in work.session.exec(planned) if seat in seats), "")


def _click() -> str:
    return secrets.token_hex(8)
