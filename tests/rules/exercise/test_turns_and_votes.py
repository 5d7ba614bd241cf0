from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.exercise import events as e
from models.rules.exercise.commands import decide, declare, note, start, vote
from models.rules.exercise.facilitating import (
    choose_branch,
    drop,
    end,
    hold,
    improvise,
    pause,
    play_contingency,
    play_now,
    reveal,
)
from models.rules.exercise.play import new_play, stands_in
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.scenario.shape import Channel
from tests.rules.exercise.queue_scenario import NODES, SEATS, queue_scenario
from tests.rules.exercise.table import Table, came, kinds


def at_the_vote(*seats: str) -> Table:
    table = Table().sit(*seats).turns()
    table.do(decide, "declare", by="ic")
    table.do(decide, "drain", by="ops")
    return table


def test_in_turn_mode_the_story_goes_on_to_the_next_decision_and_waits() -> None:
    table = Table().sit("ic", "ops").turns()
    assert came(table.log) == [(0, "page"), (2, "first")]
    assert table.wait(600) == ()
    assert came(table.do(decide, "debug", by="ic")) == [(12, "k-shop"), (15, "board"),
                                                        (16, "repair")]  # fmt: skip


def test_an_inject_whose_condition_is_false_at_its_minute_never_comes() -> None:
    table = at_the_vote("ic", "ops")
    assert table.play.state["late"] == 2
    assert {name for _, name in came(table.log) if name.startswith("k-")} == {"k-calm"}
    table.do(decide, "hold", reason="We go on.")
    assert {name for _, name in came(table.log) if name.startswith("k-")} == {"k-calm", "k-late"}


def test_a_second_click_changes_nothing() -> None:
    table = Table().sit("ic", "ops").turns()
    assert table.do(decide, "declare", by="ic", command="one") != ()
    assert table.do(decide, "declare", by="ic", command="one") == ()


def test_a_closed_decision_is_refused_in_whole_sentences() -> None:
    table = Table().sit("ic", "ops").turns()
    looked_at = list(table.play.deliveries)[-1]
    table.do(decide, "declare", by="ic")
    with pytest.raises(ProblemForUser, match="closed: it was made"):
        table.do(decide, "debug", delivery=looked_at, by="ic")


def test_a_late_click_does_not_decide_when_the_same_node_comes_again() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(decide, "declare", by="ic")
    looked_at = list(table.play.deliveries)[-1]
    table.do(decide, "search", delivery=looked_at, by="ops")
    assert table.play.node == "repair"
    with pytest.raises(ProblemForUser, match="closed: it was made"):
        table.do(decide, "drain", delivery=looked_at, by="ops")


def test_after_the_deadline_the_answer_comes_too_late() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.now += timedelta(minutes=5)
    with pytest.raises(ProblemForUser, match="closed"):
        table.do(decide, "declare", by="ic")
    assert kinds(table.wait()) == ["decided"]


def test_another_seat_may_not_decide() -> None:
    table = Table().sit("ic", "ops").turns()
    with pytest.raises(NotAllowed, match="another seat: Incident commander"):
        table.do(decide, "declare", by="ops")


def test_an_option_that_requires_what_is_not_so_is_not_available() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(decide, "declare", by="ic")
    with pytest.raises(ProblemForUser, match="not available now"):
        table.do(decide, "vendor", by="ops")
    table.do(decide, "search", by="ops")
    assert "vendor" in table.do(decide, "vendor", by="ops")[0].what.option


def test_a_misspelt_option_gets_a_suggestion() -> None:
    table = Table().sit("ic", "ops").turns()
    with pytest.raises(NotFound, match="Did you mean “declare”"):
        table.do(decide, "declar", by="ic")


def test_a_covered_seat_is_played_by_the_one_that_covers_it() -> None:
    scenario = Table().scenario
    ops = scenario.seats[1].model_copy(update={"covered_by": "ic"})
    table = Table(scenario.model_copy(update={"seats": (scenario.seats[0], ops)}))
    table.sit("ic").turns()
    table.do(decide, "declare", by="ic")
    assert table.do(decide, "drain", by="ic")[0].by == "ic"


def test_the_facilitator_decides_for_a_seat_only_with_a_reason_and_it_is_marked() -> None:
    table = Table().sit("ic", "ops").turns()
    with pytest.raises(ProblemForUser, match="Write why"):
        table.do(decide, "declare", reason=" \x00 ")
    events = table.do(decide, "declare", reason="Ada had to leave.")
    assert [(x.kind, x.override) for x in events[:2]] == [("decided", True), ("declared", True)]


def test_more_than_half_of_the_seats_decide_a_vote_at_once() -> None:
    table = at_the_vote("ic", "ops", "comms")
    assert kinds(table.do(vote, "hold", by="ops")) == ["voted"]
    decided = table.do(vote, "hold", by="comms")[1]
    assert (decided.what.option, decided.what.how, decided.by) == ("hold", "vote", "ic")


def test_a_tie_is_broken_by_the_vote_of_the_deciding_seat() -> None:
    table = at_the_vote("ic", "ops")
    table.do(vote, "now", by="ic")
    assert table.do(vote, "hold", by="ops")[1].what.option == "now"


def test_a_vote_may_change_until_it_is_closed() -> None:
    table = at_the_vote("ic", "ops", "comms")
    table.do(vote, "now", by="ops")
    table.do(vote, "hold", by="ops")
    assert table.do(vote, "hold", by="ic")[1].what.option == "hold"


