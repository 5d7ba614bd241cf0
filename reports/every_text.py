"""Every text of a record, wherever it stands: what must reach all of them uses this one walk,
so that a field added later cannot be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import TypeVar, cast

Change = Callable[[str, str], str]  # (name of the field, its text) → the text to stand there
Record = TypeVar("Record")


def rewrite_texts(record: Record, change: Change) -> Record:
    """The record with every string replaced by `change(field name, string)`; enums stay."""
    return cast(Record, _rewrite(record, "", change))


def _rewrite(value: object, name: str, change: Change) -> object:
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return change(name, value) if value else value
    if isinstance(value, tuple):
        return tuple([_rewrite(item, name, change) for item in value])
    if isinstance(value, dict):
        return {key: _rewrite(item, name, change) for key, item in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = _field_names(type(value))
    changed = {}
    for each in names:
        old = getattr(value, each)
        new = _rewrite(old, each, change)
        if new is not old:
            changed[each] = new
    return replace(value, **changed) if changed else value


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
