"""The outbox against a real mail server: once each, again after a failure, honest elsewhere."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlmodel import select

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.sending.retrying import PAUSES, MailState
from models.tables.sending import OutboxMessage
from services import clock, mail_address, outbox, outbox_worker, people
from services.outbox_worker import FORSAKEN, deliver_due
from services.settings import settings
from services.unit_of_work import reading, writing
from tests.mail_server import Postbox
from tests.services.mailing import use

ROOT = Path(outbox.__file__).resolve().parent.parent
DELIVER = "from services.outbox_worker import deliver_due; deliver_due()"


class Clock:
    """A time that goes on when a test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def go_on(self, by: timedelta) -> datetime:
        self.at += by
        return self.at


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def postbox(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    box = Postbox()
    use(box, monkeypatch)
    box.start()
    yield box
    box.stop()


def put(who: Who, key: str = "k1", address: str = "cleo@example.org", person: str = "") -> bool:
    with writing(who) as work:
        return outbox.enqueue(
            work.session, kind="reminder", subject="Two actions are due", text="Hello", key=key,
            address="" if person else address, recipient_person_id=person,
        )  # fmt: skip


def rows(who: Who) -> list[OutboxMessage]:
    with reading(who) as work:
        found = list(work.session.exec(select(OutboxMessage).order_by(OutboxMessage.key)))
        work.session.expunge_all()
        return found


def test_a_message_goes_out_once_and_its_key_never_again(ada: Who, postbox: Postbox) -> None:
    assert put(ada)
    assert put(ada)
    assert deliver_due()
    assert put(ada)
    assert deliver_due()
    [taken] = postbox.taken
    assert taken.recipients == ["cleo@example.org"]
    [row] = rows(ada)
    assert (row.state, row.tries, row.problem) == (MailState.SENT, 1, "")
    assert taken.message["Message-ID"] == row.message_id


def test_nothing_goes_out_of_a_transaction_that_failed(ada: Who, postbox: Postbox) -> None:
    def put_and_fail() -> None:
        with writing(ada) as work:
            outbox.enqueue(
                work.session, kind="reminder", subject="s", text="t", key="k",
                address="ada@example.org",
            )  # fmt: skip
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        put_and_fail()
    deliver_due()
    assert (postbox.taken, rows(ada)) == ([], [])


def test_a_person_gets_mail_when_they_gave_an_address_and_are_here(
    ada: Who, ben: Who, postbox: Postbox
) -> None:
    someone = ben.person_id or ""
    assert not put(ada, "before", person=someone)
    mail_address.save_email(ben, "Ben Okafor <ben@Example.org>", "")
    assert put(ada, "here", person=someone)
    people.save_active(ada, someone, False, True)
    assert not put(ada, "left", person=someone)
    deliver_due()
    assert [t.recipients for t in postbox.taken] == [["ben@example.org"]]


def test_without_a_mail_server_nothing_piles_up(ada: Who) -> None:
    assert not put(ada)
    assert rows(ada) == []
    with pytest.raises(ProblemForUser, match="HOTWASH_SMTP_HOST"):
        deliver_due()


def test_a_server_that_was_down_gets_it_when_it_is_back(
    ada: Who, postbox: Postbox, time: Clock
) -> None:
    postbox.stop()
    put(ada, "k1"), put(ada, "k2")
    assert not deliver_due()
    first, second = rows(ada)
    assert (first.state, first.tries, second.tries) == (MailState.WAITING, 1, 0)
    assert "nothing answers there" in first.problem
    postbox.start()
    deliver_due()
    assert len(postbox.taken) == 1, "the first one rests"
    assert first.next_try_at == time.at + PAUSES[0]
    time.go_on(PAUSES[0])
    deliver_due()
    assert [r.state for r in rows(ada)] == [MailState.SENT, MailState.SENT]
    assert len(postbox.taken) == 2


def test_a_server_that_stays_down_is_given_up_and_tried_again_by_hand(
    ada: Who, postbox: Postbox, time: Clock
) -> None:
    postbox.stop()
    put(ada)
    for pause in (*PAUSES, timedelta(days=9)):
        deliver_due()
        time.go_on(pause)
    [row] = rows(ada)
    assert (row.state, row.tries) == (MailState.FAILED, len(PAUSES) + 1)
    deliver_due()
    assert rows(ada)[0].tries == len(PAUSES) + 1
    postbox.start()
    outbox.try_again(ada, [row.id], MailState.FAILED)
    outbox.try_again(ada, [row.id], MailState.FAILED)
    deliver_due()
    assert rows(ada)[0].state is MailState.SENT
    assert postbox.taken[0].message["Message-ID"] == row.message_id


def test_a_refused_address_fails_at_once_and_the_others_get_theirs(
    ada: Who, postbox: Postbox
) -> None:
    postbox.answers["cleo@example.org"] = ["550 No such mailbox"]
    put(ada, "k1"), put(ada, "k2", "dora@example.org")
    assert deliver_due()
    refused, sent = rows(ada)
    assert (refused.state, sent.state) == (MailState.FAILED, MailState.SENT)
    assert refused.problem.endswith("It said: 550 No such mailbox")


def test_a_server_that_asks_for_patience_gets_it(ada: Who, postbox: Postbox, time: Clock) -> None:
    postbox.answers["cleo@example.org"] = ["451 Greylisted"]
    put(ada)
    deliver_due()
    assert rows(ada)[0].state is MailState.WAITING
    time.go_on(PAUSES[0])
    deliver_due()
    assert rows(ada)[0].state is MailState.SENT


def test_two_workers_at_once_send_each_message_once(ada: Who, postbox: Postbox) -> None:
    keys = [f"k{n:02d}" for n in range(12)]
    for key in keys:
        put(ada, key, f"{key}@example.org")
    with ThreadPoolExecutor(3) as workers:
        assert all(work.result() for work in [workers.submit(deliver_due) for _ in range(3)])
    assert sorted(t.recipients[0] for t in postbox.taken) == [f"{k}@example.org" for k in keys]
    assert {(r.state, r.tries) for r in rows(ada)} == {(MailState.SENT, 1)}


def test_killed_after_the_server_took_it_it_is_not_sent_again_by_itself(
    ada: Who, postbox: Postbox, time: Clock
) -> None:
    put(ada)
    worker = subprocess.Popen([sys.executable, "-c", DELIVER], cwd=ROOT)
    postbox.on_taking = worker.kill
    assert worker.wait(timeout=60) == -signal.SIGKILL
    postbox.on_taking = lambda: None
    deliver_due()
    assert rows(ada)[0].state is MailState.SENDING, "for all we know its worker lives"
    time.go_on(FORSAKEN + timedelta(minutes=2))
    deliver_due()
    [row] = rows(ada)
    assert (row.state, len(postbox.taken)) == (MailState.UNSURE, 1)
    assert "may have been sent" in row.problem
    outbox.try_again(ada, [row.id], MailState.UNSURE)
    deliver_due()
    assert rows(ada)[0].state is MailState.SENT
    assert len({t.message["Message-ID"] for t in postbox.taken}) == 1, "who gets both can tell"


def test_an_end_that_nobody_knows_waits_for_a_person(
    ada: Who, postbox: Postbox, time: Clock
) -> None:
    postbox.hang_up = True
    put(ada)
    deliver_due()
    time.go_on(timedelta(days=2))
    deliver_due()
    assert (rows(ada)[0].state, len(postbox.taken)) == (MailState.UNSURE, 1)


def test_mail_goes_only_where_it_may(
    ada: Who, ben: Who, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_address.save_email(ben, "ben@elsewhere.org", "")
    put(ada, "before", "cleo@elsewhere.org")
    monkeypatch.setenv("HOTWASH_MAIL_DOMAINS", "example.org")
    settings.cache_clear()
    assert not put(ada, "person", person=ben.person_id or "")
    with pytest.raises(ProblemForUser, match=r"only addresses at example\.org"):
        put(ada, "address", "cleo@elsewhere.org")
    with pytest.raises(ProblemForUser, match=r"only addresses at example\.org"):
        mail_address.save_email(ada, "ada@elsewhere.org", "")
    deliver_due()
    [row] = rows(ada)
    assert (row.state, postbox.taken) == (MailState.FAILED, [])


def test_a_test_message_comes_to_whoever_asks_and_a_double_click_sends_one(
    ada: Who, postbox: Postbox, time: Clock
) -> None:
    with pytest.raises(ProblemForUser, match="your e-mail address first"):
        outbox.send_test(ada)
    assert outbox.last_test(ada) is None
    mail_address.save_email(ada, "ada@example.org", "")
    outbox.send_test(ada), outbox.send_test(ada)
    deliver_due()
    [taken] = postbox.taken
    assert taken.recipients == ["ada@example.org"]
    found = outbox.last_test(ada)
    assert found is not None
    assert found.state is MailState.SENT


def test_the_mailer_sends_by_itself_and_stops(ada: Who, postbox: Postbox) -> None:
    outbox_worker.start_mailer()
    try:
        mail_address.save_email(ada, "ada@example.org", "")
        outbox.send_test(ada)
        for _ in range(500):
            if (row := outbox.last_test(ada)) and row.state is MailState.SENT:
                break
            Event().wait(0.01)
    finally:
        outbox_worker.stop_mailer()
    assert len(postbox.taken) == 1


@pytest.mark.parametrize("email", ["ada", "ada@example.org, eve@example.org"])
def test_what_is_not_one_address_is_not_saved(ada: Who, email: str) -> None:
    with pytest.raises(ProblemForUser, match="not one e-mail address"):
        mail_address.save_email(ada, email, "")
    assert mail_address.get_email(ada) == ""
    mail_address.save_email(ada, "ada@example.org", "")
    mail_address.save_email(ada, " ", "ada@example.org")
    assert mail_address.get_email(ada) == ""
