"""Trends over exercises are read from what runs left behind, claim nothing that is not there, and
never mix with incidents."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models.rules.exercise import commands, facilitating
from models.rules.exercise.events import Verdict
from models.rules.exercise.outcome import outcome, outcome_from_json, outcome_to_json
from models.rules.exercise.trends import Change
from models.rules.policy import Who
from models.rules.scenario.shape import Rule
from services import (
    archive,
    clock,
    exercises,
    home,
    incidents,
    people,
    training_policy,
)
from services.exercise_records import record_of
from services.exercise_trends import get_progress
from services.exercises import act_as_seat
from services.incidents import count_incidents
from services.scenario_library import get_scenario
from tests.statements import statements

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many days after the start it is, as its one member."""
    passed = [0]
    monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=passed[0]))
    return passed


@pytest.fixture
def team(ada: Who, days: list[int]) -> str:
    people.add_team(ada, "Payments")
    return people.list_teams(ada)[0].id


def play(
    leader: Who,
    player: Who,
    team_id: str | None = None,
    more: Callable[[str], object] = str,
) -> str:
    scenario, _ = get_scenario(leader, "first-page")
    run_id = exercises.open_run(leader, scenario, team_id=team_id)
    exercises.join_run(player, run_id, scenario.seats[0].id)
    exercises.start_live(leader, run_id)
    act_as_seat(player, run_id, commands.declare, "errors at the shop")
    more(run_id)
    exercises.act_as_facilitator(leader, run_id, facilitating.end, "Time was over")
    return run_id


def play_alone(player: Who) -> str:
    scenario, _ = get_scenario(player, "first-page")
    run_id = exercises.open_run(player, scenario, solo=True)
    exercises.act_as_facilitator(player, run_id, facilitating.end, "Enough for today")
    return run_id


def test_without_runs_everything_is_still_to_practise(ada: Who) -> None:
    progress = get_progress(ada)
    assert (progress.runs, progress.team, progress.solo) == (0, None, ())
    assert progress.seats
    assert {gap.last_at for gap in progress.seats} == {None}
    assert {gap.last_at for gap in progress.scenarios} == {None}
    assert any(gap.scenario_id == "first-page" for gap in progress.scenarios)


@pytest.mark.parametrize("runs", [1, 3, 5])
def test_a_change_is_spoken_of_only_from_five_runs_on(
    ada: Who, ben: Who, team: str, days: list[int], runs: int
) -> None:
    for _ in range(runs):
        days[0] += 1
        play(ben, ada, team)
    found = get_progress(ada).team
    assert found is not None
    assert (found.name, found.runs, found.all_runs) == ("Payments", runs, runs)
    assert {len(trend.runs) for trend in found.trends} == {runs}
    expected = Change.TOO_FEW if runs < 5 else Change.NOT_SHOWN
    assert {trend.change for trend in found.trends} == {expected}


def test_what_is_left_behind_is_what_the_report_says(ada: Who, ben: Who, team: str) -> None:
    run_id = play(ben, ada, team)
    found = get_progress(ada).team
    assert found is not None
    rules = record_of(exercises.get_run(ben, run_id)).score.rules
    reported = {result.rule: result.value for result in rules if result.value is not None}
    assert {trend.rule: trend.runs[0].share for trend in found.trends} == reported
    run = exercises.get_run(ben, run_id)
    left = outcome(run.scenario, run.log, run.policy)
    assert outcome_from_json(outcome_to_json(left)) == left


def test_what_is_observed_after_the_end_still_counts(ada: Who, ben: Who, team: str) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    level = scenario.severity.answers[0].level
    run_id = play(
        ben, ada, team, lambda run: act_as_seat(ada, run, commands.choose_severity, level)
    )
    expected = [x for node in scenario.nodes.values() for x in node.expects]
    before = get_progress(ada).team
    for one in expected:
        exercises.act_as_facilitator(ben, run_id, facilitating.mark, one.id, Verdict.NOT_MET)
    found = get_progress(ada).team
    assert found is not None
    rules = record_of(exercises.get_run(ben, run_id)).score.rules
    reported = {result.rule: result.value for result in rules if result.value is not None}
    assert {trend.rule: trend.runs[0].share for trend in found.trends} == reported
    assert before != found


def test_who_plays_alone_is_shown_apart(ada: Who, ben: Who, team: str) -> None:
    play_alone(ada)
    play_alone(ada)
    play_alone(ben)
    progress = get_progress(ada)
    assert (progress.runs, progress.team) == (0, None)
    [solo] = progress.solo
    assert (solo.runs, solo.people) == (3, 2)
    assert "first-page" not in {gap.scenario_id for gap in progress.scenarios}
    first_seat = get_scenario(ada, "first-page")[0].seats[0].title
    assert first_seat in {gap.seat for gap in progress.seats}


def test_a_seat_and_a_scenario_are_due_again_after_a_quarter(
    ada: Who, ben: Who, team: str, days: list[int]
) -> None:
    play(ben, ada)
    seat = get_scenario(ada, "first-page")[0].seats[0].title
    days[0] = 91
    assert seat not in {gap.seat for gap in get_progress(ada).seats}
    days[0] = 92
    progress = get_progress(ada)
    assert START in {gap.last_at for gap in progress.seats if gap.seat == seat}
    assert START in {gap.last_at for gap in progress.scenarios if gap.scenario_id == "first-page"}
    assert (progress.runs, progress.without_team) == (1, 1)


def test_new_thresholds_count_from_the_next_exercise_on(ada: Who, ben: Who, team: str) -> None:
    before = play(ben, ada, team)
    result = record_of(exercises.get_run(ben, before))
    training_policy.save_threshold(ada, "declare_within_min", 1, 5)
    training_policy.save_threshold(ada, "SEV1", 10, 30)
    after = play(ben, ada, team)
    assert exercises.get_run(ben, before).policy.declare_within_min == 5
    assert exercises.get_run(ben, after).policy.declare_within_min == 1
    assert exercises.get_run(ben, after).policy.comms_minutes.SEV1 == 10
    assert record_of(exercises.get_run(ben, before)) == result
    found = get_progress(ada).team
    assert found is not None
    assert found.policies == 2


def test_exercises_never_enter_the_measures_of_incidents(ada: Who, ben: Who, team: str) -> None:
    def seen() -> tuple[object, ...]:
        return (
            incidents.list_incidents(ada),
            count_incidents(ada),
            home.get_home(ada).unlearned_count,
            home.get_home(ada).is_empty,
            archive.search_archive(ada),
        )

    before = seen()
    run_id = play(ben, ada, team)
    play_alone(ada)
    assert exercises.get_run(ada, run_id).play.ended is not None
    assert seen() == before


def test_the_rules_that_were_observed_are_there(ada: Who, ben: Who, team: str) -> None:
    play(ben, ada, team)
    found = get_progress(ada, team).team
    assert found is not None
    assert Rule.DECLARE_EARLY in {trend.rule for trend in found.trends}


def test_the_number_of_queries_does_not_grow_with_the_runs(
    ada: Who, ben: Who, team: str, days: list[int]
) -> None:
    def count() -> int:
        with statements() as sent:
            get_progress(ada)
        return len(sent)

    play(ben, ada, team)
    few = count()
    for _ in range(4):
        play(ben, ada, team)
        play_alone(ada)
    assert count() == few
