"""Folding the log of a long, full exercise; going on by one event; the screen of a seat."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from models.rules.exercise import events as e
from models.rules.exercise.fold import advance, fold
from models.rules.exercise.play import content_hash
from models.rules.exercise.scoring import score
from models.rules.exercise.views import view
from models.rules.scenario.shape import Scenario

EVENTS, SEATS, ROUNDS = 5_000, 50, 15
START = datetime(2026, 1, 5, 9, tzinfo=UTC)
OPTION = {"takes_min": 1, "feedback": "Seen.", "effect": {"late": "late + 1"}, "next": "choice"}


def scenario() -> Scenario:
    """Fifty seats and a decision that comes again."""
    options = [{**OPTION, "id": f"o{n}", "label": f"Way {n}", "score": n} for n in range(4)]
    decision = {"seat": "s0", "timeout_min": 10, "default": "o0", "options": options}
    document = {
        "schema": "tabletop/1", "id": "bench", "version": "1.0.0", "title": "Bench",
        "summary": "Many people, many messages.", "difficulty": "beginner", "duration_min": 60,
        "objectives": [{"id": "O", "text": "Answer", "rules": ["declare_early", "escalate_30"]}],
        "seats": [{"id": f"s{n}", "title": f"Seat {n}", "brief": "."} for n in range(SEATS)],
        "clock": {"start": "2026-01-05T09:00:00Z"},
        "state": {"late": {"type": "int", "initial": 10, "visible": "all"}},
        "impact_when": "late >= 10",
        "severity": {"answers": [{"when": "true", "level": "SEV1", "why": "Late."}]},
        "opening": {"text": "It begins.", "start": "choice"},
        "nodes": {
            "choice": {"title": "And now?", "body": "Read on.", "decision": decision},
        },
    }  # fmt: skip
    return Scenario.model_validate_json(json.dumps(document))


def happenings(frozen: str) -> Iterator[tuple[int, str, e.Happening]]:
    """(minutes since the event before, by, what): rounds in which all read, answer and decide."""
    yield 0, e.FACILITATOR, e.Started(mode=e.Mode.LIVE, scenario_hash=frozen)
    for _ in range(EVENTS):
        yield 0, e.CLOCK, e.Delivered(node="choice")
        for seat in range(SEATS):
            yield 0, f"s{seat}", e.Noted(text="We read it and talk.")
        yield 1, "s0", e.Decided(node="choice", option="o1", how="seat")
        yield 1, e.CLOCK, e.CarriedOut(node="choice", option="o1")


def a_log(of: Scenario) -> tuple[e.Event, ...]:
    """5,000 events in which every seat has read every message."""
    log: list[e.Event] = []
    minute = delivery = 0
    for after, by, what in happenings(content_hash(of)):
        if len(log) == EVENTS:
            break
        seq = len(log) + 1
        minute += after
        delivery = seq if isinstance(what, e.Delivered) else delivery
        happened = e.Seen(delivery=delivery) if isinstance(what, e.Noted) and seq % 2 else what
        at = START + timedelta(minutes=minute)
        log.append(e.Event(seq, at, minute * 60, by, happened, f"click-{seq}"))
    return tuple(log)


def milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1_000)
    return statistics.median(times)


def figures() -> Iterator[tuple[str, float, str]]:
    played = scenario()
    log = a_log(played)
    whole, before = fold(played, log), fold(played, log[:-1])
    text = e.log_to_text(log)
    yield "fold 5,000 events (ms)", milliseconds(lambda: fold(played, log)), "at most 50"
    yield "go on by one event (ms)", milliseconds(lambda: advance(before, log[-1])), ""
    yield "the view of a seat (ms)", milliseconds(lambda: view(whole, "s0", whole.story)), ""
    yield "score (ms)", milliseconds(lambda: score(played, log)), ""
    yield "read the log from text (ms)", milliseconds(lambda: e.log_from_text(text)), ""
