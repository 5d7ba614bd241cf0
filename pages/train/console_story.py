"""The story for the facilitator: what to read aloud, the open decision with its key, what comes."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise import commands, facilitating
from models.rules.exercise.console import Next, OpenQuestion
from models.rules.scenario.shape import Option
from models.rules.scenario.wording import counted
from pages.components.problems import escape, show_problem
from pages.components.prose import show_prose
from pages.components.story_clock import show_countdown
from pages.train.leading import Leading, press

AT, DECIDING, BRANCH = "story", "story:decide", "story:branch"  # the latter in popovers
PARTS = (
    ("notes", ":material/lightbulb: For you"),
    ("if_stuck", ":material/help: If they are stuck"),
    ("red_herring", ":material/route: What may lead astray"),
)


def show_script(leading: Leading) -> None:
    """Where the story stands, and what the scenario says to whoever leads."""
    view = leading.view
    if view.node is None:
        return
    node = leading.run.scenario.nodes[view.node]
    with st.container(border=True, key=leading.key("script")):
        st.markdown(f":small[:gray[The story is at]]  \n**{escape(node.title)}**")
        if view.script and view.script.read_aloud:
            show_read_aloud(view.script.read_aloud)
        for name, title in PARTS:
            text = getattr(view.script, name) if view.script else None
            if text:
                st.caption(title)
                show_prose(text)
        with st.expander("The message as the seats read it"):
            show_prose(node.body)


def show_read_aloud(text: str) -> None:
    """In letters that are read from a standing laptop."""
    st.caption(":material/record_voice_over: Read aloud")
    for paragraph in text.split("\n\n"):
        st.markdown(f"#### {escape(paragraph)}")


def show_decision(leading: Leading) -> None:
    question = leading.view.question
    with st.container():
        show_problem(AT, live=True)
    if question is None:
        return
    view = leading.view
    with st.container(border=True, key=leading.key("question")):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/alt_route: {decider(leading, question)}", width="stretch")
            st.markdown(":small[:gray[time left]]", width="content")
            show_countdown(
                question.opened.deadline, view.story, speed=view.speed,
                running=view.phase == "running",
                key=leading.key(f"deadline:{question.opened.delivery}"), over="now",
            )  # fmt: skip
        votes = [option for _, option in question.votes]
        with st.container():
            for option in question.options:
                show_option(leading, question, option, votes.count(option.id))
        show_decide(leading, question)


def decider(leading: Leading, question: OpenQuestion) -> str:
    if question.by == "facilitator":
        return "You decide, after their talk"
    seat = escape(leading.seat_title(question.seat))
    return "The table votes" if question.by == "vote" else f"**{seat}** decides"


def show_option(leading: Leading, question: OpenQuestion, option: Option, votes: int) -> None:
    closed = "" if option.id in question.available else " :gray-badge[not open now]"
    voted = f" :blue-badge[{counted(votes, 'vote')}]" if votes else ""
    after = leading.run.scenario.nodes[option.next].title
    st.markdown(
        f"- {escape(option.label)}{voted}{closed}  \n"
        f":small[:gray[{counted(option.score, 'point')}, "
        f"{counted(option.takes_min, 'minute')}, leads to "
        f"“{escape(after)}”. {escape(option.feedback)}]]"
    )


def show_decide(leading: Leading, question: OpenQuestion) -> None:
    theirs = question.by == "facilitator"
    labels = {o.id: o.label for o in question.options if o.id in question.available}
    number = question.opened.delivery
    with st.popover("Decide" if theirs else "Decide for them", icon=":material/gavel:"):
        st.radio(
            "What is done",
            list(labels),
            index=None,
            key=leading.key(f"decide:{number}"),
            format_func=lambda one: escape(labels[one]),
        )
        st.text_input("Why", key=leading.key(f"why:{number}"), max_chars=300)
        with st.container():
            show_problem(DECIDING, live=True)
        if not theirs:
            st.caption("It is logged as yours, and left out of the score.")
        st.button(
            "Decide it",
            key=leading.key(f"decided:{number}"),
            on_click=decide,
            args=(leading, number),
        )


def show_following(leading: Leading) -> None:
    """What comes next, to play at once, to hold or to leave out; and another way for the story."""
    with st.container(border=True, key=leading.key("following")):
        st.markdown("**What comes next**")
        with st.container():
            if not leading.view.following:
                st.caption("Nothing by itself: the story waits for a decision.")
            for one in leading.view.following:
                show_next(leading, one)
        show_branch(leading)


def show_next(leading: Leading, one: Next) -> None:
    held = " :orange-badge[held]" if one.held else ""
    told = "story" if one.is_story else "by the clock"
    if one.condition:
        told += f", if {one.condition}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(
            f"{escape(one.title)}{held}  \n:small[:gray[{leading.when(one.due)}, {escape(told)}]]",
            width="stretch",
        )
        with st.container(horizontal=True, width="content", gap="small"):
            act(leading, one, "Play now", facilitating.play_now)
            if not one.held:
                act(leading, one, "Hold", facilitating.hold)
            if not one.is_story:
                act(leading, one, "Leave out", facilitating.drop)


def act(leading: Leading, one: Next, name: str, change) -> None:
    st.button(
        name,
        key=leading.key(f"{change.__name__}:{one.name}"),
        type="tertiary",
        on_click=press,
        args=(leading, change, one.name),
        kwargs={"at": AT},
    )


def show_branch(leading: Leading) -> None:
    nodes = leading.run.scenario.nodes
    with st.popover("Another way", icon=":material/fork_right:"):
        st.caption(
            "Leads the story to another place at once. It is logged, and what follows from it is "
            "left out of the score."
        )
        st.selectbox(
            "Go to",
            list(nodes),
            index=None,
            key=leading.key("branch:to"),
            format_func=lambda name: nodes[name].title,
            placeholder="A place of the story",
        )
        st.text_input("Why", key=leading.key("branch:why"), max_chars=300)
        with st.container():
            show_problem(BRANCH, live=True)
        st.button(
            "Go there",
            key=leading.key("branch"),
            on_click=choose_branch,
            args=(leading,),
            disabled=st.session_state.get(leading.key("branch:to")) is None,
        )


def decide(leading: Leading, number: int) -> None:
    option = st.session_state[leading.key(f"decide:{number}")]
    why = st.session_state[leading.key(f"why:{number}")]
    if option:
        press(
            leading, commands.decide, option,
            at=DECIDING, delivery=number, rationale=why, reason=why,
        )  # fmt: skip


def choose_branch(leading: Leading) -> None:
    node = st.session_state[leading.key("branch:to")]
    why = st.session_state[leading.key("branch:why")]
    if press(leading, facilitating.choose_branch, node, why, at=BRANCH):
        st.session_state[leading.key("branch:to")] = None
        st.session_state[leading.key("branch:why")] = ""
