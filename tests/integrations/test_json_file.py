"""JSON is read strictly, and every refusal names its place."""

from __future__ import annotations

import pytest

from integrations import json_file
from integrations.decoding import MAX_BYTES, decode
from models.rules.problems import BadFile


def refused(data: bytes) -> BadFile:
    with pytest.raises(BadFile) as problem:
        json_file.load(data)
    return problem.value


def test_plain_json_is_read_with_or_without_a_byte_order_mark() -> None:
    assert json_file.load(b'\xef\xbb\xbf{"a": [1, 2.5, null, "\\ud83d\\ude00"]}') == {
        "a": [1, 2.5, None, "😀"]
    }
    assert json_file.load(b"[12345678901234567890123]") == [12345678901234567890123]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b'{"a": NaN}', "NaN"),
        (b"[-Infinity]", "-Infinity"),
        (b"[1e999]", "too large"),
        (b"[" + b"9" * 5_000 + b"]", "thousands of digits"),
        (b'{"a": 1, "a": 2}', "“a” twice"),
        (b'{"a": ["x", "\\ud800"]}', "at a, item 2 holds half a character"),
        (b'{"\\udfff": 1}', "the document itself holds half a character"),
        (b"[" * 152 + b"]" * 152, "150 levels deep"),
        (b"[" * 100_000 + b"]" * 100_000, "150 levels deep"),
        (b'{"a":' * 100_000, "150 levels deep"),
        (b'[1,\n2,\n"\xff"]', "Line 3 holds bytes that are not UTF-8"),
        ('["ä"]'.encode("utf-16"), "Line 1 holds bytes that are not UTF-8"),
        (b'[1,\n{"a": ', "ends in the middle, at line 2"),
        (b"[1,\n2 3]", "line 2, column 3"),
        (b'["a\x00b"]', "line 1, column 4"),
        (b" " * (MAX_BYTES + 1) + b"1", "25 MB fit"),
    ],
)
def test_what_is_not_clean_json_is_refused_with_its_place(data: bytes, words: str) -> None:
    assert words in refused(data).message


def test_the_line_of_a_fault_is_given_as_a_number_too() -> None:
    [place] = refused(b'[1,\n2,\n"\xff"]').problems
    assert place.line == 3


def test_one_broken_line_does_not_hide_the_others() -> None:
    rows = list(json_file.load_lines(b'{"a": "\xe2\x80\xa8"}\n\n{oops\n[2]'))
    assert [(number, text) for number, text, _ in rows] == [
        (1, '{"a": "\u2028"}'),
        (3, "{oops"),
        (4, "[2]"),
    ]
    assert isinstance(rows[1][2], BadFile)
    assert rows[2][2] == [2]


def test_text_is_utf_8_or_marked_utf_16() -> None:
    assert decode("\ufeffnaïve".encode()) == "naïve"
    assert decode("naïve".encode("utf-16")) == "naïve"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "an image"),
        ("naïve".encode("latin-1"), "Line 1"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_bytes_that_are_no_text_are_named(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words):
        decode(data)
