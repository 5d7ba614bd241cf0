"""Which words of a text tell most about it, and when two texts that share some are alike.

The weight of a word grows with how often it stands in the text and with how few others hold it
(TF-IDF). Only the strongest are looked for: 25 of them find nearly what all would.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from math import log

from models.rules.near_words import SHORTEST

MOST_TERMS = 25
MOST_ENTRIES = 5_000  # entries that all terms together may be held by, so that a search is fast
ENOUGH = 3  # words in common that make two post-mortems alike; one less where a service is shared

# Words of every report, which tell nothing about one.
_COMMON = """
    about above across after again against almost along already also although always among
    another around because became been before began behind being below between both came cannot
    case cause caused causing change changed changes check checked could customer customers days
    did does doing done down during each early either else engineer engineers enough event
    events every everything failed failing failure finally find first following found from full
    further gave getting given goes going happened have having hour hours however impact
    incident incidents instead into issue issues itself just keep kept knew know known last
    later less like little long made make making many minute minutes more most much must need
    needed never next noticed nobody nothing once only onto other others over people point
    problem problems report reported reports resolved right root same seen several should show
    showed since some someone something soon start started still stop stopped such system
    systems take taken team teams than that their them then there these they thing things this
    those through time times timeline took toward towards under until upon used user users using
    very want wanted were what when where whether which while whole whom whose will with within
    without work worked working would your
"""
COMMON = frozenset(_COMMON.split())


def strongest_terms(
    words: Iterable[str], entries: Mapping[str, int], total: int, most: int = MOST_TERMS
) -> tuple[str, ...]:
    """The words that tell most, the strongest first. `entries` says how many of `total` texts
    hold each word; words that none holds are left out, because nothing is found by them."""
    counted = Counter(word for word in words if word not in COMMON and entries.get(word))
    weight = {
        word: (1 + log(count)) * log((total + 1) / (entries[word] + 0.5))
        for word, count in counted.items()
    }
    terms: list[str] = []
    held = 0
    for word in sorted(weight, key=lambda w: (-weight[w], w)):
        if held + entries[word] <= MOST_ENTRIES:
            terms.append(word)
            held += entries[word]
        if len(terms) == most:
            break
    return tuple(terms)


_ENDINGS = ("s", "es", "d", "ed", "ing")


def other_forms(word: str) -> tuple[str, ...]:
    """The same word with other endings, as far as that is plain: a reader of `certificates` looks
    for `certificate` too. What is no word is held by no text, and so does no harm."""
    shorter = [word.removesuffix(end) for end in _ENDINGS if word.endswith(end)]
    longer = [f"{word}{end}" for end in _ENDINGS]
    return tuple(dict.fromkeys((*shorter, *(f"{stem}e" for stem in shorter), *longer)))


def as_held(word: str, entries: Mapping[str, int]) -> str:
    """The word, or the form of it that most texts hold where none holds the word itself."""
    if word in entries:
        return word
    return max(other_forms(word), key=lambda form: entries.get(form, 0))


def in_common(matched: Iterable[str]) -> tuple[str, ...]:
    """The words that were matched, each once whatever its ending, in the order of the text."""
    once: dict[str, str] = {}
    for word in matched:
        once.setdefault(_without_ending(word.lower()), word.lower())
    return tuple(once.values())


def _without_ending(word: str) -> str:
    """`expired` and `expiring` as `expir`: only to tell words apart."""
    for ending in ("ations", "ation", "ing", "ed", "es", "e", "s", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def are_alike(shared: Collection[str], *, same_service: bool) -> bool:
    """Whether so many words in common are more than chance."""
    return len(shared) >= ENOUGH - same_service
