"""The blame-aware reading below a field, in small print: what to look at again. It suggests."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from models.rules.actions import vague_action
from models.rules.wording import Finding, read_wording, sentence_around
from pages.components.problems import escape

SHOWN = 3  # findings below one field; the Review step shows all
AROUND = 160  # characters of a line shown on either side of a finding
Kept = frozenset[tuple[str, str]]


def show_wording(text: str, names: Iterable[str] = (), kept: Kept = frozenset()) -> None:
    """Below a field of prose: what may read as blame, why that matters, what to write instead.

    `names` are the people of the post-mortem (review.people_in), `kept` what somebody chose to
    keep as it is (publishing.list_kept_wording). Draws nothing for a text without findings.
    """
    found = [f for f in read_wording(text, names) if (f.rule, sentence_around(text, f)) not in kept]
    _show(found)


def show_vague(text: str) -> None:
    """Below an action: what makes it vague. Draws nothing when it is clear."""
    found = vague_action(text)
    _show([found] if found else [])


def _show(found: list[Finding]) -> None:
    """One element however many findings there are: rows of fields stay light."""
    lines = [
        f":material/edit_note: **“{escape(f.span)}”**  {escape(f.why)} {escape(f.suggestion)}"
        for f in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        lines.append(f"And {len(found) - SHOWN} more; the Review step shows all of them.")
    if lines:
        st.caption("\n\n".join(lines))


def marked(line: str, finding: Finding) -> str:
    """Markdown of the line a finding stands in, with its span marked; a long line is cut."""
    before, after = line[: finding.start], line[finding.end :]
    if len(before) > AROUND:
        before = f"… {before[-AROUND:].partition(' ')[2]}"
    if len(after) > AROUND:
        after = f"{after[:AROUND].rpartition(' ')[0]} …"
    lead = " " if before.endswith(" ") else ""
    tail = " " if after.startswith(" ") else ""
    span = f":orange-background[{escape(line[finding.start : finding.end])}]"
    return f"{escape(before)}{lead}{span}{tail}{escape(after)}"
