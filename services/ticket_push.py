"""Sending actions to a tracker so that each becomes one ticket, whatever happens on the way.

A push is noted before it is sent, so that of two people one sends it. A try whose end nobody knows
(a time limit, a process that was killed) is followed by a look for the ticket by its mark, and by
another try only after that found nothing and the first one has settled (rules/tickets/states.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.exc import IntegrityError

from integrations.http import within
from integrations.tracker_talk import Dialect, Ticket, hold
from integrations.trackers import dialect_of
from models.rules.policy import Thing, Verb, Who
from models.rules.tickets.draft import Draft, draft_of
from models.rules.tickets.places import TRACKER_NAMES, Tracker
from models.rules.tickets.states import (
    End,
    PushState,
    Step,
    TrackerProblem,
    may_make_again,
    next_step,
)
from models.tables.postmortem import ActionItem
from models.tables.ticket import TicketPush
from services.action_history import as_it_is, note_changes
from services.settings import settings
from services.tickets import TALK, actions_in, place_of, why_not
from services.unit_of_work import Work, reading, writing

MAY_BE = "It may have been taken all the same: send it again, and Hotwash looks for it first."
WAITS = "Somebody else is sending it at this moment."
SETTLES = (
    "Nobody knows whether it was taken: it is not there yet. Send it again in two minutes; Hotwash "
    "looks for it first."
)


class Outcome(StrEnum):
    """`unsure`: it may be there, and is looked for at the next push."""

    MADE = "made"
    THERE = "there"
    UNSURE = "unsure"
    FAILED = "failed"


@dataclass(frozen=True)
class Pushed:
    """What became of one action; `message` is a whole sentence."""

    action_id: str
    text: str
    outcome: Outcome
    message: str
    url: str = ""


@dataclass(frozen=True)
class _Claimed:
    """An action that this call may send. `looks` when the ticket may be there already, from a try
    at `tried_at`."""

    draft: Draft
    looks: bool
    tried_at: datetime
    since: datetime


def push(who: Who, action_ids: Sequence[str], tracker: Tracker) -> tuple[Pushed, ...]:
    """Makes a ticket of each action that has none in this tracker, and stores its link. After a
    problem that the next one would have too, the others are not tried. Raises ProblemForUser
    without a tracker in the settings."""
    dialect = dialect_of(place_of(tracker))
    with reading(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        ids = [row.id for row in actions_in(work, action_ids)]
    done: list[Pushed] = []
    trouble = ""
    for action_id in ids:
        one, is_general = _push_one(who, action_id, tracker, dialect, trouble)
        done += [one] if one else []
        if one and is_general:
            trouble = f"It was not tried, because of “{one.text}”: {one.message}"
    return tuple(done)


def _push_one(
    who: Who, action_id: str, tracker: Tracker, dialect: Dialect, trouble: str
) -> tuple[Pushed | None, bool]:
    """What became of it, None when there is no such action any more, and whether the next one
    would have the same problem. With a `trouble` nothing is sent."""
    claimed = _claim(who, action_id, tracker, trouble)
    if not isinstance(claimed, _Claimed):
        return claimed, False
    try:
        ticket = _ticket(who, claimed, tracker, dialect)
    except TrackerProblem as problem:
        is_unsure = problem.end is End.UNKNOWN
        hint = f" {MAY_BE}" if is_unsure and problem.message not in (SETTLES, WAITS) else ""
        message = problem.message + hint
        _note_failed(who, claimed, tracker, message, is_unsure=is_unsure)
        outcome = Outcome.UNSURE if is_unsure else Outcome.FAILED
        one = Pushed(action_id, claimed.draft.title, outcome, message)
        is_general = problem.end is End.STOPPED or bool(hint)
        return one, is_general
    _note_made(who, claimed, tracker, ticket)
    message = f"It is in {TRACKER_NAMES[tracker]} as {ticket.name}."
    return Pushed(action_id, claimed.draft.title, Outcome.MADE, message, ticket.url), False


def _ticket(who: Who, claimed: _Claimed, tracker: Tracker, dialect: Dialect) -> Ticket:
    """The ticket: found where a try before may have made it, else made."""
    if claimed.looks:
        try:
            found = hold(dialect.find(claimed.draft, claimed.tried_at), within(TALK))
        except TrackerProblem as problem:  # that it was not found says nothing then
            raise TrackerProblem(End.UNKNOWN, problem.message) from problem
        if found is not None:
            return found
        _begin_again(who, claimed, tracker)
    return hold(dialect.make(claimed.draft), within(TALK))


def _claim(who: Who, action_id: str, tracker: Tracker, trouble: str) -> _Claimed | Pushed | None:
    """The action for this call alone, noted as being sent; or why it is not sent."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        row = next(iter(actions_in(work, [action_id])), None)
        if row is None:
            return None
        known = work.session.get(TicketPush, (action_id, tracker), with_for_update=True)
        if reason := why_not(row, known):
            is_there = bool(known or row.tracker_url)
            outcome = Outcome.THERE if is_there else Outcome.FAILED
            url = known.url if known else row.tracker_url
            return Pushed(action_id, row.text, outcome, reason, url)
        if trouble:
            return Pushed(action_id, row.text, Outcome.FAILED, trouble)
        step = next_step(known.state, known.claimed_at, work.now) if known else Step.MAKE
        if step is Step.WAIT:
            return Pushed(action_id, row.text, Outcome.UNSURE, WAITS)
        draft = draft_of(row, settings().address)
        if known is None:
            known = TicketPush(
                action_id=action_id, tracker=tracker, state=PushState.SENDING,
                by_id=who.person_id, claimed_at=work.now, tried_at=work.now,
            )  # fmt: skip
            try:
                with work.session.begin_nested():
                    work.session.add(known)
            except IntegrityError:  # another process was as fast
                return Pushed(action_id, row.text, Outcome.UNSURE, WAITS)
        known.state, known.claimed_at, known.by_id = PushState.SENDING, work.now, who.person_id
        if step is Step.MAKE:
            known.tried_at = work.now
        work.audit("ticket.sending", Thing.ACTION, action_id)
        return _Claimed(draft, step is Step.LOOK, known.tried_at, work.now)


