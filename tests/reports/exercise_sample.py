"""A run with everything that a report tells: people, overrides, marks, notes, an early end; and
another that one person played alone to an ending."""

from __future__ import annotations

from datetime import UTC, date, datetime

from models.rules.exercise import events as e
from models.rules.exercise.commands import (
    choose_severity,
    decide,
    join,
    mitigate,
    note,
    post_update,
    set_role,
    take_seat,
)
from models.rules.exercise.facilitating import (
    choose_branch,
    end,
    mark,
    observe,
    play_contingency,
)
from models.rules.exercise.hotwash import AfterActionFacts, DebriefNote, Improvement
from models.rules.exercise.report import after_action
from models.rules.vocabulary import ActionStatus, IncidentRole, Severity
from reports.every_text import rewrite_texts
from reports.exercise_facts import ExerciseDocument, prepare_exercise
from reports.facts import Paper
from tests.rules.exercise.queue_scenario import queue_scenario
from tests.rules.exercise.table import Table

AS_OF = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
IDS = {"id", "objective", "group", "how"}

NOTES = (
    DebriefNote(
        "O1", "KEY debrief", "Two customers had called and we still compared dashboards.",
        "Nobody knew who may declare.", "Whoever sees it first declares; Mira writes it down.",
        "Mira Castellanos",
    ),
    DebriefNote("O2", "", "Doubling the consumers felt too easy.", "", "Rehearse it.", ""),
    DebriefNote("", "", "The break in the middle helped.", "", "", "Jonas Wiig"),
)  # fmt: skip
IMPROVEMENTS = (
    Improvement(
        "Write “anybody may declare” at the top of the on-call card", "Mira Castellanos",
        date(2026, 5, 20), ActionStatus.ACCEPTED, "O1",
    ),
    Improvement("Rehearse doubling the consumers", "Tarek Aziz", date(2026, 6, 30),
                ActionStatus.IN_PROGRESS, "O2"),
    Improvement("Ask the shop for a direct line", "", None, ActionStatus.PROPOSED, ""),
)  # fmt: skip


def team_table() -> Table:
    """Live, with three people and a facilitator who intervenes and ends early."""
    table = Table()
    for player, name, seat in (
        ("p1", "Mira Castellanos", "ic"),
        ("p2", "Jonas Wiig", "ops"),
        ("p3", "Tarek Aziz", "comms"),
    ):
        table.do(join, player, name)
        table.do(take_seat, player, by=seat)
    table.live()
    table.wait(2)
    table.do(decide, "declare", by="ic", rationale="Customers call, Jonas saw it.")
    table.do(set_role, IncidentRole.COMMANDER, "ic", by="ic")
    table.do(choose_severity, Severity.SEV1, by="ic")
    table.wait(2)
    table.do(post_update, e.Audience.CUSTOMERS, "Orders are late. Mira is on it.", 30, by="comms")
    table.do(observe, "Declared with a clear voice; Jonas repeated it.", "O1")
    table.do(mark, "x-look", e.Verdict.PARTLY)
    table.wait(2)
    table.do(play_contingency, "c-help")
    table.wait(2)
    table.do(decide, "search", reason="Jonas had to take a call.")
    table.wait(20)
    table.do(note, "Who owns the queue?", by="ops")
    table.do(mitigate, "Consumers doubled by hand", by="ops")
    table.do(choose_branch, "quiet", "We lack time.")
    table.wait(3)
    table.do(end, "The room was needed.")
    return table


def team_facts() -> AfterActionFacts:
    table = team_table()
    record = after_action(table.scenario, table.log)
    return AfterActionFacts(record, "Orders", "Ben Okafor", NOTES, IMPROVEMENTS)


def solo_facts() -> AfterActionFacts:
    """One person, turn by turn, to the good ending, without a debrief."""
    table = Table()
    table.do(join, "p1", "Mira Castellanos")
    table.turns(solo=True)
    for option in ("declare", "drain", "hold"):
        table.do(decide, option, by="ic")
    return AfterActionFacts(after_action(table.scenario, table.log), "", "")


def nothing_yet() -> AfterActionFacts:
    """A run that never started."""
    return AfterActionFacts(after_action(queue_scenario(), ()), "", "")


def everywhere(probe: str) -> AfterActionFacts:
    """The team's run with the probe as every text, its people and titles included."""
    return rewrite_texts(team_facts(), lambda name, text: text if name in IDS else probe)


def document(
    facts: AfterActionFacts, *, redact: bool = False, paper: Paper = "A4", zone: str = "UTC"
) -> ExerciseDocument:
    return prepare_exercise(facts, redact=redact, paper=paper, zone=zone, as_of=AS_OF)
