"""Two runs of the same scenario side by side: where their ways part, what was decided, when the
moments of response came, and how each rule was kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from models.rules.exercise import events as e
from models.rules.exercise.facts import Facts, effective_policy
from models.rules.exercise.fold import fold
from models.rules.exercise.play import content_hash
from models.rules.exercise.scoring import ChoiceResult, RuleResult, Score, score
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Policy, Rule, Scenario
from models.rules.vocabulary import IncidentRole


@dataclass(frozen=True)
class Run:
    """`name` is what people call it, for instance its team and day."""

    name: str
    scenario: Scenario
    log: tuple[e.Event, ...]


@dataclass(frozen=True)
class Parting:
    """The last node that both runs came to the same way, and the titles of what followed in each;
    None where a run had come to its end."""

    node: str
    title: str
    first: str | None
    second: str | None


@dataclass(frozen=True)
class DecisionBeside:
    """A decision in both runs, None where one never came to it; `visit` counts from 1."""

    node: str
    visit: int
    title: str
    first: ChoiceResult | None
    second: ChoiceResult | None

    @property
    def same(self) -> bool:
        return bool(self.first and self.second and self.first.option == self.second.option)


@dataclass(frozen=True)
class MomentBeside:
    """When something first happened, in seconds of each story; None where it did not."""

    name: str
    first: int | None
    second: int | None


@dataclass(frozen=True)
class RuleBeside:
    """None where a run's scenario is not scored by the rule."""

    rule: Rule
    first: RuleResult | None
    second: RuleResult | None


@dataclass(frozen=True)
class Comparison:
    """`differences` says in whole sentences what makes the runs less comparable."""

    names: tuple[str, str]
    differences: tuple[str, ...]
    parting: Parting | None
    decisions: tuple[DecisionBeside, ...]
    moments: tuple[MomentBeside, ...]
    rules: tuple[RuleBeside, ...]
    scores: tuple[Score, Score]


def compare(first: Run, second: Run, team: Policy | None = None) -> Comparison:
    """Both runs side by side, measured by the same thresholds of the team. Raises ProblemForUser
    when they are of different scenarios."""
    if first.scenario.id != second.scenario.id:
        raise ProblemForUser(
            f"These are runs of two scenarios, “{first.scenario.title}” and "
            f"“{second.scenario.title}”. Choose two runs of the same one."
        )
    facts = (_facts(first, team), _facts(second, team))
    scores = (score(first.scenario, first.log, team), score(second.scenario, second.log, team))
    return Comparison(
        names=(first.name, second.name),
        differences=tuple(_differences(first, second, *facts)),
        parting=_parting(*facts),
        decisions=tuple(_decisions(scores[0].choices, scores[1].choices)),
        moments=_moments(*facts),
        rules=_rules(*scores),
        scores=scores,
    )


def _facts(run: Run, team: Policy | None) -> Facts:
    return Facts(fold(run.scenario, run.log), run.log, effective_policy(run.scenario, team))


def _differences(one: Run, other: Run, facts: Facts, others: Facts) -> Iterator[str]:
    if one.scenario.version != other.scenario.version:
        yield (
            f"The scenario was at version {one.scenario.version} in “{one.name}” and at version "
            f"{other.scenario.version} in “{other.name}”: what was asked may differ."
        )
    elif content_hash(one.scenario) != content_hash(other.scenario):
        yield (
            f"The scenario was changed between the runs although both say version "
            f"{one.scenario.version}: what was asked may differ."
        )
    if facts.policy != others.policy:
        yield "The runs were measured by different thresholds, which the scenario sets."
    if facts.play.mode != others.play.mode:
        yield "One run was played in turns and the other against the clock: times differ by that."
    if facts.play.solo != others.play.solo:
        yield "One run was played alone and the other by a team."
    for run, known in ((one, facts), (other, others)):
        if known.play.ended is None:
            yield f"“{run.name}” has not ended; it is compared as far as it came."
        elif known.play.ended.ending is None:
            yield f"“{run.name}” was ended early by the facilitator."
        if any(event.override for event in run.log):
            yield f"In “{run.name}” the facilitator led the story in places; that is not scored."


def _parting(first: Facts, second: Facts) -> Parting | None:
    """None when both went the same way, or nothing has happened yet in one of them."""
    paths = (first.play.path, second.play.path)
    pairs = zip(*paths, strict=False)
    common = next((n for n, (a, b) in enumerate(pairs) if a != b), min(map(len, paths)))
    if not common or len(paths[0]) == len(paths[1]) == common:
        return None
    titles = [
        facts.scenario.nodes[path[common]].title if common < len(path) else None
        for facts, path in zip((first, second), paths, strict=True)
    ]
    node = paths[0][common - 1]
    return Parting(node, first.scenario.nodes[node].title, titles[0], titles[1])


def _decisions(
    first: Iterable[ChoiceResult], second: Iterable[ChoiceResult]
) -> Iterator[DecisionBeside]:
    """In the order in which they came; what only one run came to stands where it came."""
    ones, others = _by_visit(first), _by_visit(second)
    keys, other_keys = list(ones), list(others)
    order: list[tuple[str, int]] = []
    for _, a, b, c, d in SequenceMatcher(None, keys, other_keys, autojunk=False).get_opcodes():
        order += [*keys[a:b], *(key for key in other_keys[c:d] if key not in keys[a:b])]
    for node, visit in dict.fromkeys(order):
        one, other = ones.get((node, visit)), others.get((node, visit))
        known = one or other
        assert known is not None  # every key is of one of them
        yield DecisionBeside(node, visit, known.title, one, other)


def _by_visit(choices: Iterable[ChoiceResult]) -> dict[tuple[str, int], ChoiceResult]:
    visits: Counter[str] = Counter()
    found = {}
    for choice in choices:
        visits[choice.node] += 1
        found[choice.node, visits[choice.node]] = choice
    return found


def _moments(first: Facts, second: Facts) -> tuple[MomentBeside, ...]:
    ones, others = dict(_times(first)), dict(_times(second))
    return tuple(MomentBeside(name, ones[name], others[name]) for name in ones)


def _times(facts: Facts) -> Iterator[tuple[str, int | None]]:
    def first(kind: type[e.Happening]) -> int | None:
        found = facts.first(kind)
        return found.story if found else None

    commander = (
        x.story
        for x in facts.events
        if isinstance(x.what, e.RoleSet) and x.what.role is IncidentRole.COMMANDER
    )
    periods = facts.impact_periods
    over = bool(periods) and not facts.play.readings[-1].impact
    yield "First signal", facts.signal.story if facts.signal else None
    yield "Declared", first(e.Declared)
    yield "Commander named", next(commander, None)
    yield "Severity chosen", first(e.SeveritySet)
    yield "First update", first(e.CommsSent)
    yield "Help called in", first(e.Escalated)
    yield "Mitigated", first(e.Mitigated)
    yield "Customers no longer hurt", periods[-1][1] if over else None
    yield "Regulator decided on", first(e.Notified)
    yield "Closed", first(e.Closed)
    yield "End of the story", facts.end if facts.play.ended else None


def _rules(first: Score, second: Score) -> tuple[RuleBeside, ...]:
    ones, others = ({r.rule: r for r in one.rules} for one in (first, second))
    return tuple(
        RuleBeside(rule, ones.get(rule), others.get(rule))
        for rule in Rule
        if rule in ones or rule in others
    )
