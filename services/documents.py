"""Exports: a post-mortem as PDF, HTML, Markdown or JSON, for everybody or for leadership."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import cast

from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound, ProblemForUser
from models.rules.record import PostmortemRecord
from models.rules.tickets.places import JiraPlace, Tracker
from models.rules.vocabulary import Audience, PostmortemStatus
from reports.action_csv import to_csv
from reports.facts import DocumentFacts, Paper, prepare
from reports.pdf import PdfPrinter
from reports.postmortem_html import to_html
from reports.postmortem_json import to_json
from reports.postmortem_markdown import to_markdown
from reports.tracker_csv import to_tracker_csv
from services import clock
from services.action_list import WantedActions, find_actions
from services.people import list_people
from services.postmortems import with_stale_reviews
from services.publishing import get_revision
from services.record_out import load_postmortem
from services.settings import settings
from services.unit_of_work import reading

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "json": "application/json",
}


ACTION_FORMATS = ("csv", *(tracker.value for tracker in Tracker))


@dataclass(frozen=True)
class Document:
    name: str
    media_type: str
    content: bytes
    may_be_names: tuple[str, ...] = ()  # for a person to look at: what a redacted one still says


def export_postmortem(
    who: Who,
    postmortem_id: str,
    *,
    format: str,
    audience: Audience = Audience.FULL,
    redact: bool = False,
    paper: str = "",
    revision: int | None = None,
) -> Document:
    """The post-mortem as a file, ready to hand out.

    A published post-mortem is exported as its newest revision (or the one asked for), a draft as
    it stands now. Actions carry their status of this moment. Raises NotFound, and ProblemForUser
    for a format or paper that there is not.
    """
    if format not in MEDIA_TYPES:
        raise ProblemForUser(f"“{format}” is not a format. Choose pdf, html, md or json.")
    paper = paper or settings().paper
    if paper not in ("A4", "Letter"):
        raise ProblemForUser(f"“{paper}” is not a paper size. Choose A4 or Letter.")
    record = _record(who, postmortem_id, revision)
    facts = _facts(who, record, audience=audience, redact=redact, paper=cast(Paper, paper))
    return _as_document(facts, format)


def published_pdf(
    who: Who, postmortem_id: str, revision: int, *, audience: Audience, redact: bool
) -> tuple[PostmortemRecord, Document]:
    """A published revision as a PDF to hand out, with the record that it was made from: without
    names where they were to go. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.POSTMORTEM)
    record = get_revision(who, postmortem_id, revision)
    paper = cast(Paper, settings().paper)
    facts = _facts(who, record, audience=audience, redact=redact, paper=paper)
    return facts.postmortem, _as_document(facts, "pdf")


def _as_document(facts: DocumentFacts, format: str) -> Document:
    if format == "pdf":
        content = printer().render(facts)
    else:
        write = {"html": to_html, "md": to_markdown, "json": to_json}[format]
        content = write(facts).encode()
    # The title in the name of the file has lost its names too.
    name = file_name(facts.postmortem, facts.audience, facts.redacted, format)
    return Document(name, MEDIA_TYPES[format], content, facts.may_be_names)


def names_to_check(who: Who, postmortem_id: str, revision: int | None = None) -> tuple[str, ...]:
    """What may still be names of people in a redacted export of this post-mortem, for a person to
    look at before it is handed out. Raises NotFound."""
    record = _record(who, postmortem_id, revision)
    return _facts(who, record, audience=Audience.FULL, redact=True, paper="A4").may_be_names


def read_published(who: Who, postmortem_id: str, revision: int | None = None) -> DocumentFacts:
    """A published revision (the newest when no number is given) as the facts that a page shows,
    names included, actions as they stand now. Raises NotFound."""
    record = get_revision(who, postmortem_id, revision)
    return _facts(who, record, audience=Audience.FULL, redact=False, paper="A4")


def _facts(
    who: Who, record: PostmortemRecord, *, audience: Audience, redact: bool, paper: Paper
) -> DocumentFacts:
    return prepare(
        record,
        audience=audience,
        redact=redact,
        paper=paper,
        zone=who.zone,
        as_of=clock.now(),
        people=[person.name for person in list_people(who)] if redact else (),
    )


def export_actions(who: Who, wanted: WantedActions, format: str = "csv") -> Document:
    """The actions asked for as CSV: of Hotwash, or as the importer of a tracker reads it. Raises
    ProblemForUser for a format that there is not."""
    rows = find_actions(who, wanted).rows
    if format == "csv":
        return Document("actions.csv", "text/csv; charset=utf-8", to_csv(rows).encode())
    if format not in ACTION_FORMATS:
        raise ProblemForUser(
            f"There is no export of actions for that. Use {', '.join(ACTION_FORMATS)}."
        )
    here = settings()
    types = [place.issue_type for place in here.trackers if isinstance(place, JiraPlace)]
    text = to_tracker_csv(
        Tracker(format), rows, address=here.address, issue_type=(types or ["Task"])[0]
    )
    return Document(f"actions-{format}.csv", "text/csv; charset=utf-8", text.encode())


def _record(who: Who, postmortem_id: str, revision: int | None) -> PostmortemRecord:
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.POSTMORTEM)
        record = with_stale_reviews(work, load_postmortem(work, postmortem_id))
    editable = record.status in (PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW)
    if revision is None and editable:
        return record
    try:
        return get_revision(who, postmortem_id, revision)
    except NotFound:
        if revision is None:
            return record
        raise


def file_name(record: PostmortemRecord, audience: Audience, redact: bool, format: str) -> str:
    """A name of plain letters that says what the file is: `checkout-down-leadership.pdf`."""
    parts = [plain_name(record.title, otherwise="post-mortem")]
    parts += ["leadership"] if audience is Audience.LEADERSHIP else []
    parts += ["redacted"] if redact else []
    return f"{'-'.join(parts)}.{format}"


def plain_name(title: str, *, otherwise: str) -> str:
    """A title as part of a file's name: small plain letters, at most 60."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or otherwise


@cache
def printer() -> PdfPrinter:
    """The one printer of this process. Its worker starts with the server, or at the first use."""
    return PdfPrinter()


def start_printer() -> None:
    """Starts the PDF worker, so that the first export is as fast as the next."""
    printer().start()


def stop_printer() -> None:
    """Stops the PDF worker."""
    printer().stop()
