"""Jira Cloud through its REST API, version 3 (developer.atlassian.com/cloud/jira/platform/rest/v3).
Texts are documents of the Atlassian Document Format, so that nothing in them is taken for markup.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from integrations.http import Answer, Request
from integrations.tracker_talk import Reading, Talk, Ticket, check, dig, text, ticket, unreadable
from models.rules.tickets.draft import Draft
from models.rules.tickets.places import JiraPlace
from models.rules.tickets.states import Stage
from models.rules.vocabulary import label

NAME = "Jira"
_KEY = re.compile(r"[A-Z][A-Z0-9_]*-\d+")
_OPTIONAL = frozenset({"duedate", "priority", "labels"})  # a project may not have them on its form
_STAGES = {"new": Stage.OPEN, "indeterminate": Stage.IN_PROGRESS, "done": Stage.DONE}


@dataclass(frozen=True)
class Jira:
    """`ref` is the number of an issue, which it keeps when it moves to another project."""

    place: JiraPlace

    def make(self, draft: Draft) -> Talk[Ticket]:
        """Makes the issue. A due date, priority or label that the form of the project lacks is
        left out, except for the mark, which is also the last line of the description."""
        fields: dict[str, Any] = {
            "project": {"key": self.place.project},
            "issuetype": {"name": self.place.issue_type},
            "summary": draft.title,
            "description": document((*draft.about, _mark_line(draft.mark))),
            "labels": [*draft.labels, draft.mark],
            "priority": {"name": label(draft.priority)},
        }
        if draft.due_on:
            fields["duedate"] = draft.due_on.isoformat()
        request = self._request("POST", "issue", {"fields": fields}, makes=True)
        answer = yield request
        named = dig(answer.body, "errors")
        if answer.status == 400 and isinstance(named, dict) and named and set(named) <= _OPTIONAL:
            fields = {name: value for name, value in fields.items() if name not in named}
            request = self._request("POST", "issue", {"fields": fields}, makes=True)
            answer = yield request
        check(NAME, request, answer, _said(answer))
        made = self._issue(answer.body)
        if made is None:
            raise unreadable(NAME, request)
        return made

    def find(self, draft: Draft, since: datetime) -> Talk[Ticket | None]:
        """The issue with the mark. Both parts of the query are of plain letters (places.py and
        draft.py see to it). A search in texts finds what is similar too, so each is looked at."""
        about_mark = f'(labels = "{draft.mark}" OR description ~ "{draft.mark}")'
        query = {
            "jql": f'project = "{self.place.project}" AND {about_mark} ORDER BY created ASC',
            "fields": ["labels", "description"],
            "maxResults": 50,
        }
        request = self._request("POST", "search/jql", query)
        answer = yield request
        check(NAME, request, answer, _said(answer))
        found = dig(answer.body, "issues")
        if not isinstance(found, list):
            raise unreadable(NAME, request)
        ours = (issue for issue in found if _is_marked(issue, draft.mark))
        return next((known for issue in ours if (known := self._issue(issue))), None)

    def look(self, ref: str) -> Talk[Reading]:
        request = self._request("GET", f"issue/{quote(ref, safe='')}?fields=status,resolution")
        answer = yield request
        check(NAME, request, answer, _said(answer))
        status = dig(answer.body, "fields", "status")
        kind, words = dig(status, "statusCategory", "key"), text(dig(status, "name"))
        if not words:
            raise unreadable(NAME, request)
        resolution = text(dig(answer.body, "fields", "resolution", "name"))
        said = f"{words} ({resolution})" if resolution not in ("", words) else words
        return Reading(_STAGES.get(kind, Stage.OPEN), said)

    def _issue(self, issue: Any) -> Ticket | None:
        key = text(dig(issue, "key"))
        if not _KEY.fullmatch(key):
            return None
        return ticket(dig(issue, "id"), key, f"{self.place.url}/browse/{key}")

    def _request(self, method: str, path: str, body: Any = None, *, makes: bool = False) -> Request:
        user = base64.b64encode(f"{self.place.user}:{self.place.token}".encode()).decode()
        url = f"{self.place.url}/rest/api/3/{path}"
        return Request(method, url, {"Authorization": f"Basic {user}"}, body, makes)


def document(lines: tuple[str, ...]) -> dict[str, Any]:
    """A document with a paragraph for each line."""
    return {
        "type": "doc",
        "version": 1,
        "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines
        ],
    }


def _mark_line(mark: str) -> str:
    return f"Mark: {mark}"


def _is_marked(issue: Any, mark: str) -> bool:
    labels = dig(issue, "fields", "labels")
    lines = dig(issue, "fields", "description", "content")
    last = dig(lines[-1], "content", 0, "text") if isinstance(lines, list) and lines else None
    return (isinstance(labels, list) and mark in labels) or last == _mark_line(mark)


def _said(answer: Answer) -> str:
    messages, errors = dig(answer.body, "errorMessages"), dig(answer.body, "errors")
    said = [text(one) for one in (messages if isinstance(messages, list) else [])]
    if isinstance(errors, dict):
        said += [f"{text(name)}: {text(why)}" for name, why in errors.items()]
    return "; ".join(filter(None, said))
