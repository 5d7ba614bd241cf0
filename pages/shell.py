"""The frame around every page: who is there, where one can go. The script that Streamlit runs.

It lies inside pages/ on purpose: a folder `pages` beside Streamlit's script would be served
without this frame.
"""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # Streamlit puts the folder of the script first, not ours
    sys.path.insert(0, str(ROOT))

from pages.components import unsaved  # noqa: E402
from pages.components.address import last_part  # noqa: E402
from pages.components.coming_back import draw_anew_after_a_break  # noqa: E402
from pages.components.leaving import save_before_leaving  # noqa: E402
from pages.components.look import apply_look  # noqa: E402
from pages.components.problems import escape  # noqa: E402
from pages.components.session import remember, sign_out, who  # noqa: E402
from pages.overview import welcome  # noqa: E402

HERE = Path(__file__).resolve().parent
LOGO = HERE / "components" / "logo.png"
ICON = HERE / "components" / "icon.png"  # an icon by name would be loaded from elsewhere
NOWHERE = "overview/nowhere.py"
SECTIONS: dict[str, list[tuple[str, str, str, str]]] = {
    "": [("overview/home.py", "Home", "home", ":material/home:")],
    "Learn": [
        ("learn/incidents.py", "Incidents", "incidents", ":material/notifications_active:"),
        ("learn/bring_in.py", "Bring in", "bring-in", ":material/upload_file:"),
        ("learn/postmortems.py", "Post-mortems", "postmortems", ":material/edit_note:"),
        ("learn/actions.py", "Actions", "actions", ":material/checklist:"),
        ("learn/archive.py", "Archive", "archive", ":material/library_books:"),
        ("learn/trends.py", "Trends", "trends", ":material/query_stats:"),
    ],
    "Train": [
        ("train/scenarios.py", "Scenarios", "scenarios", ":material/theater_comedy:"),
        ("train/exercises.py", "Exercises", "exercises", ":material/event_available:"),
        ("train/join.py", "Join", "join", ":material/login:"),
        ("train/progress.py", "Progress", "progress", ":material/show_chart:"),
    ],
    "Set up": [("setup/settings.py", "Settings", "settings", ":material/tune:")],
}
HIDDEN = [  # reached from a list, not from the menu
    ("learn/incident.py", "Incident", "incident"),
    ("learn/workspace.py", "Post-mortem", "postmortem"),
    ("learn/meeting.py", "Review meeting", "meeting"),
    ("learn/discussion.py", "Comments", "comments"),
    ("learn/published.py", "Published post-mortem", "published"),
    ("learn/sending.py", "Send by e-mail", "send"),
    ("learn/archive_factors.py", "Contributing factors over time", "factors"),
    ("learn/action.py", "Action", "action"),
    ("learn/tickets.py", "To the tracker", "tickets"),
    ("learn/loop.py", "How promises are kept", "promises"),
    ("train/exercise.py", "Exercise", "exercise"),
    ("train/plan.py", "Plan", "plan"),
    ("train/console.py", "Facilitator", "console"),
    ("train/debrief.py", "Hot wash", "debrief"),
    ("train/after_action.py", "After-action report", "after-action"),
    ("train/scenario.py", "Scenario", "scenario"),
    ("train/authoring.py", "Write a scenario", "authoring"),
]
KNOWN = {"", *(page[2] for pages in (*SECTIONS.values(), HIDDEN) for page in pages)} - {"home"}


def navigation() -> dict[str, list[st.Page]]:
    """Every page. Files are named whole: Hotwash may be started from any folder."""
    menu = {
        section: [
            st.Page(HERE / file, title=title, url_path=path, icon=icon, default=path == "home")
            for file, title, path, icon in pages
        ]
        for section, pages in SECTIONS.items()
    }
    menu["Learn"] += [
        st.Page(HERE / file, title=title, url_path=path, visibility="hidden")
        for file, title, path in HIDDEN
    ]
    if last_part() not in KNOWN:  # otherwise Streamlit shows Home, and a dialog over it
        menu["Learn"].append(
            st.Page(HERE / NOWHERE, title="No such page", url_path=last_part(), visibility="hidden")
        )
    return menu


def show() -> None:
    st.set_page_config(page_title="Hotwash", page_icon=str(ICON), layout="wide")
    apply_look()
    st.logo(str(LOGO), icon_image=str(ICON), size="large")
    person = who()
    remember()
    save_before_leaving()
    draw_anew_after_a_break()
    known = person.person_id is not None
    page = st.navigation(navigation(), position="sidebar" if known else "hidden")
    if not known:
        welcome.show()
        return
    with st.sidebar:
        st.caption(f"You are here as **{escape(person.name)}**, times in {escape(person.zone)}.")
        st.button("Somebody else", key="shell:sign_out", on_click=sign_out, type="tertiary")
    place = unsaved.begin()
    page.run()
    unsaved.show(place)


show()
