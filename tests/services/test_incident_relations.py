"""Incidents that are duplicates or parts of others: shown on both, and never in a circle."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from services.incident_relations import mark_duplicate, mark_part
from services.incidents import create_incident, get_incident
from tests.statements import statements

AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


@pytest.fixture
def incident(ada: Who) -> str:
    return create_incident(ada, "Checkout slow", began_at=AT)


def test_relations_show_on_both_incidents_and_can_be_taken_away(ada: Who, incident: str) -> None:
    part = create_incident(ada, "Mails late", began_at=AT)
    mark_part(ada, part, incident, None)
    assert get_incident(ada, part).part_of == (incident, "Checkout slow")
    assert get_incident(ada, incident).parts == ((part, "Mails late"),)
    mark_part(ada, part, None, incident)
    assert get_incident(ada, incident).parts == ()


def test_an_incident_cannot_be_its_own_duplicate_not_even_in_a_circle(
    ada: Who, incident: str
) -> None:
    other = create_incident(ada, "The same", began_at=AT)
    mark_duplicate(ada, other, incident, None)
    for of_id in (incident, other):
        with pytest.raises(ProblemForUser, match="itself"):
            mark_duplicate(ada, incident, of_id, None)


def test_no_circle_goes_through_both_kinds_of_relation(ada: Who, incident: str) -> None:
    part = create_incident(ada, "Mails late", began_at=AT)
    again = create_incident(ada, "Mails late again", began_at=AT)
    mark_part(ada, part, incident, None)
    mark_duplicate(ada, again, part, None)
    for mark in (mark_part, mark_duplicate):
        with pytest.raises(ProblemForUser, match="“Mails late again” is itself"):
            mark(ada, incident, again, None)
    with statements() as sent:
        mark_part(ada, again, incident, None)
    few = len(sent)
    for n in range(30):
        other = create_incident(ada, f"Further {n}", began_at=AT)
        mark_part(ada, other, again, None)
        again = other
    last = create_incident(ada, "Last", began_at=AT)
    with statements() as sent:
        mark_part(ada, last, again, None)
    assert len(sent) == few


def test_of_two_who_relate_two_incidents_to_each_other_one_is_refused(
    ada: Who, ben: Who, incident: str
) -> None:
    other = create_incident(ada, "Mails late", began_at=AT)
    mark_part(ada, other, incident, None)
    with pytest.raises(ProblemForUser, match="Remove the other mark first"):
        mark_part(ben, incident, other, None)


def test_a_relation_changed_by_somebody_else_is_told_with_theirs(
    ada: Who, ben: Who, incident: str
) -> None:
    first, second = (create_incident(ada, t, began_at=AT) for t in ("First", "Second"))
    mark_duplicate(ada, incident, first, None)
    with pytest.raises(Conflict, match="now leads to “First”"):
        mark_duplicate(ben, incident, second, None)
    mark_duplicate(ada, incident, None, first)
    with pytest.raises(Conflict, match="has been taken away"):
        mark_duplicate(ben, incident, second, first)
