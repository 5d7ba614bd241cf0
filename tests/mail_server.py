"""A real mail server for tests, on a port of this machine, that notes what it takes."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import SMTP as POLICY
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from models.rules.sending.server import MailServer, Security


def free_port() -> int:
    """A port on which nothing listens at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@dataclass
class Taken:
    """A message that the server took, with the recipients that it was told."""

    recipients: list[str]
    message: EmailMessage


@dataclass
class Postbox:
    """A server that can be started and stopped. `answers` are what it says to an address instead
    of taking it, one for each try; with `hang_up`, it takes a message and ends the connection
    before it says so."""

    port: int = field(default_factory=free_port)
    taken: list[Taken] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hang_up: bool = False
    on_taking: Callable[[], None] = lambda: None  # called between taking a message and saying so
    certificate: ssl.SSLContext | None = None
    _controller: Controller | None = None

    def start(self) -> None:
        self._controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            tls_context=self.certificate,
            require_starttls=self.certificate is not None,
        )
        self._controller.start()

    def stop(self) -> None:
        if self._controller:
            self._controller.stop(no_assert=True)
            self._controller = None

    def server(self, security: Security = Security.NONE, host: str = "127.0.0.1") -> MailServer:
        """How Hotwash reaches it."""
        return MailServer(host, self.port, "hotwash@example.org", security)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answers.get(address):
            return self.answers[address].pop(0)
        envelope.rcpt_tos.append(address)
        return "250 Fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content: Any = envelope.content
        message = BytesParser(EmailMessage, policy=POLICY).parsebytes(content)
        self.taken.append(Taken(list(envelope.rcpt_tos), message))
        self.on_taking()
        if self.hang_up:
            assert server.transport is not None
            server.transport.close()
        return "250 Taken"
