"""The mail server that takes what Hotwash sends, and how the connection to it is protected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from models.rules.problems import ProblemForUser
from models.rules.sending.addresses import one_address


class Security(StrEnum):
    """`starttls` begins in the clear and insists on TLS before anything is said; `tls` begins
    with it (RFC 8314 recommends the latter)."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True)
class MailServer:
    """`sender` is the address that mail comes from. The password is shown nowhere."""

    host: str
    port: int
    sender: str
    security: Security
    user: str = ""
    password: str = field(default="", repr=False)


def server_in(environment: Mapping[str, str]) -> MailServer | None:
    """The server that the HOTWASH_SMTP_… variables describe; None without a host. Raises
    ProblemForUser for what cannot be meant. The port is that of the security when none is given."""
    say = {
        name: environment.get(f"HOTWASH_SMTP_{name}", "").strip()
        for name in ("HOST", "PORT", "USER", "FROM", "SECURITY")
    }
    if not say["HOST"]:
        return None
    try:
        security = Security(say["SECURITY"] or Security.STARTTLS)
    except ValueError:
        raise ProblemForUser(
            f"HOTWASH_SMTP_SECURITY is “{say['SECURITY']}”. It must be none, starttls or tls."
        ) from None
    port = say["PORT"] or str(_PORTS[security])
    if not port.isascii() or not port.isdecimal() or not 0 < int(port) < 65536:
        raise ProblemForUser(f"HOTWASH_SMTP_PORT is “{port}”. It must be a number up to 65535.")
    try:
        sender = one_address(say["FROM"])
    except ProblemForUser:
        raise ProblemForUser(
            "HOTWASH_SMTP_FROM must be the one address that mail comes from, like "
            "hotwash@example.org."
        ) from None
    if say["USER"] and security is Security.NONE:
        raise ProblemForUser(
            "HOTWASH_SMTP_USER with HOTWASH_SMTP_SECURITY=none would send the password in the "
            "clear. Choose starttls or tls, or leave the user away."
        )
    return MailServer(
        host=say["HOST"],
        port=int(port),
        sender=sender,
        security=security,
        user=say["USER"],
        password=environment.get("HOTWASH_SMTP_PASSWORD", "") if say["USER"] else "",
    )
