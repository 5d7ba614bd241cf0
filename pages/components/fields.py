"""Fields that save themselves when they are left, and say so.

The value that the person started from travels with each save. When somebody else was faster,
both versions are shown and nothing is overwritten; when saving fails, the text stays.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

import streamlit as st

from models.rules.problems import Conflict, ProblemForUser
from models.rules.times import moment_text, parse_moment, zone_named
from pages.components.problems import escape, problem_text

T = TypeVar("T")
Save = Callable[[Any, Any], None]


def text_field(
    label: str,
    *,
    key: str,
    saved: str,
    save: Callable[[str, str], None],
    area: bool = False,
    height: int | str = "content",
    placeholder: str = "",
    help: str | None = None,
    disabled: bool = False,
    label_visibility: Any = "visible",
    limit: int | None = None,
) -> None:
    """A line (or an area) of text. `save(now, was)` is called when the field is left."""
    _prepare(key, saved)
    common: dict[str, Any] = {
        "key": key,
        "on_change": _save,
        "args": (key, save),
        "placeholder": "" if disabled else placeholder,
        "help": help,
        "disabled": disabled,
        "label_visibility": label_visibility,
        "max_chars": limit,
    }
    if area:
        st.text_area(label, height=height, **common)
    else:
        st.text_input(label, **common)
    _say_state(key, save)


def choice_field(
    label: str,
    options: Sequence[T],
    *,
    key: str,
    saved: T | None,
    save: Callable[[Any, Any], None],
    say: Callable[[T], str] = str,
    new: bool = False,
    required: bool = False,
    placeholder: str = "Choose",
    help: str | None = None,
    disabled: bool = False,
    label_visibility: Any = "visible",
) -> None:
    """One of several; with `new`, also something that is typed. None when nothing is chosen,
    unless it is `required`: then it cannot be emptied."""
    choices = list(options)
    if saved is not None and saved not in choices:
        choices.insert(0, saved)
    _prepare(key, saved)
    if new and st.session_state[key] is not None and st.session_state[key] not in choices:
        choices.insert(0, st.session_state[key])
    st.selectbox(
        label,
        choices,
        key=key,
        index=0 if required else None,
        format_func=say,
        accept_new_options=new,
        placeholder="None" if disabled else placeholder,
        help=help,
        disabled=disabled,
        label_visibility=label_visibility,
        on_change=_save,
        args=(key, save),
    )
    _say_state(key, save)


def tags_field(
    label: str,
    options: Sequence[str],
    *,
    key: str,
    saved: Sequence[str],
    save: Callable[[list[str], list[str]], None],
    say: Callable[[str], str] = str,
    new: bool = False,
    placeholder: str = "Choose",
    help: str | None = None,
    disabled: bool = False,
) -> None:
    """Any number of several; with `new`, also ones that are typed."""
    _prepare(key, list(saved))
    known = list(dict.fromkeys([*options, *saved, *st.session_state[key]]))
    st.multiselect(
        label,
        known,
        key=key,
        format_func=say,
        accept_new_options=new,
        placeholder="None" if disabled else placeholder,
        help=help,
        disabled=disabled,
        on_change=_save,
        args=(key, save),
    )
    _say_state(key, save)


def check_field(
    label: str,
    *,
    key: str,
    saved: bool,
    save: Callable[[bool, bool], None],
    help: str | None = None,
    disabled: bool = False,
) -> None:
    """A box to tick."""
    _prepare(key, saved)
    st.checkbox(label, key=key, help=help, disabled=disabled, on_change=_save, args=(key, save))
    _say_state(key, save)


def date_field(
    label: str,
    *,
    key: str,
    saved: date | None,
    save: Callable[[date | None, date | None], None],
    help: str | None = None,
    disabled: bool = False,
) -> None:
    """A day, or none."""
    _prepare(key, saved)
    st.date_input(
        label,
        value=None,
        key=key,
        help=help,
        disabled=disabled,
        format="YYYY-MM-DD",
        on_change=_save,
        args=(key, save),
    )
    _say_state(key, save)


def moment_field(
    label: str,
    *,
    key: str,
    saved: datetime | None,
    save: Callable[[datetime | None, datetime | None], None],
    zone: str,
    help: str | None = None,
    disabled: bool = False,
    day: date | None = None,
    label_visibility: Any = "visible",
) -> None:
    """A moment, typed in the person's zone or with another one behind it; empty for unknown."""
    where = zone_named(zone)

    def read(text: str) -> datetime | None:
        return parse_moment(text, where, day) if text.strip() else None

    def save_text(now: str, was: str) -> None:
        try:
            save(read(now), read(was))
        except Conflict as conflict:
            conflict.theirs = moment_text(conflict.theirs, where)  # type: ignore[arg-type]
            raise

    text_field(
        label,
        key=key,
        saved=moment_text(saved, where),
        save=save_text,
        placeholder=f"2024-03-13 10:01 ({zone})",
        help=help or f"In {zone}. Another zone can follow, like 10:01 +02:00.",
        disabled=disabled,
        label_visibility=label_visibility,
    )


def _prepare(key: str, saved: Any) -> None:
    """Puts the saved value into the widget, unless the person has something unsaved there."""
    if key not in st.session_state or f"{key}:was" not in st.session_state:
        _show_saved(key, saved)
    untouched = st.session_state[key] == st.session_state[f"{key}:was"]
    if untouched and st.session_state[key] != saved:
        _show_saved(key, saved)


def _show_saved(key: str, saved: Any) -> None:
    st.session_state[key] = st.session_state[f"{key}:was"] = saved


def _save(key: str, save: Save) -> None:
    now, was = st.session_state[key], st.session_state[f"{key}:was"]
    for mark in ("saved", "problem", "conflict"):
        st.session_state.pop(f"{key}:{mark}", None)
    try:
        save(now, was)
    except Conflict as conflict:
        st.session_state[f"{key}:conflict"] = (conflict.message, conflict.theirs)
    except ProblemForUser as problem:
        st.session_state[f"{key}:problem"] = problem_text(problem)
    else:
        st.session_state[f"{key}:was"] = now
        st.session_state[f"{key}:saved"] = True


def _say_state(key: str, save: Save) -> None:
    """Below the field: saved, not saved and why, or both versions to choose from."""
    if st.session_state.pop(f"{key}:saved", False):
        st.caption(":material/check: Saved")
    if problem := st.session_state.get(f"{key}:problem"):
        st.error(f"Not saved. {problem}", icon=":material/error:")
    if conflict := st.session_state.get(f"{key}:conflict"):
        _ask_which(key, save, *conflict)


def _ask_which(key: str, save: Save, message: str, theirs: Any) -> None:
    with st.container(border=True):
        st.warning(escape(message), icon=":material/call_split:")
        st.caption("The version that is saved now:")
        st.text(theirs if theirs not in (None, "") else "(empty)")
        st.caption("Yours is in the field above. To put both together, edit it and keep yours.")
        with st.container(horizontal=True):
            st.button("Keep mine", key=f"{key}:mine", on_click=_keep_mine, args=(key, save, theirs))
            st.button("Take theirs", key=f"{key}:theirs", on_click=_take_theirs, args=(key, theirs))


def _keep_mine(key: str, save: Save, theirs: Any) -> None:
    st.session_state[f"{key}:was"] = theirs
    _save(key, save)


def _take_theirs(key: str, theirs: Any) -> None:
    st.session_state[key] = st.session_state[f"{key}:was"] = theirs
    st.session_state.pop(f"{key}:conflict", None)
