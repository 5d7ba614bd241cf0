"""The after-action report as a Markdown file. Everything typed is escaped: it stands as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.exercise_contents import Contents
from reports.exercise_facts import ExerciseDocument
from reports.exercise_rows import Debriefed
from reports.markdown_text import NONE, escaped, table
from reports.phrasing import count


def exercise_markdown(doc: ExerciseDocument) -> str:
    """The report as Markdown, ending in one newline. Real times are in UTC, so that the file says
    the same wherever it is read."""
    said = Contents(replace(doc, zone="UTC"))
    parts = (*_head(said), *_judged(said), *_debriefed(said), *_scored(said), *_run(said))
    return "\n\n".join(part for part in parts if part).rstrip() + "\n"


def _head(said: Contents) -> Iterator[str]:
    yield f"# After-action report: {escaped(said.title)}"
    known = [
        ("Outcome", said.standing),
        ("Process score", said.process),
        ("Decisions", said.decision),
        *said.key_facts(),
    ]
    yield "\n".join(f"- **{name}:** {escaped(value)}" for name, value in known)
    yield escaped(said.provenance)
    yield "## Summary"
    yield escaped(said.summary())
    scenario = said.doc.facts.record.summary
    yield f"The scenario: {escaped(scenario)}" if scenario else ""


def _judged(said: Contents) -> Iterator[str]:
    yield "## Objectives"
    rows = [(f"{o.id}: {o.text}", o.percent, o.rules) for o in said.objectives()]
    yield table(("Objective", "Reached", "Rules that show it"), rows)
    yield "## Strengths and areas to improve"
    yield "### Strengths"
    yield _bullets(said.strengths())
    yield "### Areas to improve"
    yield _bullets(said.to_improve())
    yield "### Not observed"
    yield _bullets(said.not_observed())


def _debriefed(said: Contents) -> Iterator[str]:
    yield "## Improvement plan"
    plan = [(i.text, i.owner, i.due, i.status, i.objective) for i in said.improvements()]
    yield table(("Action", "Owner", "Due", "Status", "Objective"), plan)
    yield "## What the debrief said"
    groups = said.debrief()
    for group in groups:
        yield from _objective(group)
    yield "" if groups else NONE


def _objective(group: Debriefed) -> Iterator[str]:
    text = f": {escaped(group.text)}" if group.text else ""
    yield f"### {escaped(group.heading)}{text}"
    yield _bullets(group.questions) if group.questions else ""
    rows = [
        (n.question, n.moment or "–", n.gap or "–", n.action or "–", n.by or "Not signed")
        for n in group.notes
    ]
    names = ("Question", "The moment", "The gap", "The action", "By")
    yield table(names, rows) if rows else "No note is on record."


def _scored(said: Contents) -> Iterator[str]:
    yield "## Rules and their evidence"
    rows: list[tuple[str, ...]] = []
    for row in said.rules():
        rows.append((row.name, row.verdict, row.counts, row.sentence, row.evidence))
        rows += [
            (f"Expected, {count(x.points, 'point')}", x.verdict, "", x.text, x.evidence)
            for x in row.expectations
        ]
    yield table(("Rule", "Result", "Counts", "What decided it", "Evidence"), rows)
    yield "### Left out of the score"
    yield _bullets([f"Minute {row.minute}: {row.text}" for row in said.overrides])
    yield "### How the score adds up"
    yield escaped(said.doc.facts.record.formula)
    yield "## Decisions"
    choices = [(c.minute, c.title, c.chosen, c.feedback, c.points) for c in said.choices()]
    yield table(("Minute", "Question", "Chosen", "What it led to", "Points"), choices)


def _run(said: Contents) -> Iterator[str]:
    yield "## The way through the story"
    yield table(("Minute", "Scene", "Chosen", "Not taken"), said.way())
    yield "## Observations"
    names = ("Minute", "Objective", "Seen", "By")
    yield table(names, said.observations())
    yield "### Notes of the players"
    yield table(names, said.notes())
    yield "## Who took part"
    yield table(("Name", "Seat"), said.people())
    yield "## Timeline"
    lines = [
        (r.minute, r.clock, r.kind, f"{r.text} (left out of the score)" if r.override else r.text,
         r.who)
        for r in said.timeline()
    ]  # fmt: skip
    yield table(("Minute", "Story’s clock", "Kind", "What happened", "Who"), lines)


def _bullets(texts: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(text) or '–'}" for text in texts) or NONE
