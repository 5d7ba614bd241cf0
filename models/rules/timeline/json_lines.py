"""A line of a log that is one JSON object."""

from __future__ import annotations

import json

from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp

_TIMES = ("ts", "time", "timestamp", "@timestamp", "datetime", "date", "asctime", "t", "eventTime")
_MESSAGES = ("msg", "message", "event", "text", "log", "description", "summary", "body")
_LONGEST = 20_000  # characters


def read_json_line(text: str) -> tuple[Stamp, str] | None:
    """The time of the object and its words: the message, then the other fields in brackets.
    None for what is no object with a time."""
    if not text.endswith("}") or len(text) > _LONGEST:
        return None
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict):
        return None
    key = next((key for key in _TIMES if key in fields), "")
    stamp = _stamp(fields.pop(key, None))
    if not stamp:
        return None
    message = next((str(fields.pop(key)) for key in _MESSAGES if key in fields), "")
    rest = ", ".join(f"{name}: {_shown(value)}" for name, value in fields.items())
    return stamp, f"{message} ({rest})" if message and rest else message or rest


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _stamp(value: object) -> Stamp | None:
    """A time in words, or in seconds (or thousandths, millionths …) since 1970."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float) and 1e9 <= value < 4e18:
        seconds = float(value)
        while seconds >= 4e9:
            seconds /= 1000
        return Stamp(0, str(value), epoch=seconds)
    stamp = read_stamp(value) if isinstance(value, str) else None
    return stamp if stamp and isinstance(value, str) and is_whole_line(value, stamp) else None
