"""hotwash scenario play: a scenario played from answers in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.shell import Verb, counted, json_option, plain, print_json, read_input, say
from models.rules.policy import NOBODY

if TYPE_CHECKING:
    from models.rules.exercise.headless import Answer, HeadlessResult
    from models.rules.exercise.scoring import Score
    from models.rules.scenario.shape import Scenario


@click.command("play", cls=Verb)
@click.argument("file", metavar="FILE")
@click.option(
    "--answers",
    "answers",
    metavar="FILE",
    required=True,
    help="A YAML list of {node, option}, with at_min where the minute matters, and severity and "
    "roles (of seats) where the team sets them right before deciding. What is not answered takes "
    "its default when its time is over.",
)
@json_option
def play(file: str, answers: str, as_json: bool) -> None:
    """Play a scenario from a list of answers, to its end. No database is needed."""
    from services.headless_play import play_text

    scenario, result = play_text(NOBODY, read_input(file), read_input(answers))
    if as_json:
        print_json(_as_plain(scenario, result))
    else:
        _say_result(result)


def _as_plain(scenario: Scenario, result: HeadlessResult) -> dict[str, Any]:
    from models.rules.exercise.events import event_to_json
    from models.rules.exercise.play import content_hash

    return {
        "scenario": scenario.id,
        "version": scenario.version,
        "hash": content_hash(scenario),
        "path": list(result.path),
        "ending": result.ending,
        "minutes": result.minutes,
        "score": score_as_plain(result.score),
        "unused": [_answer_as_plain(answer) for answer in result.unused],
        "log": [event_to_json(event) for event in result.log],
    }


def score_as_plain(score: Score) -> dict[str, Any]:
    """`value` of a rule is 1, 0.5, 0, or null when it was not observed."""
    whole: dict[str, Any] = plain(score)
    for row, rule in zip(whole["rules"], score.rules, strict=True):
        row["value"] = rule.value
    return whole


def _answer_as_plain(answer: Answer) -> dict[str, Any]:
    return {"answer": answer.place, "node": answer.node, "option": answer.option}


def _say_result(result: HeadlessResult) -> None:
    say(f"Path: {' → '.join(result.path)}")
    length = counted(result.minutes, "minute")
    say(f"Ending: {result.ending or 'none'}, after {length} of the story.")
    say_score(result.score)
    for answer in result.unused:
        say(f"Answer {answer.place} was not used: “{answer.node}” did not come to be decided.")


def say_score(score: Score) -> None:
    """Each rule with what decided it, then both scores."""
    for rule in score.rules:
        said = rule.verdict.replace("_", " ")
        say(f"  {rule.rule:<17} {said:<13} {rule.sentence}")
    say(f"Process score: {_percent(score.process)}.")
    say(f"Decision score: {_percent(score.decision)} ({score.gained} of {score.possible}).")


def _percent(share: float | None) -> str:
    return "nothing to score" if share is None else f"{share:.0%}"
