"""No character becomes an empty box without a word about it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.vocabulary import Audience
from reports.pdf_layout import Printer
from reports.unshown import unshown_note
from tests.reports.reading import flat, opened, pages_text
from tests.reports.sample import facts, postmortem

NOWHERE = "\U0010fffd"  # for private use: in no font


@pytest.mark.parametrize("audience", Audience)
def test_a_character_that_no_font_has_is_named_at_the_head(a4: Printer, audience: Audience) -> None:
    record = replace(postmortem(), summary=f"The label said {NOWHERE}.")
    pdf = a4.pdf(facts(record, audience=audience))
    with opened(pdf) as pages:
        first = flat(pages[0].get_text())
    assert flat("1 character of this document can only be shown as empty boxes") in first
    assert "U+10FFFD" in first


def test_a_document_whose_characters_can_all_be_shown_says_nothing(a4: Printer) -> None:
    record = replace(postmortem(), summary="Größe ≤ 5 µs → ok, Жука, Ωmega, “so” …")
    assert "empty boxes" not in pages_text(a4.pdf(facts(record)))


def test_of_many_characters_the_first_are_named_and_the_others_counted() -> None:
    note = unshown_note({"\ud55c", "\uad6d", "\ub77c", "\ub9c8", "\ubc14"})
    assert note.startswith("5 characters ")
    assert "U+AD6D hangul syllable gug" in note
    assert "and 2 others" in note
