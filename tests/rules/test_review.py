"""Whether a post-mortem is ready: what each step has and lacks, and what a sign-off is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    EvidenceRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    ReviewRecord,
    TransitionRecord,
    WhyRecord,
)
from models.rules.review import (
    Step,
    StepState,
    countdown,
    due_at,
    hands_on,
    people_in,
    steps,
    words_hash,
)
from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    Clock,
    ImpactKind,
    IncidentKind,
    LessonKind,
    PostmortemStatus,
    Priority,
    Severity,
)
from tests.any_record import ANY_POSTMORTEM
from tests.small_postmortem import at, small_incident, small_postmortem

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)
SMALL = small_postmortem()
INCIDENT = small_incident()


def state(record: PostmortemRecord, step: Step) -> StepState:
    return next(s for s in steps(record) if s.step is step)


def test_the_steps_come_in_the_order_of_the_workspace() -> None:
    assert [s.step for s in steps(PostmortemRecord("T"))] == list(Step)


NOTHING_YET = {
    Step.PREPARE: ("an owner", "a facilitator", "participants", "a meeting time"),
    Step.TIMELINE: (
        "events", "when the impact began", "when it was detected",
        "when it was mitigated or resolved",
    ),
    Step.IMPACT: ("customers affected", "how long"),
    Step.WHY: (
        "what happened",
        "an answer to how it could happen",
        "a contributing factor",
    ),
    Step.LEARNED: ("what went well", "what went wrong"),
    Step.ACTIONS: ("an action, or the reason why there is none",),
    Step.REVIEW: ("a summary", "a reviewer who signed off"),
    Step.PUBLISH: ("publication",),
}  # fmt: skip


@pytest.mark.parametrize("step", Step)
def test_an_empty_one_lacks_everything_and_says_what(step: Step) -> None:
    empty = state(PostmortemRecord("T"), step)
    assert (empty.has, empty.missing) == ((), NOTHING_YET[step])
    assert not empty.done
    assert not empty.started


ALL_THERE = {
    Step.PREPARE: ("owner", "facilitator", "1 participant", "meeting time"),
    Step.TIMELINE: ("3 events", "start of impact", "detection", "end"),
    Step.IMPACT: ("customers", "duration"),
    Step.WHY: ("2 answers", "1 factor"),
    Step.LEARNED: ("1 went well", "1 went wrong"),
    Step.ACTIONS: ("1 action",),
}


@pytest.mark.parametrize("step", ALL_THERE)
def test_a_whole_one_has_everything_and_says_what(step: Step) -> None:
    whole = state(SMALL, step)
    assert (whole.has, whole.missing) == (ALL_THERE[step], ())
    assert whole.done


def test_review_and_publication_are_the_last_to_be_done() -> None:
    assert state(SMALL, Step.REVIEW).missing == ("a reviewer who signed off",)
    signed = replace(SMALL, reviews=(ReviewRecord("Ben Okafor", NOON), ReviewRecord("Cleo")))
    assert state(signed, Step.REVIEW).has == ("summary", "1 signed off")
    stale = replace(SMALL, reviews=(ReviewRecord("Ben Okafor", NOON, stale=True),))
    assert state(stale, Step.REVIEW).missing == ("a reviewer who signed off",)
    for status in PostmortemStatus:
        out = status in (PostmortemStatus.PUBLISHED, PostmortemStatus.CLOSED)
        assert state(replace(SMALL, status=status), Step.PUBLISH).done is out


def with_incident(**changes: Any) -> PostmortemRecord:
    return replace(SMALL, incidents=(replace(INCIDENT, **changes),))


@pytest.mark.parametrize(
    ("record", "step", "missing"),
    [
        (with_incident(events=()), Step.TIMELINE, "events"),
        (
            with_incident(events=(EventRecord(NOON, "joined", is_noise=True),)),
            Step.TIMELINE,
            "events",
        ),
        (
            with_incident(clocks={**INCIDENT.clocks, Clock.RESOLVED: ClockTime(at("08:00"))}),
            Step.TIMELINE,
            "times in order",
        ),
        (
            replace(SMALL, incidents=(INCIDENT, IncidentRecord("Another", severity=Severity.SEV2))),
            Step.TIMELINE,
            "when the impact began",
        ),
        (with_incident(severity=None), Step.IMPACT, "the severity (on the page of the incident)"),
        (
            replace(SMALL, impacts=(ImpactRecord(ImpactKind.CUSTOMERS, ""), *SMALL.impacts[1:])),
            Step.IMPACT,
            "customers affected",
        ),
        (
            replace(SMALL, whys=(WhyRecord("Orders were late", factors=("Capacity",)),)),
            Step.WHY,
            "an answer to how it could happen",
        ),
        (
            replace(SMALL, whys=(WhyRecord("Late", children=(WhyRecord("The limit is zero"),)),)),
            Step.WHY,
            "a contributing factor",
        ),
        (
            replace(
                SMALL,
                factors=("Capacity",),
                whys=(WhyRecord("Late", children=(WhyRecord("Ada forgot the limit"),)),),
            ),
            Step.WHY,
            "a way on from branches that end at a person",
        ),
        (
            replace(SMALL, lessons=(LessonRecord(LessonKind.GOT_LUCKY, "It was night"),)),
            Step.LEARNED,
            "what went wrong",
        ),
        (replace(SMALL, actions=(ActionRecord("Do", due_on=date(2026, 4, 1)),)), Step.ACTIONS,
         "an owner for every action"),
        (replace(SMALL, actions=(ActionRecord("Do", owner="Ada"),)), Step.ACTIONS,
         "a due date for every action"),
        (replace(SMALL, actions=(ActionRecord("Do", status=ActionStatus.DECLINED),)), Step.ACTIONS,
         "the reason for every declined action"),
    ],
)  # fmt: skip
def test_what_is_still_missing_is_named(record: PostmortemRecord, step: Step, missing: str) -> None:
    found = state(record, step)
    assert missing in found.missing
    assert not found.done


def test_no_action_with_a_reason_and_declined_ones_are_outcomes() -> None:
    none = replace(SMALL, actions=(), no_actions_reason="The queue goes away in May")
    assert state(none, Step.ACTIONS).has == ("no actions, with the reason",)
    declined = ActionRecord("Rewrite it", status=ActionStatus.DECLINED, reason="Too dear")
    assert state(replace(SMALL, actions=(declined,)), Step.ACTIONS).done


@pytest.mark.parametrize("kind", [IncidentKind.DRILL, IncidentKind.MAINTENANCE])
def test_a_drill_and_maintenance_need_no_severity(kind: IncidentKind) -> None:
    assert state(with_incident(kind=kind, severity=None), Step.IMPACT).done


@pytest.mark.parametrize(
    ("name", "role", "took_part"),
    [
        ("Ben Okafor", "commander", True),
        ("ben okafor", "expert", True),
        ("Ben Okafor", "database lead", True),
        ("Ben Okafor", "reporter", False),
        ("Ben Okafor", "observer", False),
        ("Ben Okafor", "facilitator", False),
        ("Ben", "commander", False),
    ],
)
def test_who_responded_is_too_close_to_facilitate(name: str, role: str, took_part: bool) -> None:
    record = replace(SMALL, participants=(ParticipantRecord(name, role),))
    assert hands_on(record, "Ben Okafor") is took_part


def test_who_only_looked_on_in_several_roles_may_facilitate() -> None:
    for role, took_part in (("reporter, observer", False), ("observer, expert", True)):
        record = replace(SMALL, participants=(ParticipantRecord("Ben Okafor", role),))
        assert hands_on(record, "Ben Okafor") is took_part


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (48, "due in 2 d"),
        (27.5, "due in 1 d 3 h"),
        (0, "due in 0 min"),
        (-0.5, "30 min late"),
        (-50, "2 d 2 h late"),
        (-14 * 24, "14 d late"),
        (-15 * 24, "overdue since 10 Mar 2026"),
    ],
)
def test_the_countdown_says_how_much_is_left_or_late(hours: float, words: str) -> None:
    assert countdown(NOON, NOON - timedelta(hours=hours)) == words


def test_the_meeting_is_due_two_days_after_the_end() -> None:
    assert due_at(NOON) == NOON + timedelta(hours=48)
    assert due_at(None) is None


def test_people_are_found_wherever_a_name_stands_but_in_prose() -> None:
    record = replace(
        SMALL,
        reviews=(ReviewRecord("Rita Sommer"),),
        incidents=(replace(INCIDENT, participants=(ParticipantRecord("Paul Ek"),)),),
        actions=(ActionRecord("Do", owner="Olga Wu"), ActionRecord("Do")),
    )
    assert people_in(record) == ("Ada Brandt", "Ben Okafor", "Olga Wu", "Paul Ek", "Rita Sommer")


FOLLOW_UP = ActionRecord(
    SMALL.actions[0].text,
    id="a1",
    type=ActionType.PREVENT,
    priority=Priority.HIGH,
    factor="Configuration change",
    owner="Somebody Else",
    due_on=None,
    status=ActionStatus.DONE,
    tracker_url="https://tracker.example.com/1",
    reason="Merged",
)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": PostmortemStatus.PUBLISHED},
        {"due_at": NOON},
        {"reviews": (ReviewRecord("Ada", NOON, "Clear"),)},
        {
            "transitions": (
                TransitionRecord(NOON, "Ada", PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW),
            )
        },
        {"publication": PublicationRecord(3, "Ada", NOON)},
        {"actions": (FOLLOW_UP,)},
    ],
)
def test_what_is_done_with_the_words_does_not_change_what_was_signed(
    changes: dict[str, Any],
) -> None:
    assert words_hash(replace(SMALL, **changes)) == words_hash(SMALL)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Other"},
        {"owner": "Ben Okafor"},
        {"facilitator": ""},
        {"meeting_at": NOON},
        {"summary": SMALL.summary + " "},
        {"participants": ()},
        {"incidents": ()},
        {"impacts": SMALL.impacts[:1]},
        {"impacts": (replace(SMALL.impacts[0], estimated=True), *SMALL.impacts[1:])},
        {"whys": ()},
        {"factors": ("Capacity",)},
        {"lessons": SMALL.lessons[::-1]},
        {"actions": ()},
        {"actions": (replace(FOLLOW_UP, text="Other"),)},
        {"actions": (replace(FOLLOW_UP, priority=Priority.LOW),)},
        {"actions": (replace(FOLLOW_UP, type=ActionType.DETECT),)},
        {"actions": (replace(FOLLOW_UP, factor=""),)},
        {"no_actions_reason": "None"},
    ],
)
def test_other_words_are_not_what_was_signed(changes: dict[str, Any]) -> None:
    assert words_hash(replace(SMALL, **changes)) != words_hash(SMALL)


def test_a_kept_file_counts_by_its_title() -> None:
    def with_proof(proof: EvidenceRecord) -> PostmortemRecord:
        return with_incident(events=(replace(INCIDENT.events[0], evidence=(proof,)),))

    read = with_proof(EvidenceRecord("Graph", media_type="image/png", content=b"bytes"))
    unread = with_proof(EvidenceRecord("Graph", media_type="image/png"))
    other = with_proof(EvidenceRecord("Another graph", media_type="image/png"))
    assert words_hash(read) == words_hash(unread) != words_hash(other)


TEXTS = ("title", "summary", "owner", "no_actions_reason")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_POSTMORTEM, ANY_POSTMORTEM, st.sampled_from(TEXTS), st.text("ab ", max_size=3))
def test_the_hash_changes_exactly_with_the_words(
    record: PostmortemRecord, other: PostmortemRecord, field: str, text: str
) -> None:
    beside = replace(
        record,
        status=other.status,
        due_at=other.due_at,
        reviews=other.reviews,
        transitions=other.transitions,
        publication=other.publication,
    )
    assert words_hash(beside) == words_hash(record)
    words: dict[str, Any] = {field: text}
    changed = replace(record, **words)
    assert (words_hash(changed) == words_hash(record)) is (changed == record)


def test_a_tree_with_only_its_start_says_that_something_is_there() -> None:
    only = replace(SMALL, whys=(WhyRecord("Orders were late"),))
    state = next(state for state in steps(only) if state.step is Step.WHY)
    assert state.has[0] == "1 answer"