def test_a_tie_without_the_deciding_seat_waits_for_the_facilitator_who_needs_no_reason() -> None:
    quiet = {**NODES["quiet"], "decision": {**NODES["quiet"]["decision"], "seat": "observer"}}
    seats = [*SEATS, {"id": "observer", "title": "Observer", "brief": "You vote when you are in."}]
    table = Table(queue_scenario(nodes={**NODES, "quiet": quiet}, seats=seats))
    table.sit("ic", "ops").turns()
    table.do(choose_branch, "quiet", "To the vote.")
    table.do(vote, "now", by="ic")
    assert kinds(table.do(vote, "hold", by="ops")) == ["voted"]
    decided = table.do(decide, "now")[0]
    assert (decided.what.how, decided.override) == ("facilitator", False)


def test_votes_of_one_decision_do_not_count_in_the_next() -> None:
    table = at_the_vote("ic", "ops", "comms")
    table.do(vote, "hold", by="ops")
    table.do(choose_branch, "quiet", "Once more.")
    assert kinds(table.do(vote, "hold", by="ic")) == ["voted"]
    table.do(decide, "now", reason="We lack time.")
    assert table.play.votes == {}


def test_a_vote_cannot_be_decided_by_one_seat_alone() -> None:
    table = at_the_vote("ic", "ops")
    with pytest.raises(NotAllowed, match="put to the vote"):
        table.do(decide, "now", by="ic")


def test_a_held_inject_waits_until_it_is_played() -> None:
    table = Table().sit("ic", "ops").live()
    table.do(hold, "first")
    assert came(table.wait(11)) == []
    assert came(table.do(play_now, "first")) == [(11, "first")]
    assert table.play.decision is not None
    assert table.play.decision.deadline == 16 * 60


def test_a_node_that_was_held_once_comes_by_itself_the_next_time() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.do(decide, "declare", by="ic")
    table.wait(4)
    table.do(hold, "repair")
    table.do(play_now, "repair")
    table.do(decide, "search", by="ops")
    assert (27, "repair") in came(table.wait(21))


def test_an_incident_is_declared_once() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(declare, by="ops")
    table.do(declare, by="ic")
    table.do(decide, "declare", by="ic")
    assert kinds(table.log).count("declared") == 1


def test_a_clock_inject_can_come_early_once_or_not_at_all() -> None:
    table = Table().sit("ic", "ops").live()
    assert came(table.do(play_now, "k-shop")) == [(0, "k-shop")]
    table.do(drop, "k-calm")
    table.wait(13)
    assert [name for _, name in came(table.log) if name.startswith("k-")] == ["k-shop"]
    with pytest.raises(NotFound, match="not coming next"):
        table.do(drop, "k-calm")


def test_another_branch_closes_what_was_open_and_comes_at_once() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(3)
    with pytest.raises(ProblemForUser, match="reason is empty"):
        table.do(choose_branch, "quiet", "")
    assert came(table.do(choose_branch, "quiet", "We lack time.")) == [(3, "quiet")]
    assert table.play.choices == []


def test_contingencies_and_improvised_injects_reach_their_seats_only() -> None:
    table = Table().sit("ic", "ops").live()
    table.do(play_contingency, "c-help")
    made = e.Improvised(channel=Channel.PHONE, to=("ic",), title="Your expert", body="On a plane.")
    table.do(improvise, made)
    found = list(table.play.deliveries.values())[-2:]
    assert [(d.title, d.to) for d in found] == [("A hint", ("ops",)), ("Your expert", ("ic",))]
    with pytest.raises(NotFound, match="Did you mean “c-help”"):
        table.do(play_contingency, "c-hlp")


def test_only_the_facilitator_leads() -> None:
    table = Table().sit("ic", "ops").live()
    branch = ("quiet", "We lack time.")
    for act, given in ((pause, ()), (end, ("Lunch.",)), (reveal, ()), (choose_branch, branch)):
        with pytest.raises(NotAllowed):
            table.do(act, *given, by="ic")


def test_after_the_end_only_notes_are_taken() -> None:
    table = Table().sit("ic", "ops").live()
    table.do(end, "The room is needed.")
    assert table.wait(100) == ()
    table.do(note, "The log was easy to read.", by="ops")
    with pytest.raises(ProblemForUser, match="has ended"):
        table.do(declare, by="ic")


def test_nothing_can_be_done_before_the_start_and_it_starts_once() -> None:
    table = Table().sit("ic")
    with pytest.raises(ProblemForUser, match="not started"):
        table.do(declare, by="ic")
    table.live()
    with pytest.raises(ProblemForUser, match="started already"):
        table.do(start, e.Mode.TURN)


def test_a_seat_that_does_not_exist_can_do_nothing() -> None:
    table = Table().sit("ic").live()
    with pytest.raises(NotFound, match="no seat “chef”"):
        table.do(declare, by="chef")


def test_a_decision_of_an_empty_seat_that_nobody_covers_goes_to_the_first_who_is_there() -> None:
    scenario = queue_scenario()
    play = replace(new_play(scenario), seats={"p": scenario.seats[-1].id})
    assert {stands_in(play, seat.id) for seat in scenario.seats} == {scenario.seats[-1].id}
    assert stands_in(new_play(scenario), scenario.seats[0].id) is None
