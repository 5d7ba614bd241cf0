"""The quarterly review as HTML: one file that needs nothing else, and the source of the PDF."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from markupsafe import Markup

from reports.drawings.exercise_placed import Placed
from reports.drawings.marks import LEVELS, level_words
from reports.drawings.monthly_counts import counts_drawing
from reports.drawings.trend import trend_drawing
from reports.lettering import Theme
from reports.postmortem_html import WIDTHS
from reports.quarterly_contents import MEASURES_HEADS, Contents
from reports.quarterly_facts import QuarterlyDocument
from reports.templating import asset_text, environment, our_own

HEIGHT = 160.0  # of a drawing, without its legend


def quarterly_html(doc: QuarterlyDocument) -> str:
    """One standalone file: style and drawings inside, no script, nothing fetched."""
    style = asset_text("screen.css") + asset_text("exercise_screen.css")
    style += asset_text("quarterly_screen.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _written(
        doc,
        "exercise_screen",
        theme="page",
        drawn=lambda drawing: our_own(f'<div class="drawing">{drawing.svg("page")}</div>'),
        note="",
        style=our_own(style),
        style_hash=f"sha256-{digest}",
    )


def quarterly_print_html(doc: QuarterlyDocument, *, plain: bool = False, note: str = "") -> str:
    """The document that is laid out on pages. `plain` leaves out the drawings: the second try of
    one whose first was too much. `note` stands below the head."""
    drawn = (lambda _: our_own("")) if plain else _with_words
    return _written(doc, "print", theme="print", drawn=drawn, note=note)


def _written(
    doc: QuarterlyDocument,
    frame: str,
    *,
    theme: Theme,
    drawn: Callable[[Placed], Markup],
    **more: object,
) -> str:
    said, facts, width = Contents(doc), doc.facts, WIDTHS[doc.paper]
    counts = {(month, level): n for month, level, n in facts.counts}
    return environment().get_template(f"{frame}.html.j2").render(
        body="quarterly_report.html.j2",
        body_class="report exercise quarterly",
        title=f"Quarterly review, {said.title}",
        short_title=f"Quarterly review, {said.title}",
        author="",
        said=said,
        drawn=drawn,
        measures_heads=MEASURES_HEADS,
        month_heads=["Month", *map(level_words, LEVELS)],
        counts=counts_drawing(facts.months, counts, width=width, theme=theme) if counts else None,
        charts=[
            trend_drawing(each, width=width, theme=theme, height=HEIGHT) for each in facts.charts
        ],
        **more,
    )  # fmt: skip


def _with_words(drawing: Placed) -> Markup:
    """On paper the words are set as HTML: text in SVG is laid out letter by letter."""
    template = environment().get_template("exercise_words.html.j2")
    return our_own(template.render(drawing=drawing, shapes=our_own(drawing.bare())))
