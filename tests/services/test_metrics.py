"""Trends as a service gives them: read in few statements, kept until something is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.metrics.change import Verdict
from models.rules.metrics.measures import Key
from models.rules.metrics.selection import Selection
from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.record import ActionRecord, ClockTime, PublicationRecord
from models.rules.vocabulary import ActionStatus, Clock, PostmortemStatus, Severity
from services import clock, metrics
from services.incident_relations import mark_duplicate, mark_part
from services.incidents import create_incident, save_clock
from services.people import list_teams, save_service_team
from services.postmortems import save_meeting
from tests.small_postmortem import at, small_incident, small_postmortem, stored
from tests.statements import statements

READS: tuple[Callable[[Who], object], ...] = (
    metrics.get_trends,
    metrics.get_action_rates,
    metrics.list_services_between,
    lambda who: metrics.list_dots(who, Key.RECOVER),
    lambda who: metrics.list_months(who, Key.RECOVER),
)


def measure(who: Who, key: Key, selection: Selection | None = None) -> tuple[int, float | None]:
    """n and median minutes."""
    trends = metrics.get_trends(who, selection or Selection())
    found = next(each for each in trends.measures if each.measure.key is key)
    return found.spread.n, found.spread.median


def test_a_stored_incident_is_measured(ada: Who) -> None:
    stored(ada)
    assert measure(ada, Key.DETECT) == (1, 12)
    assert measure(ada, Key.RECOVER) == (1, 88)
    trends = metrics.get_trends(ada)
    assert [(m.month, m.severity, m.incidents) for m in trends.frequency] == [
        ("2026-03", Severity.SEV1, 1)
    ]
    assert (trends.noticed.monitoring, trends.noticed.unknown) == (1, 0)


def test_what_was_saved_a_moment_ago_is_counted(ada: Who) -> None:
    stored(ada)
    incident_id = metrics.list_dots(ada, Key.RECOVER)[0].incident_id
    was = ClockTime(at("10:40"))
    save_clock(ada, incident_id, Clock.RESOLVED, ClockTime(at("09:42")), was)
    assert measure(ada, Key.RECOVER) == (1, 30)
    create_incident(ada, "Another", began_at=at("08:00"))
    assert metrics.get_trends(ada).incidents == 2


@pytest.mark.parametrize("mark", [mark_duplicate, mark_part])
def test_what_is_a_duplicate_or_a_part_of_another_is_counted_with_it(
    ada: Who, mark: Callable[[Who, str, str, None], None]
) -> None:
    stored(ada)
    incident_id = metrics.list_dots(ada, Key.RECOVER)[0].incident_id
    mark(ada, incident_id, create_incident(ada, "The whole", began_at=at("09:00")), None)
    trends = metrics.get_trends(ada)
    assert (trends.incidents, trends.same) == (1, 1)
    assert measure(ada, Key.RECOVER) == (0, None)


def test_a_review_counts_as_held_when_its_time_has_passed(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    postmortem_id = stored(ada)
    soon = clock.now() + timedelta(hours=1)
    save_meeting(ada, postmortem_id, soon, small_postmortem().meeting_at)
    assert measure(ada, Key.REVIEW) == (0, None)
    monkeypatch.setattr(clock, "now", lambda: soon)
    assert measure(ada, Key.REVIEW)[0] == 1


def test_publication_is_measured_to_the_first_one(ada: Who) -> None:
    published = replace(
        small_postmortem(),
        status=PostmortemStatus.PUBLISHED,
        publication=PublicationRecord(1, "Ada Brandt", at("12:40")),
    )
    stored(ada, published)
    assert measure(ada, Key.PUBLISH) == (1, 120)


def test_a_service_and_a_team_narrow_what_is_measured(ada: Who) -> None:
    stored(ada)
    service_id = metrics.find_service(ada, "orders")
    assert measure(ada, Key.RECOVER, Selection(service_id=service_id))[0] == 1
    save_service_team(ada, service_id, "Core", "")
    [team] = list_teams(ada)
    assert measure(ada, Key.RECOVER, Selection(team_id=team.id))[0] == 1
    assert measure(ada, Key.RECOVER, Selection(team_id="another"))[0] == 0


def test_a_service_that_nobody_knows_is_a_problem(ada: Who) -> None:
    with pytest.raises(NotFound, match="no service “Nothing”"):
        metrics.find_service(ada, "Nothing")


def test_actions_are_followed_by_severity(ada: Who) -> None:
    actions = (
        ActionRecord("Add a check", status=ActionStatus.DONE, due_on=date(2099, 1, 1)),
        ActionRecord("Add a test", status=ActionStatus.ACCEPTED, due_on=date(2026, 3, 20)),
        ActionRecord("Add a wall", status=ActionStatus.DECLINED, reason="Too dear."),
    )
    stored(ada, replace(small_postmortem(), actions=actions))
    counts = metrics.get_trends(ada).actions
    assert (counts.done, counts.declined, counts.open, counts.completion) == (1, 1, 1, 0.5)
    rates = metrics.get_action_rates(ada)
    assert (rates.every.done, rates.every.promised, rates.every.overdue) == (1, 2, 1)
    assert [(name, r.promised) for name, r in rates.by_severity] == [("SEV1", 2)]
    assert [name for name, _ in rates.by_team] == [""]
    nothing = metrics.get_action_rates(ada, Selection(severities=frozenset({Severity.SEV0})))
    assert nothing.every.promised == 0


def months(first: int, last: int) -> Selection:
    return Selection(first=date(2026, first, 1), last=date(2026, last, 28))


def test_two_periods_are_compared(ada: Who) -> None:
    for n in range(16):
        start = at("00:00") + timedelta(days=60 if n >= 8 else 0, hours=n)
        end = start + timedelta(minutes=10 + n if n < 8 else 100 + n)
        clocks = {Clock.DETECTED: ClockTime(start), Clock.RESOLVED: ClockTime(end)}
        incident = replace(small_incident(), clocks=clocks)
        stored(ada, replace(small_postmortem(), incidents=(incident,)))
    found = metrics.compare_periods(ada, months(3, 4), months(5, 6))
    verdicts = {key: change.verdict for key, change in found.measures}
    assert verdicts[Key.RECOVER] is Verdict.HIGHER
    assert verdicts[Key.DETECT] is Verdict.NOTHING
    assert (found.incidents.before, found.incidents.now) == (8, 8)
    assert found.incidents.verdict is Verdict.NO_CHANGE


def test_a_period_without_an_end_is_not_compared(ada: Who) -> None:
    with pytest.raises(ProblemForUser, match="a first and a last day"):
        metrics.compare_periods(ada, Selection(), months(1, 2))


@pytest.mark.parametrize("read", READS)
def test_nobody_sees_nothing(database_file: object, read: Callable[[Who], object]) -> None:
    with pytest.raises(NotAllowed):
        read(NOBODY)


def selects(act: Callable[[], object]) -> int:
    with statements() as sent:
        act()
    return len([each for each in sent if each.lstrip().upper().startswith("SELECT")])


@pytest.mark.parametrize("read", READS)
def test_what_is_known_already_takes_one_statement(ada: Who, read: Callable[[Who], object]) -> None:
    stored(ada)
    read(ada)
    assert selects(lambda: read(ada)) == 1


def test_reading_anew_takes_as_many_statements_for_many_as_for_one(ada: Who) -> None:
    stored(ada)
    create_incident(ada, "One", began_at=at("08:00"))
    few = selects(lambda: metrics.get_trends(ada))
    for n in range(5):
        stored(ada)
        create_incident(ada, f"Number {n}", began_at=at("08:00"))
    assert selects(lambda: metrics.get_trends(ada)) == few <= 10
