"""The quarterly review as a Markdown file. Everything typed is escaped: it stands as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reports.drawings.marks import LEVELS, level_words
from reports.markdown_text import escaped, table
from reports.quarterly_contents import MEASURES_HEADS, Contents
from reports.quarterly_facts import QuarterlyDocument


def quarterly_markdown(doc: QuarterlyDocument) -> str:
    """The review as Markdown, ending in one newline."""
    said = Contents(doc)
    parts = (*_head(said), *_figures(said), *_followed(said))
    return "\n\n".join(part for part in parts if part).rstrip() + "\n"


def _head(said: Contents) -> Iterator[str]:
    yield f"# Quarterly review: {escaped(said.title)}"
    yield "\n".join(f"- **{name}:** {escaped(value)}" for name, value in said.key_facts())
    yield escaped(said.provenance)
    yield "## What to discuss"
    yield _bullets(said.to_discuss())


def _figures(said: Contents) -> Iterator[str]:
    yield "## How long"
    yield table(MEASURES_HEADS, said.measures())
    yield escaped(said.comparing)
    yield _bullets(said.about_measures())
    yield "## How often"
    yield table(("Month", *map(level_words, LEVELS)), said.month_rows())


def _followed(said: Contents) -> Iterator[str]:
    yield "## What came back"
    yield table(("Factor", *said.quarters()), said.factors())
    yield said.more_factors()
    yield "## Open promises"
    yield escaped(said.about_promises())
    yield table(("Promise", "Due", "From"), said.promises())
    yield said.more_promises()
    yield "## Exercises run"
    yield table(("Exercise", "Team", "Ended", "How"), said.exercises())
    yield said.more_exercises()
    yield "## Habits of the process"
    yield table(("Habit", "Seen in", "What to try"), said.smells())
    yield escaped(said.calm())


def _bullets(texts: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(text)}" for text in texts)
