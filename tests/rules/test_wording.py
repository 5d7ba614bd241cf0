"""The blame-aware reading: every rule's own examples, two bodies of sentences, and the places,
the limits and the texts that are not ours to judge."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from models.rules import wording_text
from models.rules.wording import RULES, SEARCHES, Finding, judges, read_wording, sentence_around
from models.rules.wording_people import tag_people
from models.rules.wording_text import LONGEST, prose_of
from models.rules.wording_vocabulary import compiled, is_about_people

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parents[1] / "../shared/samples/postmortems_markdown"


def lines_of(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


FINDS = [(rule.id, example) for rule in RULES for example in rule.finds]
LEAVES = [example for rule in RULES for example in rule.leaves]
FOUND = [line.split(": ", 1) for line in lines_of("wording_found.txt")]
CLEAN = lines_of("wording_clean.txt")
EVERY_SENTENCE = [
    *(example for _, example in FINDS),
    *(sentence for _, sentence in FOUND),
    *lines_of("../fixtures/wording_blaming.txt"),
]


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(finding.rule, finding.span) for finding in read_wording(text, names)]


@pytest.mark.parametrize(("rule", "example"), FINDS)
def test_a_rule_finds_its_examples(rule: str, example: str) -> None:
    assert rule in [finding.rule for finding in read_wording(example)]


@pytest.mark.parametrize("example", LEAVES)
def test_nothing_is_found_in_what_a_rule_leaves(example: str) -> None:
    assert found(example) == []


@pytest.mark.parametrize(("rule", "sentence"), FOUND)
def test_a_sentence_that_judges_is_found(rule: str, sentence: str) -> None:
    assert rule in [finding.rule for finding in read_wording(sentence)]


@pytest.mark.parametrize("sentence", CLEAN)
def test_a_sentence_that_states_is_left_alone(sentence: str) -> None:
    assert found(sentence) == []


def test_the_clean_sentences_stay_clean_as_one_text() -> None:
    assert found("\n\n".join(CLEAN)) == []


def test_nearly_all_sentences_that_blame_are_found_and_hardly_any_other() -> None:
    """Measured on the half of either set that no rule was tuned on."""
    blaming, innocent = (
        lines_of(f"../fixtures/wording_{kind}.txt")[1::2] for kind in ("blaming", "innocent")
    )
    hits = sum(bool(read_wording(sentence)) for sentence in blaming)
    false_alarms = sum(bool(read_wording(sentence)) for sentence in innocent)
    assert len(blaming) >= 75
    assert len(innocent) >= 125
    assert hits / len(blaming) >= 0.9
    assert hits / (hits + false_alarms) >= 0.95


@pytest.mark.parametrize("search", [s for searches in SEARCHES.values() for s in searches])
def test_a_search_matches_only_where_one_of_its_words_is(search: tuple[str, str]) -> None:
    words, pattern = search
    for sentence in [*EVERY_SENTENCE, *CLEAN]:
        tagged = tag_people(sentence, frozenset()) if is_about_people(pattern) else sentence
        if compiled(pattern).search(tagged):
            assert any(word in sentence.lower() for word in words.split("|")), sentence


def test_every_rule_has_a_search_and_examples_of_both_kinds() -> None:
    assert {rule.id for rule in RULES} == set(SEARCHES)
    assert all(rule.finds and rule.leaves for rule in RULES)


def test_the_place_is_the_line_from_one_and_the_offsets_in_it() -> None:
    text = "# Summary\n\nAda’s team – the small one – was fine.\n- Ben forgot the key\n"
    (finding,) = read_wording(text)
    assert (finding.line, finding.span) == (4, "Ben forgot")
    assert text.split("\n")[3][finding.start : finding.end] == "Ben forgot"


def test_the_span_keeps_the_words_as_they_were_typed() -> None:
    assert found("The engineer shouldn’t have  deployed.") == [
        ("should-have", "The engineer shouldn’t have  deployed")
    ]


def test_the_suggestion_is_made_with_the_span() -> None:
    (finding,) = read_wording("The engineer failed to notice the lag.")
    assert "“The engineer failed to notice”" in finding.suggestion
    assert "no alert fired" in finding.suggestion


def test_a_sentence_that_is_wrapped_is_read_whole() -> None:
    text = "If Ada had\nchecked the disk, the night\nwould have been quiet."
    (finding,) = read_wording(text)
    assert (finding.line, finding.rule) == (1, "counterfactual")
    assert text.split("\n")[0][finding.start : finding.end] == finding.span


def test_windows_line_ends_count_as_lines() -> None:
    assert [f.line for f in read_wording("One.\r\nBen forgot the key.\r\n")] == [2]


@pytest.mark.parametrize(
    ("text", "line", "start"),
    [
        ("One.\r\n\tBen forgot the key.\r\n", 2, 1),
        ("\U0001f600 \U0001f469\u200d\U0001f4bb Ben forgot the key", 1, 6),
        ("Cafe\u0301 closed. Ben forgot the key", 1, 14),
        ("| when | what |\n|---|---|\n| \U0001f600 10:02 | Ben forgot the key |", 3, 12),
        ("\u0130stanbul was quiet. Ben forgot the key", 1, 20),
    ],
)
def test_the_place_is_exact_whatever_stands_before_it(text: str, line: int, start: int) -> None:
    (finding,) = read_wording(text)
    assert (finding.line, finding.start, finding.span) == (line, start, "Ben forgot")
    assert text.split("\n")[line - 1][finding.start : finding.end] == finding.span


def test_a_name_of_combined_letters_is_whole_in_the_span() -> None:
    assert found("Zoe\u0308 forgot the key.") == [("forgot", "Zoe\u0308 forgot")]
    assert found("It was a mistake by Rene\u0301", "Ren\u00e9") == [
        ("persons-mistake", "mistake by Rene\u0301")
    ]


def test_capitals_do_not_hide_a_name() -> None:
    assert found("ADA SHOULD HAVE CHECKED THE HOST.") != []
    assert found("MARK THE HOST. GRACE PERIOD FAILED TO START.") == []


def test_emphasis_does_not_hide_words() -> None:
    assert found("It was **human** *error*.") == [("human-error", "human** *error")]


def test_names_that_are_given_are_people() -> None:
    sentence = "Quell failed to read the note."
    assert found(sentence) == []
    assert found(sentence, "Ilse Quell") == [("failed-to", "Quell failed to read")]


def test_a_name_given_in_capitals_is_known_in_small_letters() -> None:
    assert found("quell forgot to page us", "Quell") == [("forgot", "quell forgot to page")]


def test_a_name_that_is_also_a_word_needs_its_capital() -> None:
    assert found("Mark forgot the key.", "Mark Will") == [("forgot", "Mark forgot")]
    assert found("The mark failed to appear, and will not come.", "Mark Will") == []


def test_a_name_given_outranks_the_name_of_a_system() -> None:
    assert found("Travis failed to check the branch.", "Travis Ode") != []
    assert found("Travis failed to check the branch.") == []


def test_who_speaks_in_the_text_is_known_as_a_person() -> None:
    text = "Wanjiru asked for the logs. Later Wanjiru failed to check the second host."
    assert found(text) == [("failed-to", "Wanjiru failed to check")]


def test_handles_and_titles_are_people() -> None:
    assert found("@wanjiru failed to check the host.") != []
    assert found("Dr. Quell failed to check the host.") != []


def test_they_are_people_only_after_people() -> None:
    assert found("The engineers left. They failed to hand over.") != []
    assert found("The workers restarted. They failed to hand over.") == []


@pytest.mark.parametrize(
    "text",
    [
        "```\nhuman error\n```\n",
        "~~~\nBen forgot to close the fence",
        "See `human error` there.",
        "See <code>human error</code> there.",
        "See https://example.org/human-error?x=careless there.",
        "See [the page](https://example.org/careless) there.",
        "ERROR: user error, failed to connect",
        "2024-05-06T10:02:11Z host app ERROR careless value",
        "May  6 10:02:11 db1 postgres[12]: human error",
        'level=warn msg="user error"',
        '{"level":"error","msg":"operator failed to reconcile: user error"}',
        "kernel: Out of memory: killed process 4021 (careless)",
        "“You should have told us. This is careless”, wrote a customer.",
        "A customer wrote: “Your engineers should have told us”.",
    ],
)
def test_code_links_logs_and_words_of_customers_are_not_read(text: str) -> None:
    assert found(text) == []


def test_after_a_fence_reading_goes_on() -> None:
    assert [f.line for f in read_wording("```\nhuman error\n```\nIt was human error.")] == [4]


def test_words_in_quotation_marks_that_are_ours_are_read() -> None:
    assert found("The root cause was “human error”.") == [("human-error", "human error")]


def test_a_heading_is_read_with_the_answer_below_it() -> None:
    assert [f.rule for f in read_wording("## Root cause\n\nBen deleted the table.")] == [
        "cause-is-a-person"
    ]


def test_where_rules_overlap_the_more_specific_one_stays() -> None:
    assert found("Ada should have known better.") == [
        ("knew-better", "Ada should have known better")
    ]


def test_findings_never_overlap_and_come_in_order() -> None:
    text = "\n".join(sentence for _, sentence in FOUND)
    findings = read_wording(text)
    places = [(f.line, f.start, f.end) for f in findings]
    assert places == sorted(places)
    assert all(a[0] < b[0] or a[2] <= b[1] for a, b in pairwise(places))
    assert all(text.split("\n")[f.line - 1][f.start : f.end] == f.span for f in findings)


def test_a_timeline_row_judges_or_states() -> None:
    assert judges("10:02 Ben carelessly restarted the primary")
    assert judges("10:02 The engineer should have paged us")
    assert not judges("10:02 Ben restarted the primary")
    assert not judges("10:02 Agreed to be more careful")
    assert read_wording("10:02 Agreed to be more careful")


def test_the_key_of_a_sentence_survives_moving_and_rewrapping() -> None:
    one = "First line.\n\n- It was **human error**, they say."
    two = "It was human error,\nthey say."
    keys = {sentence_around(text, read_wording(text)[0]) for text in (one, two)}
    assert keys == {"it was human error, they say."}


def test_the_key_is_of_its_own_sentence_only() -> None:
    text = "It was human error. Ben forgot the key. All is well."
    assert [sentence_around(text, finding) for finding in read_wording(text)] == [
        "it was human error.",
        "ben forgot the key.",
    ]


def test_nothing_is_found_in_nothing() -> None:
    assert read_wording("") == ()
    assert read_wording(" \n\n ") == ()


def test_letters_used_as_marks_inside_do_no_harm() -> None:
    assert found("ꀀꀀ failed to check, ꀁꀁ forgot to look, ꀂ, ꀃ.") == []


HOSTILE = {
    "one long word": "a" * 200_000,
    "one long line": "the engineer who " * 12_000,
    "only triggers": "if we had could should have failed to because cause blame " * 3_500,
    "short words": "a " * 100_000,
    "should and nothing else": "should " * 28_000,
    "open quotes": '"a ' * 66_000,
    "backticks": "`" * 200_000,
    "open brackets": "](" * 100_000,
    "underscores": "_*~" * 66_000,
    "line ends": "\n" * 200_000,
    "tables": "|" * 200_000,
    "at signs": "a@" * 100_000,
    "deep quotes": "> " * 100_000,
    "spaces": "Ben" + " " * 199_990 + "forgot",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read_in_bounded_pieces(name: str) -> None:
    text = HOSTILE[name]
    prose = prose_of(text)
    assert len(prose.flat) == len(text)
    assert all(0 < end - start <= LONGEST for start, end in prose.spans)
    ends = [0, *(end for _, end in prose.spans)]
    assert all(start >= end for (start, _), end in zip(prose.spans, ends, strict=False))
    read_wording(text)


def test_no_pattern_repeats_without_a_bound() -> None:
    """With bounded repeats over bounded pieces, the time grows with the text and no faster."""
    unbounded = re.compile(r"(?<!\\)(?<!\[)(?<!\})[*+](?![^\[\]]*\])|\{\d+,\}")
    of_rules = [compiled(p).pattern for searches in SEARCHES.values() for _, p in searches]
    of_text = [v.pattern for v in vars(wording_text).values() if isinstance(v, re.Pattern)]
    assert len(of_rules) > 60
    assert len(of_text) > 8
    assert [p for p in of_rules + of_text if unbounded.search(p)] == []


def test_a_finding_is_a_plain_value() -> None:
    (finding,) = read_wording("It was human error.")
    assert isinstance(finding, Finding)
    assert replace(finding) == finding


def test_real_postmortems_raise_only_what_a_reader_would_mark() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("The sample post-mortems are not beside this checkout.")
    spans = sorted(
        finding.span.lower()
        for path in SAMPLES.glob("*.md")
        for finding in read_wording(path.read_text(encoding="utf-8"))
    )
    assert spans == [
        "be more aware",
        "be more careful",
        "shouldn't have been rushed",
        "shouldn't have been rushed",
        "they could have tested",
        "we failed to verify",
    ]


@pytest.mark.parametrize("unseen", ["\u200b", "\u00ad", "\u2060", "\ufeff", "\u200d", "\u202e"])
def test_characters_that_nobody_sees_hide_no_word(unseen: str) -> None:
    text = f"First line.\n{unseen}It was hum{unseen}an er{unseen}ror{unseen} again."
    [finding] = read_wording(text)
    assert (finding.rule, finding.line) == ("human-error", 2)
    line = text.split("\n")[1]
    assert line[finding.start : finding.end] == finding.span == f"hum{unseen}an er{unseen}ror"
    assert sentence_around(text, finding) == sentence_around(text.replace(unseen, ""), finding)
