from __future__ import annotations

from datetime import timedelta

import pytest

from models.rules.exercise.commands import decide, note
from models.rules.exercise.due import interrupted
from models.rules.exercise.facilitating import pause, resume, set_speed, skip
from models.rules.exercise.play import story_now
from models.rules.problems import ProblemForUser
from tests.rules.exercise.table import Table, came, kinds


def test_each_inject_comes_at_its_minute_and_once() -> None:
    table = Table().sit("ic", "ops").live()
    assert came(table.log) == [(0, "page")]
    assert table.wait(seconds=119) == ()
    assert came(table.wait(seconds=1)) == [(2, "first")]
    assert table.wait() == ()


def test_what_comes_is_logged_at_its_own_minute_however_late_anybody_looks() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(90)
    assert came(table.log)[:4] == [(0, "page"), (2, "first"), (12, "k-shop"), (23, "board")]
    assert [e.story for e in table.log] == sorted(e.story for e in table.log)


def test_when_the_time_is_over_the_default_is_taken_at_the_deadline() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(7)
    decided = table.log[-1]
    assert (decided.kind, decided.story, decided.what.option) == ("decided", 7 * 60, "wait")
    assert decided.what.how == "timeout"


def test_an_option_has_its_effect_when_its_minutes_are_over() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.do(decide, "declare", by="ic")
    assert table.play.state["late"] == 10
    table.wait(3)
    assert table.play.state["late"] == 30


def test_after_a_pause_of_any_length_nothing_bursts() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(1)
    table.do(pause)
    assert table.wait(600) == ()
    table.do(resume)
    assert table.wait(seconds=59) == ()
    assert came(table.wait(seconds=1)) == [(2, "first")]


def test_pausing_twice_is_logged_once() -> None:
    table = Table().sit("ic").live()
    assert kinds(table.do(pause)) == ["paused"]
    assert table.do(pause) == ()


def test_at_ten_times_the_speed_a_minute_of_the_story_takes_six_seconds() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(1)
    table.do(set_speed, 10)
    assert table.wait(seconds=5) == ()
    assert came(table.wait(seconds=1)) == [(2, "first")]


def test_the_speed_has_the_limit_of_the_scenario() -> None:
    table = Table().sit("ic").live()
    with pytest.raises(ProblemForUser, match="between 1 and 10"):
        table.do(set_speed, 11)


def test_a_skip_goes_to_the_next_thing_and_no_further() -> None:
    table = Table().sit("ic", "ops").live()
    assert came(table.do(skip)) == [(2, "first")]
    table.do(skip, 60)
    assert story_now(table.play, table.now) == 7 * 60
    assert table.log[-1].kind == "decided"


def test_a_skip_into_the_past_is_refused() -> None:
    table = Table().sit("ic").live()
    table.wait(5)
    with pytest.raises(ProblemForUser, match="minute 5 already"):
        table.do(skip, 5)


def test_when_the_machines_clock_is_put_back_the_story_goes_on_from_where_it_was() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(5)
    table.do(note, "We look at the dashboards.", by="ops")
    table.now -= timedelta(hours=3)
    assert story_now(table.play, table.now) == 5 * 60
    table.do(note, "Somebody set the time of the server.", by="ops")
    table.now += timedelta(minutes=1)
    assert story_now(table.play, table.now) == 6 * 60


def test_after_the_server_was_away_the_story_goes_on_from_the_last_event() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.now += timedelta(hours=2)
    assert kinds(table.add(*interrupted(table.play, table.now))) == ["paused"]
    table.do(resume)
    assert story_now(table.play, table.now) == 2 * 60
    assert table.wait(4) == ()
    assert kinds(table.wait(1)) == ["decided"]
