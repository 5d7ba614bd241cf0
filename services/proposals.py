"""Corrections and additions that anybody proposes for a timeline, and whoever leads accepts or not.

Accepting is an ordinary edit of the timeline: it compares with what the person who decides saw,
and can be undone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.rules.discussion import EventWords, ProposalState, may_decide
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, NotAllowed, ProblemForUser
from models.rules.record import EventRecord
from models.rules.text import clean_line
from models.rules.vocabulary import Precision, Source
from models.tables.discussion import Proposal
from models.tables.incident import Incident, TimelineEvent
from models.tables.meeting import Meeting
from models.tables.people import Person
from models.tables.postmortem import Postmortem
from services.people import person_of
from services.postmortem_state import check_incident_editable
from services.timeline import change_event, event_text, place_event
from services.timeline_changes import editing_timeline
from services.unit_of_work import Work, pick, reading, writing


@dataclass(frozen=True)
class ProposalRow:
    """`based_on` is what its proposer saw, `now` what stands there now; both None for a line that
    is missing, `now` also for one that was removed since."""

    id: str
    incident_id: str
    event_id: str | None
    proposed: EventWords
    based_on: EventWords | None
    now: EventWords | None
    by: str
    at: datetime
    state: ProposalState
    word: str
    decided_by: str

    @property
    def is_removed(self) -> bool:
        return self.event_id is not None and self.now is None

    @property
    def changed_since(self) -> bool:
        """Whether somebody changed the line after it was proposed."""
        return self.now is not None and self.now != self.based_on


def propose(
    who: Who,
    incident_id: str,
    proposed: EventWords,
    based_on: EventWords | None = None,
    *,
    event_id: str | None = None,
    proposal_id: str = "",
) -> str:
    """How a line of the timeline should be, or (without `event_id`) one that is missing; the id of
    the proposal. `proposal_id` made by the caller makes a retry harmless."""
    if based_on is not None and not proposed.changes_from(based_on):
        raise ProblemForUser("This is what the timeline says already. Change the time or the text.")
    text = event_text(proposed.text)
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.INCIDENT)
        if work.find(Proposal, proposal_id):
            return proposal_id
        check_incident_editable(work, incident_id)
        incident = work.get(Incident, incident_id, "incident")
        row = Proposal(
            postmortem_id=incident.postmortem_id or "",
            incident_id=incident_id,
            event_id=event_id,
            at=proposed.at,
            text=text,
            kind=proposed.kind,
            was_at=based_on.at if based_on else None,
            was_text=based_on.text if based_on else "",
            was_kind=based_on.kind if based_on else None,
            by_id=person_of(who),
            proposed_at=work.now,
        )
        if proposal_id:
            row.id = proposal_id
        work.get(Postmortem, row.postmortem_id, "post-mortem")
        work.add(row)
        work.audit("proposal.made", Thing.POSTMORTEM, row.postmortem_id)
        return row.id


def list_proposals(who: Who, postmortem_id: str) -> tuple[ProposalRow, ...]:
    """All proposals for the timelines of a post-mortem, the oldest first."""
    decider, p, e = aliased(Person), Proposal, TimelineEvent
    query = (
        pick(p, Person.name, decider.name, e.at, e.text, e.kind)
        .join(Person, col(p.by_id) == col(Person.id))
        .outerjoin(decider, col(p.decided_by_id) == decider.id)
        .outerjoin(e, (col(e.id) == col(p.event_id)) & ~col(e.is_removed))
        .where(p.postmortem_id == postmortem_id)
        .order_by(col(p.proposed_at), p.id)
    )
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        return tuple(_row(*found) for found in work.session.exec(query))


def may_accept(who: Who, postmortem_id: str) -> bool:
    """Whether the acting person decides about proposals: see `may_decide`."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        return may_decide(who.person_id, _deciders(work, postmortem_id))


