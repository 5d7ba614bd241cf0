"""The post-mortem as a Markdown file that people read in a repository, and that reads back.

Prose keeps its own marks, but none that would be read as structure of the file; everything else
is escaped. Times are in UTC, so that the file says the same wherever it is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC

from models.rules.record import EventRecord, EvidenceRecord, IncidentRecord, PostmortemRecord
from models.rules.vocabulary import Audience, label
from reports import contents
from reports.brief import ROOMIEST, brief_contents
from reports.drawings.why_layout import numbered
from reports.facts import DocumentFacts
from reports.markdown_text import NONE, bullet, escaped, inline, prose, table
from reports.meeting_markdown import meetings_markdown
from reports.phrasing import event_time
from reports.prose import web_url


def to_markdown(facts: DocumentFacts) -> str:
    """The report (or the brief) as Markdown, ending in one newline."""
    facts = replace(facts, zone="UTC")
    parts = _brief(facts) if facts.audience is Audience.LEADERSHIP else _report(facts)
    return "\n\n".join(part for part in parts if part).rstrip() + "\n"


def _report(facts: DocumentFacts) -> Iterator[str]:
    record = facts.postmortem
    yield from _head(facts)
    yield "## Summary"
    yield prose(record.summary) or NONE
    yield "## Impact"
    rows = [
        (label(i.kind) + (" (estimated)" if i.estimated else ""), inline(i.text))
        for i in record.impacts
    ]
    yield table(("What", "Impact"), rows)
    yield from _clocks(record)
    yield "## Timeline"
    yield table(("Time (UTC)", "Kind", "Event", "Who"), list(_events(record.events)))
    yield "## Why"
    yield "\n".join(_whys(record)) or NONE
    if record.all_factors:
        yield f"Contributing factors: {', '.join(escaped(f) for f in record.all_factors)}"
    yield "## What we learned"
    groups = contents.lesson_groups(record.lessons)
    for heading, texts in groups:
        yield f"### {heading}"
        yield "\n".join(bullet(text) for text in texts)
    if not groups:
        yield NONE
    yield from _actions(facts)
    yield from _history(facts)
    yield from meetings_markdown(record.meetings, facts.zone)


def _head(facts: DocumentFacts) -> Iterator[str]:
    record = facts.postmortem
    yield f"# {escaped(record.title) or 'Untitled'}"
    severity = record.severity or "not set"
    known = [("Severity", str(severity)), ("Status", label(record.status))]
    known += contents.key_facts(facts)
    yield "\n".join(f"- **{name}:** {escaped(value)}" for name, value in known)
    yield f"{escaped(contents.provenance(facts))} {contents.as_of(facts)}"


def _clocks(record: PostmortemRecord) -> Iterator[str]:
    for incident in record.incidents:
        rows = [(r.name, r.value, r.note) for r in contents.clock_rows(incident, "UTC")]
        if not rows:
            continue
        rows += [(r.name, r.value, r.note) for r in contents.duration_rows(incident, "UTC")]
        yield "## Clocks" if len(record.incidents) == 1 else f"## Clocks: {_title(incident)}"
        yield table(("Clock", "Value", "How it is known"), rows)
        problems = contents.clock_problems(incident, "UTC")
        yield "\n".join(bullet(problem) for problem in problems)


def _title(incident: IncidentRecord) -> str:
    return escaped(incident.title)


def _events(events: Sequence[EventRecord]) -> Iterator[tuple[str, ...]]:
    for timeline_day in contents.timeline(events, "UTC"):
        for row in timeline_day.rows:
            first = row.event or row.hidden[0]
            time = f"{first.at.astimezone(UTC):%Y-%m-%d} {row.time}".replace(" –", "")
            if row.event is None:
                yield time, "", row.text, ""
                continue
            kept = "; ".join(_evidence(item) for item in row.event.evidence)
            text = f"{row.event.text} (evidence: {kept})" if kept else row.event.text
            yield time, label(row.event.kind), text, row.event.author


def _evidence(item: EvidenceRecord) -> str:
    title = item.title or "evidence"
    return f"{title}: {web_url(item.url)}" if web_url(item.url) else title


def _whys(record: PostmortemRecord) -> Iterator[str]:
    times = {e.id: event_time(e, UTC) for e in record.events if e.id}
    for node in numbered(record.whys):
        why = node.why
        shown = [times[event] for event in why.event_ids if event in times]
        notes = [f"factors: {', '.join(why.factors)}"] if why.factors else []
        notes += [f"shown at {', '.join(shown)} UTC"] if shown else []
        note = f" ({escaped('; '.join(notes))})" if notes else ""
        yield f"{'  ' * node.depth}- {inline(why.text) or '–'}{note}"


def _actions(facts: DocumentFacts) -> Iterator[str]:
    yield "## Actions"
    yield f"{prose(contents.action_standing(facts))} {contents.as_of(facts)}"
    rows = [
        (
            row.action.text,
            row.action.owner,
            row.action.due_on.isoformat() if row.action.due_on else "",
            label(row.action.priority),
            label(row.action.type),
            label(row.action.status),
            inline(" ".join((*row.notes, web_url(row.action.tracker_url)))),
        )
        for row in contents.action_rows(facts)
    ]
    if rows:
        names = ("Action", "Owner", "Due", "Priority", "Type", "Status", "Notes")
        yield table(names, rows)


def _history(facts: DocumentFacts) -> Iterator[str]:
    record = facts.postmortem
    people = [
        (p.name, contents.role_beside(p, p.role, facts)) for p in contents.participants(facts)
    ]
    if people:
        yield "## Participants"
        yield table(("Name", "Role"), people)
    if record.reviews:
        yield "## Reviews"
        yield table(
            ("Reviewer", "Signed (UTC)", "Comment"),
            [
                (
                    r.name,
                    f"{r.signed_at:%Y-%m-%d %H:%M}" if r.signed_at else "not yet",
                    inline(r.comment),
                )
                for r in record.reviews
            ],
        )
    if record.transitions:
        yield "## History"
        moves = record.transitions
        rows = [(f"{m.at:%Y-%m-%d %H:%M}", label(m.to_status), m.by, m.reason) for m in moves]
        yield table(("When (UTC)", "Status", "By", "Why"), rows)
    yield from _incidents(record)


def _incidents(record: PostmortemRecord) -> Iterator[str]:
    for incident in record.incidents:
        yield f"## Incident: {_title(incident)}"
        known = [
            ("Kind", label(incident.kind)),
            ("Severity", incident.severity or "not set"),
            *((question, answer) for question, answer in incident.severity_path),
            ("Services", ", ".join(incident.services)),
            ("Source", label(incident.source)),
            ("Link", web_url(incident.source_url)),
        ]
        yield table(("What", "Value"), [(name, value) for name, value in known if value])
        if incident.summary != record.summary:
            yield prose(incident.summary)


def _brief(facts: DocumentFacts) -> Iterator[str]:
    brief = brief_contents(facts, ROOMIEST)
    yield from _head(facts)
    yield "## Impact"
    rows = [(i.name + (f" ({i.note})" if i.note else ""), i.text) for i in brief.impacts]
    yield table(("What", "Impact"), rows)
    yield brief.more["impacts"]
    yield "## What happened"
    yield escaped(brief.summary) or NONE
    yield brief.more["summary"]
    yield f"Contributing factors: {escaped(brief.factors)}" if brief.factors else ""
    yield "## What we learned"
    yield table(("What", "Lesson"), [(i.name, i.text) for i in brief.lessons])
    yield brief.more["lessons"]
    yield "## What we do"
    yield f"{escaped(brief.standing)} {contents.as_of(facts)}"
    actions = [(r.action.text, r.action.owner, r.due, r.status) for r in brief.actions]
    yield table(("Action", "Owner", "Due", "Status"), actions) if actions else ""
    yield brief.more["actions"]
