"""Any post-mortem at all, for properties: every field by its type, as records hold them."""

from __future__ import annotations

import unicodedata
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from models.rules.record import PostmortemRecord
from models.rules.text import clean, clean_line

_TEXT = st.text(max_size=20).map(
    lambda s: clean(s.encode("utf-8", "ignore").decode()),
)
_LINE = _TEXT.map(clean_line).filter(lambda s: unicodedata.is_normalized("NFC", s))
_TIMES = st.datetimes(datetime(1970, 1, 2), datetime(2200, 12, 30), timezones=st.just(UTC))
_DAYS = st.dates(date(1970, 1, 1), date(2200, 1, 1))
_NAME = st.sampled_from(
    ["", "Ada Brandt", "Ben Okafor", "Siobhán O'Brien", "李雷", "zoë", 'A "B" C']
)
_NAMED = ("name", "owner", "facilitator", "by", "author", "factor", "factors", "services")
_URL = st.sampled_from(["", "https://example.org/a?b=c", "INC-123"])


_BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: _LINE,
    bool: st.booleans(),
    int: st.integers(1, 10**6),
    bytes: st.binary(max_size=30),
    datetime: _TIMES,
    date: _DAYS,
    NoneType: st.none(),
}


def _values(kind: Any, name: str = "", depth: int = 0) -> st.SearchStrategy[Any]:
    """Values of a field by its type, as records hold them."""
    if name.endswith("url"):
        return _URL
    if name in _NAMED and kind is str:
        return _NAME
    if name in ("text", "summary", "source_text", "reason", "comment"):
        return _TEXT
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        if depth > 3:  # a why-tree has no other end
            hints = {"text": str}
        return st.builds(
            kind, **{key: _values(hint, key, depth + 1) for key, hint in hints.items()}
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    inner = get_args(kind)
    if get_origin(kind) is dict:
        return st.dictionaries(*(_values(k, "", depth) for k in inner), max_size=2)
    if get_origin(kind) is tuple and inner[-1] is Ellipsis:
        return st.lists(_values(inner[0], name, depth), max_size=2).map(tuple)
    parts = [_values(part, "", depth) for part in inner]
    return st.tuples(*parts) if get_origin(kind) is tuple else st.one_of(parts)


ANY_POSTMORTEM: st.SearchStrategy[PostmortemRecord] = _values(PostmortemRecord)
