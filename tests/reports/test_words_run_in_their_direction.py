"""Hebrew and Arabic sentences begin at the right and end at the left, on paper too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.record import EventRecord, IncidentRecord, LessonRecord
from models.rules.vocabulary import Audience, LessonKind
from reports.pdf_layout import Printer
from reports.postmortem_html import to_html
from reports.prose import prose_html
from reports.writing_direction import direction
from tests.reports.reading import opened
from tests.reports.sample import at, facts, postmortem

HEBREW = "השרת נפל ב-10:05 (שוב), ואז API עלה."
ARABIC = "توقف الخادم عند 10:05 ثم عاد."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEBREW, "rtl"),
        (ARABIC, "rtl"),
        ("10:05 – " + HEBREW, "rtl"),
        ("API " + HEBREW, "ltr"),
        ("The word שלום", "ltr"),
        ("12:30", ""),
        ("", ""),
        ("障害が発生", "ltr"),
    ],
)
def test_the_first_letter_with_a_direction_gives_it(text: str, expected: str) -> None:
    assert direction(text) == expected


def test_each_block_of_prose_has_its_own() -> None:
    html = prose_html(f"Latin first\n\n{HEBREW}\n\n- {ARABIC}\n- item\n\n> {HEBREW}")
    assert "<p>Latin first</p>" in html
    assert f'<p dir="rtl">{HEBREW}</p>' in html
    assert f'<ul dir="rtl">\n<li>{ARABIC}</li>\n<li dir="ltr">item</li>' in html
    assert '<blockquote dir="rtl">\n<p>' in html
    assert f'<p dir="rtl">{HEBREW}</p>' in prose_html(HEBREW, plain=True)
    assert "&lt;p dir" in prose_html('<p dir="rtl">typed')


def of(text: str) -> str:
    incident = IncidentRecord("x", events=(EventRecord(at("10:00"), text),))
    record = replace(
        postmortem(),
        title=text,
        summary=text,
        incidents=(incident,),
        lessons=(LessonRecord(LessonKind.WENT_WELL, text),),
        actions=tuple(replace(a, text=text) for a in postmortem().actions[:1]),
    )
    full, brief = (to_html(facts(record, audience=audience)) for audience in Audience)
    return full + brief


def test_titles_events_lessons_and_actions_have_theirs() -> None:
    assert of(HEBREW).count('dir="rtl"') >= 9
    assert 'dir="rtl"' not in of("The server fell over.")


def test_on_paper_the_full_stop_stands_at_the_left(a4: Printer) -> None:
    with opened(a4.pdf(facts(replace(postmortem(), summary=HEBREW)))) as document:
        blocks = document[0].get_text("rawdict")["blocks"]
    lines = [line for block in blocks for line in block.get("lines", ())]
    characters = [c for line in lines for span in line["spans"] for c in span["chars"]]
    top = next(c["bbox"][1] for c in characters if c["c"] == "ש")
    beside = [c for c in characters if abs(c["bbox"][1] - top) < 4 and c["c"].strip()]
    in_order = sorted(beside, key=lambda c: c["bbox"][0])
    assert (in_order[0]["c"], in_order[-1]["c"]) == (".", "ה")
