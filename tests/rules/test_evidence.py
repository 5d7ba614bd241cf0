"""What may be linked to."""

from __future__ import annotations

import pytest

from models.rules.evidence import LONGEST_LINK, check_link
from models.rules.problems import ProblemForUser


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://grafana.example.com/d/1?from=now-1h&to=now#panel", None),
        ("http://wiki.internal:8080", None),
        ("HTTPS://Example.com/A", None),
        ("  https://example.com/a\n", "https://example.com/a"),
        ("https://example.com/üñ?q=ü", None),
        ("https://[2001:db8::1]/status", None),
        ("https://example.com/@ada/graph", None),
        ("https://example.com?mail=ada@example.com", None),
        ("https://example.com/\x00a", "https://example.com/a"),
    ],
)
def test_whole_addresses_are_kept_as_they_are(typed: str, kept: str | None) -> None:
    assert check_link(typed) == (kept or typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "example.com/a",
        "//example.com/a",
        "https://",
        "https:///a",
        "https:/example.com",
        "https://two words.example.com",
        "https://example.com/a b",
        "https://example.com/a\nhttps://example.com/b",
        "javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.com/a",
        "mailto:ada@example.com",
        "https",
    ],
)
def test_anything_else_is_no_link(typed: str) -> None:
    with pytest.raises(ProblemForUser, match="begins with https") as problem:
        check_link(typed)
    assert problem.value.field == "link"


@pytest.mark.parametrize(
    "typed",
    [
        "https://ada:secret@example.com/",
        "https://ada@example.com",
        "https://example.com@evil.example/",
        "https://example.com\\@evil.example/",
    ],
)
def test_a_name_or_password_in_a_link_is_not_kept(typed: str) -> None:
    with pytest.raises(ProblemForUser, match="name or password"):
        check_link(typed)


def test_a_link_has_room_for_a_long_query_and_no_more() -> None:
    longest = "https://example.com/?q=".ljust(LONGEST_LINK, "x")
    assert check_link(longest) == longest
    with pytest.raises(ProblemForUser, match=r"2,001 characters long; 2,000 fit"):
        check_link(longest + "x")
