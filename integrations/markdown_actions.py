"""The actions of a post-mortem, from bullets and from tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from integrations.markdown_blocks import Item, Table
from integrations.markdown_owners import owner_in, owner_in_cell
from integrations.markdown_parts import headed, is_empty, line_of, prose
from models.rules.record import ActionRecord
from models.rules.timeline.dates import whole_day_in
from models.rules.vocabulary import ActionStatus, ActionType, Priority

_STATUSES = {
    ActionStatus.IDEA: "idea suggestion",
    ActionStatus.DONE: "done complete completed closed fixed finished shipped resolved yes ✓ ✔ ✅",
    ActionStatus.IN_PROGRESS: "in progress|in_progress|started|doing|wip|ongoing|in review",
    ActionStatus.ACCEPTED: "accepted|agreed|planned|scheduled",
    ActionStatus.DECLINED: "declined|rejected|won't do|wontfix|won't fix|cancelled|canceled"
    "|dropped",
}
_TYPES = {kind.value: kind for kind in ActionType}
_WITH_REASON = (ActionStatus.DONE, ActionStatus.DECLINED)
_OPEN = ("", "open", "proposed", "todo", "to do", "not started", "new")
_STATUS_WORDS = {
    word: status
    for status, words in _STATUSES.items()
    for word in (words.split("|") if "|" in words else words.split())
}
_PRIORITIES = {
    **dict.fromkeys(
        ("high", "p0", "p1", "critical", "urgent", "highest", "blocker"), Priority.HIGH
    ),
    **dict.fromkeys(("medium", "p2", "normal", "mid"), Priority.MEDIUM),
    **dict.fromkeys(("low", "p3", "p4", "lowest", "minor"), Priority.LOW),
}
_ACTION_COLUMNS = {
    "text": r"(?:action|task|what|description|item|action items?|follow[- ]?up|to-?do|title|summary"
    r"|details)s?",
    "owner": r"owners?|assignee|assigned to|who|dri|responsible|person|team",
    "due": r"due(?: date| on)?|deadline|by|by when|when|date|eta|target(?: date)?",
    "status": r"status|state|done\??|progress",
    "type": r"type|kind|category",
    "priority": r"priority|prio|p",
    "tracker": r"tickets?|links?|issues?|tracker|bugs?|jira|url|reference",
    "factor": r"factor|answers|contributing factor|cause",
    "notes": r"notes?",
    "reason": r"reason|because|notes? on status",
}
_URL = re.compile(r"https?://[^\s)>\]|\"']+")
_ANSWERS = re.compile(r"Answers: ([^.\n]{1,200})\.\s*")
_DUE = re.compile(
    r"\b(?:due|by|until|deadline|eta)\b\s*:?\s*(?:date\s*:?\s*|on\s+)?(?P<when>.{4,30})", re.I
)


def actions_of(blocks: Iterable[Item | Table]) -> list[ActionRecord]:
    """One action for each bullet, paragraph and row. Owner, due date and tracker are taken where
    they are plain to see; the words stay whole."""
    actions: list[ActionRecord] = []
    for block in blocks:
        if isinstance(block, Table):
            actions += [_action_row(block.head, cells) for _, cells in block.rows if any(cells)]
        elif not is_empty(block.text):
            actions.append(_action(block))
    return actions


def _action(item: Item) -> ActionRecord:
    text = headed(item)
    url = _URL.search(text)
    status = ActionStatus.DONE if item.is_done else ActionStatus.PROPOSED
    if re.match(r"~~.+~~$", text, re.DOTALL):
        status = ActionStatus.DONE
    return ActionRecord(
        text=text,
        owner=line_of(owner_in(text)),
        due_on=_due_in(text),
        type=_action_type(text),
        status=status,
        tracker_url=line_of(url.group().rstrip(".,;")) if url else "",
    )


def _action_row(head: Sequence[str], cells: Sequence[str]) -> ActionRecord:
    found, beside = _cells_by_column(head, cells)
    status, kind, priority = (
        found.get(name, "").strip("*_ ").lower() for name in ("status", "type", "priority")
    )
    known = _STATUS_WORDS.get(status)
    if known in _WITH_REASON and found.get("notes"):
        found["reason"] = found.get("reason") or found.pop("notes")
    due, tracker = found.get("due", ""), found.get("tracker", "")
    due_on, url = whole_day_in(due), _URL.search(tracker or found["text"])
    # What no field can hold stays behind the words of the action.
    unknown = {
        "": found.get("notes", ""),
        "Due: ": "" if due_on else due,
        "Status: ": "" if known or status in _OPEN else found.get("status", ""),
        "Type: ": "" if kind in _TYPES else found.get("type", ""),
        "Priority: ": "" if priority in _PRIORITIES else found.get("priority", ""),
        "Tracker: ": "" if url else tracker,
    }
    beside += [f"{name}{value}" for name, value in unknown.items() if value.strip(" -–—?")]
    return ActionRecord(
        text=prose("\n".join((found["text"], *beside))),
        owner=line_of(owner_in_cell(found.get("owner", ""))),
        due_on=due_on,
        priority=_PRIORITIES.get(priority, Priority.MEDIUM),
        type=_action_type(kind or found["text"]),
        status=known or ActionStatus.PROPOSED,
        factor=line_of(found.get("factor", "")),
        tracker_url=line_of(url.group().rstrip(".,;")) if url else "",
        reason=prose(found.get("reason", "")),
    )


def _cells_by_column(head: Sequence[str], cells: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The cells whose column is known, and the others behind the words of their column."""
    names = [_action_column(cell) for cell in head] or ["text"]
    found: dict[str, str] = {}
    beside: list[str] = []
    for n, cell in enumerate(cells):
        name = names[n] if n < len(names) else ""
        if name and name not in found:
            found[name] = cell
        elif cell and not re.fullmatch(r"[0-9]{1,3}\.?", cell):
            beside.append(f"{head[n]}: {cell}" if n < len(head) and head[n] else cell)
    if not found.get("text"):
        found["text"] = beside.pop(0) if beside else " – ".join(filter(None, cells))
    notes = found.get("notes", "")
    if answered := _ANSWERS.match(notes):
        found["factor"] = found.get("factor") or answered[1]
        notes = notes[answered.end() :]
    if (url := _URL.search(notes)) and not found.get("tracker"):
        found["tracker"] = url.group()
        notes = notes.replace(url.group(), "")
    found["notes"] = notes.strip()
    return found, beside


def _action_column(cell: str) -> str:
    plain = re.sub(r"[*_`]", "", cell).strip().lower()
    return next((n for n, words in _ACTION_COLUMNS.items() if re.fullmatch(words, plain)), "")


def _action_type(text: str) -> ActionType:
    """The type that a column names, or the first words of the action show."""
    if text in _TYPES:
        return _TYPES[text]
    head = text[:200].lower()
    if re.search(
        r"\b(?:alerts?|alerting|alarms?|monitor\w*|dashboards?|probes?|detect\w*)\b", head
    ):
        return ActionType.DETECT
    if re.search(
        r"\b(?:runbooks?|playbooks?|document\w*|training|train|process|procedures?|on-?call"
        r"|meeting)\b",
        head,
    ):
        return ActionType.PROCESS
    if re.search(
        r"\b(?:roll ?back|fail ?over|mitigat\w*|recover\w*|circuit breakers?|backups?)\b", head
    ):
        return ActionType.MITIGATE
    return ActionType.PREVENT


def _due_in(text: str) -> date | None:
    found = _DUE.search(text)
    return whole_day_in(found["when"]) if found else None
