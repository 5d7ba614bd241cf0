"""Review, publication and what follows: sign-offs, revisions, reopening, closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from models.rules.following.life import PROMISED
from models.rules.lifecycle import EDITABLE, check_move
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import BadFile, NotFound, ProblemForUser
from models.rules.record import PostmortemRecord, PublicationRecord
from models.rules.record_json import dump, load
from models.rules.review import words_hash
from models.rules.text import clean
from models.rules.vocabulary import ActionStatus, PostmortemStatus
from models.tables.people import Person
from models.tables.postmortem import (
    ActionItem,
    KeptWording,
    Postmortem,
    Review,
    Revision,
    Transition,
)
from services.action_history import note_change
from services.archive_entries import put_into_archive
from services.people import person_named
from services.postmortem_state import editable_postmortem
from services.postmortems import with_stale_reviews
from services.record_out import load_actions, load_postmortem
from services.unit_of_work import Work, reading, writing

_FOLLOWED = ("status", "reason", "done_on")  # what goes on after the words are frozen


@dataclass(frozen=True)
class RevisionRow:
    number: int
    by: str
    at: datetime


def ask_reviewer(who: Who, postmortem_id: str, name: str) -> None:
    """Asks somebody to read and sign off; asking twice changes nothing."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        row = editable_postmortem(work, postmortem_id)
        person = person_named(work, name)
        if _review(work, row.id, person.id) is None:
            work.add(Review(postmortem_id=row.id, person_id=person.id, asked_at=work.now))
            work.audit("review.asked", Thing.POSTMORTEM, row.id)


def remove_reviewer(who: Who, postmortem_id: str, name: str) -> None:
    """Takes back the request; a sign-off that was given stays."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        row = editable_postmortem(work, postmortem_id)
        review = _review(work, row.id, person_named(work, name).id)
        if review is None:
            return
        if review.signed_at:
            raise ProblemForUser(f"{name} has signed off already; that stays on the record.")
        work.session.delete(review)
        work.audit("review.withdrawn", Thing.POSTMORTEM, row.id)


def sign_off(who: Who, postmortem_id: str, comment: str = "") -> None:
    """The acting person signs the words as they are now. Changed words make it stale."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        row = editable_postmortem(work, postmortem_id)
        review = _review(work, row.id, who.person_id or "")
        if review is None:
            review = Review(postmortem_id=row.id, person_id=who.person_id or "", asked_at=work.now)
        review.signed_at = work.now
        review.comment = clean(comment, limit=2_000, field="comment")
        review.signed_hash = words_hash(load_postmortem(work, row.id))
        work.add(review)
        work.audit("review.signed", Thing.POSTMORTEM, row.id)


def keep_wording(who: Who, postmortem_id: str, rule: str, sentence: str) -> None:
    """Remembers that a finding of the blame-aware reading is kept as it is."""
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.POSTMORTEM)
        work.get(Postmortem, postmortem_id, "post-mortem")
        kept = work.session.exec(
            select(KeptWording).where(
                KeptWording.postmortem_id == postmortem_id,
                KeptWording.rule == rule,
                KeptWording.sentence == sentence,
            )
        ).first()
        if kept is None:
            work.add(
                KeptWording(
                    postmortem_id=postmortem_id,
                    rule=rule,
                    sentence=sentence,
                    by_id=who.person_id,
                    at=work.now,
                )
            )
            work.audit("wording.kept", Thing.POSTMORTEM, postmortem_id)


