"""The blame-aware reading of everything that is written: it points out, people decide."""

from __future__ import annotations

import streamlit as st

from models.rules.free_texts import PlacedFinding, read_whole
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import Step
from models.rules.times import zone_named
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import Kept, marked
from services.publishing import keep_wording

PAGE = 10


def show(postmortem: PostmortemRecord, kept: Kept, me: Who) -> None:
    """Every finding with its place, its sentence, why it matters and another wording."""
    st.markdown("**How it reads**")
    show_problem(f"{postmortem.id}:findings")
    everything = read_whole(postmortem, zone_named(me.zone))
    found = [f for f in everything if (f.finding.rule, f.sentence) not in kept]
    if not found:
        st.markdown(
            ":material/check_circle: Nothing in the text reads as blame. "
            + say_kept(len(everything))
        )
        return
    st.caption(
        f"{len(found)} {'place' if len(found) == 1 else 'places'} to look at again: words that "
        "may judge people where the system has something to tell. These are suggestions; nothing "
        f"is changed for you. {say_kept(len(everything) - len(found))}"
    )
    page = 1
    if len(found) > PAGE:
        page = st.pagination(-(-len(found) // PAGE), key=f"{postmortem.id}:findings_page")
    for position, finding in enumerate(found[(page - 1) * PAGE : page * PAGE]):
        show_finding(postmortem.id, position, finding, me)


def say_kept(number: int) -> str:
    if not number:
        return ""
    return f"{number} {'is' if number == 1 else 'are'} kept as written."


def show_finding(postmortem_id: str, position: int, placed: PlacedFinding, me: Who) -> None:
    """`position` on the page keeps apart two findings in one sentence."""
    key = f"{postmortem_id}:finding:{position}"
    finding = placed.finding
    with st.container(border=True, gap="small"):
        st.markdown(marked(placed.line, finding))
        st.caption(f"{escape(finding.why)}\n\n{escape(finding.suggestion)}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                f"Go to: {escape(placed.where.place)}",
                key=f"{key}:go",
                icon=":material/arrow_forward:",
                type="tertiary",
                on_click=go_to,
                args=(placed.where.step,),
                disabled=placed.where.step is Step.REVIEW,
            )
            st.button(
                "Keep as it is",
                key=f"{key}:keep",
                icon=":material/check:",
                type="tertiary",
                help="This sentence is not pointed out again.",
                on_click=keep,
                args=(postmortem_id, finding.rule, placed.sentence, me),
            )


def go_to(step: Step) -> None:
    """From a callback: opens another step of the same post-mortem."""
    st.query_params["step"] = step.value


def keep(postmortem_id: str, rule: str, sentence: str, me: Who) -> None:
    attempt(lambda: keep_wording(me, postmortem_id, rule, sentence), at=f"{postmortem_id}:findings")
