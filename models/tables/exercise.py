"""Exercises: scenarios that the team wrote, runs and their logs, the talk after, plans ahead."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, UniqueConstraint

from models.tables.base import Row, UTCTime, new_id


class ScenarioVersion(Row, table=True):
    """A scenario that the team wrote or changed; `number` counts from 1 for each scenario.
    Versions are only added. `errors` counts what the check found: with any it is a draft that
    cannot be played. `postmortem_id` is where it was made from."""

    __tablename__ = "scenario_version"
    __table_args__ = (UniqueConstraint("scenario_id", "number"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    scenario_id: str = Field(index=True)
    number: int
    title: str
    text: str
    errors: int
    note: str = ""
    postmortem_id: str | None = Field(default=None, foreign_key="postmortem.id", index=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=UTCTime)


class ScenarioDraft(Row, table=True):
    """What a person is writing and has not saved as a version. `place` is the id of the scenario,
    empty for a new one, or `from/` and the id of a post-mortem; `newest` is the number of the
    team's version that the person began with."""

    __tablename__ = "scenario_draft"
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    place: str = Field(primary_key=True)
    text: str
    newest: int
    updated_at: datetime = Field(sa_type=UTCTime)


class ExerciseRun(Row, table=True):
    """One exercise. `content` is the scenario as JSON, frozen when the run was opened, so that a
    later change of its file means nothing to it. What happened is in the log; the columns below
    `revision` are drawn from it, for lists and for waking.

    `policy` are the team's thresholds as they were when it was opened, and `outcome` is what it
    left behind (models/rules/exercise/outcome.py), both as JSON; the outcome is "" until the end.

    `revision` goes up with every change, for screens that wait. `wake_at` is when the clock has
    something to do; `served_at` is when a server last looked after a running clock. The silent
    notes of the debrief are their writers' alone until `notes_shown_at`."""

    __tablename__ = "exercise_run"
    id: str = Field(default_factory=new_id, primary_key=True)
    scenario_id: str = Field(index=True)
    title: str
    version: str
    content: str
    content_hash: str
    policy: str
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    opened_by: str = Field(foreign_key="person.id", index=True)
    join_code: str | None = Field(default=None, unique=True)
    is_solo: bool
    created_at: datetime = Field(sa_type=UTCTime)
    revision: int = 0
    phase: str = "lobby"
    started_at: datetime | None = Field(default=None, sa_type=UTCTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCTime)
    ending: str = ""
    outcome: str = ""
    wake_at: datetime | None = Field(default=None, sa_type=UTCTime, index=True)
    served_at: datetime | None = Field(default=None, sa_type=UTCTime, index=True)
    debrief_minutes: int | None = None
    debrief_started_at: datetime | None = Field(default=None, sa_type=UTCTime)
    notes_shown_at: datetime | None = Field(default=None, sa_type=UTCTime)
    debrief_ended_at: datetime | None = Field(default=None, sa_type=UTCTime)


class ExerciseFacilitator(Row, table=True):
    """Somebody who sees the story behind the story."""

    __tablename__ = "exercise_facilitator"
    run_id: str = Field(foreign_key="exercise_run.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, index=True)


class ExercisePlayer(Row, table=True):
    """Somebody who joined; the seat is in the log. Here so that one's exercises are found."""

    __tablename__ = "exercise_player"
    run_id: str = Field(foreign_key="exercise_run.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, index=True)


class ExerciseEvent(Row, table=True):
    """A line of the log, only ever added: `body` is the JSON of what happened."""

    __tablename__ = "exercise_event"
    run_id: str = Field(foreign_key="exercise_run.id", primary_key=True)
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCTime)
    story: int
    by: str
    command: str
    is_override: bool
    kind: str
    body: str


class DebriefNote(Row, table=True):
    """A silent note of the hot wash: the moment, the gap, the action. Without a person it is
    anonymous, and nothing anywhere says who wrote it."""

    __tablename__ = "debrief_note"
    id: str = Field(default_factory=new_id, primary_key=True)
    run_id: str = Field(foreign_key="exercise_run.id", index=True)
    objective: str = ""
    question: str = ""
    moment: str
    gap: str = ""
    action: str = ""
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_type=UTCTime)


class ExerciseImprovement(Row, table=True):
    """Which run, and which of its objectives, an action item came from."""

    __tablename__ = "exercise_improvement"
    action_id: str = Field(foreign_key="action_item.id", primary_key=True)
    run_id: str = Field(foreign_key="exercise_run.id", index=True)
    objective: str = ""


class ExercisePlan(Row, table=True):
    """An exercise ahead. Those of one series share `series_id`; `sequence` counts the changes
    that calendars must hear of. `zone` is the one it was planned in, `led_by` who facilitates."""

    __tablename__ = "exercise_plan"
    id: str = Field(default_factory=new_id, primary_key=True)
    scenario_id: str = Field(index=True)
    title: str
    starts_at: datetime = Field(sa_type=UTCTime, index=True)
    minutes: int
    zone: str
    note: str = ""
    series_id: str | None = Field(default=None, index=True)
    sequence: int = 0
    team_id: str | None = Field(default=None, foreign_key="team.id", index=True)
    planned_by: str = Field(foreign_key="person.id", index=True)
    led_by: str = Field(foreign_key="person.id", index=True)
    run_id: str | None = Field(default=None, foreign_key="exercise_run.id", index=True)
    cancelled_at: datetime | None = Field(default=None, sa_type=UTCTime)
    created_at: datetime = Field(sa_type=UTCTime)


class PlannedSeat(Row, table=True):
    """Who is asked to an exercise ahead, perhaps with the seat."""

    __tablename__ = "planned_seat"
    plan_id: str = Field(foreign_key="exercise_plan.id", primary_key=True)
    person_id: str = Field(foreign_key="person.id", primary_key=True, index=True)
    seat: str = ""


class CalendarAddress(Row, table=True):
    """Where a person's calendar program fetches their exercises. Of the secret in the address only
    the SHA-256 is kept: it has 256 random bits, so that nothing slower is needed."""

    __tablename__ = "calendar_address"
    person_id: str = Field(foreign_key="person.id", primary_key=True)
    secret_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UTCTime)
