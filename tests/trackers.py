"""Local servers in the place of Jira, GitHub and Linear, which refuse what those refuse.

Jira and GitHub are written by hand from their REST documentation; Linear checks every request
against a GraphQL schema. None of them asks the network for anything.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from graphql import GraphQLSchema, graphql_sync

TOKEN = "s3cret-token"
Said = tuple[int, Any]


@dataclass
class Fault:
    """What happens to one request instead of an answer. `after` the tracker has done it."""

    status: int = 0  # 0: the connection ends without an answer
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    after: bool = False
    only: str = "POST"


class Tracker:
    """A server on a free port of this machine. `faults` are for the next requests, one each."""

    def __init__(self) -> None:
        self.issues: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str, Any]] = []
        self.faults: list[Fault] = []
        self.lock = Lock()
        self.on_request: Callable[[], None] = lambda: None
        tracker = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                tracker.handle(self, None)

            def do_POST(self) -> None:
                size = int(self.headers.get("Content-Length", "0"))
                tracker.handle(self, self.rfile.read(size))

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def handle(self, asked: BaseHTTPRequestHandler, content: bytes | None) -> None:
        self.on_request()
        with self.lock:
            body = json.loads(content) if content else None
            self.asked.append((asked.command, asked.path, body))
            fault = self._fault(asked.command)
            if fault and not fault.after:
                self._say(asked, fault.status, fault.body, fault.headers)
                return
            if content and asked.headers.get("Content-Type") != "application/json":
                status, said = 415, {"message": "not JSON"}
            elif not asked.headers.get("User-Agent"):
                status, said = 403, {"message": "Request forbidden by administrative rules."}
            else:
                status, said = self.answer(asked, body)
            if fault:
                status, said = fault.status, fault.body
            self._say(asked, status, said, {})

    def answer(self, asked: BaseHTTPRequestHandler, body: Any) -> Said:
        raise NotImplementedError

    def _fault(self, method: str) -> Fault | None:
        if self.faults and self.faults[0].only == method:
            return self.faults.pop(0)
        return None

    def _say(self, asked: Any, status: int, said: Any, headers: dict[str, str]) -> None:
        if status == 0:
            asked.close_connection = True
            return
        content = said if isinstance(said, bytes) else json.dumps(said).encode()
        asked.send_response(status)
        for name, value in {"Content-Length": str(len(content)), **headers}.items():
            asked.send_header(name, value)
        asked.end_headers()
        asked.wfile.write(content)


class FakeGitHub(Tracker):
    """docs.github.com/rest/issues/issues: “Create an issue”, “List repository issues”, “Get”."""

    def answer(self, asked: BaseHTTPRequestHandler, body: Any) -> Said:
        if asked.headers.get("Authorization") != f"Bearer {TOKEN}":
            return 401, {"message": "Bad credentials"}
        parts = urlsplit(asked.path)
        if not parts.path.startswith("/repos/example/shop/issues"):
            return 404, {"message": "Not Found"}
        if asked.command == "POST":
            return self.make(body)
        number = parts.path.removeprefix("/repos/example/shop/issues").strip("/")
        if number:
            found = [issue for issue in self.issues if str(issue["number"]) == number]
            return (200, found[0]) if found else (404, {"message": "Not Found"})
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        since = datetime.fromisoformat(query["since"])
        rows = [i for i in self.issues if datetime.fromisoformat(i["updated_at"]) >= since]
        rows = [i for i in rows if query["state"] in ("all", i["state"])]
        size, page = int(query["per_page"]), int(query["page"])
        return 200, rows[::-1][(page - 1) * size : page * size]

    def make(self, body: Any) -> Said:
        known = {"title", "body", "labels", "assignees", "milestone", "type"}
        is_fine = (
            isinstance(body.get("title"), str)
            and 0 < len(body["title"]) <= 256
            and len(body.get("body", "")) <= 65_536
            and all(isinstance(label, str) for label in body.get("labels", []))
            and set(body) <= known
        )
        if not is_fine:
            errors = [{"resource": "Issue", "field": "title", "code": "missing_field"}]
            return 422, {"message": "Validation Failed", "errors": errors}
        number = len(self.issues) + 1
        issue = {
            **body,
            "number": number,
            "state": "open",
            "state_reason": None,
            "updated_at": datetime.now(UTC).isoformat(),
            "html_url": f"https://github.com/example/shop/issues/{number}",
        }
        self.issues.append(issue)
        return 201, issue


class FakeJira(Tracker):
    """developer.atlassian.com/cloud/jira/platform/rest/v3: “Create issue”, “Search for issues using
    JQL”, “Get issue”. `lacks` are fields that are not on the form of the project."""

    lacks: frozenset[str] = frozenset()

    def answer(self, asked: BaseHTTPRequestHandler, body: Any) -> Said:
        user = base64.b64encode(f"ada@example.com:{TOKEN}".encode()).decode()
        if asked.headers.get("Authorization") != f"Basic {user}":
            return 401, {"errorMessages": ["Client must be authenticated."], "errors": {}}
        path = urlsplit(asked.path).path
        if (asked.command, path) == ("POST", "/rest/api/3/issue"):
            return self.make(body["fields"])
        if (asked.command, path) == ("POST", "/rest/api/3/search/jql"):
            return self.search(body)
        found = [issue for issue in self.issues if path == f"/rest/api/3/issue/{issue['id']}"]
        if not found:
            return 404, {"errorMessages": ["Issue does not exist."], "errors": {}}
        return 200, found[0]

    def make(self, fields: dict[str, Any]) -> Said:
        wrong = {name: f"Field '{name}' cannot be set." for name in self.lacks & set(fields)}
        known = {
            "project", "issuetype", "summary", "description", "labels", "priority", "duedate",
        }  # fmt: skip
        wrong |= dict.fromkeys(set(fields) - known, "unknown field")
        if fields["project"] != {"key": "OPS"}:
            wrong["project"] = "valid project is required"
        if fields["issuetype"] != {"name": "Task"}:
            wrong["issuetype"] = "Specify a valid issue type"
        summary = fields.get("summary", "")
        if not 0 < len(summary) <= 255 or "\n" in summary:
            wrong["summary"] = "The summary is invalid because it is empty, long, or has newlines."
        if any(" " in label for label in fields.get("labels", [])):
            wrong["labels"] = "The label can't contain spaces."
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", fields.get("duedate", "2026-01-01")):
            wrong["duedate"] = "Error parsing date string"
        if fields.get("priority", {"name": "High"})["name"] not in ("High", "Medium", "Low"):
            wrong["priority"] = "Specify a valid 'name' for Priority"
        if not is_document(fields.get("description")):
            wrong["description"] = "Operation value must be an Atlassian Document"
        if wrong:
            return 400, {"errorMessages": [], "errors": wrong}
        number = len(self.issues) + 1
        state = {"name": "To Do", "statusCategory": {"key": "new"}}
        issue = {
            "id": str(10_000 + number),
            "key": f"OPS-{number}",
            "fields": {**fields, "status": state, "resolution": None},
        }
        self.issues.append(issue)
        return 201, {"id": issue["id"], "key": issue["key"], "self": "https://example.test/"}

    def search(self, body: Any) -> Said:
        asked = re.fullmatch(
            r'project = "OPS" AND \(labels = "([\w-]+)" OR description ~ "\1"\)'
            r" ORDER BY created ASC",
            body["jql"],
        )
        if not asked or not set(body) <= {"jql", "fields", "maxResults", "nextPageToken"}:
            return 400, {"errorMessages": ["Error in the JQL Query"], "errors": {}}
        found = [i for i in self.issues if asked[1] in json.dumps(i["fields"])]
        return 200, {"issues": found[: body["maxResults"]], "isLast": True}


def is_document(value: Any) -> bool:
    """The part of the Atlassian Document Format that plain paragraphs need."""
    return (
        isinstance(value, dict)
        and (value.get("type"), value.get("version")) == ("doc", 1)
        and all(
            part["type"] == "paragraph"
            and all(run["type"] == "text" and run["text"] for run in part["content"])
            for part in value["content"]
        )
    )


class FakeLinear(Tracker):
    """Every request is checked against the schema and run over what is kept here."""

    TEAM = "9cfb482a-81e3-4154-b5b9-2c805e70a02d"

    def __init__(self, schema: GraphQLSchema) -> None:
        super().__init__()
        self.schema = schema

    def answer(self, asked: BaseHTTPRequestHandler, body: Any) -> Said:
        if asked.headers.get("Authorization") != TOKEN:
            refusal = {"message": "Authentication required", "extensions": {
                "code": "AUTHENTICATION_ERROR"}}  # fmt: skip
            return 401, {"errors": [refusal]}
        root = {"teams": self.teams, "issues": self.find, "issueCreate": self.make}
        ended = graphql_sync(self.schema, body["query"], root, variable_values=body["variables"])
        said: dict[str, Any] = {"data": ended.data}
        if ended.errors:
            said["errors"] = [
                {"message": e.message, "extensions": {"code": "INPUT_ERROR"}} for e in ended.errors
            ]
        return (400 if ended.data is None else 200), said

    def teams(self, _info: Any, filter: Any, first: int) -> Any:
        key = filter["key"]["eq"]
        return {"nodes": [{"id": self.TEAM}] if key == "OPS" else []}

    def find(self, _info: Any, filter: Any, first: int, **_archived: Any) -> Any:
        return {"nodes": [i for i in self.issues if i["id"] == filter["id"]["eq"]][:first]}

    def make(self, _info: Any, input: Any) -> Any:
        if input["teamId"] != self.TEAM or UUID(input["id"]).version != 4 or not input["title"]:
            raise ValueError("Argument Validation Error")
        if any(issue["id"] == input["id"] for issue in self.issues):
            raise ValueError("conflict on insert of Issue")
        number = len(self.issues) + 1
        issue = {
            **input,
            "identifier": f"OPS-{number}",
            "url": f"https://linear.app/example/issue/OPS-{number}",
            "state": {"name": "Backlog", "type": "backlog"},
        }
        self.issues.append(issue)
        return {"success": True, "issue": issue}
