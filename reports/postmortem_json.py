"""The post-mortem as JSON: the record itself, which reads back as the same post-mortem."""

from __future__ import annotations

from dataclasses import replace

from models.rules.record import IncidentRecord, PostmortemRecord
from models.rules.record_json import dump
from models.rules.vocabulary import Audience
from reports.facts import DocumentFacts


def to_json(facts: DocumentFacts) -> str:
    """The whole record; for leadership what their page is made of, in the same shape. Without
    names when the facts have none."""
    record = facts.postmortem
    return dump(record if facts.audience is Audience.FULL else for_leadership(record))


def for_leadership(record: PostmortemRecord) -> PostmortemRecord:
    """What happened, whom it hurt, what was learnt and what will be done about it; without the
    timeline, the whys, who took part and who signed. Their factors stay, on the whole."""
    return replace(
        record,
        incidents=tuple(_in_short(incident) for incident in record.incidents),
        participants=(),
        whys=(),
        factors=record.all_factors,
        reviews=(),
        transitions=(),
    )


def _in_short(incident: IncidentRecord) -> IncidentRecord:
    return replace(incident, events=(), participants=(), severity_path=())
