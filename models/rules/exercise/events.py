"""What can happen in an exercise. The log of a run is a list of these, only ever added to.

An event says when it was logged in real time (`at`, aware, UTC), when it happened on the clock of
the story (`story`, whole seconds from its start), and what happened. State, score, report and
replay are derived from the log, and from nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Channel, Ending, Part
from models.rules.scenario.wording import did_you_mean
from models.rules.text import clean, clean_line
from models.rules.vocabulary import IncidentRole, Severity

# Who acts, when it is no seat. Seats begin with a letter, so that none can be called like these.
CLOCK = "*clock"
FACILITATOR = "*facilitator"


def _clean(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _clean_line(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


Prose = Annotated[str, BeforeValidator(_clean)]
Title = Annotated[str, BeforeValidator(_clean_line)]
Count = Annotated[int, Field(ge=0)]


class Mode(StrEnum):
    """In turn mode the story waits for each decision, and only delays and options take time."""

    TURN = "turn"
    LIVE = "live"


class Verdict(StrEnum):
    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_OBSERVED = "not_observed"


class Audience(StrEnum):
    """Whom an update is for."""

    CUSTOMERS = "customers"
    LEADERSHIP = "leadership"
    INTERNAL = "internal"


class Joined(Part):
    kind: Literal["joined"] = "joined"
    player: Title
    name: Title


class SeatTaken(Part):
    """A player has one seat; a second one replaces the first."""

    kind: Literal["seat_taken"] = "seat_taken"
    player: Title
    seat: Title


class Started(Part):
    """`solo`: one person plays every seat, feedback comes at once. `scripted`: only decisions
    were given, so that other acts cannot be missed."""

    kind: Literal["started"] = "started"
    mode: Mode
    scenario_hash: str
    solo: bool = False
    scripted: bool = False


class Paused(Part):
    kind: Literal["paused"] = "paused"


class Resumed(Part):
    kind: Literal["resumed"] = "resumed"


class SpeedSet(Part):
    """`factor` seconds of the story pass in a second."""

    kind: Literal["speed"] = "speed"
    factor: Annotated[int, Field(ge=1, le=60)]


class Skipped(Part):
    """The clock was put forward to `to`, in seconds of the story."""

    kind: Literal["skipped"] = "skipped"
    to: Count


class Delivered(Part):
    """A node of the story reached its seats."""

    kind: Literal["delivered"] = "delivered"
    node: Title


class Improvised(Part):
    """What a facilitator wrote on the spot."""

    channel: Channel
    sender: Title = ""
    to: tuple[str, ...]
    title: Title
    body: Prose


class Injected(Part):
    """Something beside the story: by the clock, a contingency (`id`), or improvised."""

    kind: Literal["injected"] = "injected"
    source: Literal["clock", "contingency", "improvised"]
    id: Title = ""
    content: Improvised | None = None


class Dropped(Part):
    """A clock inject that will not come: its condition was false, or the facilitator's choice."""

    kind: Literal["dropped"] = "dropped"
    id: Title


class Held(Part):
    """A node or clock inject that waits until the facilitator plays it."""

    kind: Literal["held"] = "held"
    id: Title


class Seen(Part):
    """`delivery` is the number of the event that delivered it."""

    kind: Literal["seen"] = "seen"
    delivery: Count


class Answered(Part):
    kind: Literal["answered"] = "answered"
    delivery: Count
    text: Prose


class Voted(Part):
    kind: Literal["voted"] = "voted"
    node: Title
    option: Title


class Decided(Part):
    kind: Literal["decided"] = "decided"
    node: Title
    option: Title
    how: Literal["seat", "vote", "facilitator", "timeout"]
    rationale: Prose = ""
    reason: Prose = ""  # why the facilitator decided over the seat


class CarriedOut(Part):
    """The minutes that an option takes are over; its effect is there."""

    kind: Literal["carried_out"] = "carried_out"
    node: Title
    option: Title


class Act(Part):
    """`option` names the option that it came with; empty when somebody did it directly."""

    text: Prose = ""
    option: Title = ""


class Declared(Act):
    kind: Literal["declared"] = "declared"


class Mitigated(Act):
    kind: Literal["mitigated"] = "mitigated"


class Escalated(Act):
    kind: Literal["escalated"] = "escalated"


class Stable(Act):
    kind: Literal["stable"] = "stable"


class Closed(Act):
    kind: Literal["closed"] = "closed"


class Aware(Act):
    """The team knows that personal data was compromised: the regulator's clock starts."""

    kind: Literal["aware"] = "aware"


class Notified(Act):
    """The decision about the regulator, with its reason in `text`. `notify` False: not needed."""

    kind: Literal["notified"] = "notified"
    notify: bool = True


class RoleSet(Part):
    kind: Literal["role_set"] = "role_set"
    role: IncidentRole
    seat: Title


class SeveritySet(Part):
    kind: Literal["severity_set"] = "severity_set"
    level: Severity
    why: Prose = ""


