"""Who is in front of this browser: kept in the session, and in a cookie for the next visit."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import NOBODY, Who
from services.people import PERSON_COOKIE as COOKIE
from services.people import find_who

_REMEMBER = st.components.v2.component(
    "remember_person",
    js="""
    export default function ({ data }) {
      const year = 60 * 60 * 24 * 365;
      const age = data.value ? year : 0;
      const secure = location.protocol === "https:" ? "; Secure" : "";
      document.cookie =
        `${data.name}=${data.value}; path=/; max-age=${age}; SameSite=Lax${secure}`;
    }
    """,
)


def who() -> Who:
    """The acting person; NOBODY until somebody has said who they are. Asked anew at each rerun,
    so that somebody who left is out at once."""
    if "person_id" not in st.session_state:
        st.session_state.person_id = st.context.cookies.get(COOKIE, "")
        st.session_state.remembered = st.session_state.person_id
    return find_who(st.session_state.person_id) if st.session_state.person_id else NOBODY


def sign_in(person: Who) -> None:
    """From a callback: this browser acts as `person` from now on."""
    st.session_state.person_id = person.person_id


def sign_out() -> None:
    """From a callback: this browser acts as nobody."""
    st.session_state.person_id = ""


def remember() -> None:
    """Writes the cookie when it does not hold the person of this session. Draws nothing."""
    wanted = st.session_state.get("person_id", "")
    if st.session_state.get("remembered", "") != wanted:
        _REMEMBER(data={"name": COOKIE, "value": wanted}, key="remember")
        st.session_state.remembered = wanted
