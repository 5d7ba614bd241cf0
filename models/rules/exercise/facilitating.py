"""What only the facilitator can do; called like the functions in `commands`."""

from __future__ import annotations

from models.rules.exercise import events as e
from models.rules.exercise.clock import MINUTE, minutes
from models.rules.exercise.commands import Pen, command, needed
from models.rules.exercise.due import upcoming
from models.rules.exercise.play import option_of, story_now
from models.rules.problems import NotFound, ProblemForUser
from models.rules.scenario.shape import ALL, ClockInject
from models.rules.scenario.wording import did_you_mean


@command
def pause(pen: Pen) -> None:
    """The clock of the story stands still; twice is no harm."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if not pen.play.paused:
        pen.write(e.Paused())


@command
def resume(pen: Pen) -> None:
    """The clock goes on from where it stood."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if pen.play.paused:
        pen.write(e.Resumed())


@command
def set_speed(pen: Pen, factor: int) -> None:
    """How many minutes of the story pass in a minute, from now on."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if pen.play.mode is not e.Mode.LIVE:
        raise ProblemForUser("In turn mode the story waits for the team; it has no speed.")
    if not 1 <= factor <= pen.play.scenario.clock.speed_max:
        raise ProblemForUser(
            f"The speed is between 1 and {pen.play.scenario.clock.speed_max} here.", field="factor"
        )
    pen.write(e.SpeedSet(factor=factor))


@command
def skip(pen: Pen, to_min: int | None = None) -> None:
    """Puts the clock forward to the next thing that comes, or to a minute before it. Never past
    it, so that nothing comes in a burst; ask again to go further."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if pen.play.paused:
        raise ProblemForUser("The exercise is paused. Resume it, then skip.")
    here = story_now(pen.play, pen.request.now)
    following = next((one for one in upcoming(pen.play) if not one.held), None)
    if to_min is None and following is None:
        raise ProblemForUser("Nothing is coming that the clock could be put forward to.")
    if to_min is not None and to_min * MINUTE <= here:
        raise ProblemForUser(f"The story is at minute {minutes(here)} already.", field="to_min")
    times = [to_min * MINUTE] if to_min is not None else []
    times += [max(here, following.due)] if following is not None else []
    pen.write(e.Skipped(to=min(times)))


@command
def hold(pen: Pen, name: str) -> None:
    """A node or clock inject does not come by itself; it waits for `play_now`."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if name not in _to_come(pen):
        raise NotFound(_not_coming(pen, name))
    if name not in pen.play.held:
        pen.write(e.Held(id=name))


@command
def play_now(pen: Pen, name: str) -> None:
    """Delivers a coming node or clock inject at once, whether it was held or only early."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if any(inject.id == name for inject in _injects(pen)):
        pen.write(e.Injected(source="clock", id=name))
        return
    coming = pen.play.coming
    if coming is None or coming.step != "node" or coming.node != name:
        raise NotFound(_not_coming(pen, name))
    pen.write(e.Delivered(node=name))


@command
def drop(pen: Pen, name: str) -> None:
    """A clock inject will not come. The story itself is led by `choose_branch`."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if all(inject.id != name for inject in _injects(pen)):
        raise NotFound(_not_coming(pen, name))
    pen.write(e.Dropped(id=name))


@command
def choose_branch(pen: Pen, node: str, reason: str) -> None:
    """Leads the story to another node at once, whatever was open or under way. Left out of the
    score."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if node not in pen.play.scenario.nodes:
        known = did_you_mean(node, pen.play.scenario.nodes)
        raise NotFound(f"The scenario has no node “{node}”.{known}", field="node")
    pen.write(e.Overridden(to=node, reason=needed(reason, "reason")), override=True)


@command
def play_contingency(pen: Pen, name: str) -> None:
    """Throws in something prepared; the same one may come twice."""
    pen.only_the_facilitator()
    pen.must_go_on()
    known = [one.id for one in pen.play.scenario.contingencies]
    if name not in known:
        raise NotFound(f"There is no contingency “{name}”.{did_you_mean(name, known)}")
    pen.write(e.Injected(source="contingency", id=name))


@command
def improvise(pen: Pen, content: e.Improvised) -> None:
    """Throws in something written on the spot."""
    pen.only_the_facilitator()
    pen.must_go_on()
    if not content.title or not content.body:
        raise ProblemForUser("An inject needs a title and a text.", field="title")
    seats = {ALL, *(seat.id for seat in pen.play.scenario.seats)}
    if not content.to or not set(content.to) <= seats:
        raise ProblemForUser("Choose the seats that receive it.", field="to")
    pen.write(e.Injected(source="improvised", content=content))


@command
def observe(pen: Pen, text: str, objective: str = "") -> None:
    """What the facilitator saw, at any time, also after the end."""
    pen.only_the_facilitator()
    if objective and objective not in {o.id for o in pen.play.scenario.objectives}:
        raise NotFound(f"There is no objective “{objective}”.", field="objective")
    pen.write(e.Observed(text=needed(text, "observation"), objective=objective))


@command
def mark(pen: Pen, expectation: str, verdict: e.Verdict) -> None:
    """Whether an expectation was met; it counts in the rule that it names."""
    pen.only_the_facilitator()
    known = {x.id for node in pen.play.scenario.nodes.values() for x in node.expects}
    if expectation not in known:
        near = did_you_mean(expectation, known)
        raise NotFound(f"There is no expectation “{expectation}”.{near}")
    pen.write(e.Marked(expectation=expectation, verdict=verdict))


@command
def end(pen: Pen, reason: str) -> None:
    """Ends the exercise before the story does."""
    pen.only_the_facilitator()
    pen.must_go_on()
    pen.write(e.Ended(reason=reason))


@command
def call_off(pen: Pen) -> None:
    """Closes an exercise that has not begun; twice is no harm."""
    pen.only_the_facilitator()
    if pen.play.mode is not None:
        raise ProblemForUser("The exercise has begun, so it cannot be called off. End it early.")
    if not pen.play.called_off:
        pen.write(e.CalledOff())


@command
def reveal(pen: Pen) -> None:
    """Shows everybody the feedback on the decisions, once the exercise has ended."""
    pen.only_the_facilitator()
    if pen.play.ended is None:
        raise ProblemForUser("The reveal comes after the end.")
    if not pen.play.revealed:
        pen.write(e.Revealed())


def _injects(pen: Pen) -> tuple[ClockInject, ...]:
    return tuple(one.what for one in upcoming(pen.play) if isinstance(one.what, ClockInject))


def _to_come(pen: Pen) -> set[str]:
    """Names that can be held: clock injects, and the node that comes or that an option leads to."""
    names = {inject.id for inject in _injects(pen)}
    coming = pen.play.coming
    if coming is not None and coming.step == "node":
        names.add(coming.node)
    elif coming is not None and coming.step == "option":
        names.add(option_of(pen.play.scenario, coming.node, coming.option).next)
    return names


def _not_coming(pen: Pen, name: str) -> str:
    return f"“{name}” is not coming next.{did_you_mean(name, _to_come(pen))}"
