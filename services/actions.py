"""Action items: writing them in a post-mortem, and following them until they close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.actions import default_due
from models.rules.evidence import check_link
from models.rules.following.history import ever_promised
from models.rules.following.life import check_move, word_after
from models.rules.lifecycle import check_editable
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, NotFound, ProblemForUser
from models.rules.record import ActionRecord
from models.rules.text import clean
from models.rules.vocabulary import ActionStatus, Severity
from models.tables.exercise import ExerciseImprovement, ExerciseRun
from models.tables.incident import Incident
from models.tables.people import Factor, Person
from models.tables.postmortem import ActionItem, Postmortem
from services.action_history import as_it_is, changes_of, note_change, note_changes
from services.action_rows import ActionRow, by_due_date, every_action, row_of
from services.announcements import announce
from services.people import named, person_id_of
from services.postmortem_state import editing
from services.record_in import store_action
from services.unit_of_work import Work, compare_and_set, reading, writing

_NEW = (ActionStatus.IDEA, ActionStatus.PROPOSED)  # not promised yet
WORDS = frozenset({"text", "type", "priority", "factor"})  # frozen with the post-mortem
FOLLOW_UP = frozenset({"owner", "due_on", "status", "tracker_url", "reason"})
Changes = Mapping[str, tuple[Any, Any]]  # {"status": (was, now), "owner": (was, now), …}


@dataclass(frozen=True)
class Refused:
    """An action that was left as it was, and why, in a whole sentence."""

    action_id: str
    text: str
    message: str


def add_action(who: Who, postmortem_id: str, action: ActionRecord, *, action_id: str = "") -> str:
    """A proposed action, or only an idea; returns its id. Without a due date it gets the default of
    the severity (15 days for SEV0 and SEV1, 30 for SEV2)."""
    with editing(who, postmortem_id, "action.added") as (work, row):
        if action_id and work.session.get(ActionItem, action_id) is not None:
            return action_id
        severity = work.session.exec(
            select(func.min(Incident.severity)).where(Incident.postmortem_id == row.id)
        ).one()
        due = action.due_on or default_due(
            Severity(severity) if severity else None, work.now.date()
        )
        last = select(func.max(ActionItem.position)).where(ActionItem.postmortem_id == row.id)
        position = (work.session.exec(last).one() or 0) + 1
        record = ActionRecord(
            text=_text(action.text),
            id=action_id,
            owner=action.owner,
            due_on=due,
            priority=action.priority,
            type=action.type,
            factor=action.factor,
            status=action.status if action.status in _NEW else ActionStatus.PROPOSED,
            tracker_url=_link(action.tracker_url),
        )
        added = store_action(work, row.id, position, record)
        note_change(work, added.id, "text", "", added.text)
        return added.id


def save_action(who: Who, action_id: str, changes: Changes) -> None:
    """Changes fields of an action: `{"status": (was, now), "owner": (was, now), …}`.

    Owner, due date, status, tracker link and reason can change at any time; the words only while
    the post-mortem is not published. Done needs a proof and declined a reason, both in `reason`;
    what is opened again loses it. Raises Conflict when a field no longer holds what the person
    saw.
    """
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        run_id = _apply(work, action_id, changes)
    if run_id:
        announce(run_id)


def save_actions(who: Who, wanted: Mapping[str, Changes]) -> tuple[Refused, ...]:
    """Changes several actions in one transaction, each as `save_action` would. One that cannot be
    changed is left whole as it was, and is told; the others are saved."""
    refused: list[Refused] = []
    runs: set[str] = set()
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        for action_id, changes in wanted.items():
            try:
                with work.session.begin_nested():
                    runs |= {_apply(work, action_id, changes) or ""}
            except ProblemForUser as problem:
                row = work.find(ActionItem, action_id)
                refused.append(Refused(action_id, row.text if row else "", _said(problem)))
    for run_id in runs - {""}:
        announce(run_id)
    return tuple(refused)


def _said(problem: ProblemForUser) -> str:
    if not isinstance(problem, Conflict):
        return problem.message
    return f"Somebody else has changed it to {problem.theirs or 'nothing'} meanwhile."


def _apply(work: Work, action_id: str, changes: Changes) -> str | None:
    """Part of a transaction: the changes with their checks, history and audit line. Returns the
    exercise whose screens have something to show now."""
    if unknown := set(changes) - WORDS - FOLLOW_UP:
        raise ValueError(f"not fields of an action: {unknown}")
    row = work.get(ActionItem, action_id, "action")
    if WORDS & set(changes) and row.postmortem_id:
        check_editable(work.get(Postmortem, row.postmortem_id, "post-mortem").status)
    before = as_it_is(row)
    for field, (was, now) in changes.items():
        _save_field(work, row, field, was, now)
    old, new = before["status"], row.status
    if (new, row.reason) != (old, before["reason"]):
        row.reason = word_after(old, new, row.reason)
        check_move(old, new, row.reason)
    if new != old:
        row.done_at = work.now if new is ActionStatus.DONE else None
    if not note_changes(work, row, before):
        return None
    work.audit("action.saved", Thing.ACTION, row.id)
    return _changed_run(work, row.id)


def remove_action(who: Who, action_id: str) -> None:
    """Takes an idea or a proposal out of a draft. Promises are declined, not removed."""
    with reading(who) as work:
        row = work.session.get(ActionItem, action_id)
        if row is None:
            return
        postmortem_id, status = row.postmortem_id or "", row.status
        changes = changes_of(work, [action_id], ("status",)).get(action_id, ())
    if status not in _NEW or ever_promised(changes, status):
        raise ProblemForUser(
            "This action is or was a promise already. Decline it with a reason instead."
        )
    with editing(who, postmortem_id, "action.removed") as (work, _):
        row = work.get(ActionItem, action_id, "action")
        note_change(work, row.id, "removed", row.text, "")
        work.session.delete(row)


def get_action(who: Who, action_id: str) -> ActionRow:
    """One action as it stands now. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        row = work.session.exec(every_action().where(ActionItem.id == action_id)).first()
        if row is None:
            raise NotFound("There is no such action. It may have been taken out of a draft.")
        return row_of(row, work.now.date())


