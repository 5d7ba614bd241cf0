"""The shape of a scenario file. These classes are the format: they refuse unknown keys, they make
the JSON Schema that editors use, and their descriptions are its documentation.

Times are whole minutes. Story nodes wait relative to the node before (`delay_min`), options take
time (`takes_min`), so that time cannot run backwards along the story; what comes at a fixed time
is a clock inject. Expressions are text in a small language, see `expressions`.

Validate with `Scenario.model_validate_json`: what a YAML reader made is handed over as JSON, where
strict still takes the words of a closed list from texts, and nothing else is converted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from models.rules.vocabulary import Severity

Minutes = Annotated[int, Field(ge=0, le=100_000)]
Points = Annotated[int, Field(ge=0, le=100)]
Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
Words = Annotated[str, Field(min_length=1, max_length=20_000)]
Line = Annotated[str, Field(min_length=1, max_length=300)]
Word = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]


def _as_text(value: object) -> object:
    """`true` and `2` are expressions too, and YAML has made values of them already."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else value


Formula = Annotated[
    str,
    BeforeValidator(_as_text, json_schema_input_type=str | bool | int),
    Field(min_length=1, max_length=500),
]
Effect = Annotated[
    dict[Word, Formula],
    Field(description="variables and the expressions of their new values, all read before any set"),
]

ALL = "all"  # in `to`, `for` and `visible`: every seat


class Part(BaseModel):
    """The base of every part: nothing unknown, nothing converted, nothing changed later."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Difficulty(StrEnum):
    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"
    EXPERT = "expert"


class Channel(StrEnum):
    ALERT = "alert"
    CHAT = "chat"
    EMAIL = "email"
    PHONE = "phone"
    EXEC = "exec"
    CUSTOMER = "customer"
    STATUSPAGE = "statuspage"
    SOCIAL = "social"
    TICKET = "ticket"


class Rule(StrEnum):
    """The rules of incident response that an exercise is scored by."""

    DECLARE_EARLY = "declare_early"
    SEVERITY = "severity"
    IC_ASSIGNED = "ic_assigned"
    IC_HANDS_OFF = "ic_hands_off"
    MITIGATE_FIRST = "mitigate_first"
    COMMS_CADENCE = "comms_cadence"
    ESCALATE_30 = "escalate_30"
    STABLE_30 = "stable_30"
    CUSTOMER_MAIL_60 = "customer_mail_60"
    GDPR_72H = "gdpr_72h"


class Tag(StrEnum):
    """What choosing an option means for the rules."""

    DECLARE = "declare"
    MITIGATE = "mitigate"
    DIAGNOSE = "diagnose"
    FIX = "fix"
    COMMS = "comms"
    ESCALATE = "escalate"
    CLOSE = "close"
    NOTIFY = "notify"
    DECLINE = "decline"  # the regulator is not told; the reason is the label and the rationale


class Ending(StrEnum):
    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


class InspiredBy(Part):
    name: Line
    url: Line = ""


class Objective(Part):
    """What the exercise trains, and the rules that show whether it was reached."""

    id: Identifier
    text: Line
    rules: tuple[Rule, ...] = ()


class Seat(Part):
    """A place at the table. The brief is private to it."""

    id: Identifier
    title: Line
    brief: Words
    required: bool = True
    hands_on: bool = Field(False, description="whether this seat works on systems itself")
    covered_by: Identifier | None = Field(None, description="who plays it when nobody sits there")


class ScenarioClock(Part):
    """`start` is when the story begins, with its zone. Live time may run faster than real time."""

    start: Annotated[
        AwareDatetime,
        Field(ge=datetime(1900, 1, 1, tzinfo=UTC), lt=datetime(2200, 1, 1, tzinfo=UTC)),
    ]
    default_mode: Literal["turn", "live"] = "turn"
    speed_max: Annotated[int, Field(ge=1, le=60)] = 10


class Variable(Part):
    """A typed value of the story's world. `initial` must be of the type and in the range."""

    type: Literal["int", "bool", "enum"]
    initial: int | bool | str
    min: int | None = None
    max: int | None = None
    values: tuple[Word, ...] = Field((), description="the words of an enum")
    unit: Annotated[str, Field(max_length=20)] = ""
    visible: Literal["all", "facilitator"] = "facilitator"


class SeverityAnswer(Part):
    """The right severity while `when` holds; the first that matches wins. What is accepted is
    `level` and all of `accept`."""

    when: Formula
    level: Severity
    accept: tuple[Severity, ...] = ()
    why: Line


class SeverityKey(Part):
    scale: tuple[Severity, ...] = tuple(Severity)
    answers: tuple[SeverityAnswer, ...] = Field(min_length=1)


class CommsMinutes(Part):
    SEV0: Minutes = 15
    SEV1: Minutes = 30
    SEV2: Minutes = 120


class Policy(Part):
    """The thresholds of the rules; the team's own unless a scenario overrides them."""

    declare_within_min: Minutes = 5
    ic_within_min: Minutes = 5
    comms_minutes: CommsMinutes = CommsMinutes()
    escalate_after_min: Minutes = 30
    stable_before_close_min: Minutes = 30
    customer_mail_within_min: Minutes = 60
    gdpr_hours: Minutes = 72


class Opening(Part):
    text: Words
    start: Identifier = Field(description="the first node")


