"""The pictures of an incident, as standalone SVG: one visual language on screen and on paper."""

from reports.drawings.phase_strip import phase_strip
from reports.drawings.timeline_picture import timeline_picture
from reports.drawings.why_tree import why_tree

__all__ = ["phase_strip", "timeline_picture", "why_tree"]
