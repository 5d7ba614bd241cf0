"""A person sees what needs them now, and what was published lately; on a first visit, how to
begin."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from models.rules.policy import Who
from models.rules.review import countdown
from pages.components.going import follow, go_to
from pages.components.head import page_head
from pages.components.lines import line, lines
from pages.components.problems import attempt, problems_shown
from pages.components.session import who
from pages.components.words import severity_badge, status_badge, when
from pages.overview.home_reminders import show_reminders
from pages.overview.practise import show_practise
from services.home import AskedReview, Home, OwnPostmortem, get_home
from services.sample_data import load_example

INCIDENT, INCIDENTS = "learn/incident.py", "learn/incidents.py"
POSTMORTEMS = "learn/postmortems.py"
WORKSPACE, PUBLISHED = "learn/workspace.py", "learn/published.py"
EXERCISES = "train/exercises.py"
ACTION, ACTIONS, BRING_IN = "learn/action.py", "learn/actions.py", "learn/bring_in.py"


def show() -> None:
    follow()
    with problems_shown():
        person = who()
        home = get_home(person)
        if home.is_empty:
            show_first_visit(home, person)
            return
        page_head("Home")
        now, lately = st.columns([5, 3], gap="large")
        with now:
            show_now(home, person)
        with lately:
            show_published(home, person)
            show_practise(person)


def show_first_visit(home: Home, person: Who) -> None:
    """Nothing is there yet: three ways to begin."""
    page_head(
        f"Good to see you, {person.name}",
        "No incident is here yet. Begin with one of your own, or look around first.",
    )
    if home.exercises:
        show_exercises(home, person)
    own, example = st.columns(2, gap="medium")
    with own.container(border=True, height="stretch"):
        st.header("Bring in an incident", anchor=False)
        st.markdown(
            "An export from Slack, PagerDuty, Opsgenie, incident.io, Statuspage or Alertmanager, "
            "a CSV file, a post-mortem in Markdown, or simply a pasted timeline. You see what was "
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
        st.header("Look at a worked example", anchor=False)
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
    show_practise(person)

    st.header("How it goes", anchor=False)
    st.markdown(
        "1. **Bring in** what happened, from a file, a chat or memory.\n"
        "2. **Write the post-mortem** in eight short steps: who takes part, timeline, impact, why, "
        "what you learned, actions, review, publishing. Leave and come back at any point.\n"
        "3. **Share it**: the full report for the team, one page for leadership.\n"
        "4. **Follow the actions** until they are done, and find it all again in the archive."
    )


def show_now(home: Home, person: Who) -> None:
    st.header("What needs you now", anchor=False)
    if home.nothing_waits:
        st.markdown(":material/check: Nothing waits for you.")
        st.page_link(BRING_IN, label="Bring in an incident", icon=":material/upload_file:")
        return
    if home.own:
        with section("Post-mortems you own", "own"):
            for own in home.own:
                about = due_words(own, home, person)
                line(WORKSPACE, own.title, about, status_badge(own.status), own.id)
        more(home.own_count - len(home.own), POSTMORTEMS, "All post-mortems")
    if home.reviews:
        with section("Reviews you were asked for", "reviews"):
            for review in home.reviews:
                about = asked_words(review, person)
                line(WORKSPACE, review.title, about, object_id=review.postmortem_id)
        more(home.reviews_count - len(home.reviews), POSTMORTEMS, "All post-mortems")
    show_reminders(home, person)
    if home.actions:
        show_actions(home)
    if home.exercises:
        show_exercises(home, person)
    if home.unlearned:
        with section("Resolved, without a post-mortem", "unlearned"):
            for incident in home.unlearned:
                about = f"Resolved {when(incident.resolved_at, person.zone)}"
                badge = severity_badge(incident.severity)
                line(INCIDENT, incident.title, about, badge, incident.id)
    more(home.unlearned_count - len(home.unlearned), INCIDENTS, "Other incidents without one")


def show_actions(home: Home) -> None:
    with section("Your actions, overdue or due within a week", "actions"):
        for action in home.actions:
            due = f"{action.due_on:%-d %b %Y}"
            words = f"Overdue since {due}" if action.overdue else f"Due {due}"
            line(ACTION, action.text, f"{words} · {action.postmortem_title}", object_id=action.id)
    more(home.actions_count - len(home.actions), ACTIONS, "All actions")


def show_exercises(home: Home, person: Who) -> None:
    with section("Your exercises this week", "exercises"):
        for one in home.exercises:
            your_part = "you lead it" if one.leads else "you are asked to come"
            if one.run_id:
                page = "train/console.py" if one.leads else "train/exercise.py"
                line(page, one.title, f"It is open now; {your_part}", object_id=one.run_id)
            else:
                line(EXERCISES, one.title, f"{when(one.starts_at, person.zone)}, {your_part}")
    more(home.exercises_count - len(home.exercises), EXERCISES, "All exercises")


def show_published(home: Home, person: Who) -> None:
    st.header("Published lately", anchor=False)
    if not home.published:
        st.caption("Nothing yet. What is published can be found in the archive by everybody.")
        return
    with lines("published"):
        for done in home.published:
            about = when(done.published_at, person.zone)
            about += f", {done.owner}" if done.owner else ""
            badge = severity_badge(done.severity)
            line(PUBLISHED, done.title, about, badge, done.postmortem_id)
    st.page_link("learn/archive.py", label="The whole archive", icon=":material/library_books:")


def section(title: str, key: str) -> DeltaGenerator:
    st.subheader(title, anchor=False)
    return lines(key)


def more(count: int, page: str, label: str) -> None:
    if count > 0:
        st.page_link(page, label=f"{label} ({count:,} more like these)")


def due_words(own: OwnPostmortem, home: Home, person: Who) -> str:
    """When the meeting is due, or that it was held and the writing remains."""
    if own.met and own.meeting_at:
        return f"The meeting was on {when(own.meeting_at, person.zone)}. Finish and publish it."
    if own.due_at is None:
        return "No due time yet: the incident is not resolved"
    words = f"The meeting is {countdown(own.due_at, home.now)}"
    return f"{words}, set for {when(own.meeting_at, person.zone)}" if own.meeting_at else words


def asked_words(review: AskedReview, person: Who) -> str:
    """Since when it waits, and for a second time when its words have changed."""
    words = f"Asked {when(review.asked_at, person.zone)}"
    if review.signed_at:
        words = f"Changed since you signed it on {when(review.signed_at, person.zone)}"
    return f"{words}, owned by {review.owner}" if review.owner else words


def save_example(person: Who) -> None:
    attempt(lambda: load_example(person))


show()
