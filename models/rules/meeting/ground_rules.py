"""How people talk to each other about an incident: shown before the meeting, and on entry."""

from __future__ import annotations

GROUND_RULES = (
    "Everybody did what made sense with what they could see at the time. Find out what that was.",
    "Ask “how” and “what”. “Who” helps only to learn what somebody saw.",
    "First agree on what happened. Solutions can wait.",
    "There is more than one cause, and none of them is a person.",
    "Say what you do not know; it belongs in the document too.",
)
