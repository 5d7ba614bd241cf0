"""The engine on the scenarios that are shipped."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from integrations.scenario_yaml import read_scenario
from models.rules.exercise.commands import decide
from models.rules.exercise.events import Verdict
from models.rules.exercise.fold import fold
from models.rules.exercise.headless import play, read_answers
from models.rules.exercise.play import content_hash, frozen_text
from models.rules.exercise.views import view
from models.rules.scenario.check import check
from models.rules.scenario.shape import Decision, Rule, Scenario
from tests.rules.exercise.table import Table

FILES = sorted((Path(__file__).resolve().parents[3] / "scenarios").glob("*.yaml"))
shipped = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def scenario_of(file: Path) -> Scenario:
    scenario = check(read_scenario(file.read_bytes())).scenario
    assert scenario is not None
    return scenario


def key_texts(scenario: Scenario) -> Iterator[str]:
    """Every text of the answer key, long enough not to be found by chance."""
    for node in scenario.nodes.values():
        yield from (expected.text for expected in node.expects)
        if node.facilitator is not None:
            yield from (text for text in node.facilitator.model_dump().values() if text)
        if node.decision is not None:
            yield from (option.feedback for option in node.decision.options)
    yield from (answer.why for answer in scenario.severity.answers)
    yield from (c.suggest_when for c in scenario.contingencies if c.suggest_when)
    yield from (question.text for question in scenario.debrief.questions)


def decisions(scenario: Scenario) -> Iterator[tuple[str, Decision]]:
    for name, node in scenario.nodes.items():
        if node.decision is not None:
            yield name, node.decision


@shipped
def test_left_alone_it_comes_to_an_ending_and_to_a_score(file: Path) -> None:
    scenario = scenario_of(file)
    result = play(scenario, ())
    assert result.ending is not None
    assert result.score.process is not None
    assert fold(scenario, result.log).path == result.path


EARLY = {
    "agent-update": ("last-ones", "now"),
    "discovery-meltdown": ("settle", "now"),
    "expired-certificate": ("back", "close_now"),
    "first-day-back": ("usable", "now"),
    "first-page": ("green", "close_now"),
    "mass-deletion": ("all-back", "green"),
    "payment-outage": ("green", "close_now"),
    "runaway-regex": ("calm", "close_now"),
    "split-brain": ("settle", "close_now"),
    "storage-command": ("close", "green"),
    "withdrawn-backbone": ("settle", "now"),
    "wrong-database": ("calm", "all_jobs"),
}  # the decision at which it can be closed too early, and the option that does. Not the data
# breach: while it waits for the police, days may have been quiet before anybody asks


@pytest.mark.parametrize("name", EARLY)
def test_closing_too_early_is_never_praised_on_whatever_way_one_came(name: str) -> None:
    scenario = scenario_of(next(file for file in FILES if file.stem == name))
    node, option = EARLY[name]
    lot = random.Random(name)
    closed = 0
    for _ in range(300):
        answers = {n: lot.choice(d.options) for n, d in decisions(scenario)}
        given = [{"node": n, "option": o.id} for n, o in answers.items() if o.requires is None]
        given = [{"node": node, "option": option}, *(x for x in given if x["node"] != node)]
        result = play(scenario, read_answers(scenario, given))
        if node not in result.path:
            continue
        [judged] = [x for x in result.score.rules if x.rule is Rule.STABLE_30]
        event = next(x for x in result.log if x.kind == "closed" and x.what.option == option)
        assert judged.verdict is not Verdict.MET, (judged.sentence, event.story)
        closed += 1
        if closed == 8:
            break
    assert closed


@shipped
def test_its_frozen_copy_plays_the_same(file: Path) -> None:
    scenario = scenario_of(file)
    copy = Scenario.model_validate_json(frozen_text(scenario))
    assert content_hash(copy) == content_hash(scenario)
    assert play(copy, ()).log == play(scenario, ()).log


@shipped
@pytest.mark.parametrize("choice", [0, -1])
def test_no_seat_receives_a_text_of_its_key(file: Path, choice: int) -> None:
    scenario = scenario_of(file)
    secrets = {text for text in key_texts(scenario) if len(text) > 12}
    assert secrets
    table = Table(scenario).sit(*(seat.id for seat in scenario.seats)).turns()
    for _ in range(100):
        for seat in scenario.seats:
            shown = str(asdict(view(table.play, seat.id, table.play.story)))
            assert not {text for text in secrets if repr(text)[1:-1] in shown}
        if table.play.decision is None:
            break
        table.do(decide, table.play.decision.options[choice], reason="The test goes on.")
    assert table.play.phase == "ended"
