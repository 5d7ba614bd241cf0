"""The actions of a post-mortem, from bullets and from tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from integrations.markdown_blocks import Item, Table
from integrations.markdown_parts import headed, line_of, prose
from models.rules.record import ActionRecord
from models.rules.timeline.dates import whole_day_in
from models.rules.vocabulary import ActionStatus, ActionType, Priority

_STATUSES = {
    ActionStatus.DONE: "done complete completed closed fixed finished shipped resolved yes ✓ ✔ ✅",
    ActionStatus.IN_PROGRESS: "in progress|in_progress|started|doing|wip|ongoing|in review",
    ActionStatus.ACCEPTED: "accepted|agreed|planned|scheduled",
    ActionStatus.DECLINED: "declined|rejected|won't do|wontfix|won't fix|cancelled|canceled"
    "|dropped",
}
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
    "reason": r"reason|because|notes? on status",
}
_URL = re.compile(r"https?://[^\s)>\]|\"']+")
_OWNER = re.compile(
    r"(?:\bowner|\bassignee|\bassigned to"
    r"|\bdri)\s*:?\s*@?(?P<named>[^\W\d_][\w.'’-]*(?: [A-Z][\w.'’-]*)?)"
    r"|(?<![\w.])@(?P<handle>[A-Za-z][\w.-]*\w)",
    re.I,
)
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
        else:
            actions.append(_action(block))
    return actions


def _action(item: Item) -> ActionRecord:
    text = headed(item)
    owner = _OWNER.search(text)
    url = _URL.search(text)
    status = ActionStatus.DONE if item.is_done else ActionStatus.PROPOSED
    if re.match(r"~~.+~~$", text, re.DOTALL):
        status = ActionStatus.DONE
    return ActionRecord(
        text=text,
        owner=line_of(owner["named"] or owner["handle"]) if owner else "",
        due_on=_due_in(text),
        type=_action_type(text),
        status=status,
        tracker_url=url.group().rstrip(".,;") if url else "",
    )


def _action_row(head: Sequence[str], cells: Sequence[str]) -> ActionRecord:
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
    due = found.get("due", "")
    due_on = whole_day_in(due)
    beside += [f"Due: {due}"] if due.strip(" -–—?") and not due_on else []
    status, kind, priority = (
        found.get(name, "").strip("*_ ").lower() for name in ("status", "type", "priority")
    )
    if status not in _STATUS_WORDS and status not in ("", "open", "proposed", "todo", "to do", "-"):
        beside.append(f"Status: {found['status']}")
    if kind not in ("", "-", *ActionType):
        beside.append(f"Type: {found['type']}")
    if priority not in ("", "-", *_PRIORITIES):
        beside.append(f"Priority: {found['priority']}")
    url = _URL.search(found.get("tracker", "") or found["text"])
    tracker = found.get("tracker", "")
    beside += [tracker] if tracker.strip(" -–—") and not url else []
    return ActionRecord(
        text=prose("\n".join((found["text"], *beside))),
        owner=line_of(found.get("owner", "").strip("*_@ -–—")),
        due_on=due_on,
        priority=_PRIORITIES.get(priority, Priority.MEDIUM),
        type=_action_type(kind or found["text"]),
        status=_STATUS_WORDS.get(status, ActionStatus.PROPOSED),
        factor=line_of(found.get("factor", "")),
        tracker_url=url.group().rstrip(".,;") if url else "",
        reason=prose(found.get("reason", "")),
    )


def _action_column(cell: str) -> str:
    plain = re.sub(r"[*_`]", "", cell).strip().lower()
    return next((n for n, words in _ACTION_COLUMNS.items() if re.fullmatch(words, plain)), "")


def _action_type(text: str) -> ActionType:
    """The type that a column names, or the first words of the action show."""
    named = next((t for t in ActionType if t.value == text), None)
    if named:
        return named
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
