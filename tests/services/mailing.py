"""What tests of mail share: settings that name a server, lists with people on them."""

from __future__ import annotations

import pytest

from models.rules.policy import Who
from services import distribution_lists, publishing
from services.settings import settings
from tests.mail_server import Postbox
from tests.small_postmortem import stored


def use(postbox: Postbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets Hotwash send through this server."""
    for name, value in {
        "HOST": "127.0.0.1",
        "PORT": str(postbox.port),
        "FROM": "hotwash@example.org",
        "SECURITY": "none",
    }.items():
        monkeypatch.setenv(f"HOTWASH_SMTP_{name}", value)
    settings.cache_clear()


def list_with(who: Who, name: str, *addresses: str) -> str:
    """The id of the list of this name, with these addresses on it."""
    distribution_lists.add_list(who, name)
    [found] = [row for row in distribution_lists.list_lists(who) if row.name == name]
    distribution_lists.add_members(who, found.id, "\n".join(addresses))
    return found.id


def published(who: Who) -> str:
    """The id of a post-mortem that is published as revision 1."""
    postmortem_id = stored(who)
    publishing.publish_postmortem(who, postmortem_id, 1)
    return postmortem_id
