"""The quarterly review: the trends of a quarter against the one before, what came back, what was
promised, what was practised, and what to discuss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from models.rules.following.life import PROMISED
from models.rules.following.loop import Quarter, quarter_of
from models.rules.metrics.charts import By, Chart, chart, months_between
from models.rules.metrics.measures import MEASURES, Key
from models.rules.metrics.selection import Selection
from models.rules.metrics.smells import Smell
from models.rules.policy import Thing, Verb, Who, may
from models.rules.problems import NotAllowed, ProblemForUser
from reports.facts import Paper, printable_texts
from reports.quarterly_contents import MOST_PROMISES
from reports.quarterly_facts import (
    ExerciseLine,
    FactorLine,
    MeasureLine,
    Noticed,
    PromiseLine,
    Promises,
    QuarterlyDocument,
    QuarterlyFacts,
    SmellLine,
)
from reports.quarterly_html import quarterly_html
from reports.quarterly_markdown import quarterly_markdown
from services import clock
from services.action_list import WantedActions, find_actions
from services.documents import MEDIA_TYPES, Document, printer
from services.exercise_records import list_runs
from services.metrics import (
    Comparison,
    Trends,
    compare_periods,
    get_action_rates,
    get_trends,
    list_dots,
)
from services.recurring import get_factors_over_time
from services.settings import settings
from services.smells import list_smells

FORMATS = ("pdf", "html", "md")
DRAWN = (Key.DETECT, Key.ACKNOWLEDGE, Key.RECOVER)
QUARTERS = 4  # a year: what the drawings and the factors show


def export_quarterly(who: Who, quarter: Quarter, *, format: str, paper: str = "") -> Document:
    """The review as pdf, html or md. Raises ProblemForUser for a format, a paper or a quarter that
    there is not, and when the PDF cannot be made."""
    if format not in FORMATS:
        raise ProblemForUser(f"“{format}” is not a format. Choose pdf, html or md.")
    paper = paper or settings().paper
    if paper not in ("A4", "Letter"):
        raise ProblemForUser(f"“{paper}” is not a paper size. Choose A4 or Letter.")
    doc = QuarterlyDocument(get_quarterly(who, quarter), cast(Paper, paper), who.zone, clock.now())
    if format == "pdf":
        content = printer().render(doc)
    else:
        content = (quarterly_html if format == "html" else quarterly_markdown)(doc).encode()
    return Document(f"quarterly-review-{quarter}.{format}".lower(), MEDIA_TYPES[format], content)


def get_quarterly(who: Who, quarter: Quarter) -> QuarterlyFacts:
    """What the review of a quarter says. Of one that goes on, up to today. Raises ProblemForUser
    for one that has not begun."""
    if not may(who, Verb.EXPORT, Thing.INCIDENT):
        raise NotAllowed("Choose your name first: Hotwash notes who writes and signs.")
    today = clock.now().date()
    if quarter.start.date() > today:
        raise ProblemForUser(f"{quarter} has not begun. Choose one that has.")
    own, before = _days(quarter, today), _days(quarter.before, today)
    year = replace(own, first=_back(quarter, QUARTERS - 1).start.date())
    trends, of_year = get_trends(who, own), get_trends(who, year)
    compared = compare_periods(who, before, own)
    reviewed, factors = _factors(who, quarter)
    factors, promises, exercises = printable_texts(
        (factors, _promises(who, trends), _exercises(who, quarter))
    )
    return QuarterlyFacts(
        quarter=quarter,
        incidents=trends.incidents,
        measures=_measures(trends, compared),
        charts=_charts(who, year, quarter),
        months=months_between(f"{year.first:%Y-%m}", f"{quarter.end - timedelta(days=1):%Y-%m}"),
        counts=tuple((row.month, row.severity, row.incidents) for row in of_year.frequency),
        change=compared.incidents,
        noticed=Noticed(trends.noticed.monitoring, trends.noticed.people, trends.noticed.unknown),
        reviewed=reviewed,
        factors=factors,
        promises=promises,
        exercises=exercises,
        smells=tuple(_smell(each) for each in list_smells(who, own)),
    )


def _days(quarter: Quarter, today: date) -> Selection:
    """Its days, up to today."""
    last = min(quarter.end.date() - timedelta(days=1), today)
    return Selection(first=quarter.start.date(), last=last)


def _back(quarter: Quarter, many: int) -> Quarter:
    for _ in range(many):
        quarter = quarter.before
    return quarter


def _measures(trends: Trends, compared: Comparison) -> tuple[MeasureLine, ...]:
    changes = dict(compared.measures)
    return tuple(
        MeasureLine(
            measure=each.measure,
            now=each.spread,
            before=changes[each.measure.key].before,
            verdict=changes[each.measure.key].verdict,
            excluded=each.excluded,
            estimated=each.estimated,
            met=each.standard.met if each.standard else 0,
            judged=each.standard.n if each.standard else 0,
            few=each.few,
        )
        for each in trends.measures
    )


def _charts(who: Who, year: Selection, quarter: Quarter) -> tuple[Chart, ...]:
    """Those that have values."""
    span = (_back(quarter, QUARTERS - 1).start, quarter.end)
    found = ((MEASURES[key], list_dots(who, key, year)) for key in DRAWN)
    return tuple(chart(measure, dots, By.QUARTER, span) for measure, dots in found if dots)


def _factors(who: Who, quarter: Quarter) -> tuple[tuple[int, ...], tuple[FactorLine, ...]]:
    """How many post-mortems each of the four quarters has, and those factors that came up, the
    most frequent of the quarter itself first."""
    back, now = 0, quarter_of(clock.now().date())
    while now > quarter:
        back, now = back + 1, now.before
    found = get_factors_over_time(who, quarters=back + QUARTERS)
    rows = [FactorLine(row.factor, row.counts[:QUARTERS]) for row in found.rows]
    rows = [row for row in rows if any(row.counts)]
    rows.sort(key=lambda row: (-row.counts[-1], -sum(row.counts), row.name.casefold()))
    return found.totals[:QUARTERS], tuple(rows)


def _promises(who: Who, trends: Trends) -> Promises:
    """Open ones are those of now, whatever they come from."""
    wanted = WantedActions(statuses=tuple(PROMISED))
    found = find_actions(who, wanted, page=1, size=MOST_PROMISES)
    rows = tuple(
        PromiseLine(row.text, row.due_on, row.overdue, row.source_title, row.severity)
        for row in found.rows
    )
    every, actions = get_action_rates(who).every, trends.actions
    return Promises(rows, found.count, every.overdue, actions.done, actions.done + actions.open)


def _exercises(who: Who, quarter: Quarter) -> tuple[ExerciseLine, ...]:
    """Those with others that ended in the quarter, the newest first."""
    return tuple(
        ExerciseLine(run.title, run.team, run.ended_at.date(), run.ending)
        for run in list_runs(who)
        if run.ended_at and not run.is_solo and quarter.start <= run.ended_at < quarter.end
    )


def _smell(smell: Smell) -> SmellLine:
    records = len({each.id for each in smell.evidence})
    return SmellLine(smell.name, smell.to_try, smell.unit, records, smell.looked_at)
