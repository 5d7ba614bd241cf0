"""A post-mortem as JSON and back, exactly: what Hotwash exports it can bring in again.

The document is `{"hotwash": 1, "postmortem": {…}}`, the fields being those of PostmortemRecord.
Times are ISO 8601 in UTC; the bytes of evidence are base64 in the URL-safe alphabet (RFC 4648,
section 5); both alphabets are read.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from models.rules.problems import BadFile, PlacedProblem, ProblemForUser
from models.rules.record import PostmortemRecord, WhyRecord
from models.rules.text import DOCUMENT, LINE, PARAGRAPH, clean, clean_line
from models.rules.times import to_utc

VERSION = 1
MAX_WHY_DEPTH = 50
LARGEST = 2**31 - 1  # a whole number that every database holds

_URL_LINE = 2_000
_LIMIT_OF_LINE = {
    **dict.fromkeys(("url", "source_url", "tracker_url", "source_key"), _URL_LINE),
    **dict.fromkeys(("title", "name", "role", "owner", "facilitator", "author", "by"), LINE),
    **dict.fromkeys(("id", "event_ids", "factor", "factors", "services"), LINE),
    **dict.fromkeys(("media_type", "zone"), LINE),
}
_LIMIT_OF_TEXT = {"source_text": DOCUMENT}
_WEB_SCHEMES = ("http", "https", "mailto")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)

# In a tuple, because pydantic gives the settings of bytes to a dataclass only from outside it.
_RECORD: TypeAdapter[tuple[PostmortemRecord]] = TypeAdapter(
    tuple[PostmortemRecord],
    config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64", strict=True),
)


def dump(postmortem: PostmortemRecord) -> str:
    """The document as text. `load` gives the same post-mortem back."""
    [record] = _RECORD.dump_python((postmortem,), mode="json")
    return json.dumps({"hotwash": VERSION, "postmortem": record}, ensure_ascii=False, indent=1)


def load(text: str) -> PostmortemRecord:
    """The post-mortem of a document that `dump` made. Raises BadFile as `from_document`, and for
    text that is not JSON."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise BadFile("This is not a JSON document. Choose a file exported as JSON.") from None
    return from_document(document)


def from_document(document: object) -> PostmortemRecord:
    """The post-mortem of a parsed document, its strings cleaned and its times in UTC.

    Raises BadFile naming every place that does not fit. Fields that Hotwash does not know are
    passed over: `unknown_fields` names them.
    """
    if not isinstance(document, dict) or not isinstance(document.get("postmortem"), dict):
        raise BadFile("This is no Hotwash export: it has no post-mortem in it.")
    if document.get("hotwash") != VERSION:
        raise BadFile(
            f"This export has the version {shown(document.get('hotwash'))}; version {VERSION} can "
            "be read here. Export it from the same version of Hotwash, or update this one."
        )
    try:
        # Through text, because only there base64, times and lists are read strictly.
        known = _without_empty_clocks(document["postmortem"])
        [record] = _RECORD.validate_json(json.dumps([known]))
    except ValidationError as error:
        faults = error.errors(include_url=False)
        raise _bad_file(
            [_problem(fault["loc"][1:], fault["type"], fault.get("ctx")) for fault in faults]
        ) from None
    except (ValueError, RecursionError):
        raise BadFile("The export is nested too deeply to be read.") from None
    _check_depth(record.whys)
    problems: list[str] = []
    cleaned: PostmortemRecord = _cleaned(record, (), problems)
    if problems:
        raise _bad_file(problems)
    return cleaned


def unknown_fields(document: object, postmortem: PostmortemRecord) -> list[tuple[str, object]]:
    """Place and value of every field of the document that the post-mortem has no place for."""
    known = json.loads(dump(postmortem))
    found = _differences(document, known, ())
    return [(place, value) for place, value in found if value is not None]


def place_in_words(path: Iterable[object]) -> str:
    """The place of a value in a document as a person reads it: `incidents, item 1, title`."""
    return ", ".join(f"item {key + 1}" if isinstance(key, int) else shown(key) for key in path)


def shown(value: object, limit: int = 80) -> str:
    """A value that somebody else wrote, on one line and short, for use in a message."""
    text = clean_line(str(value), limit=sys.maxsize)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _bad_file(problems: list[str]) -> BadFile:
    more = f" There are {len(problems) - 1:,} more places." if len(problems) > 1 else ""
    return BadFile(
        f"The export does not fit at {problems[0]}{more} Correct it, and bring it in again.",
        [PlacedProblem(problem[:1].upper() + problem[1:]) for problem in problems],
    )


