"""What the environment says (HOTWASH_… variables). The only place that reads it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.rules.problems import ProblemForUser
from models.rules.sending.addresses import domains_in
from models.rules.sending.server import MailServer, server_in
from models.rules.tickets.places import Place, places_in
from models.rules.times import zone_named

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    database_url: str
    host: str
    port: int
    person: str
    zone: str
    paper: str
    address: str = ""  # where people reach Hotwash, for links in messages; no slash at its end
    mail: MailServer | None = None  # None: nothing is sent
    mail_domains: tuple[str, ...] = ()  # where mail may go; none named: anywhere
    trackers: tuple[Place, ...] = ()  # where actions can go as tickets


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings in `environment`. Raises ProblemForUser for a value that cannot be meant."""
    port = environment.get("HOTWASH_PORT", "8501")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise ProblemForUser(f"HOTWASH_PORT is “{port}”. It must be a number from 1 to 65535.")
    paper = environment.get("HOTWASH_PAPER", "A4")
    if paper not in ("A4", "Letter"):
        raise ProblemForUser(f"HOTWASH_PAPER is “{paper}”. It must be A4 or Letter.")
    zone = environment.get("HOTWASH_ZONE", "UTC")
    zone_named(zone)
    address = environment.get("HOTWASH_ADDRESS", "").rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise ProblemForUser(
            f"HOTWASH_ADDRESS is “{address}”. Write it like https://hotwash.example.com."
        )
    return Settings(
        database_url=environment.get("HOTWASH_DATABASE_URL", f"sqlite:///{ROOT / 'hotwash.db'}"),
        host=environment.get("HOTWASH_HOST", "127.0.0.1"),
        port=int(port),
        person=environment.get("HOTWASH_PERSON", ""),
        zone=zone,
        paper=paper,
        address=address,
        mail=server_in(environment),
        mail_domains=domains_in(environment.get("HOTWASH_MAIL_DOMAINS", "")),
        trackers=places_in(environment),
    )


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return read_settings(os.environ)


def login_name() -> str:
    """The name of the account that runs this process, for commands that name no person."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "Command line"
