"""A message as the bytes that a mail server, or a mail program, takes (RFC 5322)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from models.rules.text import clean_line

# Seven bits in lines of at most 76: no server on the way has to know more, nor changes anything.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=76)
_LONGEST_SUBJECT = 1_000  # characters


@dataclass(frozen=True)
class Attachment:
    """`name` is of plain letters, `media_type` like `application/pdf`."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Mail:
    """A message from one address to one other; `at` is aware. Addresses are as
    models/rules/sending/addresses.py:one_address gives them."""

    sender: str
    recipient: str
    subject: str
    text: str
    message_id: str
    at: datetime
    attachment: Attachment | None = None


def message_id(key: str, sender: str) -> str:
    """The Message-ID of whatever has this key. Another try has the same, so that who gets both
    can tell, and so that mail programs that look at it show one."""
    mark = hashlib.sha256(key.encode()).hexdigest()[:40]
    return f"<{mark}@{sender.rpartition('@')[2]}>"


def as_bytes(mail: Mail) -> bytes:
    """The message, with line ends as mail servers want them. It says that a program sent it, so
    that no holiday notice answers (RFC 3834)."""
    message = _message(mail.subject, mail.text, mail.at, mail.attachment)
    message["From"] = _address("Hotwash", mail.sender)
    message["To"] = _address("", mail.recipient)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    return message.as_bytes(policy=_POLICY)


def draft_for(
    recipients: Sequence[str],
    *,
    subject: str,
    text: str,
    at: datetime,
    attachment: Attachment,
) -> bytes:
    """A message that a mail program opens as a draft, for somebody to send it themselves. The
    recipients are blind copies: none of them sees another's address."""
    message = _message(subject, text, at, attachment)
    message["X-Unsent"] = "1"
    message["Bcc"] = [_address("", recipient) for recipient in recipients]
    return message.as_bytes(policy=_POLICY)


def _message(subject: str, text: str, at: datetime, attachment: Attachment | None) -> EmailMessage:
    """The parts that all have. A line end in the subject would begin another header: it is a
    space, and the library refuses what is left."""
    message = EmailMessage(policy=_POLICY)
    message["Subject"] = clean_line(subject, limit=_LONGEST_SUBJECT, field="subject")
    message["Date"] = format_datetime(at)
    message.set_content(text)
    if attachment:
        kind, _, sub = attachment.media_type.partition(";")[0].partition("/")
        message.add_attachment(
            attachment.content, maintype=kind, subtype=sub, filename=attachment.name
        )
    return message


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(name, user, domain)
