from __future__ import annotations

import json
from dataclasses import asdict

import pytest

from models.rules.exercise.commands import answer, decide, mark_seen, vote
from models.rules.exercise.console import console
from models.rules.exercise.facilitating import end, hold, reveal
from models.rules.exercise.play import story_now
from models.rules.exercise.views import SeatView, view
from models.rules.problems import NotFound
from tests.rules.exercise.table import Table


def seen_by(table: Table, seat: str) -> SeatView:
    return view(table.play, seat, story_now(table.play, table.now))


def as_text(shown: SeatView) -> str:
    return json.dumps(asdict(shown), default=str)


@pytest.mark.parametrize("seat", ["ic", "ops", "comms"])
def test_no_seat_ever_receives_a_part_of_the_answer_key(seat: str) -> None:
    table = Table().sit("ic", "ops", "comms").turns()
    moments = [as_text(seen_by(table, seat))]
    for act, option, by in (
        (decide, "declare", "ic"), (decide, "search", "ops"), (decide, "drain", "ops"),
        (vote, "hold", "ic"), (vote, "hold", "ops"),
    ):  # fmt: skip
        table.do(act, option, by=by)
        moments.append(as_text(seen_by(table, seat)))
    assert table.play.phase == "ended"
    for shown in moments:
        for secret in ("KEY", "late >=", "score", "effect", "requires", "end_again", '"cause"'):
            assert secret not in shown


def test_feedback_comes_with_the_reveal() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(decide, "declare", by="ic")
    table.do(end, "Enough seen.")
    assert seen_by(table, "ic").feedback == ()
    table.do(reveal)
    [told] = seen_by(table, "ic").feedback
    assert (told.chosen, told.feedback) == ("Option declare", "KEY feedback of declare")


def test_who_plays_alone_reads_the_feedback_at_once_and_speaks_for_every_seat() -> None:
    table = Table().turns(solo=True)
    table.do(decide, "declare", by="ic")
    shown = seen_by(table, "ic")
    assert [told.chosen for told in shown.feedback] == ["Option declare"]
    assert [m.title for m in shown.inbox][-2:] == ["How bad is it?", "Drain or search?"]
    assert shown.decision is not None
    assert shown.decision.may_decide


def test_a_seat_reads_what_is_for_it_and_evidence_for_others_stays_away() -> None:
    table = Table().sit("ic", "ops", "comms").live()
    assert [m.title for m in seen_by(table, "ops").inbox] == ["Queue over 10,000"]
    assert seen_by(table, "ops").inbox[0].evidence[0].text == "09:58 depth=10411"
    assert seen_by(table, "comms").inbox == ()


def test_a_late_joiner_reads_what_came_before() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(13)
    table.sit("comms")
    assert [m.title for m in seen_by(table, "comms").inbox] == ["What now?", "Forty calls"]


def test_until_somebody_sits_there_the_covering_seat_reads_along() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(13)
    assert "Forty calls" in [m.title for m in seen_by(table, "ic").inbox]
    table.sit("comms")
    assert "Forty calls" not in [m.title for m in seen_by(table, "ic").inbox]


def test_hidden_variables_and_options_that_are_not_available_are_not_shown() -> None:
    table = Table().sit("ic", "ops").turns()
    table.do(decide, "declare", by="ic")
    shown = seen_by(table, "ops")
    assert [(v.name, v.value, v.unit) for v in shown.variables] == [("late", 30, "%")]
    assert shown.decision is not None
    assert [o.id for o in shown.decision.options] == ["drain", "search"]
    assert seen_by(table, "ic").decision is None  # neither received nor made by this seat


def test_a_message_that_did_not_reach_a_seat_cannot_be_answered_by_it() -> None:
    table = Table().sit("ic", "ops", "comms").live()
    [delivery] = table.play.deliveries
    with pytest.raises(NotFound, match="did not reach"):
        table.do(answer, delivery, "I saw it.", by="comms")


def test_the_facilitator_sees_who_has_read_and_answered_and_what_comes() -> None:
    table = Table().sit("ic", "ops").live()
    [delivery] = table.play.deliveries
    assert console(table.play, 0).received[0].waiting == ("ops",)
    table.do(mark_seen, delivery, by="ops")
    assert table.do(mark_seen, delivery, by="ops") == ()
    table.do(answer, delivery, "Four minutes, and growing.", by="ops")
    table.do(hold, "k-shop")
    shown = console(table.play, 0)
    received = shown.received[0]
    assert (received.waiting, received.seen) == ((), ("ops",))
    assert received.answers == (("ops", "Four minutes, and growing."),)
    assert [(n.name, n.due // 60, n.held) for n in shown.following] == [
        ("first", 2, False), ("k-shop", 12, True), ("k-calm", 12, False), ("k-late", 20, False),
    ]  # fmt: skip
    assert shown.script is not None
    assert shown.right_severity is not None
    assert [x.id for x in shown.expectations] == ["x-look"]


def test_the_console_says_what_comes_after_the_work_that_is_under_way() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.do(decide, "declare", by="ic")
    after = console(table.play, 120).following[0]
    assert (after.name, after.due // 60) == ("board", 6)
    assert seen_by(table, "ops").under_way == "Option declare"
