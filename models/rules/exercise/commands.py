"""What the people in an exercise can do. Each function is called as

    decide(play, Request(now, by, command), "bypass", rationale="…")

and gives the events to add to the log: first what the clock did until now, then the act, then what
follows from it at once. The same `command` again gives nothing. Raises ProblemForUser when it
cannot be done; then nothing has happened. Seats and facilitators are told apart by `by`; whether
the person may speak for it is for the caller to know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from models.rules.exercise import events as e
from models.rules.exercise.due import acts_when_chosen, due, favourite, leaders
from models.rules.exercise.fold import advance
from models.rules.exercise.play import (
    OpenDecision,
    Play,
    content_hash,
    option_of,
    speaks_for,
    stands_in,
    story_now,
)
from models.rules.problems import NotAllowed, NotFound, ProblemForUser
from models.rules.scenario.shape import Decision, Option
from models.rules.scenario.wording import did_you_mean
from models.rules.text import clean
from models.rules.vocabulary import IncidentRole, Severity, words

P = ParamSpec("P")


@dataclass(frozen=True)
class Request:
    """When (aware), by which seat or FACILITATOR, and the id of the click that asked for it."""

    now: datetime
    by: str
    command: str


class Pen:
    """Writes the events of one request, each on top of the one before."""

    def __init__(self, play: Play, request: Request) -> None:
        self.request, self.play = request, play
        self.events: list[e.Event] = []
        self.catch_up()

    def catch_up(self) -> None:
        self._add(due(self.play, self.request.now))

    def write(self, *what: e.Happening, override: bool = False, by: str | None = None) -> None:
        story = story_now(self.play, self.request.now)
        first = self.play.last_seq + 1
        who = by or self.request.by
        self._add(
            tuple(
                e.Event(
                    first + n, self.request.now.astimezone(UTC), story, who, one,
                    self.request.command, override,
                )
                for n, one in enumerate(what)
            )
        )  # fmt: skip

    def _add(self, events: tuple[e.Event, ...]) -> None:
        self.play = advance(self.play, *events)
        self.events.extend(events)

    def only_the_facilitator(self) -> None:
        if self.request.by != e.FACILITATOR:
            raise NotAllowed("Only the facilitator can do this.")

    def must_take_place(self) -> None:
        if self.play.called_off:
            raise ProblemForUser("This exercise was called off. Open or join another one.")

    def must_go_on(self) -> None:
        self.must_take_place()
        if self.play.mode is None:
            raise ProblemForUser("The exercise has not started yet.")
        if self.play.ended is not None:
            raise ProblemForUser("The exercise has ended. Its log takes notes and marks only.")

    def open_decision(self, delivery: int | None) -> tuple[OpenDecision, Decision]:
        """The decision that is open; `delivery` is the one that the person was looking at: the
        same node may have come again meanwhile."""
        self.must_go_on()
        opened = self.play.decision
        if opened is None or delivery not in (None, opened.delivery):
            raise ProblemForUser(
                "This decision is closed: it was made, or its time was over. "
                "What was chosen stands in the timeline."
            )
        decision = self.play.scenario.nodes[opened.node].decision
        assert decision is not None  # only a node with a decision opens one
        return opened, decision


def command(
    change: Callable[Concatenate[Pen, P], None],
) -> Callable[Concatenate[Play, Request, P], tuple[e.Event, ...]]:
    """Makes a function that writes with a pen into one that gives the events."""

    @wraps(change)
    def asked(
        play: Play, request: Request, /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[e.Event, ...]:
        if request.command in play.commands:
            return ()
        seats = {seat.id for seat in play.scenario.seats}
        if request.by not in seats and request.by != e.FACILITATOR:
            raise NotFound(f"There is no seat “{request.by}” in this scenario.", field="seat")
        pen = Pen(play, request)
        change(pen, *args, **kwargs)
        pen.catch_up()
        return tuple(pen.events)

    return asked


@command
def start(pen: Pen, mode: e.Mode, *, solo: bool = False, scripted: bool = False) -> None:
    """Begins the story."""
    pen.must_take_place()
    if pen.play.mode is not None:
        raise ProblemForUser("The exercise has started already.")
    frozen = content_hash(pen.play.scenario)
    pen.write(e.Started(mode=mode, scenario_hash=frozen, solo=solo, scripted=scripted))


@command
def join(pen: Pen, player: str, name: str) -> None:
    """Somebody comes in; `player` is the id that the caller gave them."""
    pen.must_take_place()
    if player not in pen.play.players and len(pen.play.players) >= pen.play.scenario.max_players:
        places = pen.play.scenario.max_players
        all_of_them = "The only place is" if places == 1 else f"All {places} places are"
        raise ProblemForUser(f"{all_of_them} taken.")
    said = e.Joined(player=player, name=name)
    if not said.name:
        raise ProblemForUser("Write your name first.", field="name")
    pen.write(said)


@command
def take_seat(pen: Pen, player: str) -> None:
    """A player sits down on the seat that the request speaks for."""
    pen.must_take_place()
    if player not in pen.play.players:
        raise NotFound("Nobody of this name has joined.", field="player")
    if pen.request.by == e.FACILITATOR:
        raise ProblemForUser("The facilitator has no seat at the table.", field="seat")
    pen.write(e.SeatTaken(player=player, seat=pen.request.by))


@command
def mark_seen(pen: Pen, delivery: int) -> None:
    """The seat has a delivery before its eyes. Only the first time is logged."""
    _may_read(pen, delivery)
    if (delivery, pen.request.by) not in pen.play.seen:
        pen.write(e.Seen(delivery=delivery))


@command
def answer(pen: Pen, delivery: int, text: str) -> None:
    """The seat answers a delivery in words; a second answer replaces the first."""
    pen.must_go_on()
    _may_read(pen, delivery)
    pen.write(e.Answered(delivery=delivery, text=needed(text, "answer")))


@command
def decide(
    pen: Pen, option: str, *, delivery: int | None = None, rationale: str = "", reason: str = ""
) -> None:
    """Makes the open decision. The facilitator makes those that are theirs and breaks ties; any
    other one only with a `reason`, and then it is left out of the score."""
    opened, decision = pen.open_decision(delivery)
    chosen = _available(pen, opened, option)
    facilitating = pen.request.by == e.FACILITATOR
    override = facilitating and not _is_theirs(pen, decision, option)
    if override and not clean(reason):
        raise ProblemForUser(
            "This decision belongs to a seat. Write why you make it for them.", field="reason"
        )
    if not facilitating:
        _may_decide(pen, decision, option)
    if decision.rationale == "required" and not override and not clean(rationale):
        raise ProblemForUser("Write why you decide so; one sentence is enough.", field="rationale")
    by = decision.seat if pen.play.solo and not facilitating else pen.request.by
    what = e.Decided(
        node=opened.node,
        option=option,
        how="facilitator" if facilitating else "seat",
        rationale=rationale,
        reason=reason,
    )
    acts = acts_when_chosen(pen.play, chosen)
    pen.write(what, *acts, override=override, by=by)


@command
def vote(pen: Pen, option: str, *, delivery: int | None = None) -> None:
    """The seat's vote, until the decision closes it may change. More than half of the seats that
    are taken decide at once; when all have voted, the most do, and in a tie the deciding seat."""
    opened, decision = pen.open_decision(delivery)
    if decision.by != "vote":
        raise ProblemForUser("This decision is not put to the vote.")
    _available(pen, opened, option)
    voters = set(pen.play.seats.values())
    if pen.request.by not in voters:
        raise NotAllowed("Only a seat that is taken has a vote.")
    pen.write(e.Voted(node=opened.node, option=option))
    votes = list(pen.play.votes.values())
    leading = favourite(pen.play, decision)
    settled = 2 * votes.count(leading or "") > len(voters) or voters <= set(pen.play.votes)
    if leading is not None and settled:
        acts = acts_when_chosen(pen.play, _available(pen, opened, leading))
        pen.write(e.Decided(node=opened.node, option=leading, how="vote"), *acts, by=decision.seat)


@command
def declare(pen: Pen, text: str = "") -> None:
    """Declares the incident; a second time is no harm and not logged."""
    pen.must_go_on()
    if pen.play.declared is None:
        pen.write(e.Declared(text=text))


@command
def set_role(pen: Pen, role: IncidentRole, seat: str) -> None:
    """Gives a role of incident response to a seat."""
    pen.must_go_on()
    if seat not in {one.id for one in pen.play.scenario.seats}:
        raise NotFound(f"There is no seat “{seat}” in this scenario.", field="seat")
    if pen.play.roles.get(role) != seat:
        pen.write(e.RoleSet(role=role, seat=seat))


@command
def choose_severity(pen: Pen, level: Severity, why: str = "") -> None:
    """The team's severity from now on."""
    pen.must_go_on()
    if level not in pen.play.scenario.severity.scale:
        raise ProblemForUser(f"This scenario does not use {words(level)}.", field="level")
    if level != pen.play.severity:
        pen.write(e.SeveritySet(level=level, why=why))


