"""Looking back at an exercise: the report, the replay, two runs side by side; and for whom."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.exercise import commands, facilitating
from models.rules.exercise.hotwash import DebriefNote
from models.rules.policy import Who
from services import actions, debriefs, exercises
from services.scenario_library import get_scenario
from services.solo_play import play_alone
from tests.conftest import Browser
from tests.pages.screen import links, press, said

PAGE = "train/after_action.py"


def play_one(facilitator: Who, player: Who) -> str:
    """A run in which one decision is made, ended early by the facilitator."""
    scenario, _ = get_scenario(facilitator, "first-page")
    run_id = exercises.open_run(facilitator, scenario)
    exercises.join_run(player, run_id, scenario.seats[0].id)
    exercises.start_live(facilitator, run_id)
    exercises.act_as_seat(player, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(facilitator, run_id, facilitating.observe, "They stay calm", "")
    console = exercises.look_behind(facilitator, exercises.get_run(facilitator, run_id))
    assert console.question is not None
    exercises.act_as_facilitator(
        facilitator, run_id, commands.decide, console.question.available[0],
        delivery=console.question.opened.delivery, reason="Time is short",
    )  # fmt: skip
    exercises.act_as_facilitator(facilitator, run_id, facilitating.end, "Time was over")
    return run_id


@pytest.fixture
def ended(ada: Who, ben: Who) -> str:
    return play_one(ben, ada)


@pytest.fixture
def talked(ben: Who, ended: str) -> str:
    debriefs.start_debrief(ben, ended, 15)
    return ended


def look_back(person: Who, run_id: str, **query: str) -> AppTest:
    page = Browser(person).open(PAGE, id=run_id, **query)
    assert not page.exception
    return page


def documents(page: AppTest) -> list[str]:
    return [link.proto.url for link in page.get("link_button")]


def test_a_player_reads_the_report_only_when_the_talk_begins(
    ada: Who, ben: Who, ended: str
) -> None:
    page = look_back(ada, ended)
    assert "opens when the hot wash begins" in said(page)
    assert documents(page) == []
    debriefs.start_debrief(ben, ended, 15)
    assert "Rules of response" in said(look_back(ada, ended))


def test_nobody_reads_the_report_of_a_run_that_goes_on(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    for person in (ada, ben):
        page = look_back(person, run_id)
        assert "not over yet" in said(page)
        assert "Formula" not in said(page)


def test_what_was_played_alone_is_read_by_the_player_alone(ada: Who, ben: Who) -> None:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    debriefs.add_note(ada, run_id, DebriefNote("", "", "I hesitated", "", "", ""))
    debriefs.show_notes(ada, run_id)
    assert "Only you can read this" in said(look_back(ada, run_id))
    page = look_back(ben, run_id)
    assert "This was played alone" in said(page)
    assert documents(page) == []
    page = Browser(ben).open("train/debrief.py", id=run_id)
    assert links(page).count("What happened") == 0
    assert "This was played alone" in said(page)
    assert debriefs.list_notes(ben, run_id) == ()
    assert len(debriefs.list_notes(ada, run_id)) == 1


def test_who_led_can_open_the_report_without_a_talk(ada: Who, ben: Who, ended: str) -> None:
    page = look_back(ben, ended)
    assert "Only you who led" in said(page)
    press(page, "Open it without a talk")
    assert "Rules of response" in said(look_back(ada, ended))


def test_the_report_says_what_happened(ben: Who, talked: str) -> None:
    text = said(look_back(ben, talked))
    for words in ("Ended early", "They stay calm", "errors at the shop", "Left out of the score"):
        assert words in text


def test_the_documents_are_links_with_the_choices_made(ben: Who, talked: str) -> None:
    page = look_back(ben, talked)
    assert f"/export/exercise/{talked}.pdf?redact=0" in documents(page)
    page.checkbox(key=f"{talked}:redact").check().run()
    assert f"/export/exercise/{talked}.md?redact=1&paper=A4" in documents(page)


def test_the_plan_shows_how_far_each_improvement_is_today(ada: Who, ben: Who, talked: str) -> None:
    action = debriefs.add_improvement(
        ben, talked, "Add an alert on lag", owner="Ada Brandt", due_on=date(2030, 1, 2)
    )
    assert "Accepted" in said(look_back(ada, talked))
    actions.save_action(ada, action, {"status": ("accepted", "done")})
    page = look_back(ada, talked)
    assert "Add an alert on lag" in said(page)
    assert "Done" in said(page)


def test_notes_of_others_stay_hidden_in_the_report_until_they_are_shown(
    ada: Who, ben: Who, talked: str
) -> None:
    debriefs.add_note(ada, talked, DebriefNote("", "", "It was quiet", "", "", ""))
    assert "It was quiet" not in said(look_back(ben, talked))
    debriefs.show_notes(ben, talked)
    assert "It was quiet" in said(look_back(ben, talked))


def test_the_replay_goes_step_by_step_and_shows_what_a_seat_saw(ben: Who, talked: str) -> None:
    page = look_back(ben, talked, view="replay")
    assert page.slider(key=f"{talked}:step").value == 1
    assert "No message had come yet" in said(page)
    page = press(page, "Next decision")
    assert "Time is short" in said(page)
    assert "No message had come yet" not in said(page)
    before = page.slider(key=f"{talked}:step").value
    page = press(page, "Back")
    assert page.slider(key=f"{talked}:step").value == before - 1
    assert "A decision stood open" in said(page)


def test_every_step_of_a_run_can_be_looked_at(ben: Who, talked: str) -> None:
    page = look_back(ben, talked, view="replay")
    slider = page.slider(key=f"{talked}:step")
    for place in range(int(slider.min), int(slider.max) + 1):
        page.slider(key=f"{talked}:step").set_value(place).run()
        assert not page.exception
    assert "The feedback was shown to everybody" in said(page)


def test_without_another_run_there_is_nothing_to_compare(ben: Who, talked: str) -> None:
    page = look_back(ben, talked, view="compare")
    assert "no other run" in said(page)
    assert "Play it again" in links(page)


def test_two_runs_stand_side_by_side(ada: Who, ben: Who, talked: str) -> None:
    play_one(ben, ada)
    text = said(look_back(ben, talked, view="compare"))
    assert "ended early by the facilitator" in text
    assert "| Declared |" in text


def test_a_run_that_a_person_may_not_read_yet_cannot_be_compared_with(
    ada: Who, ben: Who, talked: str
) -> None:
    play_one(ben, ada)
    assert "no other run" in said(look_back(ada, talked, view="compare"))


def test_nobody_knows_of_what_somebody_plays_alone(ada: Who, ben: Who) -> None:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    assert "There is no such exercise" in said(look_back(ben, run_id))


def test_an_address_without_an_exercise_says_where_to_go(ben: Who) -> None:
    page = Browser(ben).open(PAGE)
    assert "No exercise is open here" in said(page)
    assert "Choose a scenario" in links(page)
