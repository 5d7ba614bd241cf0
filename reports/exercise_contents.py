"""What an after-action report says, the same in every format: rows and sentences from the facts,
and nothing that the facts do not carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TypeVar

from models.rules.clocks import length_in_words
from models.rules.exercise.events import Mode, Verdict
from models.rules.exercise.report import Observation
from models.rules.exercise.scoring import ChoiceResult, RuleResult
from models.rules.vocabulary import ActionStatus, label, words
from reports.drawings.exercise_axis import MINUTE, clock_words
from reports.drawings.exercise_path import branch_words
from reports.exercise_facts import ExerciseDocument
from reports.exercise_rows import (
    GROUP_NAMES,
    HOW,
    RULE_NAMES,
    Checked,
    ChoiceRow,
    Debriefed,
    ImprovementRow,
    ObjectiveRow,
    RuleRow,
    TimelineRow,
)
from reports.exercise_summary import percent, standing, summary
from reports.phrasing import count, day, moment
from reports.prose import cut_at_word

T = TypeVar("T")
HASH_LETTERS = 12


@dataclass(frozen=True)
class Contents:
    """Everything of one report, said from its document."""

    doc: ExerciseDocument

    # --- the head -----------------------------------------------------------------------------

    @property
    def title(self) -> str:
        return self.doc.facts.record.title or "Exercise"

    @property
    def standing(self) -> str:
        return standing(self.doc.facts.record)

    @property
    def provenance(self) -> str:
        record = self.doc.facts.record
        names = " Names are replaced by seats." if self.doc.redacted else ""
        version = f"{cut_at_word(record.scenario_id, 64)} {cut_at_word(record.version, 20)}"
        return (
            f"Scenario {version}, content "
            f"{record.content_hash[:HASH_LETTERS]}. Report of {day(self.doc.day)}.{names}"
        )

    def key_facts(self) -> list[tuple[str, str]]:
        """Name and value of what stands at the head."""
        facts, record = self.doc.facts, self.doc.facts.record
        known = [
            ("Team", facts.team or "Not named"),
            ("Held on", moment(record.started_at, self.doc.zone) if record.started_at else ""),
            ("Scenario", f"{record.scenario_id} {record.version}"),
            ("Content hash", record.content_hash[:HASH_LETTERS]),
            ("Mode", self.mode),
            ("Facilitator", facts.facilitator or ("None" if record.solo else "Not named")),
            ("Story", self._story_length()),
            ("Played for", self._real_length()),
            ("Ending", self.ending),
        ]
        if self.standing == "Ended early":
            known.append(("Ended early because", record.ended_early_because or "No reason given"))
        return [(name, value) for name, value in known if value]

    @property
    def mode(self) -> str:
        record = self.doc.facts.record
        if record.mode is None:
            return "Not started"
        kind = "Live" if record.mode is Mode.LIVE else "Turn by turn"
        return f"{kind}, alone" if record.solo else f"{kind}, as a team"

    @property
    def ending(self) -> str:
        record = self.doc.facts.record
        if record.ending is None:
            return self.standing
        return f"{label(record.ending)}: {record.ending_title}".rstrip(": ")

    def _story_length(self) -> str:
        minutes = self.doc.facts.record.minutes
        long = f" ({length_in_words(timedelta(minutes=minutes))})" if minutes > 180 else ""
        return count(minutes, "minute") + long

    def _real_length(self) -> str:
        record = self.doc.facts.record
        if record.started_at is None or record.ended_at is None:
            return ""
        return length_in_words(record.ended_at - record.started_at)

    def people(self) -> list[tuple[str, str]]:
        """Name and seat. Redacted, there is only the seat."""
        record = self.doc.facts.record
        alone = "Every seat" if record.solo else "No seat"
        return [(name, seat or alone) for name, seat in record.people]

    def summary(self) -> str:
        """A paragraph from the facts alone."""
        return summary(self.doc, len(self.overrides))

    # --- the score ----------------------------------------------------------------------------

    @property
    def process(self) -> str:
        return percent(self.doc.facts.record.score.process)

    @property
    def decision(self) -> str:
        score = self.doc.facts.record.score
        if score.decision is None:
            return percent(None)
        return f"{percent(score.decision)} ({score.gained} of {count(score.possible, 'point')})"

    def objectives(self) -> list[ObjectiveRow]:
        score = self.doc.facts.record.score
        by_rule = {result.rule: result for result in score.rules}
        rows = []
        for one in score.objectives:
            rules = [by_rule[rule] for rule in one.rules if rule in by_rule]
            said = "; ".join(f"{RULE_NAMES[r.rule]}: {words(r.verdict)}" for r in rules)
            share = percent(one.share)
            rows.append(ObjectiveRow(one.id, one.text, one.share, share, said or "None"))
        return rows

    def rules(self) -> list[RuleRow]:
        return [self._rule(result) for result in self.doc.facts.record.score.rules]

    def _rule(self, result: RuleResult) -> RuleRow:
        value = result.value
        counts = (
            "Not counted"
            if value is None
            else f"{_halves(value * result.weight)} of {result.weight}"
        )
        checked = tuple(
            Checked(x.text, x.points, label(x.verdict), self._evidence(x.event))
            for x in result.expectations
        )
        return RuleRow(
            RULE_NAMES[result.rule], label(result.verdict), counts, result.sentence,
            self._evidence(result.event, result.story), checked,
        )  # fmt: skip

    def _evidence(self, event: int | None, story: int | None = None) -> str:
        """The event by which something was judged, with its minute."""
        if event is None:
            return ""
        story, text = self._events.get(event, (story, "the story went on"))
        return text if story is None else f"Minute {story // MINUTE:,}: {text}"

    @cached_property
    def _events(self) -> dict[int, tuple[int, str]]:
        record = self.doc.facts.record
        found = {change.event: (change.story, change.text) for change in record.trace.changes}
        found |= {mark.event: (mark.story, mark.text) for mark in record.trace.marks}
        return found | {line.event: (line.story, line.text) for line in record.timeline}

    def choices(self) -> list[ChoiceRow]:
        return [
            ChoiceRow(
                f"{c.story // MINUTE:,}",
                c.title,
                f"{c.label} ({HOW[c.how]})" if c.how in HOW else c.label,
                _points(c),
                c.feedback,
                c.counts,
            )
            for c in self.doc.facts.record.score.choices
        ]

    @cached_property
    def overrides(self) -> list[TimelineRow]:
        """What the facilitator did in place of the team. Of an option's tags, only the decision."""
        return [row for row in self.timeline() if row.override and row.kind == "Decision"]

    def strengths(self) -> list[str]:
        """Rules that were met, and decisions that gained all that was offered."""
        score = self.doc.facts.record.score
        return [
            *(_of_rule(r) for r in score.rules if r.verdict is Verdict.MET),
            *(_of_choice(c) for c in _counted(score.choices) if c.gained == c.possible),
        ]

    def to_improve(self) -> list[str]:
        """Rules that were met partly or not, and decisions that offered more than was gained."""
        score = self.doc.facts.record.score
        short = (Verdict.PARTLY, Verdict.NOT_MET)
        return [
            *(_of_rule(r) for r in score.rules if r.verdict in short),
            *(_of_choice(c) for c in _counted(score.choices) if c.gained < c.possible),
        ]

    def not_observed(self) -> list[str]:
        """Rules of which nothing can be said, and why."""
        rules = self.doc.facts.record.score.rules
        return [_of_rule(r) for r in rules if r.verdict is Verdict.NOT_OBSERVED]

    # --- what was seen and said ---------------------------------------------------------------

    def timeline(self) -> list[TimelineRow]:
        """Every line of the run, with the changes of its world and the facilitator's marks."""
        record = self.doc.facts.record
        lines = [
            (x.event, x.story, x.group, x.text, x.who, x.override and x.group != "inject")
            for x in record.timeline
        ]
        lines += [(c.event, c.story, "change", c.text, "", False) for c in record.trace.changes]
        marks = record.trace.marks
        lines += [(m.event, m.story, "mark", m.text, "Facilitator", False) for m in marks]
        lines.sort(key=lambda line: line[0])
        last = max((line[1] for line in lines), default=0)
        start = record.trace.start
        days = start.date() != (start + timedelta(seconds=last)).date()
        return [
            TimelineRow(
                f"{story // MINUTE:,}", clock_words(start, story, days), GROUP_NAMES[group],
                text, who, override,
            )
            for _, story, group, text, who, override in lines
        ]  # fmt: skip

    def way(self) -> list[tuple[str, str, str, str]]:
        """The stops of the story: minute, title, what was chosen, and what was not."""
        return [
            (
                f"{stop.story // MINUTE:,}",
                stop.title,
                "; ".join(branch_words(b) for b in stop.branches if b.taken),
                "; ".join(branch_words(b) for b in stop.branches if not b.taken),
            )
            for stop in self.doc.facts.record.trace.stops
        ]

    def observations(self) -> list[tuple[str, str, str, str]]:
        """Minute, objective, text and who of the facilitator's observations."""
        return [_observed(one) for one in self.doc.facts.record.observations]

    def notes(self) -> list[tuple[str, str, str, str]]:
        """The same of what players noted while they played."""
        return [_observed(one) for one in self.doc.facts.record.notes]

    def debrief(self) -> list[Debriefed]:
        """Objective by objective, then what was said about the whole."""
        facts = self.doc.facts
        objectives = facts.record.score.objectives
        known = {one.id for one in objectives}
        groups = [
            Debriefed(
                one.id,
                one.text,
                tuple(q.text for q in self.doc.questions if q.objective == one.id),
                tuple(note for note in facts.notes if note.objective == one.id),
            )
            for one in objectives
        ]
        rest = tuple(note for note in facts.notes if note.objective not in known)
        if rest:
            groups.append(Debriefed("About the whole", "", (), rest))
        return groups

    def improvements(self) -> list[ImprovementRow]:
        return [
            ImprovementRow(
                one.text,
                one.owner or "Nobody yet",
                one.due_on.isoformat() if one.due_on else "No date yet",
                self._status(one.status, one.due_on is not None and one.due_on < self.doc.day),
                one.objective or "–",
            )
            for one in self.doc.facts.improvements
        ]

    def _status(self, status: ActionStatus, past: bool) -> str:
        is_open = status not in (ActionStatus.DONE, ActionStatus.DECLINED)
        return f"{label(status)}, overdue" if past and is_open else label(status)


