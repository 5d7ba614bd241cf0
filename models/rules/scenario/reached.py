"""What playing every path shows: dead ends, ranges, options that never come, a score out of
reach. Each fault is told once, by the shortest way to it."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from models.rules.scenario.explore import Explored, Key, Step
from models.rules.scenario.expressions import State
from models.rules.scenario.findings import Notes
from models.rules.scenario.grammar import NUMBER_AT_MOST
from models.rules.scenario.shape import Decision, Ending, Node, Option, Variable
from models.rules.scenario.source import Path
from models.rules.scenario.story import (
    apply_effect,
    effect_values,
    initial_state,
    severity_answer,
    within,
)

Seen = Mapping[Key, tuple[Option, ...]]  # decisions that were reached, with what was available


@dataclass
class _Once:
    explored: Explored
    notes: Notes
    told: set[tuple[str, Path]] = field(default_factory=set)

    def add(
        self, code: str, path: Path, message: str, fix: str, at: Key | None, then: str = ""
    ) -> None:
        if (code, path) in self.told:
            return
        self.told.add((code, path))
        way = () if at is None else self.explored.options_to(at)
        self.notes.add(code, path, message, fix, (*way, then) if then else way)


def check_reached(explored: Explored, notes: Notes) -> None:
    """E05, E07, E08, E11, E12, E14, W01, W02 and W12. What would need all paths to be said is
    not said of a partial exploration."""
    once = _Once(explored, notes)
    seen = explored.available
    _severity_answers(explored, once)
    _ranges(explored, once)
    _ways_on(explored, seen, once)
    _fake_choices(explored, seen, notes)
    if not explored.partial:
        _unreached(explored, notes)
        _never_available(explored, seen, notes)
        _perfect_score(explored, notes)


def _severity_answers(explored: Explored, once: _Once) -> None:
    for key, position in explored.positions.items():
        if severity_answer(explored.scenario, position.state) is None:
            once.add(
                "E12",
                ("severity", "answers"),
                f"No answer says which severity is right at the node “{position.node}”.",
                'End the answers with one that always holds: when: "true".',
                key,
            )


# --- ranges -----------------------------------------------------------------------------------


def _ranges(explored: Explored, once: _Once) -> None:
    scenario = explored.scenario
    start = scenario.opening.start
    _range(once, ("nodes", start), scenario.nodes[start], initial_state(scenario), None)
    for key, options in explored.available.items():
        position = explored.positions[key]
        for option in options:
            then = f"{position.node}: {option.id}"
            _range(once, _path_of(explored, position.node, option), option, position.state, key,
                   then)  # fmt: skip
            to = scenario.nodes[option.next]
            if to.effect:
                after = apply_effect(scenario, position.state, option)
                _range(once, ("nodes", option.next), to, after, key, then)
    for key, position in explored.positions.items():
        following = scenario.nodes[position.node].next
        if following is not None:
            _range(once, ("nodes", following), scenario.nodes[following], position.state, key)


def _path_of(explored: Explored, node: str, option: Option) -> Path:
    ids = [o.id for o in _decision(explored, node).options]
    return ("nodes", node, "decision", "options", ids.index(option.id))


def _range(
    once: _Once, path: Path, part: Option | Node, state: State, at: Key | None, then: str = ""
) -> None:
    if not part.effect:
        return
    for name, value in effect_values(state, part).items():
        variable = once.explored.scenario.state[name]
        if within(variable, value) != value or _too_large(variable, value):
            once.add(
                "E05",
                (*path, "effect", name),
                f"“{name}” would become {value}, and may be {_range_in_words(variable)}.",
                "Change the effect, or widen the range of the variable.",
                at,
                then,
            )


def _too_large(variable: Variable, value: object) -> bool:
    return variable.type == "int" and isinstance(value, int) and abs(value) >= NUMBER_AT_MOST


def _range_in_words(variable: Variable) -> str:
    low = "any number" if variable.min is None else str(variable.min)
    high = f"{NUMBER_AT_MOST:,}" if variable.max is None else str(variable.max)
    return f"{low} to {high}"


# --- ways on ----------------------------------------------------------------------------------


def _ways_on(explored: Explored, seen: Seen, once: _Once) -> None:
    for key, available in seen.items():
        node = explored.positions[key].node
        decision = _decision(explored, node)
        path: Path = ("nodes", node, "decision")
        if not available:
            once.add(
                "E08",
                path,
                f"At the node “{node}” no option is available in a state that can be reached.",
                "Add an option that requires nothing and may always be entered.",
                key,
            )
        elif any(option.id == decision.default for option in decision.options) and all(
            option.id != decision.default for option in available
        ):
            once.add(
                "E14",
                (*path, "default"),
                f"When time runs out at “{node}”, the default “{decision.default}” may not be "
                "available.",
                "Take an option as the default that requires nothing and may always be entered.",
                key,
            )


def _decision(explored: Explored, node: str) -> Decision:
    decision = explored.scenario.nodes[node].decision
    assert decision is not None
    return decision


def _unreached(explored: Explored, notes: Notes) -> None:
    met = {position.node for position in explored.positions.values()}
    told = {f.place for f in notes.found if f.code == "E07"}
    for name in explored.scenario.nodes:
        if name not in met and f"node {name}" not in told:
            notes.add(
                "E07",
                ("nodes", name),
                f"No play gets to “{name}”: what the options on the way require never holds.",
                "Change what they require, or the effects before them.",
            )
    if not notes.has("E11") and not any(explored.scenario.nodes[name].ending for name in met):
        notes.add(
            "E11",
            ("nodes",),
            "No play gets to an ending.",
            "Change what the options on the way to an ending require.",
        )


def _never_available(explored: Explored, seen: Seen, notes: Notes) -> None:
    came = {(explored.positions[key].node, o.id) for key, options in seen.items() for o in options}
    for node in dict.fromkeys(explored.positions[key].node for key in seen):
        for place, option in enumerate(_decision(explored, node).options):
            if (node, option.id) not in came:
                why = f"“{option.requires}” never holds there" if option.requires else (
                    "the node it leads to has always come as often as it may"
                )  # fmt: skip
                notes.add(
                    "W01",
                    ("nodes", node, "decision", "options", place),
                    f"The option is never available: {why}.",
                    "Change what it requires, or remove it.",
                )


# --- choices ----------------------------------------------------------------------------------


def _fake_choices(explored: Explored, seen: Seen, notes: Notes) -> None:
    by_node: dict[str, list[Key]] = {}
    for key in seen:
        by_node.setdefault(explored.positions[key].node, []).append(key)
    for node, keys in by_node.items():
        options = _decision(explored, node).options
        path: Path = ("nodes", node, "decision", "options")
        if len(options) == 1:
            notes.add(
                "W02", path, "There is only one option.", "Add a real alternative, or use “next”."
            )
        elif not explored.partial and all(len(seen[key]) < 2 for key in keys):
            notes.add(
                "W02",
                path,
                "There is never more than one option available.",
                "Change what the options require, or add an alternative.",
            )
        else:
            _same_options(explored, node, keys, notes)


def _same_options(explored: Explored, node: str, keys: list[Key], notes: Notes) -> None:
    options = _decision(explored, node).options
    path: Path = ("nodes", node, "decision", "options")
    same = {
        (a, b): _same_story(explored, options[a], options[b], keys)
        for a in range(len(options))
        for b in range(a + 1, len(options))
    }
    if all(same.values()):
        notes.add(
            "W02",
            path,
            "All options lead to the same place in the same state after the same time.",
            "Let the choice change something: where it leads, an effect, the time it takes or "
            "its tags.",
        )
        return
    for (a, b), alike in same.items():
        if alike and options[a].score == options[b].score:
            notes.add(
                "W02",
                (*path, b),
                f"The options “{options[a].id}” and “{options[b].id}” do the same.",
                "Let them differ in more than words, or remove one.",
            )


def _same_story(explored: Explored, one: Option, other: Option, keys: list[Key]) -> bool:
    if (one.next, one.takes_min, set(one.tags), one.requires) != (
        other.next, other.takes_min, set(other.tags), other.requires
    ):  # fmt: skip
        return False
    states = [explored.positions[key].state for key in keys]
    return all(
        apply_effect(explored.scenario, s, one) == apply_effect(explored.scenario, s, other)
        for s in states
    )


def _perfect_score(explored: Explored, notes: Notes) -> None:
    """Whether a play can end other than badly, and whether somebody who takes the best option at
    every decision ends as well as one can."""
    nodes = explored.scenario.nodes
    possible = {nodes[p.node].ending for p in explored.positions.values()} - {None}
    if not possible:
        return  # that is another finding
    best_end = next(ending for ending in Ending if ending in possible)
    came_by = _best_ways(explored)
    reached = {
        nodes[explored.positions[key].node].ending: key for key in (explored.start, *came_by)
    }
    way: tuple[str, ...] = ()
    fix = "Look at “requires” and the scores of the options on the best way."
    if best_end is Ending.BAD:
        message = "Every ending that can be reached is bad."
        fix = "Let some choices end better: make an ending good or mixed, or add one."
    elif not set(reached) & possible:
        message = "No play takes the best option at every decision: somewhere it is not available."
    elif best_end not in reached:
        message = (
            f"Taking the best option at every decision does not lead to the {best_end} ending."
        )
    elif Ending.BAD in reached:
        message = "Somebody who takes a best option at every decision can end badly."
        way = explored.options_to(reached[Ending.BAD], came_by)
    else:
        return
    notes.add("W12", ("nodes",), message, fix, way)


def _best_ways(explored: Explored) -> dict[Key, Step]:
    """Every position after the first that is reached by taking an option with the most points of
    its decision each time, available or not, with the step that led to it."""
    nodes = explored.scenario.nodes
    came_by: dict[Key, Step] = {}
    waiting = deque([explored.start])
    while waiting:
        key = waiting.popleft()
        decision = nodes[explored.positions[key].node].decision
        top = max((option.score for option in decision.options), default=0) if decision else 0
        for step in explored.steps.get(key, ()):
            best = step.option is None or step.option.score == top
            if best and step.after != explored.start and step.after not in came_by:
                came_by[step.after] = step
                waiting.append(step.after)
    return came_by