def list_actions(
    who: Who,
    *,
    owner: str = "",
    statuses: Sequence[ActionStatus] = (),
    postmortem_id: str = "",
    run_id: str = "",
) -> tuple[ActionRow, ...]:
    """Every action, by due date (those without one last); of one owner, of some statuses, of one
    post-mortem or exercise."""
    a, query = ActionItem, by_due_date(every_action())
    if owner:
        query = query.where(Person.name_key == owner.casefold())
    if statuses:
        query = query.where(col(a.status).in_(statuses))
    if postmortem_id:
        query = query.where(a.postmortem_id == postmortem_id)
    if run_id:
        query = query.where(ExerciseImprovement.run_id == run_id)
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        rows = work.session.exec(query).all()
        today = work.now.date()
    return tuple(row_of(row, today) for row in rows)


def _save_field(work: Work, row: ActionItem, field: str, was: Any, now: Any) -> None:
    if field == "text":
        now = _text(now)
    elif field == "reason":
        now = clean(now, field="reason")
    elif field == "tracker_url":
        now = _link(now)
    elif field == "owner":
        _save_named(work, row, field, Person, was, now)
        return
    elif field == "factor":
        _save_named(work, row, field, Factor, was, now)
        return
    compare_and_set(row, field, now, was, words=field.replace("_", " "))


def _changed_run(work: Work, action_id: str) -> str | None:
    """The exercise that an action came from, if any; its screens have something to show now."""
    came_from = select(ExerciseImprovement.run_id).where(ExerciseImprovement.action_id == action_id)
    run_id = work.session.exec(came_from).first()
    if run_id:
        run = work.get(ExerciseRun, run_id, "exercise")
        run.revision += 1
        work.session.add(run)
    return run_id


def _save_named(
    work: Work, row: ActionItem, field: str, table: type[Person] | type[Factor], was: str, now: str
) -> None:
    """A field that holds an id and is shown as a name, in a conflict too."""
    ids = [
        (person_id_of(work, name) if table is Person else named(work, Factor, name, field).id)
        if name
        else None
        for name in (was, now)
    ]
    try:
        compare_and_set(row, f"{field}_id", ids[1], ids[0], words=field)
    except Conflict as conflict:
        name = select(table.name).where(table.id == (conflict.theirs or ""))
        conflict.theirs, conflict.yours = work.session.exec(name).first() or "", now
        raise


def _text(text: str) -> str:
    text = clean(text, limit=2_000, field="action")
    if not text:
        raise ProblemForUser("Say what will be done, beginning with a verb.", field="text")
    return text


def _link(url: str) -> str:
    return check_link(url) if url.strip() else ""
