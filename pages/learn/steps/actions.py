"""Step 6: what will be done, by whom and until when; or why nothing will be."""

from __future__ import annotations

import streamlit as st

from models.rules.actions import default_due
from models.rules.policy import Who
from models.rules.record import ActionRecord, PostmortemRecord
from models.rules.review import Step, people_in, steps
from models.rules.vocabulary import ActionStatus
from pages.components.adding import add_field
from pages.components.fields import text_field
from pages.components.prose import show_prose
from pages.components.wording import Kept, show_wording
from pages.learn.steps.action_card import show_action
from pages.learn.steps.action_fields import Choices
from services import clock
from services.actions import add_action
from services.people import list_factors, list_people
from services.postmortems import save_no_actions_reason
from services.publishing import list_kept_wording

PAGE = 20


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """The actions, a line for one more, and the way to say that there are none."""
    names, kept = people_in(postmortem), list_kept_wording(me, postmortem.id)
    if not frozen:
        show_soak(postmortem)
    choices = Choices(
        people=[person.name for person in list_people(me) if person.is_active],
        factors=list(dict.fromkeys((*postmortem.all_factors, *list_factors(me)))),
        names=names,
        kept=kept,
    )
    actions = postmortem.actions
    if len(actions) > PAGE:
        page = st.pagination(-(-len(actions) // PAGE), key=f"{postmortem.id}:actions_page")
        actions = actions[(page - 1) * PAGE : page * PAGE]
    for action in actions:
        show_action(action, choices, me, frozen)
    if not frozen:
        show_new(postmortem, me)
    if all(a.status is ActionStatus.DECLINED for a in postmortem.actions):
        show_none(postmortem, names, kept, me, frozen)


def show_soak(postmortem: PostmortemRecord) -> None:
    """Solutions come after understanding, and promises after some sleep."""
    timeline = next(state for state in steps(postmortem) if state.step is Step.TIMELINE)
    if timeline.done:
        st.caption(
            "These are proposals; publishing makes them promises. Let them rest for about two "
            "working days before you publish: some look different by then."
        )
    else:
        st.info(
            "The timeline is not complete yet. Solutions that are chosen before everybody "
            "agrees on what happened often answer another question. Note them here, and come "
            "back when the timeline is settled.",
            icon=":material/hourglass_empty:",
        )


def show_new(postmortem: PostmortemRecord, me: Who) -> None:
    """Typing and Enter adds a proposal with the defaults; its details follow in its card."""
    today = clock.now().date()
    due = default_due(postmortem.severity, today)
    about = postmortem.severity or "a post-mortem without severity"
    add_field(
        "Add an action",
        key=f"{postmortem.id}:new_action",
        add=lambda text, new_id: add_action(
            me, postmortem.id, ActionRecord(text), action_id=new_id
        ),
        placeholder="Begin with a verb: “Add an alert on …”, “Remove …”, and press Enter",
    )
    st.caption(
        f"It will be due on {due.day} {due:%b %Y}, {(due - today).days} days from today: the "
        f"default for {about}. You can change that."
    )


def show_none(
    postmortem: PostmortemRecord, names: tuple[str, ...], kept: Kept, me: Who, frozen: bool
) -> None:
    """Doing nothing is a decision too, and it has a reason."""
    reason = postmortem.no_actions_reason
    if frozen:
        if reason:
            st.markdown("**No actions follow, because**")
            show_prose(reason)
        return
    with st.container(border=True):
        st.markdown("**No actions follow, because**")
        st.caption(
            "A valid outcome: the risk is small, the system goes away soon, or what would help "
            "is under way already. Say which."
        )
        text_field(
            "Why no actions follow",
            key=f"{postmortem.id}:no_actions",
            saved=reason,
            save=lambda now, was: save_no_actions_reason(me, postmortem.id, now, was),
            area=True,
            label_visibility="collapsed",
            placeholder="Leave empty when actions follow",
        )
        show_wording(reason, names, kept)
