"""A person sees how promises are kept: what of them is done and on time, how old the open ones are,
and whether what was done kept incidents away."""

from __future__ import annotations

import streamlit as st

from models.rules.following.helped import MOST_WEEKS
from models.rules.following.loop import Quarter, quarter_of, read_quarter
from models.rules.following.rates import MEANS, TARGET, Rates, share
from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from pages.components.fields import number_field
from pages.components.head import page_head
from pages.components.pictures import drawing_theme, drawing_width, show_drawing
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.learn.action_questions import show_answer
from reports.drawings.loop import loop_drawing, told
from services import clock
from services.action_outcomes import (
    ask_after_weeks,
    first_day,
    get_loop,
    list_answers,
    save_ask_after_weeks,
)
from services.metrics import get_action_rates

ANSWERS = 10


def show() -> None:
    with problems_shown():
        person = who()
        page_head(
            "How promises are kept",
            "An incident is reviewed, the review promises actions, and what is done should keep "
            "such incidents away.",
        )
        st.page_link("learn/actions.py", label="All actions", icon=":material/checklist:")
        rates = get_action_rates(person)
        if not rates.every.promised and not rates.every.declined:
            st.markdown(
                "Nothing has been promised yet. Actions become promises when their post-mortem is "
                "published."
            )
            return
        show_loop(person)
        show_rates("All promises", (("", rates.every),), "")
        show_rates("By severity", rates.by_severity, "No severity")
        show_rates("By team of the owner", rates.by_team, "No team")
        with st.expander("What is counted"):
            st.markdown("\n".join(f"- {escape(means)}" for means in MEANS))
        show_judged(person)


def show_loop(person: Who) -> None:
    """The drawing for a quarter, which stands in the address."""
    now = quarter_of(clock.now().date())
    first = quarter_of(first_day(person) or clock.now().date())
    quarters = quarters_between(min(first, now), now)
    asked = st.query_params.get("quarter", "")
    chosen = read_quarter(asked) if asked else now
    quarters = quarters if chosen in quarters else [chosen, *quarters]
    st.subheader("The loop", anchor=False)
    st.selectbox(
        "Quarter, by when the incidents began (UTC)",
        quarters,
        index=quarters.index(chosen),
        key="loop:quarter",
        on_change=ask_quarter,
        width=320,
    )
    loop = get_loop(person, chosen)
    show_drawing(loop_drawing(loop, width=drawing_width(), theme=drawing_theme()), told(loop))
    with st.expander("As a table"):
        st.table(
            {
                "Step": [name for name, _, _ in loop.steps] + ["Came back"],
                "Number": [n for _, n, _ in loop.steps] + [loop.recurrences],
                "Of what": [note for _, _, note in loop.steps]
                + [f"of {loop.incidents:,} incidents, a factor of a done action"],
            }
        )


def quarters_between(first: Quarter, last: Quarter) -> list[Quarter]:
    """From the last to the first, at most ten years of them."""
    found = [last]
    while found[-1] > first and len(found) < 40:
        found.append(found[-1].before)
    return found


def show_rates(title: str, groups: tuple[tuple[str, Rates], ...], none: str) -> None:
    """A table with n beside every percentage."""
    if not groups or (len(groups) == 1 and none and not groups[0][0]):
        return
    st.subheader(title, anchor=False)
    heads = ("Done", f"Over {TARGET:.0%}", "On time", "Declined", "Open", "Overdue", "Age of open")
    rows = [
        [f"**{escape(name or none)}**"] * bool(none)
        + [
            share(r.done, r.promised),
            {True: "yes", False: "no", None: "–"}[r.meets_target],
            share(r.on_time, r.dated),
            f"{r.declined:,}",
            f"{r.open:,}",
            f"{r.overdue:,}",
            age_words(r),
        ]
        for name, r in groups
    ]
    columns = ["", *heads] if none else list(heads)
    lines = [columns, ["---"] * len(columns), *rows]
    st.markdown("\n".join(f"| {' | '.join(line)} |" for line in lines))


def age_words(rates: Rates) -> str:
    """`median 34 days, oldest 120`; how many they are of stands beside it."""
    if rates.median_age is None:
        return "–"
    days = "day" if rates.median_age == 1 else "days"
    return f"median {rates.median_age:g} {days}, oldest {rates.oldest:,}"


def show_judged(person: Who) -> None:
    answers = list_answers(person)
    st.subheader("What was judged", anchor=False)
    show_weeks(person)
    if not answers:
        st.caption("Nobody has judged an action yet.")
    for answer in answers[:ANSWERS]:
        with st.container(border=True, gap="small"):
            st.page_link(
                "learn/action.py", label=escape(answer.text), query_params={"id": answer.action_id}
            )
            show_answer(answer, person)
    if len(answers) > ANSWERS:
        st.caption(f"And {len(answers) - ANSWERS:,} before these.")


def show_weeks(person: Who) -> None:
    """A choice of the whole team."""

    def save(now: int | None, was: int | None) -> None:
        if now is None or was is None:
            raise ProblemForUser("Write after how many weeks the owner is asked.")
        save_ask_after_weeks(person, now, was)

    with st.container(width=320):
        number_field(
            "Ask the owner so many weeks after it is done",
            key="loop:weeks",
            saved=ask_after_weeks(person),
            save=save,
            most=MOST_WEEKS,
        )


def ask_quarter() -> None:
    st.query_params["quarter"] = str(st.session_state["loop:quarter"])


show()
