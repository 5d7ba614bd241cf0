"""Everything that is checked about a scenario, all at once."""

from __future__ import annotations

from typing import Any

from models.rules.scenario.explore import PLAYS, Explored, explore, random_plays
from models.rules.scenario.findings import Exploration, Notes, Report
from models.rules.scenario.flow import check_flow
from models.rules.scenario.pacing import Clockwork, check_pacing
from models.rules.scenario.quality import check_quality
from models.rules.scenario.reached import check_reached
from models.rules.scenario.references import check_references
from models.rules.scenario.shape import Scenario
from models.rules.scenario.shape_check import as_meant, read_shape
from models.rules.scenario.source import ScenarioSource


def check(source: ScenarioSource) -> Report:
    """Every finding about a scenario file, errors first, and what exploring it showed.

    Faults of spelling are put right for the further checks, so that all is found at once. The
    scenario of the report is fit to be played only if there are no errors.
    """
    notes = Notes(source)
    written, document = read_shape(notes)
    if written is None:
        return Report(None, notes.sorted())
    check_references(written, notes)
    playable = _playable(written, document, notes)
    scenario = playable or written
    check_flow(scenario, notes)
    explored = explore(playable) if playable else None
    exploration = None
    if explored is not None:
        clockwork = Clockwork.of(explored)
        check_reached(explored, notes)
        check_pacing(explored, clockwork, notes)
        exploration = _summary(explored, clockwork)
    check_quality(scenario, explored, notes)
    return Report(written, notes.sorted(), exploration)


def _playable(written: Scenario, document: dict[str, Any], notes: Notes) -> Scenario | None:
    """The scenario, with misspelt names as they were meant; None where that is not enough."""
    if not notes.guesses:
        return None if notes.broken() else written
    meant = as_meant(document, notes)
    if meant is None:
        return None
    again = Notes(notes.source)
    check_references(meant, again)
    return None if again.guesses or again.broken() else meant


def _summary(explored: Explored, clockwork: Clockwork | None) -> Exploration:
    nodes = explored.scenario.nodes
    met = {position.node for position in explored.positions.values()}
    return Exploration(
        states=len(explored.positions),
        endings=tuple(name for name, node in nodes.items() if node.ending and name in met),
        longest_min=max(clockwork.latest.at.values()) if clockwork else 0,
        longest_table_min=max(clockwork.table.at.values()) if clockwork else 0,
        partial=explored.partial,
        plays=PLAYS,
        visits=random_plays(explored),
    )
