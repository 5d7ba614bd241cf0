"""hotwash metrics: what many incidents show."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from commands.shell import Line, Verb, acting, counted, json_option, print_json, say, say_table
from models.rules.clocks import length_in_words
from models.rules.problems import ProblemForUser
from models.rules.vocabulary import Severity

if TYPE_CHECKING:  # numpy is slow to import, and only this verb needs it
    from models.rules.metrics.summaries import Summary
    from services.metrics import Trends


class Day(click.ParamType[date]):
    """A day like 2024-05-06."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"“{value}” is no day. Write it like 2024-05-06.", param, ctx)


@click.command(cls=Verb)
@click.option("--from", "first", type=Day(), metavar="DAY", help="The first day, in UTC.")
@click.option("--to", "last", type=Day(), metavar="DAY", help="The last day, in UTC.")
@click.option("--severity", type=click.Choice(list(Severity), case_sensitive=False))
@click.option("--service", type=Line(), metavar="NAME", help="Only incidents of this service.")
@json_option
def metrics(
    first: date | None,
    last: date | None,
    severity: Severity | None,
    service: str | None,
    as_json: bool,
) -> None:
    """Measure incidents: how long, how often, and whether promises are kept.

    An incident lies in the period when its impact began in it; where that is not known, when it
    was detected, else the first thing known of it.
    """
    from models.rules.metrics.selection import Selection
    from services.metrics import find_service, get_trends

    if first and last and last < first:
        raise ProblemForUser(f"The period ends ({last}) before it begins ({first}).")
    who = acting()
    selection = Selection(
        first=first,
        last=last,
        severities=frozenset([severity] if severity else []),
        service_id=find_service(who, service) if service is not None else "",
    )
    trends = get_trends(who, selection)
    if as_json:
        print_json(_as_plain(trends))
    else:
        _say(trends)


def _as_plain(trends: Trends) -> dict[str, Any]:
    from models.rules.metrics.measures import FIELD_MEASURES

    return {
        "measures": [_measure(s) for s in trends.measures if s.measure.key in FIELD_MEASURES],
        "frequency": [
            {"month": row.month, "severity": row.severity, "count": row.incidents}
            for row in trends.frequency
        ],
        "actions": {
            "done": trends.actions.done,
            "declined": trends.actions.declined,
            "open": trends.actions.open,
            "completion": trends.actions.completion,
        },
    }


def _measure(summary: Summary) -> dict[str, Any]:
    """Minutes to a tenth: moments are kept as fractions that do not come out even."""
    spread = summary.spread
    low, high = spread.median_interval.low, spread.median_interval.high
    return {
        "measure": summary.measure.key.value,
        "n": spread.n,
        "median_minutes": _tenths(spread.median),
        "p90_minutes": _tenths(spread.p90),
        "median_interval": [_tenths(low), _tenths(high)],
        "excluded": {reason.value: count for reason, count in summary.excluded.items()},
        "estimated": summary.estimated,
        "definition": summary.measure.definition,
    }


def _say(trends: Trends) -> None:
    say(f"{counted(trends.incidents, 'incident')}, drills and maintenance included.")
    say()
    rows = [_row(summary) for summary in trends.measures]
    say_table(
        ("measure", "n", "median", "interval", "90 %", "estimated", "left out"), rows, none=""
    )
    say()
    counts: dict[str, dict[str, int]] = {}
    for row in trends.frequency:
        counts.setdefault(row.month, {})[row.severity or "none"] = row.incidents
    levels = [*Severity, "none"]
    say_table(
        ("month", *levels),
        [(month, *(str(by.get(level, "")) for level in levels)) for month, by in counts.items()],
        none="There are no incidents to count by month.",
    )
    say()
    actions = trends.actions
    share = f" ({actions.completion:.0%})" if actions.completion is not None else ""
    say(
        f"Actions: {actions.done:,} done of {actions.done + actions.open:,}{share}, "
        f"{actions.declined:,} declined."
    )


def _row(summary: Summary) -> tuple[str, ...]:
    spread = summary.spread
    low, high = spread.median_interval.low, spread.median_interval.high
    left_out = (f"{n:,} {reason.replace('_', ' ')}" for reason, n in summary.excluded.items() if n)
    return (
        summary.measure.name,
        f"{spread.n:,}",
        _length(spread.median),
        f"{_length(low)} to {_length(high)}" if low is not None else "",
        _length(spread.p90),
        f"{summary.estimated:,}",
        ", ".join(left_out),
    )


def _tenths(minutes: float | None) -> float | None:
    return None if minutes is None else round(minutes, 1)


def _length(minutes: float | None) -> str:
    from models.rules.metrics.said import to_the_minute

    return "" if minutes is None else length_in_words(to_the_minute(minutes))
