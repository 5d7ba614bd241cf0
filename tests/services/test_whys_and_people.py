"""Answers, participants and actions of one post-mortem, written by two people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import ActionRecord, WhyRecord
from models.rules.vocabulary import ActionStatus as Status
from models.rules.vocabulary import Priority
from models.rules.whys import MOST_LEVELS
from models.tables.postmortem import ActionItem
from services import actions, clock, postmortems, publishing, whys
from services.unit_of_work import reading
from tests.small_postmortem import stored


@pytest.fixture
def pm(ada: Who) -> str:
    return stored(ada)


def outline(roots: tuple[WhyRecord, ...]) -> list[str]:
    return [f"{'-' * depth}{why.text}" for root in roots for depth, why in root.walk()]


def tree(who: Who, pm: str) -> list[str]:
    return outline(postmortems.get_postmortem(who, pm).whys)


def test_an_answer_that_is_moved_stands_behind_those_already_there(ada: Who, pm: str) -> None:
    root = whys.add_why(ada, pm, None, "The page was late")
    for text in ("one", "two", "three"):
        whys.add_why(ada, pm, root, text)
    whys.move_why(ada, "w2", root)
    assert tree(ada, pm)[1:] == [
        "The page was late", "-one", "-two", "-three", "-The default of the setting is zero",
    ]  # fmt: skip
    whys.move_why(ada, "w2", None)
    assert tree(ada, pm)[-1] == "The default of the setting is zero"


def test_a_move_to_where_it_is_changes_nothing(ada: Who, pm: str) -> None:
    whys.add_why(ada, pm, "w1", "another")
    before = tree(ada, pm)
    whys.move_why(ada, "w2", "w1")
    assert tree(ada, pm) == before


def test_two_moves_that_would_make_a_ring_make_none(ada: Who, ben: Who, pm: str) -> None:
    other = whys.add_why(ada, pm, None, "The page was late")
    whys.move_why(ada, "w1", other)
    with pytest.raises(ProblemForUser, match="below itself"):
        whys.move_why(ben, other, "w2")
    assert len(tree(ada, pm)) == 3


def test_an_answer_does_not_move_to_another_postmortem(ada: Who, pm: str) -> None:
    there = whys.add_why(ada, stored(ada), None, "Elsewhere")
    with pytest.raises(ProblemForUser, match="another post-mortem"):
        whys.move_why(ada, "w2", there)
    with pytest.raises(ProblemForUser, match="another post-mortem"):
        whys.add_why(ada, pm, there, "Below")


def test_a_tree_grows_to_its_limit_and_no_further(ada: Who, pm: str) -> None:
    last: str | None = None
    for level in range(MOST_LEVELS):
        last = whys.add_why(ada, pm, last, f"level {level}")
    with pytest.raises(ProblemForUser, match=f"{MOST_LEVELS} levels"):
        whys.add_why(ada, pm, last, "one more")


def test_an_answer_goes_with_its_tags_and_links_and_only_when_nothing_hangs_below(
    ada: Who, pm: str
) -> None:
    whys.link_events(ada, "w2", ["e2"], [])
    with pytest.raises(ProblemForUser, match="below it first"):
        whys.remove_why(ada, "w1")
    whys.remove_why(ada, "w2")
    record = postmortems.get_postmortem(ada, pm)
    assert (outline(record.whys), record.all_factors) == (["Orders were not retried"], ())


def test_of_two_rewordings_the_second_is_asked_about(ada: Who, ben: Who, pm: str) -> None:
    was = "The default of the setting is zero"
    whys.save_why(ada, "w2", "Nothing sets the limit", was)
    with pytest.raises(Conflict) as found:
        whys.save_why(ben, "w2", "The limit has no default", was)
    assert (found.value.theirs, found.value.yours) == (
        "Nothing sets the limit",
        "The limit has no default",
    )


def test_links_and_tags_of_two_people_add_up(ada: Who, ben: Who, pm: str) -> None:
    whys.link_events(ada, "w1", ["e1", "e2"], ["e1"])
    whys.link_events(ben, "w1", ["e1", "e3"], ["e1"])
    whys.tag_factors(ada, pm, ["Capacity"], [], why_id="w1")
    whys.tag_factors(ben, pm, ["Missing test"], [], why_id="w1")
    whys.tag_factors(ben, pm, ["capacity", "Missing test"], ["Missing test"], why_id="w1")
    [root] = postmortems.get_postmortem(ada, pm).whys
    assert root.event_ids == ("e1", "e2", "e3")
    assert root.factors == ("Capacity", "Missing test")


def test_events_of_another_postmortem_are_not_linked(ada: Who, pm: str) -> None:
    other = postmortems.get_postmortem(ada, stored(ada))
    whys.link_events(ada, "w1", ["e1", other.events[0].id], ["e1"])
    assert postmortems.get_postmortem(ada, pm).whys[0].event_ids == ("e1",)


def roles(who: Who, pm: str) -> dict[str, str]:
    return {p.name: p.role for p in postmortems.get_postmortem(who, pm).participants}


def test_a_role_is_changed_from_the_one_that_was_seen(ada: Who, pm: str) -> None:
    postmortems.save_participant(ada, pm, "Ada Brandt", "expert", was="commander")
    postmortems.save_participant(ada, pm, "Cleo Novak", "scribe")
    assert roles(ada, pm) == {"Ada Brandt": "expert", "Cleo Novak": "scribe"}


def test_two_people_who_change_the_same_role_do_not_overwrite_each_other(
    ada: Who, ben: Who, pm: str
) -> None:
    postmortems.save_participant(ada, pm, "Ada Brandt", "expert", was="commander")
    with pytest.raises(Conflict) as found:
        postmortems.save_participant(ben, pm, "Ada Brandt", "scribe", was="commander")
    assert (found.value.theirs, found.value.yours) == ("expert", "scribe")
    assert roles(ada, pm) == {"Ada Brandt": "expert"}


def test_adding_who_is_there_already_does_not_change_their_role_unseen(ada: Who, pm: str) -> None:
    postmortems.save_participant(ada, pm, "ada brandt", "commander")  # the same again
    with pytest.raises(Conflict):
        postmortems.save_participant(ada, pm, "ada brandt", "scribe")
    assert roles(ada, pm) == {"Ada Brandt": "commander"}


def done_at(who: Who, action_id: str) -> datetime | None:
    with reading(who) as work:
        return work.get(ActionItem, action_id, "action").done_at


def test_when_an_action_was_done_is_noted_once_and_forgotten_when_it_opens_again(
    ada: Who, pm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    nine = datetime(2026, 3, 10, 9, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: nine)
    actions.save_action(
        ada, "a1", {"status": (Status.PROPOSED, Status.DONE), "reason": ("", "PR 12")}
    )
    monkeypatch.setattr(clock, "now", lambda: nine + timedelta(hours=1))
    actions.save_action(ada, "a1", {"reason": ("PR 12", "PR 12 and 13")})
    assert done_at(ada, "a1") == nine
    actions.save_action(ada, "a1", {"status": (Status.DONE, Status.IN_PROGRESS)})
    assert done_at(ada, "a1") is None


def test_a_declined_action_keeps_its_reason(ada: Who, pm: str) -> None:
    actions.save_action(
        ada, "a1", {"status": (Status.PROPOSED, Status.DECLINED), "reason": ("", "Too dear")}
    )
    with pytest.raises(ProblemForUser, match="why"):
        actions.save_action(ada, "a1", {"reason": ("Too dear", "  ")})
    [row] = actions.list_actions(ada, postmortem_id=pm)
    assert (row.status, row.reason) == (Status.DECLINED, "Too dear")


def test_a_refused_field_leaves_the_others_as_they_were(ada: Who, pm: str) -> None:
    changes = {"owner": ("Ada Brandt", "Cleo Novak"), "due_on": (None, None), "text": ("x", "y")}
    with pytest.raises(Conflict):
        actions.save_action(ada, "a1", changes)
    assert [a.owner for a in actions.list_actions(ada, postmortem_id=pm)] == ["Ada Brandt"]


def test_publishing_accepts_what_was_proposed_and_nothing_else(ada: Who, pm: str) -> None:
    ids = {
        status: actions.add_action(ada, pm, ActionRecord(f"Add an alert, {status}"))
        for status in (Status.IN_PROGRESS, Status.DONE, Status.DECLINED, Status.PROPOSED)
    }
    for status in (Status.IN_PROGRESS, Status.DONE, Status.DECLINED):
        change = {"status": (Status.PROPOSED, status), "reason": ("", "so it is")}
        actions.save_action(ada, ids[status], change)
    publishing.publish_postmortem(ada, pm, 1)
    now = {a.id: a.status for a in actions.list_actions(ada, postmortem_id=pm)}
    assert now.pop("a1") is Status.ACCEPTED
    assert now == {
        ids[Status.IN_PROGRESS]: Status.IN_PROGRESS,
        ids[Status.DONE]: Status.DONE,
        ids[Status.DECLINED]: Status.DECLINED,
        ids[Status.PROPOSED]: Status.ACCEPTED,
    }


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("text", ("Refuse a release whose retry limit is zero", "Other")),
        ("priority", (Priority.HIGH, Priority.LOW)),
        ("factor", ("Configuration change", "Capacity")),
    ],
)
def test_what_was_published_about_an_action_is_frozen(
    ada: Who, pm: str, field: str, change: tuple[object, object]
) -> None:
    publishing.publish_postmortem(ada, pm, 1)
    with pytest.raises(ProblemForUser, match="frozen"):
        actions.save_action(ada, "a1", {field: change})
    publishing.back_to_draft(ada, pm, "More is known")
    actions.save_action(ada, "a1", {field: change})


def test_a_sign_off_is_for_the_actions_too(ada: Who, ben: Who, pm: str) -> None:
    publishing.sign_off(ben, pm)
    actions.save_action(ada, "a1", {"owner": ("Ada Brandt", "Ben Okafor")})
    assert [r.stale for r in postmortems.get_postmortem(ada, pm).reviews] == [False]
    actions.save_action(ada, "a1", {"priority": (Priority.HIGH, Priority.LOW)})
    assert [r.stale for r in postmortems.get_postmortem(ada, pm).reviews] == [True]
