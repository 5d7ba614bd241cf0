"""How far a run has come: decisions made, and the most that may still be to make."""

from __future__ import annotations

from models.rules.exercise.play import Play, option_of
from models.rules.scenario.shape import Scenario


def share_played(play: Play) -> float:
    """From 0 to 1: decisions made, out of those and the most that the story can still ask for.
    Never less than before while nobody leads the story elsewhere; 1 at the end."""
    if play.ended is not None:
        return 1.0
    made = len(play.choices)
    here, coming = play.node or play.scenario.opening.start, play.coming
    if coming is not None:
        being_done = coming.step == "option"
        here = option_of(play.scenario, here, coming.option).next if being_done else coming.node
    ahead = decisions_ahead(play.scenario, here)
    return made / (made + ahead) if made else 0.0


def decisions_ahead(scenario: Scenario, node: str) -> int:
    """The most decisions on a way from a node (its own among them) to an ending that goes through
    no node twice."""
    known: dict[str, int] = {}

    def ahead(name: str, before: frozenset[str]) -> int:
        if name in before:
            return 0
        if name not in known:
            here = scenario.nodes[name]
            following = [here.next] if here.next else []
            following += [option.next for option in here.decision.options] if here.decision else []
            longest = max((ahead(one, before | {name}) for one in following), default=0)
            known[name] = longest + (here.decision is not None)
        return known[name]

    return ahead(node, frozenset())
