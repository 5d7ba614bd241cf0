"""A person chooses a scenario: what it trains, how hard it is, how long it takes, when it was last
played here."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.scenario.shape import Difficulty
from models.rules.scenario.wording import counted
from models.rules.times import zone_named
from pages.components.head import page_head
from pages.components.problems import escape, problems_shown
from pages.components.session import who
from pages.train.seated import link
from services.exercise_records import Played, list_played
from services.scenario_library import ScenarioRow, list_scenarios

LEVEL, LENGTH, FIND = "scenarios:level", "scenarios:length", "scenarios:find"
LENGTHS = {"Up to 20 minutes": (0, 20), "21 to 45": (21, 45), "Over 45": (46, 10_000)}
SHORT = 260  # characters of a summary on a card


def show() -> None:
    with problems_shown():
        person = who()
        page_head(
            "Scenarios",
            "Stories of outages to practise with: alone in a few minutes, or as a team with "
            "somebody who leads.",
        )
        rows = list_scenarios(person)
        show_tools()
        played = list_played(person)
        found = [row for row in rows if fits(row)]
        if not found:
            st.markdown("No scenario fits this choice. Take a part of it away.")
        with st.grid(2, min_column_width=330, gap="small"):
            for row in found:
                show_card(row, played.get(row.id), person)
        show_more()


def show_tools() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Find", key=FIND, placeholder="Title or tag", icon=":material/search:")
        st.pills("Difficulty", list(Difficulty), key=LEVEL, format_func=level_word)
        st.pills("Length", list(LENGTHS), key=LENGTH)


def fits(row: ScenarioRow) -> bool:
    wanted = (st.session_state.get(FIND) or "").casefold().split()
    text = " ".join((row.title, row.summary, *row.tags)).casefold()
    level, length = st.session_state.get(LEVEL), st.session_state.get(LENGTH)
    least, most = LENGTHS.get(length or "", (0, 10_000))
    return (
        all(word in text for word in wanted)
        and level in (None, row.difficulty)
        and least <= row.duration_min <= most
    )


def show_card(row: ScenarioRow, last: Played | None, person: Who) -> None:
    with st.container(border=True, key=f"lines-scenario-{row.id}", height="stretch"):
        link("train/scenario.py", f"**{escape(row.title)}**", "", id=row.id)
        st.markdown(badges(row))
        st.markdown(escape(shortened(row.summary)))
        said = []
        if row.errors:
            said.append("Being written: it cannot be played yet.")
        if last is not None:
            day = last.last_at.astimezone(zone_named(person.zone))
            said.append(f"Last played here on {day:%-d %b %Y}.")
        if said:
            st.caption(" ".join(said))


def level_word(level: Difficulty) -> str:
    return level.value.capitalize()


def badges(row: ScenarioRow) -> str:
    level = f":gray-badge[{level_word(row.difficulty)}] " if row.difficulty else ""
    seats = f"{counted(row.seats, 'seat')}"
    ours = " :gray-badge[:material/edit: Ours]" if row.version else ""
    length = f"{counted(row.duration_min, 'minute')}" if row.duration_min else "Draft"
    return f"{level}:gray-badge[{length}] :gray-badge[{seats}]{ours}"


def shortened(summary: str) -> str:
    """At most so many characters, cut between words."""
    text = " ".join(summary.split())
    return text if len(text) <= SHORT else f"{text[:SHORT].rsplit(' ', 1)[0]} …"


def show_more() -> None:
    st.header("Something of your own", anchor=False)
    st.markdown(
        "A scenario is one text that anybody on the team can write or change. It is checked while "
        "it is written. A published post-mortem can be made into a draft."
    )
    link("train/authoring.py", "Write a scenario, or make one from our own incident",
         ":material/edit:")  # fmt: skip


show()
