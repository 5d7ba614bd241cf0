"""Whatever stands in a scenario file, the check ends with findings and never with an exception."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.scenario_yaml import read_scenario
from models.rules.scenario.check import check

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "scenarios"
SOURCE = read_scenario((FIXTURES / "queue.yaml").read_bytes())
ODD = [None, True, 0, -1, 10**17, "", "x", "all", "waiting", "skipping", "mood", "true", "end_good",
       "repair", "1 +", "waiting > mood", "waiting * waiting", [], {}, [[]], {"a": {}}, ["x"],
       {"id": "x"}, "SEV9", "2026-01-01"]  # fmt: skip


def paths(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    inside = value.items() if isinstance(value, dict) else []
    inside = enumerate(value) if isinstance(value, list) else inside
    for key, part in inside:
        yield (*path, key)
        yield from paths(part, (*path, key))


PATHS = list(paths(SOURCE.document))
REMOVED = object()


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), st.sampled_from([*ODD, REMOVED])), max_size=3))
def test_any_part_can_be_anything(changes: list[tuple[tuple[str | int, ...], object]]) -> None:
    document: Any = deepcopy(SOURCE.document)
    for path, value in changes:
        inside = document
        try:
            for key in path[:-1]:
                inside = inside[key]
            if value is REMOVED:
                del inside[path[-1]]
            else:
                inside[path[-1]] = deepcopy(value)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    report = check(replace(SOURCE, document=document))
    assert report.scenario is not None or report.errors
    assert all(f.message and f.fix and f.place and f.line for f in report.findings)
