"""Every text that somebody wrote in a post-mortem, with where it stands, for the blame-aware
reading of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import lru_cache

from models.rules.record import EventRecord, PostmortemRecord, WhyRecord
from models.rules.review import Step, people_in
from models.rules.vocabulary import Precision, label, words
from models.rules.wording import Finding, read_wording, sentence_around


@dataclass(frozen=True)
class FreeText:
    """A text, its place in words, and the step of the workspace where it can be changed."""

    place: str
    step: Step
    text: str


@dataclass(frozen=True)
class PlacedFinding:
    """A finding of the blame-aware reading; (finding.rule, sentence) is what "keep as it is"
    is remembered under."""

    where: FreeText
    finding: Finding
    sentence: str

    @property
    def line(self) -> str:
        """The line of the text that `finding.start` and `finding.end` count in."""
        return self.where.text.split("\n")[self.finding.line - 1]


def free_texts(record: PostmortemRecord, zone: tzinfo = UTC) -> tuple[FreeText, ...]:
    """The texts of a post-mortem in the order of its steps; `zone` is for times in the places.

    Lines of the timeline that are noise are left out: machines wrote them.
    """
    found = (
        *_head(record),
        *(_event(event, zone) for event in record.events if not event.is_noise),
        *(text for part in (_impacts, _whys, _lessons, _actions, _review) for text in part(record)),
    )
    return tuple(text for text in found if text.text)


def read_whole(record: PostmortemRecord, zone: tzinfo = UTC) -> tuple[PlacedFinding, ...]:
    """The blame-aware reading of every text, in the order of `free_texts`. A sentence that is
    there twice with the same fault in it is found twice, and kept in one go."""
    names = people_in(record)
    return tuple(
        PlacedFinding(where, finding, sentence_around(where.text, finding))
        for where in free_texts(record, zone)
        for finding in _findings(where.text, names)
    )


@lru_cache(maxsize=32_768)  # fewer than the texts of one post-mortem would keep none
def _findings(text: str, names: tuple[str, ...]) -> tuple[Finding, ...]:
    """Kept, because between two looks at a post-mortem nearly all of its texts are the same."""
    return read_wording(text, names)


def _head(record: PostmortemRecord) -> Iterator[FreeText]:
    yield FreeText("Title", Step.PREPARE, record.title)
    several = len(record.incidents) > 1
    for incident in record.incidents:
        of = f" of “{incident.title}”" if several else " of the incident"
        if incident.title != record.title:
            yield FreeText(f"Title{of}", Step.PREPARE, incident.title)
        yield FreeText(f"Summary{of}", Step.PREPARE, incident.summary)


def _event(event: EventRecord, zone: tzinfo) -> FreeText:
    local = event.at.astimezone(zone)
    clock = "" if event.precision is Precision.DAY else f", {local:%H:%M}"
    return FreeText(f"Timeline, {local.day} {local:%b}{clock}", Step.TIMELINE, event.text)


def _impacts(record: PostmortemRecord) -> Iterator[FreeText]:
    for impact in record.impacts:
        yield FreeText(f"Impact, {words(impact.kind)}", Step.IMPACT, impact.text)


def _whys(record: PostmortemRecord) -> Iterator[FreeText]:
    for number, why in numbered(record.whys):
        yield FreeText(f"Why {number}", Step.WHY, why.text)


def numbered(whys: tuple[WhyRecord, ...], above: str = "") -> Iterator[tuple[str, WhyRecord]]:
    """Each why with its number in the tree (1, 1.1, 1.2, 2), as the drawings number them."""
    for position, why in enumerate(whys, 1):
        yield f"{above}{position}", why
        yield from numbered(why.children, f"{above}{position}.")


def _lessons(record: PostmortemRecord) -> Iterator[FreeText]:
    for lesson in record.lessons:
        yield FreeText(f"What we learned, {words(lesson.kind)}", Step.LEARNED, lesson.text)


def _actions(record: PostmortemRecord) -> Iterator[FreeText]:
    for position, action in enumerate(record.actions, 1):
        yield FreeText(f"Action {position}", Step.ACTIONS, action.text)
        yield FreeText(
            f"{label(action.status)} action {position}, the reason", Step.ACTIONS, action.reason
        )
    yield FreeText("Why no actions follow", Step.ACTIONS, record.no_actions_reason)


def _review(record: PostmortemRecord) -> Iterator[FreeText]:
    yield FreeText("Summary", Step.REVIEW, record.summary)
    for review in record.reviews:
        yield FreeText(f"{review.name}'s comment", Step.REVIEW, review.comment)
