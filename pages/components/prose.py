"""Prose that people wrote in light Markdown, shown on a page: bold, lists, code, quotes, links to
the web and to mail. Everything else stays the text that it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import streamlit as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from pages.components.problems import escape

DEEPEST = 40  # levels of nesting; beyond, and with more brackets, the text is shown as typed
MOST_BRACKETS = 500

_READER = MarkdownIt("js-default", {"html": False, "linkify": False}).disable(
    ["image", "heading", "lheading", "table", "hr", "reference", "html_block", "html_inline"]
)
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_AROUND = {"strong": "**", "em": "*", "s": "~~"}
_LEAVES = {"text", "text_special", "code_inline", "softbreak", "hardbreak"}


def show_prose(text: str) -> None:
    """Shows the text; nothing for none."""
    if text.strip():
        st.markdown(safe_markdown(text))


@lru_cache(maxsize=512)  # the same text on many screens, and at each drawing
def safe_markdown(text: str) -> str:
    """The text as Markdown that Streamlit can be given: read here, and written anew with every
    word escaped, so that only the marks that are allowed are left in it."""
    if text.count("[") > MOST_BRACKETS:
        return _as_typed(text)
    tokens = _READER.parse(text)
    if any(token.level > DEEPEST for token in tokens):
        return _as_typed(text)
    return "\n".join(_blocks(tokens)).strip("\n")


def _as_typed(text: str) -> str:
    return "\n\n".join(
        "  \n".join(_escaped(line) for line in block.split("\n"))
        for block in re.split(r"\n{2,}", text)
    )


def _blocks(tokens: Iterable[Token]) -> list[str]:
    """Lines of Markdown; inside lists and quotes each begins with the marks of those."""
    lines: list[str] = []
    marks: list[str] = []  # what stands before each line here
    numbers: list[int | None] = []  # the next number of each open list; None for bullets
    tight = False
    for token in tokens:
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrGet("start") or 1)
            numbers.append(start if kind.startswith("ordered") else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            numbers.pop()
            _end_block(lines, marks)
        elif kind == "list_item_open":
            number = numbers[-1]
            marks.append("- " if number is None else f"{number}. ")
            numbers[-1] = None if number is None else number + 1
        elif kind == "blockquote_open":
            marks.append("> ")
        elif kind in ("list_item_close", "blockquote_close"):
            marks.pop()
        elif kind == "paragraph_open":
            tight = token.hidden
        elif kind in ("inline", "fence", "code_block"):
            body = _inline(token.children or ()) if kind == "inline" else _fence(token.content)
            for line in body.split("\n"):
                lines.append("".join(marks) + line)
                # The mark of a list item stands on its first line only.
                marks = [mark if mark == "> " else " " * len(mark) for mark in marks]
            if kind != "inline" or not tight:
                _end_block(lines, marks)
    return lines


def _end_block(lines: list[str], marks: list[str]) -> None:
    """An empty line, unless there is one."""
    empty = "".join(marks).rstrip()
    if lines and lines[-1].strip(" >"):
        lines.append(empty)


def _fence(content: str) -> str:
    longest = max((len(run) for run in re.findall("`+", content)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}\n{content.rstrip(chr(10))}\n{fence}"


def _inline(tokens: Iterable[Token]) -> str:
    parts: list[str] = []
    links: list[str] = []
    for token in tokens:
        kind, _, side = token.type.rpartition("_")
        if token.type in _LEAVES:
            parts.append(_leaf(token))
        elif kind in _AROUND:
            parts.append(_AROUND[kind])
        elif kind == "link" and side == "open":
            href = str(token.attrGet("href") or "")
            links.append(href if _LINK.fullmatch(href) else "")
            parts.append("[" if links[-1] else "")
        elif kind == "link":
            href = links.pop()
            parts.append(f"](<{href}>)" if href else "")
    return "".join(parts)


def _leaf(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):  # a line that was ended stays ended
        return "  \n"
    if token.type == "code_inline":
        longest = max((len(run) for run in re.findall("`+", token.content)), default=0)
        marks = "`" * (longest + 1)
        return f"{marks} {token.content} {marks}"
    return _escaped(token.content)


def _escaped(text: str) -> str:
    """As `escape`, with the spaces at both ends that keep neighbours apart."""
    lead = " " if text[:1].isspace() else ""
    tail = " " if text[-1:].isspace() and text.strip() else ""
    return lead + escape(text).replace("=", "\\=") + tail  # === below a line makes a heading
