"""Light Markdown in prose fields, and what it may not do."""

from __future__ import annotations

import time

import pytest

from reports.prose import TOO_DEEP, cut_at_word, prose_html, prose_plain, sentences_within, web_url


def test_emphasis_lists_code_and_web_links_are_formatted() -> None:
    html = prose_html("**so** _it_ is `x`\n\n- a\n- [b](https://b.example/)")
    for part in ("<strong>so</strong>", "<em>it</em>", "<code>x</code>", "<li>a</li>"):
        assert part in html
    assert '<a href="https://b.example/" rel="noopener noreferrer">b</a>' in html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "file:///etc/passwd", "/relative", "#part", "data:text/html,x"],
)
def test_links_that_do_not_lead_to_the_web_are_no_links(address: str) -> None:
    assert "href" not in prose_html(f"[press]({address}) <{address}>")


def test_deep_nesting_is_printed_as_typed_with_a_note() -> None:
    deep = ">" * 60 + " text"
    html = prose_html(deep)
    assert TOO_DEEP in html
    assert "&gt;" * 60 in html


@pytest.mark.parametrize(
    "storm", ["**a _b", "[", "[a](", "*a", "`", "<a ", "***", "~~", "![", "> ", "- ", "&#x", "\\["]
)
def test_storms_of_marks_take_no_time(storm: str) -> None:
    text = (storm * 10_000)[:10_000]
    started = time.process_time()
    prose_html(text)
    prose_plain(text)
    assert time.process_time() - started < 2  # unbounded ones take minutes


def test_plain_words_lose_their_marks() -> None:
    assert prose_plain("**So** it _is_: `x` [here](https://a.example)") == "So it is: x here"


def test_sentences_are_kept_whole() -> None:
    text = "One is short. Two is a little longer. Three is gone."
    assert sentences_within(text, 40) == ("One is short. Two is a little longer.", True)
    assert sentences_within(text, 400) == (text, False)


def test_a_sentence_that_is_too_long_is_cut_at_a_word() -> None:
    cut, shortened = sentences_within("word " * 100, 30)
    assert shortened
    assert cut.endswith("word…")
    assert len(cut) <= 40


def test_wide_letters_take_more_room() -> None:
    assert len(cut_at_word("漢" * 100, 30)) < len(cut_at_word("i" * 100, 30))


def test_only_web_addresses_are_links() -> None:
    assert web_url("https://a.example/x") == "https://a.example/x"
    assert web_url("javascript:alert(1)") == ""
    assert web_url("https:///nowhere") == ""
    assert web_url(None) == ""
