"""The trace that a run left: the way through the story, what changed in its world, and the marks
of the facilitator. What drawings of a run are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from models.rules.exercise import events as e
from models.rules.exercise.play import Play, Reading
from models.rules.scenario.expressions import Value
from models.rules.scenario.shape import Ending, Scenario
from models.rules.scenario.story import severity_answer
from models.rules.vocabulary import words


@dataclass(frozen=True)
class Branch:
    """A way on from a decision: the option's words and the title of the node that it leads to.
    `label` is "" where the facilitator led the story there without an option; `led` says that the
    facilitator took it, not the team."""

    label: str
    leads_to: str
    taken: bool
    led: bool


@dataclass(frozen=True)
class Stop:
    """A node as it came, at `story` seconds, and the ways on from it."""

    event: int
    story: int
    title: str
    ending: Ending | None
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Change:
    """What became different in the story's world, in words; `impact`: customers are hurt now."""

    event: int
    story: int
    text: str
    impact: bool


@dataclass(frozen=True)
class Mark:
    """The facilitator's verdict on an expectation."""

    event: int
    story: int
    text: str


@dataclass(frozen=True)
class Trace:
    """`start` is the story's beginning in its own calendar; `impact` are the spans, in seconds,
    in which customers were hurt; `unseen` counts the nodes that never came, of `nodes`."""

    start: datetime
    stops: tuple[Stop, ...]
    changes: tuple[Change, ...]
    impact: tuple[tuple[int, int], ...]
    marks: tuple[Mark, ...]
    nodes: int
    unseen: int


def trace(play: Play, log: tuple[e.Event, ...]) -> Trace:
    """The trace of a run from its log and the state that it came to."""
    scenario = play.scenario
    return Trace(
        start=scenario.clock.start,
        stops=tuple(_stops(play, log)),
        changes=tuple(_changes(play)),
        impact=tuple(_impact(play)),
        marks=tuple(_marks(scenario, log)),
        nodes=len(scenario.nodes),
        unseen=len(scenario.nodes.keys() - set(play.path)),
    )


def _stops(play: Play, log: tuple[e.Event, ...]) -> Iterator[Stop]:
    """Each node with what was chosen, or led to, before the next one came."""
    came: e.Event | None = None
    chosen: list[e.Event] = []
    for event in log:
        if isinstance(event.what, e.Delivered):
            if came is not None:
                yield _stop(play.scenario, came, chosen)
            came, chosen = event, []
        elif isinstance(event.what, e.Decided | e.Overridden):
            chosen.append(event)
    if came is not None:
        yield _stop(play.scenario, came, chosen)


def _stop(scenario: Scenario, came: e.Event, chosen: list[e.Event]) -> Stop:
    assert isinstance(came.what, e.Delivered)
    node = scenario.nodes[came.what.node]
    decided = {x.what.option: x.override for x in chosen if isinstance(x.what, e.Decided)}
    branches = [
        Branch(
            one.label, scenario.nodes[one.next].title, one.id in decided, decided.get(one.id, False)
        )
        for one in (node.decision.options if node.decision else ())
    ]
    for event in chosen:
        if isinstance(event.what, e.Overridden):
            branches.append(Branch("", scenario.nodes[event.what.to].title, True, True))
    return Stop(came.seq, came.story, node.title, node.ending, tuple(branches))


def _changes(play: Play) -> Iterator[Change]:
    """From reading to reading; the first is the beginning."""
    for before, after in pairwise(play.readings):
        if text := "; ".join(_differences(play.scenario, before, after)):
            yield Change(after.seq, after.story, text, after.impact)


def _differences(scenario: Scenario, before: Reading, after: Reading) -> Iterator[str]:
    """Of the variables those that the seats could see; the others are the story's machinery."""
    for name, variable in scenario.state.items():
        old, new = before.state[name], after.state[name]
        if old != new and variable.visible == "all":
            unit = f" {variable.unit}" if variable.unit else ""
            yield f"{name.replace('_', ' ')} {_said(old)} → {_said(new)}{unit}"
    was, is_now = (severity_answer(scenario, one.state) for one in (before, after))
    if was is not None and is_now is not None and was.level != is_now.level:
        yield f"by the scenario now {is_now.level}"
    if before.impact != after.impact:
        yield "customers are hurt" if after.impact else "customers are no longer hurt"


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("_", " ")


def _impact(play: Play) -> Iterator[tuple[int, int]]:
    began: int | None = None
    for reading in play.readings:
        if reading.impact and began is None:
            began = reading.story
        elif not reading.impact and began is not None:
            yield began, reading.story
            began = None
    if began is not None:
        yield began, play.story


def _marks(scenario: Scenario, log: tuple[e.Event, ...]) -> Iterator[Mark]:
    texts = {x.id: x.text for node in scenario.nodes.values() for x in node.expects}
    for event in log:
        if isinstance(event.what, e.Marked):
            said = f"{words(event.what.verdict)}: {texts.get(event.what.expectation, '')}"
            yield Mark(event.seq, event.story, f"Marked as {said}")
