"""The facts of an after-action report, for documents to print."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.rules.exercise import events as e
from models.rules.exercise.fold import fold
from models.rules.exercise.play import Play, content_hash, moment, option_of
from models.rules.exercise.scoring import Score, formula_in_words, score
from models.rules.exercise.trace import Trace, trace
from models.rules.scenario.shape import DebriefQuestion, Ending, Policy, Scenario
from models.rules.scenario.wording import counted
from models.rules.vocabulary import label, words


@dataclass(frozen=True)
class TimelineLine:
    """`story` in seconds, `at` in the story's calendar. `group` is inject, decision, update, act,
    clock or observation; `override`: decided by the facilitator in place of the team."""

    event: int
    story: int
    at: datetime
    group: str
    who: str
    text: str
    override: bool


@dataclass(frozen=True)
class Observation:
    story: int
    who: str
    text: str
    objective: str


@dataclass(frozen=True)
class AfterActionRecord:
    """`started_at` and `ended_at` are real, UTC, None where it did not come to that; `minutes`
    are those of the story. `people` are (name, title of the seat), `path` (node, its title)."""

    scenario_id: str
    version: str
    content_hash: str
    title: str
    summary: str
    mode: e.Mode | None
    solo: bool
    started_at: datetime | None
    ended_at: datetime | None
    minutes: int
    people: tuple[tuple[str, str], ...]
    path: tuple[tuple[str, str], ...]
    ending: Ending | None
    ending_title: str
    ended_early_because: str
    timeline: tuple[TimelineLine, ...]
    score: Score
    formula: str
    observations: tuple[Observation, ...]
    notes: tuple[Observation, ...]
    questions: tuple[DebriefQuestion, ...]
    trace: Trace


def after_action(
    scenario: Scenario, events: Iterable[e.Event], team: Policy | None = None
) -> AfterActionRecord:
    """What a run was and how it went, from its log."""
    log = tuple(events)
    play = fold(scenario, log)
    started = next((x for x in log if isinstance(x.what, e.Started)), None)
    ended = next((x for x in log if isinstance(x.what, e.Ended)), None)
    last_node = scenario.nodes[play.path[-1]] if play.path else None
    return AfterActionRecord(
        scenario_id=scenario.id,
        version=scenario.version,
        content_hash=content_hash(scenario),
        title=scenario.title,
        summary=scenario.summary,
        mode=play.mode,
        solo=play.solo,
        started_at=started.at if started else None,
        ended_at=ended.at if ended else None,
        minutes=play.story // 60,
        people=tuple((n, _who(play, play.seats.get(p, ""))) for p, n in play.players.items()),
        path=tuple((node, scenario.nodes[node].title) for node in play.path),
        ending=play.ended.ending if play.ended else None,
        ending_title=last_node.title if last_node and last_node.ending else "",
        ended_early_because=play.ended.reason if play.ended else "",
        timeline=tuple(line for event in log if (line := timeline_line(play, event))),
        score=score(scenario, log, team),
        formula=formula_in_words(scenario),
        observations=tuple(
            Observation(x.story, _who(play, x.by), x.what.text, x.what.objective)
            for x in log
            if isinstance(x.what, e.Observed)
        ),
        notes=tuple(
            Observation(x.story, _who(play, x.by), x.what.text, "")
            for x in log
            if isinstance(x.what, e.Noted)
        ),
        questions=scenario.debrief.questions,
        trace=trace(play, log),
    )


def _who(play: Play, by: str) -> str:
    named = {e.CLOCK: "", e.FACILITATOR: "Facilitator", "": ""}
    named |= {seat.id: seat.title for seat in play.scenario.seats}
    return named.get(by, by)


def timeline_line(play: Play, event: e.Event) -> TimelineLine | None:
    """An event in words, from a play that has come at least so far; None for what the report does
    not tell, such as who has read what."""
    told = _TOLD.get(type(event.what))
    if told is None:
        return None
    group, text = told
    return TimelineLine(
        event=event.seq,
        story=event.story,
        at=moment(play, event.story),
        group=group,
        who=_who(play, event.by),
        text=text(play, event),
        override=event.override,
    )


def _inject(play: Play, event: e.Event) -> str:
    delivery = play.deliveries[event.seq]
    sender = f"{delivery.sender}: " if delivery.sender else ""
    return f"{sender}{delivery.title}"


def _decision(play: Play, event: e.Event) -> str:
    what: Any = event.what
    option = option_of(play.scenario, what.node, what.option)
    how = {"timeout": " (the time was over)", "vote": " (by vote)"}.get(what.how, "")
    why = what.reason or what.rationale
    return f"{option.label}{how}{f'. Because: {why}' if why else ''}"


def _update(_play: Play, event: e.Event) -> str:
    what: Any = event.what
    promised = what.next_update_min
    following = f" Next update in {counted(promised, 'minute')}." if promised else ""
    return f"To {words(what.audience)}: {what.text}{following}"


def _act(said: str) -> Callable[[Play, e.Event], str]:
    def text(_play: Play, event: e.Event) -> str:
        more = getattr(event.what, "text", "")
        return f"{said}: {more}" if more else said

    return text


def _notified(_play: Play, event: e.Event) -> str:
    what: Any = event.what
    said = "Decided to notify" if what.notify else "Decided not to notify"
    return f"{said}: {what.text}"


def _role(play: Play, event: e.Event) -> str:
    what: Any = event.what
    return f"{label(what.role)}: {_who(play, what.seat)}"


def _plain(template: str) -> Callable[[Play, e.Event], str]:
    def text(_play: Play, event: e.Event) -> str:
        return template.format(what=event.what)

    return text


def _paused(_play: Play, event: e.Event) -> str:
    return "Paused, because the server was away" if event.by == e.CLOCK else "Paused"


def _branch(play: Play, event: e.Event) -> str:
    what: Any = event.what
    return f"The story was led to “{play.scenario.nodes[what.to].title}”. Because: {what.reason}"


_TOLD: dict[type, tuple[str, Callable[[Play, e.Event], str]]] = {
    e.Started: ("clock", _plain("The exercise began")),
    e.Paused: ("clock", _paused),
    e.Resumed: ("clock", _plain("Resumed")),
    e.SpeedSet: ("clock", _plain("The story runs at {what.factor} times the speed")),
    e.Delivered: ("inject", _inject),
    e.Injected: ("inject", _inject),
    e.Decided: ("decision", _decision),
    e.Overridden: ("decision", _branch),
    e.Declared: ("act", _act("Declared")),
    e.RoleSet: ("act", _role),
    e.SeveritySet: ("act", _plain("Severity {what.level}")),
    e.CommsSent: ("update", _update),
    e.Mitigated: ("act", _act("Mitigated")),
    e.Escalated: ("act", _act("Help was called in")),
    e.Stable: ("act", _act("Reported stable")),
    e.Closed: ("act", _act("Closed")),
    e.Aware: ("act", _act("Personal data is affected")),
    e.Notified: ("act", _notified),
    e.Answered: ("update", _act("Answered")),
    e.Observed: ("observation", _act("Observed")),
    e.Ended: ("clock", _plain("The exercise ended")),
}
