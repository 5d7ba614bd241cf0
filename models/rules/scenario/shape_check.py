"""From a document to a Scenario: what has not the shape is said in words, and mended where the
meaning is clear, so that the other checks can go on and all is found at once."""

from __future__ import annotations

import json
import re
import types
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.rules.scenario.findings import Notes
from models.rules.scenario.shape import Rule, Scenario
from models.rules.scenario.source import Path
from models.rules.scenario.wording import did_you_mean, nearest
from models.rules.vocabulary import Severity

_ROUNDS = 6  # of mending; each can only uncover what lies inside what was mended
_TOLD = 200  # faults; a file with more of them is no scenario
_MENTIONED = 40  # characters of a wrong value that are quoted
_TEXTS = ("text", "body", "title", "label", "feedback", "why", "brief", "summary", "name")
_STAND_INS: Mapping[str, object] = {"takes_min": 1, "timeout_min": 5, "min": 0, "points": 5}
_WANTED = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping of keys and values",
    "model_type": "a mapping of keys and values",
    "model_attributes_type": "a mapping of keys and values",
    "datetime_type": "a date and time",
    "datetime_parsing": "a date and time",
    "datetime_from_date_parsing": "a date and time",
    "timezone_aware": "a date and time with its zone",
}


def read_shape(notes: Notes) -> tuple[Scenario | None, dict[str, Any]]:
    """The scenario of the source, and the document that it was made of: mended where that can
    be done without harm. Faults go to `notes`."""
    document: Any = deepcopy(dict(notes.source.document))
    told: set[Path] = set()
    for _ in range(_ROUNDS):
        try:
            return Scenario.model_validate_json(json.dumps(document)), document
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=True)
        whole = len(faults) <= _TOLD
        for fault in faults[:_TOLD]:
            path = _path(document, fault["loc"])
            if fault["type"] == "too_short" and fault["input"]:
                continue  # its items are wrong, and told themselves; it is not empty
            if path not in told:
                told.add(path)
                _tell(notes, path, fault)
            whole &= _mend(document, path, fault)
        if not whole:
            break
    return None, document


def as_meant(document: dict[str, Any], notes: Notes) -> Scenario | None:
    """The scenario with misspelt names put right in the document, so that it can be played and
    all is found at once. None where the guesses do not make a scenario."""
    for path, words in notes.guesses.items():
        inside: Any = document
        for step in path[:-1]:
            inside = inside[step]
        for word, meant in words.items():
            if path[-1] == word:
                inside[meant] = inside.pop(word)
            else:
                inside[path[-1]] = re.sub(rf"\b{re.escape(word)}\b", meant, inside[path[-1]])
    try:
        return Scenario.model_validate_json(json.dumps(document))
    except ValidationError:
        return None


def _path(document: object, loc: Path) -> Path:
    """The place of an error in the document: without the names of union members and `[key]`."""
    path: list[str | int] = []
    inside = document
    for key in loc:
        if isinstance(inside, Mapping) and isinstance(key, str):
            if key == "[key]":
                break
            inside = inside.get(key)
        elif isinstance(inside, list) and isinstance(key, int) and key < len(inside):
            inside = inside[key]
        else:
            break
        path.append(key)
    return tuple(path)


