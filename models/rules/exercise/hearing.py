"""Which screens are drawn anew when something happens: fifty people who mark a message as seen
must not draw fifty screens fifty times."""

from __future__ import annotations

from collections.abc import Sequence

from models.rules.exercise.events import Event
from models.rules.exercise.play import Play, speaks_for

UNHEARD = frozenset({"seen", "answered", "note", "observation", "marked", "held", "dropped"})


def is_news(play: Play, events: Sequence[Event], seat: str) -> bool:
    """Whether any of the events, which led to this state, shows on the screen of this seat ("" for
    everybody else, who are told of everything). No events are news too: then something beside the
    log has changed."""
    return not seat or not events or any(_shows(play, event, seat) for event in events)


def _shows(play: Play, event: Event, seat: str) -> bool:
    """A message beside the story changes nothing but the screens that it reaches."""
    if event.kind == "injected" and event.seq in play.deliveries:
        return any(map(play.deliveries[event.seq].reaches, speaks_for(play, seat)))
    return event.kind not in UNHEARD or event.by == seat
