"""GitHub Issues through the REST API (docs.github.com/rest/issues, version 2022-11-28)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from integrations.http import Answer, Request
from integrations.tracker_talk import Reading, Talk, Ticket, check, dig, text, ticket, unreadable
from models.rules.tickets.draft import Draft
from models.rules.tickets.markdown import plain_on_github
from models.rules.tickets.places import GitHubPlace
from models.rules.tickets.states import End, Stage, TrackerProblem

NAME = "GitHub"
PAGES = 20  # of a hundred issues, changed since the push was noted
CLOCKS_DIFFER = timedelta(minutes=10)
_MARK = re.compile(r"<!-- (hotwash-[A-Za-z0-9_-]+) -->\s*\Z")


@dataclass(frozen=True)
class GitHub:
    """`ref` is the path of an issue below the API: `repos/example/shop/issues/12`."""

    place: GitHubPlace

    def make(self, draft: Draft) -> Talk[Ticket]:
        """Makes the issue. The mark is a comment in its last line, which readers do not see."""
        body = "\n\n".join(map(plain_on_github, draft.about)) + f"\n\n<!-- {draft.mark} -->"
        labels = list(draft.labels)
        request = self._request(
            "POST",
            f"repos/{self.place.repository}/issues",
            {"title": draft.title, "body": body, "labels": labels},
            makes=True,
        )
        answer = yield request
        check(NAME, request, answer, _said(answer))
        made = self._issue(answer.body)
        if made is None:
            raise unreadable(NAME, request)
        return made

    def find(self, draft: Draft, since: datetime) -> Talk[Ticket | None]:
        """The issue with the mark among those changed since. The list is used rather than the
        search, which learns of new issues late."""
        begins = (since - CLOCKS_DIFFER).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for page in range(1, PAGES + 1):
            query = urlencode({"state": "all", "since": begins, "per_page": 100, "page": page})
            request = self._request("GET", f"repos/{self.place.repository}/issues?{query}")
            answer = yield request
            check(NAME, request, answer, _said(answer))
            if not isinstance(answer.body, list):
                raise unreadable(NAME, request)
            for issue in answer.body:
                body = dig(issue, "body")
                mark = _MARK.search(body) if isinstance(body, str) else None
                if mark and mark[1] == draft.mark and (found := self._issue(issue)):
                    return found
            if len(answer.body) < 100:
                return None
        raise TrackerProblem(
            End.UNKNOWN, f"{NAME} has too many new issues to look through for this one."
        )

    def look(self, ref: str) -> Talk[Reading]:
        request = self._request("GET", ref)
        answer = yield request
        check(NAME, request, answer, _said(answer))
        state, reason = text(dig(answer.body, "state")), text(dig(answer.body, "state_reason"))
        if state not in ("open", "closed"):
            raise unreadable(NAME, request)
        words = f"{state}, {reason.replace('_', ' ')}" if reason else state
        if state == "open":
            return Reading(Stage.OPEN, words)
        is_done = reason in ("", "completed")
        return Reading(Stage.DONE if is_done else Stage.DROPPED, words)

    def _issue(self, issue: Any) -> Ticket | None:
        number = dig(issue, "number")
        if not isinstance(number, int):
            return None
        ref = f"repos/{self.place.repository}/issues/{number}"
        return ticket(ref, f"#{number}", dig(issue, "html_url"))

    def _request(self, method: str, path: str, body: Any = None, *, makes: bool = False) -> Request:
        headers: Mapping[str, str] = {
            "Authorization": f"Bearer {self.place.token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        return Request(method, f"{self.place.url}/{path}", headers, body, makes)


def _said(answer: Answer) -> str:
    """`message`, and the fields that a 422 names."""
    errors = dig(answer.body, "errors")
    fields = [
        text(dig(error, "message")) or f"{text(dig(error, 'field'))} {text(dig(error, 'code'))}"
        for error in (errors if isinstance(errors, list) else [])
    ]
    return "; ".join([text(dig(answer.body, "message")), *fields]).strip("; ")
