"""One request to one server: every end is told, and no server can hold us up or lead us away."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
import trustme

from integrations.http import LARGEST, Request, send, within
from models.rules.tickets.states import End, TrackerProblem

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@contextmanager
def server(
    talk: Callable[[socket.socket], None], tls: ssl.SSLContext | None = None
) -> Iterator[int]:
    """The port of a server that talks like this to whoever comes first."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def run() -> None:
            try:
                peer, _ = listening.accept()
                with tls.wrap_socket(peer, server_side=True) if tls else peer as talking:
                    talking.recv(65_536)
                    talk(talking)
            except OSError:  # the other side may leave at any time
                return

        thread = Thread(target=run, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(30)


def ask(port: int, scheme: str = "http") -> Request:
    return Request("POST", f"{scheme}://127.0.0.1:{port}/x", {"Authorization": "s3cret"}, {"a": 1})


def test_an_answer_is_read_as_json() -> None:
    with server(lambda peer: peer.sendall(HEAD + b'Content-Length: 8\r\n\r\n{"a": 1}')) as port:
        answer = send(ask(port))
    assert (answer.status, answer.body) == (200, {"a": 1})


def test_what_is_no_json_is_no_answer() -> None:
    with server(lambda peer: peer.sendall(HEAD + b"Content-Length: 4\r\n\r\n<b>!")) as port:
        assert send(ask(port)).body is None


def test_nothing_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(TrackerProblem, match="cannot be reached") as problem:
        send(ask(port))
    assert problem.value.end is End.STOPPED


def test_a_connection_that_ends_leaves_it_unknown() -> None:
    with server(lambda _: None) as port, pytest.raises(TrackerProblem) as problem:
        send(ask(port))
    assert problem.value.end is End.UNKNOWN


def test_a_server_that_says_a_letter_at_a_time_is_not_waited_for() -> None:
    left = Event()

    def drip(peer: socket.socket) -> None:
        peer.sendall(HEAD + b"Content-Length: 1000\r\n\r\n")
        while not left.wait(0.05):
            peer.sendall(b" ")

    with server(drip) as port:
        with pytest.raises(TrackerProblem) as problem:
            send(ask(port), answer=0.5)
        left.set()
    assert problem.value.end is End.UNKNOWN


def test_an_endless_answer_is_left() -> None:
    def pour(peer: socket.socket) -> None:
        peer.sendall(HEAD + b"\r\n")
        for _ in range(2 * LARGEST // 65_536):
            peer.sendall(b" " * 65_536)

    with server(pour) as port, pytest.raises(TrackerProblem, match="far more"):
        send(ask(port))


def test_a_redirect_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    with server(lambda peer: peer.sendall(moved)) as port:
        assert send(ask(port)).status == 302


def test_a_certificate_that_nobody_vouches_for_gets_no_token() -> None:
    heard: list[bytes] = []
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with (
        server(lambda peer: heard.append(peer.recv(10)), tls) as port,
        pytest.raises(TrackerProblem, match="cannot be trusted") as problem,
    ):
        send(ask(port, "https"))
    assert (problem.value.end, heard) == (End.STOPPED, [])


def test_no_time_left_is_nothing_sent() -> None:
    with pytest.raises(TrackerProblem, match="takes too long") as problem:
        within(0)(ask(9))
    assert problem.value.end is End.STOPPED


def test_a_request_shows_no_token() -> None:
    assert "s3cret" not in repr(ask(9))
