"""How far a run has come."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.rules.exercise.commands import Request, decide, start
from models.rules.exercise.events import FACILITATOR, Mode
from models.rules.exercise.fold import advance
from models.rules.exercise.play import Play, new_play
from models.rules.exercise.progress import decisions_ahead, share_played
from models.rules.scenario.shape import Scenario
from tests.rules.exercise.test_shipped_scenarios import scenario_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FIRST = scenario_of(Path(__file__).resolve().parents[3] / "scenarios" / "first-page.yaml")


@pytest.mark.parametrize(
    ("node", "expected"),
    [("page", 7), ("act", 5), ("worse", 4), ("close", 1), ("end_good", 0)],
)
def test_the_longest_way_to_an_ending_is_counted(node: str, expected: int) -> None:
    assert decisions_ahead(FIRST, node) == expected


def test_a_story_that_can_go_round_has_a_longest_way_too() -> None:
    nodes = dict(FIRST.nodes)
    decision = nodes["close"].decision
    assert decision is not None
    back = tuple(option.model_copy(update={"next": "green"}) for option in decision.options)
    changed = decision.model_copy(update={"options": back})
    nodes["close"] = nodes["close"].model_copy(update={"decision": changed})
    assert decisions_ahead(FIRST.model_copy(update={"nodes": nodes}), "green") == 2


def played(scenario: Scenario, *options: str) -> list[Play]:
    """A run after its start and after each decision."""
    play = new_play(scenario)
    play = advance(play, *start(play, Request(NOW, FACILITATOR, "s"), Mode.TURN, solo=True))
    plays = [play]
    for number, option in enumerate(options):
        play = advance(play, *decide(play, Request(NOW, "ic", str(number)), option))
        plays.append(play)
    return plays


def test_progress_begins_at_nothing_only_grows_and_ends_at_one() -> None:
    shares = [
        share_played(play)
        for play in played(FIRST, "declare", "rollback", "plain", "watch", "properly")
    ]
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert shares == sorted(set(shares))
