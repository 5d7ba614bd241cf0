"""How a problem reaches the person: callbacks note it, the next drawing shows it in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from models.rules.problems import BadFile, ProblemForUser
from pages.components import unsaved
from pages.components.said import said


def attempt(
    act: Callable[[], object], *, at: str = "page", typed: tuple[str, str] | None = None
) -> bool:
    """Runs a service call from a callback. A problem is noted for `show_problem(at)`; returns
    whether it went well. What the person typed stays in the widgets; `typed`, the label and the
    text of one, is kept under `at` for when the widget is gone (components/unsaved.py)."""
    st.session_state.pop(f"problem:{at}", None)
    st.session_state.pop(f"problem:{at}:since", None)
    unsaved.let_go(at)
    try:
        act()
    except ProblemForUser as problem:
        why = st.session_state[f"problem:{at}"] = problem_text(problem)
        if typed:
            unsaved.keep(at, escape(typed[0]), typed[1], typed[1], why)
        return False
    return True


def show_problem(at: str = "page", *, live: bool = False) -> None:
    """Shows the problem noted for this place, once; on a `live` screen, which others' acts draw
    anew, for some seconds."""
    message = said(f"problem:{at}") if live else st.session_state.pop(f"problem:{at}", None)
    if message:
        st.error(message, icon=":material/error:")


@contextmanager
def problems_shown() -> Iterator[None]:
    """Around the drawing of a page: a problem stops the page with its sentence."""
    try:
        yield
    except ProblemForUser as problem:
        st.error(problem_text(problem), icon=":material/error:")
        st.stop()


def problem_text(problem: ProblemForUser) -> str:
    """The problem in Markdown with the places in a file below it, at most twenty of them."""
    text = escape(problem.message)
    if isinstance(problem, BadFile) and problem.problems:
        places = [
            f"- {f'Line {p.line}: ' if p.line else ''}{escape(p.message)}"
            for p in problem.problems[:20]
        ]
        more = len(problem.problems) - len(places)
        places += [f"- and {more} more"] if more > 0 else []
        text += "\n\n" + "\n".join(places)
    return text


_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]()<>#+-.!|~$:@&"})
_TURNS = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e")  # make later words run backwards


def escape(text: str) -> str:
    """User text for a place where Streamlit reads Markdown (labels, st.markdown): it stays text
    and loads no image; only an address that is spelt out becomes a link, to itself. Newlines
    become spaces."""
    # Streamlit looks for its icons after Markdown is read: an unseen joiner stops it.
    words = " ".join(text.translate(_TURNS).split()).replace(":material/", ":\u2060material/")
    return words.translate(_SPECIAL)


def escape_label(text: str) -> str:
    """The same for the label of a choice, where an address must not become a link: somebody who
    chooses would leave. An unseen joiner in it stops that."""
    for sign, broken in (("://", ":\u2060//"), ("www.", "www\u2060."), ("@", "\u2060@")):
        text = text.replace(sign, broken)
    return escape(text)
