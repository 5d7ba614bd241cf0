"""Every operation of a timeline can be taken back, to the letter; two people do not undo each
other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, NotFound, ProblemForUser
from models.rules.record import EventRecord, PostmortemRecord
from models.rules.vocabulary import EventKind, Precision
from services import incidents, postmortems, timeline, whys

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
GRAPH = "https://graphs.example.com/"


def minute(number: int) -> datetime:
    return NINE + timedelta(minutes=number)


class Story:
    """An incident with four events (a, b, c, d), evidence on each and a why that b and c show."""

    def __init__(self, who: Who) -> None:
        self.who = who
        self.id = incidents.create_incident(who, "Checkout slow", began_at=NINE)
        for number, name in enumerate("abcd"):
            timeline.add_event(
                who, self.id, f"Event {name} happened", at=minute(number), event_id=name
            )
            for part in (1, 2):
                timeline.add_link(who, name, f"{GRAPH}{name}{part}", f"{name}{part}")
        self.postmortem = postmortems.start_postmortem(who, [self.id])
        self.why = whys.add_why(who, self.postmortem, None, "Checkout was slow")
        whys.link_events(who, self.why, ["b", "c"], [])

    def record(self) -> PostmortemRecord:
        return postmortems.get_postmortem(self.who, self.postmortem)

    def texts(self) -> list[str]:
        return [e.text for e in self.record().events]

    def evidence(self) -> dict[str, list[str]]:
        return {e.id: [p.title for p in e.evidence] for e in self.record().events}


@pytest.fixture
def story(ada: Who) -> Story:
    return Story(ada)


EDITS: dict[str, Callable[[Who, str], object]] = {
    "text": lambda who, _: timeline.edit_event(who, "b", {"text": ("Event b happened", "Other")}),
    "all fields": lambda who, _: timeline.edit_event(
        who,
        "b",
        {
            "at": (minute(1), minute(7)),
            "until": (None, minute(9)),
            "precision": (Precision.MINUTE, Precision.HOUR),
            "kind": (EventKind.NOTE, EventKind.ALERT),
            "author": ("", "Ben Okafor"),
        },
    ),
    "add": lambda who, incident: timeline.add_event(who, incident, "New", at=minute(2)),
    "add many": lambda who, incident: timeline.add_events(
        who, incident, [EventRecord(minute(n), f"line {n}") for n in range(3)]
    ),
    "remove": lambda who, _: timeline.remove_events(who, ["a", "c"]),
    "noise": lambda who, _: timeline.save_noise(who, ["a", "d"], True),
    "split": lambda who, _: timeline.split_event(who, "b", 7, minute(2)),
    "merge two": lambda who, _: timeline.merge_events(who, ["b", "c"]),
    "merge all": lambda who, _: timeline.merge_events(who, ["d", "a", "b", "c"]),
    "merge linked into unlinked": lambda who, _: timeline.merge_events(who, ["a", "c"]),
    "shift some": lambda who, incident: timeline.shift_events(
        who, incident, ["b"], timedelta(hours=1)
    ),
    "shift all": lambda who, incident: timeline.shift_events(
        who, incident, [], -timedelta(hours=1)
    ),
}


@pytest.mark.parametrize("name", EDITS)
def test_what_was_done_is_taken_back_to_the_letter(story: Story, name: str) -> None:
    before = story.record()
    EDITS[name](story.who, story.id)
    assert story.record() != before
    timeline.undo(story.who, story.id)
    assert story.record() == before


def test_everything_done_in_a_row_is_taken_back_in_reverse(story: Story) -> None:
    steps = ("all fields", "noise", "shift all", "add many", "merge two", "remove")
    seen = []
    for name in steps:
        seen.append(story.record())
        EDITS[name](story.who, story.id)
    for before in reversed(seen):
        timeline.undo(story.who, story.id)
        assert story.record() == before


def test_merged_evidence_stands_in_the_order_of_the_events(story: Story) -> None:
    timeline.merge_events(story.who, ["c", "a", "b"])
    assert story.evidence() == {"a": ["a1", "a2", "b1", "b2", "c1", "c2"], "d": ["d1", "d2"]}


def test_what_was_attached_to_the_second_half_survives_the_undo_of_a_split(story: Story) -> None:
    half = timeline.split_event(story.who, "b", 7, minute(2))
    timeline.add_link(story.who, half, f"{GRAPH}later", "later")
    whys.link_events(story.who, story.why, [half, "b", "c"], ["b", "c"])
    timeline.undo(story.who, story.id)
    assert story.evidence()["b"] == ["b1", "b2", "later"]
    assert story.record().whys[0].event_ids == ("b", "c")


def test_undo_takes_back_ones_own_edit_and_leaves_that_of_others(story: Story, ben: Who) -> None:
    timeline.edit_event(story.who, "a", {"text": ("Event a happened", "Ada's words")})
    timeline.edit_event(ben, "b", {"text": ("Event b happened", "Ben's words")})
    assert timeline.undo(story.who, story.id) == "edited an event"
    assert story.texts()[:2] == ["Event a happened", "Ben's words"]
    timeline.undo(ben, story.id)
    assert story.texts()[:2] == ["Event a happened", "Event b happened"]
    assert timeline.last_change(ben, story.id) == ""


def test_an_edit_that_somebody_went_on_from_cannot_be_taken_back(story: Story, ben: Who) -> None:
    timeline.edit_event(story.who, "a", {"text": ("Event a happened", "Ada's words")})
    timeline.edit_event(ben, "a", {"text": ("Ada's words", "Ben's words")})
    with pytest.raises(Conflict, match="Somebody else has changed the event since"):
        timeline.undo(story.who, story.id)
    assert story.texts()[0] == "Ben's words"
    timeline.undo(ben, story.id)
    timeline.undo(story.who, story.id)
    assert story.texts()[0] == "Event a happened"


@pytest.mark.parametrize("name", ["merge two", "shift all"])
def test_an_edit_of_many_is_not_taken_back_by_halves(story: Story, ben: Who, name: str) -> None:
    EDITS[name](story.who, story.id)
    timeline.edit_event(ben, "b", {"text": (story.texts()[1], "Ben's words")})
    seen = story.record()
    with pytest.raises(Conflict):
        timeline.undo(story.who, story.id)
    assert story.record() == seen


def test_an_edit_beside_does_not_stand_in_the_way_of_undo(story: Story, ben: Who) -> None:
    timeline.remove_events(story.who, ["a", "c"])
    timeline.edit_event(ben, "b", {"text": ("Event b happened", "Ben's words")})
    timeline.undo(story.who, story.id)
    assert story.texts()[:3] == ["Event a happened", "Ben's words", "Event c happened"]


def test_what_somebody_removed_is_not_edited_unseen(story: Story, ben: Who) -> None:
    timeline.remove_events(ben, ["a"])
    for edit in (
        lambda: timeline.edit_event(story.who, "a", {"text": ("Event a happened", "Other")}),
        lambda: timeline.split_event(story.who, "a", 5, minute(1)),
        lambda: timeline.add_link(story.who, "a", GRAPH),
    ):
        with pytest.raises(NotFound, match="has been removed from the timeline"):
            edit()
    with pytest.raises(ProblemForUser, match="removed since"):
        timeline.merge_events(story.who, ["a", "b"])
    timeline.undo(ben, story.id)
    assert story.texts()[0] == "Event a happened"


def test_two_people_at_different_fields_of_a_line_do_not_disturb_each_other(
    story: Story, ben: Who
) -> None:
    timeline.edit_event(story.who, "a", {"text": ("Event a happened", "Ada's words")})
    timeline.edit_event(ben, "a", {"kind": (EventKind.NOTE, EventKind.ALERT)})
    with pytest.raises(Conflict) as found:
        timeline.edit_event(ben, "a", {"text": ("Event a happened", "Ben's words")})
    assert (found.value.theirs, found.value.yours) == ("Ada's words", "Ben's words")
    event = story.record().events[0]
    assert (event.text, event.kind) == ("Ada's words", EventKind.ALERT)


def test_an_edit_that_ends_before_it_begins_changes_nothing(story: Story) -> None:
    with pytest.raises(ProblemForUser, match="before it begins"):
        timeline.edit_event(story.who, "a", {"until": (None, NINE - timedelta(minutes=5))})
    assert story.record().events[0].until is None


def test_lines_of_two_incidents_are_not_edited_as_one(story: Story) -> None:
    other = incidents.create_incident(story.who, "Another", began_at=NINE)
    there = timeline.add_event(story.who, other, "There", at=NINE)
    for edit in (timeline.merge_events, timeline.remove_events):
        with pytest.raises(ProblemForUser, match="different incidents"):
            edit(story.who, ["a", there])


def test_an_edit_that_changes_nothing_is_nothing_to_undo(story: Story) -> None:
    timeline.undo(story.who, story.id)
    left = timeline.last_change(story.who, story.id)
    timeline.edit_event(story.who, "a", {"text": ("Event a happened", "Event a happened")})
    timeline.save_noise(story.who, ["a"], False)
    assert timeline.last_change(story.who, story.id) == left
