"""Whether a scenario teaches what it says: objectives, pressure, help, and nothing given away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from models.rules.scenario.explore import Explored
from models.rules.scenario.findings import Notes
from models.rules.scenario.shape import ALL, Channel, Decision, Node, Rule, Scenario, Tag
from models.rules.scenario.source import Path
from models.rules.scenario.story import impact, severity_answer
from models.rules.vocabulary import Severity

_GIVEN_AWAY = re.compile(
    r"\b(?:the |our )?(?:root cause (?:is|was|of)|real cause|actual cause|was caused by|"
    r"is caused by|the cause (?:is|was)|the culprit (?:is|was)|turns out to be)\b",
    re.IGNORECASE,
)
_PRESSURE = frozenset({Channel.EXEC, Channel.CUSTOMER, Channel.SOCIAL})
_SEVERE = frozenset({Severity.SEV0, Severity.SEV1})
_DECISIONS_TO_JUDGE = 3  # fewer can have the best option first by chance
_HANDS_ON = frozenset({Tag.MITIGATE, Tag.DIAGNOSE, Tag.FIX})
_SHOWN_BY = {
    Rule.DECLARE_EARLY: frozenset({Tag.DECLARE}),
    Rule.SEVERITY: frozenset({Tag.DECLARE}),
    Rule.IC_ASSIGNED: frozenset({Tag.DECLARE}),
    Rule.IC_HANDS_OFF: _HANDS_ON,
    Rule.MITIGATE_FIRST: frozenset({Tag.MITIGATE}),
    Rule.COMMS_CADENCE: frozenset({Tag.COMMS}),
    Rule.ESCALATE_30: frozenset({Tag.ESCALATE}),
    Rule.STABLE_30: frozenset({Tag.CLOSE}),
    Rule.CUSTOMER_MAIL_60: frozenset({Tag.COMMS, Tag.NOTIFY}),
    Rule.GDPR_72H: frozenset({Tag.NOTIFY, Tag.DECLINE}),
}


def gives_away(text: str) -> bool:
    """Whether a text tells its readers the cause (W09)."""
    return _GIVEN_AWAY.search(text) is not None


def check_quality(scenario: Scenario, explored: Explored | None, notes: Notes) -> None:
    """W03, W06, W07, W09, W11 and W13."""
    met = (
        {position.node for position in explored.positions.values()}
        if explored
        else set(scenario.nodes)
    )
    _objectives(scenario, notes)
    if explored is not None:
        _pressure(explored, met, notes)
        _scorable(explored, met, notes)
    _guessable(scenario, notes)
    _given_away(scenario, notes)
    _help(scenario, notes)


def _objectives(scenario: Scenario, notes: Notes) -> None:
    asked = {question.objective for question in scenario.debrief.questions}
    expected = {e.rule for node in scenario.nodes.values() for e in node.expects}
    for place, objective in enumerate(scenario.objectives):
        path: Path = ("objectives", place)
        if objective.id not in asked:
            notes.add(
                "W03",
                path,
                f"No debrief question is about the objective “{objective.id}”.",
                f"Add one under debrief, questions: objective: {objective.id}.",
            )
        if not objective.rules:
            listed = f" Expectations here use: {', '.join(sorted(expected))}." if expected else ""
            notes.add(
                "W03",
                path,
                f"Nothing in play shows whether the objective “{objective.id}” was reached.",
                f"Name the rules that show it, under rules.{listed}",
            )


def _severe(explored: Explored) -> set[Severity]:
    answers = (severity_answer(explored.scenario, p.state) for p in explored.positions.values())
    return {answer.level for answer in answers if answer and answer.level in _SEVERE}


def _pressure(explored: Explored, met: set[str], notes: Notes) -> None:
    scenario = explored.scenario
    severe = _severe(explored)
    channels = {scenario.nodes[name].channel for name in met}
    channels |= {inject.channel for inject in scenario.clock_injects}
    if severe and not channels & _PRESSURE:
        notes.add(
            "W06",
            ("nodes",),
            f"It comes to {min(severe)}, and no customer or executive asks anything.",
            "Add a node or clock inject with channel: exec, customer or social.",
        )


def _decisions(scenario: Scenario) -> Iterator[tuple[str, Node, Decision]]:
    for name, node in scenario.nodes.items():
        if node.decision is not None:
            yield name, node, node.decision


def _guessable(scenario: Scenario, notes: Notes) -> None:
    first: list[bool] = []
    longest: list[bool] = []
    for _, _, decision in _decisions(scenario):
        scores = [option.score for option in decision.options]
        if len(scores) < 2 or scores.count(max(scores)) > 1:
            continue  # no single best to guess
        best = scores.index(max(scores))
        lengths = [len(option.label) for option in decision.options]
        first.append(best == 0)
        longest.append(lengths[best] == max(lengths) and lengths.count(max(lengths)) == 1)
    if len(first) < _DECISIONS_TO_JUDGE:
        return
    for always, what, fix in (
        (first, "stands first", "Change the order of some options."),
        (longest, "has the longest label", "Shorten some of the best labels, or lengthen others."),
    ):
        if all(always):
            message = f"The best option always {what}, so that it can be guessed."
            notes.add("W07", ("nodes",), message, fix)


def _help(scenario: Scenario, notes: Notes) -> None:
    helped = {seat for c in scenario.contingencies if c.kind == "help" for seat in c.to}
    for name, node, decision in _decisions(scenario):
        there = {decision.seat, *node.to}
        if not helped & there and ALL not in helped and not (helped and ALL in there):
            notes.add(
                "W11",
                ("nodes", name, "decision"),
                "No contingency can help the people who decide here.",
                f"Add a contingency with kind: help, to: [{decision.seat}] or [all].",
            )


# --- W09 --------------------------------------------------------------------------------------


def _given_away(scenario: Scenario, notes: Notes) -> None:
    for path, text in _participant_texts(scenario):
        match = _GIVEN_AWAY.search(text)
        if match:
            notes.add(
                "W09",
                path,
                f"“{match[0]}” tells participants the cause.",
                "Say what can be seen, and keep the cause for the facilitator and the feedback.",
            )
    if scenario.spoilers:
        words = "|".join(re.escape(word) for word in scenario.spoilers)
        spoiler = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        for path, text in _early_texts(scenario):
            match = spoiler.search(text)
            if match:
                notes.add(
                    "W09",
                    path,
                    f"“{match[0]}” is a spoiler and is read before the first decision.",
                    "Say it in other words, or take it off the spoilers.",
                )


def _participant_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    """What participants read before an ending. Feedback comes after the reveal."""
    yield ("title",), scenario.title
    yield ("opening", "text"), scenario.opening.text
    for place, seat in enumerate(scenario.seats):
        yield ("seats", place, "brief"), seat.brief
    for name, node in scenario.nodes.items():
        if node.ending is None:
            yield from _node_texts(name, node)
    for group in ("clock_injects", "contingencies"):
        for place, part in enumerate(getattr(scenario, group)):
            yield (group, place, "title"), part.title
            yield (group, place, "body"), part.body


def _node_texts(name: str, node: Node) -> Iterator[tuple[Path, str]]:
    path: Path = ("nodes", name)
    yield (*path, "title"), node.title
    yield (*path, "body"), node.body
    for place, option in enumerate(node.decision.options if node.decision else ()):
        yield (*path, "decision", "options", place, "label"), option.label


def _early_texts(scenario: Scenario) -> Iterator[tuple[Path, str]]:
    yield ("title",), scenario.title
    yield ("summary",), scenario.summary
    yield ("opening", "text"), scenario.opening.text
    for place, seat in enumerate(scenario.seats):
        yield ("seats", place, "brief"), seat.brief
    name: str | None = scenario.opening.start
    for _ in scenario.nodes:
        node = scenario.nodes.get(name) if name is not None else None
        if name is None or node is None:
            return
        yield from _node_texts(name, node)
        name = node.next


# --- W13 --------------------------------------------------------------------------------------


def _scorable(explored: Explored, met: set[str], notes: Notes) -> None:
    scenario = explored.scenario
    expected = {e.rule for name in met for e in scenario.nodes[name].expects}
    chosen = [
        (set(option.tags), explored.positions[key].state)
        for key, options in explored.available.items()
        for option in options
    ]
    tags = {tag for option_tags, _ in chosen for tag in option_tags}
    hurt = any(impact(scenario, position.state) for position in explored.positions.values())
    attacked = any(Tag.MITIGATE in t and impact(scenario, state) for t, state in chosen)
    missing = {
        Rule.DECLARE_EARLY: "" if hurt else "customers are never hurt",
        Rule.STABLE_30: "" if hurt else "customers are never hurt",
        Rule.MITIGATE_FIRST: ""
        if attacked
        else "nothing can be mitigated while customers are hurt",
        Rule.CUSTOMER_MAIL_60: "" if _severe(explored) else "it never comes to SEV0 or SEV1",
    }
    told: set[Rule] = set()
    for rule, path in _rules_named(scenario):
        wanted = _SHOWN_BY[rule]
        why = missing.get(rule, "")
        fix = "Correct “impact_when”, the severity answers or the effects; or drop the rule."
        if not wanted & tags:
            listed = " or ".join(sorted(wanted))
            why = f"no option is tagged {listed}"
            fix = f"Tag an option {listed}, add an expectation with this rule, or drop the rule."
        if why and rule not in expected and rule not in told:
            told.add(rule)
            notes.add("W13", path, f"No path can score “{rule}”: {why}.", fix)


def _rules_named(scenario: Scenario) -> Iterator[tuple[Rule, Path]]:
    for place, objective in enumerate(scenario.objectives):
        for i, rule in enumerate(objective.rules):
            yield rule, ("objectives", place, "rules", i)
    for rule, weight in scenario.weights.items():
        if weight:
            yield rule, ("weights", rule.value)
