"""What a run leaves for its drawings."""

from __future__ import annotations

from models.rules.exercise.commands import decide
from models.rules.exercise.events import Verdict
from models.rules.exercise.facilitating import choose_branch, mark
from models.rules.exercise.report import after_action
from models.rules.exercise.trace import Trace
from tests.rules.exercise.queue_scenario import queue_scenario
from tests.rules.exercise.table import Table


def trace_of(table: Table) -> Trace:
    return after_action(table.scenario, table.log).trace


def at_the_first_decision() -> Table:
    table = Table().sit("ic", "ops").live()
    table.wait(2)
    return table


def test_a_decision_shows_the_way_taken_beside_those_that_were_not() -> None:
    table = at_the_first_decision()
    table.do(decide, "declare", by="ic")
    page, first = trace_of(table).stops
    assert (page.title, page.branches) == ("Queue over 10,000", ())
    assert [(b.label, b.leads_to, b.taken, b.led) for b in first.branches] == [
        ("Option declare", "How bad is it?", True, False),
        ("Option debug", "How bad is it?", False, False),
        ("Option wait", "How bad is it?", False, False),
    ]


def test_an_open_decision_has_no_way_taken_yet() -> None:
    assert not any(b.taken for b in trace_of(at_the_first_decision()).stops[-1].branches)


def test_what_the_facilitator_chose_or_led_to_is_not_the_teams() -> None:
    table = at_the_first_decision()
    table.do(decide, "wait", reason="Nobody speaks.")
    table.do(choose_branch, "quiet", "We lack time.")
    taken = [b for b in trace_of(table).stops[1].branches if b.taken]
    assert [(b.label, b.leads_to, b.led) for b in taken] == [
        ("Option wait", "How bad is it?", True),
        ("", "Can we close?", True),
    ]


def test_only_variables_that_the_seats_could_see_are_told() -> None:
    table = at_the_first_decision()
    table.do(decide, "declare", by="ic")
    table.wait(4)
    changes = trace_of(table).changes
    assert [(c.story, c.text) for c in changes] == [(300, "late 10 → 30 %")]


def test_a_change_says_what_it_means_for_severity_and_customers() -> None:
    table = Table().turns(solo=True)
    for option in ("debug", "drain"):
        table.do(decide, option, by="ic")
    texts = [change.text for change in trace_of(table).changes]
    assert texts == [
        "late 10 → 70 %; by the scenario now SEV0",
        "late 70 → 2 %; by the scenario now SEV2; customers are no longer hurt",
    ]


def test_impact_lasts_until_it_ends_or_the_log_does() -> None:
    table = Table().turns(solo=True)
    table.do(decide, "declare", by="ic")
    assert trace_of(table).impact == ((0, table.play.story),)
    table.do(decide, "drain", by="ic")
    assert trace_of(table).impact == ((0, trace_of(table).changes[-1].story),)


def test_marks_name_what_was_expected() -> None:
    table = at_the_first_decision()
    table.do(mark, "x-look", Verdict.NOT_MET)
    (made,) = trace_of(table).marks
    assert (made.story, made.text) == (120, "Marked as not met: KEY looks at the orders")


def test_scenes_that_never_came_are_counted() -> None:
    found = trace_of(at_the_first_decision())
    assert (found.nodes, found.unseen) == (7, 5)


def test_a_run_that_never_started_has_an_empty_trace() -> None:
    found = after_action(queue_scenario(), ()).trace
    assert (found.stops, found.changes, found.impact, found.marks) == ((), (), (), ())
    assert found.unseen == found.nodes
