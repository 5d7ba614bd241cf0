"""The rows of an after-action report, and the names of what stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from models.rules.exercise.hotwash import DebriefNote
from models.rules.scenario.shape import Rule

RULE_NAMES = {
    Rule.DECLARE_EARLY: "Declared early",
    Rule.SEVERITY: "Severity right for the state",
    Rule.IC_ASSIGNED: "Commander assigned",
    Rule.IC_HANDS_OFF: "Commander hands off",
    Rule.MITIGATE_FIRST: "Mitigation before cause",
    Rule.COMMS_CADENCE: "Updates on cadence",
    Rule.ESCALATE_30: "Help called when stuck",
    Rule.STABLE_30: "Closed only when stable",
    Rule.CUSTOMER_MAIL_60: "Customers told in time",
    Rule.GDPR_72H: "Regulator considered in time",
}
GROUP_NAMES = {
    "inject": "Inject",
    "decision": "Decision",
    "update": "Update",
    "act": "Act",
    "change": "Change",
    "observation": "Observation",
    "mark": "Mark",
    "clock": "Clock",
}
HOW = {
    "timeout": "by default, the time was over",
    "vote": "by vote",
    "facilitator": "by the facilitator",
}


@dataclass(frozen=True)
class TimelineRow:
    minute: str
    clock: str
    kind: str
    text: str
    who: str
    override: bool


@dataclass(frozen=True)
class Checked:
    """An expectation of a rule, how it was judged, and by what."""

    text: str
    points: int
    verdict: str
    evidence: str


@dataclass(frozen=True)
class RuleRow:
    """`counts` says what the rule adds to the process score: `1 of 1`, `not counted`."""

    name: str
    verdict: str
    counts: str
    sentence: str
    evidence: str
    expectations: tuple[Checked, ...]


@dataclass(frozen=True)
class ObjectiveRow:
    id: str
    text: str
    share: float | None
    percent: str
    rules: str


@dataclass(frozen=True)
class ChoiceRow:
    minute: str
    title: str
    chosen: str
    points: str
    feedback: str
    counts: bool


@dataclass(frozen=True)
class Debriefed:
    """What was said about one objective; `heading` is "About the whole" for notes without one."""

    heading: str
    text: str
    questions: tuple[str, ...]
    notes: tuple[DebriefNote, ...]


@dataclass(frozen=True)
class ImprovementRow:
    text: str
    owner: str
    due: str
    status: str
    objective: str
