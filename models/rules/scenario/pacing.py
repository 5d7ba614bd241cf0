"""Time: who waits too long, what comes too late, and what is written before it happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.rules.scenario.explore import Explored, Key, Step, Times, over_all_ways
from models.rules.scenario.expressions import holds
from models.rules.scenario.findings import Notes
from models.rules.scenario.shape import ALL, ClockInject, Evidence, Node, Scenario
from models.rules.scenario.source import Path
from models.rules.scenario.story import apply_effect
from models.rules.scenario.wording import counted

IDLE_AT_MOST = 20  # table minutes of a required seat
WAIT_AT_MOST = 15  # table minutes between decisions in which people only wait
_AHEAD = timedelta(hours=6)  # a time of day further ahead than this is one of the day before
_STAMP = re.compile(
    r"^\W{0,2}(?:(?P<day>\d{4}-\d\d-\d\d)[T ])?(?P<clock>\d\d:\d\d(?::\d\d)?)"
    r"(?:[.,]\d+)?\s?(?P<zone>Z\b|UTC\b|[+-]\d\d:?\d\d)?"
)


@dataclass(frozen=True)
class Clockwork:
    """The earliest and latest story minute of every position, and its latest table minute."""

    order: list[Key]
    earliest: Times
    latest: Times
    table: Times

    @classmethod
    def of(cls, explored: Explored) -> Clockwork | None:
        """None for a story that runs in a circle: its times have no end."""
        order = explored.in_order()
        if order is None:
            return None
        first = explored.scenario.nodes[explored.scenario.opening.start].delay_min

        def story(minute: int, step: Step) -> int:
            return minute + step.minutes

        def table(minute: int, step: Step) -> int:
            return minute + step.table

        return cls(
            order,
            over_all_ways(explored, order, first, story, lambda new, old: new < old),
            over_all_ways(explored, order, first, story, lambda new, old: new > old),
            over_all_ways(explored, order, first, table, lambda new, old: new > old),
        )


def check_pacing(explored: Explored, clockwork: Clockwork | None, notes: Notes) -> None:
    """E10, W04, W05, W08 and W10."""
    _inject_order(explored.scenario, notes)
    if clockwork is None:
        return
    _evidence_from_the_future(explored, clockwork, notes)
    _idle_seats(explored, clockwork, notes)
    _long_waits(explored, clockwork, notes)
    _session(explored, clockwork, notes)
    if not explored.partial:
        for place, inject in enumerate(explored.scenario.clock_injects):
            _inject_comes(explored, clockwork, notes, place, inject)


# --- E10 --------------------------------------------------------------------------------------


def _inject_order(scenario: Scenario, notes: Notes) -> None:
    latest = 0
    for place, inject in enumerate(scenario.clock_injects):
        if inject.at_min < latest:
            notes.add(
                "E10",
                ("clock_injects", place, "at_min"),
                f"This comes at minute {inject.at_min}, and the one before it at {latest}.",
                "Write the clock injects in the order of their times.",
            )
        latest = max(latest, inject.at_min)


def _evidence_from_the_future(explored: Explored, clockwork: Clockwork, notes: Notes) -> None:
    scenario = explored.scenario
    first: dict[str, Key] = {}
    for key, position in explored.positions.items():
        known = first.setdefault(position.node, key)
        if clockwork.earliest.at[key] < clockwork.earliest.at[known]:
            first[position.node] = key
    for name, key in first.items():
        minute = clockwork.earliest.at[key]
        delivered = scenario.clock.start + timedelta(minutes=minute)
        for place, evidence in enumerate(scenario.nodes[name].evidence):
            late = next((s for s in _stamps(evidence, delivered) if s > delivered), None)
            if late is not None:
                notes.add(
                    "E10",
                    ("nodes", name, "evidence", place),
                    f"A line is from {late:%H:%M}, but on the fastest way it is read at "
                    f"{delivered:%H:%M} (minute {minute}).",
                    "Move the times in the evidence back, or deliver it later.",
                    explored.options_to(key, clockwork.earliest.came_by),
                )


def _stamps(evidence: Evidence, delivered: datetime) -> Iterator[datetime]:
    """The moments, to the minute, at the beginnings of the lines of a log or a metric."""
    if evidence.type not in ("log", "metric"):
        return
    for line in (evidence.text or evidence.csv or "").splitlines():
        match = _STAMP.match(line.strip())
        if match:
            moment = _moment(match, delivered)
            if moment is not None:
                yield moment


def _moment(match: re.Match[str], delivered: datetime) -> datetime | None:
    day = match["day"] or f"{delivered:%Y-%m-%d}"
    zone = (match["zone"] or f"{delivered:%z}").replace("UTC", "Z")
    try:
        moment = datetime.fromisoformat(f"{day}T{match['clock'][:5]}:00{zone}")
    except ValueError:
        return None  # 25:70 is no time; nothing can be said
    if match["day"] is None and moment - delivered > _AHEAD:
        return None
    return moment


# --- W04, W05, W08 ----------------------------------------------------------------------------


def _idle_seats(explored: Explored, clockwork: Clockwork, notes: Notes) -> None:
    scenario = explored.scenario
    for place, seat in enumerate(scenario.seats):
        if not seat.required:
            continue
        path: Path = ("seats", place)
        busy = {key for key in explored.positions if _reaches(explored, clockwork, key, seat.id)}
        if not busy:
            notes.add(
                "W04",
                path,
                f"The required seat “{seat.id}” is never addressed and never decides.",
                "Send it something, let it decide, or make it “required: false”.",
            )
            continue
        waited = _gaps(explored, clockwork, busy, lambda step: step.table)
        longest = max(waited.at, key=waited.at.__getitem__)
        if waited.at[longest] > IDLE_AT_MOST:
            notes.add(
                "W04",
                path,
                f"The seat “{seat.id}” has nothing to do for {waited.at[longest]} minutes, until "
                f"the node “{explored.positions[longest].node}”.",
                f"Address it at least every {IDLE_AT_MOST} minutes.",
                explored.options_to(longest, waited.came_by),
            )


def _reaches(explored: Explored, clockwork: Clockwork, key: Key, seat: str) -> bool:
    """Whether a seat has something to do at a position, or may get a clock inject while there."""
    position = explored.positions[key]
    node = explored.scenario.nodes[position.node]
    if _addresses(node, seat):
        return True
    until = max(
        (clockwork.latest.at[key] + s.minutes for s in explored.steps.get(key, ())),
        default=clockwork.latest.at[key],
    )
    return any(
        clockwork.earliest.at[key] <= inject.at_min < until
        and (seat in inject.to or ALL in inject.to)
        and holds(inject.when, position.state)
        for inject in explored.scenario.clock_injects
    )


def _addresses(node: Node, seat: str) -> bool:
    """An ending is no occupation."""
    decision = node.decision
    return node.ending is None and (
        seat in node.to
        or ALL in node.to
        or any(expectation.seat == seat for expectation in node.expects)
        or (decision is not None and (decision.seat == seat or decision.by == "vote"))
    )


def _gaps(
    explored: Explored, clockwork: Clockwork, busy: set[Key], minutes: Callable[[Step], int]
) -> Times:
    """The longest wait that ends at each position. It begins when a busy position is left: who
    is addressed there takes part in what is decided there."""

    def wait(waited: int, step: Step) -> int:
        return _delay(explored, step) if step.before in busy else waited + minutes(step)

    return over_all_ways(explored, clockwork.order, 0, wait, lambda new, old: new > old)


def _delay(explored: Explored, step: Step) -> int:
    return explored.scenario.nodes[explored.positions[step.after].node].delay_min


def _long_waits(explored: Explored, clockwork: Clockwork, notes: Notes) -> None:
    scenario = explored.scenario
    decisions = {
        key for key, p in explored.positions.items() if scenario.nodes[p.node].decision is not None
    }
    if not decisions:
        notes.add(
            "W05",
            ("nodes",),
            "Nobody decides anything.",
            "Add a decision, at best every 5 minutes.",
        )
        return

    waited = _gaps(explored, clockwork, decisions, lambda step: _delay(explored, step))
    key = max(waited.at, key=waited.at.__getitem__)
    if waited.at[key] > WAIT_AT_MOST:
        node = explored.positions[key].node
        notes.add(
            "W05",
            ("nodes", node, "delay_min"),
            f"Until the node “{node}” people wait {waited.at[key]} minutes without a decision.",
            "Shorten the delays, put a decision in between, or let the work of an option take "
            "the time (takes_min): that is skipped.",
            explored.options_to(key, waited.came_by),
        )


def _session(explored: Explored, clockwork: Clockwork, notes: Notes) -> None:
    longest = max(clockwork.table.at, key=clockwork.table.at.__getitem__)
    minutes, planned = clockwork.table.at[longest], explored.scenario.duration_min
    if minutes > planned:
        notes.add(
            "W08",
            ("duration_min",),
            f"The longest way takes {counted(minutes, 'minute')} of delays and decisions; "
            f"{planned} are planned.",
            "Plan a longer session, or shorten delay_min and timeout_min on that way.",
            explored.options_to(longest, clockwork.table.came_by),
        )


# --- W10 --------------------------------------------------------------------------------------


def _inject_comes(
    explored: Explored, clockwork: Clockwork, notes: Notes, place: int, inject: ClockInject
) -> None:
    path: Path = ("clock_injects", place)
    last = max(clockwork.latest.at.values())
    if inject.at_min > last:
        notes.add(
            "W10",
            (*path, "at_min"),
            f"It comes at minute {inject.at_min}; on every way the story has ended by minute "
            f"{last}.",
            "Let it come earlier, or remove it.",
        )
        return
    if inject.after is not None:
        first = min((clockwork.earliest.at[key] for key, _ in explored.at(inject.after)), default=0)
        if inject.at_min < first:
            notes.add(
                "W10",
                (*path, "at_min"),
                f"It comes at minute {inject.at_min}, and “{inject.after}”, which it follows, at "
                f"minute {first} at the earliest.",
                f"Let it come at minute {first} or later.",
            )
            return
    if not any(_holds_then(explored, clockwork, key, inject) for key in explored.positions):
        notes.add(
            "W10",
            (*path, "when"),
            f"“{inject.when}” never holds at minute {inject.at_min}.",
            "Change the condition or the time.",
        )


def _holds_then(explored: Explored, clockwork: Clockwork, key: Key, inject: ClockInject) -> bool:
    """Whether an inject can come while a position lasts, or between what is decided there being
    done and the next delivery."""
    state, steps = explored.positions[key].state, explored.steps.get(key, [])
    first, last = clockwork.earliest.at[key], clockwork.latest.at[key]
    until = max((last + step.minutes for step in steps), default=last + 1)
    if first <= inject.at_min <= until and holds(inject.when, state):
        return True
    return any(
        first + step.option.takes_min <= inject.at_min <= last + step.minutes
        and holds(inject.when, apply_effect(explored.scenario, state, step.option))
        for step in steps
        if step.option is not None
    )
