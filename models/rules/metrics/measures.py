"""What is measured, from which moment to which, and by which standard.

Source: FIELD.md, "Clocks and measures". Time to declare has a name in the field but no standard
and stays with the single incident (models/rules/clocks.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.rules.vocabulary import Severity

HOUR, DAY = 60, 24 * 60  # in minutes
WORKING_DAYS_TO_PUBLISH = 5
COMPLETION_TARGET = 0.9


class Key(StrEnum):
    """The six measures of the field in its order, and one more for the review's outcome."""

    DETECT = "time_to_detect"
    ACKNOWLEDGE = "time_to_acknowledge"
    MITIGATE = "time_to_mitigate"
    RECOVER = "time_to_recover"
    BETWEEN = "time_between_failures"
    REVIEW = "review_delay"
    PUBLISH = "publication_delay"


class Exclusion(StrEnum):
    """Why an incident is left out of a measure; the first of these that holds."""

    UNRESOLVED = "unresolved"
    DRILL = "drill"
    MAINTENANCE = "maintenance"
    ZERO_OR_NEGATIVE = "zero_or_negative"
    MISSING_CLOCK = "missing_clock"


@dataclass(frozen=True)
class Standard:
    """What the field asks for, in words like `under 5 min`, and in minutes; `inclusive` when
    exactly so many will do. Of incidents of `severity`, None: of all."""

    words: str
    minutes: float
    severity: Severity | None = None
    inclusive: bool = False


@dataclass(frozen=True)
class Measure:
    """`waits` when it cannot be known before the incident is resolved."""

    key: Key
    name: str
    definition: str
    waits: bool = True
    standard: Standard | None = None


_NEAR_MISSES = " Near misses count where both times are known."
_INTERVAL = (
    " The interval encloses the median with 95 % confidence; of two to five values it is their "
    "whole range, which holds it less surely. In the 90th percentile, values are interpolated."
)


def _defined(words: str) -> str:
    return words + _NEAR_MISSES + _INTERVAL


MEASURES: Mapping[Key, Measure] = {
    measure.key: measure
    for measure in (
        Measure(
            Key.DETECT,
            "Time to detect",
            _defined("From impact began to detected."),
            waits=False,
        ),
        Measure(
            Key.ACKNOWLEDGE,
            "Time to acknowledge",
            _defined("From detected to acknowledged."),
            waits=False,
            standard=Standard("under 5 min", 5, Severity.SEV1),
        ),
        Measure(
            Key.MITIGATE,
            "Time to mitigate",
            _defined("From detected to mitigated."),
        ),
        Measure(
            Key.RECOVER,
            "Time to recover",
            _defined("From detected to resolved. An unresolved incident is left out."),
            standard=Standard("under 1 h", HOUR, Severity.SEV1),
        ),
        Measure(
            Key.BETWEEN,
            "Time between failures",
            "For each service, from one failure resolved to the impact of the next one began "
            "(its detection, as an estimate, where the start of the impact is not known). n counts "
            "these gaps. Both failures are among the chosen incidents. Services with fewer than "
            "three failures are left out, and so are near misses: nothing failed. Unresolved, and "
            "zero or negative, are gaps (the next failure began before the one before was over); "
            "an incident without a service or a start counts as a missing clock." + _INTERVAL,
            standard=Standard("over 30 days, critical services", 30 * DAY),
        ),
        Measure(
            Key.REVIEW,
            "Review delay",
            _defined(
                "From resolved to the review meeting. It counts as held when its time, as it "
                "stands in the post-mortem, has passed; without one the clock is missing."
            ),
            standard=Standard("within 48 h", 48 * HOUR, inclusive=True),
        ),
        Measure(
            Key.PUBLISH,
            "Publication delay",
            _defined("From resolved to the post-mortem published for the first time."),
            standard=Standard("within 5 working days", WORKING_DAYS_TO_PUBLISH * DAY),
        ),
    )
}
FIELD_MEASURES = tuple(key for key in Key if key is not Key.PUBLISH)
