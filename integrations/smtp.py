"""Handing messages to a mail server (SMTP, RFC 5321), one recipient each.

Every end is told as one of retrying.End: what surely did not arrive may be tried again, what may
have arrived is said to be so.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from types import TracebackType

from models.rules.sending.retrying import Delivery, End
from models.rules.sending.server import MailServer, Security
from models.rules.text import clean_line

TIMEOUT = 60.0  # seconds for each answer
_FINE, _GO_ON, _CLOSING = 2, 354, 421  # the first is how codes begin
_DOT = re.compile(rb"^\.", re.MULTILINE)  # a line of one dot would end the message


class MailConnection:
    """A connection for several messages, opened at the first one. TLS is verified, and insisted on
    where the settings ask for it."""

    def __init__(self, server: MailServer, *, timeout: float = TIMEOUT) -> None:
        self.server = server
        self.timeout = timeout
        self._open: smtplib.SMTP | None = None

    def __enter__(self) -> MailConnection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._open is not None:
            try:
                self._open.quit()
            except (OSError, smtplib.SMTPException):  # what was taken is taken all the same
                self._open.close()
            self._open = None

    def deliver(self, sender: str, recipient: str, message: bytes) -> Delivery:
        """Hands one message over; how it ended. Never raises for what a server or a network does.
        After End.UNREACHABLE the next message needs not be tried at once."""
        try:
            if self._open is None:
                self._open = self._connect()
            handed = self._hand_over(self._open, sender, recipient, message)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Delivery(End.UNREACHABLE, self._sentence(error))
        if isinstance(handed, Delivery):
            self._forget_message()
            return handed
        try:
            return self._answered(handed.getreply(), "did not take the message")
        except (OSError, smtplib.SMTPException):
            self._drop()
            return Delivery(
                End.UNKNOWN,
                "The connection to the mail server ended before it said whether it took the "
                "message. It may have been sent.",
            )

    def _connect(self) -> smtplib.SMTP:
        here, secure = self.server, ssl.create_default_context()
        smtp: smtplib.SMTP
        if here.security is Security.TLS:
            smtp = smtplib.SMTP_SSL(here.host, here.port, timeout=self.timeout, context=secure)
        else:
            smtp = smtplib.SMTP(here.host, here.port, timeout=self.timeout)
        try:
            if here.security is Security.STARTTLS:
                smtp.starttls(context=secure)
            if here.user:
                smtp.login(here.user, here.password)
            smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException):
            smtp.close()
            raise
        return smtp

    def _hand_over(
        self, smtp: smtplib.SMTP, sender: str, recipient: str, message: bytes
    ) -> Delivery | smtplib.SMTP:
        """Everything up to the end of the message: the refusal, or the connection on which the
        answer is awaited. Until here nothing can have been taken."""
        code, words = smtp.mail(sender)
        if code // 100 != _FINE:
            return self._answered((code, words), f"did not take mail from {sender}")
        code, words = smtp.rcpt(recipient)
        if code // 100 != _FINE:
            return self._answered((code, words), f"did not take the address {recipient}")
        code, words = smtp.docmd("DATA")
        if code != _GO_ON:
            return self._answered((code, words), "did not take the message")
        smtp.send(
            _DOT.sub(b"..", message) + (b"" if message.endswith(b"\n") else b"\r\n") + b".\r\n"
        )
        return smtp

    def _answered(self, answer: tuple[int, bytes], refusal: str) -> Delivery:
        code, words = answer
        if code // 100 == _FINE:
            return Delivery(End.TAKEN)
        problem = f"The mail server {refusal}. It said: {_said(code, words)}"
        if code == _CLOSING:
            self._drop()
            return Delivery(End.UNREACHABLE, problem)
        return Delivery(End.REFUSED if code >= 500 else End.LATER, problem)

    def _forget_message(self) -> None:
        """After a refusal, so that the next message can begin on the same connection."""
        try:
            if self._open is not None:
                self._open.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None

    def _sentence(self, error: Exception) -> str:
        """What went wrong before the message was on its way, and where to look."""
        here = f"The mail server {self.server.host}, port {self.server.port},"
        match error:
            case ssl.SSLCertVerificationError():
                return (
                    f"{here} showed a certificate that cannot be trusted "
                    f"({error.verify_message}), so nothing was said to it."
                )
            case ssl.SSLError():
                return f"{here} does not speak TLS as HOTWASH_SMTP_SECURITY expects."
            case smtplib.SMTPAuthenticationError():
                said = _said(error.smtp_code, error.smtp_error)
                return f"{here} did not accept the user and password. It said: {said}"
            case smtplib.SMTPNotSupportedError():
                return (
                    f"{here} does not offer what HOTWASH_SMTP_SECURITY and HOTWASH_SMTP_USER ask "
                    "for, so nothing was sent in the clear."
                )
            case smtplib.SMTPResponseException():
                return f"{here} is not ready. It said: {_said(error.smtp_code, error.smtp_error)}"
            case socket.gaierror():
                return f"{here} was not found. Check HOTWASH_SMTP_HOST, or the network."
            case TimeoutError():
                return f"{here} did not answer within {self.timeout:.0f} seconds."
            case ConnectionRefusedError():
                return f"{here} cannot be reached: nothing answers there."
        return f"{here} ended the connection."


def _said(code: int, words: bytes | str) -> str:
    """The answer of a server, as text: whatever it sends, on one line, not too long."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {clean_line(text[:300])}"
