"""Sending a published post-mortem to lists: prepared as exactly what goes out, looked at, sent.

The document is made once, when somebody asks to see it, and kept: what they looked at is what every
recipient gets, at each retry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import col, delete, select

from integrations.mail import Attachment, draft_for
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.sending.letter import letter_for
from models.rules.vocabulary import Audience
from models.tables.people import Person
from models.tables.sending import DistributionList, ListMember, Sending, SendingList
from services.documents import Document, published_pdf
from services.outbox import enqueue, keys_there, mail_server, something_to_send
from services.unit_of_work import Work, pick, reading, writing

KIND = "postmortem"  # of the messages in the outbox
LOOKED_AT = timedelta(days=1)  # so long what was prepared and never sent is kept


@dataclass(frozen=True)
class Wish:
    """What is to be sent to which lists; `again` if also to those who have it already."""

    postmortem_id: str
    revision: int
    audience: Audience
    redact: bool
    list_ids: tuple[str, ...]
    again: bool = False


@dataclass(frozen=True)
class Prepared:
    """Exactly what goes to whom. `recipients` are the addresses that get it, `left_out` those that
    have a message with it already. `before` are the chosen lists that the same document went to,
    and when. `may_be_names` is for redacted ones, for a person to look at."""

    id: str
    wish: Wish
    lists: tuple[str, ...]
    subject: str
    text: str
    file_name: str
    size: int
    recipients: tuple[str, ...]
    left_out: tuple[str, ...]
    before: tuple[tuple[str, datetime], ...]
    may_be_names: str
    sent_at: datetime | None


@dataclass(frozen=True)
class SentRow:
    """What was sent, by whom, when, to the lists of these names."""

    id: str
    revision: int
    audience: Audience
    redacted: bool
    by: str
    at: datetime
    lists: tuple[str, ...]


def prepare(who: Who, wish: Wish, *, link: str) -> str:
    """Makes the document and its letter, to be looked at; the id to send it by. `link` leads to
    the published revision. Raises NotFound, and ProblemForUser when no list is chosen."""
    record, document = published_pdf(
        who, wish.postmortem_id, wish.revision, audience=wish.audience, redact=wish.redact
    )
    t = DistributionList
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.MAIL)
        chosen = select(t.id, t.name).where(col(t.id).in_(wish.list_ids)).order_by(t.name_key)
        lists = dict(iter(work.session.exec(chosen)))
        if not lists:
            raise ProblemForUser("Choose at least one list.", field="lists")
        _forget_unsent(work)
        letter = letter_for(
            record, wish.audience, lists=list(lists.values()), link=link, zone=who.zone
        )
        row = work.add(
            Sending(
                postmortem_id=wish.postmortem_id,
                revision=wish.revision,
                audience=wish.audience,
                redacted=wish.redact,
                again=wish.again,
                subject=letter.subject,
                text=letter.text,
                prepared_by=_person(who),
                prepared_at=work.now,
                file_name=document.name,
                media_type=document.media_type,
                may_be_names=", ".join(document.may_be_names[:20]),
                content=document.content,
            )
        )
        for list_id, name in lists.items():
            work.add(SendingList(sending_id=row.id, list_id=list_id, name=name))
        work.audit("sending.prepared", Thing.MAIL, row.id)
        return row.id


def get_prepared(who: Who, sending_id: str) -> Prepared:
    """Raises NotFound; what nobody sent within a day is gone."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        return _prepared(work, sending_id)


def send(who: Who, sending_id: str, shown: tuple[str, ...]) -> None:
    """Puts a message to each recipient into the outbox. `shown` are the addresses that the person
    saw: raises ProblemForUser when a list has changed since, and without a mail server or anybody
    to send to. A second click sends nothing more."""
    mail_server()
    with writing(who) as work:
        work.require(Verb.EXPORT, Thing.POSTMORTEM)
        work.require(Verb.CREATE, Thing.MAIL)
        row = work.get(Sending, sending_id, "message to send")
        if row.sent_at is not None:
            return
        found = _prepared(work, sending_id)
        if found.recipients != shown:
            raise ProblemForUser(
                "Nothing was sent: who gets it has changed since you looked. The addresses below "
                "are those of now; look at them and send again."
            )
        if not shown:
            raise ProblemForUser("Nobody would get this: there is no address left to send it to.")
        for address in shown:
            enqueue(
                work.session,
                kind=KIND,
                address=address,
                subject=row.subject,
                text=row.text,
                key=_key(found.wish, sending_id, address),
                sending_id=sending_id,
            )
        row.sent_at = work.now
        row.prepared_by = _person(who)
        work.audit("postmortem.mailed", Thing.POSTMORTEM, row.postmortem_id)
    something_to_send.set()


def list_sent(who: Who, postmortem_id: str) -> tuple[SentRow, ...]:
    """What was sent of a post-mortem, the newest first."""
    s = Sending
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        query = pick(s.id, s.revision, s.audience, s.redacted, Person.name, s.sent_at)
        query = query.join(Person, col(s.prepared_by) == col(Person.id))
        query = query.where(s.postmortem_id == postmortem_id, col(s.sent_at).is_not(None))
        rows = work.session.exec(query.order_by(col(s.sent_at).desc(), s.id)).all()
        lists = _lists_of(work, [row.id for row in rows])
        return tuple(SentRow(*row, tuple(lists.get(row.id, {}).values())) for row in rows)


