"""A first summary of a post-mortem, out of its facts, for the owner to rewrite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from models.rules.clocks import lasted, length_in_words
from models.rules.record import ClockTime, IncidentRecord, PostmortemRecord
from models.rules.review import people_in
from models.rules.vocabulary import ActionStatus, Clock, ImpactKind, IncidentKind, Priority
from models.rules.wording import read_wording
from models.rules.wording_text import prose_of


def draft_summary(record: PostmortemRecord) -> str:
    """A first summary out of the facts, for the owner to rewrite: what, when, for how long, for
    whom, what contributed, what will be done. What is not known is left out or said to be open;
    so are sentences in which the blame-aware reading finds something."""
    left_out: list[str] = []
    fair = partial(_without_blame, names=people_in(record), left_out=left_out)
    parts = [fair(record.title), _when(record)]
    services = sorted({name for i in record.incidents for name in i.services}, key=str.casefold)
    if services:
        was = "service {} was" if len(services) == 1 else "services {} were"
        real = any(i.kind is IncidentKind.INCIDENT for i in record.incidents)
        how = was.format("affected" if real else "concerned")
        parts.append(f"The {how} {_listed(services)}.")
    told = next((i for i in record.impacts if i.kind is ImpactKind.CUSTOMERS and i.text), None)
    if told and (effect := fair(told.text)):
        about = "Estimated effect" if told.estimated else "The effect"
        parts.append(f"{about} on customers: {effect}")
    if factors := record.all_factors:
        noun = "factor" if len(factors) == 1 else "factors"
        parts.append(f"Contributing {noun}: {_listed(factors)}.")
    parts.append(_what_follows(record, fair))
    if left_out:
        one = len(left_out) == 1
        were = "sentence was" if one else "sentences were"
        parts.append(
            f"{_number(len(left_out))} {were} left out for the owner to word, because "
            f"{'it' if one else 'they'} may read as blame."
        )
    return " ".join(part for part in parts if part)


def _when(record: PostmortemRecord) -> str:
    """When it was and how long it took, as far as that is known."""
    kinds = {i.kind for i in record.incidents}
    if len(record.incidents) > 1:
        return _when_several(record)
    clocks = record.incidents[0].clocks if record.incidents else {}
    began, noticed = clocks.get(Clock.IMPACT_BEGAN), clocks.get(Clock.DETECTED)
    over = clocks.get(Clock.MITIGATED) or clocks.get(Clock.RESOLVED)
    start = began or noticed
    if IncidentKind.INCIDENT not in kinds and kinds:
        [kind] = kinds
        at = f", {'begun' if began else 'noticed'} {_moment(start)}" if start else ""
        return f"It was {_A_KIND[kind]}{at}."
    if start is None:
        return f"It was over {_moment(over)}; when it began is not known." if over else ""
    told = f"It {'began' if began else 'was noticed'} {_moment(start)}"
    if over is None:
        return f"{told}; when it ended is not known."
    length = lasted([clocks])
    if length is None or length[0] <= timedelta(0):
        return f"{told}; its times contradict each other, so how long it lasted is open."
    if began and noticed and noticed.at > began.at:
        told += f", was noticed after {length_in_words(noticed.at - began.at)}"
    return f"{told} and {_lasted(length)}."


def _when_several(record: PostmortemRecord) -> str:
    count = _number(len(record.incidents))
    known = [c for i in record.incidents if (c := _start(i))]
    length = lasted([i.clocks for i in record.incidents])
    if not known:
        return f"{count} incidents belong to it."
    first = f"{count} incidents belong to it; the first began {_moment(min(known, key=_at))}"
    if length is None or length[0] <= timedelta(0):
        return f"{first}."
    return f"{first}, and all of it {_lasted(length)}."


def _start(incident: IncidentRecord) -> ClockTime | None:
    return incident.clocks.get(Clock.IMPACT_BEGAN) or incident.clocks.get(Clock.DETECTED)


def _at(moment: ClockTime) -> datetime:
    return moment.at


def _moment(moment: ClockTime) -> str:
    about = "at about" if moment.estimated else "at"
    return f"on {moment.at.day} {moment.at:%B %Y} {about} {moment.at:%H:%M} UTC"


def _lasted(length: tuple[timedelta, bool]) -> str:
    return f"lasted {'about ' if length[1] else ''}{length_in_words(length[0])}"


def _what_follows(record: PostmortemRecord, fair: Callable[[str], str]) -> str:
    not_followed = (ActionStatus.IDEA, ActionStatus.DECLINED)
    live = [a for a in record.actions if a.status not in not_followed]
    declined = sum(a.status is ActionStatus.DECLINED for a in record.actions)
    if not live and record.no_actions_reason:
        return _told("It was decided to take no action", fair(record.no_actions_reason))
    if not live:
        many = "Both" if declined == 2 else f"All {_number(declined).lower()}"
        one = "The one action that was proposed was"
        all_of = one if declined == 1 else f"{many} actions that were proposed were"
        return f"{all_of} declined." if declined else ""
    done = sum(a.status is ActionStatus.DONE for a in live)
    first = min(live, key=lambda a: list(Priority).index(a.priority))
    if len(live) == 1:
        return _told(f"One action follows{' and is done' if done else ''}", fair(first.text))
    so_far = f", {_number(done).lower()} of them done" if done else ""
    most_important = fair(first.text)
    follow = f"{_number(len(live))} actions follow{so_far}."
    return f"{follow} The most important: {most_important}" if most_important else follow


def _told(head: str, rest: str) -> str:
    return f"{head}: {rest}" if rest else f"{head}."


def _without_blame(text: str, names: tuple[str, ...], left_out: list[str]) -> str:
    """The text as sentences on one line; those that may read as blame go to `left_out`."""
    if not read_wording(text, names):
        return _sentence(text)
    kept: list[str] = []
    for start, end in prose_of(text).spans:
        sentence = text[start:end].strip()
        (left_out if read_wording(sentence, names) else kept).append(sentence)
    return _sentence("\n".join(kept))


_A_KIND = {
    IncidentKind.NEAR_MISS: "a near miss",
    IncidentKind.DRILL: "a drill",
    IncidentKind.MAINTENANCE: "planned maintenance",
}
_NUMBERS = (
    "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven",
    "Twelve",
)  # fmt: skip


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else f"{count:,}"


def _listed(names: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _sentence(text: str) -> str:
    """The text on one line, with a mark at the end of each of its lines."""
    lines = (line.strip() for line in text.splitlines())
    return " ".join(x if x.endswith((".", "!", "?", "…", ":")) else f"{x}." for x in lines if x)
