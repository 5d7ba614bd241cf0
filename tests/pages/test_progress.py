"""Progress claims what the runs carry and no more; the team keeps its thresholds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from services import clock, exercises, people
from services.exercises import act_as_seat
from services.scenario_library import get_scenario
from services.training_policy import get_thresholds
from tests.conftest import Browser
from tests.pages.screen import links, said

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def days(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many days after the start it is, as its one member."""
    passed = [0]
    monkeypatch.setattr(clock, "now", lambda: START + timedelta(days=passed[0]))
    return passed


def play(days: list[int], leader: Who, player: Who, team: str, times: int, first: int = 0) -> None:
    """Plays on one day after the other; from the `first` run on an incident is declared."""
    people.add_team(leader, team)
    team_id = next(each.id for each in people.list_teams(leader) if each.name == team)
    scenario, _ = get_scenario(leader, "first-page")
    for number in range(times):
        days[0] += 1
        run_id = exercises.open_run(leader, scenario, team_id=team_id)
        exercises.join_run(player, run_id, scenario.seats[0].id)
        exercises.start_live(leader, run_id)
        if number >= first:
            act_as_seat(player, run_id, commands.declare, "errors at the shop")
            act_as_seat(
                player, run_id, commands.choose_severity, scenario.severity.answers[0].level
            )
        exercises.act_as_facilitator(leader, run_id, facilitating.end, "Time was over")


def test_without_runs_the_next_step_is_shown(browser: Browser) -> None:
    page = browser.open("train/progress.py")
    assert "No exercise has been played to its end yet" in said(page)
    assert "Plan exercises" in links(page)
    assert "Nobody has practised these yet" in said(page)
    assert "Never played" in said(page)


@pytest.mark.parametrize("runs", [1, 3])
def test_few_runs_are_points_without_a_claim(
    browser: Browser, ada: Who, ben: Who, days: list[int], runs: int
) -> None:
    play(days, ben, ada, "Payments", runs)
    page = browser.open("train/progress.py")
    number = "1 run" if runs == 1 else f"{runs} runs"
    assert f"{number}: too few to speak of a change" in said(page).replace("\\", "")
    charts = page.get("vega_lite_chart")
    assert charts
    assert all('"type": "point"' in chart.proto.spec for chart in charts)
    assert "Better" not in said(page)


def test_fifty_runs_that_got_better_say_so_with_their_number(
    browser: Browser, ada: Who, ben: Who, days: list[int]
) -> None:
    play(days, ben, ada, "Payments", 50, first=20)
    page = browser.open("train/progress.py")
    text = said(page).replace("\\", "")
    assert "**Payments**, 50 exercises" in text
    assert "50 runs of one scenario: better" in text
    assert ":material/trending_up: Better" in text


def test_each_team_is_chosen_by_itself(
    browser: Browser, ada: Who, ben: Who, days: list[int]
) -> None:
    play(days, ben, ada, "Payments", 1)
    play(days, ben, ada, "Search", 2)
    page = browser.open("train/progress.py")
    assert "**Payments**, one exercise" in said(page)
    search = next(team.id for team in people.list_teams(ada) if team.name == "Search")
    page.selectbox(key="progress:team").set_value(search).run()
    assert "**Search**, 2 exercises" in said(page)


def test_playing_alone_is_shown_apart(browser: Browser, ada: Who, days: list[int]) -> None:
    scenario, _ = get_scenario(ada, "first-page")
    run_id = exercises.open_run(ada, scenario, solo=True)
    exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    page = browser.open("train/progress.py")
    assert "Played once by 1 person" in said(page).replace("\\", "")
    assert not page.get("vega_lite_chart")


def test_a_threshold_is_saved_when_its_field_is_left(browser: Browser, ada: Who) -> None:
    page = browser.open("setup/settings.py")
    field = page.number_input(key="settings:threshold:gdpr_hours")
    field.set_value(48).run()
    assert get_thresholds(ada)["gdpr_hours"] == 48
    assert ":material/check: Saved" in said(page)
