"""Who may do what. Services ask here, in every function; pages only hide what would be refused.

Today there is one mode: one trusted team on one machine. Whoever has given a name may do
everything; who has not may do nothing. Roles and membership per document come in here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Who:
    """The acting person. `zone` is the IANA name of the zone that they read times in."""

    person_id: str | None
    name: str
    zone: str = "UTC"


NOBODY = Who(person_id=None, name="")


class Verb(StrEnum):
    READ = "read"
    CREATE = "create"
    EDIT = "edit"
    PUBLISH = "publish"
    EXPORT = "export"


class Thing(StrEnum):
    INCIDENT = "incident"
    POSTMORTEM = "postmortem"
    ACTION = "action"
    SETTINGS = "settings"
    PEOPLE = "people"
    SCENARIO = "scenario"
    EXERCISE = "exercise"
    MEETING = "meeting"
    MAIL = "mail"


def may(who: Who, verb: Verb, thing: Thing) -> bool:
    """Whether `who` may do `verb` to a `thing`. Picking a name is open to all: it is how one
    becomes somebody. Scenarios are open to read too: they are shipped, and say nothing of the
    team."""
    if thing is Thing.PEOPLE and verb in (Verb.READ, Verb.CREATE):
        return True
    if thing is Thing.SCENARIO and verb is Verb.READ:
        return True
    return who.person_id is not None
