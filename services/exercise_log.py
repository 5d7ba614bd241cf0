"""The log of a run in the database, and the state it makes, remembered by the process.

A run's log only grows, so a state that was reached stays true: each look reads what came since
and goes on from there, instead of folding from the start.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from threading import Lock
from typing import TypeVar

from sqlmodel import col, select

from models.rules.exercise.due import upcoming
from models.rules.exercise.events import Event, Mode, event_from_json
from models.rules.exercise.facts import effective_policy
from models.rules.exercise.fold import advance
from models.rules.exercise.outcome import outcome, outcome_to_json
from models.rules.exercise.play import Play, new_play
from models.rules.problems import NotFound
from models.rules.scenario.shape import Policy, Scenario
from models.tables.exercise import ExerciseEvent, ExerciseFacilitator, ExerciseRun
from services.unit_of_work import Work

MOST = 64  # runs; the one that was not asked for longest goes first
UNSERVED = timedelta(seconds=15)  # a running clock that no server looked after was interrupted
T = TypeVar("T")
Reached = tuple[Play, tuple[Event, ...]]
_reached: OrderedDict[tuple[str, str], Reached] = OrderedDict()
_runs: OrderedDict[tuple[str, str], Run] = OrderedDict()
_lock, _building = Lock(), Lock()


@dataclass(frozen=True, eq=False)
class Run:
    """A run with its state and log, one object for each revision, so that what all screens show
    alike can be kept by it. `revision` goes up with every change. `policy` are the
    thresholds that every score of it is measured by: the scenario's own, then those that the team
    had when it was opened."""

    id: str
    title: str
    version: str
    join_code: str
    opened_by: str
    facilitators: frozenset[str]
    team_id: str | None
    is_solo: bool
    revision: int
    created_at: datetime
    ended_at: datetime | None
    debrief_minutes: int | None
    debrief_started_at: datetime | None
    notes_shown_at: datetime | None
    debrief_ended_at: datetime | None
    policy: Policy
    play: Play
    log: tuple[Event, ...]

    @property
    def scenario(self) -> Scenario:
        return self.play.scenario


def run_as_it_stands(work: Work, run_id: str) -> Run:
    """The run as a reading transaction sees it, or newer. Every change moves its revision on, so a
    screen that is drawn anew asks for a number, and one of many builds the run. Raises NotFound."""
    key = _key(work, run_id)
    asked = select(ExerciseRun.revision).where(ExerciseRun.id == run_id)
    revision = work.session.exec(asked).first()
    if revision is None:
        raise NotFound("There is no such exercise. It may have been removed.")
    with _building:
        with _lock:
            known = _runs.get(key)
        if known is not None and known.revision >= revision:
            return known
        run = _run(work, work.session.get_one(ExerciseRun, run_id))
        with _lock:
            _keep(_runs, key, run)
        return run


def reached(work: Work, run: ExerciseRun) -> Reached:
    """The state and the log as this transaction sees them. Ask before `append`, never after: what
    is found is remembered, and what a transaction writes may yet be undone."""
    key = _key(work, run.id)
    with _lock:
        known = _reached.get(key)
    play, log = known or (new_play(scenario_of(run.content)), ())
    new = _events(work, run.id, after=play.last_seq)
    if new:
        play, log = advance(play, *new), log + new
        _remember(key, (play, log))
    return play, log


def append(work: Work, run: ExerciseRun, play: Play, events: Sequence[Event]) -> Play:
    """Adds events to the log of a run that this transaction holds; the state after them."""
    if not events:
        return play
    for event in events:
        work.session.add(_row(run.id, event))
    play = advance(play, *events)
    run.revision += 1
    run.phase = play.phase
    for event in events:
        if event.kind == "started":
            run.started_at = event.at
    if play.ended is not None and run.ended_at is None:
        run.ended_at = events[-1].at
        run.ending = play.ended.ending.value if play.ended.ending else "stopped"
    run.wake_at = wake_at(play)
    run.served_at = work.now if is_ticking(play) else None
    work.session.add(run)
    work.session.flush()
    if play.ended is not None:  # what is observed after the end counts too
        log = _events(work, run.id)
        run.outcome = outcome_to_json(outcome(play.scenario, log, policy_of(run.policy)))
    return play


def is_ticking(play: Play) -> bool:
    """Whether the clock of the story runs, so that a server must look after it."""
    return play.phase == "running" and play.mode is Mode.LIVE


def wake_at(play: Play) -> datetime | None:
    """The real time at which the clock has something to do next; None when nothing comes."""
    if not is_ticking(play) or play.clock.since is None:
        return None
    following = next((one for one in upcoming(play) if not one.held), None)
    if following is None:
        return None
    ahead = max(0, following.due - play.clock.story)
    return play.clock.since + timedelta(seconds=-(-ahead // play.clock.speed))


@lru_cache(maxsize=MOST)
def scenario_of(content: str) -> Scenario:
    """The scenario from a run's frozen copy."""
    return Scenario.model_validate_json(content)


@lru_cache(maxsize=MOST)
def policy_of(content: str) -> Policy:
    """The team's thresholds as they were when a run was opened."""
    return Policy.model_validate_json(content)


def _run(work: Work, row: ExerciseRun) -> Run:
    play, log = reached(work, row)
    facilitators = work.session.exec(
        select(ExerciseFacilitator.person_id).where(ExerciseFacilitator.run_id == row.id)
    ).all()
    return Run(
        id=row.id,
        title=row.title,
        version=row.version,
        join_code=row.join_code or "",
        opened_by=row.opened_by,
        facilitators=frozenset(facilitators),
        team_id=row.team_id,
        is_solo=row.is_solo,
        revision=row.revision,
        created_at=row.created_at,
        ended_at=row.ended_at,
        debrief_minutes=row.debrief_minutes,
        debrief_started_at=row.debrief_started_at,
        notes_shown_at=row.notes_shown_at,
        debrief_ended_at=row.debrief_ended_at,
        policy=effective_policy(play.scenario, policy_of(row.policy)),
        play=play,
        log=log,
    )


def _key(work: Work, run_id: str) -> tuple[str, str]:
    """A process may have several databases, as tests do."""
    return str(work.session.get_bind().engine.url), run_id


def _remember(key: tuple[str, str], found: Reached) -> None:
    with _lock:
        known = _reached.get(key)
        if known is None or known[0].last_seq < found[0].last_seq:
            _keep(_reached, key, found)


def _keep(kept: OrderedDict[tuple[str, str], T], key: tuple[str, str], one: T) -> None:
    kept[key] = one
    kept.move_to_end(key)
    while len(kept) > MOST:
        kept.popitem(last=False)


def _events(work: Work, run_id: str, after: int = 0) -> tuple[Event, ...]:
    rows = work.session.exec(
        select(ExerciseEvent)
        .where(ExerciseEvent.run_id == run_id, col(ExerciseEvent.seq) > after)
        .order_by(col(ExerciseEvent.seq))
    )
    return tuple(_event(row) for row in rows)


def _event(row: ExerciseEvent) -> Event:
    envelope = {"seq": row.seq, "at": row.at.isoformat(), "story": row.story, "by": row.by}
    marks = {"command": row.command, "override": row.is_override}
    return event_from_json({**json.loads(row.body), **envelope, **marks})


def _row(run_id: str, event: Event) -> ExerciseEvent:
    return ExerciseEvent(
        run_id=run_id,
        seq=event.seq,
        at=event.at,
        story=event.story,
        by=event.by,
        command=event.command,
        is_override=event.override,
        kind=event.kind,
        body=event.what.model_dump_json(),
    )