class Evidence(Part):
    """Something to read, as exactly one of `text` and `csv`. A metric is drawn from `csv`: a
    heading line, then rows whose first column is the time or the place on the axis."""

    id: Identifier
    type: Literal["log", "metric", "table", "diff"]
    title: Line
    text: Words | None = None
    csv: Words | None = None
    for_: tuple[Identifier, ...] = Field((ALL,), alias="for")


class Expectation(Part):
    """Something a seat should do here. The log decides, or the facilitator marks it."""

    id: Identifier
    text: Line
    seat: Identifier
    rule: Rule
    within_min: Minutes | None = None
    points: Points = 5
    detect: Literal["log", "facilitator"] = "facilitator"
    evidence_of: Line | None = None


class Option(Part):
    """One way to decide. `effect` sets variables once `takes_min` are over; `requires` hides the
    option until it holds."""

    id: Identifier
    label: Line
    takes_min: Minutes
    tags: tuple[Tag, ...] = ()
    requires: Formula | None = None
    effect: Effect = {}
    score: Points = 0
    next_update_min: Annotated[int, Field(ge=1, le=10_080)] | None = Field(
        None,
        description="with the tag comms: in how many minutes the update promises the next one",
    )
    feedback: Words
    next: Identifier


class Decision(Part):
    """Who decides between what. When `timeout_min` are over, `default` is taken."""

    seat: Identifier
    by: Literal["seat", "vote", "facilitator"] = "seat"
    timeout_min: Annotated[int, Field(ge=1, le=1_000)] = Field(
        description="how long the table may talk; in turn mode a guide only"
    )
    default: Identifier
    rationale: Literal["optional", "required"] = "optional"
    options: tuple[Option, ...] = Field(min_length=1, max_length=10)


class FacilitatorNotes(Part):
    read_aloud: Words | None = None
    notes: Words | None = None
    if_stuck: Words | None = None
    red_herring: Words | None = None


class Node(Part):
    """A moment of the story. It has exactly one of `next`, `decision` and `ending`.

    `effect` is what the world does when the node is delivered, for instance a second failure.
    A node that has come `max_visits` times is not entered again: options that lead to it, also
    over nodes with `next`, are hidden.
    """

    delay_min: Minutes = 0
    channel: Channel = Channel.CHAT
    from_: Line | None = Field(None, alias="from")
    to: tuple[Identifier, ...] = (ALL,)
    title: Line
    body: Words
    evidence: tuple[Evidence, ...] = Field((), max_length=20)
    expects: tuple[Expectation, ...] = Field((), max_length=20)
    effect: Effect = {}
    next: Identifier | None = None
    decision: Decision | None = None
    ending: Ending | None = None
    max_visits: Annotated[int, Field(ge=1, le=20)] | None = None
    facilitator: FacilitatorNotes | None = None


class ClockInject(Part):
    """Something that comes at a fixed time of the story, on every branch, if `when` holds then
    and (with `after`) that node has been delivered by then."""

    id: Identifier
    at_min: Minutes
    after: Identifier | None = None
    when: Formula | None = None
    channel: Channel
    from_: Line | None = Field(None, alias="from")
    to: tuple[Identifier, ...] = (ALL,)
    title: Line
    body: Words


class Contingency(Part):
    """Prepared, outside the timeline; the facilitator may play it at any time."""

    id: Identifier
    kind: Literal["help", "pressure", "redirect"]
    channel: Channel
    from_: Line | None = Field(None, alias="from")
    to: tuple[Identifier, ...] = (ALL,)
    title: Line
    body: Words
    suggest_when: Line | None = None


class DebriefQuestion(Part):
    objective: Identifier
    text: Line


class Debrief(Part):
    hot_wash: tuple[Line, ...] = ()
    questions: tuple[DebriefQuestion, ...] = ()
    takeaway_prompt: Line = "What will you do differently on Monday?"


class Scenario(Part):
    """A whole scenario file."""

    format: Literal["tabletop/1"] = Field(alias="schema")
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Line
    summary: Words
    difficulty: Difficulty
    audience: tuple[Line, ...] = ()
    duration_min: Annotated[int, Field(ge=5, le=480)] = Field(
        description="how long a session takes, in minutes of the people at the table"
    )
    tags: tuple[Line, ...] = ()
    authors: tuple[Line, ...] = ()
    licence: Line = "CC-BY-4.0"
    inspired_by: tuple[InspiredBy, ...] = ()
    objectives: tuple[Objective, ...] = Field(min_length=1, max_length=20)
    seats: tuple[Seat, ...] = Field(min_length=1, max_length=50)
    min_players: Annotated[int, Field(ge=1, le=50)] = 1
    max_players: Annotated[int, Field(ge=1, le=50)] = 50
    clock: ScenarioClock
    state: dict[Word, Variable] = Field(max_length=50)
    impact_when: Formula = Field(description="while this holds, customers are hurt")
    progress_when: Formula | None = Field(
        None,
        description="a change that makes this true counts as progress; "
        "without it, a change that ends the impact does",
    )
    spoilers: tuple[Line, ...] = Field(
        (), description="words that give the cause away; not to be read before the first decision"
    )
    severity: SeverityKey
    policy: Policy = Policy()
    weights: dict[Rule, Annotated[int, Field(ge=0, le=10)]] = {}
    opening: Opening
    nodes: dict[Identifier, Node] = Field(min_length=1, max_length=200)
    clock_injects: tuple[ClockInject, ...] = Field((), max_length=100)
    contingencies: tuple[Contingency, ...] = Field((), max_length=100)
    debrief: Debrief = Debrief()
