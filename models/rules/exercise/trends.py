"""Whether practice helps: each team's rules over its runs, seats that nobody practised, scenarios
that were not played for long.

A change is claimed only where the data carries it. With fewer than five runs they are listed and
nothing is said. Otherwise the test is that of Mann and Kendall, two-sided: of all pairs of runs,
how many got better and how many worse (S), against what chance would give the same results in
another order. It asks for no distribution, and single bad runs do not carry it away.

    S = Σ sign(later − earlier) over all pairs of runs
    p = share of the orders of the same results whose |S| is at least as large

Up to ten runs the orders are counted exactly; beyond, S ÷ √Var(S) is taken as normal, with
correction for ties and continuity. Of the rules of one team, claims stand together at 5 % (Holm),
so that looking at ten rules does not find ten times as many changes.

Sources: H. B. Mann, Econometrica 13 (1945); M. G. Kendall, Rank Correlation Methods (1975), ch. 4;
S. Holm, Scandinavian Journal of Statistics 6 (1979).

Exercises are not incidents: these rows are all that is read here, and no measure of incidents
reads them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from statistics import mean

from models.rules.exercise.events import Mode
from models.rules.exercise.scoring import Score
from models.rules.scenario.shape import Rule

RUNS_FOR_A_CLAIM = 5
CHANCE_AT_MOST = 0.05
QUARTER_DAYS = 91
_EXACT_UP_TO = 10


@dataclass(frozen=True)
class RulePoints:
    """What a run earned by a rule, of what was possible. Only for rules that were observed."""

    rule: Rule
    earned: float
    possible: float


@dataclass(frozen=True)
class Practised:
    """Who sat on which seat; `seat` is its title."""

    person: str
    seat: str


@dataclass(frozen=True)
class FinishedRun:
    """A run that has ended (`ended_at`, aware). A solo run counts for the scenario, not for a
    team or a seat: there one person plays all of them."""

    id: str
    scenario_id: str
    team: str
    ended_at: datetime
    mode: Mode
    solo: bool
    points: tuple[RulePoints, ...] = ()
    seats: tuple[Practised, ...] = ()


class Change(StrEnum):
    """What may be said about a rule over a team's runs."""

    TOO_FEW = "too_few"
    NOT_SHOWN = "not_shown"
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True)
class RunResult:
    """`share` from 0 to 1."""

    run_id: str
    scenario_id: str
    ended_at: datetime
    mode: Mode
    share: float


@dataclass(frozen=True)
class Trend:
    """`runs` in the order of time. `earlier` and `later` are the means of the first and last
    third; `chance` is p, before looking at the other rules. All None with too few runs."""

    team: str
    rule: Rule
    runs: tuple[RunResult, ...]
    change: Change
    earlier: float | None = None
    later: float | None = None
    chance: float | None = None

    @property
    def sentence(self) -> str:
        """What may be said of the rule, with the number of runs."""
        said = f"{len(self.runs)} run{'' if len(self.runs) == 1 else 's'}"
        if self.change is Change.TOO_FEW:
            return f"{said}: too few to speak of a change; {RUNS_FOR_A_CLAIM} are needed."
        scenarios = len({run.scenario_id for run in self.runs})
        over = f"over {scenarios} scenarios" if scenarios > 1 else "of one scenario"
        if len({run.mode for run in self.runs}) > 1:
            over += ", in turns and live"
        means = f"{self.earlier:.0%} in the first third, {self.later:.0%} in the last"
        if self.change is Change.NOT_SHOWN:
            return f"{said} {over}: {means}. The data does not show a change."
        return f"{said} {over}: {self.change.value}, {means} (p = {self.chance:.3f})."


@dataclass(frozen=True)
class SeatGap:
    """A seat that nobody has practised lately; `last_at` None: nobody ever."""

    seat: str
    last_at: datetime | None


@dataclass(frozen=True)
class ScenarioGap:
    """A scenario that was not played lately; `last_at` None: never."""

    scenario_id: str
    title: str
    last_at: datetime | None


def points_of(score: Score) -> tuple[RulePoints, ...]:
    """The points of a run's rules: the weight of each is what was possible."""
    return tuple(
        RulePoints(r.rule, r.weight * r.value, r.weight) for r in score.rules if r.value is not None
    )


def trends(runs: Iterable[FinishedRun]) -> tuple[Trend, ...]:
    """One trend for each team and rule that was observed, by team, in the order of the rules."""
    results: dict[str, dict[Rule, list[RunResult]]] = defaultdict(lambda: defaultdict(list))
    for run in sorted(runs, key=lambda one: (one.ended_at, one.id)):
        for points in run.points:
            if run.team and not run.solo and points.possible > 0:
                share = points.earned / points.possible
                result = RunResult(run.id, run.scenario_id, run.ended_at, run.mode, share)
                results[run.team][points.rule].append(result)
    return tuple(
        trend
        for team, by_rule in sorted(results.items())
        for trend in _together([_trend(team, rule, by_rule[rule]) for rule in Rule
                                if rule in by_rule])
    )  # fmt: skip


