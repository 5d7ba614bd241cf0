"""Everything that is checked about a scenario, all at once."""

from __future__ import annotations

from models.rules.scenario.explore import PLAYS, Explored, explore, random_plays
from models.rules.scenario.findings import Exploration, Notes, Report
from models.rules.scenario.flow import check_flow
from models.rules.scenario.pacing import Clockwork, check_pacing
from models.rules.scenario.quality import check_quality
from models.rules.scenario.reached import check_reached
from models.rules.scenario.references import check_references
from models.rules.scenario.shape_check import read_shape
from models.rules.scenario.source import ScenarioSource


def check(source: ScenarioSource) -> Report:
    """Every finding about a scenario file, errors first, and what exploring it showed.

    The scenario of the report is the one that was checked: where the shape was faulty, mended.
    It is fit to be played only if there are no errors.
    """
    notes = Notes(source)
    scenario = read_shape(notes)
    if scenario is None:
        return Report(None, notes.sorted())
    check_references(scenario, notes)
    check_flow(scenario, notes)
    explored = None if notes.broken() else explore(scenario)
    exploration = None
    if explored is not None:
        clockwork = Clockwork.of(explored)
        check_reached(explored, notes)
        check_pacing(explored, clockwork, notes)
        exploration = _summary(explored, clockwork)
    check_quality(scenario, explored, notes)
    return Report(scenario, notes.sorted(), exploration)


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
