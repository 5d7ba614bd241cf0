"""Every table, imported once so that the metadata is complete."""

from models.tables import exercise, incident, people, postmortem, sending
from models.tables.base import metadata

__all__ = ["exercise", "incident", "metadata", "people", "postmortem", "sending"]