def limited(rows: Sequence[T], most: int) -> tuple[Sequence[T], str]:
    """At most so many rows, and a sentence about the rest."""
    if len(rows) <= most:
        return rows, ""
    said = f"The first {most:,} of {len(rows):,} are printed. The HTML and Markdown exports"
    return rows[:most], f"{said} hold all of them."


def _halves(value: float) -> str:
    """0, ½, 1, 1½ …: what a rule can add."""
    whole, half = divmod(value, 1)
    return f"{whole:.0f}" if not half else f"{whole:.0f}½".removeprefix("0")


def _points(choice: ChoiceResult) -> str:
    if not choice.counts:
        return "Left out"
    return f"{choice.gained} of {choice.possible}" if choice.possible else "No points"


def _counted(choices: Sequence[ChoiceResult]) -> Iterator[ChoiceResult]:
    return (choice for choice in choices if choice.counts and choice.possible)


def _of_rule(result: RuleResult) -> str:
    partly = " (partly)" if result.verdict is Verdict.PARTLY else ""
    missed = "".join(
        f" Expected, {words(x.verdict)}: “{x.text}”."
        for x in result.expectations
        if x.verdict in (Verdict.PARTLY, Verdict.NOT_MET)
    )
    return f"{RULE_NAMES[result.rule]}{partly}: {result.sentence}{missed}"


def _of_choice(choice: ChoiceResult) -> str:
    return (
        f"Minute {choice.story // MINUTE:,}, “{choice.title}”: “{choice.label}” gained "
        f"{choice.gained} of {count(choice.possible, 'point')}. {choice.feedback}".strip()
    )


def _observed(one: Observation) -> tuple[str, str, str, str]:
    return f"{one.story // MINUTE:,}", one.objective or "–", one.text, one.who
