"""Which screens are drawn anew when something happens: fifty people who mark a message as seen
must not draw fifty screens fifty times."""

from __future__ import annotations

from collections.abc import Sequence

from models.rules.exercise.events import Event

UNHEARD = frozenset({"seen", "answered", "note", "observation", "marked", "held", "dropped"})


def is_news(events: Sequence[Event], seat: str) -> bool:
    """Whether any of the events shows on the screen of this seat ("" for everybody else, who are
    told of everything). No events are news too: then something beside the log has changed."""
    heard = (event.kind not in UNHEARD or event.by == seat for event in events)
    return not seat or not events or any(heard)
