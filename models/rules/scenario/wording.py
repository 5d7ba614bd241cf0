"""Words that findings and exercises share."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def counted(number: int, one: str, many: str = "") -> str:
    """`1 minute`, `1,240 minutes`, `2 people`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant."""
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return near[0] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean “x”?`, or nothing when no known word is near."""
    near = nearest(word, known)
    return f" Did you mean “{near}”?" if near else ""
