"""Did it help? The question to the owner some weeks after an action is done, what happened since,
the answers, and the loop of a quarter."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from models.rules.following.helped import MOST_WEEKS, WEEKS, Helped, asked_of_those_done_by
from models.rules.following.life import EVER_PROMISED
from models.rules.following.loop import Loop, Quarter
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.text import clean
from models.rules.vocabulary import ActionStatus, IncidentKind, PostmortemStatus, Severity
from models.tables.action import ActionOutcome
from models.tables.incident import Incident
from models.tables.people import Factor, Person, Setting
from models.tables.postmortem import ActionItem, FactorTag, Postmortem
from services.action_history import note_change
from services.unit_of_work import Work, pick, reading, writing

WEEKS_KEY = "actions.ask_after_weeks"
SHOWN = 5  # incidents beside a question; the others are counted
_PUBLISHED = (PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED)
_TO_LEARN_FROM = (IncidentKind.INCIDENT, IncidentKind.NEAR_MISS)


@dataclass(frozen=True)
class Since:
    """An incident that began after an action was done and shares its factor. `postmortem_id` leads
    to where the factor is named."""

    incident_id: str
    title: str
    severity: Severity | None
    began_at: datetime
    postmortem_id: str


@dataclass(frozen=True)
class Question:
    """What an owner is asked, with the first of what happened since and how much there is."""

    action_id: str
    text: str
    factor: str
    done_at: datetime
    since: tuple[Since, ...]
    since_count: int


@dataclass(frozen=True)
class Answer:
    """What somebody judged, with a sentence of theirs that may be empty."""

    action_id: str
    text: str
    helped: Helped
    sentence: str
    at: datetime
    by: str


def ask_after_weeks(who: Who) -> int:
    """After how many weeks the team asks."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.SETTINGS)
        return _weeks(work)


def save_ask_after_weeks(who: Who, weeks: int, was: int) -> None:
    """Sets after how many weeks the owner of a done action is asked."""
    if not 1 <= weeks <= MOST_WEEKS:
        raise ProblemForUser(f"Choose a number from 1 to {MOST_WEEKS}.", field="weeks")
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.SETTINGS)
        current = _weeks(work)
        if current == weeks:
            return
        if current != was:
            raise Conflict(
                "Somebody else chose another number meanwhile.",
                field="weeks", theirs=current, yours=weeks,
            )  # fmt: skip
        work.session.merge(Setting(key=WEEKS_KEY, value=json.dumps(weeks)))
        work.audit("actions.weeks_saved", Thing.SETTINGS, WEEKS_KEY)


def _weeks(work: Work) -> int:
    row = work.find(Setting, WEEKS_KEY)
    return int(json.loads(row.value)) if row else WEEKS


def find_question(who: Who, action_id: str) -> Question | None:
    """What there is to ask about one action that is done, whoever owns it and whether or not it
    was answered; None when it is not done or nobody knows when."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        found = _questions(work, ActionItem.id == action_id, limit=1)
        return found[0] if found else None


def list_questions(who: Who, limit: int) -> tuple[Question, ...]:
    """What the acting person is asked now, the longest done first, at most `limit`."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        return _questions(work, *_asked(work), limit=limit)


def count_questions(work: Work) -> int:
    """Part of a transaction: how many actions the acting person is asked about."""
    asked = _asked(work)
    return _count(work, select(func.count(col(ActionItem.id))).where(*asked))


def _asked(work: Work) -> tuple[Any, ...]:
    """Done by the acting person so many weeks ago, and not answered."""
    a = ActionItem
    return (
        a.owner_id == work.who.person_id,
        a.status == ActionStatus.DONE,
        col(a.done_at) <= asked_of_those_done_by(work.now, _weeks(work)),
        col(a.id).not_in(select(ActionOutcome.action_id)),
    )


def _questions(work: Work, *where: Any, limit: int) -> tuple[Question, ...]:
    a = ActionItem
    rows = work.session.exec(
        pick(a.id, a.text, a.factor_id, Factor.name, a.done_at, a.postmortem_id)
        .outerjoin(Factor, col(a.factor_id) == col(Factor.id))
        .where(a.status == ActionStatus.DONE, col(a.done_at).is_not(None), *where)
        .order_by(a.done_at, a.id)
        .limit(limit)
    ).all()
    found = []
    for action_id, text, factor_id, factor, done_at, postmortem_id in rows:
        since = _since(work, factor_id, done_at, postmortem_id) if factor_id else ()
        found.append(Question(action_id, text, factor or "", done_at, since[:SHOWN], len(since)))
    return tuple(found)


def _since(
    work: Work, factor_id: str, done_at: datetime, postmortem_id: str | None
) -> tuple[Since, ...]:
    """The newest first. Only what was reviewed has factors."""
    i = Incident
    tagged = select(FactorTag.postmortem_id).where(FactorTag.factor_id == factor_id)
    rows = work.session.exec(
        pick(i.id, i.title, i.severity, i.began_at, i.postmortem_id)
        .where(
            col(i.began_at) > done_at,
            col(i.kind).in_(_TO_LEARN_FROM),
            col(i.duplicate_of_id).is_(None),
            col(i.postmortem_id).in_(tagged),
            col(i.postmortem_id) != (postmortem_id or ""),
        )
        .order_by(col(i.began_at).desc(), i.id)
    )
    return tuple(Since(*row) for row in rows)


