"""What holds whatever people click, in whatever order, at whatever times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.exercise import commands as c
from models.rules.exercise import events as e
from models.rules.exercise import facilitating as f
from models.rules.exercise.due import due
from models.rules.exercise.fold import advance, fold
from models.rules.exercise.play import Play, story_now
from models.rules.exercise.scoring import score
from models.rules.exercise.views import view
from models.rules.problems import ProblemForUser
from models.rules.scenario.shape import Channel
from models.rules.vocabulary import IncidentRole, Severity
from tests.rules.exercise.table import Table

OPTIONS = ("declare", "debug", "wait", "drain", "search", "vendor", "now", "hold")
NAMES = ("page", "first", "board", "repair", "quiet", "end_good", "k-shop", "k-calm", "k-late")
Step = tuple[Callable[..., Any] | None, tuple[Any, ...], str]


FACILITATOR = st.just(e.FACILITATOR)


def _step(act: Callable[..., Any], *given_: Any, by: Any = FACILITATOR) -> st.SearchStrategy[Step]:
    arguments = st.tuples(*(one if isinstance(one, st.SearchStrategy) else st.just(one)
                            for one in given_))  # fmt: skip
    return st.tuples(st.just(act), arguments, by)


SEATS = st.sampled_from(("ic", "ops", "comms"))
IMPROVISED = e.Improvised(channel=Channel.PHONE, to=("all",), title="A call", body="Hello.")
WAITS = st.tuples(
    st.none(), st.tuples(st.integers(0, 1_500) | st.sampled_from((-7_200, 40_000))), st.just("")
)
STEPS = st.one_of(
    WAITS, WAITS, WAITS,
    _step(c.decide, st.sampled_from(OPTIONS), by=SEATS),
    _step(c.decide, st.sampled_from(OPTIONS), by=SEATS),
    _step(c.vote, st.sampled_from(OPTIONS), by=SEATS),
    _step(c.declare, by=SEATS),
    _step(c.close, by=SEATS),
    _step(c.escalate, "The vendor.", by=SEATS),
    _step(c.post_update, st.sampled_from(e.Audience), "Late.", st.none() | st.integers(1, 60),
          by=SEATS),
    _step(c.choose_severity, st.sampled_from(Severity), by=SEATS),
    _step(c.set_role, st.just(IncidentRole.COMMANDER), SEATS, by=SEATS),
    _step(c.note, st.text(max_size=20), by=SEATS),
    _step(c.mark_seen, st.integers(0, 30), by=SEATS),
    _step(f.pause), _step(f.resume), _step(f.set_speed, st.integers(1, 10)),
    _step(f.skip, st.none() | st.integers(0, 120)),
    _step(f.hold, st.sampled_from(NAMES)), _step(f.play_now, st.sampled_from(NAMES)),
    _step(f.drop, st.sampled_from(NAMES)), _step(f.play_contingency, st.just("c-help")),
    _step(f.improvise, st.just(IMPROVISED)),
    _step(f.choose_branch, st.sampled_from(NAMES), "A reason."),
    _step(f.mark, st.just("x-look"), st.sampled_from(e.Verdict)),
)  # fmt: skip


def played(mode: e.Mode, steps: list[Step], look: Callable[[Table], None]) -> Table:
    """Does what can be done of the steps, and looks at the table after each."""
    table = Table().sit("ic", "ops", "comms")
    table.do(c.start, mode)
    for act, given_, by in steps:
        if act is None:
            table.wait(seconds=given_[0])
        else:
            try:
                table.do(act, *given_, by=by)
            except ProblemForUser:
                continue
        look(table)
    return table


def no_look(_table: Table) -> None:
    pass


plays = given(mode=st.sampled_from(e.Mode), steps=st.lists(STEPS, max_size=40))
thorough = settings(max_examples=150, deadline=None)


@thorough
@plays
def test_reading_the_whole_log_gives_what_reading_it_event_by_event_gave(
    mode: e.Mode, steps: list[Step]
) -> None:
    table = played(mode, steps, no_look)
    one_by_one = fold(table.scenario, ())
    for event in table.log:
        one_by_one = advance(one_by_one, event)
    assert fold(table.scenario, table.log) == table.play == one_by_one


@thorough
@plays
def test_the_log_reads_back_as_it_was_written_and_scores_the_same(
    mode: e.Mode, steps: list[Step]
) -> None:
    table = played(mode, steps, no_look)
    again = e.log_from_text(e.log_to_text(tuple(table.log)))
    assert again == tuple(table.log)
    assert score(table.scenario, again) == score(table.scenario, table.log)


@thorough
@plays
def test_the_time_of_the_story_never_goes_backwards(mode: e.Mode, steps: list[Step]) -> None:
    shown = [0]

    def look(table: Table) -> None:
        shown.append(story_now(table.play, table.now))

    table = played(mode, steps, look)
    times = [event.story for event in table.log]
    assert times == sorted(times)
    if not any(act is None and given_[0] < 0 for act, given_, _ in steps):
        assert shown == sorted(shown)


@thorough
@plays
def test_what_the_clock_did_was_due_then_and_once_it_is_done_it_is_done(
    mode: e.Mode, steps: list[Step]
) -> None:
    def look(table: Table) -> None:
        assert due(table.play, table.now) == ()

    table = played(mode, steps, look)
    at = {inject.id: inject.at_min * 60 for inject in table.scenario.clock_injects}
    play = fold(table.scenario, ())
    for event in table.log:
        if event.by == e.CLOCK:
            assert_was_due(play, event, at)
        play = advance(play, event)
    once = Counter(x.what.id for x in table.log
                   if x.kind == "injected" and x.what.source == "clock")  # fmt: skip
    assert set(once.values()) <= {1}


def assert_was_due(play: Play, event: e.Event, at: dict[str, int]) -> None:
    what = event.what
    if isinstance(what, e.Injected | e.Dropped):
        assert event.story == at[what.id]
    elif isinstance(what, e.Delivered | e.CarriedOut):
        assert play.coming is not None
        assert event.story == play.coming.due
    elif isinstance(what, e.Decided):
        assert play.decision is not None
        assert event.story == play.decision.deadline


@thorough
@given(
    before=st.lists(STEPS, max_size=15),
    pause=st.integers(0, 10_000_000),
    speed=st.integers(1, 10),
)
def test_after_a_pause_of_any_length_nothing_bursts(
    before: list[Step], pause: int, speed: int
) -> None:
    table = played(e.Mode.LIVE, before, no_look)
    if table.play.phase == "paused":
        table.do(f.resume)  # what was asked for in the earlier pause comes now
    if table.play.phase == "ended":
        return
    table.do(f.pause)
    story = story_now(table.play, table.now)
    table.do(f.set_speed, speed)
    assert table.wait(seconds=pause) == ()
    assert [x.kind for x in table.do(f.resume)] == ["resumed"]
    assert story_now(table.play, table.now) == story
    table.now += timedelta(seconds=1)
    assert story_now(table.play, table.now) == story + speed


@thorough
@plays
def test_no_seat_is_ever_shown_the_key(mode: e.Mode, steps: list[Step]) -> None:
    def look(table: Table) -> None:
        for seat in ("ic", "ops", "comms"):
            assert "KEY" not in repr(view(table.play, seat, table.play.story))

    played(mode, steps, look)
