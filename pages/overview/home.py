"""A person sees what needs them now, and what was published lately; on a first visit, how to
begin."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.review import countdown
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.problems import attempt, escape, problems_shown
from pages.components.session import who
from pages.components.words import severity_badge, when
from services.home import Home, OwnPostmortem, get_home
from services.sample_data import load_example

INCIDENT, INCIDENTS = "learn/incident.py", "learn/incidents.py"
WORKSPACE, PUBLISHED = "learn/workspace.py", "learn/published.py"
ACTIONS, BRING_IN = "learn/actions.py", "learn/bring_in.py"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        home = get_home(person)
        if home.is_empty:
            show_first_visit(person)
            return
        page_head("Home")
        now, lately = st.columns([5, 3], gap="large")
        with now:
            show_now(home, person)
        with lately:
            show_published(home, person)


def show_first_visit(person: Who) -> None:
    """Nothing is there yet: two ways to begin."""
    page_head(
        f"Good to see you, {person.name}",
        "Nothing is here yet. Begin with an incident of your own, or look around first.",
    )
    own, example = st.columns(2, gap="medium")
    with own.container(border=True, height="stretch"):
        st.subheader("Bring in an incident", anchor=False)
        st.markdown(
            "An export of Slack, PagerDuty, Opsgenie, incident.io, Statuspage or Alertmanager, a "
            "CSV file, a post-mortem in Markdown, or simply a pasted timeline. You see what was "
            "understood before anything is kept."
        )
        st.button(
            "Bring in a file or text",
            key="home:bring_in",
            type="primary",
            icon=":material/upload_file:",
            on_click=go_to,
            args=(BRING_IN,),
        )
    with example.container(border=True, height="stretch"):
        st.subheader("Look at a worked example", anchor=False)
        st.markdown(
            "Three incidents of a ticket shop that does not exist: one just over, one with its "
            "post-mortem half written and due soon, and one published. It is added to your lists "
            "next to what you bring in yourself."
        )
        st.button(
            "Load the worked example",
            key="home:example",
            icon=":material/auto_stories:",
            on_click=save_example,
            args=(person,),
        )


def show_now(home: Home, person: Who) -> None:
    st.subheader("What needs you now", anchor=False)
    if home.nothing_waits:
        st.markdown(":material/check: Nothing waits for you.")
        st.page_link(BRING_IN, label="Bring in an incident", icon=":material/upload_file:")
        return
    if home.own:
        with section("Post-mortems you own"):
            for own in home.own:
                line(WORKSPACE, own.id, own.title, due_words(own, home, person))
    if home.reviews:
        with section("Reviews you were asked for"):
            for review in home.reviews:
                of = f"by {review.owner}, " if review.owner else ""
                asked = f"asked {when(review.asked_at, person.zone)}"
                line(WORKSPACE, review.postmortem_id, review.title, f"{of}{asked}")
    if home.actions:
        show_actions(home)
    if home.unlearned:
        with section("Resolved, without a post-mortem"):
            for incident in home.unlearned:
                badge = severity_badge(incident.severity)
                at = f"resolved {when(incident.resolved_at, person.zone)}"
                line(INCIDENT, incident.id, incident.title, at, badge)
            more(home.unlearned_count - len(home.unlearned), INCIDENTS, "All incidents")


def show_actions(home: Home) -> None:
    with section("Your actions, overdue or due within a week"):
        for action in home.actions:
            due = f"due {action.due_on:%-d %b %Y}"
            mark = "**overdue**, " if action.overdue else ""
            with st.container(gap=None):
                st.page_link(ACTIONS, label=escape(action.text))
                st.caption(f"{mark}{due} · {escape(action.postmortem_title)}")
        more(home.actions_count - len(home.actions), ACTIONS, "All actions")


def show_published(home: Home, person: Who) -> None:
    st.subheader("Published lately", anchor=False)
    if not home.published:
        st.caption("Nothing yet. What is published can be found in the archive by everybody.")
        return
    with st.container(border=True):
        for done in home.published:
            about = f"{when(done.published_at, person.zone)}"
            about += f", {done.owner}" if done.owner else ""
            line(PUBLISHED, done.postmortem_id, done.title, about, severity_badge(done.severity))
    st.page_link("learn/archive.py", label="The whole archive", icon=":material/library_books:")


def section(title: str) -> st.delta_generator.DeltaGenerator:
    st.markdown(f"**{title}**")
    return st.container(border=True)


def line(page: str, object_id: str, title: str, about: str, badge: str = "") -> None:
    """One thing to do: a link, and below it what there is to know. `badge` is Markdown of ours."""
    with st.container(gap=None):
        st.page_link(page, label=escape(title), query_params={"id": object_id})
        st.caption(f"{badge} {escape(about)}".strip())


def more(count: int, page: str, label: str) -> None:
    if count > 0:
        st.page_link(page, label=f"{label} ({count:,} more like these)")


def due_words(own: OwnPostmortem, home: Home, person: Who) -> str:
    """When the meeting is due, or that it was held and the writing remains."""
    if own.met and own.meeting_at:
        return f"the meeting was on {when(own.meeting_at, person.zone)}; finish and publish"
    if own.due_at is None:
        return "no due time yet: the incident is not resolved"
    words = f"the meeting is {countdown(own.due_at, home.now)}"
    return f"{words}, set for {when(own.meeting_at, person.zone)}" if own.meeting_at else words


def save_example(person: Who) -> None:
    attempt(lambda: load_example(person))


show()
