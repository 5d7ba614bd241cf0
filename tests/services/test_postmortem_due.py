"""The 48 hours: from when they run, and what moves them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from models.rules.policy import Who
from models.rules.record import ClockTime
from models.rules.vocabulary import Clock
from services import incidents, postmortems

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
TEN = ClockTime(NINE + timedelta(hours=1))
NOON = ClockTime(NINE + timedelta(hours=3))
TWO_DAYS = timedelta(hours=48)


def due(who: Who, postmortem: str) -> datetime | None:
    return postmortems.get_postmortem(who, postmortem).due_at


def test_the_countdown_starts_when_the_end_becomes_known(ada: Who) -> None:
    incident = incidents.create_incident(ada, "Mails late", began_at=NINE)
    postmortem = postmortems.start_postmortem(ada, [incident])
    assert due(ada, postmortem) is None
    incidents.save_clock(ada, incident, Clock.MITIGATED, TEN, None)
    assert due(ada, postmortem) == TEN.at + TWO_DAYS
    incidents.save_clock(ada, incident, Clock.RESOLVED, NOON, None)
    assert due(ada, postmortem) == NOON.at + TWO_DAYS


def test_one_more_incident_moves_the_due_time(ada: Who) -> None:
    first = incidents.create_incident(ada, "Mails late", began_at=NINE)
    second = incidents.create_incident(ada, "Mails late again", began_at=NINE)
    incidents.save_clock(ada, first, Clock.RESOLVED, TEN, None)
    incidents.save_clock(ada, second, Clock.RESOLVED, NOON, None)
    postmortem = postmortems.start_postmortem(ada, [first])
    assert [free for free, *_ in postmortems.list_free_incidents(ada)] == [second]
    postmortems.add_incident(ada, postmortem, second)
    assert due(ada, postmortem) == NOON.at + TWO_DAYS
    assert postmortems.list_free_incidents(ada) == ()


def test_the_mark_and_the_time_of_a_clock_are_saved_apart(ada: Who, ben: Who) -> None:
    incident = incidents.create_incident(ada, "Mails late", began_at=NINE)
    measured, estimated = ClockTime(TEN.at), ClockTime(TEN.at, estimated=True)
    incidents.save_clock(ada, incident, Clock.DETECTED, measured, None)
    incidents.save_clock(ben, incident, Clock.DETECTED, estimated, measured)
    incidents.save_clock(ada, incident, Clock.DETECTED, ClockTime(NOON.at), measured)
    kept = incidents.get_incident(ada, incident).record.clocks[Clock.DETECTED]
    assert kept == ClockTime(NOON.at, estimated=True)
