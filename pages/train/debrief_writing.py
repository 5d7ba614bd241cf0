"""Silent writing: a moment, the gap that it showed, what could follow."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from models.rules.exercise.hotwash import DebriefNote
from pages.components.problems import attempt, escape, show_problem
from pages.components.twice import is_second_click, note_done
from pages.components.wording import show_vague, show_wording
from pages.train.debrief_draft import keep_draft
from pages.train.debrief_talk import Talk
from services import debriefs
from services.debriefs import LONGEST

FIELDS = {
    "moment": ("A moment that you remember", "When the second alert came, nobody …"),
    "gap": ("The gap that it showed", "What was missing, unclear or slow"),
    "action": ("What could we do about it", "Begin with a verb: add, write down, agree on …"),
}
Question = tuple[str, str]  # objective, words


def questions(talk: Talk) -> list[Question]:
    """What a note can be about: the whole, the questions of the scenario, objectives without."""
    debrief = talk.run.scenario.debrief
    asked = [(question.objective, question.text) for question in debrief.questions]
    covered = {objective for objective, _ in asked}
    rest = [(one, words) for one, words in talk.objectives.items() if one not in covered]
    return [("", ""), *asked, *rest, ("", debrief.takeaway_prompt)]


def field_key(talk: Talk, field: str) -> str:
    """Each note has fields of its own. The same ones, emptied, would get their text back: all hear
    of a new note at once, and a browser that then asks for a new drawing still sends it along."""
    return talk.key(f"{field}:{st.session_state.get(talk.key('round'), 0)}")


def show_writing(talk: Talk) -> None:
    """The three fields, and what becomes of them. The places of everything stay the same."""
    box, place = f"talk-{talk.run.id}-write", talk.key("note")
    asked, fields = questions(talk), [field_key(talk, field) for field in FIELDS]
    with st.container(border=True, key=box):
        st.markdown("**Your note**")
        st.selectbox(
            "About", range(len(asked)), key=talk.key("about"), persist_state="session",
            format_func=lambda n: asked[n][1] or "The whole exercise",
        )  # fmt: skip
        about = asked[st.session_state[talk.key("about")] or 0]
        words = about[1] or " ".join(talk.run.scenario.debrief.hot_wash[:1])
        with st.container():
            if words:
                st.caption(escape(words))
        for field, (label, hint) in FIELDS.items():
            st.text_area(
                label, key=field_key(talk, field), placeholder=hint, height=80, max_chars=LONGEST,
                persist_state="session",
            )  # fmt: skip
        if not talk.run.is_solo:
            show_signature(talk)
        st.button(
            "Keep this note" if talk.run.is_solo else "Hand in this note",
            key=talk.key("hand_in"),
            type="primary",
            on_click=hand_in,
            args=(talk, about),
        )
        with st.container():
            show_problem(place)
            if any(st.session_state.get(key) for key in fields):
                show_hints(talk)
            else:
                show_kept(talk)
    more = [talk.key("about"), talk.key("unsigned")]
    more = more[:1] if talk.run.is_solo else more
    keep_draft(talk.key("note"), box, fields, more, st.session_state.get(talk.key("round"), 0))


def show_kept(talk: Talk) -> None:
    """What became of the note that was handed in last."""
    name = st.session_state.get(talk.key("handed_in"))
    if name is None:
        return
    if talk.run.is_solo:
        st.caption(":material/check: Kept. There is room for another one.")
    elif talk.run.notes_shown_at is None:
        st.caption(
            f":material/check: Handed in {name}, hidden until the facilitator shows all notes. "
            "There is room for another one."
        )
    else:
        st.caption(f":material/check: Handed in {name}. There is room for another one.")


def show_signature(talk: Talk) -> None:
    st.checkbox(
        "Without my name",
        key=talk.key("unsigned"),
        persist_state="session",
        help="Your name is then kept nowhere with this note, not even in the record of changes. "
        "So nobody can change it afterwards, you included. The words themselves may still tell "
        "who wrote it, most of all in a small group.",
    )


def show_hints(talk: Talk) -> None:
    """The reading of what was typed: for the writer alone."""
    state = st.session_state
    for field in ("moment", "gap"):
        show_wording(state.get(field_key(talk, field), ""), talk.names)
    show_vague(state.get(field_key(talk, "action"), ""))


def hand_in(talk: Talk, about: Question) -> None:
    state, place = st.session_state, talk.key("note")
    texts = [state.get(field_key(talk, field)) or "" for field in FIELDS]
    unsigned = bool(state.get(talk.key("unsigned")))
    if not any(text.strip() for text in texts) and is_second_click(place):
        return
    # The id is made here and kept until it is saved: a second try cannot add it twice.
    note_id = state.setdefault(talk.key("note_id"), uuid4().hex)
    objective, question = about
    if question == talk.objectives.get(objective):
        question = ""
    note = DebriefNote(objective, question, *texts, by="")
    if attempt(
        lambda: debriefs.add_note(
            talk.person, talk.run.id, note, anonymous=unsigned, note_id=note_id
        ),
        at=place,
    ):
        del state[talk.key("note_id")]
        state[talk.key("round")] = state.get(talk.key("round"), 0) + 1
        state[talk.key("handed_in")] = "without your name" if unsigned else "with your name"
        note_done(place)
