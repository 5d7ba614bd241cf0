"""Who owns an action: only who is plainly named at its beginning, its end or in a column."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations import markdown_document
from integrations.markdown_owners import owner_in
from models.rules.record import ActionRecord, ReadOptions

SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "postmortems_markdown"
LOOKS_LIKE_A_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}")
STOP_WORDS = {"a", "an", "and", "for", "how", "in", "is", "of", "s", "tbd", "the", "to", "who"}


def actions(data: bytes) -> tuple[ActionRecord, ...]:
    options = ReadOptions(now=datetime(2024, 3, 20, 12, tzinfo=UTC), name="a.md")
    return markdown_document.read(data, options).postmortems[0].actions


@pytest.mark.parametrize(
    "text",
    [
        "Create a process for identifying the missing capability owners.",
        "Teach the Product Owners about how to look up the findings",
        "Give the service an owner and a runbook",
        "Give each service an owner.",
        "Add assignee to the template",
        "Update the owner field in the catalogue",
        "Document the ownership: who owns what",
        "Rename owner: team to owner: squad",
        "Tell the page owners.",
        "Owner: TBD",
        "Owner: the platform people",
        "Owner: Unknown",
        "Talk to @dave",
        "Ask the vendor with @dave and @ben about limits",
        "Warn with @here",
        "Move the package to left@pad",
        "Upgrade the runtime (Java)",
        "Rotate the keys — Monday",
        "Assigned to the wrong queue: mend the routing",
        "Make sure that tickets are assigned to Somebody at once",
        "Drive the adri: value",
        "Say who is responsible for what",
    ],
)
def test_nobody_is_made_an_owner_by_words_about_owners(text: str) -> None:
    assert owner_in(text) == ""


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Add an alert. Owner: Ada", "Ada"),
        ("Add an alert Owner: Ada Lovelace.", "Ada Lovelace"),
        ("Owner: Ada – add an alert", "Ada"),
        ("Add an alert, owner: Grace, https://tracker.example.org/13", "Grace"),
        ("Add an alert\n- **Owner:** Ada Lovelace\n- Due: 2024-05-06", "Ada Lovelace"),
        ("Add an alert [owner: Ada]", "Ada"),
        ("Add an alert (owner Ada)", "Ada"),
        ("Add an alert (assigned to Ada, due 2024-05-06)", "Ada"),
        ("Add an alert (DRI: Ludwig van Beek)", "Ludwig van Beek"),
        ("Add an alert. Owner: Platform team", "Platform team"),
        ("Add an alert. Owner: @dave-2", "dave-2"),
        ("Add an alert (@dave) due 2024-05-06", "dave"),
        ("Add an alert @dave", "dave"),
        ("Add an alert (@dave, @ben)", "dave"),
        ("@dave: add an alert", "dave"),
        ("@dave add an alert", "dave"),
        ("Add an alert — Ada Lovelace", "Ada Lovelace"),
        ("Add an alert — Ben", "Ben"),
    ],
)
def test_who_is_plainly_named_owns_the_action(text: str, owner: str) -> None:
    assert owner_in(text) == owner


@pytest.mark.parametrize("cell", ["TBD", "?", "–", "n/a", "Unassigned", "to be decided"])
def test_a_cell_that_names_nobody_leaves_the_owner_open(cell: str) -> None:
    table = f"# A\n## Action items\n| Action | Owner |\n|---|---|\n| Add an alert | {cell} |\n"
    assert [a.owner for a in actions(table.encode())] == [""]


WORDS = """
owner owners owner: Owner: assignee assigned to to: dri DRI: responsible @ada (@ben) [owner:
Ada Lovelace — – - ( ) ] the a and who team service's Add alert ownership: squad s. TBD, .
"""


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join))
def test_the_letters_of_an_owner_look_like_a_name(text: str) -> None:
    owner = owner_in(text)
    if owner:
        assert LOOKS_LIKE_A_NAME.fullmatch(owner), owner
        assert not STOP_WORDS & set(owner.lower().split()), owner
        assert owner[0].isupper() or f"@{owner}" in text, owner


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the checkout")
def test_no_sample_gets_an_owner_that_it_does_not_name() -> None:
    for path in sorted(SAMPLES.glob("*.md")):
        assert {a.owner for a in actions(path.read_bytes())} <= {""}, path.name
