"""Step 5: what went well, what went wrong, where we got lucky, what surprised us, what is open."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.record import LessonRecord, PostmortemRecord
from models.rules.review import people_in
from models.rules.vocabulary import LessonKind, label
from pages.components import unsaved
from pages.components.adding import add_field
from pages.components.fields import text_field
from pages.components.problems import attempt, show_problem
from pages.components.prose import show_prose
from pages.components.undoing import show_undo
from pages.components.wording import show_wording
from services.postmortems import add_lesson, remove_lesson, save_lesson
from services.publishing import list_kept_wording

PROMPTS: dict[LessonKind, str] = {
    LessonKind.WENT_WELL: "What helped, and should stay as it is? A tool, a habit, a decision.",
    LessonKind.WENT_WRONG: "What got in the way, in the system, the tools or how we work?",
    LessonKind.GOT_LUCKY: "What kept it from being worse, that nobody had planned?",
    LessonKind.SURPRISED: "What behaved differently from what we believed until then?",
    LessonKind.UNKNOWN: "Which questions stay open? It is fine not to know; say what is missing.",
}


def show(postmortem: PostmortemRecord, me: Who, frozen: bool) -> None:
    """A list under each heading, and a line to add to it."""
    names = people_in(postmortem)
    kept = list_kept_wording(me, postmortem.id)
    for kind in LessonKind:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{label(kind)}**")
            if not frozen:
                st.caption(PROMPTS[kind])
            lessons = [lesson for lesson in postmortem.lessons if lesson.kind is kind]
            for position, lesson in enumerate(lessons, 1):
                if frozen:
                    show_prose(f"- {lesson.text}".replace("\n", "\n  "))
                else:
                    show_lesson(postmortem.id, lesson, position, me)
                    show_wording(lesson.text, names, kept)
            if not frozen:
                show_taken_away(postmortem.id, kind, me)
                show_new(postmortem.id, kind, me)
            elif not lessons:
                st.caption("Nothing was written here.")


def show_lesson(postmortem_id: str, lesson: LessonRecord, position: int, me: Who) -> None:
    """One lesson, to edit in place or to take away."""
    with st.container(horizontal=True, wrap=False, gap="xsmall"):
        with st.container(gap="xsmall"):
            text_field(
                f"{label(lesson.kind)}, {position}",
                key=f"{lesson.id}:text",
                saved=lesson.text,
                save=lambda now, was: rewrite(postmortem_id, lesson, now, was, me),
                area=True,
                label_visibility="collapsed",
            )
        st.button(
            "",
            key=f"{lesson.id}:remove",
            icon=":material/close:",
            type="tertiary",
            help="Take away",
            on_click=take_away,
            args=(postmortem_id, lesson, me),
        )


def show_taken_away(postmortem_id: str, kind: LessonKind, me: Who) -> None:
    """The last line that was taken away here, to bring it back."""
    place = f"{postmortem_id}:removed:{kind}"
    if removed := st.session_state.get(place):
        show_problem(place)
        show_undo(
            removed[1], key=f"{place}:undo", on_click=bring_back, args=(postmortem_id, kind, me)
        )


def show_new(postmortem_id: str, kind: LessonKind, me: Who) -> None:
    add_field(
        f"Add to “{label(kind)}”",
        key=f"{postmortem_id}:new:{kind}",
        add=lambda text, new_id: add_lesson(me, postmortem_id, kind, text, lesson_id=new_id),
        placeholder="Write, and press Enter to add",
        label_visibility="collapsed",
    )


def rewrite(postmortem_id: str, lesson: LessonRecord, now: str, was: str, me: Who) -> None:
    """An empty text takes the line away."""
    save_lesson(me, lesson.id, now, was)
    if not now.strip():
        note_removed(postmortem_id, lesson.kind, lesson.id, was)


def take_away(postmortem_id: str, lesson: LessonRecord, me: Who) -> None:
    if attempt(lambda: remove_lesson(me, lesson.id)):
        note_removed(postmortem_id, lesson.kind, lesson.id, lesson.text)


def note_removed(postmortem_id: str, kind: LessonKind, lesson_id: str, text: str) -> None:
    unsaved.let_go(f"{lesson_id}:text")
    st.session_state[f"{postmortem_id}:removed:{kind}"] = (lesson_id, text)


def bring_back(postmortem_id: str, kind: LessonKind, me: Who) -> None:
    place = f"{postmortem_id}:removed:{kind}"
    lesson_id, text = st.session_state[place]
    if attempt(lambda: add_lesson(me, postmortem_id, kind, text, lesson_id=lesson_id), at=place):
        del st.session_state[place]
