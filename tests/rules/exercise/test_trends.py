"""No change is claimed that the runs do not carry."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.exercise import trends as module
from models.rules.exercise.events import Mode
from models.rules.exercise.headless import play, read_answers
from models.rules.exercise.trends import (
    Change,
    FinishedRun,
    Practised,
    RulePoints,
    Trend,
    mann_kendall,
    points_of,
    scenarios_without_practice,
    seats_without_practice,
    trends,
)
from models.rules.scenario.shape import Rule
from tests.rules.exercise.queue_scenario import queue_scenario

NOW = datetime(2026, 5, 4, 13, tzinfo=UTC)
EARLY, CADENCE = Rule.DECLARE_EARLY, Rule.COMMS_CADENCE
SHARES = st.sampled_from((0.0, 0.5, 1.0))


def run(
    days_ago: float,
    *points: tuple[Rule, float],
    team: str = "Payments",
    scenario: str = "queue",
    solo: bool = False,
    seats: tuple[str, ...] = (),
) -> FinishedRun:
    return FinishedRun(
        id=f"run-{days_ago}", scenario_id=scenario, team=team,
        ended_at=NOW - timedelta(days=days_ago), mode=Mode.LIVE, solo=solo,
        points=tuple(RulePoints(rule, 10 * share, 10) for rule, share in points),
        seats=tuple(Practised("Ada", seat) for seat in seats),
    )  # fmt: skip


def series(*shares: float, rule: Rule = EARLY) -> list[FinishedRun]:
    """Runs a week apart, the first one longest ago."""
    return [run(7 * (len(shares) - n), (rule, share)) for n, share in enumerate(shares)]


def only(runs: list[FinishedRun]) -> Trend:
    [found] = trends(runs)
    return found


@pytest.mark.parametrize(
    ("shares", "change"),
    [
        ((0, 1, 1, 1), Change.TOO_FEW),
        ((0, 0, 1, 1, 1), Change.NOT_SHOWN),  # p = 0.2: one order in ten, either way
        ((0, 0, 0, 0, 1, 1, 1, 1), Change.BETTER),
        ((1, 1, 1, 1, 0, 0, 0, 0), Change.WORSE),
        ((1, 0, 1, 0, 1, 0, 1, 0, 1, 0), Change.NOT_SHOWN),
        ((1,) * 12, Change.NOT_SHOWN),
        ((0,) * 10 + (0.5,) * 10 + (1,) * 10, Change.BETTER),
    ],
)
def test_what_may_be_said_of_runs(shares: tuple[float, ...], change: Change) -> None:
    assert only(series(*shares)).change is change


def test_few_runs_are_listed_with_their_number_and_nothing_is_claimed() -> None:
    found = only(series(0, 1, 1, 1))
    assert [r.share for r in found.runs] == [0, 1, 1, 1]
    assert (found.earlier, found.later, found.chance) == (None, None, None)
    assert found.sentence == ("4 runs: too few to speak of a change; 5 are needed.")


def test_a_change_is_said_with_runs_means_and_chance() -> None:
    found = only(series(0, 0, 0, 0.5, 0.5, 1, 1, 1))
    assert found.sentence == (
        "8 runs of one scenario: better, 0% in the first third, 100% in the last "
        "(p = 0.004)."
    )  # fmt: skip
    mixed = series(1, 0, 1, 0, 1)
    mixed[0] = replace(mixed[0], mode=Mode.TURN, scenario_id="other")
    assert only(mixed).sentence.startswith(
        "5 runs over 2 scenarios, in turns and live: 100% in the first third"
    )
    unclear = only(series(1, 0, 1, 0, 1))
    assert unclear.sentence.endswith("The data does not show a change.")


@given(st.lists(SHARES, min_size=2, max_size=6))
def test_chance_is_the_share_of_orders_at_least_as_striking(values: list[float]) -> None:
    def statistic(order: tuple[float, ...]) -> int:
        pairs = ((a, b) for n, a in enumerate(order) for b in order[n + 1 :])
        return sum((b > a) - (b < a) for a, b in pairs)

    s, chance = mann_kendall(values)
    assert s == statistic(tuple(values))
    orders = [statistic(order) for order in permutations(values)]
    assert chance == pytest.approx(sum(abs(x) >= abs(s) for x in orders) / len(orders))


def test_kendalls_table_for_ten_different_values() -> None:
    s, chance = mann_kendall([1, 2, 3, 4, 5, 6, 8, 7, 10, 9])
    assert (s, round(chance / 2, 6)) == (41, round((1 + 9 + 44) / 3_628_800, 6))


@given(st.lists(SHARES, min_size=10, max_size=10))
def test_the_approximation_agrees_with_counting_where_they_meet(values: list[float]) -> None:
    s, exact = mann_kendall(values)
    levels = [values.count(level) for level in sorted(set(values))]
    if len(levels) > 1 and min(levels) > 1:
        assert module._normal(s, levels) == pytest.approx(exact, abs=0.08)


@given(st.lists(SHARES, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter_and_the_other_way_round_is_the_opposite(
    shares: list[float], lot: random.Random
) -> None:
    rows = series(*shares)
    found = trends(rows)
    lot.shuffle(rows)
    assert trends(rows) == found
    turned = trends(series(*shares[::-1]))
    opposite = {Change.BETTER: Change.WORSE, Change.WORSE: Change.BETTER}
    assert [opposite.get(t.change, t.change) for t in turned] == [t.change for t in found]


def test_chance_alone_is_rarely_taken_for_a_change_however_many_rules_are_looked_at() -> None:
    lot = random.Random(1)
    claimed = 0
    for _ in range(300):
        rows = [
            run(n, *((rule, lot.choice((0.0, 0.5, 1.0))) for rule in Rule)) for n in range(1, 9)
        ]
        claimed += any(t.change in (Change.BETTER, Change.WORSE) for t in trends(rows))
    assert claimed / 300 <= 0.05


def test_a_change_that_would_stand_alone_does_not_stand_among_many_without_one() -> None:
    alone = series(0, 0, 0, 0, 1, 1, 1, 1)  # p = 2 / 70
    assert only(alone).change is Change.BETTER
    others = [
        run(7 * (8 - n), (EARLY, n // 4), (CADENCE, n % 2), (Rule.SEVERITY, (n + 1) % 2))
        for n in range(8)
    ]
    assert {t.rule: t.change for t in trends(others)} == dict.fromkeys(
        (EARLY, Rule.SEVERITY, CADENCE), Change.NOT_SHOWN
    )


def test_teams_are_apart_and_solo_runs_belong_to_none() -> None:
    rows = [
        run(3, (EARLY, 1)),
        run(2, (EARLY, 0), team="Search"),
        run(1, (EARLY, 0), solo=True),
        run(0, (EARLY, 0), team=""),
    ]
    assert [(t.team, len(t.runs)) for t in trends(rows)] == [("Payments", 1), ("Search", 1)]


def test_points_come_from_the_score_of_a_run() -> None:
    scenario = queue_scenario(weights={"declare_early": 3})
    answers = read_answers(scenario, [{"node": "first", "option": "declare"}])
    points = {p.rule: (p.earned, p.possible) for p in points_of(play(scenario, answers).score)}
    assert points[EARLY] == (3, 3)
    assert Rule.SEVERITY not in points  # nothing could show it


def test_seats_that_nobody_practised_lately_the_never_practised_first() -> None:
    rows = [
        run(100, seats=("Scribe",)),
        run(200, seats=("Scribe", "Communications lead")),
        run(5, seats=("incident commander",)),
        run(1, seats=("Operations lead",), solo=True),
    ]
    seats = ("Incident commander", "Scribe", "Communications lead", "Operations lead")
    found = seats_without_practice(rows, seats, NOW, 90)
    assert [(gap.seat, gap.last_at and (NOW - gap.last_at).days) for gap in found] == [
        ("Operations lead", None), ("Communications lead", 200), ("Scribe", 100)
    ]  # fmt: skip


@pytest.mark.parametrize(("days_ago", "missing"), [(91, False), (91.1, True)])
def test_a_scenario_that_was_not_played_for_a_quarter_is_named(
    days_ago: float, missing: bool
) -> None:
    rows = [run(days_ago, solo=True), run(300)]
    found = scenarios_without_practice(rows, {"queue": "The queue", "new": "New"}, NOW)
    assert [gap.title for gap in found] == ["New", *(["The queue"] if missing else [])]
