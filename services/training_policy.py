"""The team's thresholds for exercises: how soon, how often, how long. A scenario may set its own.

A run keeps those that were in force when it was opened, so that its result never changes."""

from __future__ import annotations

import json

from sqlmodel import col, select

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.scenario.shape import Policy
from models.tables.people import Setting
from services.unit_of_work import Work, compare_and_set, reading, writing

PREFIX = "exercise."
UPDATES = ("SEV0", "SEV1", "SEV2")  # the severities for which updates are asked
MOST = 10_000  # minutes or hours


def get_thresholds(who: Who) -> dict[str, int]:
    """Every threshold of the team by its name in `Policy`, the time between updates by severity;
    the usual ones where the team has not chosen."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        return _values(team_policy(work))


def save_threshold(who: Who, name: str, value: int, was: int) -> None:
    """Sets one threshold, by its name in `get_thresholds`. Exercises that are opened from now on
    are measured by it."""
    usual = _values(Policy())
    if name not in usual:
        raise ProblemForUser(f"There is no threshold “{name}”.")
    if not 1 <= value <= MOST:
        raise ProblemForUser(f"Choose a number from 1 to {MOST:,}.", field=name)
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        row = work.find(Setting, PREFIX + name)
        if row is None:
            row = Setting(key=PREFIX + name, value=json.dumps(usual[name]))
        try:
            changed = compare_and_set(
                row, "value", json.dumps(value), json.dumps(was), words="threshold"
            )
        except Conflict as conflict:
            conflict.theirs, conflict.yours = json.loads(row.value), value
            raise
        if changed:
            work.session.add(row)
            work.audit("exercise.threshold_saved", Thing.SETTINGS, row.key)


def team_policy(work: Work) -> Policy:
    """Part of a transaction: the thresholds of the team."""
    rows = work.session.exec(select(Setting).where(col(Setting.key).startswith(PREFIX))).all()
    values = {row.key.removeprefix(PREFIX): json.loads(row.value) for row in rows}
    updates = {level: values.pop(level) for level in UPDATES if level in values}
    return Policy.model_validate({**values, "comms_minutes": updates})


def _values(policy: Policy) -> dict[str, int]:
    """Every threshold by its name."""
    values = policy.model_dump()
    return {**values.pop("comms_minutes"), **values}
