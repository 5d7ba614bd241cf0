"""The words of the field, as closed lists. StrEnum, so that a value survives a code reload."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    SEV0 = "SEV0"
    SEV1 = "SEV1"
    SEV2 = "SEV2"
    SEV3 = "SEV3"


class IncidentKind(StrEnum):
    INCIDENT = "incident"
    NEAR_MISS = "near_miss"
    DRILL = "drill"
    MAINTENANCE = "maintenance"


class Clock(StrEnum):
    """The seven moments of an incident, in the order in which they normally happen."""

    IMPACT_BEGAN = "impact_began"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    DECLARED = "declared"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    CLOSED = "closed"


class EventKind(StrEnum):
    """What a line of the timeline states."""

    CHANGE = "change"  # a deployment, a configuration change, maintenance
    ALERT = "alert"  # a machine noticed
    REPORT = "report"  # a person noticed: a customer, support, a colleague
    OBSERVATION = "observation"  # something that was seen or measured
    DECISION = "decision"
    ACTION = "action"  # something that was done
    MITIGATION = "mitigation"  # the impact was made smaller
    ESCALATION = "escalation"  # somebody was called in
    UPDATE = "update"  # somebody was told: status page, mail, chat
    RESOLUTION = "resolution"
    NOTE = "note"


class Precision(StrEnum):
    """How exactly the time of an event is known; `at` is then the start of that span."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"


class IncidentRole(StrEnum):
    """What somebody did in the incident."""

    COMMANDER = "commander"
    COMMUNICATIONS = "communications"
    EXPERT = "expert"
    SCRIBE = "scribe"
    RESPONDER = "responder"
    REPORTER = "reporter"
    OBSERVER = "observer"


class PostmortemStatus(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    CLOSED = "closed"


class ImpactKind(StrEnum):
    CUSTOMERS = "customers"
    DURATION = "duration"
    SERVICES = "services"
    DATA = "data"
    MONEY = "money"
    TICKETS = "tickets"


class LessonKind(StrEnum):
    WENT_WELL = "went_well"
    WENT_WRONG = "went_wrong"
    GOT_LUCKY = "got_lucky"
    SURPRISED = "surprised"
    UNKNOWN = "unknown"


class ActionStatus(StrEnum):
    """An idea is only noted. Proposed ones become promises (accepted) when the post-mortem is
    published; what may follow what is in following/life.py."""

    IDEA = "idea"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    DECLINED = "declined"


class ActionType(StrEnum):
    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


class Priority(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Audience(StrEnum):
    FULL = "full"
    LEADERSHIP = "leadership"


class Source(StrEnum):
    """Where an incident or an event came from. `hand` is typed into Hotwash."""

    HAND = "hand"
    TEXT = "text"
    CSV = "csv"
    SLACK = "slack"
    PAGERDUTY = "pagerduty"
    OPSGENIE = "opsgenie"
    INCIDENT_IO = "incident_io"
    STATUSPAGE = "statuspage"
    ALERTMANAGER = "alertmanager"
    MARKDOWN = "markdown"
    JSON = "json"


_WORDS = {
    "incident_io": "incident.io",
    "pagerduty": "PagerDuty",
    "opsgenie": "Opsgenie",
    "statuspage": "Statuspage",
    "alertmanager": "Alertmanager",
    "slack": "Slack",
    "markdown": "Markdown",
    "csv": "CSV",
    "json": "JSON",
    "hand": "written here",
    "communications": "communications lead",
    "expert": "subject expert",
    "tickets": "support tickets",
    "got_lucky": "where we got lucky",
    "surprised": "what surprised us",
    "unknown": "what we still do not know",
}


def words(value: StrEnum) -> str:
    """The value as a person reads it in the middle of a sentence: `in_review` → `in review`."""
    return _WORDS.get(value.value, value.value.replace("_", " "))


def label(value: StrEnum) -> str:
    """The value as it stands at the head of a cell or a choice: `in_review` → `In review`."""
    text = words(value)
    return text[:1].upper() + text[1:] if not text.startswith("incident.io") else text


def role_words(role: str) -> str:
    """A participant's role, or several joined by commas, in the middle of a sentence:
    `communications, scribe` → `communications lead, scribe`. A source's own word stays."""
    known = set(IncidentRole)
    return ", ".join(words(IncidentRole(r)) if r in known else r for r in role.split(", "))


def role_label(role: str) -> str:
    """The same as it stands at the head of a cell."""
    text = role_words(role)
    return text[:1].upper() + text[1:]
