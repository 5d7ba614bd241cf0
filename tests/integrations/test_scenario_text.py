from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.scenario_text import scenario_text
from integrations.scenario_yaml import read_scenario
from models.rules.text import clean

TEXTS = st.text(max_size=200).map(lambda s: clean(s.encode("utf-8", "ignore").decode()))
KEYS = st.text(min_size=1, max_size=10).map(
    lambda s: clean(s.encode("utf-8", "ignore").decode(), limit=100)
)
VALUES = st.recursive(
    TEXTS | st.integers(-1000, 1000) | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=5))
def test_what_is_written_reads_back_unchanged(document: dict[str, Any]) -> None:
    comments = {(key,): "A comment that is long enough to be wrapped. " * 4 for key in document}
    assert read_scenario(scenario_text(document, comments).encode()).document == document


@pytest.mark.parametrize(
    "text",
    ["", "on", "1:30", "- a", "# no comment", "a: b", "'", '"', "a\ttab", "a  b " * 40 + "x",
     "word " * 40 + "end", "two\n\n  lines\nend", "trailing \nend", "| x", "%", "@", "null", "=",
     "last\n...", "---\nx", "long " * 30 + "\tx"],
)  # fmt: skip
def test_awkward_texts_stay_texts(text: str) -> None:
    document = {"title": text, "nodes": {"on": [text, {"body": text}]}}
    assert read_scenario(scenario_text(document, {}).encode()).document == document


def test_comments_stand_before_what_they_are_about() -> None:
    written = scenario_text(
        {"nodes": {"first": {"to": ["all", "ops"]}}, "count": 3},
        {("nodes", "first"): "Look here.", ("count",): "A number."},
    )
    assert written == (
        'nodes:\n  # Look here.\n  first:\n    to: ["all", "ops"]\n# A number.\ncount: 3\n'
    )