@command
def post_update(
    pen: Pen, audience: e.Audience, text: str, next_update_min: int | None = None
) -> None:
    """Sends an update, with the promise of the next one in minutes of the story."""
    pen.must_go_on()
    said = needed(text, "update")
    if next_update_min is not None and not 1 <= next_update_min <= 1_440:
        raise ProblemForUser(
            "The next update comes in 1 to 1,440 minutes.", field="next_update_min"
        )
    pen.write(e.CommsSent(audience=audience, text=said, next_update_min=next_update_min))


@command
def mitigate(pen: Pen, text: str) -> None:
    """The team reports that the impact is smaller now."""
    pen.must_go_on()
    pen.write(e.Mitigated(text=needed(text, "report")))


@command
def escalate(pen: Pen, text: str) -> None:
    """Somebody is called in: who and why."""
    pen.must_go_on()
    pen.write(e.Escalated(text=needed(text, "escalation")))


@command
def report_stable(pen: Pen, text: str = "") -> None:
    """The team sees the service healthy; the wait before closing begins for them."""
    pen.must_go_on()
    pen.write(e.Stable(text=text))


@command
def close(pen: Pen, text: str = "") -> None:
    """The team closes the incident. The story goes on, and may prove that it was too early."""
    pen.must_go_on()
    if pen.play.declared is None:
        raise ProblemForUser("No incident was declared, so there is none to close.")
    pen.write(e.Closed(text=text))


