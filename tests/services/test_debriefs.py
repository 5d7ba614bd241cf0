"""The talk after an exercise: what beginning it opens, and what its notes do not tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.exercise import commands, facilitating
from models.rules.exercise.hotwash import DebriefNote
from models.rules.policy import Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.rules.vocabulary import ActionStatus
from services import actions, clock, debriefs, exercises
from services.scenario_library import get_scenario


@pytest.fixture
def ended(ada: Who, ben: Who) -> str:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    exercises.start_live(ben, run_id)
    exercises.act_as_seat(ada, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(ben, run_id, facilitating.end, "Time was over")
    return run_id


def test_as_the_talk_begins_seats_read_the_feedback(ada: Who, ben: Who, ended: str) -> None:
    assert not exercises.get_run(ada, ended).play.revealed
    debriefs.start_debrief(ben, ended, 15)
    assert exercises.get_run(ada, ended).play.revealed


def test_a_talk_after_the_feedback_was_shown_begins_all_the_same(ben: Who, ended: str) -> None:
    exercises.act_as_facilitator(ben, ended, facilitating.reveal)
    debriefs.start_debrief(ben, ended, 15)
    run = exercises.get_run(ben, ended)
    assert [event.kind for event in run.log].count("revealed") == 1
    assert run.debrief_started_at is not None


def test_a_talk_that_may_not_begin_shows_nothing(ada: Who, ben: Who, ended: str) -> None:
    with pytest.raises(NotAllowed):
        debriefs.start_debrief(ada, ended, 15)
    with pytest.raises(ProblemForUser, match="between 5 and 30"):
        debriefs.start_debrief(ben, ended, 31)
    assert not exercises.get_run(ben, ended).play.revealed


def test_a_change_of_an_improvement_reaches_every_screen_of_the_talk(
    ada: Who, ben: Who, ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(actions, "announce", told.append)
    day = date(2030, 1, 1)
    action = debriefs.add_improvement(ben, ended, "Add an alert", owner="Ben Okafor", due_on=day)
    for field, was, now in (
        ("owner", "Ben Okafor", "Ada Brandt"),
        ("due_on", day, date(2030, 2, 1)),
        ("status", ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS),
    ):
        before = exercises.get_run(ada, ended).revision
        actions.save_action(ada, action, {field: (was, now)})
        assert exercises.get_run(ada, ended).revision == before + 1
    assert told == [ended] * 3


def test_ones_own_note_is_taken_back_and_can_come_back_as_it_was(
    ada: Who, ben: Who, ended: str
) -> None:
    note = DebriefNote("", "What surprised you?", "The alert came twice", "Why", "Ask", "")
    debriefs.add_note(ada, ended, note, note_id="one")
    with pytest.raises(NotAllowed):
        debriefs.take_back_note(ben, "one")
    before = exercises.get_run(ada, ended).revision
    taken = debriefs.take_back_note(ada, "one")
    assert debriefs.take_back_note(ada, "one") is None
    assert (debriefs.list_notes(ada, ended), debriefs.count_notes(ben, ended)) == ((), 0)
    assert exercises.get_run(ada, ended).revision == before + 1
    assert taken is not None
    debriefs.add_note(ada, ended, taken, note_id="one")
    [row] = debriefs.list_notes(ada, ended)
    assert (row.id, replace(row.note, by="")) == ("one", note)


def test_a_note_without_a_name_is_nobodys_to_take_back(ada: Who, ended: str) -> None:
    note = DebriefNote("", "", "The alert came twice", "", "", "")
    debriefs.add_note(ada, ended, note, anonymous=True, note_id="one")
    with pytest.raises(NotAllowed):
        debriefs.take_back_note(ada, "one")


def test_shown_notes_do_not_tell_in_which_order_they_came(
    ada: Who, ben: Who, ended: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    for minute, note_id in enumerate(("c", "a", "b")):
        later = now + timedelta(minutes=minute)
        monkeypatch.setattr(clock, "now", lambda later=later: later)
        note = DebriefNote("", "", f"note {note_id}", "", "", "")
        debriefs.add_note(ada, ended, note, note_id=note_id)
    assert [row.id for row in debriefs.list_notes(ada, ended)] == ["c", "a", "b"]
    debriefs.show_notes(ben, ended)
    assert [row.id for row in debriefs.list_notes(ada, ended)] == ["a", "b", "c"]


def test_improvements_are_listed_as_they_stand_now(ada: Who, ben: Who, ended: str) -> None:
    late = debriefs.add_improvement(
        ben, ended, "Add an alert", owner="Ada Brandt", due_on=date(2031, 1, 1), objective="O1"
    )
    soon = debriefs.add_improvement(
        ben, ended, "Write the runbook", owner="Ben Okafor", due_on=date(2030, 1, 1)
    )
    actions.save_action(ada, soon, {"status": ("accepted", "in_progress")})
    rows = debriefs.list_improvements(ada, ended)
    assert [(row.id, row.improvement.status) for row in rows] == [
        (soon, "in_progress"), (late, "accepted"),
    ]  # fmt: skip
    assert rows[1].improvement.objective == "O1"
