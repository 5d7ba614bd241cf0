"""The talk after an exercise fits its time and asks about what is needed most."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.exercise import events as e
from models.rules.exercise.agenda import Part, agenda, enough_minutes, without_time
from models.rules.exercise.commands import decide
from models.rules.exercise.facilitating import observe
from models.rules.exercise.headless import play, read_answers
from models.rules.exercise.report import AfterActionRecord, after_action
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Scenario
from tests.rules.exercise.queue_scenario import queue_scenario
from tests.rules.exercise.table import Table
from tests.rules.exercise.test_properties import STEPS, no_look, played

DEBRIEF = {
    "hot_wash": ["What did we know when we declared?"],
    "questions": [
        {"objective": "O1", "text": "What would have let us declare earlier?"},
        {"objective": "O2", "text": "What made searching attractive?"},
        {"objective": "O2", "text": "What could we have switched off?"},
    ],
    "takeaway_prompt": "What will you do on Monday?",
}


def after(first: str) -> tuple[Scenario, AfterActionRecord]:
    scenario = queue_scenario(debrief=DEBRIEF)
    answers = read_answers(scenario, [{"node": "first", "option": first}])
    return scenario, after_action(scenario, play(scenario, answers).log)


def of_kind(parts: tuple[Part, ...], kind: str) -> list[Part]:
    return [part for part in parts if part.kind == kind]


@settings(max_examples=80, deadline=None)
@given(mode=st.sampled_from(e.Mode), done=st.lists(STEPS, max_size=25), minutes=st.integers(5, 30))
def test_any_talk_is_exactly_as_long_as_it_should_be(
    mode: e.Mode, done: list[Any], minutes: int
) -> None:
    table = played(mode, done, no_look)
    parts = agenda(table.scenario, after_action(table.scenario, table.log), minutes)
    assert sum(part.minutes for part in parts) == minutes
    assert min(part.minutes for part in parts) >= 1
    kinds = [part.kind for part in parts]
    assert kinds[:2] == ["rules", "silent"]
    assert kinds[-2:] == ["gaps", "close"]
    assert "objective" in kinds
    assert all(part.read_aloud and part.title for part in parts)


@pytest.mark.parametrize("minutes", [0, 4, 31])
def test_another_length_is_refused(minutes: int) -> None:
    with pytest.raises(ProblemForUser, match="5 to 30 minutes"):
        agenda(*after("declare"), minutes)


def test_the_least_reached_objective_comes_first_and_what_nothing_shows_last() -> None:
    scenario = queue_scenario(debrief=DEBRIEF)
    chosen = {"first": "declare", "repair": "search"}
    answers = read_answers(scenario, [{"node": n, "option": o} for n, o in chosen.items()])
    record = after_action(scenario, play(scenario, answers).log)
    shares = {o.id: o.share for o in record.score.objectives}
    order = [part.objective for part in of_kind(agenda(scenario, record, 30), "objective")]
    assert shares == {"O1": 1, "O2": 0, "O3": 0}
    assert order == ["O2", "O3", "O1"]
    assert [p.objective for p in of_kind(agenda(scenario, record, 5), "objective")] == ["O2"]


def test_what_a_short_talk_has_no_time_for_is_said_and_how_long_one_would_have() -> None:
    scenario, record = after("declare")
    short = agenda(scenario, record, 10)
    asked = {part.objective for part in of_kind(short, "objective")}
    left = without_time(scenario, short)
    assert left
    assert left == tuple(o.text for o in scenario.objectives if o.id not in asked)
    enough = enough_minutes(scenario, record)
    assert enough is not None
    assert enough == 14  # with three objectives; in haste nine minutes have a minute for each
    for minutes in range(enough, 31):
        assert without_time(scenario, agenda(scenario, record, minutes)) == ()
    assert without_time(scenario, agenda(scenario, record, enough - 1)) != ()


def test_the_scenarios_own_questions_are_asked_with_what_the_log_shows() -> None:
    parts = of_kind(agenda(*after("debug"), 30), "objective")
    assert parts[1].questions == (
        "What made searching attractive?", "What could we have switched off?"
    )  # fmt: skip
    assert any("took 12 minutes while customers were hurt" in line for line in parts[1].evidence)
    assert parts[2].objective == "O3"
    assert parts[2].questions == ("What helped us with this, and what was in the way?",)
    assert "Nothing in the log shows this" in parts[2].guide


def test_what_there_is_no_time_for_is_named_at_the_end() -> None:
    close = agenda(*after("debug"), 5)[-1]
    assert (
        close.guide == "There was no time for: Restore first; Tell people. Ask for it in writing."
    )
    assert close.questions == ("What will you do on Monday?",)
    assert agenda(*after("debug"), 30)[-1].guide == ""


def test_a_longer_talk_begins_with_what_the_log_shows() -> None:
    [recap] = of_kind(agenda(*after("declare"), 15), "recap")
    assert recap.evidence[0] == "Minute 2: Option declare. Because: As in the answers."
    assert recap.questions == ("What did we know when we declared?",)
    assert of_kind(agenda(*after("declare"), 11), "recap") == []


def test_what_the_facilitator_observed_stands_with_its_objective() -> None:
    table = Table(queue_scenario(debrief=DEBRIEF)).sit("ic").live()
    table.wait(2)
    table.do(decide, "declare", by="ic")
    table.do(observe, "Quick and calm.", "O1")
    parts = agenda(table.scenario, after_action(table.scenario, table.log), 20)
    [about] = [part for part in parts if part.objective == "O1"]
    assert "Quick and calm." in about.evidence
