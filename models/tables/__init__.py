"""Every table, imported once so that the metadata is complete."""

from models.tables import (
    action,
    discussion,
    exercise,
    incident,
    meeting,
    people,
    postmortem,
    sending,
    ticket,
)
from models.tables.base import metadata

__all__ = [
    "action",
    "discussion",
    "exercise",
    "incident",
    "meeting",
    "metadata",
    "people",
    "postmortem",
    "sending",
    "ticket",
]
