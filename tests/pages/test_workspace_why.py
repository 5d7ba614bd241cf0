"""Step 4, Why: a tree that grows by typing, and turns back where it ends at a person."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.record import PostmortemRecord
from services import incidents, people, postmortems, publishing, timeline, whys
from tests.conftest import Browser

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PAGE = "learn/workspace.py"


@pytest.fixture
def incident(ada: Who) -> str:
    return incidents.create_incident(ada, "Checkout slow", began_at=NINE)


@pytest.fixture
def postmortem(ada: Who, incident: str) -> str:
    return postmortems.start_postmortem(ada, [incident])


def kept(who: Who, postmortem: str) -> PostmortemRecord:
    return postmortems.get_postmortem(who, postmortem)


def answer(app: AppTest, postmortem: str, text: str) -> None:
    app.text_input(f"{postmortem}:why_new").set_value(text).run()


def test_each_answer_is_asked_further_in_the_same_field(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="why")
    assert app.text_input(f"{postmortem}:why_new").label == "What happened?"
    answer(app, postmortem, "Checkout was slow")
    below = app.text_input(f"{postmortem}:why_new")
    assert below.label.startswith("Below 1: ")
    assert below.label.endswith("?")
    assert below.value == ""
    answer(app, postmortem, "The pool was full")
    answer(app, postmortem, "Its size is the same for all regions")
    [root] = kept(ada, postmortem).whys
    assert root.children[0].children[0].text == "Its size is the same for all regions"


def test_a_second_answer_and_a_second_start_make_it_a_tree(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="why")
    answer(app, postmortem, "Checkout was slow")
    answer(app, postmortem, "The pool was full")
    app.button(f"{postmortem}:why_up").click().run()
    answer(app, postmortem, "The alert came late")
    app.radio(f"{postmortem}:why").set_value("").run()
    answer(app, postmortem, "The status page was late")
    first, second = kept(ada, postmortem).whys
    assert [child.text for child in first.children] == ["The pool was full", "The alert came late"]
    assert second.text == "The status page was late"


def test_a_branch_that_ends_at_a_person_is_turned_back(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    root = whys.add_why(ada, postmortem, None, "Checkout was slow")
    whys.add_why(ada, postmortem, root, "The engineer forgot to raise the limit")
    app = browser.open(PAGE, id=postmortem, step="why")
    captions = app.radio(f"{postmortem}:why").proto.captions
    assert "This branch ends at a person" in captions[1]
    branch = kept(ada, postmortem).whys[0].children[0].id
    app.radio(f"{postmortem}:why").set_value(branch).run()
    assert "made this the sensible" in app.warning[0].value
    answer(app, postmortem, "The limit is set by hand in each region")
    assert not [c for c in app.radio(f"{postmortem}:why").proto.captions if c]


def test_factors_come_from_the_list_of_the_team_and_extend_it(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    root = whys.add_why(ada, postmortem, None, "Checkout was slow")
    app = browser.open(PAGE, id=postmortem, step="why")
    app.multiselect(f"{root}:factors").set_value(["Capacity"]).run()
    assert kept(ada, postmortem).whys[0].factors == ("Capacity",)
    whys.tag_factors(ada, postmortem, ["Two clocks"], [])
    assert "Two clocks" in people.list_factors(ada)
    assert "Two clocks" in app.run().multiselect(f"{root}:factors").options


def test_an_answer_is_linked_to_the_lines_that_show_it(
    browser: Browser, ada: Who, incident: str, postmortem: str
) -> None:
    line = timeline.add_event(ada, incident, "Pool at 100 %", at=NINE)
    root = whys.add_why(ada, postmortem, None, "Checkout was slow")
    app = browser.open(PAGE, id=postmortem, step="why")
    app.multiselect(f"{root}:events").set_value([line]).run()
    assert kept(ada, postmortem).whys[0].event_ids == (line,)


def test_an_answer_is_moved_and_removed(browser: Browser, ada: Who, postmortem: str) -> None:
    first = whys.add_why(ada, postmortem, None, "Checkout was slow")
    second = whys.add_why(ada, postmortem, None, "The pool was full")
    app = browser.open(PAGE, id=postmortem, step="why")
    app.radio(f"{postmortem}:why").set_value(second).run()
    app.selectbox(f"{second}:parent").set_value(first).run()
    assert kept(ada, postmortem).whys[0].children[0].id == second
    app.button(f"{second}:remove").click().run()
    assert kept(ada, postmortem).whys[0].children == ()
    assert app.session_state[f"{postmortem}:why"] == first


def test_sixty_answers_take_one_editor(browser: Browser, ada: Who, postmortem: str) -> None:
    root = whys.add_why(ada, postmortem, None, "Checkout was slow")
    for n in range(60):
        whys.add_why(ada, postmortem, root, f"Cause {n}")
    app = browser.open(PAGE, id=postmortem, step="why")
    assert len(app.radio(f"{postmortem}:why").options) == 62
    assert len([area for area in app.text_area if ":discuss" not in area.key]) == 1


def test_an_answer_that_may_read_as_blame_is_pointed_out_where_it_is_written(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="why")
    answer(app, postmortem, "The failover obviously came too late")
    assert any("obviously" in caption.value for caption in app.caption)


def test_a_frozen_tree_asks_nothing(browser: Browser, ada: Who, postmortem: str) -> None:
    whys.add_why(ada, postmortem, None, "Ada made a mistake")
    publishing.publish_postmortem(ada, postmortem, 1)
    app = browser.open(PAGE, id=postmortem, step="why")
    assert not app.exception
    assert not app.warning
    fields = (*app.text_area, *app.text_input)
    assert all(field.disabled for field in fields if ":discuss" not in field.key)
