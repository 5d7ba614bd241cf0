"""The hot wash: silent notes by all, then shown, ending in actions with an owner and a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from models.rules.exercise import facilitating
from models.rules.exercise.commands import Request
from models.rules.exercise.events import FACILITATOR
from models.rules.exercise.hotwash import DebriefNote as Note
from models.rules.exercise.hotwash import Improvement
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.rules.record import ActionRecord
from models.rules.text import clean
from models.rules.vocabulary import ActionStatus, ActionType
from models.tables.exercise import (
    DebriefNote,
    ExerciseImprovement,
    ExerciseRun,
)
from models.tables.people import Person
from models.tables.postmortem import ActionItem
from services.announcements import announce
from services.exercise_log import append, reached
from services.exercises import facilitated
from services.people import person_of
from services.record_in import store_action
from services.unit_of_work import Work, compare_and_set, pick, reading, writing

LONGEST = 2_000  # characters of one answer


@dataclass(frozen=True)
class NoteRow:
    """A note as it is shown; `own` for the one who wrote it under their name."""

    id: str
    note: Note
    own: bool


@dataclass(frozen=True)
class ImprovementRow:
    """An improvement and the id of its action item."""

    id: str
    improvement: Improvement


def start_debrief(who: Who, run_id: str, minutes: int) -> None:
    """A facilitator begins the talk of 5 to 30 minutes, and with it everybody may read the
    feedback; again is no harm. Only after the end."""
    if not 5 <= minutes <= 30:
        raise ProblemForUser("A hot wash takes between 5 and 30 minutes.", field="minutes")
    with writing(who) as work:
        row = facilitated(work, run_id)
        if row.ended_at is None:
            raise ProblemForUser("The exercise is not over yet. End it, then talk about it.")
        if row.debrief_started_at is not None:
            return
        play, _ = reached(work, row)
        append(work, row, play, facilitating.reveal(play, Request(work.now, FACILITATOR, "talk")))
        row.debrief_started_at, row.debrief_minutes = work.now, minutes
        _changed(work, row, "debrief.started")
    announce(run_id)


def show_notes(who: Who, run_id: str) -> None:
    """A facilitator ends the silent writing: from here on everybody reads every note."""
    with writing(who) as work:
        row = facilitated(work, run_id)
        if row.notes_shown_at is not None:
            return
        row.notes_shown_at = work.now
        _changed(work, row, "debrief.notes_shown")
    announce(run_id)


def end_debrief(who: Who, run_id: str) -> None:
    """The talk is over; notes and actions can still be added."""
    with writing(who) as work:
        row = facilitated(work, run_id)
        if row.debrief_ended_at is not None:
            return
        row.debrief_ended_at = work.now
        row.notes_shown_at = row.notes_shown_at or work.now
        _changed(work, row, "debrief.ended")
    announce(run_id)


def add_note(
    who: Who, run_id: str, note: Note, *, anonymous: bool = False, note_id: str = ""
) -> None:
    """A silent note; `note.by` is not read. Anonymous ones keep no author anywhere, the audit
    log included. The same `note_id` again adds nothing. Raises when all of it is empty."""
    person = person_of(who)
    words = [clean(part, limit=LONGEST) for part in (note.moment, note.gap, note.action)]
    if not any(words):
        raise ProblemForUser("Write at least one of the three.", field="moment")
    with writing(Who(None, "") if anonymous else who) as work:
        row = work.get(ExerciseRun, run_id, "exercise")
        if note_id and work.session.get(DebriefNote, note_id) is not None:
            return
        stored = DebriefNote(
            run_id=run_id,
            objective=note.objective,
            question=note.question,
            moment=words[0],
            gap=words[1],
            action=words[2],
            person_id=None if anonymous else person,
            created_at=work.now,
        )
        if note_id:
            stored.id = note_id
        work.add(stored)
        _changed(work, row, "debrief.note_added")
    announce(run_id)


def list_notes(who: Who, run_id: str) -> tuple[NoteRow, ...]:
    """Until they are shown only one's own, in the order of writing (anonymous ones are nobody's
    own); then all, in an order that says nothing about when they came. Who played alone keeps
    their notes to themselves."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        row = work.get(ExerciseRun, run_id, "exercise")
        query = (
            select(DebriefNote, Person.name)
            .outerjoin(Person, col(DebriefNote.person_id) == col(Person.id))
            .where(DebriefNote.run_id == run_id)
        )
        if row.notes_shown_at is None or row.is_solo:
            query = query.where(DebriefNote.person_id == who.person_id).order_by(
                col(DebriefNote.created_at), DebriefNote.id
            )
        else:
            query = query.order_by(DebriefNote.id)
        found = work.session.exec(query).all()
        return tuple(
            NoteRow(
                id=note.id,
                note=_note(note, name or ""),
                own=note.person_id is not None and note.person_id == who.person_id,
            )
            for note, name in found
        )


