"""What a timeline lets one conclude about its incident. Every clock found here is estimated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from models.rules.record import ClockTime, EventRecord
from models.rules.vocabulary import Clock, EventKind, Precision, Severity, words

# Of small letters. A text says nothing of the kind without one of the signs (see kinds).
_SIGNS = ("begin", "began", "start", "ack", "on it", "responder", "declare", "closed")
_SAYS = {
    Clock.IMPACT_BEGAN: re.compile(
        r"\b(?:impact|outage|problem|issue|incident|degradation|fault) (?:began|begins|started"
        r"|starts)\b"
        r"|\b(?:customers|users) (?:began|started) (?:to see|seeing|to get|getting)\b"
    ),
    Clock.ACKNOWLEDGED: re.compile(r"\b(?:ack(?:ed|s|nowledge[sd]?)|on it|responder joined)\b"),
    Clock.DECLARED: re.compile(
        r"\b(?:incident|sev[- ]?[0-3]|major incident) (?:was |is )?declared\b"
        r"|\bdeclare[sd] (?:an? |the |this )?(?:major )?(?:incident|sev)"
    ),
    Clock.CLOSED: re.compile(r"\bincident (?:was |is )?closed\b|\bclosed the incident\b"),
}
_SEVERITY = re.compile(
    r"\bsev(?:erity)?\W{0,3}(?:level\W{0,3})?([0-3])(?![0-9]|\.[0-9])", re.IGNORECASE
)


def clocks_from(
    events: Iterable[EventRecord], stated: Mapping[Clock, ClockTime] | None = None
) -> dict[Clock, ClockTime]:
    """The clocks that the events show, in the order of the clocks: detected by the first alert
    or report, mitigated by the last mitigation, resolved by the last resolution, the others
    only where an event says so. `stated` clocks are kept as they are."""
    known = sorted((e for e in events if e.precision is not Precision.DAY), key=lambda e: e.at)
    found: dict[Clock, EventRecord] = {}
    for event in known:
        if event.kind in (EventKind.ALERT, EventKind.REPORT):
            found.setdefault(Clock.DETECTED, event)
        if event.kind is EventKind.RESOLUTION:
            found[Clock.RESOLVED] = event
        head = event.text[:400].lower()
        if any(map(head.__contains__, _SIGNS)):
            for clock, pattern in _SAYS.items():
                if clock not in found and pattern.search(head):
                    found[clock] = event
    resolved = found.get(Clock.RESOLVED)
    end = (stated or {}).get(Clock.RESOLVED) or (resolved and ClockTime(resolved.at))
    for event in known:
        if event.kind is EventKind.MITIGATION and (not end or event.at <= end.at):
            found[Clock.MITIGATED] = event
    clocks = {clock: ClockTime(event.at, estimated=True) for clock, event in found.items()}
    clocks.update(stated or {})
    return {clock: clocks[clock] for clock in Clock if clock in clocks}


def severity_in(text: str) -> Severity | None:
    """The severity that a text names, such as SEV1 or “Severity: 2”; the first one."""
    found = _SEVERITY.search(text)
    return Severity(f"SEV{found[1]}") if found else None


def what_is_estimated(
    clocks: Mapping[Clock, ClockTime], stated: Mapping[Clock, ClockTime]
) -> tuple[str, ...]:
    """The sentence about those of the `clocks` that were concluded from events, if any were."""
    inferred = [words(clock) for clock in clocks if clock not in stated]
    if not inferred:
        return ()
    return (f"Concluded from the events and marked as estimated: {', '.join(inferred)}.",)
