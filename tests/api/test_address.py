"""A port that is taken is said in one line, before anything is announced."""

from __future__ import annotations

import socket

import pytest

from app import check_address
from models.rules.problems import ProblemForUser


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ProblemForUser, match=f"port {port}"):
            check_address("127.0.0.1", port)
    check_address("127.0.0.1", port)
