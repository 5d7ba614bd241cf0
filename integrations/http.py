"""One request to one server, with an end that is always told: time limits, TLS that is verified,
answers of a bounded size, no redirects. What is sent is never logged: tokens are in it."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from models.rules.tickets.states import End, TrackerProblem

CONNECT = 10.0  # seconds
ANSWER = 30.0  # seconds for the whole answer
LARGEST = 8 * 1024 * 1024  # bytes of an answer
_CHUNK = 64 * 1024


@dataclass(frozen=True)
class Request:
    """`headers` hold the token, so they are not shown. `body` is sent as JSON. `makes` when a
    ticket may be there afterwards."""

    method: str
    url: str
    headers: Mapping[str, str] = field(repr=False)
    body: Any = None
    makes: bool = False


@dataclass(frozen=True)
class Answer:
    """`headers` by their names in small letters; `body` is the JSON, None where there was none."""

    status: int
    headers: Mapping[str, str]
    body: Any


def within(seconds: float) -> Callable[[Request], Answer]:
    """A `send` for several requests that take so long at most, all together."""
    end = time.monotonic() + seconds

    def send_one(request: Request) -> Answer:
        left = end - time.monotonic()
        if left <= 0:
            host = urlsplit(request.url).hostname
            raise TrackerProblem(End.STOPPED, f"{host} takes too long to answer.")
        return send(request, connect=min(CONNECT, left), answer=min(ANSWER, left))

    return send_one


def send(request: Request, *, connect: float = CONNECT, answer: float = ANSWER) -> Answer:
    """The answer of the server, whatever its status. Raises TrackerProblem: `stopped` when the
    request surely did not arrive, `unknown` when it may have."""
    parts = urlsplit(request.url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        secure = ssl.create_default_context()
        connection = http.client.HTTPSConnection(host, parts.port, timeout=connect, context=secure)
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=connect)
    try:
        try:
            connection.connect()
        except OSError as error:
            raise TrackerProblem(End.STOPPED, _not_reached(host, error)) from error
        deadline = time.monotonic() + answer
        try:
            return _ask(connection, request, deadline)
        except (OSError, http.client.HTTPException) as error:
            raise _unknown(host, "did not say how it ended") from error
    finally:
        connection.close()


def _ask(connection: http.client.HTTPConnection, request: Request, deadline: float) -> Answer:
    parts = urlsplit(request.url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"Accept": "application/json", "User-Agent": "Hotwash", **request.headers}
    content = None
    if request.body is not None:
        content = json.dumps(request.body).encode()
        headers["Content-Type"] = "application/json"
    opened = connection.sock  # the answer takes the socket over where the server will hang up
    opened.settimeout(_left(deadline))
    connection.request(request.method, path, content, headers)
    answer = connection.getresponse()
    text = bytearray()
    while True:
        opened.settimeout(_left(deadline))
        part = answer.read1(_CHUNK)
        if not part:
            break
        text += part
        if len(text) > LARGEST:
            raise _unknown(parts.hostname or "", "sent far more than was asked for")
    known = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, known, _json(bytes(text)))


def _left(deadline: float) -> float:
    """The seconds that are left. A server that sends a byte at a time is not waited for."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _json(content: bytes) -> Any:
    try:
        return json.loads(content) if content else None
    except (ValueError, RecursionError):
        return None


def _unknown(host: str, what: str) -> TrackerProblem:
    return TrackerProblem(End.UNKNOWN, f"{host} {what}.")


def _not_reached(host: str, error: OSError) -> str:
    match error:
        case ssl.SSLCertVerificationError():
            return (
                f"{host} showed a certificate that cannot be trusted ({error.verify_message}), so "
                "nothing was sent."
            )
        case ssl.SSLError():
            return f"{host} does not speak TLS, so nothing was sent."
        case socket.gaierror():
            return f"{host} was not found. Check the address in the settings, or the network."
        case TimeoutError():
            return f"{host} cannot be reached: it does not answer."
    return f"{host} cannot be reached: nothing answers there."
