"""What the check finds in the text: each with its line, what to do, and the way to it."""

from __future__ import annotations

import streamlit as st

from models.rules.scenario.findings import CODES, Finding, Report
from models.rules.scenario.wording import counted
from pages.components.problems import escape
from pages.train.authoring_lines import go_to_line

SHOWN = 20
LONGEST_LINE = 120  # characters of a line of the text


def summary(report: Report) -> str:
    """Markdown: how many errors and warnings, and how much was played."""
    parts = []
    if report.errors:
        parts.append(f":red-badge[:material/error: {counted(report.errors, 'error')}]")
    if report.warnings:
        parts.append(f":orange-badge[:material/warning: {counted(report.warnings, 'warning')}]")
    if not parts:
        parts.append(":green-badge[:material/check: No finding]")
    return " ".join(parts)


def show_findings(report: Report, text: str, place: str) -> None:
    """The errors first, then the warnings, each in the order of the text."""
    show_extent(report)
    if not report.findings:
        st.markdown("The check finds nothing. Play it once alone before you play it with others.")
        return
    page = 1
    pages = -(-len(report.findings) // SHOWN)
    if pages > 1:
        page = st.pagination(pages, key=f"authoring:{place}:findings")
    lines = text.splitlines()
    for number, finding in enumerate(report.findings[(page - 1) * SHOWN : page * SHOWN]):
        show_finding(finding, lines, f"authoring:{place}:finding:{number}")


def show_extent(report: Report) -> None:
    explored = report.explored
    if explored is None:
        st.caption("Not played yet: the errors keep it from being played.")
        return
    extent = "Not all was played: only the first" if explored.partial else "Every path was played:"
    st.caption(
        f"{extent} {counted(explored.states, 'state')}, "
        f"{counted(len(explored.endings), 'ending')}; at most "
        f"{counted(explored.longest_min, 'minute')} of the story, "
        f"{explored.longest_table_min:,} at the table."
    )


def show_finding(finding: Finding, lines: list[str], key: str) -> None:
    error = finding.level == "error"
    icon, word = (":material/error:", "Error") if error else (":material/warning:", "Warning")
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(
                f"{icon} **{word}**",
                width="stretch",
            )
            if finding.line:
                st.button(
                    f"Line {finding.line}", key=f"{key}:line", type="tertiary",
                    icon=":material/arrow_back:", on_click=go_to_line, args=(finding.line,),
                    help="Selects this line in the text.",
                )  # fmt: skip
        if finding.line and finding.line <= len(lines):
            st.code(lines[finding.line - 1].strip()[:LONGEST_LINE] or " ", language=None)
        st.markdown(
            f"{escape(finding.message)}  \n:material/build: {escape(finding.fix)}  \n"
            f":small[:gray[{finding.code}, {CODES[finding.code]}, at {escape(finding.place)}]]"
        )
        if finding.reproduce:
            way = " → ".join(escape(step) for step in finding.reproduce)
            st.caption(f"To get there, choose {way}")
