"""Colours that can be read: WCAG 2.2 AA, 4.5 to 1 for words and 3 to 1 for marks."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reports.drawings.ink import PALETTES
from reports.lettering import Theme

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
THEMES = tomllib.loads(CONFIG.read_text("utf-8"))["theme"]
WORDS, MARKS = 4.5, 3.0
CAPTION, HINT = 0.6, 0.64  # how much of the ink Streamlit gives a caption, and look.py a hint
LOOKS: tuple[Theme, ...] = ("light", "dark", "print")

Rgb = tuple[float, float, float]


def rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue


def faded(ink: str, paper: str, share: float) -> str:
    """The colour of ink that lets the paper shine through."""
    mixed = (round(a * share + b * (1 - share)) for a, b in zip(rgb(ink), rgb(paper), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def luminance(colour: str) -> float:
    parts = (part / 255 for part in rgb(colour))
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_words_captions_hints_and_links_can_be_read(name: str, ground: str) -> None:
    theme = THEMES[name]
    ink, paper = theme["textColor"], theme[ground]
    assert contrast(ink, paper) >= WORDS
    assert contrast(faded(ink, paper, CAPTION), paper) >= WORDS
    assert contrast(faded(ink, paper, HINT), paper) >= WORDS
    assert contrast(theme["linkColor"], paper) >= WORDS


@pytest.mark.parametrize("name", ["light", "dark"])
def test_white_on_a_primary_button_can_be_read_and_the_button_seen(name: str) -> None:
    theme = THEMES[name]
    assert contrast("#ffffff", theme["primaryColor"]) >= WORDS
    assert contrast(theme["primaryColor"], theme["backgroundColor"]) >= MARKS


@pytest.mark.parametrize("look", LOOKS)
def test_words_in_drawings_can_be_read(look: Theme) -> None:
    palette = PALETTES[look]
    for ground in (palette.paper, palette.panel):
        assert contrast(palette.ink, ground) >= WORDS
        assert contrast(palette.muted, ground) >= WORDS


@pytest.mark.parametrize("look", LOOKS)
def test_marks_and_severities_in_drawings_can_be_seen(look: Theme) -> None:
    palette = PALETTES[look]
    for colour in (palette.mark, *palette.severity.values()):
        assert contrast(colour, palette.paper) >= MARKS


@pytest.mark.parametrize("name", ["light", "dark"])
def test_drawings_can_be_read_on_the_page_too(name: Theme) -> None:
    paper = THEMES[name]["backgroundColor"]
    assert contrast(PALETTES[name].ink, paper) >= WORDS
    assert contrast(PALETTES[name].muted, paper) >= WORDS
