"""The text of a scenario in a field that keeps it, and saving it as a version for everybody.

A plain text area on purpose: it works with every browser, screen reader and phone, and needs
nothing from elsewhere. authoring_lines.py knows lines, which a text area does not.
"""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.scenario.findings import Report
from pages.components import unsaved
from pages.components.fields import text_field
from pages.components.going import go_to
from pages.components.pictures import is_phone
from pages.components.problems import attempt, escape, show_problem
from pages.train.authoring_lines import show_line
from services.scenario_drafts import (
    Writing,
    drop_draft,
    go_on_from,
    keep_draft,
    save_version,
)

HEIGHT, ON_A_PHONE = 640, 360  # pixels
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-left: 1.5rem; padding-right: 1.5rem; }
.st-key-authoring-text textarea {
  font-family: "Source Code Pro", ui-monospace, monospace; font-size: 0.8rem; line-height: 1.5;
  white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 2; unicode-bidi: normal !important;
}
</style>"""


def text_key(place: str) -> str:
    return f"authoring:{place}:text"


def show_text(person: Who, now: Writing) -> str:
    """The field; gives what stands in it."""
    st.html(_STYLE)

    def keep(text: str, was: str) -> None:
        keep_draft(person, now.place, text, was, newest=now.begun)

    key = text_key(now.place)
    with st.container(key="authoring-text", gap="xsmall"):
        text_field(
            "The scenario as YAML", key=key, saved=now.text, save=keep, area=True,
            height=ON_A_PHONE if is_phone() else HEIGHT,
            help="What you write is kept as your own draft in each pause. Others see it when you "
            "save it as a version.",
        )  # fmt: skip
        show_line()
    return str(st.session_state[key])


def show_overtaken(person: Who, now: Writing) -> None:
    """That somebody saved a version while this draft was written; both texts are kept."""
    if not now.is_overtaken:
        return
    with st.container(border=True):
        st.warning(
            f"Somebody saved version {now.newest} while you were writing. Your text is below, "
            "theirs under “Versions”, with what differs. To put both together, edit yours; then "
            "go on with it.",
            icon=":material/call_split:",
        )
        with st.container(horizontal=True):
            st.button(
                "Go on with mine", key=f"authoring:{now.place}:mine",
                on_click=go_on, args=(person, now),
            )  # fmt: skip
            with st.popover("Take theirs"):
                st.markdown("Your draft will be gone. Copy what you still need.")
                st.button(
                    "Take theirs, and let my draft go", key=f"authoring:{now.place}:theirs",
                    on_click=let_go, args=(person, now.place),
                )  # fmt: skip


def show_saving(person: Who, now: Writing, text: str, report: Report) -> None:
    """The note and the button."""
    show_problem("authoring:save")
    if report.errors:
        st.caption(
            "It can be saved as it is, for others to go on with. It cannot be played before its "
            "errors are corrected."
        )
    number = now.newest + 1
    label = "Save as a scenario" if now.is_new else f"Save as version {number}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "What did you change?", key=f"authoring:{now.place}:note", max_chars=500,
            placeholder="One line for the others, if you like",
        )  # fmt: skip
        st.button(
            label,
            key=f"authoring:{now.place}:save",
            type="primary",
            icon=":material/save:",
            disabled=now.is_overtaken or (not now.is_new and text == now.saved),
            on_click=save,
            args=(person, now),
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Take it along as a file", text, key=f"authoring:{now.place}:file", type="tertiary",
            file_name=f"{report.scenario.id if report.scenario else 'scenario'}.yaml",
            mime="application/yaml", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
        if now.is_draft:
            show_letting_go(person, now)


def show_letting_go(person: Who, now: Writing) -> None:
    with st.popover("Let my draft go", icon=":material/undo:", type="tertiary"):
        st.markdown(
            "What you wrote since the last version will be gone."
            if not now.is_new
            else "What you wrote here will be gone, and it begins anew."
        )
        st.button(
            "Yes, let it go", key=f"authoring:{now.place}:let_go",
            on_click=let_go, args=(person, now.place),
        )  # fmt: skip


# --- from callbacks ----------------------------------------------------------------------------


def save(person: Who, now: Writing) -> None:
    text = st.session_state[text_key(now.place)]
    note = st.session_state[f"authoring:{now.place}:note"]

    def act() -> None:
        scenario_id, number = save_version(person, now, text, note)
        st.session_state[f"authoring:{now.place}:note"] = ""
        st.session_state["authoring:said"] = f"Version {number} is saved."
        if scenario_id != now.place:
            forget(now.place)
            go_to("train/authoring.py", id=scenario_id)

    attempt(act, at="authoring:save")


def let_go(person: Who, place: str) -> None:
    if attempt(lambda: drop_draft(person, place)):
        forget(place)


def go_on(person: Who, now: Writing) -> None:
    attempt(lambda: go_on_from(person, now.place, now.newest))


def put_in(person: Who, now: Writing, text: str) -> None:
    """Puts another text into the editor, as the person's draft."""

    def act() -> None:
        keep_draft(person, now.place, text, now.text, newest=now.begun)
        forget(now.place)

    attempt(act)


def forget(place: str) -> None:
    """The field begins anew with what is kept."""
    key = text_key(place)
    for name in (key, f"{key}:was", f"{key}:saved", f"{key}:problem", f"{key}:conflict"):
        st.session_state.pop(name, None)
    unsaved.let_go(key)


def said() -> None:
    """What the last callback did, once."""
    if words := st.session_state.pop("authoring:said", ""):
        st.success(escape(words), icon=":material/check:")
