"""Scenario files: YAML without its traps.

Read from the parser's events, so that nothing is expanded or constructed: no aliases, no tags.
Only true, false, null and plain whole numbers are values; `1:30`, `on`, `no`, dates and numbers
with a point stay the texts that they look like, and the strict shape says what is wrong there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from integrations.decoding import utf8
from models.rules.problems import BadFile, PlacedProblem
from models.rules.scenario.source import Path, Repeated, ScenarioSource
from models.rules.text import DOCUMENT, clean

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
_MANY = 100  # problems listed
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # twenty times as fast where it was built
_WHOLE_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_REASONS = {
    "tab character": "Indent with spaces, not with tabs.",
    "cannot start any token": "A character cannot stand here. Indent with spaces, not with tabs, "
    "and quote texts that begin with @, `, % or a tab.",
    "mapping values are not allowed": "A colon stands where none can. Put the text in quotation "
    "marks, or correct the indentation.",
    "end of stream": "The file ends inside a quotation or a bracket. Close it.",
    "expected node content": "A bracket or a list is not finished.",
    "expected ',' or": "A bracket is not closed, or a text in it needs quotation marks.",
    "expected key": "The indentation does not fit the lines above, or a text that begins with a "
    "quotation mark goes on after it.",
    "expected ':'": "A key has no colon after it, or a text of several lines needs “|” or quotes.",
    "control characters": "The file holds a control character. Remove it.",
}


def read_scenario(data: bytes) -> ScenarioSource:
    """The document of a scenario file with the line of each part.

    Raises BadFile, with every place, for what is not one safe YAML mapping in UTF-8 of at most
    256 KB and 20 levels. Repeated keys are kept in the source: the check names them with the rest.
    """
    if len(data) > MAX_BYTES:
        raise BadFile(
            f"The scenario has {len(data) / 1024:,.0f} KB; {MAX_BYTES // 1024} KB fit. "
            "Shorten the evidence."
        )
    if not data.strip():
        raise BadFile("The scenario is empty.")
    text = utf8(data)
    document, reader = _read(text)
    if not isinstance(document, dict):
        raise BadFile(
            "A scenario file is a mapping of keys such as “schema:” and “title:”.",
            [PlacedProblem("The file is not a mapping of keys and values.", 1)],
        )
    return ScenarioSource(document, reader.lines, text, tuple(reader.repeated))


def read_answers(data: bytes) -> tuple[list[object], list[int]]:
    """The items of a list of answers to a scenario, read as carefully, and the line of each.

    Raises BadFile for what is not one safe YAML list in UTF-8 of at most 256 KB.
    """
    if len(data) > MAX_BYTES:
        raise BadFile(f"The answers are longer than {MAX_BYTES // 1024} KB.")
    document, reader = _read(utf8(data))
    if reader.repeated:
        lines = [PlacedProblem("A key stands twice in an answer.", r.line) for r in reader.repeated]
        raise BadFile(f"Line {lines[0].line}: {lines[0].message}", lines)
    if not isinstance(document, list):
        raise BadFile(
            "The answers are a list of items such as “- {node: first, option: declare}”.",
            [PlacedProblem("The file is not a list.", 1)],
        )
    return document, [reader.lines[(place,)] for place in range(len(document))]


def _read(text: str) -> tuple[object, _Reader]:
    reader = _Reader()
    try:
        document = reader.whole(yaml.parse(text, Loader=_LOADER))
    except yaml.YAMLError as error:
        raise _unreadable(error, text) from None
    if reader.problems:
        raise BadFile(reader.problems[0].message, reader.problems[:_MANY])
    return document, reader


def _unreadable(error: yaml.YAMLError, text: str) -> BadFile:
    reason = " ".join(str(getattr(error, part, "") or "") for part in ("problem", "reason"))
    mark = getattr(error, "problem_mark", None)
    line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else None
    what = next((words for sign, words in _REASONS.items() if sign in reason), None)
    message = what or "This cannot be read as YAML. Look at quotes, brackets and indentation."
    where = f"Line {line:,}: " if line else ""
    return BadFile(f"{where}{message}", [PlacedProblem(message, line)])


@dataclass
class _Reader:
    """Builds plain values from events. Problems are collected; reading goes on."""

    lines: dict[Path, int] = field(default_factory=dict)
    repeated: list[Repeated] = field(default_factory=list)
    problems: list[PlacedProblem] = field(default_factory=list)

    def whole(self, events: Iterator[yaml.Event]) -> object:
        document: object = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem("A second document begins here. One file is one scenario.", event)
                    break
            elif isinstance(event, yaml.NodeEvent):
                document = self.value(event, events, ())
        return document

    def problem(self, message: str, event: yaml.Event) -> None:
        self.problems.append(PlacedProblem(message, _line(event)))

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> object:
        if len(path) > MAX_DEPTH:
            line = _line(event)
            message = f"The file is nested more than {MAX_DEPTH} levels deep."
            raise BadFile(message, [PlacedProblem(message, line)])
        if isinstance(event, yaml.AliasEvent):
            self.problem("Aliases (“*name”) are not read. Write the part out again.", event)
            return None
        if getattr(event, "anchor", None):
            self.problem("Anchors (“&name”) are not read. Remove it.", event)
        if getattr(event, "tag", None):
            self.problem("Tags (“!name”) are not read. Remove it, or quote the text.", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        assert isinstance(event, yaml.ScalarEvent)
        return _scalar(event)

    def mapping(self, events: Iterator[yaml.Event], path: Path) -> dict[str, object]:
        found: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.key(event, events, path)
            line = _line(event)
            place = (*path, key)
            twice = key in found
            if twice:
                self.repeated.append(Repeated(place, line, self.lines[place]))
                place = (*path, f"{key}\n")  # the second one's lines are nobody's
            else:
                self.lines[place] = line
            value = self.value(next(events), events, place)
            if not twice:
                found[key] = value
        return found

    def key(self, event: yaml.Event, events: Iterator[yaml.Event], path: Path) -> str:
        if isinstance(event, yaml.ScalarEvent):
            if event.value == "<<" and event.implicit[0]:
                self.problem("Merge keys (“<<”) are not read. Write the part out again.", event)
            return clean(event.value, limit=DOCUMENT)
        self.problem("A key is one word, not a list or a mapping.", event)
        self.value(event, events, (*path, ""))
        return ""

    def sequence(self, events: Iterator[yaml.Event], path: Path) -> list[object]:
        found: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            place = (*path, len(found))
            self.lines[place] = _line(event)
            found.append(self.value(event, events, place))
        return found


def _scalar(event: yaml.ScalarEvent) -> object:
    text: str = event.value
    if event.implicit[0]:  # written without quotes
        if text in _WORDS:
            return _WORDS[text]
        if _WHOLE_NUMBER.fullmatch(text):
            return int(text)
    return clean(text, limit=DOCUMENT)


def _line(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.line + 1
