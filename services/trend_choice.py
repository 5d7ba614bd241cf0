"""What the address of the trends asks for: which incidents, which measure, compared with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from models.rules.metrics.charts import By
from models.rules.metrics.measures import Key
from models.rules.metrics.selection import Selection, chosen
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.text import clean_line
from models.rules.times import EARLIEST_YEAR
from models.rules.vocabulary import IncidentKind, Severity
from services import clock
from services.metric_columns import known_history
from services.people import list_services, list_teams
from services.unit_of_work import reading

ASKED = (
    "from", "to", "severity", "kind", "service", "team", "measure", "by", "before_from",
    "before_to",
)  # fmt: skip
USUAL_DAYS = 182  # half a year: what is compared when no period is chosen
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True)
class TrendChoice:
    """`service` and `team` are names as they are known, "" for any. `by` None where the chart may
    decide. `before` and `now` are the two periods that are compared."""

    selection: Selection
    service: str
    team: str
    measure: Key
    by: By | None
    before: Selection
    now: Selection


def trend_choice(who: Who, words: Mapping[str, str]) -> TrendChoice:
    """What these words ask for: `from`, `to`, `before_from`, `before_to` (days in UTC),
    `severity` and `kind` (several with commas between), `service` and `team` (names), `measure`,
    `by` (month or quarter). Raises ProblemForUser for words that there are not."""
    service_id, service = _named("service", words, [(s.id, s.name) for s in list_services(who)])
    team_id, team = _named("team", words, [(t.id, t.name) for t in list_teams(who)])
    first, last = _period(words, "from", "to")
    selection = Selection(
        first=first,
        last=last,
        severities=frozenset(_words(Severity, words, "severity")),
        kinds=frozenset(_words(IncidentKind, words, "kind")),
        service_id=service_id,
        team_id=team_id,
    )
    [measure] = _words(Key, words, "measure") or (Key.RECOVER,)
    [by] = _words(By, words, "by") or (None,)
    newest = _newest_day(who, selection)
    before, now = _compared(selection, newest, *_period(words, "before_from", "before_to"))
    return TrendChoice(selection, service, team, measure, by, before, now)


def _newest_day(who: Who, selection: Selection) -> date | None:
    """The day in UTC on which the newest of the selected incidents began."""
    with reading(who) as work:
        ours = known_history(work).history.columns
    started = ours.started[chosen(ours, selection)]
    return datetime.fromtimestamp(float(started.max()), UTC).date() if len(started) else None


def _compared(
    selection: Selection, newest: date | None, first: date | None, last: date | None
) -> tuple[Selection, Selection]:
    """The chosen period (or the newest half year that has incidents: the last one, else the one
    that ends with the `newest`) and the one that was asked for, otherwise as many days before."""
    end = selection.last or clock.now().date()
    is_chosen = selection.first or selection.last
    if newest and not is_chosen and (end - newest).days >= USUAL_DAYS:
        end = newest
    start = selection.first or max(end - timedelta(days=USUAL_DAYS - 1), date(EARLIEST_YEAR, 1, 1))
    if end < start:
        raise ProblemForUser(f"The period begins ({start}) after today ({end}).")
    last = last or start - timedelta(days=1)
    first = first or last - (end - start)
    if last < first:
        raise ProblemForUser(f"The earlier period ends ({last}) before it begins ({first}).")
    return replace(selection, first=first, last=last), replace(selection, first=start, last=end)


def _period(words: Mapping[str, str], start: str, end: str) -> tuple[date | None, date | None]:
    first, last = _day(words, start), _day(words, end)
    if first and last and last < first:
        raise ProblemForUser(f"The period ends ({last}) before it begins ({first}).")
    return first, last


def _day(words: Mapping[str, str], name: str) -> date | None:
    text = words.get(name, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or not EARLIEST_YEAR <= day.year < 9999:
        raise ProblemForUser(
            f"The address says {name}={clean_line(text[:40])}, which is no day. Write it like "
            "2024-05-06."
        )
    return day


def _named(name: str, words: Mapping[str, str], known: list[tuple[str, str]]) -> tuple[str, str]:
    """The id and the name as it is known, letter case aside; both "" when none is asked for."""
    asked = clean_line(words.get(name, "")[:200])
    if not asked:
        return "", ""
    for row_id, row_name in known:
        if row_name.casefold() == asked.casefold():
            return row_id, row_name
    raise ProblemForUser(f"There is no {name} “{asked[:80]}”.")


def _words(kind: type[Word], words: Mapping[str, str], name: str) -> tuple[Word, ...]:
    text = words.get(name, "")
    try:
        found = tuple(kind(word) for word in text.split(",") if word)
        if name in ("measure", "by") and len(found) > 1:
            raise ValueError
    except ValueError:
        raise ProblemForUser(
            f"The address says {name}={clean_line(text[:40])}; it can be {', '.join(kind)}."
        ) from None
    return found
