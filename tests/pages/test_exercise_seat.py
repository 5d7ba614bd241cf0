"""A seat at an exercise: what it shows in each state, what it can do, and what it never tells."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.exercise import commands, facilitating
from models.rules.exercise.events import Improvised
from models.rules.exercise.play import frozen_text
from models.rules.policy import Who
from models.rules.scenario.shape import Channel, Scenario
from services import clock, exercises
from services.people import introduce
from services.scenario_library import get_scenario
from services.solo_play import find_unfinished, play_alone
from tests.conftest import Browser
from tests.pages.screen import labels, press, said

PAGE = "train/exercise.py"
KEY = (
    "Feedback to come",
    "Notes for one",
    "Right because",
    "Prepared help",
    "secret_lever",
    "4711",
)


NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes only where the facilitator puts the story forward."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def scenario(ada: Who) -> Scenario:
    """The first scenario, with an answer key that is easy to find."""
    data: dict[str, Any] = json.loads(frozen_text(get_scenario(ada, "first-page")[0]))
    data["state"]["secret_lever"] = {"type": "int", "initial": 4711, "visible": "facilitator"}
    for answer in data["severity"]["answers"]:
        answer["why"] = "Right because"
    for node in data["nodes"].values():
        node["facilitator"] = {"notes": "Notes for one", "read_aloud": "Notes for one"}
        for option in node.get("decision", {}).get("options", ()):
            option |= {"score": 83, "feedback": "Feedback to come"}
    for contingency in data["contingencies"]:
        contingency["body"] = "Prepared help"
    data["nodes"]["act"]["decision"]["rationale"] = "required"
    return Scenario.model_validate_json(json.dumps(data))


@pytest.fixture
def live(ada: Who, ben: Who, scenario: Scenario) -> str:
    """Ben facilitates, Ada commands, and the clock runs."""
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, "ic")
    exercises.start_live(ben, run_id)
    return run_id


def choose(app: AppTest, option: str) -> AppTest:
    """Chooses an option of the open decision and decides."""
    next(radio for radio in app.radio if radio.label == "What do you do?").set_value(option).run()
    return press(app, "Decide")


def open_form(app: AppTest, name: str) -> AppTest:
    """Opens the form of something that can be done at any time."""
    row = next(row for row in app.button_group if row.label == "What you can do at any time")
    return row.set_value(name).run()


def write(app: AppTest, label: str, text: str) -> AppTest:
    return next(area for area in app.text_area if area.label == label).set_value(text).run()


def sent(app: AppTest) -> str:
    """Everything that went to the browser."""
    return "\n".join(str(node.proto) for node in app._tree if getattr(node, "proto", None))


def kinds(who: Who, run_id: str) -> list[str]:
    return [event.kind for event in exercises.get_run(who, run_id).log]


# --- before the start --------------------------------------------------------------------------


def test_who_comes_in_chooses_a_seat_and_only_then_reads_its_brief(
    browser: Browser, ben: Who, scenario: Scenario
) -> None:
    run_id = exercises.open_run(ben, scenario)
    app = browser.open(PAGE, id=run_id)
    assert "Engineer on call" in said(app)
    assert "one command" not in sent(app)
    app.button(key=f"seat:{run_id}:sit:ops").click().run()
    assert "one command" in said(app)
    assert "The facilitator begins" in said(app)
    assert "Ada Brandt" in said(app)


def test_the_facilitator_is_led_to_their_own_screen(ben: Who, live: str) -> None:
    app = Browser(ben).open(PAGE, id=live)
    assert "You facilitate this exercise" in said(app)
    assert not app.radio


def test_a_late_comer_sits_down_and_sees_all_that_reached_the_seat(live: str) -> None:
    app = Browser(introduce("Cleo")).open(PAGE, id=live)
    app.button(key=f"seat:{live}:sit:comms").click().run()
    assert "Payments are failing" in said(app)


def test_without_an_exercise_the_page_says_where_to_go(browser: Browser) -> None:
    assert "No exercise is open here" in said(browser.open(PAGE))
    assert "no such" in said(browser.open(PAGE, id="nothing"))


# --- live --------------------------------------------------------------------------------------


def test_nothing_of_the_answer_key_is_sent_to_a_seat(browser: Browser, ben: Who, live: str) -> None:
    app = browser.open(PAGE, id=live)
    for form in ("declare", "severity", "roles", "update", "escalate", "report", "note"):
        app = open_form(app, form)
    pages = [sent(app)]
    pages.append(sent(choose(app, "declare")))
    exercises.act_as_facilitator(ben, live, facilitating.end, "The time is over")
    pages.append(sent(app.run()))
    for page in pages:
        assert "Your first page" in page
        assert not [secret for secret in KEY if secret in page]
        assert not re.search(r"\b83\b", page)


def test_a_message_shows_its_channel_sender_time_and_evidence(browser: Browser, live: str) -> None:
    app = browser.open(PAGE, id=live)
    words = said(app)
    assert "Alert · Shop monitor · Tue 10:06" in words
    assert ":blue-badge[New]" in words
    assert "KeyError: 'wrapping'" in app.code[0].value
    assert "from 0 at 09:58 to 60 at 10:05" in words.replace("\\", "")


def test_a_message_is_marked_as_seen_and_answered_in_words(
    browser: Browser, ada: Who, live: str
) -> None:
    app = press(browser.open(PAGE, id=live), "Seen")
    assert ":blue-badge[New]" not in said(app)
    app = app.toggle[0].set_value(True).run()
    app = press(write(app, "Your answer", "I look at *it*"), "Send the answer")
    assert "I look at *it*" in [text.value for text in app.text]
    assert kinds(ada, live)[-2:] == ["seen", "answered"]


def test_what_a_facilitator_improvises_stays_text(browser: Browser, ben: Who, live: str) -> None:
    content = Improvised(
        channel=Channel.EMAIL,
        sender="**Boss** ![i](https://x.test/i.png)",
        to=("all",),
        title="<b>Now</b> [x](https://x.test)",
        body="![i](https://x.test/i.png) <script>alert(1)</script>",
    )
    exercises.act_as_facilitator(ben, live, facilitating.improvise, content)
    words = said(browser.open(PAGE, id=live))
    assert not re.search(r"(?<!\\)!\[", words)  # no image
    assert not re.search(r"(?<!\\)<(b|script)>", words)
    assert "[x](" not in words


def test_a_decision_of_another_seat_is_shown_without_a_choice(
    ben: Who, live: str, database_file: object
) -> None:
    cleo = introduce("Cleo")
    exercises.join_run(cleo, live, "ops")
    app = Browser(cleo).open(PAGE, id=live)
    assert "**Incident commander** decides" in said(app)
    assert not app.radio
    assert "takes 12 minutes" in said(app)


def test_a_decision_needs_a_reason_where_the_scenario_asks_for_one(
    browser: Browser, ada: Who, ben: Who, live: str
) -> None:
    app = choose(browser.open(PAGE, id=live), "declare")
    assert "The team is at work until **Tue 10:07**" in said(app)
    exercises.act_as_facilitator(ben, live, facilitating.skip)
    app = choose(app.run(), "rollback")
    assert "Write why you decide so" in said(app)
    app = press(write(app, "Why (needed here)", "It is known to work"), "Decide")
    assert "The team is at work" in said(app)
    assert kinds(ada, live).count("decided") == 2


def test_a_second_click_on_the_same_screen_decides_once_and_says_nothing(
    browser: Browser, ada: Who, live: str
) -> None:
    app = browser.open(PAGE, id=live)
    app.radio[0].set_value("declare").run()
    delivery = exercises.get_run(ada, live).play.decision
    assert delivery is not None
    click = f"ic:decide:{delivery.delivery}:declare"
    exercises.act_as_seat(
        ada, live, commands.decide, "declare", click=click, delivery=delivery.delivery
    )
    app = press(app, "Decide")
    assert not app.error
    assert kinds(ada, live).count("decided") == 1


def test_a_decision_that_closed_says_so_and_keeps_what_was_being_written(
    browser: Browser, ada: Who, ben: Who, live: str
) -> None:
    app = write(browser.open(PAGE, id=live), "Why (optional)", "Because they cannot pay")
    exercises.act_as_facilitator(ben, live, facilitating.skip)
    app = app.run()
    assert "The time for this decision was over" in said(app)
    assert "Because they cannot pay" in [area.value for area in app.text_area]
    app = press(app, "Keep it as a note")
    assert "The time for this decision was over" not in said(app)
    notes = [x.what for x in exercises.get_run(ada, live).log if x.kind == "note"]
    assert [note.text for note in notes] == ["Because they cannot pay"]  # type: ignore[union-attr]


def test_a_vote_is_cast_counted_and_may_change(
    browser: Browser, ada: Who, ben: Who, scenario: Scenario
) -> None:
    data = json.loads(frozen_text(scenario))
    data["nodes"]["page"]["decision"]["by"] = "vote"
    run_id = exercises.open_run(ben, Scenario.model_validate_json(json.dumps(data)))
    for person, seat in ((ada, "ic"), (introduce("Cleo"), "ops"), (introduce("Dan"), "comms")):
        exercises.join_run(person, run_id, seat)
    exercises.start_live(ben, run_id)
    app = browser.open(PAGE, id=run_id)
    for option, label in (("read", "Vote"), ("wait", "Change my vote"), ("read", "Change my vote")):
        app.radio[0].set_value(option).run()
        app = press(app, label)
    assert "1 of 3 have voted" in said(app)
    assert "Your vote: Read the logs" in said(app)
    assert exercises.get_run(ada, run_id).play.votes == {"ic": "read"}


def test_a_pause_is_said_calmly(browser: Browser, ben: Who, live: str) -> None:
    exercises.act_as_facilitator(ben, live, facilitating.pause)
    assert "Paused. The story stands still" in said(browser.open(PAGE, id=live))


def test_after_the_end_there_are_thanks_and_a_note_can_still_be_kept(
    browser: Browser, ada: Who, ben: Who, live: str
) -> None:
    exercises.act_as_facilitator(ben, live, facilitating.end, "The time is over")
    app = browser.open(PAGE, id=live)
    assert "Thank you for playing" in said(app)
    press(write(app, "A note for the talk afterwards", "The phone list was old"), "Keep the note")
    assert kinds(ada, live)[-1] == "note"
    exercises.act_as_facilitator(ben, live, facilitating.reveal)
    assert "Feedback to come" not in said(app.run())  # nothing was decided


# --- what can be done at any time --------------------------------------------------------------


def test_a_seat_declares_once(browser: Browser, ada: Who, live: str) -> None:
    app = press(open_form(browser.open(PAGE, id=live), "declare"), "Declare the incident")
    assert "The incident is declared" in said(app)
    assert "Declared :gray-badge" in said(app)
    assert "Declare the incident" not in labels(open_form(app, "declare"))


def test_the_severity_comes_from_the_questions_within_the_scale(
    browser: Browser, ada: Who, live: str
) -> None:
    app = open_form(browser.open(PAGE, id=live), "severity")
    app = press(app, "Leave it as it is")
    assert "At most three questions lead to it" in said(app)
    app = press(app, "Answer the questions")
    for answer in ("No", "Yes", "Yes"):
        app = press(app, answer)
    assert "The answers lead to :orange-badge[SEV1]" in said(app)
    app = press(app, "Set the severity")
    assert exercises.get_run(ada, live).play.severity == "SEV1"
    assert "The severity is SEV1" in said(app)


def test_an_update_carries_its_audience_and_the_time_of_the_next(
    browser: Browser, ada: Who, live: str
) -> None:
    app = open_form(browser.open(PAGE, id=live), "update")
    assert "None was sent yet" in said(app)
    assert "The update is empty" in said(press(app, "Send the update"))
    app = press(write(app, "The update", "Paying *fails*; we go back"), "Send the update")
    update = exercises.get_run(ada, live).log[-1].what
    assert (update.kind, update.audience, update.next_update_min) == ("comms_sent", "customers", 30)  # type: ignore[union-attr]
    assert r"Paying \*fails\*" in said(app)
    assert "promised the next for Tue 10:36" in said(open_form(app, "update"))


def test_roles_reports_and_help_are_in_the_log(browser: Browser, ada: Who, live: str) -> None:
    app = press(open_form(browser.open(PAGE, id=live), "roles"), "Assign")
    app = open_form(app, "escalate")
    app = press(write(app, "Whom do you call in, and why?", "Tomasz"), "Call in help")
    app = press(open_form(app, "report"), "Report it")
    assert "The report is empty" in said(app)
    app = press(write(app, "What do you see that shows it?", "0 % fail"), "Report it")
    assert kinds(ada, live)[-3:] == ["role_set", "escalated", "mitigated"]
    assert "Commander: Incident commander" in said(app)


def test_personal_data_is_asked_about_only_where_the_scenario_has_such_duties(
    browser: Browser, ada: Who, ben: Who, live: str
) -> None:
    row = next(row for row in browser.open(PAGE, id=live).button_group)
    assert not any("Personal data" in option for option in row.options)
    run_id = play_alone(ada, get_scenario(ada, "data-breach")[0])
    app = press(browser.open(PAGE, id=run_id), "Begin")
    app = open_form(app, "data")
    app = write(app, "What happened to which personal data, as far as you know?", "Mail addresses")
    app = open_form(press(app, "State that personal data is affected"), "data")
    app = write(app, "Why, in words that will stand in the file", "People may be harmed")
    app = press(app, "Decide this")
    assert kinds(ada, run_id)[-2:] == ["aware", "notified"]


# --- alone -------------------------------------------------------------------------------------


def test_one_person_plays_to_the_end_with_feedback_after_each_decision(
    browser: Browser, ada: Who, scenario: Scenario
) -> None:
    run_id = play_alone(ada, scenario)
    app = browser.open(PAGE, id=run_id)
    assert "Lantern Books" in said(app)
    assert "Feedback to come" not in sent(app)
    app = press(app, "Begin")
    app = choose(app, "declare")
    assert "You chose: **Declare an incident" in said(app)
    assert "Feedback to come" in said(app)
    assert not app.radio
    app = press(Browser(ada).open(PAGE, id=run_id), "Go on")  # another browser: the same place
    app = write(app, "Why (needed here)", "It is known to work")
    app = choose(app, "rollback")
    assert "60 % of payments → **0 % of payments**" in said(app)
    for option in ("plain", "watch", "properly"):
        app = choose(press(app, "Go on"), option)
    app = press(app, "See how it ended")
    words = said(app)
    assert "A good ending" in words
    assert "A quiet Tuesday again" in words
    assert "83 of 83 points" in words
    assert "Each rule of response counts 1" in words
    assert {metric.label: metric.value for metric in app.metric}[
        "Decisions: points of those offered"
    ] == "415 of 415"
    assert find_unfinished(ada) is None


def test_what_is_done_alone_is_scored_with_what_earned_or_lost_it(
    browser: Browser, ada: Who
) -> None:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    app = choose(press(browser.open(PAGE, id=run_id), "Begin"), "wait")
    for option in ("alone", "repair", "again"):
        app = choose(press(app, "Go on"), option)
    words = said(press(app, "See how it ended"))
    assert "A hard ending" in words
    assert "The incident was never declared" in words
    assert "No severity was chosen" in words


def test_play_again_opens_one_new_run(browser: Browser, ada: Who) -> None:
    scenario = get_scenario(ada, "first-page")[0]
    run_id = play_alone(ada, scenario)
    assert play_alone(ada, scenario) == run_id
    app = choose(press(browser.open(PAGE, id=run_id), "Begin"), "wait")
    for option in ("alone", "repair", "again"):
        app = choose(press(app, "Go on"), option)
    app = press(press(app, "See how it ended"), "Play again")
    unfinished = find_unfinished(ada)
    assert unfinished is not None
    assert unfinished.run_id != run_id
    assert "Begin" in labels(app)


def test_nobody_else_reads_a_run_that_is_being_played_alone(ada: Who, ben: Who) -> None:
    run_id = play_alone(ada, get_scenario(ada, "first-page")[0])
    assert "no such exercise" in said(Browser(ben).open(PAGE, id=run_id))
