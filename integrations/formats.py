"""Every format that can be brought in, how it is recognised, and the one way to read a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from integrations import (
    alertmanager,
    csv_file,
    hotwash_json,
    incident_io,
    json_file,
    markdown_document,
    opsgenie,
    pagerduty,
    pasted_text,
    slack_export,
    statuspage,
)
from integrations.decoding import check_size, decode
from models.rules.problems import BadFile
from models.rules.record import Reading, ReadOptions
from models.rules.vocabulary import Source


class Importer(Protocol):
    """What a module in this folder offers to be an importer."""

    @property
    def recognises(self) -> Callable[[bytes, str], bool]: ...

    @property
    def read(self) -> Callable[[bytes, ReadOptions], Reading]: ...


FORMATS: dict[Source, Importer] = {
    Source.TEXT: pasted_text,
    Source.CSV: csv_file,
    Source.SLACK: slack_export,
    Source.PAGERDUTY: pagerduty,
    Source.OPSGENIE: opsgenie,
    Source.INCIDENT_IO: incident_io,
    Source.STATUSPAGE: statuspage,
    Source.ALERTMANAGER: alertmanager,
    Source.MARKDOWN: markdown_document,
    Source.JSON: hotwash_json,
}

# In the order of asking: the surest signs first.
_JSON_SHAPES: dict[Source, Callable[[object], bool]] = {
    Source.JSON: hotwash_json.has_shape,
    Source.ALERTMANAGER: alertmanager.has_shape,
    Source.PAGERDUTY: pagerduty.has_shape,
    Source.OPSGENIE: opsgenie.has_shape,
    Source.STATUSPAGE: statuspage.has_shape,
    Source.INCIDENT_IO: incident_io.has_shape,
}
_JSON_NAMES = (".json", ".jsonl", ".ndjson")

READABLE = (
    "pasted text, CSV, Markdown, a Slack export (zip), and JSON from PagerDuty, Opsgenie, "
    "incident.io, Statuspage, Alertmanager or Hotwash"
)


def detect(data: bytes, name: str) -> Source:
    """The format of a file by what is in it; `name` helps where content does not tell.

    Raises BadFile for a file that is empty, too large, broken, or none that can be read.
    """
    check_size(data)
    if data.startswith(b"PK"):
        if slack_export.recognises(data, name):
            return Source.SLACK
        slack_export.channels(data)  # says what is wrong with a broken archive
        raise BadFile(f"This zip archive is not a Slack export. What can be read: {READABLE}.")
    if json_file.looks_like_json(data) or name.lower().endswith(_JSON_NAMES):
        return _json_format(data)
    decode(data)
    for source in (Source.MARKDOWN, Source.CSV):
        if FORMATS[source].recognises(data, name):
            return source
    return Source.TEXT


def read(data: bytes, options: ReadOptions, format: Source | None = None) -> Reading:
    """What the file says, read as `format`, or as the format that is recognised.

    Raises BadFile, and nothing else, for any bytes.
    """
    check_size(data)
    source = format or detect(data, options.name)
    if source not in FORMATS:
        raise BadFile(f"“{source}” is no format of a file. What can be read: {READABLE}.")
    return FORMATS[source].read(data, options)


def _json_format(data: bytes) -> Source:
    if statuspage.recognises_lines(data):
        return Source.STATUSPAGE
    if pasted_text.recognises_log_lines(data):
        return Source.TEXT
    document = json_file.load(data)
    for source, has_shape in _JSON_SHAPES.items():
        if has_shape(document):
            return source
    if document in ([], {}, None):
        raise BadFile("The JSON in this file is empty: there is nothing in it to bring in.")
    raise BadFile(f"This JSON is from no tool that is known here. What can be read: {READABLE}.")
