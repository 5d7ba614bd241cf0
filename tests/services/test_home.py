"""What needs a person now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed
from models.rules.record import ActionRecord, ClockTime, IncidentRecord, PostmortemRecord
from models.rules.vocabulary import ActionStatus, Clock, IncidentKind
from services import clock, publishing
from services.home import SHOWN, get_home
from services.incident_relations import mark_duplicate
from services.postmortems import (
    get_postmortem,
    save_meeting,
    save_summary,
    save_title,
    start_postmortem,
)
from services.record_in import store_incident, store_postmortem
from services.unit_of_work import writing
from tests.statements import statements

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def it_is_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def incident(who: Who, title: str, *, hours_ago: int = 5, **fields: object) -> str:
    """A resolved incident; its id."""
    over = NOW - timedelta(hours=hours_ago)
    clocks = {
        Clock.IMPACT_BEGAN: ClockTime(over - timedelta(hours=1)),
        Clock.RESOLVED: ClockTime(over),
    }
    record = IncidentRecord(title=title, clocks=clocks, **fields)  # type: ignore[arg-type]
    with writing(who) as work:
        return store_incident(work, record).id


def with_actions(who: Who, *actions: ActionRecord) -> None:
    with writing(who) as work:
        store_postmortem(work, PostmortemRecord(title="Queue", actions=actions))


def action(text: str, owner: str, days: int | None, status: ActionStatus) -> ActionRecord:
    due = (NOW + timedelta(days=days)).date() if days is not None else None
    return ActionRecord(text, owner=owner, due_on=due, status=status)


def test_nothing_is_there_at_first(ada: Who) -> None:
    home = get_home(ada)
    assert home.is_empty
    assert home.nothing_waits
    assert home.published == ()


def test_a_resolved_incident_without_a_postmortem_waits(ada: Who) -> None:
    incident(ada, "Checkout down")
    home = get_home(ada)
    assert [i.title for i in home.unlearned] == ["Checkout down"]
    assert not home.is_empty


def test_a_drill_a_duplicate_and_one_with_a_postmortem_do_not_wait(ada: Who) -> None:
    incident(ada, "Fire drill", kind=IncidentKind.DRILL)
    incident(ada, "Planned work", kind=IncidentKind.MAINTENANCE)
    first = incident(ada, "Checkout down")
    mark_duplicate(ada, incident(ada, "The same, from another tool"), first, None)
    start_postmortem(ada, [first])
    assert get_home(ada).unlearned == ()


def test_an_incident_of_long_ago_is_counted_and_not_listed(ada: Who) -> None:
    incident(ada, "Brought in from the archive", hours_ago=31 * 24)
    home = get_home(ada)
    assert (home.unlearned, home.unlearned_count) == ((), 1)


def test_only_the_newest_are_listed_and_all_are_counted(ada: Who) -> None:
    for number in range(SHOWN + 2):
        incident(ada, f"Incident {number}", hours_ago=number)
    home = get_home(ada)
    assert [i.title for i in home.unlearned] == [f"Incident {n}" for n in range(SHOWN)]
    assert home.unlearned_count == SHOWN + 2


def test_a_postmortem_waits_for_its_owner_with_its_due_time(ada: Who, ben: Who) -> None:
    made = start_postmortem(ada, [incident(ada, "Checkout down", hours_ago=5)])
    assert [(p.id, p.due_at) for p in get_home(ada).own] == [(made, NOW + timedelta(hours=43))]
    assert get_home(ben).own == ()


def test_a_meeting_that_was_held_is_noticed(ada: Who) -> None:
    made = start_postmortem(ada, [incident(ada, "Checkout down", hours_ago=60)])
    save_meeting(ada, made, NOW - timedelta(hours=1), None)
    assert get_home(ada).own[0].met


def test_a_review_waits_until_it_is_signed(ada: Who, ben: Who) -> None:
    made = start_postmortem(ada, [incident(ada, "Checkout down")])
    publishing.ask_reviewer(ada, made, "Ben Okafor")
    assert [(r.title, r.owner) for r in get_home(ben).reviews] == [("Checkout down", "Ada Brandt")]
    publishing.sign_off(ben, made)
    assert get_home(ben).reviews == ()


def test_a_review_waits_again_when_the_words_have_changed(ada: Who, ben: Who) -> None:
    made = start_postmortem(ada, [incident(ada, "Checkout down")])
    publishing.sign_off(ben, made)
    save_summary(ada, made, "Nobody could pay for an hour.", "")
    assert [(r.title, r.signed_at) for r in get_home(ben).reviews] == [("Checkout down", NOW)]
    save_summary(ada, made, "", "Nobody could pay for an hour.")
    assert get_home(ben).reviews == ()


def test_my_actions_wait_when_late_or_due_within_a_week(ada: Who) -> None:
    promised = ActionStatus.ACCEPTED
    with_actions(
        ada,
        action("Late", "Ada Brandt", -2, ActionStatus.IN_PROGRESS),
        action("Soon", "ada brandt", 6, promised),
        action("Far away", "Ada Brandt", 30, promised),
        action("No date", "Ada Brandt", None, promised),
        action("Done", "Ada Brandt", -2, ActionStatus.DONE),
        action("Only proposed", "Ada Brandt", -2, ActionStatus.PROPOSED),
        action("Of Ben", "Ben Okafor", -2, promised),
    )
    home = get_home(ada)
    assert [(a.text, a.overdue) for a in home.actions] == [("Late", True), ("Soon", False)]
    assert home.actions_count == 2


def test_what_was_published_is_listed_for_everybody(ada: Who, ben: Who) -> None:
    made = start_postmortem(ada, [incident(ada, "Checkout down")])
    publishing.publish_postmortem(ada, made, 1)
    home = get_home(ben)
    assert [(p.postmortem_id, p.owner) for p in home.published] == [(made, "Ada Brandt")]
    assert get_home(ada).own == ()


def test_what_is_being_revised_is_listed_as_it_was_published(ada: Who, ben: Who) -> None:
    made = start_postmortem(ada, [incident(ada, "Checkout down")])
    title = get_postmortem(ada, made).title
    publishing.publish_postmortem(ada, made, 1)
    publishing.back_to_draft(ada, made, "More is known")
    save_title(ada, made, "Not for everybody yet", title)
    assert [(p.postmortem_id, p.title) for p in get_home(ben).published] == [(made, title)]


def test_the_number_of_statements_does_not_grow(ada: Who) -> None:
    with statements() as empty:
        get_home(ada)
    for number in range(4):
        made = start_postmortem(ada, [incident(ada, f"Incident {number}")])
        publishing.ask_reviewer(ada, made, "Ada Brandt")
        with_actions(ada, action("Late", "Ada Brandt", -2, ActionStatus.ACCEPTED))
        incident(ada, "Another")
    with statements() as full:
        get_home(ada)
    assert 0 < len(full) <= len(empty)


def test_the_number_of_statements_does_not_grow_with_signed_reviews(ada: Who) -> None:
    counted = []
    for number in range(3):
        made = start_postmortem(ada, [incident(ada, f"Incident {number}")])
        publishing.sign_off(ada, made)
        save_summary(ada, made, "Other words.", "")
        with statements() as sent:
            assert len(get_home(ada).reviews) == number + 1
        counted.append(len(sent))
    assert counted == [counted[0]] * 3


def test_of_many_that_wait_the_first_are_listed_and_all_are_counted(ada: Who, ben: Who) -> None:
    for n in range(SHOWN + 3):
        mine = start_postmortem(ada, [incident(ada, f"Mine {n}", hours_ago=40 - n)])
        publishing.ask_reviewer(ada, mine, "Ben Okafor")
        if n < SHOWN + 1:
            publishing.sign_off(ben, mine)
            save_summary(ada, mine, f"Changed {n}.", "")
    home = get_home(ada)
    assert [own.title for own in home.own] == [f"Mine {n}" for n in range(SHOWN)]
    assert home.own_count == SHOWN + 3
    asked = get_home(ben)
    assert len(asked.reviews) == SHOWN
    assert {r.title for r in asked.reviews[:2]} == {"Mine 6", "Mine 7"}  # never signed
    assert asked.reviews_count == SHOWN + 3


def test_nobody_sees_nothing(database_file: object) -> None:
    with pytest.raises(NotAllowed):
        get_home(NOBODY)
