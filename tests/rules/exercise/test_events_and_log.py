from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.exercise import events as e
from models.rules.exercise.commands import answer, note
from models.rules.exercise.fold import fold
from models.rules.exercise.play import content_hash, frozen_text
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Scenario
from models.rules.vocabulary import Severity
from tests.rules.exercise.queue_scenario import queue_scenario
from tests.rules.exercise.table import BEGAN, Table


def test_the_text_of_a_player_is_cleaned_before_it_is_kept() -> None:
    table = Table().sit("ic", "ops").live()
    table.do(note, "half \ud800 a\x00 letter\u2029 <b>", by="ic")
    assert table.log[-1].what.text == "half  a letter\n <b>"
    with pytest.raises(ProblemForUser, match="characters long"):
        table.do(note, "x" * 10_001, by="ic")
    [delivery] = table.play.deliveries
    with pytest.raises(ProblemForUser, match="answer is empty"):
        table.do(answer, delivery, " \x00 ", by="ops")


def test_an_unknown_kind_is_refused_with_its_place() -> None:
    data = e.event_to_json(e.Event(7, BEGAN, 60, "ic", e.Declared()))
    with pytest.raises(ProblemForUser, match=r"Event 7 .*“declare”.*Did you mean “declared”"):
        e.event_from_json({**data, "kind": "declare"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"at": "yesterday"}, "no readable time"),
        ({"at": "2026-05-04T13:00:00"}, "without its zone"),
        ({"story": "60"}, "“story” is missing or no value"),
        ({"level": "SEV9"}, "level"),
        ({"mood": "calm"}, "mood"),
    ],
)
def test_a_damaged_event_says_what_is_wrong(change: dict[str, object], words: str) -> None:
    event = e.Event(7, BEGAN, 60, "ic", e.SeveritySet(level=Severity.SEV1))
    with pytest.raises(ProblemForUser, match=words):
        e.event_from_json({**e.event_to_json(event), **change})


def test_a_line_that_is_not_json_is_named() -> None:
    good = e.log_to_text((e.Event(1, BEGAN, 0, "ic", e.Noted(text="a")),))
    with pytest.raises(ProblemForUser, match="Line 2"):
        e.log_from_text(good + "{broken\n")


def test_a_log_with_a_gap_or_out_of_order_is_refused() -> None:
    table = Table().sit("ic").live()
    with pytest.raises(ProblemForUser, match="gap: event 3 stands after event 1"):
        fold(table.scenario, [table.log[0], *table.log[2:]])
    table.wait(3)
    earlier = replace(table.log[-1], seq=table.log[-1].seq + 1, story=0)
    with pytest.raises(ProblemForUser, match="before the one"):
        fold(table.scenario, [*table.log, earlier])


def test_a_run_is_tied_to_the_content_that_it_was_started_with() -> None:
    table = Table().sit("ic").live()
    changed = queue_scenario(title="Another title")
    with pytest.raises(ProblemForUser, match="another content"):
        fold(changed, table.log)


def test_a_frozen_copy_is_equal_and_has_the_same_hash() -> None:
    scenario = queue_scenario(policy={"declare_within_min": 3})
    copy = Scenario.model_validate_json(frozen_text(scenario))
    assert copy == scenario
    assert content_hash(copy) == content_hash(scenario)
    assert copy.policy.model_fields_set == {"declare_within_min"}
