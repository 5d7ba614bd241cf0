"""Corrections of a timeline: anybody proposes, the owner or the facilitator decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.discussion import EventWords, ProposalState
from models.rules.policy import Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.rules.record import EventRecord
from models.rules.vocabulary import EventKind
from services import proposals, timeline
from services.postmortems import get_postmortem
from tests.services.at_a_meeting import cleo
from tests.small_postmortem import stored


def words_of(event: EventRecord) -> EventWords:
    return EventWords(event.at, event.text, event.kind)


def events(who: Who, postmortem_id: str) -> list[str]:
    return [event.text for event in get_postmortem(who, postmortem_id).events]


def proposed(by: Who, postmortem_id: str, text: str) -> tuple[str, EventWords]:
    """A correction of the alert's text; its id, and the alert as it was."""
    incident = get_postmortem(by, postmortem_id).incidents[0]
    alert = incident.events[1]
    was = words_of(alert)
    proposal_id = proposals.propose(
        by, incident.id, replace(was, text=text), was, event_id=alert.id
    )
    return proposal_id, was


def test_an_accepted_correction_stands_in_the_timeline_and_can_be_undone(
    ada: Who, ben: Who
) -> None:
    postmortem_id = stored(ada)
    proposal_id, was = proposed(cleo(), postmortem_id, "The second alert fired.")
    assert events(ada, postmortem_id)[1] == was.text
    proposals.accept_proposal(ben, proposal_id, was)
    proposals.accept_proposal(ben, proposal_id, was)
    assert events(ada, postmortem_id)[1] == "The second alert fired."
    (row,) = proposals.list_proposals(ada, postmortem_id)
    assert (row.state, row.decided_by, row.by) == (
        ProposalState.ACCEPTED, "Ben Okafor", "Cleo Tan",
    )  # fmt: skip
    timeline.undo(ben, row.incident_id)
    assert events(ada, postmortem_id)[1] == was.text


def test_what_somebody_else_changed_beside_it_stays(ada: Who) -> None:
    postmortem_id = stored(ada)
    proposal_id, was = proposed(cleo(), postmortem_id, "The second alert fired.")
    (row,) = proposals.list_proposals(ada, postmortem_id)
    later = was.at + timedelta(minutes=3)
    timeline.edit_event(ada, row.event_id or "", {"at": (was.at, later)})
    (row,) = proposals.list_proposals(ada, postmortem_id)
    assert row.changed_since
    assert row.now == replace(was, at=later)
    proposals.accept_proposal(ada, proposal_id, row.now)
    event = get_postmortem(ada, postmortem_id).events[1]
    assert (event.at, event.text) == (later, "The second alert fired.")


def test_a_line_that_changed_while_somebody_decides_is_looked_at_again(ada: Who) -> None:
    postmortem_id = stored(ada)
    proposal_id, was = proposed(cleo(), postmortem_id, "The second alert fired.")
    (row,) = proposals.list_proposals(ada, postmortem_id)
    timeline.edit_event(ada, row.event_id or "", {"text": (was.text, "A page went out.")})
    with pytest.raises(ProblemForUser, match="decide again"):
        proposals.accept_proposal(ada, proposal_id, was)
    assert events(ada, postmortem_id)[1] == "A page went out."
    assert proposals.list_proposals(ada, postmortem_id)[0].state is ProposalState.OPEN


def test_a_missing_line_is_added_where_it_belongs(ada: Who) -> None:
    postmortem_id = stored(ada)
    incident = get_postmortem(ada, postmortem_id).incidents[0]
    at = incident.events[0].at + timedelta(minutes=1)
    new = EventWords(at, "The queue began to grow.", EventKind.OBSERVATION)
    proposal_id = proposals.propose(cleo(), incident.id, new)
    proposals.accept_proposal(ada, proposal_id, None)
    assert events(ada, postmortem_id)[1] == "The queue began to grow."


def test_what_is_not_taken_leaves_the_timeline_and_says_why(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    proposal_id, was = proposed(cleo(), postmortem_id, "The second alert fired.")
    with pytest.raises(ProblemForUser, match="in a word"):
        proposals.decline_proposal(ada, proposal_id, " ")
    proposals.decline_proposal(ada, proposal_id, "The log shows one.")
    (row,) = proposals.list_proposals(ada, postmortem_id)
    assert (row.state, row.word) == (ProposalState.NOT_TAKEN, "The log shows one.")
    with pytest.raises(ProblemForUser, match="just decided"):
        proposals.accept_proposal(ben, proposal_id, was)
    assert events(ada, postmortem_id)[1] == was.text


def test_only_the_owner_and_the_facilitator_decide(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    proposal_id, was = proposed(ben, postmortem_id, "The second alert fired.")
    assert not proposals.may_accept(cleo(), postmortem_id)
    assert proposals.may_accept(ada, postmortem_id)
    assert proposals.may_accept(ben, postmortem_id)
    with pytest.raises(NotAllowed):
        proposals.accept_proposal(cleo(), proposal_id, was)
    with pytest.raises(NotAllowed):
        proposals.decline_proposal(cleo(), proposal_id, "No.")


def test_a_proposal_outlives_its_line(ada: Who) -> None:
    postmortem_id = stored(ada)
    proposal_id, was = proposed(cleo(), postmortem_id, "The second alert fired.")
    (row,) = proposals.list_proposals(ada, postmortem_id)
    timeline.remove_events(ada, [row.event_id or ""])
    assert proposals.list_proposals(ada, postmortem_id)[0].is_removed
    with pytest.raises(ProblemForUser, match="removed"):
        proposals.accept_proposal(ada, proposal_id, was)


def test_the_same_words_are_no_correction(ada: Who) -> None:
    postmortem_id = stored(ada)
    incident = get_postmortem(ada, postmortem_id).incidents[0]
    was = words_of(incident.events[0])
    with pytest.raises(ProblemForUser, match="already"):
        proposals.propose(ada, incident.id, was, was, event_id=incident.events[0].id)
