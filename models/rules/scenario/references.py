"""What can be seen without playing: ids, references, seats, expressions, the scale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from models.rules.scenario.expressions import Kind, check
from models.rules.scenario.findings import Notes
from models.rules.scenario.grammar import RESERVED
from models.rules.scenario.shape import ALL, Node, Scenario, Tag, Variable
from models.rules.scenario.source import Path
from models.rules.scenario.wording import did_you_mean, nearest
from models.rules.vocabulary import Severity


def check_references(scenario: Scenario, notes: Notes) -> None:
    """E02 to E06, E08 (a node that ends nowhere), E12: all in the order of the file."""
    _repeated_keys(notes)
    _repeated_ids(scenario, notes)
    _seats(scenario, notes)
    _variables(scenario, notes)
    _severity(scenario, notes)
    _expression(scenario, notes, ("impact_when",), scenario.impact_when)
    _expression(scenario, notes, ("progress_when",), scenario.progress_when)
    _known(notes, ("opening", "start"), scenario.opening.start, scenario.nodes, "E06", "node")
    for name, node in scenario.nodes.items():
        _node(scenario, notes, ("nodes", name), node)
    for place, inject in enumerate(scenario.clock_injects):
        path: Path = ("clock_injects", place)
        _expression(scenario, notes, (*path, "when"), inject.when)
        if inject.after is not None:
            _known(notes, (*path, "after"), inject.after, scenario.nodes, "E03", "node")
    objectives = [objective.id for objective in scenario.objectives]
    for place, question in enumerate(scenario.debrief.questions):
        where = ("debrief", "questions", place, "objective")
        _known(notes, where, question.objective, objectives, "E03", "objective")


def _known(notes: Notes, path: Path, name: str, known: Iterable[str], code: str, what: str) -> None:
    known = list(known)
    if name not in known:
        notes.guess(path, name, nearest(name, known))
        message = f"There is no {what} “{name}”.{did_you_mean(name, known)}"
        listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
        notes.add(code, path, message, f"Name one that exists ({listed}), or write the {what}.")


# --- ids --------------------------------------------------------------------------------------


def _repeated_keys(notes: Notes) -> None:
    for twice in notes.source.repeated:
        notes.add(
            "E02",
            twice.path,
            f"“{twice.path[-1]}” stands twice here, first in line {twice.first_line}.",
            "Rename or remove one of the two; only the first one counts.",
            line=twice.line,
        )


def _repeated_ids(scenario: Scenario, notes: Notes) -> None:
    for group in ("objectives", "seats", "clock_injects", "contingencies"):
        _once(notes, [((group, i), part.id) for i, part in enumerate(getattr(scenario, group))])
    for group in ("evidence", "expects"):
        _once(
            notes,
            [
                (("nodes", name, group, i), part.id)
                for name, node in scenario.nodes.items()
                for i, part in enumerate(getattr(node, group))
            ],
        )
    for name, node in scenario.nodes.items():
        options = node.decision.options if node.decision else ()
        where = ("nodes", name, "decision", "options")
        _once(notes, [((*where, i), option.id) for i, option in enumerate(options)])


def _once(notes: Notes, parts: list[tuple[Path, str]]) -> None:
    first: dict[str, Path] = {}
    for path, name in parts:
        if name in first:
            line = notes.source.line_of(first[name])
            message = f"The id “{name}” is taken already" + (f", in line {line}." if line else ".")
            notes.add("E02", (*path, "id"), message, "Give this one a name of its own.")
        first.setdefault(name, path)


# --- seats ------------------------------------------------------------------------------------


def _seats(scenario: Scenario, notes: Notes) -> None:
    seats = [seat.id for seat in scenario.seats]

    def known(path: Path, name: str | None) -> None:
        if name is not None and name not in seats:
            notes.add(
                "E04",
                path,
                f"There is no seat “{name}”.{did_you_mean(name, [*seats, ALL])}",
                f"Name one of {', '.join(seats)}, or add the seat.",
            )

    def all_known(path: Path, names: Iterable[str]) -> None:
        for place, name in enumerate(names):
            if name != ALL:
                known((*path, place), name)

    if scenario.min_players > scenario.max_players:
        notes.add(
            "E01",
            ("min_players",),
            f"“min_players” is {scenario.min_players}, and “max_players” {scenario.max_players}.",
            "Make the first the smaller one.",
        )
    for place, seat in enumerate(scenario.seats):
        known(("seats", place, "covered_by"), seat.covered_by)
        if seat.covered_by == seat.id:
            notes.add(
                "E04",
                ("seats", place, "covered_by"),
                f"The seat “{seat.id}” is covered by itself.",
                "Name another seat, or remove the line.",
            )
        if seat.id == ALL:
            notes.add("E02", ("seats", place, "id"), "“all” means every seat.", "Rename the seat.")
    for group in ("clock_injects", "contingencies"):
        for place, part in enumerate(getattr(scenario, group)):
            all_known((group, place, "to"), part.to)
    for name, node in scenario.nodes.items():
        path: Path = ("nodes", name)
        all_known((*path, "to"), node.to)
        for place, evidence in enumerate(node.evidence):
            all_known((*path, "evidence", place, "for"), evidence.for_)
        for place, expectation in enumerate(node.expects):
            known((*path, "expects", place, "seat"), expectation.seat)
        if node.decision:
            known((*path, "decision", "seat"), node.decision.seat)


# --- nodes ------------------------------------------------------------------------------------


def _node(scenario: Scenario, notes: Notes, path: Path, node: Node) -> None:
    exits = [key for key in ("next", "decision", "ending") if getattr(node, key) is not None]
    if not exits:
        notes.add(
            "E08", path, "The story stops here.", "Give the node one of next, decision and ending."
        )
    elif len(exits) > 1:
        message = f"The node has {' and '.join(exits)}; it can have only one of them."
        notes.add("E08", (*path, exits[-1]), message, "Keep one of them and remove the rest.")
    if node.next is not None:
        _known(notes, (*path, "next"), node.next, scenario.nodes, "E03", "node")
    for place, evidence in enumerate(node.evidence):
        _evidence(notes, (*path, "evidence", place), evidence.text, evidence.csv, evidence.type)
    _effect(scenario, notes, path, node.effect)
    if node.decision is None:
        return
    inside = (*path, "decision")
    options = [option.id for option in node.decision.options]
    _known(notes, (*inside, "default"), node.decision.default, options, "E03", "option")
    for place, option in enumerate(node.decision.options):
        where = (*inside, "options", place)
        _known(notes, (*where, "next"), option.next, scenario.nodes, "E03", "node")
        _expression(scenario, notes, (*where, "requires"), option.requires)
        _effect(scenario, notes, where, option.effect)
        if option.next_update_min is not None and Tag.COMMS not in option.tags:
            message = "This promises another update, and the option sends none."
            fix = "Add comms to its tags, or remove the line."
            notes.add("E01", (*where, "next_update_min"), message, fix)


def _evidence(notes: Notes, path: Path, text: str | None, csv: str | None, kind: str) -> None:
    if (text is None) == (csv is None):
        message = "Evidence has either “text” or “csv”."
        notes.add("E01", path, message, "Write one of the two.")
    elif kind == "metric" and csv is None:
        message = "A metric is drawn from “csv”, and there is none."
        notes.add("E01", path, message, "Write csv: with a heading line and rows, or type: log.")


# --- state and expressions --------------------------------------------------------------------


def _variables(scenario: Scenario, notes: Notes) -> None:
    for name, variable in scenario.state.items():
        path: Path = ("state", name)
        if name in RESERVED:
            notes.add("E05", path, f"“{name}” is a word of expressions.", "Rename the variable.")
        for place, word in enumerate(variable.values):
            if word in RESERVED or word in scenario.state:
                message = f"“{word}” is a word of expressions or a variable."
                notes.add("E05", (*path, "values", place), message, "Choose another word.")
        wrong = _wrong_initial(variable)
        if wrong:
            notes.add("E05", (*path, "initial"), *wrong)


def _wrong_initial(variable: Variable) -> tuple[str, str] | None:
    initial = variable.initial
    if variable.type == "bool" and not isinstance(initial, bool):
        return "The first value of a bool is true or false.", "Write true or false, unquoted."
    if variable.type == "enum":
        if initial not in variable.values:
            return (
                f"“{initial}” is not among the values.",
                "Take one of the values, or add it to them.",
            )
        return None
    if variable.type == "int":
        if isinstance(initial, bool) or not isinstance(initial, int):
            return "The first value of an int is a whole number.", "Write a whole number, unquoted."
        low, high = variable.min, variable.max
        if (low is not None and initial < low) or (high is not None and initial > high):
            return f"The first value {initial} is out of range.", f"Stay {_range(variable)}."
    return None


def _range(variable: Variable) -> str:
    low = "" if variable.min is None else f"from {variable.min}"
    high = "" if variable.max is None else f"up to {variable.max}"
    return " ".join(part for part in (low, high) if part)


def _effect(scenario: Scenario, notes: Notes, path: Path, effect: Mapping[str, str]) -> None:
    for name, formula in effect.items():
        where = (*path, "effect", name)
        variable = scenario.state.get(name)
        if variable is None:
            message = f"There is no variable “{name}”.{did_you_mean(name, scenario.state)}"
            notes.guess(where, name, nearest(name, scenario.state))
            notes.add("E05", where, message, "Name a variable of the state, or add it there.")
            continue
        words = _expression(scenario, notes, where, formula, variable.type)
        for word in set(words) - set(variable.values):
            message = f"“{word}” is not a value of “{name}”.{did_you_mean(word, variable.values)}"
            notes.add("E05", where, message, f"Use one of: {', '.join(variable.values)}.")


def _expression(
    scenario: Scenario, notes: Notes, path: Path, formula: str | None, wanted: Kind = "bool"
) -> tuple[str, ...]:
    """The words that an enum expression can give."""
    if formula is None:
        return ()
    checked = check(formula, scenario.state)
    for problem in checked.problems:
        notes.guess(path, problem.word or "", problem.meant)
        notes.add(
            "E05",
            path,
            f"In “{formula}”, at character {problem.position + 1}: {problem.message}",
            _known_words(scenario),
        )
    if checked.kind is not None and checked.kind != wanted:
        kinds = {"bool": "true or false", "int": "a whole number", "enum": "a word of the enum"}
        message = f"“{formula}” gives {kinds[checked.kind]}; {kinds[wanted]} is needed."
        notes.add("E05", path, message, f"Write an expression for {kinds[wanted]}.")
    return checked.words


def _known_words(scenario: Scenario) -> str:
    words = [f"{name} ({' or '.join(v.values)})" if v.values else name
             for name, v in scenario.state.items()]  # fmt: skip
    return f"The variables are {', '.join(words)}." if words else "The state has no variables yet."


def _severity(scenario: Scenario, notes: Notes) -> None:
    scale = scenario.severity.scale

    def on_scale(path: Path, level: Severity) -> None:
        if level not in scale:
            fix = f"Use one of {', '.join(scale)}, or put it on the scale."
            notes.add("E12", path, f"{level} is not on the scale.", fix)

    for place, answer in enumerate(scenario.severity.answers):
        path: Path = ("severity", "answers", place)
        _expression(scenario, notes, (*path, "when"), answer.when)
        on_scale((*path, "level"), answer.level)
        for i, level in enumerate(answer.accept):
            on_scale((*path, "accept", i), level)
