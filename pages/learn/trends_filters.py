"""Which incidents the trends are about. It stands in the address, so that a view can be sent to
somebody and the files hold the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from models.rules.policy import Who
from models.rules.vocabulary import IncidentKind, Severity, label
from pages.components.pictures import is_phone
from pages.components.problems import escape_label
from services.people import list_services, list_teams
from services.trend_choice import ASKED, TrendChoice

EARLIEST = date(1990, 1, 1)
FILTERS = ("from", "to", "severity", "kind", "service", "team")


def asked() -> dict[str, str]:
    """What the address asks for."""
    return {name: st.query_params[name] for name in ASKED if name in st.query_params}


def file_address(name: str, kind: str) -> str:
    """The route of a file with the same filters as the page."""
    words = {key: value for key, value in asked().items() if key in (*FILTERS, "by")}
    query = f"?{urlencode(words)}" if words else ""
    return f"/export/trends/{name}.{kind}{query}"


def show_files(name: str, *kinds: str, about: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for kind in kinds:
            st.link_button(
                f"{about} ({kind.upper()})",
                file_address(name, kind),
                key=f"trends:file:{name}:{kind}",
                icon=":material/download:",
                type="tertiary",
            )


def show_filters(choice: TrendChoice, person: Who) -> None:
    made = any(name in st.query_params for name in FILTERS)
    frame = st.expander("Filters", expanded=made) if is_phone() else st.container()
    selection = choice.selection
    with frame, st.container(horizontal=True, vertical_alignment="bottom"):
        day("From", "from", selection.first)
        day("To", "to", selection.last)
        several("Severity", "severity", list(Severity), selection.severities)
        several("Kind", "kind", list(IncidentKind), selection.kinds)
        one_of("Service", "service", [s.name for s in list_services(person)], choice.service)
        one_of("Team", "team", [t.name for t in list_teams(person)], choice.team)
        if made:
            st.button("Clear", key="trends:no_filters", type="tertiary", on_click=clear)


def day(words: str, name: str, value: date | None) -> None:
    """A day in UTC that may be left open."""
    key = _key(name, value)
    st.date_input(
        words, key=key, min_value=EARLIEST, max_value=date(2200, 1, 1), format="YYYY-MM-DD",
        on_change=ask, args=(name, key), width=140,
    )  # fmt: skip


def several(words: str, name: str, options: Sequence[Any], chosen: frozenset[Any]) -> None:
    key = _key(name, [option for option in options if option in chosen])
    st.multiselect(
        words, options, key=key, format_func=label if name == "kind" else str, placeholder="Any",
        on_change=ask, args=(name, key), width=190,
    )  # fmt: skip


def one_of(words: str, name: str, options: Sequence[str], chosen: str) -> None:
    if not options:
        return
    key = _key(name, chosen or None)
    st.selectbox(
        words, options, key=key, index=None, placeholder="Any", format_func=escape_label,
        on_change=ask, args=(name, key), width=200,
    )  # fmt: skip


def _key(name: str, value: Any) -> str:
    """The key of a field, which shows what the address says."""
    key = f"trends:{name}"
    st.session_state[key] = value
    return key


def ask(name: str, key: str) -> None:
    """Takes a choice into the address."""
    value = st.session_state[key]
    text = ",".join(value) if isinstance(value, list) else str(value or "")
    if text:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)


def keep_view() -> None:
    st.query_params["view"] = st.session_state["trends:view"]


def clear() -> None:
    """Everything again; the part of the page that is looked at stays."""
    for name in ASKED:
        st.query_params.pop(name, None)
