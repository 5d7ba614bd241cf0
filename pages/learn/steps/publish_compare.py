"""Two versions side by side, word by word: any two revisions, or one and the present draft."""

from __future__ import annotations

import streamlit as st

from models.rules.compare import Change, Difference, compare
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.times import zone_named
from pages.components.problems import escape
from pages.components.words import when
from services.publishing import RevisionRow, get_revision

MOST_SHOWN = 200  # differences; more than that is another document
LONGEST_SAME = 240  # characters of unchanged text between two changes
DRAFT = 0  # stands for the present draft among the numbers of revisions


def show(
    postmortem: PostmortemRecord, revisions: tuple[RevisionRow, ...], frozen: bool, me: Who
) -> None:
    """Two choices, and what is different between them."""
    if not revisions:
        return
    st.markdown("### Revisions")
    said = {r.number: f"Revision {r.number}, {when(r.at, me.zone)}, {r.by}" for r in revisions}
    if not frozen:
        said = {DRAFT: "The draft as it stands now"} | said
    if len(said) == 1:
        st.markdown(f"- {escape(said[revisions[0].number])}")
        return
    newer, older = list(said)[:2]
    left, right = st.columns(2)
    key = f"{postmortem.id}:compare:{len(said)}:{frozen}"
    with left:
        older = st.selectbox(
            "Compare", list(said), index=1, key=f"{key}:old", format_func=said.__getitem__
        )
    with right:
        newer = st.selectbox("with", list(said), key=f"{key}:new", format_func=said.__getitem__)
    if older == newer:
        st.caption("Choose two versions that are not the same.")
        return
    show_differences(version(postmortem, older, me), version(postmortem, newer, me), me)


def version(postmortem: PostmortemRecord, number: int, me: Who) -> PostmortemRecord:
    return postmortem if number == DRAFT else get_revision(me, postmortem.id, number)


def show_differences(old: PostmortemRecord, new: PostmortemRecord, me: Who) -> None:
    """One element a section; added words are green, removed ones struck through."""
    sections = compare(old, new, zone_named(me.zone))
    if not sections:
        st.markdown("Both say the same. The status of actions is left out of the comparison.")
        return
    st.caption(
        ":green-background[Added words] are green, :red-background[~~removed words~~] are red "
        "and struck through. The status of actions is left out."
    )
    left = MOST_SHOWN
    for section in sections:
        shown = section.differences[:left]
        left -= len(shown)
        if shown:
            lines = [f"- {say_difference(difference)}" for difference in shown]
            st.markdown(f"**{escape(section.title)}**\n\n" + "\n".join(lines))
    if left == 0:
        st.caption(f"Only the first {MOST_SHOWN} differences are shown.")


def say_difference(difference: Difference) -> str:
    """Markdown of one difference: what it is about, and its words."""
    pieces = " ".join(filter(None, (_piece(p.change, p.text) for p in difference.pieces)))
    return f"{escape(difference.what)} ({difference.change.value}): {pieces}"


def _piece(change: Change, text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return ""
    if change is Change.ADDED:
        return f":green-background[{escape(words)}]"
    if change is Change.REMOVED:
        return f":red-background[~~{escape(words)}~~]"
    if len(words) > LONGEST_SAME:
        half = LONGEST_SAME // 2
        words = f"{words[:half].rpartition(' ')[0]} … {words[-half:].partition(' ')[2]}"
    return escape(words)
