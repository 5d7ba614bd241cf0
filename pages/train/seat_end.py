"""The end: how the story ended; for who played alone also the score, and what made it."""

from __future__ import annotations

import streamlit as st

from models.rules.exercise.events import Verdict
from models.rules.exercise.scoring import ChoiceResult, RuleResult
from models.rules.scenario.shape import Ending, Rule
from models.rules.scenario.wording import counted
from pages.components.going import go_to
from pages.components.pictures import is_phone
from pages.components.problems import attempt, escape, show_problem
from pages.components.prose import show_prose
from pages.components.said import said
from pages.train.seat_actions import show_note
from pages.train.seat_decision import show_decision
from pages.train.seat_inbox import show_folded
from pages.train.seated import Seated, link
from services.exercise_records import record_of
from services.solo_play import play_alone

ENDINGS = {
    Ending.GOOD: (":material/sentiment_satisfied:", "A good ending"),
    Ending.MIXED: (":material/sentiment_neutral:", "A mixed ending"),
    Ending.BAD: (":material/sentiment_dissatisfied:", "A hard ending"),
}
VERDICTS = {
    Verdict.MET: (":material/check_circle:", "met"),
    Verdict.PARTLY: (":material/contrast:", "partly"),
    Verdict.NOT_MET: (":material/radio_button_unchecked:", "not met"),
    Verdict.NOT_OBSERVED: (":material/remove:", "not observed"),
}
RULES = {
    Rule.DECLARE_EARLY: "Declare early",
    Rule.SEVERITY: "Choose the severity that fits",
    Rule.IC_ASSIGNED: "Name an incident commander",
    Rule.IC_HANDS_OFF: "The commander keeps the hands free",
    Rule.MITIGATE_FIRST: "Make it better before explaining it",
    Rule.COMMS_CADENCE: "Update people in time",
    Rule.ESCALATE_30: "Call in help after 30 minutes without progress",
    Rule.STABLE_30: "Close only after a time of quiet",
    Rule.CUSTOMER_MAIL_60: "Write to customers within the hour",
    Rule.GDPR_72H: "Decide about the regulator within 72 hours",
}


def show_own_end(seated: Seated) -> None:
    """The end of an exercise that somebody played alone."""
    show_ending(seated)
    show_scores(seated)
    show_what_next(seated)
    record = record_of(seated.run)
    st.header("Rules of response", anchor=False)
    for rule in record.score.rules:
        show_rule(seated, rule)
    st.header("Your decisions", anchor=False)
    for choice in record.score.choices:
        show_choice(seated, choice)
    with st.expander("How this is counted"):
        st.markdown(escape(record.formula))


def show_ending(seated: Seated) -> None:
    ending = seated.view.ending
    last = seated.view.inbox[-1] if seated.view.inbox else None
    with st.container(border=True):
        if ending is None:
            by = "You" if seated.run.is_solo else "The facilitator"
            st.markdown(f"**{by} ended the exercise before its story did.**")
            return
        icon, words = ENDINGS[ending]
        st.markdown(f"{icon} {words}")
        if last is not None:
            st.header(escape(last.title), anchor=False)
            show_prose(last.body)


def show_scores(seated: Seated) -> None:
    score = record_of(seated.run).score
    with st.container(horizontal=True, gap="small" if is_phone() else "large"):
        if score.process is not None:
            st.metric("Process: rules of response", f"{score.process:.0%}", width="content")
        if score.decision is not None:
            st.metric(
                "Decisions: points of those offered",
                f"{score.gained} of {score.possible}",
                width="content",
            )
        minutes = seated.view.story // 60
        st.metric("Time in the story", f"{minutes:,} min", width="content")


def show_what_next(seated: Seated) -> None:
    show_problem("again")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Play again",
            key=seated.key("again"),
            type="primary",
            icon=":material/replay:",
            on_click=play_again,
            args=(seated,),
        )
        link(
            "train/after_action.py", "The whole report and replay", ":material/summarize:",
            id=seated.run.id,
        )  # fmt: skip
        link("train/scenarios.py", "Other scenarios", ":material/theater_comedy:")


def show_rule(seated: Seated, result: RuleResult) -> None:
    icon, verdict = VERDICTS[result.verdict]
    when = f" · {seated.when(result.story)}" if result.story is not None else ""
    weight = f" · counts {result.weight} times" if result.weight > 1 else ""
    st.markdown(
        f"{icon} **{RULES[result.rule]}** :small[:gray[{verdict}{when}{weight}]]  \n"
        f"{escape(result.sentence)}"
    )
    for expected in result.expectations:
        icon, verdict = VERDICTS[expected.verdict]
        st.markdown(f":small[{icon} {escape(expected.text)} :gray[{verdict}]]")


def show_choice(seated: Seated, choice: ChoiceResult) -> None:
    points = (
        f"{choice.gained} of {counted(choice.possible, 'point')}"
        if choice.counts
        else "not counted"
    )
    st.markdown(
        f":small[:gray[{seated.when(choice.story)} · {escape(choice.title)} · {points}]]  \n"
        f"**{escape(choice.label)}**"
    )
    show_prose(choice.feedback)


def play_again(seated: Seated) -> None:
    def again() -> None:
        run_id = play_alone(seated.person, seated.run.scenario)
        go_to("train/exercise.py", id=run_id)

    attempt(again, at="again")


# --- with others -------------------------------------------------------------------------------


def show_end(seated: Seated) -> None:
    """Thanks, the ending, and what comes next; the score belongs to the talk."""
    show_decision(seated)  # what was being written when it ended
    show_ending(seated)
    st.markdown(
        "Thank you for playing. Next comes the hot wash: a short talk, first in silence, then "
        "together, about what helped and what got in the way. It is about how things work, and "
        "not about who did what."
    )
    link("train/debrief.py", "Open the hot wash", ":material/forum:", id=seated.run.id)
    link("train/after_action.py", "What happened", ":material/summarize:", id=seated.run.id)
    if seated.view.feedback:
        st.header("What the decisions led to", anchor=False)
        for one in seated.view.feedback:
            st.markdown(f":small[:gray[{escape(one.title)}]]  \n**{escape(one.chosen)}**")
            show_prose(one.feedback)
    with st.container(border=True):
        show_problem("action")
        if done := said(seated.key("done")):
            st.caption(f":material/check: {done}")
        show_note(seated)
    st.markdown("**All messages of your seat**")
    show_folded(seated, list(seated.view.inbox[::-1]))
