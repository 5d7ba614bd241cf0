"""The drawings of a run: every time at its place, every word inside, readable without colour."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.scenario_yaml import read_scenario
from models.rules.exercise.headless import play
from models.rules.exercise.report import AfterActionRecord, after_action
from models.rules.scenario.check import check
from reports.drawings.exercise_axis import NEVER_CUT, story_axis
from reports.drawings.exercise_path import path_drawings
from reports.drawings.exercise_placed import SIZE, Placed
from reports.drawings.exercise_run import LANES, run_drawing
from reports.lettering import text_width
from tests.reports.exercise_sample import everywhere, nothing_yet, solo_facts, team_facts

SCENARIOS = sorted((Path(__file__).resolve().parents[2] / "scenarios").glob("*.yaml"))
HOUR = 3600


def played(file: Path) -> AfterActionRecord:
    scenario = check(read_scenario(file.read_bytes())).scenario
    assert scenario is not None
    return after_action(scenario, play(scenario, ()).log)


def drawings(record: AfterActionRecord) -> list[Placed]:
    stops = record.trace.stops
    pieces = path_drawings(stops, width=657, theme="print", slice=300)
    return [run_drawing(record, width=657, theme="print"), *pieces]


def assert_inside(drawing: Placed) -> None:
    ElementTree.fromstring(drawing.svg("print"))  # well-formed
    for words in drawing.words:
        wide = text_width(words.text, SIZE, "print")
        left = words.x - {"start": 0, "middle": wide / 2, "end": wide}[words.anchor]
        assert left >= -0.5, words
        assert left + wide <= drawing.width + 0.5, words
        assert 0 < words.y <= drawing.height, words


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: file.stem)
def test_every_shipped_scenario_is_drawn_with_all_its_words_inside(file: Path) -> None:
    for drawing in drawings(played(file)):
        assert_inside(drawing)


@pytest.mark.parametrize("word", ["W" * 300, "漢字" * 150, "a b " * 75])
def test_words_of_any_length_stay_inside(word: str) -> None:
    for drawing in drawings(everywhere(word).record):
        assert_inside(drawing)


def test_the_first_time_is_at_the_left_and_the_last_at_the_right() -> None:
    axis = story_axis([120, 600, 1800], 84, 650)
    assert (axis.x(0), round(axis.x(1800))) == (84, 650)
    assert axis.cuts == ()
    assert round(axis.x(900), 3) == round((84 + 650) / 2, 3)


def test_a_silence_of_days_is_cut_short_and_an_hour_is_not() -> None:
    axis = story_axis([0, 10 * 60, 70 * 60, 80 * 60, 50 * HOUR, 50 * HOUR + 600], 0, 600)
    assert axis.cuts == ((80 * 60, 50 * HOUR),)
    assert axis.x(80 * 60) > 400  # what happened has the room
    assert round(axis.x(50 * HOUR + 600)) == 600


@given(st.lists(st.integers(0, 10_000_000), max_size=60))
def test_later_never_stands_left_of_earlier_and_ticks_do_not_touch(times: list[int]) -> None:
    axis = story_axis(times, 84, 650)
    places = [axis.x(t) for t in sorted(times)]
    assert all(a <= b + 1e-6 for a, b in pairwise(places))
    assert all(83.9 <= x <= 650.1 for x in places)
    ticks = [axis.x(t) for t in axis.ticks()]
    assert all(b - a >= 50 for a, b in pairwise(ticks))
    assert all(end - start > NEVER_CUT for start, end in axis.cuts)


def test_every_lane_is_named_in_words() -> None:
    words = {w.text for w in run_drawing(team_facts().record, width=657, theme="print").words}
    assert set(LANES.values()) <= words


def test_the_size_does_not_grow_with_the_number_of_events() -> None:
    record = team_facts().record
    lines = record.timeline
    many = tuple(replace(lines[n % len(lines)], event=n, story=n * 7) for n in range(5_000))
    drawn = run_drawing(replace(record, timeline=many), width=657, theme="print")
    assert drawn.height < 500
    assert len(drawn.svg("print")) < 200_000


def test_a_run_without_events_says_so() -> None:
    drawn = run_drawing(nothing_yet().record, width=657, theme="print")
    assert drawn.told == "Nothing has happened in this run yet."
    assert drawings(nothing_yet().record)[1:] == []


def test_the_drawing_tells_a_screen_reader_what_it_shows() -> None:
    told = run_drawing(team_facts().record, width=657, theme="print").told
    assert "31 minutes of the story" in told
    assert "decided 3" in told
    assert "Customers hurt: minute 0 to 31" in told


def test_ways_not_taken_are_dashed_and_the_ending_is_named() -> None:
    (piece,) = path_drawings(solo_facts().record.trace.stops, width=657, theme="page", slice=9_999)
    assert piece.svg("page").count("stroke-dasharray") == 5
    assert any(w.text == "Ending: good" for w in piece.words)
    assert re.search(r"chosen: Option drain → Can we close\?, 2 branches not taken", piece.told)
