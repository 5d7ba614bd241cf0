"""Actions as the importers of trackers read them: what those insist on is there, no cell is a
formula, and no apostrophe of ours ends up in a ticket."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from models.rules.tickets.places import Tracker
from models.rules.vocabulary import ActionStatus, ActionType, Priority, Severity
from reports.action_csv import safe_cell
from reports.tracker_csv import to_tracker_csv


@dataclass(frozen=True)
class Action:
    id: str = "a1"
    text: str = "Limit the batch, and\nmeasure it"
    owner: str = "Ada Brandt"
    due_on: date | None = date(2026, 5, 4)
    status: ActionStatus = ActionStatus.ACCEPTED
    priority: Priority = Priority.HIGH
    type: ActionType = ActionType.PREVENT
    factor: str = "Hidden coupling"
    source_title: str = "Orders waited"
    severity: Severity | None = Severity.SEV1
    created_at: datetime = datetime(2026, 4, 1, 9, tzinfo=UTC)
    done_at: datetime | None = None


def lines(tracker: Tracker, *actions: Action) -> list[list[str]]:
    text = to_tracker_csv(tracker, actions, address="https://hotwash.example.org")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_jira_reads_a_summary_a_day_and_a_column_for_each_label() -> None:
    heads, row = lines(Tracker.JIRA, Action())
    assert heads[0] == "Summary"
    assert not any(mark in head for head in heads for mark in ".,:;!?")
    cells = dict(zip(heads, row, strict=True))
    assert cells["Summary"] == "Limit the batch, and measure it"
    assert (cells["Due Date"], cells["Priority"], cells["Status"]) == (
        "2026-05-04",
        "High",
        "To Do",
    )
    labels = [cell for head, cell in zip(heads, row, strict=True) if head == "Labels"]
    assert labels == ["post-mortem", "prevent", "hotwash-a1"]
    assert "https://hotwash.example.org/action?id=a1" in cells["Description"]


def test_github_reads_its_heads_without_a_byte_order_mark() -> None:
    text = to_tracker_csv(Tracker.GITHUB, [Action(status=ActionStatus.DONE)])
    assert text.startswith("title,body,labels,state\r\n")
    _, row = lines(Tracker.GITHUB, Action(text="Ask @octocat about #12", status=ActionStatus.DONE))
    assert row[2:] == ["post-mortem,prevent", "closed"]
    assert "@octocat" not in row[1]


def test_linear_reads_labels_apart_by_a_comma_and_a_space() -> None:
    heads, row = lines(Tracker.LINEAR, Action(status=ActionStatus.DECLINED))
    cells = dict(zip(heads, row, strict=True))
    assert cells["Labels"].split(", ") == ["post-mortem", "prevent"]
    assert (cells["Status"], cells["Priority"]) == ("Canceled", "High")
    assert (cells["Created"], cells["Completed"]) == ("2026-04-01T09:00:00Z", "")


@pytest.mark.parametrize("tracker", list(Tracker))
@pytest.mark.parametrize("start", list("=+-@＝"))
def test_no_cell_is_a_formula_and_none_begins_with_an_apostrophe(
    tracker: Tracker, start: str
) -> None:
    evil = f'{start}HYPERLINK("http://x.test")'
    action = Action(text=evil, owner=evil, factor=evil, source_title=evil)
    _, row = lines(tracker, action)
    assert all(safe_cell(cell) == cell for cell in row)
    assert not any(cell.startswith("'") for cell in row)
    assert row[0] == f"Action: {evil}"
