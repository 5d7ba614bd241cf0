"""The hot wash: everybody writes in silence, then talks, and it ends in improvements."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.exercise import commands, facilitating
from models.rules.exercise.hotwash import DebriefNote
from models.rules.policy import Who
from services import debriefs, exercises
from services.scenario_library import get_scenario
from services.solo_play import play_alone
from tests.conftest import Browser
from tests.pages.screen import labels, links, press, said

PAGE = "train/debrief.py"
NOTE = DebriefNote("", "", "The alert came twice", "Nobody knew why", "Add an alert on lag", "")


@pytest.fixture
def ended(ada: Who, ben: Who) -> str:
    """Ben led, Ada played; the exercise is over and nobody has begun the talk."""
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.start_live(ben, run_id)
    exercises.act_as_seat(ada, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(ben, run_id, facilitating.end, "Time was over")
    return run_id


@pytest.fixture
def talking(ben: Who, ended: str) -> str:
    debriefs.start_debrief(ben, ended, 15)
    return ended


def at_talk(person: Who, run_id: str) -> AppTest:
    page = Browser(person).open(PAGE, id=run_id)
    assert not page.exception
    return page


def write(page: AppTest, run_id: str, **texts: str) -> AppTest:
    for field, text in texts.items():
        place = f"talk:{run_id}:{field}:"
        next(area for area in page.text_area if (area.key or "").startswith(place)).set_value(text)
    return press(page, "Hand in this note")


def test_the_facilitator_chooses_the_minutes_and_begins(ada: Who, ben: Who, ended: str) -> None:
    page = at_talk(ben, ended)
    page.slider(key=f"talk:{ended}:minutes").set_value(10)
    press(page, "Begin the hot wash")
    run = exercises.get_run(ben, ended)
    assert run.debrief_minutes == 10
    assert run.play.revealed


def test_a_player_waits_and_cannot_begin(ada: Who, ended: str) -> None:
    page = at_talk(ada, ended)
    assert "appears here by itself" in said(page)
    assert "Begin the hot wash" not in labels(page)


def test_where_nobody_leads_a_player_can(ada: Who, ended: str) -> None:
    page = press(at_talk(ada, ended), "I lead the talk")
    assert "Begin the hot wash" in labels(page)


def test_ones_own_note_is_taken_back_and_brought_back(ada: Who, talking: str) -> None:
    page = write(at_talk(ada, talking), talking, moment="The alert came twice")
    page = press(page, "Take it back")
    assert debriefs.list_notes(ada, talking) == ()
    assert "Taken away: The alert came twice" in said(page)
    page = press(page, "Undo")
    assert [row.note.moment for row in debriefs.list_notes(ada, talking)] == [
        "The alert came twice"
    ]
    assert "Taken away" not in said(page)


def test_a_second_click_begins_only_once(ben: Who, ended: str) -> None:
    first, second = at_talk(ben, ended), at_talk(ben, ended)
    press(first, "Begin the hot wash")
    second.slider(key=f"talk:{ended}:minutes").set_value(30)
    press(second, "Begin the hot wash")
    kinds = [event.kind for event in exercises.get_run(ben, ended).log]
    assert kinds.count("revealed") == 1
    assert exercises.get_run(ben, ended).debrief_minutes == 15


def test_a_note_is_hidden_until_the_facilitator_shows_all(ada: Who, ben: Who, talking: str) -> None:
    page = write(at_talk(ada, talking), talking, moment="The alert came twice")
    assert "Handed in with your name, hidden until" in said(page)
    leading = at_talk(ben, talking)
    assert "1 note is there, hidden" in said(leading)
    assert "The alert came twice" not in said(leading)
    leading = press(leading, "Show the notes to everybody")
    assert "The alert came twice" in said(leading)
    assert "Ada Brandt" in said(leading)


def test_a_note_without_a_name_names_nobody(ada: Who, ben: Who, talking: str) -> None:
    page = at_talk(ada, talking)
    page.checkbox(key=f"talk:{talking}:unsigned").check()
    page = write(page, talking, gap="No runbook for this")
    assert "Your notes" not in said(page)
    debriefs.show_notes(ben, talking)
    text = said(at_talk(ben, talking))
    assert "No runbook for this" in text
    assert "Not signed" in text


def test_an_empty_note_is_asked_for_words_and_a_second_click_is_silent(
    ada: Who, talking: str
) -> None:
    page = press(at_talk(ada, talking), "Hand in this note")
    assert "Write at least one of the three" in said(page)
    page = write(page, talking, moment="The alert came twice")
    page = press(page, "Hand in this note")
    assert "Write at least one of the three" not in said(page)
    assert debriefs.count_notes(ada, talking) == 1


def test_ones_own_note_can_be_changed(ada: Who, talking: str) -> None:
    debriefs.add_note(ada, talking, NOTE, note_id="one")
    page = at_talk(ada, talking)
    page.text_area(key="note:one:gap").set_value("The alert has no runbook").run()
    [row] = debriefs.list_notes(ada, talking)
    assert row.note.gap == "The alert has no runbook"


def test_a_note_about_a_question_is_kept_with_its_objective(ada: Who, talking: str) -> None:
    asked = exercises.get_run(ada, talking).scenario.debrief.questions[0]
    page = at_talk(ada, talking)
    page.selectbox(key=f"talk:{talking}:about").set_value(1).run()
    write(page, talking, moment="We waited")
    [row] = debriefs.list_notes(ada, talking)
    assert (row.note.objective, row.note.question) == (asked.objective, asked.text)


def test_what_reads_as_blame_is_said_to_its_writer(ada: Who, talking: str) -> None:
    page = write(at_talk(ada, talking), talking, moment="Ben carelessly ignored the alert")
    assert "carelessly" in said(page)
    assert "edit_note" in said(page)


def test_a_notes_action_becomes_an_improvement_with_what_the_note_says(
    ada: Who, ben: Who, talking: str
) -> None:
    debriefs.add_note(ada, talking, NOTE, note_id="one")
    debriefs.show_notes(ben, talking)
    page = press(at_talk(ben, talking), "Make it an improvement")
    assert page.text_area(key=f"talk:{talking}:plan:text").value == NOTE.action
    assert page.selectbox(key=f"talk:{talking}:plan:owner").value == "Ada Brandt"
    page = press(page, "Add it")
    assert "In the plan" in said(page)
    assert "Make it an improvement" not in labels(page)
    [row] = debriefs.list_improvements(ben, talking)
    assert (row.id, row.improvement.text, row.improvement.owner) == (
        "one",
        NOTE.action,
        "Ada Brandt",
    )
    assert row.improvement.due_on is not None


def test_two_people_make_one_improvement_of_a_note(ada: Who, ben: Who, talking: str) -> None:
    debriefs.add_note(ada, talking, NOTE, note_id="one")
    debriefs.show_notes(ben, talking)
    pages = [press(at_talk(person, talking), "Make it an improvement") for person in (ada, ben)]
    for page in pages:
        press(page, "Add it")
    assert len(debriefs.list_improvements(ben, talking)) == 1


def test_a_vague_action_is_pointed_out_and_an_improvement_needs_an_owner(
    ben: Who, talking: str
) -> None:
    debriefs.show_notes(ben, talking)
    page = press(at_talk(ben, talking), "Add an improvement")
    page.text_area(key=f"talk:{talking}:plan:text").set_value("Improve monitoring").run()
    assert "edit_note" in said(page)
    page.selectbox(key=f"talk:{talking}:plan:owner").set_value(None)
    page = press(page, "Add it")
    assert "Choose who will do it" in said(page)
    assert page.text_area(key=f"talk:{talking}:plan:text").value == "Improve monitoring"


def test_text_of_users_stays_text(ada: Who, ben: Who, talking: str) -> None:
    debriefs.add_note(ada, talking, DebriefNote("", "", "<b>:material/home:</b>", "", "", ""))
    debriefs.show_notes(ben, talking)
    text = said(at_talk(ben, talking))
    assert "<b>" not in text
    assert ":material/home:" not in text


def test_after_the_end_of_the_talk_the_report_is_offered(ben: Who, talking: str) -> None:
    debriefs.show_notes(ben, talking)
    page = press(at_talk(ben, talking), "End it")
    assert "The talk is over" in said(page)
    assert "The report" in links(page)


def test_before_the_end_of_the_exercise_there_is_no_talk(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    assert "not over yet" in said(at_talk(ben, run_id))
    assert "No exercise is open here" in said(Browser(ben).open(PAGE))


def test_who_played_alone_looks_back_in_quiet(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ada, "first-page")
    run_id = play_alone(ada, scenario)
    exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    page = at_talk(ada, run_id)
    assert scenario.debrief.questions[0].text.split()[0] in said(page)
    assert "Without my name" not in [box.label for box in page.checkbox]
    page.text_area(key=f"talk:{run_id}:moment:0").set_value("I waited too long")
    page = press(page, "Keep this note")
    assert "Your notes" in said(page)
    assert "I waited too long" not in said(at_talk(ben, run_id))


def test_a_step_noted_alone_becomes_an_improvement_of_ones_own(ada: Who) -> None:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    debriefs.add_note(ada, run_id, NOTE, note_id="one")
    page = press(at_talk(ada, run_id), "Make it an improvement")
    press(page, "Add it")
    [row] = debriefs.list_improvements(ada, run_id)
    assert (row.improvement.text, row.improvement.owner) == (NOTE.action, "Ada Brandt")
