"""Linear through its GraphQL API (linear.app/developers/graphql). The texts of the requests never
change: all that does goes beside them, as variables."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from integrations.http import Answer, Request
from integrations.tracker_talk import Reading, Talk, Ticket, check, dig, text, ticket, unreadable
from models.rules.tickets.draft import Draft
from models.rules.tickets.markdown import plain_markdown
from models.rules.tickets.places import LinearPlace
from models.rules.tickets.states import End, NotThere, Stage, TrackerProblem
from models.rules.vocabulary import Priority

NAME = "Linear"
TEAM = """query Team($key: String!) {
  teams(filter: { key: { eq: $key } }, first: 1) { nodes { id } }
}"""
MAKE = """mutation Make($input: IssueCreateInput!) {
  issueCreate(input: $input) { success issue { id identifier url } }
}"""
FIND = """query Find($id: ID!) {
  issues(filter: { id: { eq: $id } }, includeArchived: true, first: 1) {
    nodes { id identifier url state { name type } }
  }
}"""
_PRIORITIES = {Priority.HIGH: 2, Priority.MEDIUM: 3, Priority.LOW: 4}  # 1 is urgent
_STAGES = {
    "started": Stage.IN_PROGRESS,
    "completed": Stage.DONE,
    "canceled": Stage.DROPPED,
    "duplicate": Stage.DROPPED,
}
_STOPPING = {
    "AUTHENTICATION_ERROR": "does not accept the token of the settings",
    "FORBIDDEN": "does not let this token do that",
    "RATELIMITED": "takes no more requests now; try again in some minutes",
}


@dataclass(frozen=True)
class Linear:
    """`ref` is the UUID of an issue, which is ours: a second one with it is refused."""

    place: LinearPlace

    def make(self, draft: Draft) -> Talk[Ticket]:
        """Makes the issue, or finds that it is there: Linear answers a second one with “conflict
        on insert”."""
        team = yield from self._team()
        words = {
            "id": id_of(draft),
            "teamId": team,
            "title": draft.title,
            "description": "\n\n".join(map(plain_markdown, draft.about)),
            "priority": _PRIORITIES[draft.priority],
        }
        if draft.due_on:
            words["dueDate"] = draft.due_on.isoformat()
        request = self._request(MAKE, {"input": words}, makes=True)
        answer = yield request
        try:
            _check(request, answer)
        except TrackerProblem as problem:
            there = None
            if problem.end is End.REFUSED:
                there = yield from self._issue(id_of(draft))
            if there is None:
                raise
            return there[0]
        payload = dig(answer.body, "data", "issueCreate")
        made = _ticket(dig(payload, "issue"))
        if dig(payload, "success") is not True or made is None:
            raise unreadable(NAME, request)
        return made

    def find(self, draft: Draft, since: datetime) -> Talk[Ticket | None]:
        found = yield from self._issue(id_of(draft))
        return found[0] if found else None

    def look(self, ref: str) -> Talk[Reading]:
        found = yield from self._issue(ref)
        if found is None:
            raise NotThere(End.STOPPED, f"{NAME} has no such issue, or hides it from this token.")
        state = found[1]
        kind, words = text(dig(state, "type")), text(dig(state, "name"))
        return Reading(_STAGES.get(kind, Stage.OPEN), words or kind)

    def _team(self) -> Talk[str]:
        request = self._request(TEAM, {"key": self.place.team})
        answer = yield request
        _check(request, answer)
        team = text(dig(answer.body, "data", "teams", "nodes", 0, "id"))
        if not team:
            raise TrackerProblem(
                End.STOPPED, f"{NAME} has no team with the key {self.place.team}, or hides it from "
                "this token. Check HOTWASH_LINEAR_TEAM."
            )  # fmt: skip
        return team

    def _issue(self, issue_id: str) -> Talk[tuple[Ticket, Any] | None]:
        """The issue and its state, archived or not; None where there is none."""
        request = self._request(FIND, {"id": issue_id})
        answer = yield request
        _check(request, answer)
        nodes = dig(answer.body, "data", "issues", "nodes")
        if not isinstance(nodes, list):
            raise unreadable(NAME, request)
        found = _ticket(nodes[0]) if nodes else None
        return (found, dig(nodes[0], "state")) if found else None

    def _request(self, query: str, variables: dict[str, Any], *, makes: bool = False) -> Request:
        headers = {"Authorization": self.place.token}  # a personal key goes without “Bearer”
        body = {"query": query, "variables": variables}
        return Request("POST", self.place.url, headers, body, makes)


def id_of(draft: Draft) -> str:
    """The UUID of the issue of an action, always the same. Linear asks for version 4."""
    return str(UUID(bytes=hashlib.sha256(draft.mark.encode()).digest()[:16], version=4))


def _ticket(issue: Any) -> Ticket | None:
    return ticket(dig(issue, "id"), text(dig(issue, "identifier")), dig(issue, "url"))


def _check(request: Request, answer: Answer) -> None:
    """Linear tells most problems as errors in the answer, with status 200 or 400."""
    error = dig(answer.body, "errors", 0)
    if error is None:
        check(NAME, request, answer)
        return
    said = dig(error, "extensions", "userPresentableMessage") or dig(error, "message")
    code = text(dig(error, "extensions", "code"))
    if code in _STOPPING:
        raise TrackerProblem(End.STOPPED, f"{NAME} {_STOPPING[code]}.")
    if answer.status in (200, 400) and code != "INTERNAL_SERVER_ERROR":
        raise TrackerProblem(End.REFUSED, f"{NAME} did not take it. It said: {text(said)}")
    check(NAME, request, answer, text(said))
    raise unreadable(NAME, request)