def _tell(notes: Notes, path: Path, fault: ErrorDetails) -> None:
    kind, value, key = fault["type"], fault["input"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        known = list(_known_keys(path[:-1]))
        if value is None and " " in key:
            fix = "A comma in a text inside { } begins a new key: put the text in quotation marks."
        elif key.lower() in ("true", "false", "yes", "no", "on", "off"):
            fix = "Put the word in quotation marks if it is meant as a name; or remove the line."
        else:
            fix = f"Correct the key or remove it. Known here: {', '.join(sorted(known))}."
        notes.add("E01", path, f"“{key}” is not a known key.{did_you_mean(key, known)}", fix)
    elif kind == "missing":
        code = {"default": "E14", "start": "E06"}.get(key, "E01")
        notes.add(code, path, f"The key “{key}” is missing.", f"Add “{key}: …” here.")
    elif kind in ("enum", "literal_error"):
        _tell_word(notes, path, str(value), fault)
    elif kind.startswith(("greater_than", "less_than")):
        _tell_number(notes, path, fault)
    else:
        message, fix = _wrong_value(path, kind, value, fault.get("ctx", {}))
        notes.add("E01", path, message, fix)


def _tell_word(notes: Notes, path: Path, value: str, fault: ErrorDetails) -> None:
    known = [w for w in _words(fault) if w]
    code = "E01"
    if set(known) == {rule.value for rule in Rule}:
        code = "E13"
    elif set(known) == {severity.value for severity in Severity}:
        code = "E12"
    what = {"E13": "a rule", "E12": "a severity"}.get(code, "one of the words that can stand here")
    notes.add(
        code,
        path,
        f"“{value[:_MENTIONED]}” is not {what}.{did_you_mean(value, known)}",
        f"Use one of: {', '.join(known)}.",
    )


def _words(fault: ErrorDetails) -> list[str]:
    expected = str(fault.get("ctx", {}).get("expected", ""))
    return [part.strip(" '") for part in expected.replace(" or ", ", ").split(",")]


def _tell_number(notes: Notes, path: Path, fault: ErrorDetails) -> None:
    key, value = str(path[-1]), fault["input"]
    limit = next(iter(fault.get("ctx", {}).values()), "")
    least = fault["type"].startswith("greater")
    if least and key.endswith("_min") and isinstance(value, int) and value < 0:
        message = f"“{key}” is {value}: time cannot run backwards."
        notes.add("E10", path, message, "Write how many whole minutes pass, 0 or more.")
    else:
        bound = "at least" if least else "at most"
        notes.add(
            "E01", path, f"“{key}” is {value}; it is {bound} {limit}.", "Write a number in range."
        )


def _wrong_value(
    path: Path, kind: str, value: object, context: Mapping[str, Any]
) -> tuple[str, str]:
    key = str(path[-1]) if path else "file"
    shown = json.dumps(value, ensure_ascii=False, default=str)[:_MENTIONED]
    if kind in _WANTED:
        wanted = _WANTED[kind]
        if value is None:
            return f"“{key}” has no value.", f"Write {wanted}, or remove the line."
        fixes = {
            "a text": "Put it in quotation marks.",
            "a list": "Write a list: [one, two].",
            "true or false": "Write true or false, without quotation marks.",
            "a whole number": "Write whole minutes: 90, not 1:30."
            if key.endswith("_min")
            else "Write a whole number without quotation marks.",
        }
        fix = fixes.get(wanted, "Write it as in the example of the README.")
        if wanted.startswith("a date"):
            fix = "Write it as “2026-03-14T09:00:00Z”."
        return f"“{key}” should be {wanted}, and is {shown}.", fix
    if kind == "string_pattern_mismatch":
        return f"“{key}” cannot be {shown}.", _pattern_fix(key)
    if kind in ("too_short", "string_too_short"):
        return f"“{key}” is empty.", "Fill it, or remove the line where it is optional."
    if kind in ("string_too_long", "too_long"):
        return f"“{key}” is too long.", f"Shorten it: at most {context['max_length']:,} fit."
    return f"“{key}” cannot be {shown}.", "Write it as in the example of the README."


def _pattern_fix(key: str) -> str:
    if key == "version":
        return "Write three numbers: 1.0.0."
    return "A name begins with a letter and has letters, digits, “_” and “-”; variables no “-”."


# --- mending ----------------------------------------------------------------------------------


def _mend(document: Any, path: Path, fault: ErrorDetails) -> bool:
    """Puts something harmless in the place of a fault; False where nothing is harmless."""
    if not path:
        return False
    inside = document
    for key in path[:-1]:
        if isinstance(inside, dict) and key not in inside:
            return True  # it went with the part that was taken out around it
        inside = inside[key]
    key, kind, value = path[-1], fault["type"], fault["input"]
    if kind == "missing":
        stand_in = "…" if key in _TEXTS else _STAND_INS.get(str(key))
        if key == "default" and inside.get("options"):
            stand_in = inside["options"][0].get("id")
        if stand_in is None:
            return False
        inside[key] = stand_in
    elif kind == "extra_forbidden" or fault["loc"][-1] == "[key]":
        inside.pop(key, None)
    elif kind in ("enum", "literal_error"):
        inside[key] = nearest(str(value), _words(fault)) or _words(fault)[0]
    elif kind.startswith(("greater_than", "less_than")):
        inside[key] = next(iter(fault.get("ctx", {}).values()))
    elif kind == "string_type" and isinstance(value, int):
        inside[key] = str(value)
    elif kind == "int_type" and str(key) in _STAND_INS:
        inside[key] = _STAND_INS[str(key)]
    elif kind in _WANTED and _optional(path):
        del inside[key]
    else:
        return False
    return True


def _optional(path: Path) -> bool:
    model = _model_at(path[:-1])
    fields = model.model_fields.values() if model else ()
    names = {f.alias: f for f in fields} | (dict(model.model_fields) if model else {})
    found = names.get(str(path[-1]))
    return found is not None and not found.is_required()


def _known_keys(path: Path) -> Iterator[str]:
    model = _model_at(path)
    for name, info in model.model_fields.items() if model else ():
        yield info.alias or name


def _model_at(path: Path) -> type[BaseModel] | None:
    """The model that describes the mapping at a path."""
    kind: Any = Scenario
    for key in path:
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            fields = {info.alias or name: info for name, info in kind.model_fields.items()}
            if key not in fields:
                return None
            kind = _without_none(fields[str(key)].annotation)
        elif get_origin(kind) in (tuple, dict):
            kind = _without_none(get_args(kind)[0 if get_origin(kind) is tuple else 1])
        else:
            return None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _without_none(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return next(k for k in get_args(kind) if k is not type(None))
    return kind
