"""The paragraph at the head of an after-action report, drafted from the facts alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from models.rules.clocks import length_in_words
from models.rules.exercise.events import Mode, Verdict
from models.rules.exercise.report import AfterActionRecord
from models.rules.exercise.scoring import Score
from models.rules.vocabulary import label, words
from reports.exercise_facts import ExerciseDocument
from reports.phrasing import count, moment


def standing(record: AfterActionRecord) -> str:
    """How the run came out, in two or three words."""
    if record.started_at is None:
        return "Not started"
    if record.ended_at is None:
        return "Not ended"
    return f"{label(record.ending)} ending" if record.ending else "Ended early"


def percent(share: float | None) -> str:
    """64 %; `Not observed` where nothing could be."""
    return "Not observed" if share is None else f"{share * 100:.0f} %"


def summary(doc: ExerciseDocument, overrides: int) -> str:
    """What was played, how it ended, what it cost and what the score says. `overrides` counts
    the decisions that the facilitator made in place of the team."""
    if doc.facts.record.started_at is None:
        return "This exercise has not started, so there is nothing to tell yet."
    record = doc.facts.record
    sentences = [_played(doc), _ended(record), _impact(record), *_scored(record.score)]
    if overrides:
        verb = "was" if overrides == 1 else "were"
        sentences.append(
            f"{count(overrides, 'decision')} {verb} made by the facilitator in place of the team "
            "and left out of the score."
        )
    return " ".join([*sentences, _debriefed(doc)])


def _played(doc: ExerciseDocument) -> str:
    record = doc.facts.record
    assert record.started_at is not None
    when = moment(record.started_at, doc.zone)
    who = doc.facts.team or ("One person" if record.solo else "A team")
    if record.solo:
        alone = " alone" if not doc.facts.team else ", one person alone,"
        return f"{who}{alone} played “{record.title}” on {when}."
    people = f" with {count(len(record.people), 'person', 'people')}" if record.people else ""
    how = "live" if record.mode is Mode.LIVE else "turn by turn"
    return f"{who} played “{record.title}” {how}{people} on {when}."


def _ended(record: AfterActionRecord) -> str:
    ran = f"The story ran for {count(record.minutes, 'minute')}"
    if record.ended_at is None:
        return f"{ran} so far and has not ended."
    if record.ending is None:
        why = record.ended_early_because
        reason = f"The reason given: “{why.rstrip('.')}”." if why else "No reason was given."
        return f"{ran} and was ended early, before it came to an ending. {reason}"
    came = f", “{record.ending_title}”" if record.ending_title else ""
    return f"{ran} and came to a {words(record.ending)} ending{came}."


def _impact(record: AfterActionRecord) -> str:
    spans = record.trace.impact
    if not spans:
        return "Customers were not hurt in it."
    hurt = timedelta(seconds=sum(end - start for start, end in spans))
    return f"Customers were hurt for {length_in_words(hurt)} of it."


def _scored(score: Score) -> Iterator[str]:
    counted = [result for result in score.rules if result.value is not None]
    if score.process is None:
        yield "No rule of response could be observed, so there is no process score."
    else:
        met = sum(result.verdict is Verdict.MET for result in counted)
        partly = sum(result.verdict is Verdict.PARTLY for result in counted)
        yield (
            f"Of {count(len(counted), 'rule')} of response that could be observed, {met} "
            f"{'was' if met == 1 else 'were'} met, {partly} partly and "
            f"{len(counted) - met - partly} not; the process score is {percent(score.process)}."
        )
    if score.decision is not None:
        yield f"The decisions gained {score.gained} of {count(score.possible, 'point')}."


def _debriefed(doc: ExerciseDocument) -> str:
    facts = doc.facts
    if not facts.notes and not facts.improvements:
        return "No debrief is on record."
    notes, actions = count(len(facts.notes), "note"), count(len(facts.improvements), "improvement")
    return f"The debrief left {notes} and {actions}."
