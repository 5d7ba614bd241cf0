"""The post-mortem as JSON: the record itself, which reads back as the same post-mortem."""

from __future__ import annotations

from models.rules.record_json import dump
from reports.facts import DocumentFacts


def to_json(facts: DocumentFacts) -> str:
    """The whole record whatever the audience; without names when the facts have none."""
    return dump(facts.postmortem)
