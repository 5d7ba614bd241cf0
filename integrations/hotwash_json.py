"""Hotwash's own JSON export, read back whole."""

from __future__ import annotations

from integrations import json_file
from integrations.json_fields import Notes, whole
from models.rules.problems import BadFile
from models.rules.record import Reading, ReadOptions
from models.rules.record_json import check_sense, from_document, unknown_fields
from models.rules.vocabulary import Source


def recognises(data: bytes, name: str) -> bool:
    """Whether this is a JSON export of Hotwash. Never raises."""
    try:
        return has_shape(json_file.load(data))
    except BadFile:
        return False


def has_shape(document: object) -> bool:
    """Whether a JSON document says that it is a Hotwash export."""
    return isinstance(document, dict) and "hotwash" in document


def read(data: bytes, options: ReadOptions) -> Reading:
    """The post-mortem of the file; fields that Hotwash does not know are noted. Raises BadFile."""
    document = json_file.load(data)
    if not has_shape(document):
        raise BadFile(
            "This does not look like a Hotwash export: it does not begin with “hotwash”. "
            "Choose another format, or let the format be recognised."
        )
    postmortem = from_document(document)
    check_sense(postmortem)
    notes = Notes(options, Source.JSON)
    for place, value in unknown_fields(document, postmortem):
        notes.leave(f"{place}: {whole(value)}", "Hotwash has no place for this field.")
    return Reading(Source.JSON, postmortems=(postmortem,), unread=tuple(notes.unread))
