"""Step 8: freeze the words as a revision, hand out the documents, and what comes after."""

from __future__ import annotations

import streamlit as st

from models.rules.free_texts import read_whole
from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from models.rules.review import Step, steps
from models.rules.vocabulary import PostmortemStatus, label
from pages.components.export import show_exports
from pages.components.problems import attempt, escape, show_problem
from pages.components.words import when
from pages.learn.steps import publish_compare, publish_moves
from services.publishing import (
    RevisionRow,
    list_kept_wording,
    list_revisions,
    publish_postmortem,
    send_to_review,
)

D, R, P = PostmortemStatus.DRAFT, PostmortemStatus.IN_REVIEW, PostmortemStatus.PUBLISHED


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """Where it stands and what can be done next, the documents, revisions and history."""
    revisions = list_revisions(me, postmortem.id)
    show_problem(f"{postmortem.id}:move")
    if frozen:
        show_published(postmortem, revisions)
        publish_moves.show_after(postmortem, me)
    else:
        show_before(postmortem, revisions, me)
    show_documents(postmortem, revisions, frozen, me)
    publish_compare.show(postmortem, revisions, frozen, me)
    publish_moves.show_history(postmortem, me)


def show_before(postmortem: PostmortemRecord, revisions: tuple[RevisionRow, ...], me: Who) -> None:
    """What publishing does, what is missing, and the button that asks again when it is."""
    number = revisions[0].number + 1 if revisions else 1
    missing = what_is_missing(postmortem, me)
    with st.container(border=True):
        st.markdown(f"**Publish revision {number}**")
        st.markdown(
            "- The words are frozen as they are now. Reopening makes a new revision; this one "
            "stays as it is.\n"
            "- It stands in the archive, where everybody can find it.\n"
            "- Proposed actions become promises, and are followed until they are done."
        )
        if missing:
            st.markdown("Not there yet:\n" + "\n".join(f"- {words}" for words in missing))
        with st.container(horizontal=True):
            show_publish_button(postmortem, number, missing, me)
            if postmortem.status is D:
                st.button(
                    "Send to review",
                    key=f"{postmortem.id}:to_review",
                    icon=":material/rate_review:",
                    help="Says to everybody that the draft is ready to be read.",
                    on_click=move_to_review,
                    args=(postmortem.id, me),
                )
            else:
                publish_moves.show_back_to_draft(postmortem.id, me)


def show_publish_button(
    postmortem: PostmortemRecord, number: int, missing: list[str], me: Who
) -> None:
    with st.popover(f"Publish revision {number}", icon=":material/verified:", type="primary"):
        if missing:
            st.markdown(
                f"{len(missing)} {'thing is' if len(missing) == 1 else 'things are'} not there "
                "yet. You can publish all the same, and add them in another revision."
            )
        st.markdown("A published revision cannot be changed or taken back.")
        st.button(
            "Publish all the same" if missing else "Publish",
            key=f"{postmortem.id}:publish",
            type="primary",
            on_click=publish,
            args=(postmortem.id, number, me),
        )


def what_is_missing(postmortem: PostmortemRecord, me: Who) -> list[str]:
    """Markdown: each step with what it lacks, and how much there is to look at again."""
    found = [
        f"**{label(state.step)}**: {', '.join(state.missing)}"
        for state in steps(postmortem)
        if state.missing and state.step is not Step.PUBLISH
    ]
    kept = list_kept_wording(me, postmortem.id)
    places = sum((f.finding.rule, f.sentence) not in kept for f in read_whole(postmortem))
    if places:
        words = "place that may read" if places == 1 else "places that may read"
        found.append(f"**How it reads**: {places} {words} as blame")
    return found


def show_published(postmortem: PostmortemRecord, revisions: tuple[RevisionRow, ...]) -> None:
    """That it is out, and where."""
    newest = revisions[0].number if revisions else 1
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/verified: Revision {newest} is published.")
        st.page_link(
            "learn/published.py",
            label="Read it as everybody sees it",
            query_params={"id": postmortem.id},
            icon=":material/menu_book:",
        )


def show_documents(
    postmortem: PostmortemRecord, revisions: tuple[RevisionRow, ...], frozen: bool, me: Who
) -> None:
    """The full report and the brief, of what stands now or of an earlier revision."""
    st.markdown("### Documents")
    revision = None
    if revisions and (len(revisions) > 1 or not frozen):
        choices = [None, *(r.number for r in revisions)] if not frozen else [
            r.number for r in revisions
        ]  # fmt: skip
        said = {r.number: f"Revision {r.number}, {when(r.at, me.zone)}" for r in revisions}
        revision = st.selectbox(
            "Version",
            choices,
            key=f"{postmortem.id}:version:{len(revisions)}:{frozen}",
            format_func=lambda n: said[n] if n else "The draft as it stands now",
        )
    show_exports(postmortem.id, revision)
    st.caption(
        f"Made at the moment of the download for {escape(me.name)}. The status of actions is "
        "that of the day, whichever revision it is."
    )


def publish(postmortem_id: str, number: int, me: Who) -> None:
    attempt(lambda: publish_postmortem(me, postmortem_id, number), at=f"{postmortem_id}:move")


def move_to_review(postmortem_id: str, me: Who) -> None:
    attempt(lambda: send_to_review(me, postmortem_id), at=f"{postmortem_id}:move")
