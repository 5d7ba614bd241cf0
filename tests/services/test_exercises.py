"""Exercises are opened, joined and played; the log keeps everything, and goes on after a stop."""

from __future__ import annotations

import itertools
import threading
from datetime import timedelta

import pytest

from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.scenario.shape import Scenario
from services import announcements, exercise_log, exercise_wakes, exercises
from tests.services.conftest import Time


def test_who_plays_alone_begins_at_once_and_has_every_seat(
    ada: Who, scenario: Scenario, time: Time
) -> None:
    run = exercises.get_run(ada, exercises.open_run(ada, scenario, solo=True))
    assert run.play.phase == "running"
    assert exercises.look(ada, run).inbox


def test_nobody_reads_along_while_somebody_plays_alone(
    ada: Who, ben: Who, scenario: Scenario, time: Time
) -> None:
    run_id = exercises.open_run(ada, scenario, solo=True)
    with pytest.raises(NotFound):
        exercises.get_run(ben, run_id)
    with pytest.raises(NotAllowed):
        exercises.look_behind(ada, exercises.get_run(ada, run_id))


def test_what_is_done_in_a_seat_is_in_the_log_and_the_same_click_only_once(
    ada: Who, live: str
) -> None:
    for _ in range(2):
        exercises.act_as_seat(ada, live, commands.note, "we look at the graphs", click="one")
    log = exercises.get_run(ada, live).log
    assert [event.kind for event in log].count("note") == 1


def test_only_a_facilitator_leads_and_only_a_seat_plays(ada: Who, ben: Who, live: str) -> None:
    with pytest.raises(NotAllowed):
        exercises.act_as_facilitator(ada, live, facilitating.pause)
    with pytest.raises(NotAllowed):
        exercises.act_as_seat(ben, live, commands.note, "I look too")
    with pytest.raises(NotAllowed):
        exercises.look_behind(ada, exercises.get_run(ada, live))
    with pytest.raises(NotAllowed):
        exercises.facilitate_too(ada, live)


def test_a_step_that_is_refused_leaves_nothing(ada: Who, ben: Who, live: str) -> None:
    before = exercises.get_run(ben, live)
    with pytest.raises(ProblemForUser):
        exercises.act_as_seat(ada, live, commands.close)
    assert exercises.get_run(ben, live).log == before.log


def test_the_clockwork_delivers_what_is_due_and_only_then(ben: Who, live: str, time: Time) -> None:
    run = exercises.get_run(ben, live)
    due_at = exercise_log.wake_at(run.play)
    assert due_at is not None
    work = exercise_wakes.Clockwork(exercises.tick)
    while time.now < due_at - timedelta(seconds=10):
        time.forward(seconds=9)
        work.look_once()
    assert exercises.get_run(ben, live).revision == run.revision
    time.now = due_at
    work.look_once()
    after = exercises.get_run(ben, live)
    assert after.revision > run.revision
    assert after.play.phase == "running"


def test_a_clock_that_no_server_looked_after_stands_until_somebody_resumes(
    ada: Who, ben: Who, live: str, time: Time
) -> None:
    before = exercises.get_run(ben, live).play
    time.forward(hours=2)
    exercise_wakes.Clockwork(exercises.tick).look_once()
    after = exercises.get_run(ben, live).play
    assert after.phase == "paused"
    assert after.deliveries == before.deliveries
    exercises.act_as_facilitator(ben, live, facilitating.resume)
    assert exercises.get_run(ben, live).play.phase == "running"


def test_a_clock_that_is_looked_after_goes_on(ben: Who, live: str, time: Time) -> None:
    work = exercise_wakes.Clockwork(exercises.tick)
    for _ in range(12):
        time.forward(seconds=6)
        work.look_once()
    assert exercises.get_run(ben, live).play.phase == "running"


def test_a_process_that_starts_anew_reaches_the_same_state(
    ada: Who, ben: Who, live: str, time: Time
) -> None:
    exercises.act_as_seat(ada, live, commands.declare, "customers see errors")
    known = exercises.get_run(ben, live)
    exercise_log._reached.clear()
    found = exercises.get_run(ben, live)
    assert (found.play, found.log) == (known.play, known.log)


def test_many_who_act_at_once_make_one_log_without_gaps(ada: Who, ben: Who, live: str) -> None:
    numbers = itertools.count()
    problems: list[Exception] = []

    def write() -> None:
        try:
            for _ in range(10):
                text = f"note {next(numbers)}"
                exercises.act_as_seat(ada, live, commands.note, text)
        except Exception as problem:  # noqa: BLE001 - a thread hands it over to the test
            problems.append(problem)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = exercises.get_run(ben, live).log
    assert not problems
    assert [event.seq for event in log] == list(range(1, len(log) + 1))
    assert [event.kind for event in log].count("note") == 40


def test_screens_are_told_of_changes_of_this_process_and_of_others(
    ada: Who, live: str, time: Time
) -> None:
    told: list[str] = []
    work = exercise_wakes.Clockwork(exercises.tick)
    with announcements.waiting_for(live, lambda: told.append("told")):
        work.look_once()
        told.clear()
        exercises.act_as_seat(ada, live, commands.note, "here")
        assert told == ["told"]
        work.look_once()
        assert told == ["told", "told"]  # as if the note had come from another process
        work.look_once()
        assert told == ["told", "told"]
    exercises.act_as_seat(ada, live, commands.note, "and gone")
    assert told == ["told", "told"]
