"""The report and the brief as HTML: one file that needs nothing else, and the source of the PDF."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import partial

from markupsafe import Markup

from models.rules.record import EvidenceRecord, IncidentRecord
from models.rules.vocabulary import Audience, role_label
from reports import contents
from reports.brief import ROOMIEST, Budget, brief_contents
from reports.drawings.phase_strip import lay_out_strip, phase_strip, strip_shapes
from reports.drawings.why_layout import in_slices, lay_out
from reports.drawings.why_tree import connectors
from reports.facts import DocumentFacts
from reports.prose import cut_at_word, prose_html
from reports.templating import asset_text, environment, our_own

Picture = Callable[[EvidenceRecord], str]  # the address of a picture, "" when it is none

MOST_PRINTED_EVENTS = 2_000  # about seventy pages; more help nobody on paper
PICTURE_TYPES = {"image/png", "image/jpeg"}
WIDTHS = {"A4": 657.0, "Letter": 680.0}  # of the text on the page, in CSS pixels
SLICE = 190.0  # the tallest piece of a why-tree that is kept on one page


def to_html(facts: DocumentFacts) -> str:
    """One standalone file: style, drawings and pictures inside, no script, nothing fetched."""
    style = asset_text("screen.css")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return _written(
        facts,
        "screen",
        _data_url,
        style=our_own(style),
        style_hash=f"sha256-{digest}",
        tree=partial(_why_list, facts),
        plain=False,
        note="",
    )


def print_html(
    facts: DocumentFacts,
    picture: Picture,
    *,
    plain: bool = False,
    budget: Budget = ROOMIEST,
    note: str = "",
) -> str:
    """The document that is laid out on pages; style sheets and fonts are the printer's.

    `plain` leaves out drawings, pictures and the marks of prose: the second try. `budget` is
    how much the brief may say. `note` is what the printer has to say about the document."""
    return _written(
        facts,
        "print",
        (lambda _: "") if plain else picture,
        tree=partial(_why_list if plain else _why_boxes, facts),
        plain=plain,
        budget=budget,
        note=note,
    )


def _written(
    facts: DocumentFacts, medium: str, picture: Picture, *, plain: bool, **more: object
) -> str:
    record = facts.postmortem
    brief = facts.audience is Audience.LEADERSHIP
    events = record.events
    printed = events[:MOST_PRINTED_EVENTS] if medium == "print" else events
    budget = more.pop("budget", ROOMIEST)
    assert isinstance(budget, Budget)
    return environment().get_template(f"{medium}.html.j2").render(
        facts=facts,
        medium=medium,
        body="brief.html.j2" if brief else "report.html.j2",
        body_class=f"brief {budget.size}" if brief else "report",
        title=record.title or "Post-mortem",
        short_title=cut_at_word(record.title, 90),
        author=record.publication.by if record.publication else record.owner,
        prose=partial(prose_html, plain=plain),
        picture=picture,
        strip=partial(_strip, facts, medium, plain),
        role_word=role_label,
        days=() if brief else contents.timeline(printed, facts.zone),
        unprinted=_unprinted(len(events), len(printed)),
        brief=brief_contents(facts, budget) if brief else None,
        **more,
    )  # fmt: skip


def _strip(facts: DocumentFacts, medium: str, plain: bool, incident: IncidentRecord) -> Markup:
    """On paper the words of the strip are set as HTML: SVG text is laid out letter by letter."""
    if plain:
        return our_own("")
    if medium == "screen":
        return our_own(
            phase_strip(
                incident.clocks, severity=incident.severity, zone=facts.zone,
                width=WIDTHS[facts.paper], theme="page",
            )
        )  # fmt: skip
    strip = lay_out_strip(
        incident.clocks, severity=incident.severity, zone=facts.zone,
        width=WIDTHS[facts.paper], theme="print",
    )  # fmt: skip
    template = environment().get_template("strip_words.html.j2")
    return our_own(template.render(strip=strip, shapes=our_own(strip_shapes(strip))))


def _why_boxes(facts: DocumentFacts) -> Markup:
    tree = lay_out(facts.postmortem.whys, WIDTHS[facts.paper], "print")
    parts = [(part, our_own(connectors(part, "print"))) for part in in_slices(tree, SLICE)]
    long = [box for box in tree.boxes if box.cut]
    template = environment().get_template("why_boxes.html.j2")
    return our_own(template.render(parts=parts, long=long, prose=prose_html))


def _why_list(facts: DocumentFacts) -> Markup:
    template = environment().get_template("why_list.html.j2")
    return our_own(template.render(facts=facts, prose=prose_html))


def _data_url(evidence: EvidenceRecord) -> str:
    if not is_picture(evidence):
        return ""
    content = base64.b64encode(evidence.content or b"").decode()
    return f"data:{evidence.media_type};base64,{content}"


def is_picture(evidence: EvidenceRecord) -> bool:
    return bool(evidence.content) and evidence.media_type in PICTURE_TYPES


def _unprinted(there: int, printed: int) -> str:
    if there == printed:
        return ""
    return (
        f"The first {printed:,} of {there:,} events are printed here. "
        "All of them are in the HTML, Markdown and JSON exports."
    )