def _problem(path: tuple[int | str, ...], type_: str, context: dict[str, Any] | None) -> str:
    place = place_in_words(key for key in path if key != "[key]") or "the post-mortem"
    if type_ == "missing":
        why = "is missing"
    elif type_ == "enum":
        why = f"must be one of {(context or {}).get('expected', 'the known words')}"
    else:
        kind = type_.split("_", 1)[0]
        why = f"must be {_KINDS.get(kind, 'something else')}"
    return f"{place}: it {why}."


_KINDS = {
    "string": "text",
    "datetime": "a time such as 2024-05-06T09:00:00Z",
    "date": "a day such as 2024-05-06",
    "bool": "true or false",
    "int": "a whole number",
    "bytes": "base64",
    "tuple": "a list",
    "dict": "an object",
    "dataclass": "an object",
    "too": "a list of another length",
}


def _check_depth(whys: tuple[WhyRecord, ...]) -> None:
    level, depth = whys, 1
    while level:
        if depth > MAX_WHY_DEPTH:
            raise BadFile(
                f"The why-tree is more than {MAX_WHY_DEPTH} levels deep. "
                "Cut the longest branch, and bring it in again."
            )
        level, depth = tuple(child for why in level for child in why.children), depth + 1


def _without_empty_clocks(postmortem: dict[str, Any]) -> dict[str, Any]:
    """The document without clocks that are null: a time that is not known."""
    incidents = postmortem.get("incidents")
    if not isinstance(incidents, list):
        return postmortem
    known = [
        {**incident, "clocks": {c: at for c, at in incident["clocks"].items() if at is not None}}
        if isinstance(incident, dict) and isinstance(incident.get("clocks"), dict)
        else incident
        for incident in incidents
    ]
    return {**postmortem, "incidents": known}


def check_sense(postmortem: PostmortemRecord) -> None:
    """Raises BadFile naming every place of a document from outside that contradicts itself."""
    if problems := list(_contradictions(postmortem)):
        raise _bad_file(problems)


def _contradictions(postmortem: PostmortemRecord) -> Iterator[str]:
    """What has the right shape and cannot be: no title, an end before its beginning."""
    if not postmortem.title:
        yield "title: it is empty."
    for n, incident in enumerate(postmortem.incidents):
        if not incident.title:
            yield place_in_words(("incidents", n, "title")) + ": it is empty."
        for m, event in enumerate(incident.events):
            place = ("incidents", n, "events", m)
            if event.until and event.until < event.at:
                yield place_in_words((*place, "until")) + ": it lies before the beginning (at)."
            if event.line is not None and event.line < 1:
                yield place_in_words((*place, "line")) + ": lines are counted from 1."
    for n, meeting in enumerate(postmortem.meetings):
        if meeting.ended_at < meeting.began_at:
            yield place_in_words(("meetings", n, "ended_at")) + ": it lies before the beginning."


def _cleaned(value: Any, path: tuple[str | int, ...], problems: list[str]) -> Any:
    """The value with every string cleaned and every time in UTC, all the way down."""
    if isinstance(value, Enum):
        return value
    if isinstance(value, int) and abs(value) > LARGEST:
        problems.append(f"{place_in_words(path)}: {shown(value, 20)} is too large a number.")
    if isinstance(value, (str, datetime)):
        try:
            return _cleaned_text(value, path) if isinstance(value, str) else _in_utc(value)
        except ProblemForUser as problem:
            problems.append(f"{place_in_words(path)}: {problem.message}")
            return value
    if isinstance(value, tuple):
        return tuple(_cleaned(v, (*path, n), problems) for n, v in enumerate(value))
    if isinstance(value, dict):
        return {key: _cleaned(v, (*path, str(key)), problems) for key, v in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value,
            **{
                field.name: _cleaned(getattr(value, field.name), (*path, field.name), problems)
                for field in fields(value)
            },
        )
    return value


def _cleaned_text(value: str, path: tuple[str | int, ...]) -> str:
    name = next((key for key in reversed(path) if isinstance(key, str)), "text")
    if name not in _LIMIT_OF_LINE:
        return clean(value, limit=_LIMIT_OF_TEXT.get(name, PARAGRAPH), field=name)
    line = clean_line(value, limit=_LIMIT_OF_LINE[name], field=name)
    scheme = _SCHEME.match(line) if name.endswith("url") else None
    if scheme and scheme[1].lower() not in _WEB_SCHEMES:
        raise ProblemForUser(f"{scheme[1]}: is not an address on the web. Use https.", field=name)
    return line


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ProblemForUser("The time has no offset. Add Z for UTC.", field="time")
    return to_utc(moment, UTC)


def _differences(
    given: object, known: object, path: tuple[str | int, ...]
) -> Iterator[tuple[str, object]]:
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key in known:
                yield from _differences(value, known[key], (*path, key))
            else:
                yield place_in_words((*path, key)), value
    elif isinstance(given, list) and isinstance(known, list):
        for number, (left, right) in enumerate(zip(given, known, strict=False)):
            yield from _differences(left, right, (*path, number))
