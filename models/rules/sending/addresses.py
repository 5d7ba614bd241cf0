"""E-mail addresses: what was typed or pasted becomes exactly one address each, or is named.

The form is that of HTML's e-mail fields (a dot-atom before the @, a domain of plain letters), which
is what mail servers take without an extension. A comma inside one would add a recipient.
"""

from __future__ import annotations

import re

from models.rules.problems import ProblemForUser
from models.rules.text import clean

LONGEST = 254  # characters of an address that a mail server takes (RFC 5321, 4.5.3.1.3)
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@)({_ATOM}(?:\.{_ATOM})*)@({_LABEL}(?:\.{_LABEL})+)")
_NAMED = re.compile(r'(?:"(?P<quoted>[^"<>\n]*)"|(?P<plain>[^"<>@,;\n]*?))\s*<(?P<address>[^<>]*)>')
# One of a pasted list: a name in quotes may hold what otherwise ends an entry.
_ENTRY = re.compile(r'\s*((?:"[^"\n]*"|[^",;\n])+|"[^",;\n]*)\s*(?:[,;\n]|\Z)')


def one_address(text: str) -> str:
    """The one address in `text`, its domain in small letters. Raises ProblemForUser when it is
    none, or more than one."""
    return _named_address(text)[1]


def addresses_in(text: str) -> tuple[tuple[str, str], ...]:
    """(name, address) of each entry of a pasted list, the name "" where none stands there, each
    address once. Entries end at commas, semicolons and line ends; `Ada Brandt <ada@example.org>`
    and `"Brandt, Ada" <ada@example.org>` are one each. Raises ProblemForUser that names those that
    are no address."""
    found: dict[str, tuple[str, str]] = {}
    bad: list[str] = []
    for entry in _ENTRY.findall(clean(text, limit=100_000, field="list of addresses")):
        if not entry.strip():
            continue
        try:
            name, address = _named_address(entry)
        except ProblemForUser:
            bad.append(entry.strip()[:80])
            continue
        found.setdefault(address.casefold(), (name, address))
    if bad:
        named = ", ".join(f"“{entry}”" for entry in bad[:5])
        more = f" and {len(bad) - 5} more" if len(bad) > 5 else ""
        are = "is not an address" if len(bad) == 1 else "are not addresses"
        raise ProblemForUser(
            f"{named}{more} {are}, so nothing was added. An address looks like ada@example.org.",
            field="addresses",
        )
    if not found:
        raise ProblemForUser("Write or paste at least one address.", field="addresses")
    return tuple(found.values())


def check_domain(address: str, allowed: tuple[str, ...]) -> None:
    """Raises ProblemForUser when mail to the domain of `address` is not allowed here. No domain
    in `allowed` allows all; one allows itself, not those below it."""
    domain = address.rpartition("@")[2].lower()
    if allowed and domain not in allowed:
        raise ProblemForUser(
            f"Hotwash may not send to {address}: only addresses at {', '.join(allowed)} are "
            "allowed here. Whoever runs Hotwash sets that with HOTWASH_MAIL_DOMAINS.",
            field="address",
        )


def domains_in(text: str) -> tuple[str, ...]:
    """The domains of a list with commas or spaces, in small letters. Raises ProblemForUser for
    what cannot be one."""
    domains = tuple(word.lower().removeprefix("@") for word in re.split(r"[,\s]+", text) if word)
    for domain in domains:
        if _ADDRESS.fullmatch(f"a@{domain}") is None:
            raise ProblemForUser(
                f"HOTWASH_MAIL_DOMAINS names “{domain[:80]}”, which is not a domain like "
                "example.org."
            )
    return domains


def _named_address(text: str) -> tuple[str, str]:
    text = clean(text, limit=1_000, field="address")
    name, address = "", text
    if named := _NAMED.fullmatch(text):
        name = " ".join((named["quoted"] or named["plain"] or "").split())
        address = named["address"].strip()
    match = _ADDRESS.fullmatch(address)
    if match is None or len(address) > LONGEST:
        raise ProblemForUser(
            f"“{text[:80]}” is not one e-mail address. It looks like ada@example.org, in plain "
            "letters, without a comma.",
            field="address",
        )
    return name[:LONGEST], f"{match[1]}@{match[2].lower()}"
