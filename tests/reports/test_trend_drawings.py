"""Trends as they are drawn: every value in its place, on a logarithmic scale."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from models.rules.metrics.charts import By, Chart, chart
from models.rules.metrics.measures import MEASURES, Key
from models.rules.vocabulary import Severity
from reports.drawings.marks import LEVELS, marks
from reports.drawings.monthly_counts import counts_drawing
from reports.drawings.trend import scales_of, trend_drawing
from reports.lettering import Theme
from reports.trend_csv import counts_csv, values_csv
from tests.reports.test_drawings import parsed

WIDTHS = (350.0, 657.0, 960.0)


@dataclass(frozen=True)
class Seen:
    minutes: float
    month: str = "2024-05"
    day: int = 10
    severity: Severity | None = Severity.SEV1
    incident_id: str = "i1"
    title: str = "=Down"
    estimated: bool = False
    service: str = ""

    @property
    def started_at(self) -> float:
        year, month = map(int, self.month.split("-"))
        return datetime(year, month, self.day, tzinfo=UTC).timestamp()


def drawn(*values: Seen, key: Key = Key.RECOVER, by: By | None = None) -> Chart:
    return chart(MEASURES[key], values, by)


def places(svg: str, shape: str) -> list[tuple[float, float]]:
    """Where the marks of a shape stand."""
    found = re.findall(rf"M([\d.]+) ([\d.]+){re.escape(shape)}", svg)
    return [(float(x), float(y)) for x, y in found]


def test_ten_times_as_long_is_always_as_far_up() -> None:
    scales = scales_of(drawn(Seen(2), Seen(20), Seen(200)), 960, 300)
    steps = [scales.y(2) - scales.y(20), scales.y(20) - scales.y(200)]
    assert steps[0] == pytest.approx(steps[1])
    assert steps[0] > 20


def test_the_standard_lies_inside_even_where_no_value_comes_near() -> None:
    scales = scales_of(drawn(Seen(3000)), 960, 300)
    assert scales.low < MEASURES[Key.RECOVER].standard.minutes < 3000 < scales.high  # type: ignore[union-attr]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("theme", ["light", "dark", "print"])
def test_every_value_has_its_mark_inside_the_drawing(width: float, theme: Theme) -> None:
    values = [Seen(5 + n, day=1 + n, severity=level) for n, level in enumerate(LEVELS)]
    drawing = trend_drawing(drawn(*values), width=width, theme=theme)
    parsed(drawing.svg(theme))
    legend = {word.text for word in drawing.words}
    assert {"SEV0", "SEV1", "SEV2", "SEV3", "No severity"} <= legend
    scales = scales_of(drawn(*values), width, 300)
    [sev1] = [v for v in values if v.severity is Severity.SEV1]
    [at] = [p for p in places(drawing.svg(theme), "m0 -4.6") if p[1] > 1]
    assert at == pytest.approx((scales.x(sev1.started_at), scales.y(sev1.minutes)), abs=0.1)


def test_no_two_severities_have_the_same_shape() -> None:
    shapes = {re.sub(r'(stroke|fill)="[^"]*"', "", marks([(9, 9)], level, "light", faint=False))
              for level in LEVELS}  # fmt: skip
    assert len(shapes) == len(LEVELS)


def test_below_six_values_no_interval_is_drawn() -> None:
    few = trend_drawing(drawn(*(Seen(n) for n in range(10, 15))), width=960, theme="light")
    enough = trend_drawing(drawn(*(Seen(n) for n in range(10, 16))), width=960, theme="light")
    band = re.compile(r'<g fill-opacity="0.6"><path d="M')
    assert not band.search(few.svg("light"))
    assert band.search(enough.svg("light"))


def test_it_says_in_words_what_it_shows() -> None:
    drawing = trend_drawing(drawn(Seen(20), Seen(40)), width=960, theme="light")
    assert drawing.told.startswith("2 values on a logarithmic scale by month.")
    assert "The standard is under 1 h." in drawing.told
    assert "2024-05: n = 2, median 30\u00a0min" in drawing.told


def test_ten_thousand_values_stay_a_small_file() -> None:
    values = [Seen(1 + n % 977, f"2024-{n % 12 + 1:02}", n % 28 + 1) for n in range(10_000)]
    svg = trend_drawing(drawn(*values), width=960, theme="light").svg("light")
    parsed(svg)
    assert len(svg) < 400_000


@pytest.mark.parametrize("width", WIDTHS)
def test_months_have_a_bar_for_each_severity(width: float) -> None:
    months = ("2024-01", "2024-02", "2024-03")
    counts = {("2024-01", Severity.SEV0): 1, ("2024-03", Severity.SEV2): 12, ("2024-03", None): 3}
    drawing = counts_drawing(months, counts, width=width, theme="light")
    parsed(drawing.svg("light"))
    words = [word.text for word in drawing.words]
    assert {"SEV0", "SEV2", "No severity", "1", "12", "3"} <= set(words)
    assert "SEV1" not in words
    assert drawing.told == "2024-01: 1 SEV0; 2024-02: none; 2024-03: 12 SEV2, 3 No severity."


def test_the_file_has_the_values_that_are_drawn_and_no_formula() -> None:
    text = values_csv([Seen(90.5, severity=None, estimated=True), Seen(3)])
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(r["Minutes"], r["Severity"], r["Estimated"]) for r in rows] == [
        ("90.5", "", "yes"),
        ("3", "SEV1", "no"),
    ]
    assert (rows[0]["Incident"], rows[0]["Started (UTC)"]) == ("'=Down", "2024-05-10 00:00")
    assert "2024-05,SEV0,2" in counts_csv([("2024-05", Severity.SEV0, 2)])
