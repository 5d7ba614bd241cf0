"""Step 3: what the incident meant, each kind with a mark for what is only estimated."""

from __future__ import annotations

import streamlit as st

from models.rules.clocks import lasted, length_in_words
from models.rules.policy import Who
from models.rules.record import ImpactRecord, PostmortemRecord
from models.rules.review import people_in
from models.rules.vocabulary import ImpactKind
from pages.components.fields import check_field, text_field
from pages.components.problems import attempt, escape, show_problem
from pages.components.wording import show_wording
from services.postmortems import save_impact
from services.publishing import list_kept_wording

ASK: dict[ImpactKind, tuple[str, str]] = {
    ImpactKind.CUSTOMERS: ("Customers", "Who was affected, how many, and what could they not do?"),
    ImpactKind.DURATION: ("Duration", "How long were they affected?"),
    ImpactKind.SERVICES: ("Services", "Which services, and how badly?"),
    ImpactKind.DATA: ("Data", "Was data lost, late, wrong, or seen by others?"),
    ImpactKind.MONEY: ("Money", "Lost orders, credits, penalties, cost of the response"),
    ImpactKind.TICKETS: ("Support tickets", "How many, about what?"),
}


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """Six kinds of impact. Saying “none” is an answer too."""
    told = {impact.kind: impact for impact in postmortem.impacts}
    names, kept = people_in(postmortem), list_kept_wording(me, postmortem.id)
    with st.grid(2, min_column_width=300, gap="medium"):
        for kind in ImpactKind:
            with st.container(gap="xsmall"):
                saved = told.get(kind, ImpactRecord(kind, ""))
                show_kind(postmortem.id, saved, me, frozen)
                if not frozen:
                    show_wording(saved.text, names, kept)
                    show_suggestion(postmortem, saved, me)


def show_kind(postmortem_id: str, saved: ImpactRecord, me: Who, frozen: bool) -> None:
    name, question = ASK[saved.kind]
    text_field(
        name,
        key=f"{postmortem_id}:impact:{saved.kind}",
        saved=saved.text,
        save=lambda now, was: save_impact(
            me, postmortem_id, saved.kind, (now, saved.estimated), (was, saved.estimated)
        ),
        area=True,
        placeholder=question,
        disabled=frozen,
    )
    check_field(
        "estimated",
        key=f"{postmortem_id}:impact:{saved.kind}:estimated",
        saved=saved.estimated,
        save=lambda now, was: save_impact(
            me, postmortem_id, saved.kind, (saved.text, now), (saved.text, was)
        ),
        disabled=frozen or not saved.is_told,
    )


def show_suggestion(postmortem: PostmortemRecord, saved: ImpactRecord, me: Who) -> None:
    """What the incidents say already, to be taken over with one click."""
    if saved.kind is ImpactKind.DURATION:
        found = lasted([incident.clocks for incident in postmortem.incidents])
        if found and found[0].total_seconds() > 0:
            offer(postmortem.id, saved, length_in_words(found[0]), found[1], "by the clocks", me)
        elif not saved.text:
            st.caption("Set when the impact began and ended on the Timeline step to see it here.")
    if saved.kind is ImpactKind.SERVICES:
        names = dict.fromkeys(name for i in postmortem.incidents for name in i.services)
        if names:
            offer(postmortem.id, saved, ", ".join(names), False, "named by the incident", me)
        elif not saved.text:
            st.caption("The incident names no services yet.")


def offer(
    postmortem_id: str, saved: ImpactRecord, text: str, estimated: bool, source: str, me: Who
) -> None:
    show_problem(f"{postmortem_id}:impact:{saved.kind}")
    if text in saved.text:
        return
    mark = ", estimated" if estimated else ""
    st.button(
        f"Use “{escape(text)}” ({source}{mark})",
        key=f"{postmortem_id}:impact:{saved.kind}:use",
        icon=":material/add:",
        type="tertiary",
        on_click=use,
        args=(postmortem_id, saved, text, estimated, me),
    )


def use(postmortem_id: str, saved: ImpactRecord, text: str, estimated: bool, me: Who) -> None:
    """Takes the suggestion over, in front of what is written already."""
    whole = f"{text}\n{saved.text}" if saved.text else text
    attempt(
        lambda: save_impact(
            me,
            postmortem_id,
            saved.kind,
            (whole, estimated or saved.estimated),
            (saved.text, saved.estimated),
        ),
        at=f"{postmortem_id}:impact:{saved.kind}",
    )
