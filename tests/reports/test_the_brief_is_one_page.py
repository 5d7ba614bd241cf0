"""However long or strange the post-mortem is, leadership gets exactly one page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.record import ImpactRecord, LessonRecord, PostmortemRecord
from models.rules.vocabulary import Audience, ImpactKind, LessonKind, label
from reports.brief import BUDGETS, brief_contents
from reports.facts import Paper
from reports.pdf_layout import Printer, printer
from tests.reports.conftest import Golden
from tests.reports.reading import flat, opened, pages_text
from tests.reports.sample import facts, incident, postmortem

PAPERS: tuple[Paper, ...] = ("A4", "Letter")


def swollen(words: str) -> PostmortemRecord:
    """Forty kilobytes of summary, 500 actions, 90 impacts and lessons, all of these words."""
    record = postmortem()
    many = (words * (300 // len(words) + 1))[:300]
    return replace(
        record,
        title=many,
        owner=many,
        summary=(words * (40_000 // len(words) + 1))[:40_000],
        actions=tuple(
            replace(record.actions[n % 5], text=f"{many} {n}", owner=many) for n in range(500)
        ),
        impacts=tuple(replace(impact, text=many * 20) for impact in record.impacts * 15),
        lessons=tuple(LessonRecord(LessonKind.WENT_WRONG, many * 20) for _ in range(90)),
        factors=(many,) * 40,
        incidents=(replace(incident(), services=(many,) * 30),),
    )


STORIES = {
    "one word": PostmortemRecord("Oops"),
    "usual": postmortem(),
    "sentences": swollen("A sentence of a usual length stands here. "),
    "one long word": swollen("W"),
    "Chinese": swollen("漢字"),
    "emoji": swollen("😀🏳️‍🌈 "),
    "Arabic": swollen("تعذر الدفع في التطبيق. "),
    "piled marks": swollen("a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308 "),
    "line breaks": swollen("a\n\n"),
}


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("paper", PAPERS)
def test_it_is_one_page(paper: Paper, story: str) -> None:
    brief = facts(STORIES[story], audience=Audience.LEADERSHIP, paper=paper)
    document = printer(paper).pdf(brief)
    with opened(document) as pages:
        assert len(pages) == 1
        foot = pages[0].rect.height - 40  # nothing but the footer below
        blocks = [block for block in pages[0].get_text("blocks") if block[1] > foot - 20]
    assert "Page 1 of 1" in pages_text(document)
    assert len(blocks) <= 2, "text runs into the footer"


def test_it_says_all_five_things(a4: Printer, golden: Golden) -> None:
    brief = facts(audience=Audience.LEADERSHIP, redact=True)
    golden.check("brief.txt", pages_text(a4.pdf(brief)))


def test_what_is_left_out_is_pointed_to(a4: Printer) -> None:
    long = swollen("A sentence of a usual length stands here. ")
    text = flat(pages_text(a4.pdf(facts(long, audience=Audience.LEADERSHIP))))
    for words in ("fullreport,sectionSummary", "fullreport,sectionActions", "sectionImpact"):
        assert words in text


def test_sentences_are_cut_at_their_ends(a4: Printer) -> None:
    long = replace(postmortem(), summary="Every sentence here ends with stop. " * 400)
    text = flat(pages_text(a4.pdf(facts(long, audience=Audience.LEADERSHIP))))
    assert "stop.Moreinthefullreport" in text


def test_impact_is_told_in_the_order_in_which_leadership_asks() -> None:
    kinds = (ImpactKind.TICKETS, ImpactKind.SERVICES, ImpactKind.DATA, ImpactKind.MONEY)
    kinds += (ImpactKind.DURATION, ImpactKind.CUSTOMERS)
    record = replace(postmortem(), impacts=tuple(ImpactRecord(kind, "Much.") for kind in kinds))
    tightest = brief_contents(facts(record, audience=Audience.LEADERSHIP), BUDGETS[-1])
    names = [item.name for item in tightest.impacts]
    assert names == [label(kind) for kind in (*kinds[:1:-1][:2], ImpactKind.MONEY, ImpactKind.DATA)]
    roomiest = brief_contents(facts(record, audience=Audience.LEADERSHIP), BUDGETS[0])
    assert [item.name for item in roomiest.impacts[4:]] == [label(kind) for kind in kinds[:2]]


@pytest.mark.parametrize("paper", PAPERS)
def test_room_that_is_left_is_given_to_what_was_cut(paper: Paper) -> None:
    """Lists that would fit beside a long summary are not cut together with it."""
    lines = tuple(LessonRecord(LessonKind.WENT_WRONG, f"Lesson {n}.") for n in range(6))
    impacts = tuple(ImpactRecord(kind, "Much of it.") for kind in ImpactKind)
    long = "Every sentence here ends with a stop. " * 400
    record = replace(postmortem(), summary=long, lessons=lines, impacts=impacts)
    document = printer(paper).pdf(facts(record, audience=Audience.LEADERSHIP, paper=paper))
    text = flat(pages_text(document))
    assert "sectionImpact" not in text
    assert all(f"Lesson{n}." in text for n in range(6))
