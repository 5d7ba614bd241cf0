"""Time between failures: for each service, from one failure's end to the start of the next."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.rules.metrics.columns import KINDS, Codes, Columns, Mask, Numbers
from models.rules.vocabulary import Clock, IncidentKind

FEWEST = 3  # failures of a service, below which there is no time between them


@dataclass(frozen=True)
class Failures:
    """Every failure of every service, by service and then by start. `is_failure` says of each
    incident whether it was one; `is_placed` whether it has a service and a start too."""

    service: Codes
    incident: Codes
    start: Numbers
    end: Numbers
    start_estimated: Mask
    end_estimated: Mask
    is_failure: Mask
    is_placed: Mask


@dataclass(frozen=True)
class Gaps:
    """The gaps of services with at least FEWEST failures, in the order of service and time.
    `minutes` is NaN after an unresolved failure; `incident` is the later one of each gap. `few`
    counts services with fewer failures."""

    service: Codes
    incident: Codes
    minutes: Numbers
    estimated: Mask
    few: int


def failures(columns: Columns) -> Failures:
    """Incidents that affected somebody, once for each of their services."""
    began, detected = columns.at[Clock.IMPACT_BEGAN], columns.at[Clock.DETECTED]
    stands_in = np.isnan(began)
    start = np.where(stands_in, detected, began)
    estimated = stands_in | columns.estimated[Clock.IMPACT_BEGAN]
    is_failure = columns.kind == KINDS.index(IncidentKind.INCIDENT)
    usable = is_failure & ~np.isnan(start)
    pairs = np.flatnonzero(usable[columns.pair_incident])
    incident, service = columns.pair_incident[pairs], columns.pair_service[pairs]
    order = np.lexsort((incident, start[incident], service))
    incident, service = incident[order], service[order]
    is_placed = np.zeros(len(start), np.bool_)
    is_placed[incident] = True
    return Failures(
        service=service,
        incident=incident,
        start=start[incident],
        end=columns.at[Clock.RESOLVED][incident],
        start_estimated=estimated[incident],
        end_estimated=columns.estimated[Clock.RESOLVED][incident],
        is_failure=is_failure,
        is_placed=is_placed,
    )


def gaps(failures: Failures, mask: Mask, services: Mask) -> Gaps:
    """The gaps between the chosen incidents, of the chosen services."""
    keep = np.flatnonzero(mask[failures.incident] & services[failures.service])
    service = failures.service[keep]
    counts = np.bincount(service, minlength=len(services))
    first, then = keep[:-1], keep[1:]
    inside = (service[:-1] == service[1:]) & (counts >= FEWEST)[service[:-1]]
    first, then = first[inside], then[inside]
    return Gaps(
        service=failures.service[then],
        incident=failures.incident[then],
        minutes=(failures.start[then] - failures.end[first]) / 60,
        estimated=failures.end_estimated[first] | failures.start_estimated[then],
        few=int(np.count_nonzero((counts > 0) & (counts < FEWEST))),
    )
