"""Handing what waits in the outbox to the mail server: one thread a process.

A message is claimed by compare-and-set before it is handed over, so that of several workers one
sends it. Between the server's “taken” and our note of it a process can be killed: such a message is
then neither sent again nor called sent, but shown as what may have been sent, for a person to
decide. Another try has the same Message-ID.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread

from sqlalchemy import update
from sqlmodel import col, select

from integrations.mail import Attachment, Mail, as_bytes
from integrations.smtp import MailConnection
from models.rules.policy import NOBODY, Thing
from models.rules.problems import ProblemForUser
from models.rules.sending.addresses import check_domain
from models.rules.sending.retrying import Delivery, End, MailState, after_try
from models.tables.sending import OutboxMessage, Sending
from services.outbox import mail_server, something_to_send
from services.settings import settings
from services.unit_of_work import Work, pick, reading, writing

log = logging.getLogger(__name__)
LOOK = 5.0  # seconds until the outbox is looked at again
REST = 60.0  # seconds for a server that cannot be reached, unless a person wants another try
FORSAKEN = timedelta(minutes=15)  # longer than any try can take with the timeouts of smtp.py
LOST = (
    "Hotwash was stopped while it handed this message over, so nobody knows whether the mail "
    "server took it. It may have been sent."
)


class Mailer:
    """The thread that sends what is due."""

    def __init__(self) -> None:
        self.stopping = Event()
        self.thread = Thread(target=self._run, name="mailer", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        something_to_send.set()
        self.thread.join(timeout=5)

    def _run(self) -> None:
        while not self.stopping.is_set():
            reached = True
            try:
                reached = deliver_due(self.stopping.is_set)
            except ProblemForUser as problem:
                log.error("the outbox was not looked at: %s", problem.message)
            except Exception:  # a bug with one message must not hold up the others for good
                log.exception("the outbox was not looked at")
            something_to_send.wait(timeout=LOOK if reached else REST)
            something_to_send.clear()


_mailers: list[Mailer] = []


def start_mailer() -> None:
    """Sends what is due from now on, where the settings name a mail server."""
    if settings().mail is not None:
        _mailers.append(Mailer())
        _mailers[-1].start()


def stop_mailer() -> None:
    """What waits, waits for the next start."""
    while _mailers:
        _mailers.pop().stop()


@dataclass(frozen=True)
class _Claimed:
    """A message that this worker may hand over, `tries` this one included."""

    id: str
    tries: int
    since: datetime
    mail: Mail


def deliver_due(stopping: Callable[[], bool] = lambda: False) -> bool:
    """Hands over every message that is due; whether the server could be reached. Raises
    ProblemForUser without a mail server, and when the database does not answer."""
    server = mail_server()
    _note_forsaken()
    with MailConnection(server) as connection:
        while not stopping():
            claimed = _claim(server.sender)
            if claimed is None:
                return True
            ended = _deliver(connection, claimed.mail)
            _note(claimed, ended)
            if ended.end is End.UNREACHABLE:  # the others wait without losing a try
                return False
    return True


def _deliver(connection: MailConnection, mail: Mail) -> Delivery:
    try:
        check_domain(mail.recipient, settings().mail_domains)  # it may have been forbidden since
    except ProblemForUser as problem:
        return Delivery(End.REFUSED, problem.message)
    return connection.deliver(mail.sender, mail.recipient, as_bytes(mail))


def _claim(sender: str) -> _Claimed | None:
    """The next message that is due, for this worker alone; None when there is none."""
    m = OutboxMessage
    while True:
        with reading(NOBODY) as work:
            due = col(m.state) == MailState.WAITING, col(m.next_try_at) <= work.now
            first = select(m.id).where(*due).order_by(col(m.next_try_at), col(m.created_at))
            found = work.session.exec(first.limit(1)).first()
        if found is None:
            return None
        with writing(NOBODY) as work:
            change = {"state": MailState.SENDING, "claimed_at": work.now, "tries": m.tries + 1}
            ours = update(m).where(col(m.id) == found, *due).values(change)
            if work.session.execute(ours).rowcount:  # type: ignore[attr-defined]
                return _read(work, found, sender)


def _read(work: Work, message: str, sender: str) -> _Claimed:
    row = work.get(OutboxMessage, message, "message")
    s = Sending
    attachment = None
    if row.sending_id:
        query = pick(s.file_name, s.media_type, s.content).where(s.id == row.sending_id)
        attachment = Attachment(*work.session.exec(query).one())
    mail = Mail(
        sender, row.address, row.subject, row.text, row.message_id, row.created_at, attachment
    )
    return _Claimed(row.id, row.tries, work.now, mail)


def _note(claimed: _Claimed, ended: Delivery) -> None:
    """What became of a try, unless somebody has begun another meanwhile."""
    m = OutboxMessage
    with writing(NOBODY) as work:
        after = after_try(ended.end, claimed.tries, work.now)
        same = (
            col(m.id) == claimed.id,
            col(m.tries) == claimed.tries,
            col(m.claimed_at) == claimed.since,
            col(m.state).in_((MailState.SENDING, MailState.UNSURE)),
        )
        change = {
            "state": after.state,
            "next_try_at": after.next_try_at,
            "problem": ended.problem,
            "sent_at": work.now if after.state is MailState.SENT else None,
        }
        if work.session.execute(update(m).where(*same).values(change)).rowcount:  # type: ignore[attr-defined]
            work.audit(f"mail.{after.state.value}", Thing.MAIL, claimed.id)


def _note_forsaken() -> None:
    """Messages of a worker that is no more: whether they went out is not known."""
    m = OutboxMessage
    with reading(NOBODY) as work:
        lost = col(m.state) == MailState.SENDING, col(m.claimed_at) < work.now - FORSAKEN
        ids = work.session.exec(select(m.id).where(*lost)).all()
    if not ids:
        return
    with writing(NOBODY) as work:
        change = {"state": MailState.UNSURE, "problem": LOST}
        work.session.execute(update(m).where(col(m.id).in_(ids), *lost).values(change))
        for message in ids:
            work.audit("mail.unsure", Thing.MAIL, message)
