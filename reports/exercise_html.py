"""The after-action report as HTML: one file that needs nothing else, and the source of the PDF."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from models.rules.exercise.report import AfterActionRecord
from reports.drawings import ink
from reports.drawings.exercise_path import path_drawings
from reports.drawings.exercise_placed import Placed
from reports.drawings.exercise_run import run_drawing
from reports.drawings.ink import PALETTES
from reports.exercise_contents import Contents, limited
from reports.exercise_facts import ExerciseDocument
from reports.lettering import Theme
from reports.phrasing import count
from reports.postmortem_html import WIDTHS
from reports.prose import cut_at_word
from reports.templating import asset_text, environment, our_own

MOST_PRINTED_EVENTS = 1_000  # about forty pages; more help nobody on paper
MOST_PRINTED_ROWS = 100  # of any other list
MOST_DRAWN_STOPS = 60
SLICE = 300.0  # the tallest piece of a drawing that is kept on one page
EVERYTHING = 10**9


def exercise_html(doc: ExerciseDocument) -> str:
    """One standalone file: style and drawings inside, no script, nothing fetched."""
    style = asset_text("screen.css") + asset_text("exercise_screen.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _written(
        doc,
        "exercise_screen",
        theme="page",
        drawn=lambda drawing: our_own(f'<div class="drawing">{drawing.svg("page")}</div>'),
        most=EVERYTHING,
        most_events=EVERYTHING,
        slice=EVERYTHING,
        note="",
        style=our_own(style),
        style_hash=f"sha256-{digest}",
    )


def exercise_print_html(doc: ExerciseDocument, *, plain: bool = False, note: str = "") -> str:
    """The document that is laid out on pages. `plain` leaves out the drawings and prints fewer
    rows: the second try of one whose first was too much. `note` stands below the head."""
    return _written(
        doc,
        "print",
        theme="print",
        drawn=(lambda _: our_own("")) if plain else _with_words,
        most=MOST_PRINTED_ROWS // (10 if plain else 1),
        most_events=MOST_PRINTED_EVENTS // (10 if plain else 1),
        slice=SLICE,
        note=note,
    )


def _written(
    doc: ExerciseDocument,
    frame: str,
    *,
    theme: Theme,
    drawn: Callable[[Placed], Markup],
    most: int,
    most_events: int,
    slice: float,
    **more: object,
) -> str:
    record, said = doc.facts.record, Contents(doc)
    width = WIDTHS[doc.paper]
    stops = record.trace.stops[:MOST_DRAWN_STOPS]
    return environment().get_template(f"{frame}.html.j2").render(
        body="exercise_report.html.j2",
        body_class="report exercise",
        title=said.title,
        short_title=cut_at_word(said.title, 90),
        author=doc.facts.facilitator,
        doc=doc,
        said=said,
        drawn=drawn,
        meter=partial(_meter, theme),
        limited=lambda rows, at_most=most: limited(rows, at_most),
        most_events=most_events,
        run=run_drawing(record, width=width, theme=theme),
        path=list(path_drawings(stops, width=width, theme=theme, slice=slice)),
        path_words=_path_words(record, len(stops)),
        **more,
    )  # fmt: skip


def _with_words(drawing: Placed) -> Markup:
    """On paper the words are set as HTML: text in SVG is laid out letter by letter."""
    template = environment().get_template("exercise_words.html.j2")
    return our_own(template.render(drawing=drawing, shapes=our_own(drawing.bare())))


def _path_words(record: AfterActionRecord, drawn: int) -> str:
    seen = record.trace.nodes - record.trace.unseen
    said = f"The run saw {seen} of {count(record.trace.nodes, 'scene')} of the story."
    legend = " Branches that were not taken are grey and dashed."
    stops = len(record.trace.stops)
    more = f" The first {drawn} of {stops:,} stops are drawn." if stops > drawn else ""
    return said + legend + more


def _meter(theme: Theme, share: float | None) -> Markup:
    """A bar for a share from 0 to 1; nothing where nothing was observed."""
    if share is None:
        return our_own("")
    palette = PALETTES[theme]
    parts = [
        ink.rect(0.5, 0.5, 79, 7, palette.paper, stroke=palette.mark),
        ink.rect(0, 0, 80 * share, 8, palette.mark),
    ]
    words = f"{share * 100:.0f} %"
    drawing = ink.svg(80, 8, f"Reached {words}", "The number says the same.", parts)
    return our_own(f'<span class="meter">{drawing}</span>')
