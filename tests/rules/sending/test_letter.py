from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from models.rules.record import PublicationRecord
from models.rules.sending.letter import SUBJECT, letter_for
from models.rules.vocabulary import Audience
from tests.small_postmortem import small_postmortem

RECORD = replace(
    small_postmortem(),
    publication=PublicationRecord(2, "Ada Brandt", datetime(2026, 5, 2, 23, 30, tzinfo=UTC)),
)


def test_it_says_what_is_attached_where_to_read_it_and_why_one_gets_it() -> None:
    letter = letter_for(
        RECORD, Audience.FULL, lists=["Engineering", "Support"],
        link="https://hotwash.example/published?id=p1", zone="Europe/Berlin",
    )  # fmt: skip
    assert letter.subject == "Post-mortem: Orders waited in the queue"
    assert letter.text == (
        "Attached is the full report of the post-mortem\n"
        "“Orders waited in the queue” (SEV1).\n"
        "It is revision 2, published on 3 May 2026.\n\n"
        "Read it in Hotwash:\nhttps://hotwash.example/published?id=p1\n\n"
        "You get this because you are on the list Engineering or Support.\n"
    )


def test_the_brief_is_called_one_and_nobody_is_named() -> None:
    letter = letter_for(RECORD, Audience.LEADERSHIP, lists=["Product"], link="", zone="UTC")
    assert letter.subject == "Brief of the post-mortem: Orders waited in the queue"
    assert "Ada" not in letter.subject + letter.text
    assert "Read it" not in letter.text


def test_a_long_title_is_cut_in_the_subject_only() -> None:
    record = replace(RECORD, title="x" * 300)
    letter = letter_for(record, Audience.FULL, lists=[], link="", zone="UTC")
    assert len(letter.subject) <= SUBJECT + len("Post-mortem: ")
    assert "x" * 300 in letter.text
