"""Which incidents are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from models.rules.metrics.columns import (
    KINDS,
    SEVERITIES,
    Columns,
    Mask,
    end_second,
    first_second,
)
from models.rules.vocabulary import IncidentKind, Severity


@dataclass(frozen=True)
class Selection:
    """What the incidents have in common; nothing is everything.

    `first` and `last` are days in UTC, both inside. An incident lies in the period when it
    started in it: when its impact began, else was detected, else the first thing known of it.
    """

    first: date | None = None
    last: date | None = None
    severities: frozenset[Severity] = frozenset()
    kinds: frozenset[IncidentKind] = frozenset()
    service_id: str = ""
    team_id: str = ""


EVERYTHING = Selection()


def chosen(columns: Columns, selection: Selection) -> Mask:
    """Which of the incidents are selected."""
    mask = np.ones(len(columns.ids), np.bool_)
    if selection.first:
        mask &= columns.started >= first_second(selection.first)
    if selection.last:
        mask &= columns.started < end_second(selection.last)
    if selection.severities:
        mask &= _wanted(columns.severity, [SEVERITIES.index(s) for s in selection.severities])
    if selection.kinds:
        mask &= _wanted(columns.kind, [KINDS.index(k) for k in selection.kinds])
    if selection.service_id or selection.team_id:
        of_service = chosen_services(columns, selection)[columns.pair_service]
        affected = np.zeros(len(mask), np.bool_)
        affected[columns.pair_incident[of_service]] = True
        mask &= affected
    return mask


def chosen_services(columns: Columns, selection: Selection) -> Mask:
    """Which of the services are selected; all without a service or team in the selection."""
    wanted_service, wanted_team = selection.service_id, selection.team_id
    return np.array(
        [
            (not wanted_service or service.id == wanted_service)
            and (not wanted_team or service.team_id == wanted_team)
            for service in columns.services
        ],
        np.bool_,
    )


def _wanted(codes: np.ndarray, wanted: list[int]) -> Mask:
    table = np.zeros(max(len(KINDS), len(SEVERITIES)), np.bool_)
    table[wanted] = True
    found: Mask = table[codes]
    return found
