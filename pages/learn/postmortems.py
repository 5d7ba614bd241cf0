"""A person finds a post-mortem by its status, or starts one for an incident."""

from __future__ import annotations

import streamlit as st

from models.rules.lifecycle import EDITABLE
from models.rules.policy import Who
from models.rules.review import countdown
from models.rules.vocabulary import PostmortemStatus, label
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import attempt, problems_shown, show_problem
from pages.components.session import who
from pages.components.words import severity_badge, status_badge, when
from services import clock
from services.postmortems import (
    PostmortemRow,
    count_postmortems,
    list_free_incidents,
    list_postmortems,
    start_postmortem,
)

PAGE = 50
STATUS, NUMBER, FIND, CHOSEN = (
    "postmortems:status", "postmortems:page", "postmortems:find", "postmortems:incident",
)  # fmt: skip


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        page_head("Post-mortems")
        if not count_postmortems(person):
            show_first(person)
            return
        chosen = show_tools(person)
        count = count_postmortems(person, statuses=chosen)
        if not count:
            show_nothing(chosen)
            return
        pages = -(-count // PAGE)
        if st.session_state.get(NUMBER, 1) > pages:  # the list has become shorter
            first_page()
        first = (st.session_state.get(NUMBER, 1) - 1) * PAGE
        rows = list_postmortems(person, statuses=chosen, limit=PAGE, offset=first)
        show_count(count, first, len(rows))
        with lines("postmortems"):
            for row in rows:
                show_row(row, person)
        if pages > 1:
            st.pagination(pages, key=NUMBER)


def show_tools(person: Who) -> list[PostmortemStatus]:
    """Which statuses to show (none chosen is all of them), and the start of a new one."""
    with st.popover("Start a post-mortem", icon=":material/add:", type="primary"):
        show_start(person)
    chosen = st.pills(
        "Show only",
        list(PostmortemStatus),
        selection_mode="multi",
        key=STATUS,
        format_func=label,
        on_change=first_page,
    )
    return list(chosen)


def show_first(person: Who) -> None:
    """None is there yet: what one is begun with."""
    st.markdown(
        "There are no post-mortems yet. Each begins with an incident: start one for an incident "
        "that is here, or bring one in. Small incidents and near misses are worth it too."
    )
    with st.container(horizontal=True):
        with st.popover("Start a post-mortem", icon=":material/add:", type="primary"):
            show_start(person)
        st.button(
            "Bring in an incident",
            key="postmortems:bring_in",
            icon=":material/upload_file:",
            on_click=go_to,
            args=("learn/bring_in.py",),
        )


def show_start(person: Who) -> None:
    """A post-mortem is about an incident: one that has none yet."""
    text = st.text_input("Find the incident", key=FIND, placeholder="Words of its title")
    found = {i: (title, began) for i, title, began in list_free_incidents(person, text=text)}
    if not found:
        st.caption(
            "No incident without a post-mortem has these words in its title."
            if text
            else "There is no incident without a post-mortem. Bring one in first."
        )
        return
    st.selectbox(
        "Incident",
        list(found),
        key=CHOSEN,
        index=None,
        format_func=lambda i: f"{when(found[i][1], person.zone)} · {found[i][0]}",
        placeholder="Choose an incident",
    )
    show_problem("start")
    st.button(
        "Start the post-mortem",
        key="postmortems:start",
        type="primary",
        on_click=save_start,
        args=(person,),
    )
    st.caption("Several incidents can share one: tick them on the Incidents page.")


def show_nothing(chosen: list[PostmortemStatus]) -> None:
    st.markdown(f"No post-mortem is {' or '.join(label(s).lower() for s in chosen)}.")
    st.button("Show all", key="postmortems:all", on_click=clear_status)


def show_count(count: int, first: int, shown: int) -> None:
    many = f"{first + 1:,} to {first + shown:,} of {count:,}" if count > PAGE else f"{count:,}"
    st.caption(f"{many} {'post-mortem' if count == 1 else 'post-mortems'}, the newest first")


def show_row(row: PostmortemRow, person: Who) -> None:
    """A draft opens where it is written, a published one where it is read."""
    page = "learn/workspace.py" if row.status in EDITABLE else "learn/published.py"
    badges = f"{severity_badge(row.severity)} {status_badge(row.status)}"
    line(page, row.title, facts(row, person), badges, row.id)


def facts(row: PostmortemRow, person: Who) -> str:
    """When it is due or was published, who answers for it, what is left to do."""
    parts = [
        f"Published {when(row.published_at, person.zone)}"
        if row.status not in EDITABLE
        else f"Meeting {countdown(row.due_at, clock.now())}"
        if row.due_at
        else "No due date yet",
        f"owner {row.owner}" if row.owner else "no owner",
        f"{row.actions_open} of {row.actions} actions open" if row.actions else "no actions",
    ]
    return " · ".join(parts)


def first_page() -> None:
    st.session_state.pop(NUMBER, None)


def clear_status() -> None:
    st.session_state[STATUS] = []


def save_start(person: Who) -> None:
    incident_id = st.session_state.get(CHOSEN) or ""
    attempt(
        lambda: go_to(
            "learn/workspace.py",
            id=start_postmortem(person, [incident_id] if incident_id else []),
        ),
        at="start",
    )


show()