def count_notes(who: Who, run_id: str) -> int:
    """How many notes there are, shown or not."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        ids = select(DebriefNote.id).where(DebriefNote.run_id == run_id)
        return len(work.session.exec(ids).all())


def change_note(who: Who, note_id: str, was: Note, now: Note) -> None:
    """Rewrites one's own note. Raises Conflict when it was rewritten elsewhere meanwhile."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.get(DebriefNote, note_id, "note")
        if row.person_id != person_of(who):
            raise NotAllowed("Only the person who wrote a note can change it.")
        for field in ("moment", "gap", "action"):
            text = clean(getattr(now, field), limit=LONGEST, field=field)
            compare_and_set(row, field, text, getattr(was, field), words="note")
        run_id = row.run_id
        _changed(work, work.get(ExerciseRun, run_id, "exercise"), "debrief.note_changed")
    announce(run_id)


def take_back_note(who: Who, note_id: str) -> Note | None:
    """Removes one's own note, and gives it back so that `add_note` can undo this; None when it is
    gone already. An improvement that was made from it stays."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.EXERCISE)
        row = work.session.get(DebriefNote, note_id)
        if row is None:
            return None
        if row.person_id != person_of(who):
            raise NotAllowed("Only the person who wrote a note can take it back.")
        run_id, taken = row.run_id, _note(row)
        work.session.delete(row)
        _changed(work, work.get(ExerciseRun, run_id, "exercise"), "debrief.note_taken_back")
    announce(run_id)
    return taken


def add_improvement(
    who: Who,
    run_id: str,
    text: str,
    *,
    owner: str,
    due_on: date | None,
    objective: str = "",
    type: ActionType = ActionType.PREVENT,
    action_id: str = "",
) -> str:
    """What the team will do, in the same list as the actions of post-mortems; its id. It is a
    promise from the start, so it needs an owner and a day. The same `action_id` adds nothing."""
    said = clean(text, limit=LONGEST, field="action")
    if not said:
        raise ProblemForUser("Say what will be done, beginning with a verb.", field="text")
    if not owner.strip():
        raise ProblemForUser("Choose who will do it.", field="owner")
    if due_on is None:
        raise ProblemForUser("Choose the day by which it will be done.", field="due_on")
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.ACTION)
        run = work.get(ExerciseRun, run_id, "exercise")
        if action_id and work.session.get(ActionItem, action_id) is not None:
            return action_id
        record = ActionRecord(
            text=said, id=action_id, owner=owner, due_on=due_on, type=type,
            status=ActionStatus.ACCEPTED,
        )  # fmt: skip
        action = store_action(work, None, 0, record)
        work.add(ExerciseImprovement(action_id=action.id, run_id=run_id, objective=objective))
        _changed(work, run, "debrief.improvement_added")
        new = action.id
    announce(run_id)
    return new


def list_improvements(who: Who, run_id: str) -> tuple[ImprovementRow, ...]:
    """What came out of a run, as it stands now in the list of actions; the one due first first."""
    query = (
        pick(
            ActionItem.id, ActionItem.text, Person.name, ActionItem.due_on, ActionItem.status,
            ExerciseImprovement.objective,
        )
        .join(ExerciseImprovement, col(ExerciseImprovement.action_id) == col(ActionItem.id))
        .outerjoin(Person, col(ActionItem.owner_id) == col(Person.id))
        .where(ExerciseImprovement.run_id == run_id)
        .order_by(ActionItem.due_on, ActionItem.id)
    )  # fmt: skip
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        return tuple(
            ImprovementRow(action, Improvement(text, owner or "", due_on, status, objective))
            for action, text, owner, due_on, status, objective in work.session.exec(query)
        )


def _note(row: DebriefNote, by: str = "") -> Note:
    return Note(row.objective, row.question, row.moment, row.gap, row.action, by)


def _changed(work: Work, row: ExerciseRun, action: str) -> None:
    row.revision += 1
    work.session.add(row)
    work.audit(action, Thing.EXERCISE, row.id)
