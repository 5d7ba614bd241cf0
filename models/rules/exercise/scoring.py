"""How a run is scored. The formula, written once:

    result of a rule  = 1 met, ½ partly, 0 not met. With expectations that name the rule it is the
                        share of their points and the log's 10 that was reached: all is met, at
                        least half is partly, less is not met
    process score     = Σ weight × result ÷ Σ weight, over the rules that could be observed
    decision score    = points of the options chosen ÷ the most that those decisions offered

The two scores stand side by side and are never mixed. What the facilitator decided in place of
the team is left out of both. Nothing is won by being quick. `formula_in_words` says the same to
the team.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from models.rules.exercise import events as e
from models.rules.exercise import rules_of_duty as duty
from models.rules.exercise import rules_of_response as response
from models.rules.exercise.events import Event, Verdict
from models.rules.exercise.facts import Facts, Judged, effective_policy
from models.rules.exercise.fold import fold
from models.rules.exercise.play import Play, option_of
from models.rules.scenario.shape import Expectation, Policy, Rule, Scenario

LOG_POINTS = 10  # of the log, beside the points of expectations that name the rule
_VALUES = {Verdict.MET: 1.0, Verdict.PARTLY: 0.5, Verdict.NOT_MET: 0.0}
RULES: dict[Rule, Callable[[Facts], Judged]] = {
    Rule.DECLARE_EARLY: response.declare_early,
    Rule.SEVERITY: response.severity,
    Rule.IC_ASSIGNED: response.ic_assigned,
    Rule.IC_HANDS_OFF: response.ic_hands_off,
    Rule.MITIGATE_FIRST: response.mitigate_first,
    Rule.COMMS_CADENCE: duty.comms_cadence,
    Rule.ESCALATE_30: duty.escalate_30,
    Rule.STABLE_30: duty.stable_30,
    Rule.CUSTOMER_MAIL_60: duty.customer_mail_60,
    Rule.GDPR_72H: duty.gdpr_72h,
}
_SHOWN_BY: dict[Rule, tuple[type[e.Happening], ...]] = {
    Rule.DECLARE_EARLY: (e.Declared,),
    Rule.SEVERITY: (e.SeveritySet,),
    Rule.IC_ASSIGNED: (e.RoleSet,),
    Rule.MITIGATE_FIRST: (e.Mitigated,),
    Rule.COMMS_CADENCE: (e.CommsSent,),
    Rule.ESCALATE_30: (e.Escalated,),
    Rule.STABLE_30: (e.Stable, e.Closed),
    Rule.CUSTOMER_MAIL_60: (e.CommsSent,),
    Rule.GDPR_72H: (e.Aware, e.Notified),
}  # what the log can show of an expectation; hands off can only be seen
_LASTING = (e.Declared, e.SeveritySet, e.RoleSet)  # done before it was expected is done


@dataclass(frozen=True)
class ExpectationResult:
    id: str
    text: str
    points: int
    verdict: Verdict
    event: int | None


@dataclass(frozen=True)
class RuleResult:
    """`event` is the number of the event that earned or lost it; `story` its time in seconds."""

    rule: Rule
    weight: int
    verdict: Verdict
    event: int | None
    story: int | None
    sentence: str
    expectations: tuple[ExpectationResult, ...]

    @property
    def value(self) -> float | None:
        """1, ½, 0; None when it was not observed."""
        return _VALUES.get(self.verdict)


@dataclass(frozen=True)
class ObjectiveResult:
    """`share` from 0 to 1 over its rules as in the process score; None: nothing was observed."""

    id: str
    text: str
    share: float | None
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class ChoiceResult:
    """A decision, its points, and the most that it offered. `counts` is False for overrides."""

    event: int
    story: int
    node: str
    title: str
    option: str
    label: str
    how: str
    gained: int
    possible: int
    counts: bool
    feedback: str


@dataclass(frozen=True)
class Score:
    """`process` and `decision` are shares from 0 to 1, None where nothing could be observed."""

    process: float | None
    decision: float | None
    gained: int
    possible: int
    rules: tuple[RuleResult, ...]
    objectives: tuple[ObjectiveResult, ...]
    choices: tuple[ChoiceResult, ...]


def score(scenario: Scenario, events: Iterable[Event], team: Policy | None = None) -> Score:
    """The score of a log. `team` are the team's thresholds; what the scenario sets itself
    stands above them."""
    log = tuple(events)
    facts = Facts(fold(scenario, log), log, effective_policy(scenario, team))
    rules = tuple(_rule_result(facts, rule, weight) for rule, weight in rule_weights(scenario))
    choices = tuple(_choices(facts.play))
    counted = [choice for choice in choices if choice.counts]
    gained, possible = sum(c.gained for c in counted), sum(c.possible for c in counted)
    return Score(
        process=_share(rules),
        decision=gained / possible if possible else None,
        gained=gained,
        possible=possible,
        rules=rules,
        objectives=tuple(
            ObjectiveResult(o.id, o.text, _share(r for r in rules if r.rule in o.rules), o.rules)
            for o in scenario.objectives
        ),
        choices=choices,
    )


def rule_weights(scenario: Scenario) -> tuple[tuple[Rule, int], ...]:
    """The rules that a scenario is scored by, with their weights: those that its objectives,
    expectations or weights name. A weight is 1 unless it is given; 0 leaves the rule out."""
    named = {rule for objective in scenario.objectives for rule in objective.rules}
    named |= {x.rule for node in scenario.nodes.values() for x in node.expects}
    named |= set(scenario.weights)
    weighed = ((rule, scenario.weights.get(rule, 1)) for rule in Rule if rule in named)
    return tuple((rule, weight) for rule, weight in weighed if weight)


def formula_in_words(scenario: Scenario) -> str:
    """The formula with this scenario's weights, for the team to read."""
    weights = rule_weights(scenario)
    different = [f"{rule.replace('_', ' ')} {weight}" for rule, weight in weights if weight != 1]
    counted = f"Every rule weighs 1, except {', '.join(different)}." if different else (
        "Every rule weighs the same."
    )  # fmt: skip
    return (
        "Each rule of response counts 1 when it was met, ½ when partly, 0 when not; rules that "
        "nothing could show are left out. Where the facilitator or the log marked expectations "
        f"of a rule, their points count beside {LOG_POINTS} points for the rule itself: all "
        "reached is met, at least half is partly. The process score is the weighted mean of the "
        f"rules. {counted} The decision score is the points of the options that you chose, out "
        "of the most that the same decisions offered. The two are not mixed, quickness wins "
        "nothing, and what the facilitator decided for you does not count."
    )


