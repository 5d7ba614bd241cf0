"""The why-tree: prompts beside each why, and branches that end at a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.rules.record import WhyRecord
from models.rules.wording import read_wording

MOST_LEVELS = 30

PROMPTS: tuple[str, ...] = (
    "How did this make sense to the people there, with what they could see?",
    "What had to be true for this to happen?",
    "What usually prevents this, and where was that today?",
    "How would we have noticed earlier?",
    "What made it easy to do this, and hard to do the safe thing?",
    "What else was going on at the time?",
)

_PEOPLE = re.compile(
    r"\b(engineers?|operators?|developers?|responders?|administrators?|admins?|sres?|dbas?|"
    r"on-?call|somebody|someone|colleagues?|employees?|contractors?|interns?|people|person|"
    r"human|nobody|no one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EndsAtPerson:
    """A branch that stops at somebody, and the question that leads on."""

    why_id: str
    text: str
    question: str


def prompt_for(depth: int, position: int) -> str:
    """A "how" or "what" question to show beside a why, different for its neighbours."""
    return PROMPTS[(depth * 2 + position) % len(PROMPTS)]


def turn_back(text: str, names: Iterable[str] = ()) -> str | None:
    """The question about the system when `text`, the end of a branch, is about a person."""
    people = [name for name in names if name and _named(name, text)]
    if not people and not _PEOPLE.search(text) and not read_wording(text, names):
        return None
    who = "they" if not people else people[0]
    return (
        f"This branch ends at a person. What did {who} see and know at that moment, and what in "
        "the system, the tools or the process made this the sensible or the easy thing to do?"
    )


def ends_at_people(roots: Sequence[WhyRecord], names: Iterable[str]) -> tuple[EndsAtPerson, ...]:
    """Every branch of the tree whose last answer is about a person."""
    names = tuple(names)
    found = []
    for root in roots:
        for _, why in root.walk():
            question = None if why.children else turn_back(why.text, names)
            if question:
                found.append(EndsAtPerson(why.id, why.text, question))
    return tuple(found)


def _named(name: str, text: str) -> bool:
    first = name.split()[0]
    pattern = rf"\b(?:{re.escape(name)}|{re.escape(first)})\b"
    return re.search(pattern, text) is not None
