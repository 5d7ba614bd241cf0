"""Smells as they are read from what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from models.rules.metrics.selection import Selection
from models.rules.metrics.smells import Smell, SmellKey
from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed
from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
)
from models.rules.vocabulary import ActionStatus, Clock, EventKind, PostmortemStatus, Severity
from services.incidents import create_incident
from services.publishing import keep_wording
from services.record_in import store_incident
from services.smells import list_smells
from services.unit_of_work import writing
from tests.small_postmortem import at, small_incident, small_postmortem, stored
from tests.statements import statements


def smelly() -> PostmortemRecord:
    """Published, and with something of every smell."""
    small = small_incident()
    night = [
        EventRecord(at(f"0{hour}:30"), "Alert fired", kind=EventKind.ALERT) for hour in range(4)
    ]
    steps = [
        EventRecord(at("09:20"), "Restarted a node", kind=EventKind.ACTION, author="Ada BRANDT"),
        EventRecord(at("09:40"), "Rolled back", kind=EventKind.MITIGATION, author="Ada Brandt"),
    ]
    incident = replace(
        small,
        clocks=small.clocks | {Clock.DECLARED: ClockTime(at("09:30"))},
        events=(*night, *small.events, *steps),
    )
    late = ActionRecord("Add a check", status=ActionStatus.ACCEPTED, due_on=date(2026, 3, 20))
    return replace(
        small_postmortem(),
        status=PostmortemStatus.PUBLISHED,
        summary="Orders waited. Ben was careless.",
        meeting_at=at("23:00").replace(day=20),
        incidents=(incident,),
        actions=(late,),
        publication=PublicationRecord(1, "Ada Brandt", at("12:00")),
    )


def found(who: Who, selection: Selection | None = None) -> dict[SmellKey, Smell]:
    return {each.key: each for each in list_smells(who, selection or Selection())}


def test_each_smell_is_found_with_its_evidence(ada: Who) -> None:
    postmortem_id = stored(ada, smelly())
    seen = found(ada)
    assert {key for key, each in seen.items() if each.evidence} == set(SmellKey) - {
        SmellKey.NO_COMMANDER
    }
    [blame] = seen[SmellKey.BLAME].evidence
    assert (blame.id, blame.what) == (postmortem_id, "“ben was careless.”")
    assert seen[SmellKey.LATE_DECLARATION].evidence[0].what.startswith("Declared 18 min")
    assert seen[SmellKey.HANDS_ON_COMMANDER].evidence[0].what.startswith("2 of 2 steps")


def test_what_was_kept_on_purpose_is_no_blame_left_in(ada: Who) -> None:
    postmortem_id = stored(ada, smelly())
    keep_wording(ada, postmortem_id, "character", "ben was careless.")
    assert found(ada)[SmellKey.BLAME].evidence == ()


def test_nobody_as_commander_is_found(ada: Who) -> None:
    stored(ada, replace(smelly(), participants=(ParticipantRecord("Ada Brandt", "scribe"),)))
    assert len(found(ada)[SmellKey.NO_COMMANDER].evidence) == 1


def status_page(who: Who) -> None:
    """Two incidents as a status page tells them: without a word on who took part."""
    with writing(who) as work:
        for day in (1, 20):
            resolved = ClockTime(at("11:00").replace(day=day))
            store_incident(
                work, replace(small_incident(), clocks={Clock.RESOLVED: resolved}, participants=())
            )


def test_a_history_from_a_status_page_tells_nothing_of_habits(ada: Who) -> None:
    status_page(ada)
    seen = found(ada)
    assert seen[SmellKey.NO_COMMANDER].looked_at == seen[SmellKey.NO_REVIEW].looked_at == 0


def test_from_the_first_post_mortem_on_every_incident_is_asked_for_one(ada: Who) -> None:
    status_page(ada)
    stored(ada, smelly())  # of an incident that was resolved on the tenth
    seen = found(ada)
    assert (seen[SmellKey.NO_COMMANDER].looked_at, seen[SmellKey.NO_REVIEW].looked_at) == (1, 2)


def test_a_selection_narrows_all_of_it(ada: Who) -> None:
    stored(ada, smelly())
    nothing = found(ada, Selection(severities=frozenset({Severity.SEV3})))
    assert [each.looked_at for each in nothing.values()] == [0] * len(SmellKey)


def test_smells_take_as_many_statements_for_many_as_for_one(ada: Who) -> None:
    counts = []
    for many in (1, 6):
        for _ in range(many):
            stored(ada, smelly())
        create_incident(ada, "Another", began_at=at("08:00"))
        list_smells(ada)
        with statements() as sent:
            list_smells(ada)
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_nobody_sees_nothing(database_file: object) -> None:
    with pytest.raises(NotAllowed):
        list_smells(NOBODY)
