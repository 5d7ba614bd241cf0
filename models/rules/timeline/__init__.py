"""Reading a timeline out of text that people paste."""

from __future__ import annotations

from models.rules.timeline.reader import Known, TimelineReading, read_lines, read_timeline

__all__ = ["Known", "TimelineReading", "read_lines", "read_timeline"]
