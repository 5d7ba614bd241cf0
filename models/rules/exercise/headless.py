"""Plays a scenario from a list of answers, for tests and for authors.

Turn mode, one person, no pages: each answer is given when its decision opens, or at `at_min` of
the story; a decision without an answer takes its default when its time is over. What the tags of
an option say (declare, mitigate …) is in the log like in any other run. An answer can also choose
the severity and give roles to seats, right before its decision; rules that nothing in the answers
could show are not observed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.rules.exercise.clock import MINUTE, minutes
from models.rules.exercise.commands import Request, choose_severity, decide, set_role, start
from models.rules.exercise.events import FACILITATOR, Event, Mode
from models.rules.exercise.facilitating import skip
from models.rules.exercise.fold import advance, fold
from models.rules.exercise.play import OpenDecision, Play
from models.rules.exercise.scoring import Score, score
from models.rules.problems import BadFile, PlacedProblem, ProblemForUser
from models.rules.scenario.shape import Decision, Ending, Policy, Scenario
from models.rules.scenario.wording import did_you_mean
from models.rules.vocabulary import IncidentRole, Severity

_DECISIONS_AT_MOST = 1_000
_PROBLEMS_LISTED = 5
_KEYS = ("node", "option", "at_min", "severity", "roles")


@dataclass(frozen=True)
class Answer:
    """`place` says where it stands, for problems: answer 1 is the first. `line` when it is from
    a file. `severity` and `roles` (of seats) are set right before deciding."""

    place: int
    node: str
    option: str
    at_min: int | None = None
    line: int | None = None
    severity: Severity | None = None
    roles: Mapping[IncidentRole, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HeadlessResult:
    """`path` are the nodes as they came, `minutes` those of the story. `unused` are answers for
    decisions that never opened."""

    path: tuple[str, ...]
    log: tuple[Event, ...]
    ending: Ending | None
    minutes: int
    score: Score
    unused: tuple[Answer, ...]


def read_answers(
    scenario: Scenario, items: Sequence[Any], lines: Sequence[int] = ()
) -> tuple[Answer, ...]:
    """The answers from items like {node, option, at_min, severity, roles:
    {commander: ic}}; all but the first two may be missing. `lines` has the line of each when they
    are from a file. Raises BadFile with every fault and its place."""
    answers: list[Answer] = []
    problems: list[PlacedProblem] = []
    for number, item in enumerate(items, start=1):
        line = lines[number - 1] if lines else None
        fault = _fault(scenario, item)
        if fault:
            problems.append(PlacedProblem(f"{_where(number, line)}: {fault}", line))
        else:
            answers.append(_answer(number, item, line))
    if problems:
        listed = " ".join(problem.message for problem in problems[:_PROBLEMS_LISTED])
        more = len(problems) - _PROBLEMS_LISTED
        raise BadFile(f"{listed} And {more} more." if more > 0 else listed, problems)
    return tuple(answers)


def _fault(scenario: Scenario, item: Any) -> str:
    if not isinstance(item, dict):
        return "it is not an item with “node” and “option”."
    for key in item:
        if key not in _KEYS:
            return f"“{key}” is no part of an answer.{did_you_mean(str(key), _KEYS)}"
    node, option, at_min = (item.get(key) for key in _KEYS[:3])
    if not isinstance(node, str) or node not in scenario.nodes:
        return f"there is no node “{node}”.{did_you_mean(str(node), scenario.nodes)}"
    decision = scenario.nodes[node].decision
    if decision is None:
        return f"at “{node}” there is nothing to decide."
    known = [one.id for one in decision.options]
    if option not in known:
        return f"“{node}” has no option “{option}”.{did_you_mean(str(option), known)}"
    if at_min is not None and (type(at_min) is not int or at_min < 0):
        return "“at_min” is a whole number of minutes."
    return _faulty_severity(scenario, item) or _faulty_roles(scenario, item)


def _faulty_severity(scenario: Scenario, item: dict[str, Any]) -> str:
    level, scale = item.get("severity"), [one.value for one in scenario.severity.scale]
    if "severity" not in item or level in scale:
        return ""
    return f"“severity” is one of {', '.join(scale)}.{did_you_mean(str(level), scale)}"


def _faulty_roles(scenario: Scenario, item: dict[str, Any]) -> str:
    roles, known = item.get("roles", {}), [one.value for one in IncidentRole]
    if not isinstance(roles, dict):
        return "“roles” gives roles to seats, like “{commander: ic}”."
    seats = [seat.id for seat in scenario.seats]
    for role, seat in roles.items():
        if role not in known:
            return f"there is no role “{role}”.{did_you_mean(str(role), known)}"
        if seat not in seats:
            return f"there is no seat “{seat}”.{did_you_mean(str(seat), seats)}"
    return ""


def _answer(place: int, item: dict[str, Any], line: int | None) -> Answer:
    level, roles = item.get("severity"), item.get("roles", {})
    return Answer(
        place=place,
        node=item["node"],
        option=item["option"],
        at_min=item.get("at_min"),
        line=line,
        severity=Severity(level) if level else None,
        roles={IncidentRole(role): seat for role, seat in roles.items()},
    )


def play(
    scenario: Scenario, answers: Sequence[Answer], team: Policy | None = None
) -> HeadlessResult:
    """Plays to the end. Raises BadFile with the place of an answer that is not possible then,
    and ProblemForUser when the story comes to no end."""
    return _Headless(scenario, answers).to_the_end(team)


class _Headless:
    def __init__(self, scenario: Scenario, answers: Sequence[Answer]) -> None:
        self.scenario = scenario
        self.waiting = list(answers)
        self.play: Play = fold(scenario, ())
        self.log: list[Event] = []

    def to_the_end(self, team: Policy | None) -> HeadlessResult:
        self.add(start(self.play, self.request(), Mode.TURN, solo=True, scripted=True))
        for _ in range(_DECISIONS_AT_MOST):
            opened = self.play.decision
            if opened is None:
                break
            self.answer(opened)
        if self.play.ended is None:
            raise ProblemForUser(
                f"The story comes to no end: after {len(self.play.choices):,} decisions it is "
                f"at “{self.play.node}”. Check the scenario."
            )
        return HeadlessResult(
            path=self.play.path,
            log=tuple(self.log),
            ending=self.play.ended.ending,
            minutes=minutes(self.play.story),
            score=score(self.scenario, self.log, team),
            unused=tuple(self.waiting),
        )

    def answer(self, opened: OpenDecision) -> None:
        given = next((one for one in self.waiting if one.node == opened.node), None)
        if given is None:
            if not opened.options:
                raise ProblemForUser(
                    f"At “{opened.node}” no option is available. Check the scenario."
                )
            self.wait_until(opened.deadline, opened)
            return
        self.waiting.remove(given)
        if given.at_min is not None:
            self.check_time(given, opened)
            self.wait_until(given.at_min * MINUTE, opened)
        decision = self.scenario.nodes[opened.node].decision
        if given.option not in opened.options:
            raise _impossible(given, _not_now(decision, given, opened))
        by = decision.seat if decision else FACILITATOR
        if given.severity is not None:
            self.add(choose_severity(self.play, self.request(by), given.severity))
        for role, seat in given.roles.items():
            self.add(set_role(self.play, self.request(by), role, seat))
        request = self.request(by)
        said = "As in the answers."
        self.add(decide(self.play, request, given.option, rationale=said))

    def check_time(self, given: Answer, opened: OpenDecision) -> None:
        at = (given.at_min or 0) * MINUTE
        if not opened.opened <= at < opened.deadline:
            raise _impossible(
                given,
                f"the decision at “{given.node}” is open from minute {minutes(opened.opened)} "
                f"to minute {minutes(opened.deadline)}, not in minute {given.at_min}.",
            )

    def wait_until(self, story: int, opened: OpenDecision) -> None:
        """Skips forward, at most to when the decision closes; clock injects come on the way."""
        while self.play.decision == opened and self.play.story < story:
            self.add(skip(self.play, self.request(), minutes(story)))
            if self.log[-1].kind == "skipped":
                break

    def request(self, by: str = FACILITATOR) -> Request:
        command = f"step {self.play.last_seq + 1}"
        return Request(self.scenario.clock.start, by, command)

    def add(self, events: tuple[Event, ...]) -> None:
        self.play = advance(self.play, *events)
        self.log.extend(events)


def _where(number: int, line: int | None) -> str:
    return f"Answer {number}" if line is None else f"Answer {number} (line {line})"


def _impossible(given: Answer, why: str) -> BadFile:
    message = f"{_where(given.place, given.line)}: {why}"
    return BadFile(message, [PlacedProblem(message, given.line)])


def _not_now(decision: Decision | None, given: Answer, opened: OpenDecision) -> str:
    wanted = next((o for o in decision.options if o.id == given.option), None) if decision else None
    needs = f" It requires {wanted.requires}." if wanted and wanted.requires else ""
    return (
        f"the option “{given.option}” is not available at “{given.node}” then.{needs} "
        f"Available: {', '.join(opened.options) or 'none'}."
    )