def list_kept_wording(who: Who, postmortem_id: str) -> frozenset[tuple[str, str]]:
    """(rule, sentence) of every finding that is kept as it is."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        rows = work.session.exec(
            select(KeptWording.rule, KeptWording.sentence).where(
                KeptWording.postmortem_id == postmortem_id
            )
        ).all()
        return frozenset((rule, sentence) for rule, sentence in rows)


def send_to_review(who: Who, postmortem_id: str) -> None:
    """Draft → In review."""
    _move(who, postmortem_id, PostmortemStatus.IN_REVIEW)


def back_to_draft(who: Who, postmortem_id: str, reason: str = "") -> None:
    """Opens the words again. For a published or closed post-mortem the reason is required and
    kept; the published revision stays in the archive until the next one."""
    _move(who, postmortem_id, PostmortemStatus.DRAFT, reason)


def close_postmortem(who: Who, postmortem_id: str) -> None:
    """Published → Closed. Raises ProblemForUser while an action is still open."""
    with reading(who) as work:
        left = [a for a in load_actions(work, postmortem_id) if a.status in PROMISED]
    if left:
        raise ProblemForUser(
            f"{len(left)} of its actions are still open. Finish or decline them first; "
            "the Actions page shows them."
        )
    _move(who, postmortem_id, PostmortemStatus.CLOSED)


def publish_postmortem(who: Who, postmortem_id: str, number: int) -> None:
    """Freezes the words as revision `number`, puts it into the archive, and turns proposed
    actions into promises. A second click for the same number changes nothing.

    Raises ProblemForUser when `number` is not the next one: somebody published meanwhile, and the
    message says who.
    """
    with writing(who) as work:
        work.require(Verb.PUBLISH, Thing.POSTMORTEM)
        row = work.get(Postmortem, postmortem_id, "post-mortem")
        if _is_published_as(work, row.id, number):
            return
        check_move(row.status, PostmortemStatus.PUBLISHED, "")
        _note_move(work, row, PostmortemStatus.PUBLISHED, "")
        for action in work.session.exec(
            select(ActionItem).where(
                ActionItem.postmortem_id == row.id, ActionItem.status == ActionStatus.PROPOSED
            )
        ).all():
            action.status = ActionStatus.ACCEPTED
            note_change(work, action.id, "status", ActionStatus.PROPOSED, action.status)
        row.published_at = work.now
        work.session.flush()
        record = with_stale_reviews(work, load_postmortem(work, row.id))
        frozen = replace(
            record, publication=PublicationRecord(number=number, by=who.name, at=work.now)
        )
        content = _frozen_content(frozen)
        work.add(
            Revision(
                postmortem_id=row.id,
                number=number,
                content=content,
                content_hash=words_hash(frozen),
                published_at=work.now,
                published_by_id=who.person_id,
            )
        )
        put_into_archive(work, frozen)
        work.audit("postmortem.published", Thing.POSTMORTEM, row.id)


def _is_published_as(work: Work, postmortem_id: str, number: int) -> bool:
    """Whether the acting person published revision `number` already. Raises ProblemForUser when
    somebody else was faster, with their name, or when it is not the next one."""
    newest = work.session.exec(
        select(Revision)
        .where(Revision.postmortem_id == postmortem_id)
        .order_by(col(Revision.number).desc())
        .limit(1)
    ).first()
    if newest is None or newest.number < number:
        if number != (newest.number if newest else 0) + 1:
            raise ProblemForUser("Another revision was published meanwhile. Load the page again.")
        return False
    if newest.number == number and newest.published_by_id == work.who.person_id:
        return True
    by = work.find(Person, newest.published_by_id or "")
    raise ProblemForUser(
        f"{by.name if by else 'Somebody else'} has published revision {newest.number} meanwhile, "
        "so yours was not published. Read it first; to change its words, reopen it."
    )


def _frozen_content(record: PostmortemRecord) -> str:
    """The record as JSON. Raises ProblemForUser when it could not be read back: a revision that
    nobody can open must not be made."""
    content = dump(record)
    try:
        load(content)
    except BadFile as problem:
        place = problem.problems[0].message if problem.problems else problem.message
        raise ProblemForUser(
            f"It cannot be published like this. {place} Change it, then publish again."
        ) from problem
    return content


def list_revisions(who: Who, postmortem_id: str) -> tuple[RevisionRow, ...]:
    """The revisions of a post-mortem, the newest first."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        rows = work.session.exec(
            select(Revision.number, Person.name, Revision.published_at)
            .outerjoin(Person, col(Revision.published_by_id) == col(Person.id))
            .where(Revision.postmortem_id == postmortem_id)
            .order_by(col(Revision.number).desc())
        ).all()
        return tuple(RevisionRow(number, by or "", at) for number, by, at in rows)


def revised_since(who: Who, postmortem_id: str) -> datetime | None:
    """When a published post-mortem was opened again, while its next revision is being written;
    None when nothing newer than its revisions is there."""
    t = Transition
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        row = work.get(Postmortem, postmortem_id, "post-mortem")
        if row.status not in EDITABLE:
            return None
        return work.session.exec(
            select(func.max(t.at)).where(
                t.postmortem_id == row.id,
                col(t.from_status).in_((PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED)),
            )
        ).one()


def get_revision(who: Who, postmortem_id: str, number: int | None = None) -> PostmortemRecord:
    """A published revision (the newest when no number is given) with its words as they were and
    its actions as they stand now. Raises NotFound."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        query = select(Revision).where(Revision.postmortem_id == postmortem_id)
        if number is not None:
            query = query.where(Revision.number == number)
        row = work.session.exec(query.order_by(col(Revision.number).desc()).limit(1)).first()
        if row is None:
            raise NotFound("There is no such published revision.")
        frozen = load(row.content)
        now = {action.id: action for action in load_actions(work, postmortem_id)}
        status = work.get(Postmortem, postmortem_id, "post-mortem").status
    return replace(
        frozen,
        status=max(status, PostmortemStatus.PUBLISHED, key=list(PostmortemStatus).index),
        actions=tuple(
            replace(a, **{field: getattr(now[a.id], field) for field in _FOLLOWED})
            if a.id in now
            else a
            for a in frozen.actions
        ),
    )


def _move(who: Who, postmortem_id: str, to: PostmortemStatus, reason: str = "") -> None:
    reason = clean(reason, limit=2_000, field="reason")
    with writing(who) as work:
        work.require(Verb.PUBLISH, Thing.POSTMORTEM)
        row = work.get(Postmortem, postmortem_id, "post-mortem")
        if row.status == to:
            return
        check_move(row.status, to, reason)
        _note_move(work, row, to, reason)
        work.audit(f"postmortem.{to.value}", Thing.POSTMORTEM, row.id)


def _note_move(work: Work, row: Postmortem, to: PostmortemStatus, reason: str) -> None:
    work.add(
        Transition(
            postmortem_id=row.id,
            from_status=row.status,
            to_status=to,
            reason=reason,
            at=work.now,
            by_id=work.who.person_id,
        )
    )
    row.status = to


def _review(work: Work, postmortem_id: str, person_id: str) -> Review | None:
    return work.session.exec(
        select(Review).where(Review.postmortem_id == postmortem_id, Review.person_id == person_id)
    ).first()
