"""What the reading of a text filled in, as sentences for the person."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

_SHOWN_EACH = 8  # sentences of one kind that are said one by one


@dataclass
class Assumed:
    """The sentences that say what was filled in. Of one kind only the first few are said; then
    how many more there were."""

    _said: dict[str, list[str]] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def say(self, kind: str, sentence: str) -> None:
        said = self._said.setdefault(kind, [])
        if sentence in said:
            return
        self._counts[kind] += 1
        if len(said) < _SHOWN_EACH:
            said.append(sentence)

    def sentences(self) -> tuple[str, ...]:
        lines: list[str] = []
        for kind, said in self._said.items():
            lines += said
            if self._counts[kind] > _SHOWN_EACH:
                lines.append(
                    f"The same was done in {self._counts[kind] - _SHOWN_EACH:,} more lines."
                )
        return tuple(lines)