def _begin_again(who: Who, claimed: _Claimed, tracker: Tracker) -> None:
    """Notes that the ticket is made anew. Raises TrackerProblem when the try before may still end
    well, or when somebody else has begun meanwhile."""
    with writing(who) as work:
        row = _ours(work, claimed, tracker)
        if row is None:
            raise TrackerProblem(End.UNKNOWN, WAITS)
        if not may_make_again(row.tried_at, work.now):
            raise TrackerProblem(End.UNKNOWN, SETTLES)
        row.tried_at = work.now
        work.audit("ticket.sending", Thing.ACTION, claimed.draft.action_id)


def _note_failed(
    who: Who, claimed: _Claimed, tracker: Tracker, problem: str, *, is_unsure: bool
) -> None:
    with writing(who) as work:
        row = _ours(work, claimed, tracker)
        if row is not None:
            row.state = PushState.UNSURE if is_unsure else PushState.FAILED
            row.problem = problem
            work.audit(f"ticket.{row.state}", Thing.ACTION, row.action_id)


def _note_made(who: Who, claimed: _Claimed, tracker: Tracker, ticket: Ticket) -> None:
    """Keeps the link, in the action too unless somebody put another there. A ticket that is there
    is there, whoever holds the claim by now."""
    with writing(who) as work:
        key = (claimed.draft.action_id, tracker)
        row = work.session.get(TicketPush, key, with_for_update=True)
        if row is None or row.state is PushState.MADE:
            return
        row.state, row.problem = PushState.MADE, ""
        row.ref, row.name, row.url = ticket.ref, ticket.name, ticket.url
        action = work.find(ActionItem, row.action_id)
        if action is not None and not action.tracker_url:
            before = as_it_is(action)
            action.tracker_url = ticket.url
            note_changes(work, action, before)
        work.audit("ticket.made", Thing.ACTION, row.action_id)


def _ours(work: Work, claimed: _Claimed, tracker: Tracker) -> TicketPush | None:
    """The note of this push, unless somebody else has begun one since."""
    key = (claimed.draft.action_id, tracker)
    row = work.session.get(TicketPush, key, with_for_update=True)
    is_ours = row is not None and row.state is PushState.SENDING
    return row if is_ours and row is not None and row.claimed_at == claimed.since else None
