"""Right after an exercise people write in silence, talk about it, and agree on what to improve."""

from __future__ import annotations

import streamlit as st

from pages.components.live import listen
from pages.components.pictures import is_phone
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.train.debrief_agenda import show_agenda_box, show_before
from pages.train.debrief_alone import show_alone
from pages.train.debrief_notes import show_notes
from pages.train.debrief_own import show_own
from pages.train.debrief_plan import show_plan
from pages.train.debrief_talk import Talk
from pages.train.debrief_writing import show_writing
from pages.train.seated import link
from services import debriefs, exercises


def show() -> None:
    with problems_shown():
        who()
        run_id = st.query_params.get("id", "")
        if not run_id:
            st.title("Hot wash", anchor=False)
            st.markdown("No exercise is open here.")
            link("train/scenarios.py", "Choose a scenario", ":material/theater_comedy:")
            return
        board(run_id)


@st.fragment
def board(run_id: str) -> None:
    """Drawn anew by its own buttons, and when anybody at the talk does something."""
    with problems_shown():
        person = who()
        talk = Talk(person, exercises.get_run(person, run_id))
        listen(run_id, talk.run.revision)
        if talk.run.play.ended is None:
            show_too_early(talk)
        elif talk.run.is_solo:
            show_alone(talk)
        else:
            show_talk(talk)


def show_too_early(talk: Talk) -> None:
    st.title("Hot wash", anchor=False)
    st.markdown("The exercise is not over yet. The talk comes right after it.")
    page = "train/console.py" if talk.leads else "train/exercise.py"
    link(page, "Back to the exercise", ":material/arrow_back:", id=talk.run.id)


def show_talk(talk: Talk) -> None:
    """On the left what everybody looks at together, on the right what one writes. Each part has
    a place that is always there, so that a field in which somebody types is never made anew."""
    st.title("Hot wash", anchor=False)
    st.caption(escape(talk.run.title))
    if is_phone():
        places = [st.container() for _ in range(4)]
    else:
        together, own = st.columns(2, gap="large")
        places = [side.container() for side in (together, own, together, own)]
    agenda, writing, notes, plan = places
    rows = debriefs.list_improvements(talk.person, talk.run.id)
    with agenda:
        show_state(talk)
    with writing:
        show_writing(talk)
        show_own(talk)
    if talk.phase in ("together", "over"):
        with notes:
            show_notes(talk, frozenset(row.id for row in rows))
    if talk.phase in ("together", "over") or rows:
        with plan:
            show_plan(talk, rows)


def show_state(talk: Talk) -> None:
    if talk.phase == "before":
        show_before(talk)
        return
    if talk.phase == "over":
        with st.container(border=True):
            st.markdown("**The talk is over.** Thank you. Notes and improvements can still come.")
            link("train/after_action.py", "The report", ":material/summarize:", id=talk.run.id)
        return
    show_agenda_box(talk)
    link("train/after_action.py", "What happened", ":material/summarize:", id=talk.run.id)


show()
