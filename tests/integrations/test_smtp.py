"""Messages handed to a real mail server, and every way in which that can end."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from integrations.mail import Attachment, Mail, as_bytes, draft_for, message_id
from integrations.smtp import MailConnection
from models.rules.problems import ProblemForUser
from models.rules.sending.retrying import Delivery, End
from models.rules.sending.server import MailServer, Security
from tests.mail_server import Postbox

NOW = datetime(2026, 5, 3, 9, tzinfo=UTC)
PDF = Attachment("orders.pdf", "application/pdf", b"%PDF-1.7\n.\n..\r\n" + bytes(range(256)))
ME = "hotwash@example.org"


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    box = Postbox()
    box.start()
    yield box
    box.stop()


def mail(to: str = "ada@example.org", subject: str = "Orders", text: str = "Hello\n") -> bytes:
    return as_bytes(Mail(ME, to, subject, text, message_id(f"k:{to}", ME), NOW, PDF))


def deliver(server: MailServer, *to: str, timeout: float = 5) -> list[Delivery]:
    with MailConnection(server, timeout=timeout) as connection:
        return [connection.deliver(ME, each, mail(each)) for each in to]


def test_each_recipient_gets_a_message_of_their_own_with_the_document(postbox: Postbox) -> None:
    ends = deliver(postbox.server(), "ada@example.org", "ben@example.org")
    assert [d.end for d in ends] == [End.TAKEN, End.TAKEN]
    assert [t.recipients for t in postbox.taken] == [["ada@example.org"], ["ben@example.org"]]
    first = postbox.taken[0].message
    assert (first["From"], first["To"]) == (f"Hotwash <{ME}>", "ada@example.org")
    assert "ben@" not in str(first)
    assert first["Date"].datetime == NOW
    [attached] = first.iter_attachments()
    assert attached.get_filename() == "orders.pdf"
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_content() == PDF.content


def test_what_is_written_arrives_as_it_is(postbox: Postbox) -> None:
    text = ".\n..\nGrüße aus Łódź 🙂\n" + "x" * 2_000 + "\n\n.\n"
    subject = "Zahlungen ☂ standen still: " + "ä" * 150
    message = as_bytes(Mail(ME, "ada@example.org", subject, text, "<1@example.org>", NOW))
    with MailConnection(postbox.server(), timeout=5) as connection:
        assert connection.deliver(ME, "ada@example.org", message).end is End.TAKEN
    [taken] = postbox.taken
    assert taken.message["Subject"] == subject
    assert taken.message.get_content().replace("\r\n", "\n") == text
    assert max(len(line) for line in message.split(b"\r\n")) <= 78
    assert message.isascii()


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_subject_cannot_begin_another_header(postbox: Postbox, break_: str) -> None:
    subject = f"Orders{break_}Bcc: eve@example.org{break_}{break_}Dear all"
    with MailConnection(postbox.server(), timeout=5) as connection:
        connection.deliver(ME, "ada@example.org", mail(subject=subject))
    [taken] = postbox.taken
    assert taken.recipients == ["ada@example.org"]
    assert taken.message["Bcc"] is None
    assert taken.message["Subject"] == "Orders Bcc: eve@example.org Dear all"


def test_an_endless_subject_is_refused() -> None:
    with pytest.raises(ProblemForUser, match="subject is"):
        mail(subject="x" * 2_000)


def test_another_try_has_the_same_message_id() -> None:
    assert message_id("a", ME) == message_id("a", ME) != message_id("b", ME)
    assert message_id("a", ME).endswith("@example.org>")


def test_one_refused_address_does_not_hold_up_the_next(postbox: Postbox) -> None:
    postbox.answers["ben@example.org"] = ["550 5.1.1 No such mailbox"]
    refused, taken = deliver(postbox.server(), "ben@example.org", "ada@example.org")
    assert refused == Delivery(
        End.REFUSED,
        "The mail server did not take the address ben@example.org. It said: "
        "550 5.1.1 No such mailbox",
    )
    assert taken.end is End.TAKEN


def test_a_busy_server_is_tried_again_later(postbox: Postbox) -> None:
    postbox.answers["ada@example.org"] = ["451 Try later"]
    assert [d.end for d in deliver(postbox.server(), "ada@example.org", "ada@example.org")] == [
        End.LATER, End.TAKEN,
    ]  # fmt: skip


def test_a_server_that_closes_is_left_alone_and_reached_anew(postbox: Postbox) -> None:
    postbox.answers["ada@example.org"] = ["421 Too many messages"]
    ends = deliver(postbox.server(), "ada@example.org", "ada@example.org")
    assert [d.end for d in ends] == [End.UNREACHABLE, End.TAKEN]


def test_nobody_there_is_said_in_words(postbox: Postbox) -> None:
    postbox.stop()
    [ended] = deliver(postbox.server(), "ada@example.org")
    assert ended.end is End.UNREACHABLE
    assert "nothing answers there" in ended.problem


def test_a_name_that_there_is_not_is_said_in_words() -> None:
    server = MailServer("mail.invalid", 25, ME, Security.NONE)
    [ended] = deliver(server, "ada@example.org")
    assert (ended.end, "HOTWASH_SMTP_HOST" in ended.problem) == (End.UNREACHABLE, True)


def test_an_answer_that_never_came_leaves_it_open_whether_it_was_sent(postbox: Postbox) -> None:
    postbox.hang_up = True
    [ended] = deliver(postbox.server(), "ada@example.org")
    assert ended.end is End.UNKNOWN
    assert "may have been sent" in ended.problem
    assert len(postbox.taken) == 1


def certificate_for(postbox: Postbox, name: str) -> trustme.CA:
    authority = trustme.CA()
    postbox.certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(postbox.certificate)
    return authority


def trust(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))


def test_starttls_with_a_certificate_that_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = Postbox()
    trust(certificate_for(box, "localhost"), tmp_path, monkeypatch)
    box.start()
    [ended] = deliver(box.server(Security.STARTTLS, "localhost"), "ada@example.org")
    box.stop()
    assert (ended.end, len(box.taken)) == (End.TAKEN, 1)


@pytest.mark.parametrize(("name", "known"), [("localhost", False), ("elsewhere.org", True)])
def test_starttls_with_a_wrong_certificate_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, known: bool
) -> None:
    box = Postbox()
    authority = certificate_for(box, name)
    if known:
        trust(authority, tmp_path, monkeypatch)
    box.start()
    [ended] = deliver(box.server(Security.STARTTLS, "localhost"), "ada@example.org")
    box.stop()
    assert (ended.end, box.taken) == (End.UNREACHABLE, [])
    assert "certificate that cannot be trusted" in ended.problem


def test_starttls_that_is_not_offered_sends_nothing_in_the_clear(postbox: Postbox) -> None:
    [ended] = deliver(postbox.server(Security.STARTTLS), "ada@example.org")
    assert (ended.end, postbox.taken) == (End.UNREACHABLE, [])
    assert "nothing was sent in the clear" in ended.problem


def test_a_draft_for_a_mail_program_hides_the_recipients_from_each_other() -> None:
    raw = draft_for(
        ["ada@example.org", "ben@example.org"],
        subject="Orders", text="Hello\n", at=NOW, attachment=PDF,
    )  # fmt: skip
    head = raw.partition(b"\r\n\r\n")[0].decode()
    assert "X-Unsent: 1" in head
    assert "Bcc: ada@example.org, ben@example.org" in head
    assert "To:" not in head
    assert "From:" not in head