@command
def become_aware(pen: Pen, text: str) -> None:
    """The team states that personal data was compromised: the regulator's 72 hours run."""
    pen.must_go_on()
    pen.write(e.Aware(text=needed(text, "statement")))


@command
def decide_notification(pen: Pen, notify: bool, reason: str) -> None:
    """The decision to notify the regulator or not, and its reason."""
    pen.must_go_on()
    pen.write(e.Notified(notify=notify, text=needed(reason, "reason")))


@command
def note(pen: Pen, text: str) -> None:
    """A note for the debrief, at any time, also after the end."""
    pen.write(e.Noted(text=needed(text, "note")))


def needed(text: str, what: str) -> str:
    """The text, cleaned. Raises ProblemForUser when nothing is left of it."""
    said = clean(text, field=what)
    if not said:
        raise ProblemForUser(f"The {what} is empty. Write it first.", field="text")
    return said


def _may_read(pen: Pen, delivery: int) -> None:
    found = pen.play.deliveries.get(delivery)
    seats = speaks_for(pen.play, pen.request.by)
    if found is None or not (
        pen.request.by == e.FACILITATOR or any(found.reaches(seat) for seat in seats)
    ):
        raise NotFound("This message did not reach your seat.")


def _available(pen: Pen, opened: OpenDecision, option: str) -> Option:
    if option in opened.options:
        return option_of(pen.play.scenario, opened.node, option)
    decision = pen.play.scenario.nodes[opened.node].decision
    known = [one.id for one in decision.options] if decision else []
    if option in known:
        raise ProblemForUser("This option is not available now.", field="option")
    raise NotFound(
        f"There is no option “{option}” here.{did_you_mean(option, opened.options)}",
        field="option",
    )


def _is_theirs(pen: Pen, decision: Decision, option: str) -> bool:
    """Whether a decision is the facilitator's own: by the scenario, or to break a tie."""
    if decision.by == "facilitator":
        return True
    voters = set(pen.play.seats.values())
    tied = decision.by == "vote" and voters and voters <= set(pen.play.votes)
    return bool(tied) and option in leaders(pen.play)


def _may_decide(pen: Pen, decision: Decision, option: str) -> None:
    play = pen.play
    if play.solo:
        return
    if decision.by == "facilitator":
        raise NotAllowed("The facilitator makes this decision.")
    if stands_in(play, decision.seat) != pen.request.by:
        title = next(seat.title for seat in play.scenario.seats if seat.id == decision.seat)
        raise NotAllowed(f"This decision belongs to another seat: {title}.")
    if decision.by == "vote" and not _is_theirs(pen, decision, option):
        raise NotAllowed("This decision is put to the vote. Vote, and break a tie afterwards.")
