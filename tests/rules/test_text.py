"""Every string that comes in: what is taken out of it, and what it then can bear."""

from __future__ import annotations

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.problems import ProblemForUser
from models.rules.text import DOCUMENT, LINE, PARAGRAPH, clean, clean_line, without_unseen

ANY = st.text(st.characters(categories=None), max_size=60)  # lone surrogates included
ODD = st.text(
    st.sampled_from("a e\u0301\u0338<\u212b\u0958\x00\x07\x1f\x7f\ud800\udfff\ufdd0\ufffe\uffff"
                    "\ufeff\u2028\u2029\x85\v\f\r\n\t\u00a0\u3000\u2000\U0001f469\u200d\U0001f4bb\u200c\u200b\u202e\u0374\u0645\U000e0041\U0001f3f4"),
    max_size=40,
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\x01\x08\x0e\x1b[31m\x1f\x7fb", "a[31mb"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffeb\uffffc\ufdd0", "abc"),
        ("\ufeffa\ufeffb", "ab"),
        ("a\u2028b\u2029c\x85d\ve\ff", "a\nb\nc\nd\ne\nf"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\r\nb", "a\n\nb"),
        ("a\n\n\nb", "a\n\n\nb"),
        ("a\tb", "a\tb"),
        (" \n\u3000a \u00a0\n", "a"),
        ("Zoe\u0308", "Zo\u00eb"),
        ("\u212bngstro\u0308m", "\u00c5ngstr\u00f6m"),
        ("\ufb01le \u00bd", "\ufb01le \u00bd"),  # looks are kept: NFC, not NFKC
        ("\U0001f469\u200d\U0001f4bb on call", "\U0001f469\u200d\U0001f4bb on call"),
        ("\u05e9\u05dc\u05d5\u05dd \u4f60\u597d", "\u05e9\u05dc\u05d5\u05dd \u4f60\u597d"),
        # what turns the direction of what follows, so that text could lie about itself
        ("a\x80\x87b\x9fc", "abc"),
        ("gpj.\u202etxt.exe", "gpj.txt.exe"),
        ("a\u202ab\u202bc\u202cd\u202de\u202ef", "abcdef"),
        ("a\u2066b\u2067c\u2068d\u2069e", "abcde"),
        ("a\u206ab\u206fc", "abc"),
        (
            "\u05e9\u05dc\u05d5\u05dd\u200f!",
            "\u05e9\u05dc\u05d5\u05dd\u200f!",
        ),  # a mark moves nothing
        # what nobody sees
        ("hu\u200bman\u2060 er\u00adror\u2063", "human error"),
        ("a\ufff9b\ufffbc", "abc"),
        ("paid\U000e0041\U000e0042", "paid"),
        ("a\u200db\u200cc \u200d", "abc"),
        # joiners where scripts and pictures need them
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u0915\u094d\u200d\u0937", "\u0915\u094d\u200d\u0937"),
        ("\u2764\ufe0f\u200d\U0001f525", "\u2764\ufe0f\u200d\U0001f525"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e007f", "\U0001f3f4\U000e0067\U000e0062\U000e007f"),
        ("", ""),
        ("\x00\ufeff \n", ""),
    ],
)
def test_what_breaks_storage_or_print_goes_and_the_rest_stays(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("a\nb", "a b"), ("a \t\u2029\u00a0 b", "a b"), (" a ", "a"), ("\r\n", "")],
)
def test_a_line_is_one_line(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


@given(st.one_of(ANY, ODD))
def test_whatever_comes_can_be_stored_and_written(typed: str) -> None:
    for kept in (clean(typed), clean_line(typed)):
        assert kept.encode("utf-8").decode("utf-8") == kept
        with sqlite3.connect(":memory:") as database:
            [(back, length)] = database.execute("SELECT ?1, length(?1)", (kept,))
        assert (back, length) == (kept, len(kept))
        assert unicodedata.is_normalized("NFC", kept)


@given(st.one_of(ANY, ODD))
def test_cleaning_twice_is_cleaning_once(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)
    line = clean_line(typed)
    assert clean_line(line) == line
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("limit", [LINE, PARAGRAPH, DOCUMENT])
def test_what_is_longer_than_its_limit_is_refused_and_not_cut(limit: int) -> None:
    assert clean("x" * limit, limit=limit) == "x" * limit
    with pytest.raises(ProblemForUser) as problem:
        clean("x" * (limit + 1), limit=limit, field="summary")
    assert f"The summary is {limit + 1:,} characters long; {limit:,} fit." in problem.value.message
    assert problem.value.field == "summary"


def test_space_around_does_not_count_towards_the_limit() -> None:
    assert clean("  " + "x" * LINE + "\n", limit=LINE) == "x" * LINE
    assert clean_line("a" + " " * LINE + "b") == "a b"


def test_a_long_line_is_to_be_shortened_and_a_long_text_may_be_attached() -> None:
    with pytest.raises(ProblemForUser) as line:
        clean_line("x" * (LINE + 1))
    with pytest.raises(ProblemForUser) as text:
        clean("x" * (PARAGRAPH + 1))
    assert line.value.message.endswith("fit. Shorten it.")
    assert "attach" in text.value.message


def test_where_each_kept_character_stood_is_known() -> None:
    text = "a\u200bb\u00ad\u200cc\nd"
    kept, places = without_unseen(text)
    assert kept == "abc\nd"
    assert [text[place] for place in places] == list(kept)
    assert without_unseen("می\u200cخواهم")[0] == "می\u200cخواهم"  # a joiner that Persian needs
