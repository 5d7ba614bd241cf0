"""Action items as CSV for the importers of trackers.

Which importer reads which columns: docs/command-line.md, "actions export". A cell that begins like
a formula gets no apostrophe here, which Jira and GitHub would import as part of the text: a word of
ours stands before it, which no spreadsheet runs (OWASP ASVS 5.0, 1.2.10) and every reader
understands. No byte order mark: github-csv-tools would take it for a part of the first head.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol

from models.rules.tickets.draft import Action, Draft, draft_of
from models.rules.tickets.markdown import plain_markdown, plain_on_github
from models.rules.tickets.places import Tracker
from models.rules.vocabulary import ActionStatus, label
from reports.action_csv import safe_cell


class DatedAction(Action, Protocol):
    """What a line is made of."""

    @property
    def created_at(self) -> datetime: ...
    @property
    def done_at(self) -> datetime | None: ...


JIRA_HEADS = (
    "Summary", "Issue Type", "Status", "Priority", "Due Date", "Assignee", "Labels", "Labels",
    "Labels", "Description",
)  # fmt: skip
GITHUB_HEADS = ("title", "body", "labels", "state")
LINEAR_HEADS = (
    "Title", "Description", "Status", "Priority", "Assignee", "Labels", "Created", "Completed",
)  # fmt: skip
_JIRA_STATUS = {
    ActionStatus.IN_PROGRESS: "In Progress",
    ActionStatus.DONE: "Done",
    ActionStatus.DECLINED: "Done",
}
_LINEAR_STATUS = {
    ActionStatus.IDEA: "Backlog",
    ActionStatus.PROPOSED: "Backlog",
    ActionStatus.IN_PROGRESS: "In Progress",
    ActionStatus.DONE: "Done",
    ActionStatus.DECLINED: "Canceled",
}
_OVER = (ActionStatus.DONE, ActionStatus.DECLINED)


def to_tracker_csv(
    tracker: Tracker, actions: Iterable[DatedAction], *, address: str = "", issue_type: str = "Task"
) -> str:
    """CSV (RFC 4180) that an importer of this tracker reads. Days are like 2024-05-06, moments in
    UTC with a Z. With the `address` of Hotwash each has a link back. `issue_type` is Jira's."""
    heads, line = _FORMS[tracker]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    for action in actions:
        writer.writerow(line(action, draft_of(action, address), issue_type))
    return text.getvalue()


def _jira(action: DatedAction, draft: Draft, issue_type: str) -> Sequence[str]:
    return (
        _title(draft.title),
        _title(issue_type),
        _JIRA_STATUS.get(action.status, "To Do"),
        label(action.priority),
        action.due_on.isoformat() if action.due_on else "",
        _name(action.owner),
        *draft.labels,
        draft.mark,
        "\n".join((*draft.about, f"Mark: {draft.mark}")),
    )


def _github(action: DatedAction, draft: Draft, _issue_type: str) -> Sequence[str]:
    state = "closed" if action.status in _OVER else "open"
    body = "\n\n".join([*map(plain_on_github, draft.about), f"<!-- {draft.mark} -->"])
    return _title(draft.title), body, ",".join(draft.labels), state


def _linear(action: DatedAction, draft: Draft, _issue_type: str) -> Sequence[str]:
    return (
        _title(draft.title),
        "\n\n".join([*map(plain_markdown, draft.about), f"Mark: {draft.mark}"]),
        _LINEAR_STATUS.get(action.status, "Todo"),
        label(action.priority),
        _name(action.owner),
        ", ".join(draft.labels),
        _moment(action.created_at),
        _moment(action.done_at),
    )


_FORMS: dict[Tracker, tuple[Sequence[str], Callable[[DatedAction, Draft, str], Sequence[str]]]] = {
    Tracker.JIRA: (JIRA_HEADS, _jira),
    Tracker.GITHUB: (GITHUB_HEADS, _github),
    Tracker.LINEAR: (LINEAR_HEADS, _linear),
}


def _title(text: str) -> str:
    """The title; one that begins like a formula says first what it is."""
    return text if safe_cell(text) == text else f"Action: {text}"


def _name(owner: str) -> str:
    """The owner; a name that begins like a formula is left to the description."""
    return owner if safe_cell(owner) == owner else ""


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else ""
