"""How a story goes on: the pure steps that the exploration and the engine share.

A position knows no time. Minutes lie on the way: a node is delivered `delay_min` after the one
before or after the option that led to it is done, and an option takes `takes_min`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.rules.scenario.expressions import State, Value, evaluate, holds
from models.rules.scenario.shape import Node, Option, Scenario, SeverityAnswer, Variable


@dataclass(frozen=True)
class Position:
    """A delivered node, the state after its effect, and how often each node has come so far."""

    node: str
    state: State
    visits: Mapping[str, int]


def initial_state(scenario: Scenario) -> dict[str, Value]:
    """Every variable with its first value."""
    return {name: variable.initial for name, variable in scenario.state.items()}


def begin(scenario: Scenario) -> Position:
    """The first node, delivered."""
    return _arrive(scenario, scenario.opening.start, initial_state(scenario), {})


def choose(scenario: Scenario, position: Position, option: Option) -> Position:
    """Where an option leads. Nobody asks here whether it was available."""
    state = apply_effect(scenario, position.state, option)
    return _arrive(scenario, option.next, state, position.visits)


def follow(scenario: Scenario, position: Position) -> Position | None:
    """Where a node without a decision leads; None at a decision and at an ending."""
    following = scenario.nodes[position.node].next
    if following is None:
        return None
    return _arrive(scenario, following, position.state, position.visits)


def _arrive(scenario: Scenario, node: str, state: State, visits: Mapping[str, int]) -> Position:
    seen = {**visits, node: visits.get(node, 0) + 1}
    return Position(node, apply_effect(scenario, state, scenario.nodes[node]), seen)


def available_options(
    scenario: Scenario, node: str, state: State, visits: Mapping[str, int]
) -> tuple[Option, ...]:
    """The options that may be chosen now, in the order of the file: what they require holds, and
    no node that they lead to has come as often as it may."""
    decision = scenario.nodes[node].decision
    if decision is None:
        return ()
    return tuple(
        option
        for option in decision.options
        if holds(option.requires, state) and _may_enter(scenario, option.next, visits)
    )


def _may_enter(scenario: Scenario, entered: str, visits: Mapping[str, int]) -> bool:
    following: str | None = entered
    for _ in range(len(scenario.nodes)):
        if following is None:
            return True
        node = scenario.nodes[following]
        if node.max_visits is not None and visits.get(following, 0) >= node.max_visits:
            return False
        following = node.next
    return True


def effect_values(state: State, part: Option | Node) -> dict[str, Value]:
    """The new values as the expressions give them, all read from the state before. They may lie
    outside the range of their variables."""
    return {name: evaluate(formula, state) for name, formula in part.effect.items()}


def apply_effect(scenario: Scenario, state: State, part: Option | Node) -> dict[str, Value]:
    """The state after an option is done or a node delivered. A number that would leave its range
    stops at the end of it: a checked scenario never gets there, an override by a facilitator may,
    and play goes on."""
    if not part.effect:
        return dict(state)
    changed = effect_values(state, part)
    return {
        name: within(scenario.state[name], changed[name]) if name in changed else value
        for name, value in state.items()
    }


def within(variable: Variable, value: Value) -> Value:
    """The value, or the end of the variable's range that it has passed."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    if variable.min is not None and value < variable.min:
        return variable.min
    if variable.max is not None and value > variable.max:
        return variable.max
    return value


def impact(scenario: Scenario, state: State) -> bool:
    """Whether customers are hurt."""
    return holds(scenario.impact_when, state)


def made_progress(scenario: Scenario, before: State, after: State) -> bool:
    """Whether a change of the state is one that counts as progress."""
    if scenario.progress_when is None:
        return impact(scenario, before) and not impact(scenario, after)
    return holds(scenario.progress_when, after) and not holds(scenario.progress_when, before)


def severity_answer(scenario: Scenario, state: State) -> SeverityAnswer | None:
    """The right severity in this state; None when no answer matches."""
    return next((a for a in scenario.severity.answers if holds(a.when, state)), None)
