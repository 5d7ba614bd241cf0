"""Whatever stands in a field, it is printed as text: no file is read, no address asked, and the
document has the same parts as with quiet words."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pymupdf
import pytest
from markdown_it import MarkdownIt

from models.rules.record import EvidenceRecord
from models.rules.vocabulary import Audience
from reports.pdf_layout import Printer
from reports.postmortem_html import to_html
from reports.postmortem_markdown import to_markdown
from tests.reports.hostile import NEUTRAL, PROBES, everywhere
from tests.reports.reading import flat, opened, pages_text
from tests.reports.sample import facts, incident, postmortem

AUDIENCES = tuple(Audience)
# What prose may hold by itself.
FORMATTING = {"p", "br", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a"}
WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)


class Parts(HTMLParser):
    """Counts the elements of a page and collects what could lead out of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: dict[str, int] = {}
        self.addresses: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = self.elements.get(tag, 0) + 1
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("src", "href", "data", "action"):
                self.addresses.append(value or "")

    @property
    def structure(self) -> dict[str, int]:
        return {tag: n for tag, n in self.elements.items() if tag not in FORMATTING}


@pytest.fixture(scope="module")
def quiet_levels(a4: Printer) -> list[int]:
    """The levels of the bookmarks of the same document with quiet words."""
    with opened(a4.pdf(facts(NEUTRAL))) as document:
        return [level for level, _, _ in document.get_toc()]


@pytest.mark.parametrize("name", PROBES)
def test_the_pdf_holds_it_as_text_only(a4: Printer, quiet_levels: list[int], name: str) -> None:
    before = len(a4.refused)
    pdf = a4.pdf(facts(everywhere(PROBES[name])))
    assert a4.refused[before:] == []
    with opened(pdf) as document:
        assert [level for level, _, _ in document.get_toc()] == quiet_levels
        assert document.embfile_count() == 0
        links = [link for page in document for link in page.get_links()]
        assert all(WEB.match(link.get("uri", "")) for link in links)
        assert "/JavaScript" not in _names(document)
        assert "/Launch" not in _names(document)
    text = pages_text(pdf)
    assert "root:" not in text
    assert "1337" not in text


@pytest.mark.parametrize("name", PROBES)
def test_the_brief_stays_one_page_of_text(a4: Printer, name: str) -> None:
    record = everywhere(PROBES[name])
    few = replace(  # fits as it is, so that it is laid out once
        record,
        impacts=record.impacts[:1],
        lessons=record.lessons[:1],
        actions=record.actions[:1],
    )
    before = len(a4.refused)
    pdf = a4.pdf(facts(few, audience=Audience.LEADERSHIP))
    assert a4.refused[before:] == []
    with opened(pdf) as document:
        assert len(document) == 1
        assert [title for level, title, _ in document.get_toc() if level == 2] == [
            "Impact", "What happened", "What we learned", "What we do",
        ]  # fmt: skip
        assert document[0].get_links() == []


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", PROBES)
def test_the_page_has_the_same_elements_as_with_quiet_words(name: str, audience: Audience) -> None:
    parts = Parts(to_html(facts(everywhere(PROBES[name]), audience=audience)))
    quiet = Parts(to_html(facts(NEUTRAL, audience=audience)))
    assert parts.structure == quiet.structure
    assert parts.attributes <= quiet.attributes | {"href", "rel"}
    assert all(
        WEB.match(address) or address.startswith("data:image/png;base64,")
        for address in parts.addresses
    )


@pytest.mark.parametrize("name", PROBES)
def test_the_markdown_has_the_same_sections_and_tables(name: str) -> None:
    reader = MarkdownIt("commonmark").enable("table")
    kinds = ("heading_open", "tr_open", "td_open", "html_block", "hr", "fence", "blockquote_open")

    def shape(markdown: str) -> list[str]:
        tokens = reader.parse(markdown)
        found = [token.type for token in tokens if token.type in kinds]
        inside = [child.type for token in tokens for child in token.children or ()]
        return found + [kind for kind in inside if kind in ("image", "html_inline")]

    assert shape(to_markdown(facts(everywhere(PROBES[name])))) == shape(to_markdown(facts(NEUTRAL)))


def test_what_was_typed_can_still_be_read(a4: Printer) -> None:
    pdf = a4.pdf(facts(everywhere(PROBES["script"])))
    assert flat(PROBES["script"]) in flat(pages_text(pdf))


def test_a_picture_that_is_no_picture_leaves_its_title(a4: Printer) -> None:
    broken = EvidenceRecord("A broken graph", media_type="image/png", content=b"\x89PNG no more")
    event = replace(incident().events[0], evidence=(broken,))
    record = replace(postmortem(), incidents=(replace(incident(), events=(event,)),))
    assert "A broken graph" in pages_text(a4.pdf(facts(record)))


def _names(document: pymupdf.Document) -> str:
    """All objects of the file without their strings, which may say anything."""
    objects = (document.xref_object(n) for n in range(1, document.xref_length()))
    return re.sub(r"\((?:\\.|[^()\\])*\)", "()", "\n".join(objects))


@pytest.mark.parametrize("typed", ["\u202e", "\u2067", "&#x202e;", "&#8295;", "&#x2029;"])
def test_nothing_typed_turns_the_words_around_it(a4: Printer, typed: str) -> None:
    record = everywhere(f"before {typed} after")
    turning = re.compile("[\u2029\u202a-\u202e\u2066-\u2069]")
    for audience in AUDIENCES:
        made = facts(record, audience=audience)
        assert not turning.search(to_html(made))
        assert not turning.search(to_markdown(made))
        assert not turning.search(pages_text(a4.pdf(made)))