def answer_helped(
    who: Who, action_id: str, helped: Helped, sentence: str, was: Helped | None
) -> None:
    """Keeps what somebody judged. `was` is the answer that they saw, None for none; raises Conflict
    when somebody else has given another meanwhile."""
    sentence = clean(sentence, limit=2_000, field="sentence")
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.ACTION)
        action = work.get(ActionItem, action_id, "action")
        if action.status is not ActionStatus.DONE:
            raise ProblemForUser("Whether it helped can be said once it is done.")
        row = work.find(ActionOutcome, action_id)
        before = (row.helped, row.sentence) if row else (None, "")
        if before == (helped, sentence):
            return
        if before[0] != was:
            raise Conflict(
                "Somebody else has answered meanwhile. Look at their answer first.",
                field="helped", theirs=before[0], yours=helped,
            )  # fmt: skip
        row = row or ActionOutcome(action_id=action_id, helped=helped, at=work.now)
        row.helped, row.sentence, row.at, row.by_id = helped, sentence, work.now, who.person_id
        work.session.add(row)
        for field, old, new in zip(("helped", "sentence"), before, (helped, sentence), strict=True):
            if old != new:
                note_change(work, action_id, field, old, new)
        work.audit("action.judged", Thing.ACTION, action_id)


def list_answers(who: Who, *, postmortem_id: str = "", action_id: str = "") -> tuple[Answer, ...]:
    """What was judged about the actions of a post-mortem, or about one action, the newest first."""
    o, a = ActionOutcome, ActionItem
    query = (
        pick(a.id, a.text, o.helped, o.sentence, o.at, func.coalesce(Person.name, ""))
        .join(a, col(o.action_id) == col(a.id))
        .outerjoin(Person, col(o.by_id) == col(Person.id))
        .where(a.status == ActionStatus.DONE)
        .order_by(col(o.at).desc(), a.id)
    )
    query = query.where(a.id == action_id) if action_id else query
    query = query.where(a.postmortem_id == postmortem_id) if postmortem_id else query
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        return tuple(Answer(*row) for row in work.session.exec(query))


def get_loop(who: Who, quarter: Quarter) -> Loop:
    """The numbers of a quarter's loop; what each of them counts is said in models/rules/following/
    loop.py."""
    i = Incident
    ours = (
        col(i.began_at) >= quarter.start,
        col(i.began_at) < quarter.end,
        col(i.kind).in_(_TO_LEARN_FROM),
        col(i.duplicate_of_id).is_(None),
    )
    published = select(Postmortem.id).where(col(Postmortem.status).in_(_PUBLISHED))
    reviewed = *ours, col(i.postmortem_id).in_(published)
    with reading(who) as work:
        work.require(Verb.READ, Thing.ACTION)
        postmortems = select(i.postmortem_id).where(*reviewed)
        statuses, answers = _of_reviews(work, postmortems)
        return Loop(
            quarter,
            incidents=_count(work, select(func.count(col(i.id))).where(*ours)),
            reviewed=_count(work, select(func.count(col(i.id))).where(*reviewed)),
            promised=sum(statuses.get(status, 0) for status in EVER_PROMISED),
            done=statuses.get(ActionStatus.DONE, 0),
            judged=sum(answers.values()),
            helpful=answers.get(Helped.YES, 0) + answers.get(Helped.PARTLY, 0),
            recurrences=_count(work, _recurrences(ours)),
        )


def _of_reviews(work: Work, postmortems: Any) -> tuple[dict[ActionStatus, int], dict[Helped, int]]:
    a, o = ActionItem, ActionOutcome
    of_these = col(a.postmortem_id).in_(postmortems)
    by_status = pick(a.status, func.count()).where(of_these).group_by(a.status)
    by_answer = (
        pick(o.helped, func.count())
        .join(a, col(o.action_id) == col(a.id))
        .where(of_these, a.status == ActionStatus.DONE)
        .group_by(o.helped)
    )
    return dict(iter(work.session.exec(by_status))), dict(iter(work.session.exec(by_answer)))


def _recurrences(ours: Collection[Any]) -> Any:
    """Incidents with a factor for which an action of another review had been done before."""
    i, tag, earlier = Incident, aliased(FactorTag), aliased(ActionItem)
    before = (
        select(earlier.id)
        .join(tag, col(tag.factor_id) == col(earlier.factor_id))
        .where(
            tag.postmortem_id == i.postmortem_id,
            earlier.status == ActionStatus.DONE,
            col(earlier.done_at) < col(i.began_at),
            func.coalesce(earlier.postmortem_id, "") != col(i.postmortem_id),
        )
        .correlate(i)
    )
    return select(func.count(col(i.id))).where(*ours, before.exists())


def _count(work: Work, query: Any) -> int:
    return int(work.session.exec(query).one())


def first_day(who: Who) -> date | None:
    """The day of the first incident, from which on there are quarters to look at."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.INCIDENT)
        first = work.session.exec(select(func.min(Incident.began_at))).one()
        return first.date() if first else None
