"""A post-mortem that is stored and read back, or exported and brought in elsewhere, is the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as tuned
from hypothesis import strategies as st

from models.rules.lifecycle import EDITABLE
from models.rules.meeting.record import MeetingRecord
from models.rules.policy import Who
from models.rules.problems import BadFile
from models.rules.record import (
    EventRecord,
    EvidenceRecord,
    ImpactRecord,
    IncidentRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    ReviewRecord,
    WhyRecord,
)
from models.rules.record_json import dump, load
from models.rules.vocabulary import ImpactKind, PostmortemStatus
from services import archive, bring_in, clock, database, documents, people, postmortems, publishing
from services.settings import settings
from tests.any_record import ANY_POSTMORTEM
from tests.small_postmortem import small_postmortem, stored

# A database for each example makes shrinking a matter of minutes; what differs is shown anyway.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@contextmanager
def fresh(migrated: Path, file: Path) -> Iterator[Who]:
    """Ada in a database of its own."""
    file.unlink(missing_ok=True)
    shutil.copy(migrated, file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{file}")
        patch.setattr(clock, "now", lambda: NOW)
        settings.cache_clear()
        try:
            yield people.introduce("Ada Brandt")
        finally:
            database.engine().dispose()
            database.engine_for.cache_clear()
            settings.cache_clear()


def sensible(event: EventRecord) -> EventRecord:
    until = event.until if event.until and event.until >= event.at else None
    evidence = tuple(
        proof
        if proof.content is None
        else replace(proof, media_type="text/plain", content=f"{proof.content.hex()} ü".encode())
        for proof in event.evidence
    )
    return replace(event, until=until, evidence=evidence)


def sensible_meeting(meeting: MeetingRecord) -> MeetingRecord:
    return replace(meeting, ended_at=max(meeting.began_at, meeting.ended_at))


def with_own_ids(record: PostmortemRecord) -> PostmortemRecord:
    """The record with an id for everything, whys that point at events there are, and nothing
    that an import refuses: no title, an end before its beginning, a file that is no file."""
    count = iter(range(10_000))

    def own(thing: Any) -> Any:
        return replace(thing, id=f"x{next(count):04}")

    incidents = tuple(
        own(
            replace(
                i,
                title=i.title or "Untitled",
                events=tuple(own(sensible(e)) for e in i.events),
                source_key=f"key {next(count)}",
            )
        )
        for i in record.incidents
    )
    events = [e.id for i in incidents for e in i.events]

    def linked(why: WhyRecord) -> WhyRecord:
        number = next(count)
        shown = tuple(events[(number + n) % len(events)] for n in range(number % 3) if events)
        children = tuple(linked(child) for child in why.children)
        return own(replace(why, event_ids=(*shown, "gone", ""), children=children))  # type: ignore[no-any-return]

    return own(  # type: ignore[no-any-return]
        replace(
            record,
            title=record.title or "Untitled",
            incidents=incidents,
            whys=tuple(linked(why) for why in record.whys),
            lessons=tuple(own(lesson) for lesson in record.lessons),
            actions=tuple(own(action) for action in record.actions),
            meetings=tuple(own(sensible_meeting(meeting)) for meeting in record.meetings),
        )
    )


def settled(record: PostmortemRecord) -> PostmortemRecord:
    """What is equal for a team: everything in its own order, everybody once."""
    frozen = record.status not in EDITABLE
    incidents = tuple(sorted((settled_incident(i) for i in record.incidents), key=began))
    order = {e.id: (e.at, n) for i in incidents for n, e in enumerate(i.events)}

    def why(node: WhyRecord) -> WhyRecord:
        shown = sorted({e for e in node.event_ids if e in order}, key=lambda e: (*order[e], e))
        return replace(
            node,
            event_ids=tuple(shown),
            factors=names(node.factors),
            children=tuple(why(child) for child in node.children),
        )

    by_kind = sorted(record.impacts, key=lambda i: list(ImpactKind).index(i.kind))
    stamp = PublicationRecord(1, "Ada Brandt", NOW) if frozen else None
    return replace(
        record,
        participants=once(record.participants),
        incidents=incidents,
        impacts=tuple(one_impact(k, list(i)) for k, i in groupby(by_kind, lambda i: i.kind)),
        whys=tuple(why(root) for root in record.whys),
        factors=names(record.factors),
        reviews=tuple(one_each(record.reviews)),
        publication=record.publication or stamp,
        meetings=tuple(sorted(record.meetings, key=lambda m: (m.began_at, m.id))),
    )


def settled_incident(incident: IncidentRecord) -> IncidentRecord:
    def event(e: EventRecord) -> EventRecord:
        return replace(e, evidence=tuple(proof(p) for p in e.evidence))

    def proof(p: EvidenceRecord) -> EvidenceRecord:
        return replace(p, media_type=p.media_type or None if p.content is not None else None)

    return replace(
        incident,
        services=names(incident.services),
        participants=once(incident.participants),
        events=tuple(sorted((event(e) for e in incident.events), key=lambda e: e.at)),
    )


def began(incident: IncidentRecord) -> tuple[datetime, str]:
    first = min((e.at for e in incident.events), default=NOW)
    return min((c.at for c in incident.clocks.values()), default=first), incident.id


def names(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({n for n in found if n}, key=str.casefold))


def once(found: tuple[ParticipantRecord, ...]) -> tuple[ParticipantRecord, ...]:
    roles: dict[str, list[str]] = {}
    for person in found:
        roles.setdefault(person.name, [])
        roles[person.name] += [person.role] * (person.role not in ("", *roles[person.name]))
    return tuple(ParticipantRecord(n, ", ".join(roles[n])) for n in sorted(roles) if n)


def one_impact(kind: ImpactKind, same: list[ImpactRecord]) -> ImpactRecord:
    text = "\n".join(i.text for i in same if i.text)
    return ImpactRecord(kind, text, any(i.estimated for i in same))


def one_each(reviews: tuple[ReviewRecord, ...]) -> list[ReviewRecord]:
    found: dict[str, ReviewRecord] = {}
    for review in reviews:
        if review.name and (review.signed_at or review.name not in found):
            found[review.name] = replace(review, stale=review.stale and bool(review.signed_at))
    return list(found.values())


@tuned(max_examples=25, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(record=ANY_POSTMORTEM.map(with_own_ids))
def test_what_is_stored_is_what_is_read(
    record: PostmortemRecord, migrated: Path, tmp_path: Path
) -> None:
    with fresh(migrated, tmp_path / "any.db") as ada:
        row_id = stored(ada, record)
        assert row_id == record.id
        read = postmortems.get_postmortem(ada, row_id, with_files=True)
        assert read == settled(record)
        assert settled(read) == read


@tuned(max_examples=10, deadline=None, phases=PHASES, suppress_health_check=list(HealthCheck))
@given(record=ANY_POSTMORTEM.map(with_own_ids), again=st.booleans())
def test_what_is_exported_and_brought_in_elsewhere_is_exported_the_same(
    record: PostmortemRecord, again: bool, migrated: Path, tmp_path: Path
) -> None:
    with fresh(migrated, tmp_path / "here.db") as ada:
        first = documents.export_postmortem(ada, stored(ada, record), format="json").content
        if again:
            came = bring_in.bring_in(ada, first, bring_in.read_options(name="export.json"))
            assert came.postmortem_ids == came.incident_ids == ()
    with fresh(migrated, tmp_path / "there.db") as ada:
        came = bring_in.bring_in(ada, first, bring_in.read_options(name="export.json"))
        [new_id] = came.postmortem_ids
        second = documents.export_postmortem(ada, new_id, format="json").content
    assert as_given(second) == as_given(first)


def as_given(document: bytes) -> PostmortemRecord:
    """A draft that comes in without a due date gets one, and a publication that names nobody is by
    who brings it in; that is no loss."""
    record = load(document.decode())
    if record.publication and not record.publication.by:
        record = replace(record, publication=replace(record.publication, by="Ada Brandt"))
    return replace(record, due_at=None)


def test_ids_that_are_taken_are_made_anew_and_links_follow(ada: Who) -> None:
    first, second = stored(ada), stored(ada)
    one, two = (postmortems.get_postmortem(ada, row_id) for row_id in (first, second))
    assert (one.events[0].id, one.whys[0].id) == ("e1", "w1")
    assert two.events[0].id != "e1"
    assert two.whys[0].event_ids == (two.events[0].id,)
    assert len({a.id for a in (*one.actions, *two.actions)}) == 2


def test_events_of_the_same_moment_keep_their_order(ada: Who) -> None:
    texts = [f"line {n}" for n in range(30)]
    incident = IncidentRecord("Same minute", events=tuple(EventRecord(NOW, t) for t in texts))
    record = postmortems.get_postmortem(
        ada, stored(ada, PostmortemRecord("T", incidents=(incident,)))
    )
    assert [e.text for e in record.events] == texts


def test_who_has_two_roles_keeps_both(ada: Who) -> None:
    people_there = (
        ParticipantRecord("Ada Brandt", "commander"),
        ParticipantRecord("Ben Okafor", "expert"),
        ParticipantRecord("ada brandt", "scribe"),
    )
    incident = IncidentRecord("I", participants=people_there)
    row_id = stored(ada, PostmortemRecord("T", participants=people_there, incidents=(incident,)))
    read = postmortems.get_postmortem(ada, row_id)
    for found in (read.participants, read.incidents[0].participants):
        assert [(p.name, p.role) for p in found] == [
            ("Ada Brandt", "commander, scribe"),
            ("Ben Okafor", "expert"),
        ]


def test_reviews_keep_the_order_in_which_they_were_asked(ada: Who) -> None:
    reviews = (
        ReviewRecord("Zoe", signed_at=NOW.replace(hour=12)),
        ReviewRecord("Ben Okafor", signed_at=NOW.replace(hour=10), comment="Clear"),
        ReviewRecord("Ada Brandt"),
    )
    row_id = stored(ada, replace(small_postmortem(), reviews=reviews))
    assert postmortems.get_postmortem(ada, row_id).reviews == reviews


def test_names_that_differ_in_letter_case_only_are_one(ada: Who) -> None:
    record = PostmortemRecord(
        "T",
        factors=("Capacity", "capacity", "", "x" * 100, "x" * 120),
        whys=(WhyRecord("w", factors=("Capacity", "CAPACITY", "")),),
        reviews=(ReviewRecord("Ben", signed_at=NOW), ReviewRecord("BEN")),
        incidents=(IncidentRecord("I", services=("API", "Api", "")),),
    )
    read = postmortems.get_postmortem(ada, stored(ada, record))
    assert read.factors == ("Capacity", f"{'x' * 78} …")
    assert read.whys[0].factors == ("Capacity",)
    assert [r.name for r in read.reviews] == ["Ben"]
    assert read.incidents[0].services == ("API",)


def test_two_incidents_with_one_key_come_in_and_one_keeps_it(ada: Who) -> None:
    twins = tuple(IncidentRecord(title, source_key="pd:1") for title in ("One", "Two"))
    read = postmortems.get_postmortem(ada, stored(ada, PostmortemRecord("T", incidents=twins)))
    assert sorted(i.source_key for i in read.incidents) == ["", "pd:1"]


def found(who: Who) -> list[str]:
    """The ids of what the archive finds."""
    return [row.postmortem_id for row in archive.search_archive(who, "queue").found]


def test_a_published_one_without_a_stamp_is_published_by_who_brings_it_in(ada: Who) -> None:
    document = dump(replace(small_postmortem(), status=PostmortemStatus.PUBLISHED, id="abc"))
    bring_in.bring_in(ada, document.encode(), bring_in.read_options(name="export.json"))
    revision = publishing.get_revision(ada, "abc")
    assert revision.publication is not None
    assert (revision.publication.number, revision.publication.by) == (1, "Ada Brandt")
    assert found(ada) == ["abc"]


def test_a_draft_that_was_published_once_does_not_enter_the_archive(ada: Who) -> None:
    stamp = PublicationRecord(1, "Ben Okafor", NOW)
    document = dump(replace(small_postmortem(), publication=stamp, id="abc"))
    bring_in.bring_in(ada, document.encode(), bring_in.read_options(name="export.json"))
    assert postmortems.get_postmortem(ada, "abc").publication == stamp
    assert found(ada) == []
    publishing.publish_postmortem(ada, "abc", 2)
    assert found(ada) == ["abc"]


def test_a_sign_off_stays_fresh_when_a_draft_without_due_date_comes_in(ada: Who) -> None:
    review = ReviewRecord("Ben Okafor", signed_at=NOW)
    document = dump(replace(small_postmortem(), due_at=None, reviews=(review,), id="abc"))
    bring_in.bring_in(ada, document.encode(), bring_in.read_options(name="export.json"))
    read = postmortems.get_postmortem(ada, "abc")
    assert read.due_at is not None
    assert [r.stale for r in read.reviews] == [False]


@pytest.mark.parametrize("place", ["line", "number"])
def test_a_number_that_no_database_holds_is_named_with_its_place(ada: Who, place: str) -> None:
    event = EventRecord(NOW, "Alert", line=1)
    record = PostmortemRecord(
        "T",
        incidents=(IncidentRecord("I", events=(event,)),),
        publication=PublicationRecord(1, "Ada Brandt", NOW),
    )
    document = json.loads(dump(record))
    inside = document["postmortem"]["incidents"][0]["events"][0]
    (inside if place == "line" else document["postmortem"]["publication"])[place] = 10**30
    with pytest.raises(BadFile, match=f"{place}: "):
        bring_in.bring_in(ada, json.dumps(document).encode(), bring_in.read_options(name="x.json"))
