"""Actions as tickets in the trackers of the team: what is there, what would be sent, and reading
back how far each ticket is. services/ticket_push.py sends them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from integrations.http import within
from integrations.tracker_talk import Reading, hold
from integrations.trackers import dialect_of
from models.rules.following.life import OVER
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import ProblemForUser
from models.rules.tickets.draft import Draft, draft_of
from models.rules.tickets.places import TRACKER_NAMES, Place, Tracker, tracker_of
from models.rules.tickets.states import End, NotThere, PushState, Stage, TrackerProblem
from models.rules.vocabulary import ActionStatus
from models.tables.postmortem import ActionItem
from models.tables.ticket import TicketPush
from services.action_rows import ActionRow, by_due_date, every_action, row_of
from services.actions import save_action
from services.settings import settings
from services.unit_of_work import Work, reading, writing

TALK = 120.0  # seconds for all requests of one talk; two of them are shorter than FORSAKEN
_PART = 500  # ids in one statement


@dataclass(frozen=True)
class TicketRow:
    """An action in a tracker. `said` is the status in the tracker's words when it was read last;
    `problem` is a whole sentence, "" for none."""

    action_id: str
    tracker: Tracker
    state: PushState
    name: str
    url: str
    stage: Stage | None
    said: str
    read_at: datetime | None
    problem: str


@dataclass(frozen=True)
class Planned:
    """What a push would send for an action; `why_not` is a sentence where it would not."""

    draft: Draft
    why_not: str


def list_places() -> tuple[Place, ...]:
    """The trackers that the settings name."""
    return settings().trackers


def place_of(tracker: Tracker) -> Place:
    """Where tickets of this tracker go. Raises ProblemForUser when the settings do not say."""
    for place in settings().trackers:
        if tracker_of(place) is tracker:
            return place
    raise ProblemForUser(
        f"Hotwash has no access to {TRACKER_NAMES[tracker]}. Whoever runs it names a token in "
        f"HOTWASH_{tracker.name}_TOKEN, and where tickets go."
    )


def list_tickets(who: Who, action_ids: Collection[str]) -> dict[str, tuple[TicketRow, ...]]:
    """The tickets of these actions, by action; actions without one are not in it."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        found: dict[str, list[TicketRow]] = {}
        for row in _pushes(work, action_ids):
            found.setdefault(row.action_id, []).append(_shown(row))
    return {action_id: tuple(rows) for action_id, rows in found.items()}


def plan_push(who: Who, action_ids: Sequence[str], tracker: Tracker) -> tuple[Planned, ...]:
    """What `push` would send, in the order of due dates."""
    place_of(tracker)
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        pushes = {p.action_id: p for p in _pushes(work, action_ids) if p.tracker is tracker}
        return tuple(
            Planned(draft_of(row, settings().address), why_not(row, pushes.get(row.id)))
            for row in actions_in(work, action_ids)
        )


def actions_in(work: Work, action_ids: Collection[str]) -> list[ActionRow]:
    """Part of a transaction: those of the actions that there are, by due date."""
    query = by_due_date(every_action().where(col(ActionItem.id).in_(tuple(action_ids)[:_PART])))
    return [row_of(row, work.now.date()) for row in work.session.exec(query)]


def why_not(row: ActionRow, known: TicketPush | None) -> str:
    """Why an action is not sent, in a whole sentence; "" when it is."""
    if known is not None and known.state is PushState.MADE:
        return f"It is there already, as {known.name}."
    if known is None and row.tracker_url:
        return "It has a link to a ticket already."
    if row.status in OVER:
        return "It is over, so there is nothing left to plan."
    return ""


def read_back(who: Who, action_ids: Sequence[str]) -> tuple[str, ...]:
    """Asks the trackers how far the tickets of these actions are, and keeps what they say; the
    actions stay as they are. Returns a sentence for each tracker that could not be asked."""
    with reading(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        made = [
            (row.action_id, row.tracker, row.ref)
            for row in _pushes(work, action_ids)
            if row.state is PushState.MADE
        ]
    troubles: dict[Tracker, str] = {}
    for action_id, tracker, ref in made:
        if tracker in troubles:
            continue
        try:
            talk = dialect_of(place_of(tracker)).look(ref)
            _keep(who, action_id, tracker, hold(talk, within(TALK)))
        except NotThere:
            _keep(who, action_id, tracker, Reading(Stage.GONE, ""))
        except TrackerProblem as problem:
            if problem.end is not End.REFUSED:
                troubles[tracker] = problem.message
        except ProblemForUser as problem:
            troubles[tracker] = problem.message
    return tuple(troubles.values())


def mark_done(who: Who, action_id: str, tracker: Tracker, was: ActionStatus, reason: str) -> None:
    """A person says that what is done in the tracker is done: the link is the proof. `was` and
    `reason` are what they saw of the action."""
    [ticket] = [
        t for t in list_tickets(who, [action_id]).get(action_id, ()) if _is_done(t, tracker)
    ]
    changes = {"status": (was, ActionStatus.DONE), "reason": (reason, ticket.url)}
    save_action(who, action_id, changes)


def _is_done(ticket: TicketRow, tracker: Tracker) -> bool:
    return ticket.tracker is tracker and ticket.stage is Stage.DONE


def _keep(who: Who, action_id: str, tracker: Tracker, now: Reading) -> None:
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        row = work.session.get(TicketPush, (action_id, tracker))
        if row is None:
            return
        if (row.stage, row.said) != (now.stage, now.said):
            row.stage, row.said = now.stage, now.said
            work.audit("ticket.read", Thing.ACTION, action_id)
        row.read_at = work.now


def _pushes(work: Work, action_ids: Collection[str]) -> list[TicketPush]:
    ids = tuple(action_ids)
    found: list[TicketPush] = []
    for start in range(0, len(ids), _PART):
        part = col(TicketPush.action_id).in_(ids[start : start + _PART])
        found += work.session.exec(select(TicketPush).where(part).order_by(TicketPush.tracker))
    return found


def _shown(row: TicketPush) -> TicketRow:
    return TicketRow(
        action_id=row.action_id,
        tracker=row.tracker,
        state=row.state,
        name=row.name,
        url=row.url,
        stage=row.stage,
        said=row.said,
        read_at=row.read_at,
        problem=row.problem,
    )
