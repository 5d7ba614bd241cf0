"""What comes back: factors over time, what was promised for them before, and this day years ago."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_
from sqlmodel import col, select

from models.rules.actions import completion
from models.rules.following.life import EVER_PROMISED
from models.rules.policy import Thing, Verb, Who
from models.rules.recurring import (
    SHOWN_QUARTERS,
    FactorsOverTime,
    earlier_anniversaries,
    factors_over_time,
    last_quarters,
)
from models.rules.times import EARLIEST_YEAR, zone_named
from models.rules.vocabulary import ActionStatus, Severity
from models.tables.incident import Incident
from models.tables.people import Factor
from models.tables.postmortem import ActionItem, ArchiveEntry, FactorTag
from services.promises import Promise, load_promises
from services.unit_of_work import Work, pick, reading

PROMISES = 40  # actions read for all factors that are asked for
ON_THIS_DAY = 5
_DECIDED = (*EVER_PROMISED, ActionStatus.DECLINED)


@dataclass(frozen=True)
class FactorPast:
    """A factor in the published post-mortems before: how many name it, the latest of them, and
    the actions that were promised for it. `done` of `counted` are done, declined ones left out."""

    factor: str
    factor_id: str
    seen: int
    last_id: str | None
    last_title: str
    last_at: datetime | None
    promises: tuple[Promise, ...]
    done: int
    counted: int


@dataclass(frozen=True)
class Anniversary:
    postmortem_id: str
    title: str
    severity: Severity | None
    began_at: datetime


def get_factors_over_time(who: Who, *, quarters: int = SHOWN_QUARTERS) -> FactorsOverTime:
    """How often each factor was found in the published post-mortems of the last quarters, the
    present one included, by when the incident began in the person's zone."""
    zone = zone_named(who.zone)
    e = ArchiveEntry
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        shown = last_quarters(work.now.astimezone(zone).date(), quarters)
        start = _beginning(shown[0].start.date(), who.zone)
        rows = work.session.exec(
            pick(func.min(Incident.began_at), e.facets)
            .join(Incident, col(Incident.postmortem_id) == col(e.postmortem_id))
            .group_by(col(e.id))
            .having(func.min(Incident.began_at) >= start)
        ).all()
        named = dict(work.session.exec(select(Factor.id, Factor.name)).all())
    return factors_over_time(
        ((began_at.astimezone(zone).date(), _factors(facets, named)) for began_at, facets in rows),
        shown,
    )


def _factors(facets: str, named: dict[str, str]) -> list[str]:
    ids = (word[2:] for word in facets.split() if word.startswith("f:"))
    return [named[i] for i in ids if i in named]


def find_factor_pasts(
    who: Who, factors: Sequence[str], *, besides: str = ""
) -> tuple[FactorPast, ...]:
    """What is known of these factors (by name) from other post-mortems than `besides` (an id);
    factors that never came up before are left out."""
    keys = {name.casefold() for name in factors}
    if not keys:
        return ()
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        rows = select(Factor.id, Factor.name).where(col(Factor.name_key).in_(keys))
        named = dict(work.session.exec(rows).all())
        promises = _promises(work, list(named), besides)
        seen = _seen(work, list(named), besides)
    pasts = (
        _past(row_id, name, seen.get(row_id), [p for p in promises if p.factor_id == row_id])
        for row_id, name in named.items()
    )
    known = [past for past in pasts if past.seen or past.promises]
    return tuple(sorted(known, key=lambda past: (-past.seen, past.factor.casefold())))


def _promises(work: Work, factor_ids: list[str], besides: str) -> list[Promise]:
    a = ActionItem
    elsewhere = or_(col(a.postmortem_id).is_(None), col(a.postmortem_id) != besides)
    asked = and_(col(a.factor_id).in_(factor_ids), col(a.status).in_(_DECIDED), elsewhere)
    return load_promises(work, asked, most=PROMISES)


def _seen(work: Work, factor_ids: list[str], besides: str) -> dict[str, Any]:
    """For each factor how many published post-mortems name it, and id, title and beginning of
    the latest."""
    e, tag, began = ArchiveEntry, FactorTag, func.min(Incident.began_at)
    each = (
        pick(
            tag.factor_id,
            e.postmortem_id,
            e.title,
            began.label("began_at"),
            func.row_number()
            .over(partition_by=tag.factor_id, order_by=began.desc())
            .label("place"),
            func.count().over(partition_by=tag.factor_id).label("seen"),
        )
        .join(e, col(e.postmortem_id) == col(tag.postmortem_id))
        .join(Incident, col(Incident.postmortem_id) == col(e.postmortem_id))
        .where(col(tag.factor_id).in_(factor_ids), tag.postmortem_id != besides)
        .group_by(tag.factor_id, e.postmortem_id, e.title)
        .subquery()
    )
    latest = pick(*each.c).where(each.c.place == 1)
    return {row.factor_id: row for row in work.session.exec(latest)}


def _past(factor_id: str, name: str, seen: Any, promises: list[Promise]) -> FactorPast:
    done, counted = completion(promise.status for promise in promises)
    return FactorPast(
        factor=name,
        factor_id=factor_id,
        seen=seen.seen if seen else 0,
        last_id=seen.postmortem_id if seen else None,
        last_title=seen.title if seen else "",
        last_at=seen.began_at if seen else None,
        promises=tuple(promises),
        done=done,
        counted=counted,
    )


def list_on_this_day(who: Who) -> tuple[Anniversary, ...]:
    """Published post-mortems whose incident began on today's calendar day of an earlier year, in
    the person's zone; the latest first, at most ON_THIS_DAY."""
    e = ArchiveEntry
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        first = work.session.exec(select(func.min(Incident.began_at))).one()
        today = work.now.astimezone(zone_named(who.zone)).date()
        first_year = max(first.year - 1, EARLIEST_YEAR) if first else today.year
        days = earlier_anniversaries(today, first_year)
        if not days:
            return ()
        rows = work.session.exec(
            pick(e.postmortem_id, e.title, e.severity, Incident.began_at)
            .join(Incident, col(Incident.postmortem_id) == col(e.postmortem_id))
            .where(or_(*(_on(day, who.zone) for day in days)))
            .order_by(col(Incident.began_at).desc())
        ).all()
    once = {row[0]: row for row in reversed(rows)}  # the latest incident of each
    found = [
        Anniversary(row_id, title, Severity(severity) if severity else None, began_at)
        for row_id, title, severity, began_at in reversed(once.values())
    ]
    return tuple(found[:ON_THIS_DAY])


def _on(day: date, zone: str) -> ColumnElement[bool]:
    return and_(
        col(Incident.began_at) >= _beginning(day, zone),
        col(Incident.began_at) < _beginning(day + timedelta(days=1), zone),
    )


def _beginning(day: date, zone: str) -> datetime:
    """The moment a day begins in a zone, in UTC; the first that there is where clocks jump."""
    return datetime.combine(day, time(), zone_named(zone)).astimezone(UTC)