def _share(results: Iterable[RuleResult]) -> float | None:
    observed = [(r.weight, r.value) for r in results if r.value is not None]
    total = sum(weight for weight, _ in observed)
    return sum(weight * value for weight, value in observed) / total if total else None


def _rule_result(facts: Facts, rule: Rule, weight: int) -> RuleResult:
    judged = RULES[rule](facts)
    expected = tuple(
        _expectation(facts, x, node)
        for node in dict.fromkeys(facts.play.path)
        for x in facts.scenario.nodes[node].expects
        if x.rule is rule
    )
    parts = [(LOG_POINTS, judged.value)] if judged.value is not None else []
    parts += [(x.points, _VALUES[x.verdict]) for x in expected if x.verdict in _VALUES]
    verdict = _verdict(parts)
    event = judged.event
    if event is None and expected:
        marked = next((x.event for x in expected if x.event is not None), None)
        event = next((x for x in facts.events if x.seq == marked), None)
    return RuleResult(
        rule=rule,
        weight=weight,
        verdict=verdict,
        event=event.seq if event else None,
        story=event.story if event else None,
        sentence=judged.sentence,
        expectations=expected,
    )


def _verdict(parts: list[tuple[int, float]]) -> Verdict:
    total = sum(points for points, _ in parts)
    if not total:
        return Verdict.NOT_OBSERVED
    reached = sum(points * value for points, value in parts) / total
    if reached == 1:
        return Verdict.MET
    return Verdict.PARTLY if reached >= 0.5 else Verdict.NOT_MET


def _expectation(facts: Facts, expected: Expectation, node: str) -> ExpectationResult:
    """The facilitator's verdict if there is one, else the log's."""
    marks = [
        x for x in facts.events
        if isinstance(x.what, e.Marked) and x.what.expectation == expected.id
    ]  # fmt: skip
    event: Event | None = marks[-1] if marks else None
    if event is not None:
        verdict = facts.play.marks[expected.id]
    elif expected.detect == "log" and expected.rule in _SHOWN_BY:
        verdict, event = _from_log(facts, expected, node)
    else:
        verdict = Verdict.NOT_OBSERVED
    number = event.seq if event else None
    return ExpectationResult(expected.id, expected.text, expected.points, verdict, number)


def _from_log(facts: Facts, expected: Expectation, node: str) -> tuple[Verdict, Event | None]:
    came = next(d for d in facts.play.deliveries.values() if d.source == "node" and d.id == node)
    kinds = _SHOWN_BY[expected.rule]
    within = expected.within_min
    limit = facts.end if within is None else facts.deadline(came.story, within)
    acts = facts.team(*kinds)
    for act in acts:
        before = act.seq < came.seq and isinstance(act.what, _LASTING)
        if before or (act.seq > came.seq and act.story <= limit):
            return Verdict.MET, act
    unfinished = within is not None and facts.end < limit
    if unfinished or (facts.play.scripted and not acts):
        return Verdict.NOT_OBSERVED, None
    return Verdict.NOT_MET, None


def _choices(play: Play) -> Iterable[ChoiceResult]:
    for choice in play.choices:
        option = option_of(play.scenario, choice.node, choice.option)
        offered = (option_of(play.scenario, choice.node, name) for name in choice.available)
        yield ChoiceResult(
            event=choice.seq,
            story=choice.story,
            node=choice.node,
            title=play.scenario.nodes[choice.node].title,
            option=choice.option,
            label=option.label,
            how=choice.how,
            gained=option.score,
            possible=max((one.score for one in offered), default=0),
            counts=not choice.override,
            feedback=option.feedback,
        )
