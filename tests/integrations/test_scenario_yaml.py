"""Scenario files are read without the traps of YAML, and every part knows its line."""

from __future__ import annotations

import pytest

from integrations.scenario_yaml import MAX_BYTES, read_scenario
from models.rules.problems import BadFile
from models.rules.scenario.source import Repeated


def refused(data: bytes | str) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_scenario(data.encode() if isinstance(data, str) else data)
    return caught.value


def test_only_what_is_plainly_a_value_becomes_one() -> None:
    source = read_scenario(
        b"a: 1:30\nb: on\nc: no\nd: 2026-03-14\ne: 2026-03-14T09:00:00Z\nf: 1.0\ng: 0x1F\nh: 010\n"
        b"i: 1_000\nj: .inf\nk: 90\nl: -3\nm: true\nn: 'true'\no: \"5\"\np:\nq: True\nr: 0\n"
    )
    assert source.document == {
        "a": "1:30", "b": "on", "c": "no", "d": "2026-03-14", "e": "2026-03-14T09:00:00Z",
        "f": "1.0", "g": "0x1F", "h": "010", "i": "1_000", "j": ".inf", "k": 90, "l": -3,
        "m": True, "n": "true", "o": "5", "p": None, "q": "True", "r": 0,
    }  # fmt: skip


def test_every_key_and_item_has_its_line() -> None:
    source = read_scenario(b"# a remark\na:\n  b: 1\n  c:\n    - x\n    - {d: 2}\ne: |\n  long\n")
    assert source.lines == {
        ("a",): 2, ("a", "b"): 3, ("a", "c"): 4, ("a", "c", 0): 5, ("a", "c", 1): 6,
        ("a", "c", 1, "d"): 6, ("e",): 7,
    }  # fmt: skip
    assert source.line_of(("a", "c", 1, "missing")) == 6
    assert source.line_of(("nothing",)) is None


def test_a_repeated_key_keeps_its_first_value_and_is_told() -> None:
    source = read_scenario(b"a: {b: 1}\nc: 2\na: {b: 3}\n")
    assert source.document == {"a": {"b": 1}, "c": 2}
    assert source.repeated == (Repeated(("a",), 3, 1),)
    assert source.lines[("a", "b")] == 1


def test_a_mark_of_byte_order_and_windows_line_ends_do_no_harm() -> None:
    assert read_scenario("\ufeffa: b\r\nc: d\r\n".encode()).document == {"a": "b", "c": "d"}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: *a", 2, "Aliases"),
        ("a: &x 1", 1, "Anchors"),
        ("a: 1\n<<: {b: 2}", 2, "Merge keys"),
        ("a: 1\nb: !!python/object:os.system x", 2, "Tags"),
        ("a: !secret x", 1, "Tags"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("- a\n- b", 1, "mapping"),
        ("? [a]\n: 1", 1, "A key is one word"),
        ("a: b: c", 1, "colon"),
        ("a: 1\n\tb: 2", 2, "spaces, not with tabs"),
        ('a: "x\nb: 2', 2, "quotation"),
        ("a: [1, 2\nb: 3", 2, "bracket"),
        ("a:\n  b: 1\n c: 2", 3, "indentation"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    problem = refused(text).problems[0]
    assert words in problem.message
    assert problem.line == line


def test_all_refused_marks_are_told_at_once() -> None:
    assert [p.line for p in refused("a: &x 1\nb: *x\nc: !t 2").problems] == [1, 2, 3]


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 30_000, "- " * 50_000, "a:\n" + " " * 30])
def test_deep_nesting_ends_soon(text: str) -> None:
    if text.startswith("a:"):
        nested = "".join(f"{' ' * depth}k:\n" for depth in range(30))
        assert "levels deep" in refused(nested).message
    else:
        assert "levels deep" in refused(text).message


def test_a_bomb_of_aliases_is_refused() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(99))
    assert len(refused(bomb).problems) == 100


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"a: \xff\xfe\n", "UTF-8"),
        (b"\xff\xfea\x00:\x00", "UTF-8"),
        (b"a: b\x00c", "control character"),
        (b"%PDF-1.7", "PDF"),
        (b"a: " + b"x" * MAX_BYTES, "256 KB"),
    ],
)
def test_what_is_no_text_of_a_sensible_size_is_refused(data: bytes, words: str) -> None:
    assert words in refused(data).message
