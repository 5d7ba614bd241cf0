"""Every action of every post-mortem and exercise: the ones asked for, in their order, and how many
are done. The database filters, sorts and cuts out the page: ten thousand stay fast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import case, func
from sqlmodel import col, select

from models.rules.actions import completion
from models.rules.following.history import DueMoves
from models.rules.following.life import OPEN
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import ProblemForUser
from models.rules.text import clean_line
from models.rules.vocabulary import ActionStatus, ActionType, Priority
from models.tables.exercise import ExerciseImprovement, ExerciseRun
from models.tables.people import Person, Team
from models.tables.postmortem import ActionItem, Postmortem
from services.action_history import moves_of
from services.action_rows import ActionRow, by_due_date, every_action, joined, row_of
from services.unit_of_work import Work, pick, reading

Word = TypeVar("Word", bound=StrEnum)


class Order(StrEnum):
    """What actions are sorted by; among equals the one due first."""

    DUE = "due"
    PRIORITY = "priority"
    STATUS = "status"
    OWNER = "owner"
    TYPE = "type"
    SOURCE = "source"


class Origin(StrEnum):
    """Where an action was written."""

    POSTMORTEM = "postmortem"
    EXERCISE = "exercise"


@dataclass(frozen=True)
class WantedActions:
    """Which actions; nothing said is all of them. `owner` and `team` are names, letter case aside.
    `source` is one post-mortem or one exercise by its id."""

    owner: str = ""
    team: str = ""
    overdue: bool = False
    statuses: tuple[ActionStatus, ...] = ()
    types: tuple[ActionType, ...] = ()
    origin: Origin | None = None
    source: str = ""
    order: Order = Order.DUE


@dataclass(frozen=True)
class ActionList:
    """The actions asked for, or a page of them; `count` is how many were asked for. Done, counted
    and declined are about all actions of that owner, team, source and those types, whatever their
    status (COMPLETION_MEANS says what counts). `total` is how many actions there are at all,
    `owners` and `teams` everybody who owns one. `moves` tells, by id, of due dates that were
    moved."""

    rows: tuple[ActionRow, ...]
    count: int
    done: int
    counted: int
    declined: int
    total: int
    owners: tuple[str, ...]
    teams: tuple[str, ...]
    moves: Mapping[str, DueMoves] = field(default_factory=dict)


def wanted_actions(words: Mapping[str, str]) -> WantedActions:
    """What the words of an address ask for: `owner`, `team`, `overdue=1`, `status` and `type`
    (several with commas between), `from` (postmortem or exercise), `source` (the id of one),
    `sort`. Raises ProblemForUser for a word that there is not."""
    [order] = _words(Order, words.get("sort", ""), "sort") or (Order.DUE,)
    [origin] = _words(Origin, words.get("from", ""), "from") or (None,)
    return WantedActions(
        owner=clean_line(words.get("owner", "")[:200]),
        team=clean_line(words.get("team", "")[:200]),
        overdue=words.get("overdue", "") == "1",
        statuses=_words(ActionStatus, words.get("status", ""), "status"),
        types=_words(ActionType, words.get("type", ""), "type"),
        origin=origin,
        source=clean_line(words.get("source", "")[:80]),
        order=order,
    )


def _words(kind: type[Word], text: str, name: str) -> tuple[Word, ...]:
    try:
        return tuple(kind(word) for word in text.split(",") if word)
    except ValueError:
        raise ProblemForUser(
            f"The address says {name}={clean_line(text[:40])}; it can be {', '.join(kind)}."
        ) from None


def find_actions(
    who: Who, wanted: WantedActions, *, page: int = 1, size: int | None = None
) -> ActionList:
    """The actions asked for, with how many of them are done: all, or of `size` on a page the page
    of that number (from 1; behind the last one, the last)."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        kind, asked = _of_kind(wanted), _asked(wanted, work)
        statuses = _statuses(work, kind)
        done, counted = completion(s for s, n in statuses.items() for _ in range(n))
        count = int(work.session.exec(joined(pick(func.count())).where(*kind, *asked)).one())
        query = _sorted(every_action().where(*kind, *asked), wanted.order)
        if size is not None:
            last = max(1, -(-count // size))
            query = query.limit(size).offset((min(max(page, 1), last) - 1) * size)
        today = work.now.date()
        rows = tuple(row_of(row, today) for row in work.session.exec(query))
        owners, teams = _owners(work)
        return ActionList(
            rows=rows,
            count=count,
            done=done,
            counted=counted,
            declined=statuses.get(ActionStatus.DECLINED, 0),
            total=int(work.session.exec(select(func.count()).select_from(ActionItem)).one()),
            owners=owners,
            teams=teams,
            moves=moves_of(work, {row.id: row.status for row in rows}) if size else {},
        )


def _of_kind(wanted: WantedActions) -> list[Any]:
    """The filters that decide what the completion is about."""
    found: list[Any] = []
    if wanted.owner:
        found.append(Person.name_key == wanted.owner.casefold())
    if wanted.team:
        found.append(Team.name_key == wanted.team.casefold())
    if wanted.types:
        found.append(col(ActionItem.type).in_(wanted.types))
    if wanted.origin is Origin.POSTMORTEM:
        found.append(col(ActionItem.postmortem_id).is_not(None))
    if wanted.origin is Origin.EXERCISE:
        found.append(col(ExerciseImprovement.run_id).is_not(None))
    if wanted.source:
        run = col(ExerciseImprovement.run_id) == wanted.source
        found.append((col(ActionItem.postmortem_id) == wanted.source) | run)
    return found


def _asked(wanted: WantedActions, work: Work) -> list[Any]:
    """The filters by how far an action is."""
    found: list[Any] = []
    if wanted.statuses:
        found.append(col(ActionItem.status).in_(wanted.statuses))
    if wanted.overdue:
        found.append(col(ActionItem.due_on) < work.now.date())
        found.append(col(ActionItem.status).in_(OPEN))
    return found


def _statuses(work: Work, kind: list[Any]) -> dict[ActionStatus, int]:
    query = joined(pick(ActionItem.status, func.count())).where(*kind)
    return dict(iter(work.session.exec(query.group_by(ActionItem.status))))


def _owners(work: Work) -> tuple[tuple[str, ...], tuple[str, ...]]:
    owned = select(ActionItem.owner_id).where(col(ActionItem.owner_id).is_not(None)).distinct()
    query = pick(Person.name, Team.name).outerjoin(Team, col(Person.team_id) == col(Team.id))
    rows = work.session.exec(query.where(col(Person.id).in_(owned))).all()
    names, teams = {name for name, _ in rows}, {team for _, team in rows if team}
    return tuple(sorted(names, key=str.casefold)), tuple(sorted(teams, key=str.casefold))


def _sorted(query: Any, order: Order) -> Any:
    a = ActionItem
    title = func.lower(func.coalesce(Postmortem.title, ExerciseRun.title, ""))
    by: dict[Order, Any] = {
        Order.PRIORITY: _rank(a.priority, Priority),
        Order.STATUS: _rank(a.status, ActionStatus),
        Order.OWNER: func.coalesce(Person.name_key, ""),
        Order.TYPE: _rank(a.type, ActionType),
        Order.SOURCE: title,
    }
    return by_due_date(query.order_by(by[order]) if order in by else query)


def _rank(column: Any, kind: type[StrEnum]) -> Any:
    """The place of a word in its list."""
    return case({word: place for place, word in enumerate(kind)}, value=column)
