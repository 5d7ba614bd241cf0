"""WeasyPrint, kept warm and kept in: fonts and style sheets are read once, and nothing but the
pictures and fonts that are handed over can be fetched. Runs inside the worker process."""

from __future__ import annotations

import atexit
import gc
import logging
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from xml.etree import ElementTree

from cssselect2 import ElementWrapper  # type: ignore[import-untyped]  # WeasyPrint's own
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from models.rules.record import EvidenceRecord
from models.rules.vocabulary import Audience
from reports.brief import BUDGETS, FILLED_UP, Budget, roomier
from reports.exercise_facts import ExerciseDocument
from reports.exercise_html import exercise_print_html
from reports.facts import DocumentFacts, Paper
from reports.postmortem_html import is_picture, print_html
from reports.quarterly_facts import QuarterlyDocument
from reports.quarterly_html import quarterly_print_html
from reports.templating import asset_text
from reports.unshown import unshown_characters, unshown_note

FONTS = Path(__file__).parent / "fonts"
_SCHEME = "asset:"
Laid = DocumentFacts | ExerciseDocument | QuarterlyDocument

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it reports every table it drops


class AssetsOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Gives out what was put in under `asset:` names; everything else is refused and counted."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=set(), allow_redirects=False)
        self.refused: list[str] = []
        self._assets: dict[str, tuple[bytes, str]] = {}

    def put(self, name: str, content: bytes, media_type: str) -> str:
        self._assets[name] = (content, media_type)
        return _SCHEME + name

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        asset = self._assets.get(url.removeprefix(_SCHEME)) if url.startswith(_SCHEME) else None
        if asset is None:
            self.refused.append(url)
            raise ValueError("Only what is part of the document can be fetched.")
        content, media_type = asset
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


class _Source(HTML):  # type: ignore[misc]
    """HTML that our templates wrote, well-formed as XML: the parser that mends what people write
    takes a twentieth of the whole time, this one next to nothing."""

    def __init__(self, text: str, fetcher: URLFetcher) -> None:
        self.base_url = None  # a relative address has nothing to be relative to
        self.url_fetcher = fetcher
        self.media_type = "print"
        root = ElementTree.fromstring(text)  # noqa: S314  # no document type, so no entities
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


class Printer:
    """Lays documents out on pages of one kind of paper."""

    def __init__(self, paper: Paper) -> None:
        self._fonts = FontConfiguration()
        fetcher = AssetsOnly()
        for file in FONTS.glob("*.ttf"):
            fetcher.put(file.name, file.read_bytes(), "font/ttf")
        text = f"@page {{ size: {paper} }}\n" + asset_text("print.css")
        self._style = CSS(string=text, font_config=self._fonts, url_fetcher=fetcher)
        self._brief_style = CSS(string=asset_text("brief.css"), url_fetcher=fetcher)
        exercise, quarterly = asset_text("exercise_print.css"), asset_text("quarterly_print.css")
        self._exercise_style = CSS(string=exercise, url_fetcher=fetcher)
        self._quarterly_style = CSS(string=exercise + quarterly, url_fetcher=fetcher)
        assert not fetcher.refused, fetcher.refused
        self.refused: list[str] = []  # what documents asked for and did not get

    def pdf(self, facts: Laid, *, plain: bool = False) -> bytes:
        """The document as tagged PDF (PDF/UA-1); the brief on exactly one page.

        A layout makes a million objects and drops none: collecting in between is a tenth of its
        time, so it is done once, when all of them have gone.
        """
        gc.disable()
        try:
            return self._written(facts, plain)
        finally:
            gc.enable()
            gc.collect()

    def _written(self, facts: Laid, plain: bool) -> bytes:
        """Which characters no font has is only known when all is drawn: then once more, saying
        so, because an empty box could stand for anything."""
        with unshown_characters() as unshown:
            written = self._drawn(facts, plain, "")
        return self._drawn(facts, plain, unshown_note(unshown)) if unshown else written

    def _drawn(self, facts: Laid, plain: bool, note: str) -> bytes:
        if isinstance(facts, ExerciseDocument):
            html = exercise_print_html(facts, plain=plain, note=note)
            document = self._pages(html, AssetsOnly(), self._exercise_style)
        elif isinstance(facts, QuarterlyDocument):
            html = quarterly_print_html(facts, plain=plain, note=note)
            document = self._pages(html, AssetsOnly(), self._quarterly_style)
        else:
            lay_out = partial(self.lay_out, facts, plain=plain, note=note)
            brief = facts.audience is Audience.LEADERSHIP
            document = _one_page(lay_out) if brief else lay_out()
        written: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
        return written

    def lay_out(
        self,
        facts: DocumentFacts,
        *,
        plain: bool = False,
        budget: Budget = BUDGETS[0],
        note: str = "",
    ) -> Document:
        """The pages, before they are written."""
        fetcher = AssetsOnly()
        html = print_html(facts, _pictures(fetcher), plain=plain, budget=budget, note=note)
        brief = facts.audience is Audience.LEADERSHIP
        return self._pages(html, fetcher, *([self._brief_style] if brief else []))

    def _pages(self, html: str, fetcher: AssetsOnly, *styles: CSS) -> Document:
        document = _Source(html, fetcher).render(
            stylesheets=[self._style, *styles],
            font_config=self._fonts,
            pdf_tags=True,
            presentational_hints=False,
        )
        self.refused += fetcher.refused
        return document


def _one_page(lay_out: Callable[..., Document]) -> Document:
    """The roomiest budget whose page is one page, tried first, then halved towards; then what
    room is left is given to one part after the other."""
    document = lay_out(budget=BUDGETS[0])
    if len(document.pages) == 1:
        return document
    fits, too_much = len(BUDGETS) - 1, 0
    best = None
    while fits - too_much > 1:
        middle = (fits + too_much) // 2
        document = lay_out(budget=BUDGETS[middle])
        if len(document.pages) == 1:
            fits, best = middle, document
        else:
            too_much = middle
    if best is None:
        best = lay_out(budget=BUDGETS[-1])
    best = _filled(lay_out, BUDGETS[fits], best)
    return best.copy(best.pages[:1])


def _filled(lay_out: Callable[..., Document], budget: Budget, best: Document) -> Document:
    """The page with as much more of each part as stays on it, halved towards."""
    for part in FILLED_UP:
        more = roomier(budget, part)
        while more:
            middle = len(more) // 2
            document = lay_out(budget=more[middle])
            if len(document.pages) == 1:
                best, budget, more = document, more[middle], more[middle + 1 :]
            else:
                more = more[:middle]
    return best


def _pictures(fetcher: AssetsOnly) -> Callable[[EvidenceRecord], str]:
    names: Iterator[int] = iter(range(1_000_000))

    def picture(evidence: EvidenceRecord) -> str:
        if not is_picture(evidence):
            return ""
        content, media_type = evidence.content or b"", evidence.media_type or ""
        return fetcher.put(f"picture-{next(names)}", content, media_type)

    return picture


@cache
def printer(paper: Paper) -> Printer:
    """The one printer of this process for this paper. What is loaded by then stays for good, so
    the collector need not look at it again after every document."""
    atexit.register(printer.cache_clear)  # later, fonts can no longer take their folder away
    made = Printer(paper)
    gc.collect()
    gc.freeze()
    return made
