"""A first summary out of the facts: whole sentences, and nothing said that is not known."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from models.rules.record import (
    ActionRecord,
    ClockTime,
    ImpactRecord,
    IncidentRecord,
    PostmortemRecord,
)
from models.rules.summary import draft_summary
from models.rules.vocabulary import ActionStatus, Clock, ImpactKind, IncidentKind, Priority
from tests.any_record import ANY_POSTMORTEM
from tests.small_postmortem import at, small_incident

BEGAN, DETECTED, MITIGATED, RESOLVED = (
    Clock.IMPACT_BEGAN, Clock.DETECTED, Clock.MITIGATED, Clock.RESOLVED,
)  # fmt: skip


def incident(kind: IncidentKind = IncidentKind.INCIDENT, **hours: str) -> IncidentRecord:
    """One whose clocks are given as `detected="09:12"`; `~` before it marks an estimate."""
    clocks = {
        Clock(name): ClockTime(at(hour.lstrip("~")), hour.startswith("~"))
        for name, hour in hours.items()
    }
    return replace(small_incident(), kind=kind, clocks=clocks, services=())


def summary(*incidents: IncidentRecord, **more: Any) -> str:
    title = more.pop("title", "Orders waited in the queue")
    return draft_summary(PostmortemRecord(title, incidents=incidents, **more))


WHEN = [
    ([], ""),
    ([incident()], ""),
    (
        [incident(impact_began="09:00", detected="09:12", mitigated="10:40")],
        "It began on 10 March 2026 at 09:00 UTC, was noticed after 12 min and lasted 1 h 40 min.",
    ),
    (
        [incident(impact_began="~09:00", detected="09:12", mitigated="10:40")],
        (
            "It began on 10 March 2026 at about 09:00 UTC, was noticed after 12 min "
            "and lasted about 1 h 40 min."
        ),
    ),
    (
        [incident(impact_began="09:00", detected="09:00", resolved="09:30")],
        "It began on 10 March 2026 at 09:00 UTC and lasted about 30 min.",
    ),
    (
        [incident(detected="09:12", resolved="10:12")],
        "It was noticed on 10 March 2026 at 09:12 UTC and lasted about 1 h.",
    ),
    (
        [incident(impact_began="09:00", detected="09:12")],
        "It began on 10 March 2026 at 09:00 UTC; when it ended is not known.",
    ),
    (
        [incident(resolved="10:00")],
        "It was over on 10 March 2026 at 10:00 UTC; when it began is not known.",
    ),
    (
        [incident(detected="10:00", resolved="09:00")],
        (
            "It was noticed on 10 March 2026 at 10:00 UTC; its times contradict each other, "
            "so how long it lasted is open."
        ),
    ),
    (
        [
            incident(impact_began="09:00", mitigated="10:00"),
            incident(impact_began="08:30", mitigated="12:00"),
        ],
        (
            "Two incidents belong to it; the first began on 10 March 2026 at 08:30 UTC, "
            "and all of it lasted 3 h 30 min."
        ),
    ),
    (
        [incident(impact_began="09:00"), incident(detected="08:00"), incident()],
        "Three incidents belong to it; the first began on 10 March 2026 at 08:00 UTC.",
    ),
    ([incident(), incident()], "Two incidents belong to it."),
    (
        [incident(IncidentKind.NEAR_MISS, detected="09:00")],
        "It was a near miss, noticed on 10 March 2026 at 09:00 UTC.",
    ),
    ([incident(IncidentKind.NEAR_MISS)], "It was a near miss."),
    (
        [incident(IncidentKind.DRILL, impact_began="09:00", resolved="10:00")],
        "It was a drill, begun on 10 March 2026 at 09:00 UTC.",
    ),
]


@pytest.mark.parametrize(("incidents", "said"), WHEN)
def test_when_it_was_is_said_as_far_as_it_is_known(
    incidents: list[IncidentRecord], said: str
) -> None:
    assert summary(*incidents) == f"Orders waited in the queue. {said}".strip()


DECLINED = ActionRecord("Rewrite it", status=ActionStatus.DECLINED, reason="Too dear")
ALERT = ActionRecord("Add an alert on queue age.", priority=Priority.LOW)
LIMIT = ActionRecord("Refuse a limit of zero", priority=Priority.HIGH)
DONE = ActionRecord("Write the runbook", status=ActionStatus.DONE)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"actions": (ALERT,)}, "One action follows: Add an alert on queue age."),
        ({"actions": (DONE,)}, "One action follows and is done: Write the runbook."),
        (
            {"actions": (ALERT, LIMIT, DECLINED)},
            "Two actions follow. The most important: Refuse a limit of zero.",
        ),
        (
            {"actions": (ALERT, DONE, LIMIT)},
            "Three actions follow, one of them done. The most important: Refuse a limit of zero.",
        ),
        (
            {"actions": (LIMIT,) * 13},
            "13 actions follow. The most important: Refuse a limit of zero.",
        ),
        ({"actions": (DECLINED,)}, "The one action that was proposed was declined."),
        ({"actions": (DECLINED,) * 3}, "All three actions that were proposed were declined."),
        ({"actions": (DECLINED,) * 2}, "Both actions that were proposed were declined."),
        (
            {"no_actions_reason": "The queue goes away in May."},
            "It was decided to take no action: The queue goes away in May.",
        ),
        ({"factors": ("Capacity",)}, "Contributing factor: Capacity."),
        (
            {"factors": ("Capacity", "Missing test", "Deployment")},
            "Contributing factors: Capacity, Missing test and Deployment.",
        ),
        (
            {"impacts": (ImpactRecord(ImpactKind.CUSTOMERS, "310 orders were late."),)},
            "The effect on customers: 310 orders were late.",
        ),
        (
            {"impacts": (ImpactRecord(ImpactKind.CUSTOMERS, "About 310\nNone lost", True),)},
            "Estimated effect on customers: About 310. None lost.",
        ),
    ],
)
def test_what_is_there_is_told_in_a_sentence(more: dict[str, Any], said: str) -> None:
    assert summary(**more) == f"Orders waited in the queue. {said}"


LEFT_BOTH = "Two sentences were left out for the owner to word, because they may read as blame."
LEFT = "One sentence was left out for the owner to word, because it may read as blame."


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {
                "impacts": (
                    ImpactRecord(
                        ImpactKind.CUSTOMERS, "310 orders were late. Ada was careless. None lost."
                    ),
                )
            },
            f"The effect on customers: 310 orders were late. None lost. {LEFT}",
        ),
        (
            {"impacts": (ImpactRecord(ImpactKind.CUSTOMERS, "Ben should have checked."),)},
            LEFT,
        ),
        ({"actions": (ActionRecord("Be more careful"),)}, f"One action follows. {LEFT}"),
        (
            {"actions": (ActionRecord("Retrain Ada", priority=Priority.HIGH), ALERT)},
            f"Two actions follow. {LEFT}",
        ),
        (
            {"no_actions_reason": "It was human error.\nThe queue goes away in May."},
            f"It was decided to take no action: The queue goes away in May. {LEFT}",
        ),
        ({"no_actions_reason": "Ben caused it."}, f"It was decided to take no action. {LEFT}"),
        (
            {
                "owner": "Quell",
                "impacts": (ImpactRecord(ImpactKind.CUSTOMERS, "Quell failed to start it."),),
                "actions": (ActionRecord("Be more careful"),),
            },
            f"One action follows. {LEFT_BOTH}",
        ),
    ],
)
def test_a_sentence_that_blames_is_left_for_the_owner(more: dict[str, Any], said: str) -> None:
    assert summary(**more) == f"Orders waited in the queue. {said}"


def test_a_title_that_blames_is_left_for_the_owner_too() -> None:
    assert summary(title="Ben broke the site") == LEFT


def test_services_are_named_once_over_all_incidents() -> None:
    both = [replace(incident(), services=names) for names in (("Orders",), ("Mail", "Orders"))]
    assert summary(*both).endswith("The services affected were Mail and Orders.")
    near = replace(incident(IncidentKind.NEAR_MISS), services=("Orders",))
    assert summary(near).endswith("The service concerned was Orders.")


@pytest.mark.parametrize("title", ["Why did it stop?", "It stopped.", "Stopped…"])
def test_a_title_keeps_the_mark_at_its_end(title: str) -> None:
    assert summary(title=title) == title


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_POSTMORTEM)
def test_whatever_the_facts_it_is_one_paragraph_without_gaps(record: PostmortemRecord) -> None:
    plain = replace(record, title="Orders waited", impacts=(), factors=(), whys=(), actions=())
    text = draft_summary(replace(plain, no_actions_reason=""))
    assert re.fullmatch(r"(?:[A-Z1-9][^\n]*[.])(?: [A-Z1-9][^\n]*[.])*", text)
    assert "  " not in text
    assert not re.search(r"\bNone\b|\blasted (?:about )?-", text)
