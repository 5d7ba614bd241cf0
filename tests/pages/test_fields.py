"""Fields that save themselves: what they say, and what they never write over."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.vocabulary import Clock
from services import incidents, postmortems, publishing
from tests.conftest import Browser
from tests.small_postmortem import stored

PAGE = "learn/workspace.py"
SUMMARY = "Orders waited for 100 minutes because retries were off."


def a_page_whose_fields_are_all_reported() -> None:
    """Streamlit reports every field as changed when it lost track of them; here a button does."""
    import streamlit as st

    from pages.components import fields

    saves: list[str] = st.session_state.setdefault("saves", [])
    field = fields._Field("f", "A field", lambda now, was: saves.append(now))
    st.button("Report", on_click=fields._left, args=(field,))
    fields.text_field("A field", key="f", saved="as it was", save=field.save)


def test_a_field_that_nobody_changed_is_not_saved_and_says_nothing(database_file: Path) -> None:
    app = AppTest.from_function(a_page_whose_fields_are_all_reported).run()
    app.button[0].click().run()
    assert not app.exception
    assert app.session_state["saves"] == []
    assert not app.caption


def test_a_conflict_stays_on_the_screen_of_whoever_has_gone_on(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="review")
    postmortems.save_summary(ada, pm, "Ben wrote this.", SUMMARY)
    at.text_area(key=f"{pm}:summary").input("Ada wrote this.").run()
    at.button(key=f"{pm}:step:impact").click().run()
    assert [c.value for c in at.code] == ["Ada wrote this."]
    at.button(key=f"{pm}:step:review").click().run()
    assert not at.code
    assert at.text_area(key=f"{pm}:summary").value == "Ada wrote this."
    at.button(key=f"{pm}:summary:mine").click().run()
    assert postmortems.get_postmortem(ada, pm).summary == "Ada wrote this."


def test_a_text_that_met_a_publication_comes_back_when_it_is_reopened(
    browser: Browser, ada: Who, ben: Who
) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="timeline")
    [incident] = [i.id for i in postmortems.get_postmortem(ada, pm).incidents]
    key = f"{incident}:{Clock.DETECTED}"
    publishing.publish_postmortem(ben, pm, 1)
    at.text_input(key=key).input("2026-03-10 09:05").run()
    assert [c.value for c in at.code] == ["2026-03-10 09:05"]
    assert at.text_input(key=key).value == "2026-03-10 09:12"
    publishing.back_to_draft(ben, pm, "More is known")
    at.run()
    assert at.text_input(key=key).value == "2026-03-10 09:05"
    at.text_input(key=key).input("2026-03-10 09:06").run()
    assert not at.code
    record = incidents.get_incident(ada, incident).record
    assert f"{record.clocks[Clock.DETECTED].at:%H:%M}" == "09:06"
