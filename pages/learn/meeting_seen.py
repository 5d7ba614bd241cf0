"""Somebody at a review meeting: who they are, what they see, and the secret of their tab."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from models.rules.meeting.agenda import AGENDA, Part
from models.rules.policy import Who
from pages.components.problems import attempt
from services.meeting_look import MeetingView


@dataclass(frozen=True)
class Seen:
    """Everything that a part of the meeting draws from."""

    person: Who
    view: MeetingView
    secret: str

    def key(self, name: str) -> str:
        """The key of a widget of this meeting."""
        return f"meeting:{self.view.id}:{name}"

    @property
    def part(self) -> Part:
        """The part of the agenda that is due."""
        return AGENDA[self.view.part]

    @property
    def names(self) -> tuple[str, ...]:
        """Who is there: names that the blame-aware reading looks for."""
        return tuple(one.name for one in self.view.people)

    def do(self, act: Callable[..., object], *args: object, **more: object) -> bool:
        """From a callback: `act(person, meeting_id, …)`. A problem is shown at the top; returns
        whether it went well."""
        return attempt(lambda: act(self.person, self.view.id, *args, **more), at=self.key("top"))
