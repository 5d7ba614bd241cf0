"""What may go wrong in a live exercise, and leaves its log consistent and its clock right."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from models.rules.exercise import commands, facilitating
from models.rules.exercise.commands import Request
from models.rules.exercise.events import Decided, Event
from models.rules.exercise.play import Play
from models.rules.policy import Who
from models.rules.problems import BadFile, NotAllowed, ProblemForUser
from models.rules.scenario.shape import Scenario
from services import exercise_log, exercise_wakes, exercises, people
from tests.services.conftest import Time

HOSTILE = (
    "<script>alert(1)</script> ![x](http://192.0.2.1/x.png) \u202egpj.exe **bold** " + "x" * 4_900
)


def kinds(who: Who, run_id: str) -> list[str]:
    return [event.kind for event in exercises.get_run(who, run_id).log]


def open_decision(who: Who, run_id: str) -> int:
    opened = exercises.get_run(who, run_id).play.decision
    assert opened is not None
    return opened.delivery


def at_once(*acts: Callable[[], object]) -> list[ProblemForUser]:
    """Does all of it in threads that begin together; the problems that people were told."""
    together, told = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        together.wait()
        try:
            act()
        except ProblemForUser as problem:
            told.append(problem)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_two_who_lead_and_act_at_once_from_the_same_screen_do_it_once(
    ben: Who, live: str, scenario: Scenario
) -> None:
    cleo = people.introduce("Cleo Tan")
    exercises.facilitate_too(cleo, live)
    one = scenario.contingencies[0].id

    def throw(who: Who) -> Callable[[], object]:
        return lambda: exercises.act_as_facilitator(
            who, live, facilitating.play_contingency, one, click="lead:as-drawn:7"
        )

    assert at_once(throw(ben), throw(cleo)) == []
    assert kinds(ben, live).count("injected") == 1


def test_two_who_decide_at_once_make_one_decision_and_the_other_is_told(
    ada: Who, ben: Who, live: str
) -> None:
    number = open_decision(ben, live)
    told = at_once(
        lambda: exercises.act_as_seat(ada, live, commands.decide, "declare", delivery=number),
        lambda: exercises.act_as_facilitator(
            ben, live, commands.decide, "read", delivery=number, reason="Time is short"
        ),
    )
    assert kinds(ben, live).count("decided") == 1
    [problem] = told
    assert "This decision is closed" in problem.message


def test_an_end_while_somebody_decides_leaves_one_story(ada: Who, ben: Who, live: str) -> None:
    number = open_decision(ben, live)
    told = at_once(
        lambda: exercises.act_as_seat(ada, live, commands.decide, "declare", delivery=number),
        lambda: exercises.act_as_facilitator(ben, live, facilitating.end, "The hour is over"),
    )
    found = kinds(ben, live)
    assert found[-1] == "ended"
    assert found.count("decided") + len(told) == 1


def test_a_decision_that_is_closed_says_so_and_changes_nothing(
    ada: Who, ben: Who, live: str, time: Time
) -> None:
    number = open_decision(ben, live)
    for _ in range(11):
        time.forward(seconds=10)
        exercise_wakes.Clockwork(exercises.tick).look_once()
    time.forward(seconds=15)  # its two minutes are over, and no clock has looked yet
    with pytest.raises(ProblemForUser, match="This decision is closed"):
        exercises.act_as_seat(ada, live, commands.decide, "declare", delivery=number)
    exercises.tick(live)
    decided = [e.what for e in exercises.get_run(ben, live).log if isinstance(e.what, Decided)]
    assert [(what.option, what.how) for what in decided] == [("wait", "timeout")]


def test_a_pause_while_a_decision_is_open_keeps_its_time(
    ada: Who, ben: Who, live: str, time: Time
) -> None:
    work = exercise_wakes.Clockwork(exercises.tick)
    time.forward(seconds=10)
    exercises.act_as_facilitator(ben, live, facilitating.pause)
    before = exercises.look(ada, exercises.get_run(ada, live))
    for _ in range(30):
        time.forward(minutes=10)
        work.look_once()
    run = exercises.get_run(ada, live)
    after = exercises.look(ada, run)
    assert after.decision == before.decision
    assert after.story == before.story
    exercises.act_as_facilitator(ben, live, facilitating.resume)
    time.forward(seconds=5)
    work.look_once()
    exercises.act_as_seat(ada, live, commands.decide, "declare", delivery=open_decision(ada, live))
    assert "decided" in kinds(ada, live)


def test_who_comes_after_the_last_place_is_told_so(ben: Who, scenario: Scenario) -> None:
    table = scenario.model_copy(update={"max_players": 50})
    run_id = exercises.open_run(ben, table)
    guests = [people.introduce(f"Guest {n}") for n in range(60)]
    told = []
    for guest in guests:
        try:
            exercises.join_run(guest, run_id, scenario.seats[0].id)
        except ProblemForUser as problem:
            told.append(problem.message)
    assert told == ["All 50 places are taken."] * 10
    run = exercises.get_run(ben, run_id)
    assert len(run.play.players) == len(run.play.seats) == 50


def test_what_players_write_is_kept_as_text_however_hostile(ada: Who, ben: Who, live: str) -> None:
    number = open_decision(ben, live)
    exercises.act_as_seat(ada, live, commands.answer, number, HOSTILE)
    [(_, answer)] = exercises.look_behind(ben, exercises.get_run(ben, live)).received[0].answers
    assert answer.startswith("<script>alert(1)</script> ![x](")
    assert "\u202e" not in answer
    with pytest.raises(ProblemForUser):
        exercises.act_as_seat(ada, live, commands.note, "x" * 1_000_000)


def test_a_scenario_with_errors_is_not_opened_whoever_asks(ben: Who, scenario: Scenario) -> None:
    first, *others = scenario.nodes.items()
    broken = first[1].model_copy(update={"next": "nowhere", "decision": None})
    nodes = {first[0]: broken, **dict(others)}
    with pytest.raises(BadFile) as told:
        exercises.open_run(ben, scenario.model_copy(update={"nodes": nodes}))
    assert any("nowhere" in one.message for one in told.value.problems)


def test_a_run_plays_on_from_its_own_copy_when_the_scenario_is_gone(
    ada: Who, ben: Who, live: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.scenario_library.FOLDER", None)
    exercise_log._reached.clear()
    exercise_log.scenario_of.cache_clear()
    number = open_decision(ben, live)
    exercises.act_as_seat(ada, live, commands.decide, "declare", delivery=number)
    assert exercises.get_run(ada, live).scenario.title == "Your first page"


def test_who_has_no_seat_can_neither_act_nor_read_along(ada: Who, live: str) -> None:
    stranger = people.introduce("Sam Stranger")
    with pytest.raises(NotAllowed):
        exercises.look(stranger, exercises.get_run(stranger, live))
    with pytest.raises(NotAllowed):
        exercises.act_as_seat(stranger, live, commands.note, "I was here")


def test_a_rule_that_breaks_half_way_leaves_no_event(ada: Who, live: str) -> None:
    def breaks(play: Play, request: Request) -> tuple[Event, ...]:
        [event] = commands.note(play, request, "the first half")
        return (event, event)  # the same number twice: the database refuses

    before = kinds(ada, live)
    with pytest.raises(Exception, match=r".+"):
        exercises.act_as_seat(ada, live, breaks)
    assert kinds(ada, live) == before
    exercises.act_as_seat(ada, live, commands.note, "and it goes on")
    assert kinds(ada, live) == [*before, "note"]


def test_a_clock_that_was_forsaken_stands_at_the_first_look_although_nothing_is_due_yet(
    ada: Who, ben: Who, live: str, time: Time
) -> None:
    before = exercises.get_run(ben, live)
    assert before.play.decision is not None
    time.forward(seconds=30)  # the decision has two minutes
    exercise_wakes.Clockwork(exercises.tick).look_once()
    after = exercises.get_run(ada, live)
    assert after.play.phase == "paused"
    assert exercises.look(ada, after).story == before.play.story
