"""Fields that save themselves when they are left, and say so.

The value that the person started from travels with each save. When somebody else was faster,
both versions are shown and nothing is overwritten; when saving fails, the text stays. What a field
never showed it cannot overwrite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import streamlit as st

from models.rules.problems import Conflict, ProblemForUser
from models.rules.times import moment_text, parse_moment, zone_named
from pages.components import unsaved
from pages.components.problems import escape, problem_text
from services import clock

T = TypeVar("T")
Save = Callable[[Any, Any], None]
_TOLD = timedelta(seconds=2)  # a screen that hears of the change is drawn anew at once
LOST = (
    "Not saved yet: the connection was lost before this reached Hotwash. Save it, or take what is "
    "saved."
)


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
    field = _Field(key, label, save, joins=area)
    common: dict[str, Any] = {
        "value": _prepare(key, saved, disabled) or "",
        "key": key,
        "on_change": _left,
        "args": (field,),
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
    _say_state(field, disabled)


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
    field = _Field(key, label, save, say)
    value = _prepare(key, saved, disabled, clearable=True)
    for held in (saved, st.session_state.get(key)):
        if held is not None and held not in choices:
            choices.insert(0, held)
    st.selectbox(
        label,
        choices,
        key=key,
        index=choices.index(value) if value is not None else 0 if required else None,
        format_func=say,
        accept_new_options=new,
        placeholder="None" if disabled else placeholder,
        help=help,
        disabled=disabled,
        label_visibility=label_visibility,
        on_change=_left,
        args=(field,),
    )
    _say_state(field, disabled)


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
    label_visibility: Any = "visible",
) -> None:
    """Any number of several; with `new`, also ones that are typed."""
    field = _Field(key, label, save, lambda chosen: ", ".join(map(say, chosen)))
    value = _prepare(key, list(saved), disabled)
    known = list(dict.fromkeys([*options, *saved, *st.session_state.get(key, ())]))
    st.multiselect(
        label,
        known,
        default=value or None,
        key=key,
        format_func=say,
        accept_new_options=new,
        placeholder="None" if disabled else placeholder,
        help=help,
        disabled=disabled,
        label_visibility=label_visibility,
        on_change=_left,
        args=(field,),
    )
    _say_state(field, disabled)


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
    field = _Field(key, label, save, lambda ticked: "ticked" if ticked else "not ticked")
    st.checkbox(
        label,
        value=bool(_prepare(key, saved, disabled)),
        key=key,
        help=help,
        disabled=disabled,
        on_change=_left,
        args=(field,),
    )
    _say_state(field, disabled)


def number_field(
    label: str,
    *,
    key: str,
    saved: int,
    save: Callable[[int | None, int | None], None],
    most: int,
    help: str | None = None,
) -> None:
    """A whole number from 1 to `most`; None when it was emptied."""
    field = _Field(key, label, save, str)
    st.number_input(
        label,
        1,
        most,
        _prepare(key, saved, False),
        step=1,
        key=key,
        help=help,
        on_change=_left,
        args=(field,),
    )
    _say_state(field, False)


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
    field = _Field(key, label, save)
    st.date_input(
        label,
        value=_prepare(key, saved, disabled, clearable=True),
        key=key,
        help=help,
        disabled=disabled,
        format="YYYY-MM-DD",
        on_change=_left,
        args=(field,),
    )
    _say_state(field, disabled)


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


@dataclass(frozen=True)
class _Field:
    """What the callbacks need. `say` gives words; `joins`: two can stand one below the other."""

    key: str
    label: str
    save: Save
    say: Callable[[Any], str] = str
    joins: bool = False

    def words(self, value: Any) -> str:
        return self.say(value) if value not in (None, "", []) else ""


def _prepare(key: str, saved: Any, disabled: bool, *, clearable: bool = False) -> Any:
    """What the widget begins with; None when session state has told it already.

    It begins with the saved value, but for what the person has not saved yet. A browser that comes
    back to a restarted server brings its own value: that one wins over what a widget begins with,
    and `_say_state` finds the difference. A widget that can be emptied must begin with nothing;
    it is told by session state.
    """
    state, was = st.session_state, f"{key}:was"
    kept = unsaved.is_kept(key)
    if not disabled:
        unsaved.drawn(key)
        if kept and (key not in state or state[key] != unsaved.value_of(key)):
            state[key] = unsaved.value_of(key)
            state.setdefault(was, saved)
            return None
    if key not in state:
        if not kept:
            _forget(key)
            state[was] = saved
        if not clearable or _came_back():
            return saved
        state[key] = saved
    elif state[key] != saved and (disabled or state[key] == state.setdefault(was, saved)):
        state[key] = saved
        if not kept:
            state[was] = saved
    elif not clearable and not state.pop(f"{key}:told", False):
        # A field that is put on the screen anew shows what it begins with: what we think it holds.
        return state[key]
    else:
        state[key] = state[key]
    return None


def _came_back() -> bool:
    """Whether this browser had another session before: it names it when it connects again, as the
    third of its protocols, and brings what its fields hold."""
    return st.context.headers.get("Sec-WebSocket-Protocol", "").count(",") > 1


def _forget(key: str) -> None:
    for mark in ("saved", "problem", "conflict"):
        st.session_state.pop(f"{key}:{mark}", None)


def _left(field: _Field) -> None:
    key, state = field.key, st.session_state
    is_lost = state.get(f"{key}:conflict", ("", None, False))[2]
    if is_lost and state[key] != state[f"{key}:was"]:  # what it began with was never compared
        unsaved.keep(key, escape(field.label), state[key], field.words(state[key]), LOST)
    else:
        _save(field)


def _save(field: _Field) -> None:
    key, state = field.key, st.session_state
    now, was = state[key], state[f"{key}:was"]
    _forget(key)
    if now == was:  # Streamlit reports all fields when it lost track of them
        unsaved.let_go(key)
        return
    try:
        field.save(now, was)
    except Conflict as conflict:
        state[f"{key}:conflict"] = (conflict.message, conflict.theirs, False)
        unsaved.keep(key, escape(field.label), now, field.words(now), escape(conflict.message))
    except ProblemForUser as problem:
        state[f"{key}:problem"] = problem_text(problem)
        unsaved.keep(key, escape(field.label), now, field.words(now), problem_text(problem))
    else:
        state[f"{key}:was"] = now
        state[f"{key}:saved"] = clock.now()
        unsaved.let_go(key)


def _say_state(field: _Field, disabled: bool) -> None:
    """Below the field: saved, not saved and why, or both versions to choose from."""
    key, state = field.key, st.session_state
    if disabled:
        return
    saved_at = state.get(f"{key}:saved")
    if saved_at and clock.now() - saved_at < _TOLD:
        st.caption(":material/check: Saved")
    elif saved_at:
        del state[f"{key}:saved"]
    problem, conflict = state.get(f"{key}:problem"), state.get(f"{key}:conflict")
    if not problem and not conflict and state[key] != state[f"{key}:was"]:
        conflict = state[f"{key}:conflict"] = (LOST, state[f"{key}:was"], True)
        unsaved.keep(key, escape(field.label), state[key], field.words(state[key]), LOST)
    if problem:
        with st.container(key=f"unsaved:{key}:refused"):
            st.error(f"Not saved. {problem}", icon=":material/error:")
    if conflict:
        _ask_which(field, *conflict)


def _ask_which(field: _Field, message: str, theirs: Any, lost: bool) -> None:
    """`lost`: nobody else wrote; what stands in the field did not reach us."""
    key = field.key
    keep, take = ("Save it", "Take what is saved") if lost else ("Keep mine", "Take theirs")
    with st.container(border=True, key=f"unsaved:{key}:asked"):
        st.warning(escape(message), icon=":material/call_split:")
        st.caption("The version that is saved now:")
        st.text(field.words(theirs) or "(empty)")
        st.caption("Yours is in the field above. To put both together, edit it and keep yours.")
        with st.container(horizontal=True):
            st.button(keep, key=f"{key}:mine", on_click=_keep_mine, args=(field, theirs))
            st.button(take, key=f"{key}:theirs", on_click=_take_theirs, args=(key, theirs))
            if field.joins and theirs and theirs not in st.session_state[key]:
                st.button(
                    "Put both together",
                    key=f"{key}:both",
                    on_click=_put_together,
                    args=(field, message, theirs),
                    help="Both texts, one below the other, to edit before you keep it.",
                )


def _put_together(field: _Field, message: str, theirs: str) -> None:
    """Theirs and mine stand in the field, to be edited; nothing is saved yet."""
    key, state = field.key, st.session_state
    both = state[key] = f"{theirs.rstrip()}\n\n{state[key]}"
    state[f"{key}:told"] = True
    unsaved.keep(key, escape(field.label), both, both, escape(message))


def _keep_mine(field: _Field, theirs: Any) -> None:
    st.session_state[f"{field.key}:was"] = theirs
    _save(field)


def _take_theirs(key: str, theirs: Any) -> None:
    st.session_state[key] = st.session_state[f"{key}:was"] = theirs
    st.session_state[f"{key}:told"] = True
    _forget(key)
    unsaved.let_go(key)