class CommsSent(Act):
    """An update. `next_update_min`: how many minutes of the story until the promised next one."""

    kind: Literal["comms_sent"] = "comms_sent"
    audience: Audience = Audience.CUSTOMERS
    next_update_min: Count | None = None


class Overridden(Part):
    """The facilitator chose another branch: the node `to`."""

    kind: Literal["override"] = "override"
    to: Title
    reason: Prose


class Noted(Part):
    kind: Literal["note"] = "note"
    text: Prose


class Observed(Part):
    """What the facilitator saw, perhaps about an objective."""

    kind: Literal["observation"] = "observation"
    text: Prose
    objective: Title = ""


class Marked(Part):
    """The facilitator's verdict on an expectation."""

    kind: Literal["marked"] = "marked"
    expectation: Title
    verdict: Verdict


class Ended(Part):
    """`ending` is None when the facilitator ended early."""

    kind: Literal["ended"] = "ended"
    ending: Ending | None = None
    reason: Prose = ""


class CalledOff(Part):
    """The exercise was closed before it began: nobody has played it."""

    kind: Literal["called_off"] = "called_off"


class Revealed(Part):
    """From here on seats may read the feedback on their decisions."""

    kind: Literal["revealed"] = "revealed"


Happening = (
    Joined | SeatTaken | Started | Paused | Resumed | SpeedSet | Skipped | Delivered | Injected
    | Dropped | Held | Seen | Answered | Voted | Decided | CarriedOut | Declared | Mitigated
    | Escalated | Stable | Closed | Aware | Notified | RoleSet | SeveritySet | CommsSent
    | Overridden | Noted | Observed | Marked | Ended | CalledOff
    | Revealed
)  # fmt: skip
KINDS = tuple(sorted(h.model_fields["kind"].default for h in Happening.__args__))
_HAPPENING: TypeAdapter[Happening] = TypeAdapter(Annotated[Happening, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True)
class Event:
    """`seq` counts from 1 without a gap. `by` is a seat, CLOCK or FACILITATOR. `command` names
    the request that caused it, so that a second click changes nothing. `override` marks what the
    facilitator decided in place of the team: it is left out of the score."""

    seq: int
    at: datetime
    story: int
    by: str
    what: Happening
    command: str = ""
    override: bool = False

    @property
    def kind(self) -> str:
        return self.what.kind


_ENVELOPE = {"seq": int, "story": int, "by": str, "command": str, "override": bool}


def event_to_json(event: Event) -> dict[str, Any]:
    """The event as plain values for JSON; `event_from_json` gives back an equal one."""
    envelope: dict[str, Any] = {name: getattr(event, name) for name in _ENVELOPE}
    return {**envelope, "at": event.at.isoformat(), **event.what.model_dump(mode="json")}


def event_from_json(data: Mapping[str, Any]) -> Event:
    """Raises ProblemForUser for what is no event, and for kinds that this version does not know."""
    seq = data.get("seq")
    for name, type_ in _ENVELOPE.items():
        if type(data.get(name)) is not type_:
            raise ProblemForUser(f"Event {seq} cannot be read: “{name}” is missing or no value.")
    kind = data.get("kind")
    if kind not in KINDS:
        raise ProblemForUser(
            f"Event {seq} is of a kind that this version does not know: “{kind}”."
            f"{did_you_mean(str(kind), KINDS)} A newer version may have written it."
        )
    try:
        at = datetime.fromisoformat(data["at"])
        rest = {k: v for k, v in data.items() if k not in _ENVELOPE and k != "at"}
        what = _HAPPENING.validate_json(json.dumps(rest))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or kind
        raise ProblemForUser(
            f"Event {seq} ({kind}) cannot be read: {place}: {first['msg']}."
        ) from error
    except (KeyError, TypeError, ValueError) as error:
        raise ProblemForUser(f"Event {seq} has no readable time in “at”.") from error
    if at.tzinfo is None:
        raise ProblemForUser(f"Event {seq} has a time without its zone in “at”.")
    envelope = {name: data[name] for name in _ENVELOPE}
    return Event(at=at.astimezone(UTC), what=what, **envelope)


def log_to_text(events: tuple[Event, ...]) -> str:
    """The log as text, one event a line."""
    return "".join(
        json.dumps(event_to_json(event), ensure_ascii=False, sort_keys=True) + "\n"
        for event in events
    )


def log_from_text(text: str) -> tuple[Event, ...]:
    """The log from `log_to_text`. Raises ProblemForUser with the line that cannot be read."""
    events = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line:
            continue
        try:
            data = json.loads(line)
        except ValueError as error:
            raise ProblemForUser(f"Line {number} of the log is not JSON: {error}.") from error
        if not isinstance(data, dict):
            raise ProblemForUser(f"Line {number} of the log is not an event.")
        events.append(event_from_json(data))
    return tuple(events)
