"""Drawings hold together whatever they are given: none, one, sixty or ten thousand."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from models.rules.record import ClockTime, EventRecord, WhyRecord
from models.rules.vocabulary import Clock, EventKind, Severity
from reports.drawings import phase_strip, timeline_picture, why_tree
from reports.drawings.why_layout import in_slices, lay_out
from reports.lettering import Theme, text_width, wrapped
from tests.reports.hostile import PROBES
from tests.reports.sample import at, incident, whys

THEMES: tuple[Theme, ...] = ("light", "dark", "print")
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    """The drawing; the texts in it lie between its edges."""
    root = ET.fromstring(svg)  # our own
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for text in root.iter(f"{SVG}text"):
        x, y, size = (float(text.attrib[name]) for name in ("x", "y", "font-size"))
        wide = text_width(text.text or "", size)
        anchor = text.attrib.get("text-anchor", "start")
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[anchor]
        assert left >= -1, text.text
        assert left + wide <= width + 1, text.text
        assert 0 < y <= height, text.text
    return root


def chain(levels: int) -> WhyRecord:
    why = WhyRecord("the last of them")
    for level in range(levels - 1):
        why = WhyRecord(f"because of what stood at level {levels - level}", children=(why,))
    return why


def row(many: int) -> WhyRecord:
    return WhyRecord("it stopped", children=tuple(WhyRecord(f"cause {n}") for n in range(many)))


@pytest.mark.parametrize("theme", THEMES)
def test_every_drawing_says_what_it_shows(theme: Theme) -> None:
    told = incident()
    drawings = (
        phase_strip(told.clocks, severity=told.severity, zone="UTC", theme=theme),
        timeline_picture(told.events, told.clocks, severity=told.severity, theme=theme),
        why_tree(whys(), theme=theme),
    )
    for drawing in drawings:
        root = parsed(drawing)
        assert root.attrib["role"] == "img"
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")


@pytest.mark.parametrize("levels", [1, 5, 60, 100])
def test_a_chain_of_whys_is_drawn_whole(levels: int) -> None:
    root = parsed(why_tree((chain(levels),)))
    assert len(root.findall(f"{SVG}rect")) == levels


@pytest.mark.parametrize("many", [1, 4, 60, 500])
def test_many_causes_side_by_side_are_drawn_whole(many: int) -> None:
    root = parsed(why_tree((row(many),)))
    assert len(root.findall(f"{SVG}rect")) == many + 1


def test_boxes_do_not_overlap() -> None:
    for roots in (whys(), (row(3), chain(2)), (row(40),), (*whys(), chain(6), row(5))):
        boxes = lay_out(roots, 680, "print").boxes
        for i, a in enumerate(boxes):
            for b in boxes[i + 1 :]:
                apart = (
                    a.x + a.width <= b.x or b.x + b.width <= a.x
                    or a.y + a.height <= b.y or b.y + b.height <= a.y
                )  # fmt: skip
                assert apart, (a.number, b.number)


def test_a_small_tree_stands_and_a_wide_one_is_indented() -> None:
    assert not lay_out(whys(), 680, "print").in_rows
    assert lay_out((row(12),), 680, "print").in_rows


def test_a_tree_cut_for_pages_loses_no_box() -> None:
    tree = lay_out((row(60), chain(30)), 657, "print")
    pieces = in_slices(tree, 190)
    assert len(pieces) > 5
    assert [box.number for piece in pieces for box in piece.boxes] == [b.number for b in tree.boxes]
    assert all(0 <= box.y < piece.height for piece in pieces for box in piece.boxes)
    assert sum(piece.height for piece in pieces) == pytest.approx(tree.height)


@pytest.mark.parametrize("known", [(), (Clock.DETECTED,), (Clock.DETECTED, Clock.RESOLVED)])
def test_a_strip_of_few_clocks(known: tuple[Clock, ...]) -> None:
    clocks = {clock: time for clock, time in incident().clocks.items() if clock in known}
    parsed(phase_strip(clocks, severity=None, zone="UTC"))


def test_clocks_at_the_same_moment_and_days_apart() -> None:
    same = {clock: ClockTime(at("09:00")) for clock in Clock}
    days = {clock: ClockTime(at("09:00", 9 * n)) for n, clock in enumerate(Clock)}
    for clocks in (same, days):
        for width in (360, 680, 1400):
            parsed(phase_strip(clocks, severity=Severity.SEV0, zone="Asia/Kolkata", width=width))


def test_ten_thousand_events_are_a_small_drawing() -> None:
    kinds = list(EventKind)
    events = [
        EventRecord(at("00:00") + timedelta(seconds=31 * n), "x", kind=kinds[n % len(kinds)])
        for n in range(10_000)
    ]
    svg = timeline_picture(events, {})
    parsed(svg)
    assert len(svg) < 200_000


def test_one_event_and_none() -> None:
    parsed(timeline_picture([EventRecord(at("09:00"), "x")], {}))
    assert "No events yet." in timeline_picture([], {})


def test_a_long_silence_is_pointed_out() -> None:
    events = [EventRecord(at(time), "x") for time in ("09:00", "09:05", "11:00", "11:05")]
    assert "1 h 55 min without an event" in timeline_picture(events, {})


@pytest.mark.parametrize("name", PROBES)
def test_text_in_drawings_is_only_text(name: str) -> None:
    root = parsed(why_tree((WhyRecord(PROBES[name] or "-", factors=(PROBES[name],)),)))
    elements = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert elements <= {"svg", "title", "desc", "rect", "path", "text"}


def test_severity_is_said_in_colour_and_phases_in_words() -> None:
    told = incident()
    strips = {s: phase_strip(told.clocks, severity=s, zone="UTC") for s in Severity}
    assert len({re.sub(r"\s", "", strip) for strip in strips.values()}) == len(Severity)
    assert all("Investigation" in strip for strip in strips.values())


def test_wrapped_lines_fit_and_keep_every_letter() -> None:
    text = "short words and oneverylongwordwithoutanyspace" * 3
    lines = wrapped(text, 11.5, 120, 99, "print")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 11.5) <= 120 for line in lines)
