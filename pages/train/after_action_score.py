"""The score of a run: per objective and rule, each point with the event that earned or lost it."""

from __future__ import annotations

import streamlit as st

from models.rules.scenario.wording import counted
from pages.components.problems import escape
from pages.components.prose import show_prose
from pages.train.seat_end import VERDICTS
from reports.exercise_contents import Contents

ICONS = {words.capitalize(): icon for icon, words in VERDICTS.values()}


def show_objectives(said: Contents) -> None:
    """A bar for each; no bar where nothing could be observed."""
    for row in said.objectives():
        words = f"**{escape(row.text)}**"
        if row.share is None:
            st.markdown(f":small[{words}]  \n:small[:gray[Nothing in the log shows this.]]")
        else:
            with st.container(gap="xxsmall"):
                st.progress(row.share, text=f"{words} {row.percent}")
                st.caption(escape(row.rules))


def show_rules(said: Contents) -> None:
    st.caption(f"Process score: {escape(said.process)}")
    for row in said.rules():
        icon = ICONS.get(row.verdict, ICONS["Not observed"])
        weight = row.counts.lower()
        weight = weight if weight.startswith("not") else f"counts {weight}"
        lines = [
            (f"{icon} **{escape(row.name)}** :small[:gray[{row.verdict.lower()} · {weight}]]"),
            escape(row.sentence),
        ]
        if row.evidence:
            lines.append(f":small[:gray[{escape(row.evidence)}]]")
        for one in row.expectations:
            mark = ICONS.get(one.verdict, ICONS["Not observed"])
            seen = f" · {escape(one.evidence)}" if one.evidence else ""
            lines.append(
                f":small[{mark} Expected: {escape(one.text)} "
                f":gray[{one.verdict.lower()}, {counted(one.points, 'point')}{seen}]]"
            )
        st.markdown("  \n".join(line for line in lines if line))
    for row in said.overrides:
        st.caption(
            f"Left out of the score: minute {row.minute}, decided by the facilitator: "
            f"{escape(row.text)}"
        )
    with st.expander("How this is counted"):
        st.markdown(escape(said.doc.facts.record.formula))


def show_choices(said: Contents) -> None:
    choices = said.choices()
    if not choices:
        st.markdown("Nothing was decided.")
        return
    st.caption(f"Points of those that the decisions offered: {escape(said.decision)}")
    for row in choices:
        with st.container(gap="xxsmall"):
            st.markdown(
                f":small[:gray[Minute {row.minute} · {escape(row.title)} · {row.points}]]  \n"
                f"**{escape(row.chosen)}**"
            )
            show_prose(row.feedback)
