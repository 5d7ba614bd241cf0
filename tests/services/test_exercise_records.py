"""What exercises leave behind: lists, the notes and actions of the hot wash, facts of a report."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import select

from models.rules.exercise import commands, facilitating
from models.rules.exercise.hotwash import DebriefNote
from models.rules.policy import Who
from models.rules.problems import Conflict, NotAllowed, ProblemForUser
from models.rules.vocabulary import ActionStatus
from models.tables import exercise as tables
from models.tables.people import AuditEntry
from services import (
    action_list,
    actions,
    debriefs,
    exercise_records,
    exercise_reviews,
    exercises,
)
from services.exercise_records import WantedRuns
from services.scenario_library import get_scenario
from services.unit_of_work import reading
from tests.statements import statements

NOTE = DebriefNote("", "What surprised you?", "The alert came twice", "Nobody knew why", "", "")


def play_one(facilitator: Who, player: Who) -> str:
    scenario, _ = get_scenario(facilitator, "first-page")
    run_id = exercises.open_run(facilitator, scenario)
    exercises.join_run(player, run_id, scenario.seats[0].id)
    exercises.start_live(facilitator, run_id)
    exercises.act_as_seat(player, run_id, commands.declare, "errors at the shop")
    exercises.act_as_facilitator(facilitator, run_id, facilitating.end, "Time was over")
    return run_id


@pytest.fixture
def ended(ada: Who, ben: Who) -> str:
    return play_one(ben, ada)


def test_a_list_says_who_plays_who_leads_and_how_it_ended(ada: Who, ben: Who, ended: str) -> None:
    [mine] = exercise_records.list_runs(ada)
    assert (mine.id, mine.phase, mine.ending, mine.players) == (ended, "ended", "stopped", 1)
    assert (mine.is_mine, mine.is_facilitator) == (True, False)
    [led] = exercise_records.list_runs(ben)
    assert (led.is_mine, led.is_facilitator) == (False, True)


def test_a_solo_run_is_its_players_alone_also_when_it_has_ended(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ada, "first-page")
    run_id = exercises.open_run(ada, scenario, solo=True)
    assert exercise_records.list_runs(ben) == ()
    exercises.act_as_facilitator(ada, run_id, facilitating.end, "Enough for today")
    assert exercise_records.list_runs(ben) == ()
    wanted = WantedRuns(ended=True)
    assert exercise_records.find_runs(ben, wanted).count == 0
    with pytest.raises(NotAllowed, match="played alone"):
        exercise_records.get_facts(ben, run_id)
    assert exercise_records.get_facts(ada, run_id).record
    assert list(exercise_records.list_played(ben)) == ["first-page"]


def test_silent_notes_are_their_writers_alone_until_they_are_shown(
    ada: Who, ben: Who, ended: str
) -> None:
    debriefs.start_debrief(ben, ended, 15)
    debriefs.add_note(ada, ended, NOTE, note_id="one")
    debriefs.add_note(ada, ended, NOTE, note_id="one")
    assert [row.own for row in debriefs.list_notes(ada, ended)] == [True]
    assert debriefs.list_notes(ben, ended) == ()
    assert debriefs.count_notes(ben, ended) == 1
    debriefs.show_notes(ben, ended)
    [row] = debriefs.list_notes(ben, ended)
    assert (row.note.moment, row.note.by, row.own) == (NOTE.moment, "Ada Brandt", False)


def test_an_anonymous_note_names_nobody_anywhere(ada: Who, ben: Who, ended: str) -> None:
    debriefs.add_note(ada, ended, NOTE, anonymous=True)
    debriefs.show_notes(ben, ended)
    assert [row.note.by for row in debriefs.list_notes(ben, ended)] == [""]
    with reading(ada) as work:
        [line] = work.session.exec(
            select(AuditEntry).where(AuditEntry.action == "debrief.note_added")
        ).all()
        [note] = work.session.exec(select(tables.DebriefNote)).all()
        assert (line.person_id, note.person_id) == (None, None)


def test_two_windows_on_one_note_never_overwrite_each_other(ada: Who, ended: str) -> None:
    debriefs.add_note(ada, ended, NOTE, note_id="one")
    first = DebriefNote("", "", "Twice in a minute", NOTE.gap, "", "")
    debriefs.change_note(ada, "one", NOTE, first)
    second = DebriefNote("", "", "Three times", NOTE.gap, "", "")
    with pytest.raises(Conflict):
        debriefs.change_note(ada, "one", NOTE, second)
    assert debriefs.list_notes(ada, ended)[0].note.moment == "Twice in a minute"


def test_only_a_facilitator_leads_the_debrief_and_only_after_the_end(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    with pytest.raises(ProblemForUser):
        debriefs.start_debrief(ben, run_id, 15)
    with pytest.raises(NotAllowed):
        debriefs.show_notes(ada, run_id)


def test_an_improvement_is_an_owned_and_dated_action_in_the_one_list(
    ada: Who, ben: Who, ended: str
) -> None:
    day = date(2026, 12, 1)
    for _ in range(2):
        debriefs.add_improvement(
            ben, ended, "Add a graph of retries", owner="Ada Brandt", due_on=day, action_id="i1"
        )
    [row] = action_list.find_actions(ada, action_list.WantedActions()).rows
    assert (row.text, row.owner, row.due_on) == ("Add a graph of retries", "Ada Brandt", day)
    assert (row.status, row.run_id) == (ActionStatus.ACCEPTED, ended)
    assert row.source_title == exercises.get_run(ben, ended).title
    [kept] = exercise_records.get_facts(ben, ended).improvements
    assert (kept.owner, kept.due_on) == ("Ada Brandt", day)
    with pytest.raises(ProblemForUser):
        debriefs.add_improvement(ben, ended, "Look at it", owner="", due_on=day)


def test_the_record_is_made_anew_when_the_log_grew(ben: Who, ended: str) -> None:
    before = exercise_records.get_record(ben, ended)
    exercises.act_as_facilitator(ben, ended, facilitating.observe, "Calm from the first minute")
    after = exercise_records.get_record(ben, ended)
    assert len(after.observations) == len(before.observations) + 1


def test_the_number_of_queries_does_not_grow_with_the_runs(ada: Who, ben: Who, ended: str) -> None:
    other = play_one(ben, ada)
    reads = {
        "list_runs": lambda: exercise_records.list_runs(ada),
        "find_runs": lambda: exercise_records.find_runs(ada, WantedRuns(ended=True)),
        "list_played": lambda: exercise_records.list_played(ada),
        "get_facts": lambda: exercise_records.get_facts(ben, ended),
        "get_record": lambda: exercise_records.get_record(ben, ended),
        "list_notes": lambda: debriefs.list_notes(ben, ended),
        "count_notes": lambda: debriefs.count_notes(ben, ended),
        "list_improvements": lambda: debriefs.list_improvements(ben, ended),
        "list_actions": lambda: actions.list_actions(ada, run_id=ended),
        "list_comparable": lambda: exercise_reviews.list_comparable(ben, ended),
        "get_comparison": lambda: exercise_reviews.get_comparison(ben, ended, other),
    }

    def counts() -> dict[str, int]:
        found = {}
        for name, read in reads.items():
            read()
            with statements() as sent:
                read()
            found[name] = len(sent)
        return found

    def add_one_of_each() -> None:
        play_one(ben, ada)
        debriefs.add_note(ada, ended, NOTE)
        debriefs.add_improvement(
            ben, ended, "Add a graph", owner="Ada Brandt", due_on=date(2026, 12, 1)
        )

    debriefs.show_notes(ben, ended)
    add_one_of_each()
    few = counts()
    for _ in range(3):
        add_one_of_each()
    assert counts() == few
