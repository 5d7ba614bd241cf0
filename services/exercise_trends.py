"""What exercises show over time, from what each run left behind; no log is read for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col

from models.rules.exercise.outcome import outcome_from_json
from models.rules.exercise.trends import (
    QUARTER_DAYS,
    FinishedRun,
    ScenarioGap,
    SeatGap,
    Trend,
    scenarios_without_practice,
    seats_without_practice,
    trends,
)
from models.rules.policy import Thing, Verb, Who
from models.rules.scenario.shape import Scenario
from models.tables.exercise import ExerciseRun
from models.tables.people import Team
from services.scenario_library import list_playable
from services.unit_of_work import Work, pick, reading

NEWEST = 100  # runs of a team that are looked at


@dataclass(frozen=True)
class TeamProgress:
    """A team's runs: the trend of each rule that was observed. `runs` of them are looked at, the
    newest of `all_runs`, measured by `policies` different sets of thresholds of the team."""

    team_id: str
    name: str
    runs: int
    all_runs: int
    policies: int
    trends: tuple[Trend, ...]


@dataclass(frozen=True)
class SoloRuns:
    """How often a scenario was played alone to its end, by how many people, and when last."""

    scenario_id: str
    title: str
    runs: int
    people: int
    last_at: datetime


@dataclass(frozen=True)
class Progress:
    """`runs` are those of groups that have ended; `without_team` of them name no
    team. `teams` are (id, name) of all that have runs; `team` is the one that was asked for, or
    the first of them. `titles` are those of the scenarios that were played, by id."""

    now: datetime
    runs: int
    without_team: int
    teams: tuple[tuple[str, str], ...]
    team: TeamProgress | None
    titles: Mapping[str, str]
    seats: tuple[SeatGap, ...]
    scenarios: tuple[ScenarioGap, ...]
    solo: tuple[SoloRuns, ...]


def get_progress(who: Who, team_id: str = "") -> Progress:
    """Trends of a team (without one: the first by name), gaps in practice, and what was played
    alone. Three statements, however many runs there are."""
    scenarios = list_playable(who)
    with reading(who) as work:
        work.require(Verb.READ, Thing.EXERCISE)
        found = _ended(work)
    runs = [run for run in found if not run.solo]
    names = {run.team_id: run.team for run in runs if run.team_id}
    teams = tuple(sorted(names.items(), key=lambda team: team[1].casefold()))
    chosen = team_id if team_id in names else next((each for each, _ in teams), "")
    finished = [run.finished for run in found]
    titles = {scenario.id: scenario.title for scenario in scenarios}
    return Progress(
        now=work.now,
        runs=len(runs),
        without_team=sum(not run.team_id for run in runs),
        teams=teams,
        team=_team(chosen, [run for run in runs if run.team_id == chosen]) if chosen else None,
        titles={run.finished.scenario_id: run.title for run in found},
        seats=seats_without_practice(finished, _seats(scenarios), work.now, QUARTER_DAYS),
        scenarios=scenarios_without_practice(finished, titles, work.now),
        solo=_solo([run for run in found if run.solo]),
    )


@dataclass(frozen=True)
class _Ended:
    """A run that ended, with what is shown beside it."""

    finished: FinishedRun
    team_id: str
    team: str
    solo: bool
    title: str
    by: str
    policy: str


def _ended(work: Work) -> list[_Ended]:
    """The earliest first."""
    r = ExerciseRun
    rows = work.session.exec(
        pick(
            r.id, r.scenario_id, r.title, r.team_id, Team.name, r.ended_at, r.is_solo, r.opened_by,
            r.outcome, r.policy,
        )
        .outerjoin(Team, col(r.team_id) == col(Team.id))
        .where(col(r.ended_at).is_not(None))
        .order_by(r.ended_at, r.id)
    )  # fmt: skip
    found = []
    for run_id, scenario_id, title, team_id, team, ended_at, solo, by, outcome, policy in rows:
        left = outcome_from_json(outcome)
        run = FinishedRun(
            id=run_id,
            scenario_id=scenario_id,
            team=team or "",
            ended_at=ended_at,
            mode=left.mode,
            solo=solo,
            points=left.points,
            seats=left.seats,
        )
        found.append(_Ended(run, team_id or "", team or "", solo, title, by, policy))
    return found


def _team(team_id: str, runs: list[_Ended]) -> TeamProgress:
    newest = runs[-NEWEST:]
    return TeamProgress(
        team_id=team_id,
        name=runs[0].team,
        runs=len(newest),
        all_runs=len(runs),
        policies=len({run.policy for run in newest}),
        trends=trends(run.finished for run in newest),
    )


def _seats(scenarios: tuple[Scenario, ...]) -> list[str]:
    """The titles of all seats, each once, those that most scenarios have first."""
    counted = Counter(seat.title for scenario in scenarios for seat in scenario.seats)
    return [title for title, _ in counted.most_common()]


def _solo(runs: list[_Ended]) -> tuple[SoloRuns, ...]:
    """The last played first."""
    by_scenario: dict[str, list[_Ended]] = {}
    for run in runs:
        by_scenario.setdefault(run.finished.scenario_id, []).append(run)
    found = [
        SoloRuns(
            scenario_id=scenario_id,
            title=played[-1].title,
            runs=len(played),
            people=len({run.by for run in played}),
            last_at=played[-1].finished.ended_at,
        )
        for scenario_id, played in by_scenario.items()
    ]
    return tuple(sorted(found, key=lambda solo: solo.last_at, reverse=True))
