"""The charts of the trends as files: the values as CSV, the drawing as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from models.rules.metrics.charts import chart, months_between, periods, readable
from models.rules.metrics.measures import MEASURES, Key
from models.rules.policy import Thing, Verb, Who, may
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.vocabulary import Severity
from reports.drawings import ink
from reports.drawings.exercise_placed import Placed
from reports.drawings.monthly_counts import counts_drawing
from reports.drawings.trend import trend_drawing
from reports.trend_csv import counts_csv, summary_csv, values_csv
from services.documents import Document
from services.metrics import Trends, get_trends, list_dots
from services.trend_choice import TrendChoice, trend_choice

SUMMARY, FREQUENCY = "summary", "frequency"
FORMATS = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml"}
WIDTH = 960.0  # CSS pixels
MONTHS_DRAWN = 60
NOTHING = "The chosen incidents have no such value, so there is nothing to draw."


def export_trends(who: Who, name: str, format: str, words: Mapping[str, str]) -> Document:
    """A file of what the words of the address ask for (see `trend_choice`). `name` is a measure
    (every value), `summary` (each measure over all and by period) or `frequency`; `format` is csv
    or svg. Raises NotFound for another name, ProblemForUser for a drawing that there is not."""
    if not may(who, Verb.EXPORT, Thing.INCIDENT):
        raise NotAllowed("Choose your name first: Hotwash notes who writes and signs.")
    if format not in FORMATS or name not in (*Key, SUMMARY, FREQUENCY):
        raise NotFound("There is no such file.")
    choice = trend_choice(who, words)
    write = _csv if format == "csv" else _svg
    content = write(who, name, choice).encode()
    return Document(f"{name.replace('_', '-')}.{format}", FORMATS[format], content)


def months_drawn(trends: Trends) -> tuple[str, ...]:
    """Every month from the first to the last one with incidents, the newest MONTHS_DRAWN."""
    found = [row.month for row in trends.frequency]
    return months_between(found[0], found[-1])[-MONTHS_DRAWN:] if found else ()


def counts_of(trends: Trends) -> dict[tuple[str, Severity | None], int]:
    return {(row.month, row.severity): row.incidents for row in trends.frequency}


def _csv(who: Who, name: str, choice: TrendChoice) -> str:
    if name == FREQUENCY:
        return counts_csv(get_trends(who, choice.selection).frequency)
    if name == SUMMARY:
        return summary_csv(
            (each, periods(dots, choice.by or readable(dots)))
            for each in get_trends(who, choice.selection).measures
            for dots in [list_dots(who, each.measure.key, choice.selection)]
        )
    return values_csv(list_dots(who, Key(name), choice.selection))


def _svg(who: Who, name: str, choice: TrendChoice) -> str:
    """On paper of its own: whoever opens the file may have a dark background."""
    drawn = _counts(who, choice) if name == FREQUENCY else _measure(who, name, choice)
    paper = ink.rect(0, 0, drawn.width, drawn.height, ink.PALETTES["light"].paper)
    return replace(drawn, shapes=(paper, *drawn.shapes)).svg("light")


def _counts(who: Who, choice: TrendChoice) -> Placed:
    trends = get_trends(who, choice.selection)
    months = months_drawn(trends)
    if not months:
        raise ProblemForUser(NOTHING)
    return counts_drawing(months, counts_of(trends), width=WIDTH, theme="light")


def _measure(who: Who, name: str, choice: TrendChoice) -> Placed:
    if name == SUMMARY:
        raise ProblemForUser("The summary is a table. Ask for it as csv.")
    dots = list_dots(who, Key(name), choice.selection)
    if not dots:
        raise ProblemForUser(NOTHING)
    return trend_drawing(chart(MEASURES[Key(name)], dots, choice.by), width=WIDTH, theme="light")
