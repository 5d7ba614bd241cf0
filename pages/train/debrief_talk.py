"""Somebody at the talk after an exercise: who they are, the run, and how far the talk is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from models.rules.policy import Who
from services import clock
from services.exercise_log import Run

Phase = Literal["before", "silent", "together", "over"]


@dataclass(frozen=True)
class Talk:
    """Everything that a part of the hot wash draws from."""

    person: Who
    run: Run

    def key(self, name: str) -> str:
        """The key of a widget of this talk."""
        return f"talk:{self.run.id}:{name}"

    @property
    def leads(self) -> bool:
        return self.person.person_id in self.run.facilitators

    @property
    def phase(self) -> Phase:
        if self.run.debrief_started_at is None:
            return "before"
        if self.run.debrief_ended_at is not None:
            return "over"
        return "silent" if self.run.notes_shown_at is None else "together"

    @property
    def passed(self) -> int:
        """Seconds since the talk began."""
        began = self.run.debrief_started_at
        return int((clock.now() - began).total_seconds()) if began else 0

    @property
    def objectives(self) -> dict[str, str]:
        """What the exercise was for: id and words."""
        return {one.id: one.text for one in self.run.scenario.objectives}

    @property
    def names(self) -> tuple[str, ...]:
        """Who played: names that the blame-aware reading looks for."""
        return tuple(self.run.play.players.values())
