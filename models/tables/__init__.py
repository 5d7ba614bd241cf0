"""Every table, imported once so that the metadata is complete."""

from models.tables import incident, people, postmortem
from models.tables.base import metadata

__all__ = ["incident", "metadata", "people", "postmortem"]