def mann_kendall(values: Sequence[float]) -> tuple[int, float]:
    """S and the two-sided p of values in the order of time. Fewer than two say nothing: p is 1."""
    s = sum(_sign(b - a) for n, a in enumerate(values) for b in values[n + 1 :])
    levels = [count for _, count in sorted(Counter(values).items())]
    if len(levels) < 2:
        return s, 1.0
    return s, _exact(s, levels) if len(values) <= _EXACT_UP_TO else _normal(s, levels)


def seats_without_practice(
    runs: Iterable[FinishedRun], seats: Iterable[str], now: datetime, days: int
) -> tuple[SeatGap, ...]:
    """Of these titles of seats, those that nobody practised in the last `days` days: those that
    nobody ever did first, then the longest ago."""
    last: dict[str, datetime] = {}
    for run in runs:
        for practised in run.seats if not run.solo else ():
            key = practised.seat.casefold()
            last[key] = max(run.ended_at, last.get(key, run.ended_at))
    found = (SeatGap(seat, last.get(seat.casefold())) for seat in dict.fromkeys(seats))
    gaps = [gap for gap in found if gap.last_at is None or gap.last_at < now - timedelta(days)]
    return tuple(sorted(gaps, key=lambda gap: (gap.last_at is not None, gap.last_at or now)))


def scenarios_without_practice(
    runs: Iterable[FinishedRun],
    scenarios: Mapping[str, str],
    now: datetime,
    days: int = QUARTER_DAYS,
) -> tuple[ScenarioGap, ...]:
    """Of these scenarios (title by id), those that nobody played for a quarter, in the same
    order. Playing alone counts."""
    last: dict[str, datetime] = {}
    for run in runs:
        last[run.scenario_id] = max(run.ended_at, last.get(run.scenario_id, run.ended_at))
    found = (ScenarioGap(name, title, last.get(name)) for name, title in scenarios.items())
    gaps = [gap for gap in found if gap.last_at is None or gap.last_at < now - timedelta(days)]
    return tuple(sorted(gaps, key=lambda gap: (gap.last_at is not None, gap.last_at or now)))


def _trend(team: str, rule: Rule, runs: list[RunResult]) -> Trend:
    """A claim by this rule alone; `_together` takes back what the others do not leave standing."""
    if len(runs) < RUNS_FOR_A_CLAIM:
        return Trend(team, rule, tuple(runs), Change.TOO_FEW)
    shares = [run.share for run in runs]
    third = len(shares) // 3
    s, chance = mann_kendall(shares)
    return Trend(
        team=team,
        rule=rule,
        runs=tuple(runs),
        change=Change.BETTER if s > 0 else Change.WORSE,
        earlier=mean(shares[:third]),
        later=mean(shares[-third:]),
        chance=chance,
    )


def _together(found: list[Trend]) -> list[Trend]:
    """Holm: the smallest p must pass 5 % ÷ all, the next 5 % ÷ the rest, until one does not."""
    order = sorted((n for n, t in enumerate(found) if t.chance is not None),
                   key=lambda n: found[n].chance or 0)  # fmt: skip
    standing = True
    for place, n in enumerate(order):
        standing = standing and (found[n].chance or 0) <= CHANCE_AT_MOST / (len(order) - place)
        if not standing:
            found[n] = replace(found[n], change=Change.NOT_SHOWN)
    return found


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _exact(s: int, levels: Sequence[int]) -> float:
    sums = _orders(tuple(levels))
    return sum(ways for total, ways in sums.items() if abs(total) >= abs(s)) / sum(sums.values())


@lru_cache(maxsize=256)
def _orders(levels: tuple[int, ...]) -> Mapping[int, int]:
    """How many orders of the results give each S, built up by how many of each level have been
    placed."""
    orders: dict[tuple[int, ...], Counter[int]] = {(0,) * len(levels): Counter({0: 1})}
    for _ in range(sum(levels)):
        following: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for placed, sums in orders.items():
            for n, count in enumerate(levels):
                if placed[n] < count:
                    step = sum(placed[:n]) - sum(placed[n + 1 :])
                    after = (*placed[:n], placed[n] + 1, *placed[n + 1 :])
                    for total, ways in sums.items():
                        following[after][total + step] += ways
        orders = following
    [sums] = orders.values()
    return sums


def _normal(s: int, levels: Sequence[int]) -> float:
    n = sum(levels)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in levels)
    variance = (n * (n - 1) * (2 * n + 5) - ties) / 18
    z = max(0, abs(s) - 1) / math.sqrt(variance)
    return math.erfc(z / math.sqrt(2))