def accept_proposal(who: Who, proposal_id: str, seen: EventWords | None) -> None:
    """Makes the timeline say what was proposed; again changes nothing. `seen` is the line as the
    person who decides saw it, None for a new one. Raises Conflict when it is another by now."""
    with reading(who) as work:
        incident_id = work.get(Proposal, proposal_id, "proposal").incident_id
    with editing_timeline(who, incident_id, "accepted a correction") as (work, touched):
        row = _to_decide(work, proposal_id, ProposalState.ACCEPTED)
        if row is None:
            return
        if row.event_id is None:
            record = EventRecord(at=row.at, text=row.text, kind=row.kind, source=Source.HAND)
            place_event(work, touched, incident_id, record)
        elif seen is not None:
            changes: dict[str, tuple[Any, Any]] = {
                name: (getattr(seen, name), getattr(row, name)) for name in _changed_by(row)
            }
            event = work.find(TimelineEvent, row.event_id)
            if "at" in changes and event is not None:
                changes["precision"] = (event.precision, Precision.MINUTE)
            try:
                change_event(work, touched, row.event_id, changes)
            except Conflict as conflict:
                raise ProblemForUser(
                    "Somebody changed this line while you were deciding. Nothing was changed: look "
                    "at what it says now, and decide again."
                ) from conflict
        _decide(work, row, ProposalState.ACCEPTED, "")


def decline_proposal(who: Who, proposal_id: str, word: str) -> None:
    """Leaves the timeline as it is, with a word for who proposed; again changes nothing."""
    word = clean_line(word, field="word")
    if not word:
        raise ProblemForUser("Say in a word why not; who proposed it reads that.", field="word")
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.INCIDENT)
        row = _to_decide(work, proposal_id, ProposalState.NOT_TAKEN)
        if row is not None:
            _decide(work, row, ProposalState.NOT_TAKEN, word)


def _to_decide(work: Work, proposal_id: str, wanted: ProposalState) -> Proposal | None:
    """The row; None when that was decided already. Raises for who may not, and when it was decided
    otherwise."""
    row = work.get(Proposal, proposal_id, "proposal")
    if not may_decide(person_of(work.who), _deciders(work, row.postmortem_id)):
        raise NotAllowed("The owner or the facilitator of the post-mortem decides about this.")
    if row.state is wanted:
        return None
    if row.state is not ProposalState.OPEN:
        raise ProblemForUser("Somebody else has just decided about this proposal.")
    return row


def _decide(work: Work, row: Proposal, state: ProposalState, word: str) -> None:
    row.state, row.word = state, word
    row.decided_at, row.decided_by_id = work.now, work.who.person_id
    work.audit(f"proposal.{state.value}", Thing.POSTMORTEM, row.postmortem_id)


def _deciders(work: Work, postmortem_id: str) -> frozenset[str]:
    """Owner and facilitator, and whoever leads a meeting about it that is open."""
    p = Postmortem
    named = work.session.exec(
        select(p.owner_id, p.facilitator_id).where(p.id == postmortem_id)
    ).first()
    leads = select(Meeting.facilitator_id).where(
        Meeting.postmortem_id == postmortem_id, col(Meeting.ended_at).is_(None)
    )
    return frozenset(one for one in (*(named or ()), *work.session.exec(leads)) if one)


def _changed_by(row: Proposal) -> tuple[str, ...]:
    """The fields that the proposal is about; the others stay what somebody else made them."""
    based_on = _based_on(row)
    proposed = EventWords(row.at, row.text, row.kind)
    return proposed.changes_from(based_on) if based_on else ("at", "text", "kind")


def _based_on(row: Proposal) -> EventWords | None:
    if row.was_at is None or row.was_kind is None:
        return None
    return EventWords(row.was_at, row.was_text, row.was_kind)


def _row(row: Proposal, by: str, decided_by: str | None, *now: Any) -> ProposalRow:
    return ProposalRow(
        id=row.id,
        incident_id=row.incident_id,
        event_id=row.event_id,
        proposed=EventWords(row.at, row.text, row.kind),
        based_on=_based_on(row),
        now=EventWords(*now) if now[0] is not None else None,
        by=by,
        at=row.proposed_at,
        state=row.state,
        word=row.word,
        decided_by=decided_by or "",
    )
