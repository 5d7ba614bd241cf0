"""The why-tree of a post-mortem and the contributing factors tagged on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import delete, func
from sqlmodel import col, select

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.text import clean
from models.rules.whys import MOST_LEVELS
from models.tables.incident import Incident, TimelineEvent
from models.tables.people import Factor
from models.tables.postmortem import FactorTag, Why, WhyEvent
from services.people import named
from services.postmortem_state import editing
from services.unit_of_work import Work, compare_and_set, reading


def add_why(
    who: Who, postmortem_id: str, parent_id: str | None, text: str, *, why_id: str = ""
) -> str:
    """An answer below `parent_id`, or (None) a new root: what happened. Returns its id."""
    with editing(who, postmortem_id, "why.added") as (work, row):
        if work.find(Why, why_id):
            return why_id
        if parent_id is not None and _depth(work, parent_id, row.id) + 1 >= MOST_LEVELS:
            raise ProblemForUser(f"The tree is {MOST_LEVELS} levels deep here; that is the most.")
        position = _next_position(work, row.id, parent_id)
        why = Why(postmortem_id=row.id, parent_id=parent_id, text=_text(text), position=position)
        if why_id:
            why.id = why_id
        return work.add(why).id


def save_why(who: Who, why_id: str, text: str, was: str) -> None:
    """Rewrites an answer."""
    with _editing_why(who, why_id, "why.saved") as (_, why):
        compare_and_set(why, "text", _text(text), was, words="answer")


def remove_why(who: Who, why_id: str) -> None:
    """Removes an answer that has nothing below it."""
    with _editing_why(who, why_id, "why.removed") as (work, why):
        if work.session.exec(select(Why.id).where(Why.parent_id == why.id)).first():
            raise ProblemForUser("Remove the answers below it first, or move them elsewhere.")
        work.session.execute(delete(WhyEvent).where(col(WhyEvent.why_id) == why.id))
        work.session.execute(delete(FactorTag).where(col(FactorTag.why_id) == why.id))
        work.session.delete(why)


def move_why(who: Who, why_id: str, new_parent_id: str | None) -> None:
    """Hangs an answer, with all below it, behind those under another one, or makes it a root."""
    with _editing_why(who, why_id, "why.moved") as (work, why):
        above: str | None = new_parent_id
        while above is not None:
            if above == why.id:
                raise ProblemForUser("An answer cannot be moved below itself.")
            parent = work.get(Why, above, "answer")
            if parent.postmortem_id != why.postmortem_id:
                raise ProblemForUser("That answer belongs to another post-mortem.")
            above = parent.parent_id
        new_depth = -1 if new_parent_id is None else _depth(work, new_parent_id, why.postmortem_id)
        if new_depth + 1 + _height(work, why) >= MOST_LEVELS:
            raise ProblemForUser(f"There the tree would be more than {MOST_LEVELS} levels deep.")
        if why.parent_id != new_parent_id:
            why.position = _next_position(work, why.postmortem_id, new_parent_id)
            why.parent_id = new_parent_id


def link_events(who: Who, why_id: str, event_ids: Sequence[str], was: Sequence[str]) -> None:
    """The timeline events that show this answer. Only what the person changed is changed."""
    with _editing_why(who, why_id, "why.events_saved") as (work, why):
        present = set(
            work.session.exec(select(WhyEvent.event_id).where(WhyEvent.why_id == why.id)).all()
        )
        theirs = select(TimelineEvent.id).join(
            Incident, col(TimelineEvent.incident_id) == col(Incident.id)
        )
        possible = set(
            work.session.exec(theirs.where(Incident.postmortem_id == why.postmortem_id)).all()
        )
        for event_id in (set(event_ids) - set(was) - present) & possible:
            work.add(WhyEvent(why_id=why.id, event_id=event_id))
        gone = (set(was) - set(event_ids)) & present
        work.session.execute(
            delete(WhyEvent).where(col(WhyEvent.why_id) == why.id, col(WhyEvent.event_id).in_(gone))
        )


def tag_factors(
    who: Who,
    postmortem_id: str,
    names: Sequence[str],
    was: Sequence[str],
    *,
    why_id: str | None = None,
) -> None:
    """The contributing factors of an answer, or (no `why_id`) of the whole. A new name joins the
    team's list. Only what the person changed is changed."""
    with editing(who, postmortem_id, "factors.tagged") as (work, row):
        if why_id is not None and work.get(Why, why_id, "answer").postmortem_id != row.id:
            raise ProblemForUser("That answer belongs to another post-mortem.")
        present = set(
            work.session.exec(
                select(FactorTag.factor_id).where(
                    FactorTag.postmortem_id == row.id, FactorTag.why_id == why_id
                )
            ).all()
        )
        new = {named(work, Factor, name, "factor").id for name in set(names) - set(was)}
        gone = {named(work, Factor, name, "factor").id for name in set(was) - set(names)}
        for factor_id in new - present:
            work.add(FactorTag(postmortem_id=row.id, why_id=why_id, factor_id=factor_id))
        for tag in work.session.exec(
            select(FactorTag).where(FactorTag.postmortem_id == row.id, FactorTag.why_id == why_id)
        ).all():
            if tag.factor_id in gone:
                work.session.delete(tag)


def _text(text: str) -> str:
    text = clean(text, field="answer")
    if not text:
        raise ProblemForUser("Write the answer first.", field="answer")
    return text


def _next_position(work: Work, postmortem_id: str, parent_id: str | None) -> int:
    last = select(func.max(Why.position)).where(
        Why.postmortem_id == postmortem_id, Why.parent_id == parent_id
    )
    return (work.session.exec(last).one() or 0) + 1


def _depth(work: Work, why_id: str, postmortem_id: str) -> int:
    depth, above = 0, work.get(Why, why_id, "answer")
    if above.postmortem_id != postmortem_id:
        raise ProblemForUser("That answer belongs to another post-mortem.")
    while above.parent_id is not None:
        depth, above = depth + 1, work.get(Why, above.parent_id, "answer")
    return depth


def _height(work: Work, why: Why) -> int:
    """How many levels there are below an answer."""
    pairs = select(Why.parent_id, Why.id).where(Why.postmortem_id == why.postmortem_id)
    below: dict[str | None, list[str]] = defaultdict(list)
    for parent_id, why_id in work.session.exec(pairs):
        below[parent_id].append(why_id)
    height, level = 0, below[why.id]
    while level:
        height, level = height + 1, [child for why_id in level for child in below[why_id]]
    return height


@contextmanager
def _editing_why(who: Who, why_id: str, action: str) -> Iterator[tuple[Work, Why]]:
    with reading(who) as work:
        postmortem_id = work.get(Why, why_id, "answer").postmortem_id
    with editing(who, postmortem_id, action) as (work, _):
        yield work, work.get(Why, why_id, "answer")
