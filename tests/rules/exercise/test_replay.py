"""A run is stepped through as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.exercise import events as e
from models.rules.exercise import fold as fold_module
from models.rules.exercise.commands import answer, decide, note, vote
from models.rules.exercise.facilitating import mark, observe, play_contingency
from models.rules.exercise.fold import fold
from models.rules.exercise.replay import Step, replay, steps
from models.rules.exercise.views import view
from models.rules.problems import NotFound
from tests.rules.exercise.table import Table
from tests.rules.exercise.test_properties import STEPS, no_look, played


def told(found: tuple[Step, ...]) -> list[tuple[str, str]]:
    return [(step.who, step.text) for step in found]


def test_every_step_says_who_did_what_and_what_it_changed() -> None:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    table.do(decide, "declare", by="ic")
    table.wait(3)
    found = steps(table.scenario, table.log)
    assert told(found) == [
        ("Facilitator", "Player of ic joined"),
        ("Incident commander", "Player of ic took the seat Incident commander"),
        ("Facilitator", "Player of ops joined"),
        ("Operations lead", "Player of ops took the seat Operations lead"),
        ("Facilitator", "The exercise began"),
        ("", "Pager: Queue over 10,000"),
        ("", "What now?"),
        ("Incident commander", "Option declare"),
        ("Incident commander", "Declared: Option declare"),
        ("", "Done: Option declare"),
    ]
    assert [step.changed for step in found if step.changed] == [("late", "cause")]
    assert (found[-1].state["late"], found[-1].impact, found[-1].story) == (30, True, 300)
    assert (found[0].state["late"], found[0].impact) == (10, True)  # from the first line on


def test_every_step_says_which_seats_it_reached() -> None:
    table = Table().sit("ic", "ops").live()
    table.do(answer, table.play.last_seq, "On it.", by="ops")
    table.do(play_contingency, "c-help")
    table.do(observe, "Calm.")
    table.do(mark, "x-look", e.Verdict.MET)
    found = steps(table.scenario, table.log)[-5:]
    assert [(s.text, s.reached) for s in found] == [
        ("Pager: Queue over 10,000", ("ops",)),
        ("Answered: On it.", ("ops",)),
        ("A hint", ("ops",)),
        ("Observed: Calm.", ()),
        ("Marked as met: KEY looks at the orders", ()),
    ]


def test_votes_and_notes_are_steps() -> None:
    table = Table().sit("ic", "ops", "comms").live()
    for option in ("declare", "drain"):
        table.wait(6)
        table.do(decide, option, by="ic" if option == "declare" else "ops")
    table.wait(5)
    table.do(vote, "hold", by="ops")
    table.do(note, "Who knew?", by="ic")
    assert told(steps(table.scenario, table.log))[-2:] == [
        ("Operations lead", "Voted: Option hold"),
        ("Incident commander", "Noted: Who knew?"),
    ]


@settings(max_examples=60, deadline=None)
@given(mode=st.sampled_from(e.Mode), done=st.lists(STEPS, max_size=60), data=st.data())
def test_any_moment_is_what_reading_the_log_up_to_it_gives(
    mode: e.Mode, done: list[object], data: st.DataObject
) -> None:
    table = played(mode, done, no_look)
    run = replay(table.scenario, table.log)
    event = data.draw(st.integers(0, len(table.log)))
    play = fold(table.scenario, table.log[:event])
    assert run.play_after(event) == play
    for seat in ("ic", "ops", "comms"):
        assert run.seen_by(seat, event) == view(play, seat, play.story)
    by_event = {step.event: step for step in run.steps}
    if event in by_event:
        assert by_event[event].state == play.state
    kinds = {x.seq: x.kind for x in table.log}
    assert {kinds[n] for n in kinds.keys() - by_event.keys()} <= {"seen"}


def test_a_moment_that_the_run_does_not_have_is_said() -> None:
    table = Table().sit("ic").turns()
    run = replay(table.scenario, table.log)
    with pytest.raises(NotFound, match="no event 99"):
        run.play_after(99)


def test_a_long_run_is_read_once_and_any_moment_costs_a_few_events(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = Table().sit("ic", "ops").live()
    last = table.log[-1]
    notes = (
        e.Event(seq, last.at, last.story, "ic", e.Noted(text="A note."), f"n{seq}")
        for seq in range(last.seq + 1, 2_001)
    )
    log = (*table.log, *notes)
    read: list[int] = []
    apply = fold_module._apply
    monkeypatch.setattr(
        fold_module, "_apply", lambda play, event: (read.append(event.seq), apply(play, event))
    )
    run = replay(table.scenario, log)
    assert len(read) == len(run.steps) == 2_000
    read.clear()
    assert run.seen_by("ic", 1_999).phase == "running"
    assert len(read) < 64
