"""What many incidents show: durations, frequency, who noticed first, how promises stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import compress

from sqlmodel import select

from models.rules.following.rates import Rates, rates, rates_by
from models.rules.metrics.change import Change, CountChange, change, change_in_counts
from models.rules.metrics.counts import (
    ActionCounts,
    MonthCount,
    NoticedFirst,
    action_counts,
    chosen_actions,
    frequency,
    noticed_first,
)
from models.rules.metrics.measured import History
from models.rules.metrics.measures import Key
from models.rules.metrics.selection import EVERYTHING, Selection, chosen
from models.rules.metrics.summaries import (
    Dot,
    MonthSpread,
    ServiceSpread,
    Summary,
    dots,
    months,
    services_between,
    summaries,
)
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound, ProblemForUser
from models.tables.people import Service
from services.metric_columns import known_history
from services.unit_of_work import reading


@dataclass(frozen=True)
class Trends:
    """What the chosen incidents show. `incidents` counts all that are chosen, of every kind;
    `same` counts, over everything, those that are a duplicate or a part of another incident and
    are counted with it."""

    selection: Selection
    now: datetime
    incidents: int
    same: int
    measures: tuple[Summary, ...]
    frequency: tuple[MonthCount, ...]
    noticed: NoticedFirst
    actions: ActionCounts


@dataclass(frozen=True)
class Comparison:
    """Each measure in two periods, and the number of incidents."""

    measures: tuple[tuple[Key, Change], ...]
    incidents: CountChange


@dataclass(frozen=True)
class ActionRates:
    """How promises are kept: of all, by severity (of the post-mortem's worst incident) and by the
    team of the owner; "" stands for none, and comes last."""

    every: Rates
    by_severity: tuple[tuple[str, Rates], ...]
    by_team: tuple[tuple[str, Rates], ...]


def get_trends(who: Who, selection: Selection = EVERYTHING) -> Trends:
    """Everything that is counted of the chosen incidents, and each measure in short."""
    with reading(who) as work:
        known = known_history(work)
        now = work.now
    ours = known.history.columns
    mask = chosen(ours, selection)
    return Trends(
        selection=selection,
        now=now,
        incidents=int(mask.sum()),
        same=known.same,
        measures=summaries(known.history, selection, mask),
        frequency=frequency(ours, mask),
        noticed=noticed_first(ours, mask),
        actions=action_counts(ours, selection, mask),
    )


def list_dots(who: Who, key: Key, selection: Selection = EVERYTHING) -> tuple[Dot, ...]:
    """Every value of a measure with its incident, by the incident's start."""
    return dots(_history(who), key, selection)


def list_months(who: Who, key: Key, selection: Selection = EVERYTHING) -> tuple[MonthSpread, ...]:
    """The spread of a measure in each month that has values."""
    return months(_history(who), key, selection)


def list_services_between(who: Who, selection: Selection = EVERYTHING) -> tuple[ServiceSpread, ...]:
    """The time between failures of each service that had at least three, by name."""
    return services_between(_history(who), selection)


def compare_periods(who: Who, before: Selection, now: Selection) -> Comparison:
    """Each measure and the number of incidents in two periods, which both have a first and a last
    day. Raises ProblemForUser when one has none, or ends before it begins."""
    days_before, days_now = _days(before), _days(now)
    known = _history(who)
    first, then = (summaries(known, s, chosen(known.columns, s)) for s in (before, now))
    counts = [
        sum(month.incidents for month in frequency(known.columns, chosen(known.columns, s)))
        for s in (before, now)
    ]
    return Comparison(
        measures=tuple(
            (one.measure.key, change(one.spread, other.spread))
            for one, other in zip(first, then, strict=True)
        ),
        incidents=change_in_counts(counts[0], days_before, counts[1], days_now),
    )


def get_action_rates(who: Who, selection: Selection = EVERYTHING) -> ActionRates:
    """Completion, on time and age of the actions that belong to the chosen incidents."""
    with reading(who) as work:
        known, today = known_history(work), work.now.date()
    ours = known.history.columns
    mask = chosen_actions(ours, selection, chosen(ours, selection))
    every = tuple(compress(known.followed, mask.tolist()))
    return ActionRates(
        every=rates(every, today),
        by_severity=rates_by(every, lambda action: action.severity or "", today),
        by_team=rates_by(every, lambda action: action.team, today),
    )


def find_service(who: Who, name: str) -> str:
    """The id of the service of that name, letter case aside. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        found = work.session.exec(select(Service.id).where(Service.name_key == name.casefold()))
        service_id = found.first()
    if service_id is None:
        raise NotFound(f"There is no service “{name}”.")
    return service_id


def _days(selection: Selection) -> int:
    first, last = selection.first, selection.last
    if first is None or last is None or last < first:
        raise ProblemForUser("To compare, choose a first and a last day for both periods.")
    return (last - first).days + 1


def _history(who: Who) -> History:
    with reading(who) as work:
        return known_history(work).history