def document_of(who: Who, sending_id: str) -> Document:
    """The document itself, byte for byte as it is sent. Raises NotFound."""
    s = Sending
    with reading(who) as work:
        work.require(Verb.EXPORT, Thing.POSTMORTEM)
        query = pick(s.file_name, s.media_type, s.content).where(s.id == sending_id)
        row = work.session.exec(query).first()
        if row is None:
            raise NotFound("There is no such document.")
        return Document(*row)


def draft_of(who: Who, sending_id: str) -> Document:
    """The message as a file that a mail program opens as a draft, the recipients as blind copies.
    Raises NotFound."""
    document = document_of(who, sending_id)
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        found = _prepared(work, sending_id)
        content = draft_for(
            found.recipients,
            subject=found.subject,
            text=found.text,
            at=work.now,
            attachment=Attachment(document.name, document.media_type, document.content),
        )
    name = f"{document.name.rpartition('.')[0]}.eml"
    return Document(name, "message/rfc822", content)


def _prepared(work: Work, sending_id: str) -> Prepared:
    s = Sending
    columns = (
        s.postmortem_id, s.revision, s.audience, s.redacted, s.again, s.subject, s.text,
        s.file_name, s.may_be_names, s.sent_at, func.length(s.content).label("size"),
    )  # fmt: skip
    row = work.session.exec(pick(*columns).where(s.id == sending_id)).first()
    if row is None:
        raise NotFound("What was prepared here is gone. Choose the lists and look at it again.")
    lists = _lists_of(work, [sending_id]).get(sending_id, {})
    wish = Wish(
        row.postmortem_id, row.revision, row.audience, row.redacted, tuple(lists), row.again
    )
    members = _addresses(work, lists)
    keys = {address: _key(wish, sending_id, address) for address in members}
    there = keys_there(work, keys.values())
    return Prepared(
        id=sending_id,
        wish=wish,
        lists=tuple(lists.values()),
        subject=row.subject,
        text=row.text,
        file_name=row.file_name,
        size=row.size,
        recipients=tuple(a for a in members if keys[a] not in there),
        left_out=tuple(a for a in members if keys[a] in there),
        before=_before(work, wish, sending_id),
        may_be_names=row.may_be_names,
        sent_at=row.sent_at,
    )


def _key(wish: Wish, sending_id: str, address: str) -> str:
    """What makes two messages the same: the same document to the same address. One that is sent
    again on purpose is the same within its sending only."""
    names = "roles" if wish.redact else "names"
    what = f"{KIND}:{wish.postmortem_id}:{wish.revision}:{wish.audience.value}:{names}"
    key = f"{what}:{address.casefold()}"
    return f"{key}:{sending_id}" if wish.again else key


def _addresses(work: Work, list_ids: Iterable[str]) -> tuple[str, ...]:
    """The addresses of the lists, each once, in order; of two that differ in capitals always the
    same one."""
    m = ListMember
    query = select(m.address_key, m.address).where(col(m.list_id).in_(tuple(list_ids)))
    return tuple(dict(iter(work.session.exec(query.order_by(m.address_key, m.address)))).values())


def _lists_of(work: Work, sending_ids: Iterable[str]) -> dict[str, dict[str, str]]:
    """The lists of each sending: names by their ids."""
    t = SendingList
    query = select(t.sending_id, t.list_id, t.name).where(col(t.sending_id).in_(tuple(sending_ids)))
    found: dict[str, dict[str, str]] = {}
    for sending_id, list_id, name in work.session.exec(query.order_by(t.name)):
        found.setdefault(sending_id, {})[list_id] = name
    return found


def _before(work: Work, wish: Wish, sending_id: str) -> tuple[tuple[str, datetime], ...]:
    s, t = Sending, SendingList
    query = pick(t.name, func.max(s.sent_at)).join(s, col(s.id) == col(t.sending_id))
    same = (
        s.postmortem_id == wish.postmortem_id,
        s.revision == wish.revision,
        s.audience == wish.audience,
        s.redacted == wish.redact,
        s.id != sending_id,
        col(s.sent_at).is_not(None),
        col(t.list_id).in_(wish.list_ids),
    )
    rows = work.session.exec(query.where(*same).group_by(t.list_id, t.name).order_by(t.name))
    return tuple((name, at) for name, at in rows)


def _forget_unsent(work: Work) -> None:
    """What somebody looked at and did not send, a day later."""
    old = col(Sending.sent_at).is_(None), col(Sending.prepared_at) < work.now - LOOKED_AT
    ids = work.session.exec(select(Sending.id).where(*old)).all()
    if ids:
        work.session.execute(delete(SendingList).where(col(SendingList.sending_id).in_(ids)))
        work.session.execute(delete(Sending).where(col(Sending.id).in_(ids)))


def _person(who: Who) -> str:
    if who.person_id is None:
        raise NotAllowed("Choose your name first: others see who sends.")
    return who.person_id
