"""JSON that nobody has checked: read strictly, and every refusal names its place.

Why strict: a lone surrogate breaks storage, NaN and Infinity are not JSON, deep nesting ends the
process, and of two fields with one name Python would drop the first in silence.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from integrations.decoding import check_size, utf8
from models.rules.problems import BadFile, PlacedProblem
from models.rules.record_json import place_in_words, shown

MAX_DEPTH = 150  # a why-tree of 50 takes two levels for each why

_SURROGATE = re.compile("[\ud800-\udfff]")
_LOOKS_LIKE_JSON = re.compile(r'\s*(\{\s*["}]|\[\s*[{\]\[])')

Path = tuple["Path", object] | None  # linked, so that a deep document costs no more


class _Refused(ValueError):
    """Raised from inside the parser, where the place is not known."""


def looks_like_json(data: bytes) -> bool:
    """Whether the file begins as a JSON object, or as a list of objects or lists."""
    head = data[:1000].decode("utf-8-sig", errors="replace")
    return _LOOKS_LIKE_JSON.match(head) is not None


def load(data: bytes) -> object:
    """The value of a JSON document. Raises BadFile, with the line where there is one, for bytes
    that are not UTF-8, broken or cut-off JSON, NaN and Infinity, a field given twice, nesting
    beyond MAX_DEPTH, and lone surrogates."""
    check_size(data)
    return _parse(utf8(data))


def load_lines(data: bytes) -> Iterator[tuple[int, str, object | BadFile]]:
    """Number (from 1), text and value of each line of a file with one JSON document a line; a
    line that cannot be read gives its problem. Empty lines are passed over. Raises BadFile when
    the bytes are not UTF-8."""
    check_size(data)
    # Only \n ends a line here: other separators may stand inside a JSON string.
    for number, line in enumerate(utf8(data).split("\n"), start=1):
        if line.strip():
            try:
                yield number, line, _parse(line)
            except BadFile as problem:
                yield number, line, problem


def _parse(text: str) -> object:
    try:
        value: object = json.loads(
            text,
            object_pairs_hook=_object,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as fault:
        raise _broken(text, fault) from None
    except _Refused as fault:
        raise BadFile(
            f"{fault} Correct it where the file was made, and bring it in again."
        ) from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # an integer beyond the interpreter's limit of digits
        raise BadFile("The file holds a number with thousands of digits. Correct it.") from None
    _check_values(value)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        [(twice, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise _Refused(f"The file gives the field “{shown(twice)}” twice in the same object.")
    return fields


def _refuse_constant(word: str) -> None:
    raise _Refused(f"The file holds {word}, which is not a number that JSON knows.")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise _Refused(f"The number {digits[:40]} in the file is too large.")
    return number


def _broken(text: str, fault: json.JSONDecodeError) -> BadFile:
    if not text[: fault.pos].strip() and text.strip():
        return BadFile(
            f"This is not JSON: it begins with “{shown(text.strip(), 30)}”. "
            "Choose another format, or let the format be recognised."
        )
    if fault.pos >= len(text.rstrip()):
        message = f"The JSON ends in the middle, at line {fault.lineno:,}: the file is cut off."
        return BadFile(
            f"{message} Export it again.", [PlacedProblem("The JSON ends here.", fault.lineno)]
        )
    message = f"The file is not valid JSON at line {fault.lineno:,}, column {fault.colno:,}."
    return BadFile(
        f"{message} Export it again, or correct that place.",
        [PlacedProblem(f"No valid JSON at column {fault.colno:,}.", fault.lineno)],
    )


def _too_deep() -> BadFile:
    return BadFile(
        f"The JSON is nested more than {MAX_DEPTH} levels deep, which no export is. "
        "Check that this is the right file."
    )


def _check_values(document: object) -> None:
    """Raises BadFile for lone surrogates and deep nesting. Not recursive, so that it holds."""
    waiting: list[tuple[object, int, Path]] = [(document, 0, None)]
    while waiting:
        value, depth, path = waiting.pop()
        if depth > MAX_DEPTH:
            raise _too_deep()
        if isinstance(value, str) and _SURROGATE.search(value):
            raise _half_character(path)
        if isinstance(value, dict):
            if _SURROGATE.search("".join(value)):
                raise _half_character(path)
            waiting += ((item, depth + 1, (path, key)) for key, item in value.items())
        elif isinstance(value, list):
            waiting += ((item, depth + 1, (path, number)) for number, item in enumerate(value))


def _half_character(path: Path) -> BadFile:
    keys: list[object] = []
    while path is not None:
        path, key = path
        keys.append(key)
    place = place_in_words(reversed(keys)) or "the document itself"
    message = f"The text at {place} holds half a character (a lone surrogate)."
    return BadFile(
        f"{message} Correct it where the file was made, and bring it in again.",
        [PlacedProblem(message)],
    )
