"""The outbox: messages that wait for the mail server, put there in the same transaction as what
they tell of, so that neither is without the other. services/outbox_worker.py hands them over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from integrations.mail import message_id
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import ProblemForUser
from models.rules.sending.addresses import check_domain, one_address
from models.rules.sending.retrying import MailState
from models.rules.sending.server import MailServer
from models.rules.text import DOCUMENT, clean, clean_line
from models.tables.people import Person
from models.tables.sending import OutboxMessage
from services import clock
from services.settings import settings
from services.unit_of_work import Work, pick, reading, writing

OVER = (MailState.FAILED, MailState.UNSURE)  # what only a person sends again
something_to_send = Event()  # the worker looks at once when it is set, otherwise within seconds


@dataclass(frozen=True)
class MailRow:
    """A message and what became of it. `problem` is a whole sentence, "" for none."""

    id: str
    address: str
    state: MailState
    problem: str
    tries: int
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None


def mail_server() -> MailServer:
    """The server of the settings. Raises ProblemForUser where there is none."""
    server = settings().mail
    if server is None:
        raise ProblemForUser(
            "Hotwash has no mail server. Whoever runs it names one in HOTWASH_SMTP_HOST and "
            "HOTWASH_SMTP_FROM."
        )
    return server


def enqueue(
    session: Session,
    *,
    kind: str,
    subject: str,
    text: str,
    key: str,
    recipient_person_id: str = "",
    address: str = "",
    sending_id: str | None = None,
) -> bool:
    """Part of a transaction: puts a message to a person, or to an address, into the outbox.

    `kind` is one word for what it is (`reminder`), `key` says what it is about: with a key that is
    there already nothing is added. Whether a message with this key is there now: a person may have
    left or given no address, mail to their domain may not be allowed, or there may be no mail
    server. Raises ProblemForUser for an address that mail may not go to."""
    here = settings()
    if here.mail is None:
        return False
    if recipient_person_id:
        person = session.get(Person, recipient_person_id)
        address = person.email if person is not None and person.is_active else ""
        if not address or not _is_allowed(address):
            return False
    address = one_address(address)
    check_domain(address, here.mail_domains)
    if session.exec(select(OutboxMessage.id).where(OutboxMessage.key == key)).first() is not None:
        return True
    now = clock.now()
    try:
        with session.begin_nested():  # another process may be as fast; one of both is enough
            session.add(
                OutboxMessage(
                    key=key,
                    kind=kind,
                    person_id=recipient_person_id or None,
                    sending_id=sending_id,
                    address=address,
                    subject=clean_line(subject, field="subject"),
                    text=clean(text, limit=DOCUMENT) + "\n",
                    message_id=message_id(key, here.mail.sender),
                    next_try_at=now,
                    created_at=now,
                )
            )
    except IntegrityError:
        if session.exec(select(OutboxMessage.id).where(OutboxMessage.key == key)).first() is None:
            raise
    return True


def keys_there(work: Work, keys: Iterable[str]) -> set[str]:
    """Part of a transaction: those of the keys that a message has."""
    query = select(OutboxMessage.key).where(col(OutboxMessage.key).in_(tuple(keys)))
    return set(work.session.exec(query))


def list_mail(who: Who, sending_ids: Iterable[str]) -> dict[str, tuple[MailRow, ...]]:
    """The messages of each sending, by address."""
    m = OutboxMessage
    found: dict[str, list[MailRow]] = {each: [] for each in sending_ids}
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        query = pick(m.sending_id, *_COLUMNS).where(col(m.sending_id).in_(tuple(found)))
        for sending_id, *row in work.session.exec(query.order_by(m.address, m.id)):
            found[sending_id].append(MailRow(*row))
    return {each: tuple(rows) for each, rows in found.items()}


def try_again(who: Who, messages: Iterable[str], seen: MailState) -> None:
    """Lets messages that failed, or of which nobody knows, be sent once more: at once, and with
    all their pauses. `seen` is the state that the person saw; what has another by now stays."""
    if seen not in OVER:
        return
    m = OutboxMessage
    with writing(who) as work:
        work.require(Verb.EDIT, Thing.MAIL)
        same = col(m.id).in_(tuple(messages)), col(m.state) == seen
        ids = work.session.exec(select(m.id).where(*same)).all()
        anew = {"state": MailState.WAITING, "next_try_at": work.now, "tries": 0, "problem": ""}
        work.session.execute(update(m).where(col(m.id).in_(ids)).values(anew))
        for message in ids:
            work.audit("mail.tried_again", Thing.MAIL, message)
    something_to_send.set()


def send_test(who: Who) -> None:
    """Puts a message to the acting person into the outbox; one a minute, so that a double click
    sends one. Raises ProblemForUser without a mail server or an address of theirs."""
    mail_server()
    with writing(who) as work:
        work.require(Verb.CREATE, Thing.MAIL)
        person = work.get(Person, who.person_id or "", "person")
        if not person.email:
            raise ProblemForUser("Write your e-mail address first, then send the test.")
        enqueue(
            work.session,
            kind=TEST,
            recipient_person_id=person.id,
            address=person.email,
            subject="A test message from Hotwash",
            text="This message shows that Hotwash can send mail to you. Nothing else is to do.",
            key=f"{TEST}:{person.id}:{work.now:%Y%m%d%H%M}",
        )
        work.audit("mail.test_sent", Thing.MAIL, person.id)
    something_to_send.set()


def last_test(who: Who) -> MailRow | None:
    """What became of the last test message of the acting person; None when there is none."""
    m = OutboxMessage
    with reading(who) as work:
        work.require(Verb.READ, Thing.MAIL)
        query = pick(*_COLUMNS).where(m.kind == TEST, m.person_id == who.person_id)
        row = work.session.exec(query.order_by(col(m.created_at).desc()).limit(1)).first()
        return MailRow(*row) if row else None


TEST = "test"
_COLUMNS = tuple(getattr(OutboxMessage, name) for name in MailRow.__dataclass_fields__)


def _is_allowed(address: str) -> bool:
    try:
        check_domain(address, settings().mail_domains)
    except ProblemForUser:
        return False
    return True
