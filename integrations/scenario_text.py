"""Writes a scenario as YAML for people to go on with: block style (a list of names in one line),
every text quoted or in a block, comments before the parts that they are about.
`scenario_yaml` reads it back unchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import yaml

from models.rules.scenario.source import Path

_WIDTH = 96
_STEP = "  "
_UNSAFE_IN_A_BLOCK = re.compile(
    "[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010fffd]"
)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def scenario_text(document: Mapping[str, Any], comments: Mapping[Path, str]) -> str:
    """The document as YAML, ending in a newline. `comments` go before the key or item of their
    path; they are plain sentences of our own, never text of users."""
    return "\n".join(_mapping(document, "", (), comments)) + "\n"


def _mapping(
    mapping: Mapping[str, Any], indent: str, path: Path, comments: Mapping[Path, str]
) -> Iterator[str]:
    for key, value in mapping.items():
        here = (*path, key)
        yield from _comment(comments.get(here, ""), indent)
        yield from _entry(f"{indent}{_key(key)}:", value, indent, here, comments)


def _sequence(
    items: Sequence[Any], indent: str, path: Path, comments: Mapping[Path, str]
) -> Iterator[str]:
    for place, item in enumerate(items):
        here = (*path, place)
        yield from _comment(comments.get(here, ""), indent)
        if isinstance(item, Mapping) and item:
            lines = list(_mapping(item, indent + _STEP, here, comments))
            yield f"{indent}- {lines[0].lstrip()}"
            yield from lines[1:]
        else:
            yield from _entry(f"{indent}-", item, indent, here, comments)


def _entry(
    head: str, value: Any, indent: str, path: Path, comments: Mapping[Path, str]
) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield head if value else f"{head} {{}}"
        yield from _mapping(value, indent + _STEP, path, comments)
    elif isinstance(value, list | tuple) and value and all(map(_is_name, value)):
        yield f"{head} [{', '.join(map(_quoted, value))}]"
    elif isinstance(value, list | tuple):
        yield head if value else f"{head} []"
        yield from _sequence(value, indent + _STEP, path, comments)
    elif isinstance(value, str):
        yield from _text(head, value, indent + _STEP)
    else:
        yield f"{head} {str(value).lower()}"  # whole numbers, true and false


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    """Short texts in quotes, long ones folded, those of several lines as they are; in quotes,
    too, whatever a block would change."""
    block_keeps_it = text == text.strip() and not _UNSAFE_IN_A_BLOCK.search(text)
    if "\n" in text and block_keeps_it:
        yield f"{head} |-"
        yield from (f"{indent}{line}" if line else "" for line in text.split("\n"))
    elif len(head) + len(text) > _WIDTH and block_keeps_it and "  " not in text:
        yield f"{head} >-"
        yield from _wrapped(text, indent)
    else:
        yield f"{head} {_quoted(text)}"


def _wrapped(text: str, indent: str) -> Iterator[str]:
    """Lines of a folded text, broken at spaces only."""
    line = ""
    for word in text.split(" "):
        if line and len(indent) + len(line) + 1 + len(word) > _WIDTH:
            yield f"{indent}{line}"
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield f"{indent}{line}"


def _key(key: str) -> str:
    if _WORD.fullmatch(key) and key.lower() not in _RESERVED:
        return key
    return _quoted(key)


def _quoted(text: str) -> str:
    return yaml.dump(text, default_style='"', allow_unicode=True, width=float("inf")).rstrip()


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) < 30 and _WORD.fullmatch(value) is not None


def _comment(text: str, indent: str) -> Iterator[str]:
    for line in wrap(text, _WIDTH - len(indent) - 2):
        yield f"{indent}# {line}"
