from __future__ import annotations

from datetime import timedelta

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import ActionRecord
from models.rules.vocabulary import ActionStatus
from services import actions, clock, postmortems, publishing
from tests.small_postmortem import stored


def test_an_action_without_a_date_is_due_by_its_severity(ada: Who) -> None:
    pm = stored(ada)
    added = actions.add_action(ada, pm, ActionRecord("Add an alert on queue age"))
    [row] = [a for a in actions.list_actions(ada, postmortem_id=pm) if a.id == added]
    assert row.due_on == clock.now().date() + timedelta(days=15)
    assert row.status is ActionStatus.PROPOSED


def test_adding_the_same_action_twice_adds_it_once(ada: Who) -> None:
    pm = stored(ada)
    for _ in range(2):
        actions.add_action(ada, pm, ActionRecord("Add an alert"), action_id="made1by2page")
    assert len(actions.list_actions(ada, postmortem_id=pm)) == 2


def test_declining_needs_a_reason(ada: Who) -> None:
    pm = stored(ada)
    [row] = actions.list_actions(ada, postmortem_id=pm)
    change = {"status": (ActionStatus.PROPOSED, ActionStatus.DECLINED)}
    with pytest.raises(ProblemForUser, match="why"):
        actions.save_action(ada, row.id, change)
    actions.save_action(ada, row.id, {**change, "reason": ("", "The queue goes away in May")})
    [row] = actions.list_actions(ada, postmortem_id=pm)
    assert (row.status, row.reason) == (ActionStatus.DECLINED, "The queue goes away in May")


def test_the_words_are_frozen_after_publication_but_not_owner_and_status(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    [row] = actions.list_actions(ada, postmortem_id=pm)
    with pytest.raises(ProblemForUser, match="frozen"):
        actions.save_action(ada, row.id, {"text": (row.text, "Something else entirely")})
    actions.save_action(ada, row.id, {"owner": ("Ada Brandt", "Cleo Novak")})
    actions.save_action(ada, row.id, {"status": (row.status, ActionStatus.IN_PROGRESS)})
    [row] = actions.list_actions(ada, postmortem_id=pm)
    assert (row.owner, row.status) == ("Cleo Novak", ActionStatus.IN_PROGRESS)


def test_two_people_who_change_the_same_field_do_not_overwrite_each_other(
    ada: Who, ben: Who
) -> None:
    pm = stored(ada)
    [row] = actions.list_actions(ada, postmortem_id=pm)
    actions.save_action(ada, row.id, {"owner": ("Ada Brandt", "Ben Okafor")})
    with pytest.raises(Conflict) as conflict:
        actions.save_action(ben, row.id, {"owner": ("Ada Brandt", "Cleo Novak")})
    assert (conflict.value.theirs, conflict.value.yours) == ("Ben Okafor", "Cleo Novak")


def test_a_promise_is_declined_and_not_removed(ada: Who) -> None:
    pm = stored(ada)
    [row] = actions.list_actions(ada, postmortem_id=pm)
    publishing.publish_postmortem(ada, pm, 1)
    with pytest.raises(ProblemForUser, match="promise"):
        actions.remove_action(ada, row.id)


def test_removing_a_proposal_twice_is_harmless(ada: Who) -> None:
    pm = stored(ada)
    [row] = actions.list_actions(ada, postmortem_id=pm)
    actions.remove_action(ada, row.id)
    actions.remove_action(ada, row.id)
    assert postmortems.get_postmortem(ada, pm).actions == ()


def test_only_what_is_neither_done_nor_an_idea_is_overdue(ada: Who) -> None:
    pm = stored(ada)
    [row] = actions.list_actions(ada, postmortem_id=pm)
    yesterday = clock.now().date() - timedelta(days=1)
    actions.save_action(ada, row.id, {"due_on": (row.due_on, yesterday)})
    assert [a.overdue for a in actions.list_actions(ada)] == [True], "nobody has decided"
    actions.save_action(ada, row.id, {"status": (row.status, ActionStatus.IDEA)})
    assert [a.overdue for a in actions.list_actions(ada)] == [False]
    actions.save_action(ada, row.id, {"status": (ActionStatus.IDEA, ActionStatus.ACCEPTED)})
    assert [a.overdue for a in actions.list_actions(ada)] == [True]
    done = {"status": (ActionStatus.ACCEPTED, ActionStatus.DONE), "reason": ("", "Released in 41")}
    actions.save_action(ada, row.id, done)
    assert [a.overdue for a in actions.list_actions(ada)] == [False]
