"""Writing a scenario beside what the check finds in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from cli import main
from models.rules.policy import Who
from models.rules.scenario.graph import Graph, GraphEdge, GraphNode, graph_of
from models.rules.scenario.shape import Channel
from pages.train.authoring_graph import outline, quoted, to_dot
from services import exercise_records
from services.people import introduce
from services.publishing import publish_postmortem
from services.scenario_drafts import NEW, keep_draft, open_writing, save_version
from services.scenario_library import get_scenario, get_text
from services.scenario_versions import list_versions
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, links, press, said
from tests.small_postmortem import stored

PAGE = "train/authoring.py"
ID = "my-scenario"


def text_of(page: AppTest, place: str = NEW) -> str:
    return str(page.text_area(key=f"authoring:{place}:text").value)


def write(page: AppTest, text: str, place: str = NEW) -> AppTest:
    return page.text_area(key=f"authoring:{place}:text").set_value(text).run()


def look(page: AppTest, side: str, place: str = NEW) -> str:
    page.segmented_control(key=f"authoring:{place}:side").set_value(side)
    return said(page.run())


def test_without_an_address_it_asks_where_to_begin(browser: Browser) -> None:
    page = browser.open(PAGE)
    assert "From a small example" in said(page)
    assert "There is none yet" in said(page)
    assert "id: my-scenario" in text_of(press(page, "Begin"))


def test_the_check_of_the_page_says_what_the_command_says(
    browser: Browser, ada: Who, tmp_path: Path
) -> None:
    page = browser.open(PAGE, new="1")
    text = text_of(page).replace("next: in-time", "next: intime").replace("[diagnose]", "[dig]")
    file = tmp_path / "mine.yaml"
    file.write_text(text, "utf-8")
    found = json.loads(CliRunner().invoke(main, ["scenario", "check", str(file), "--json"]).output)
    shown = said(write(page, text)).replace("\\", "")
    assert ":red-badge[:material/error: 2 errors]" in shown
    for finding in found[0]["findings"]:
        assert finding["message"] in shown
        assert finding["fix"] in shown
        assert f"Line {finding['line']}" in labels(page)
    assert {code.value for code in page.code} >= {"next: intime", "tags: [dig]"}


BROKEN = {  # what an author gets wrong, and what the page says
    "a misspelt key": ("timeout_min: 5", "timeout: 5", "Did you mean “timeout_min”"),
    "a key that is missing": ("label: Bring in the spare print server\n          ", "", "label"),
    "a way to nowhere": ("next: in-time", "next: in-tme", "Did you mean “in-time”"),
    "a seat that is not there": ("seat: ic", "seat: boss", "boss"),
    "a variable that is not there": ("waiting: 5", "wating: 5", "Did you mean “waiting”"),
    "a value out of range": ("max: 500", "max: 300", "330"),
    "time written with a colon": ("takes_min: 40", "takes_min: 0:40", "0:40"),
    "a tab": ("    delay_min: 1", "\tdelay_min: 1", "Indent with spaces"),
    "a quotation that is not closed": ("title: What", 'title: "What', "quotation"),
    "a circle": ("next: in-time", "next: what-now", "max_visits"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_named_with_its_line_and_a_fix(browser: Browser, name: str) -> None:
    right, wrong, told = BROKEN[name]
    page = browser.open(PAGE, new="1")
    text = text_of(page)
    assert right in text
    shown = said(write(page, text.replace(right, wrong))).replace("\\", "")
    assert told in shown
    assert [label for label in labels(page) if re.fullmatch(r"Line \d+", label)]
    assert ":material/build:" in shown
    assert "No finding" in said(write(page, text))


def test_a_finding_selects_its_line(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    text = text_of(page).replace("schema: tabletop/1\n", "")
    write(page, text.replace("id: my-scenario", "id: My Scenario"))
    line = next(n for n, words in enumerate(text.splitlines(), 1) if words.startswith("id:"))
    press(page, f"Line {line}")
    assert page.session_state["authoring:line"] == (line, 1)


def test_a_way_to_a_finding_is_told(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    shown = said(write(page, text_of(page).replace("max: 500", "max: 300")))
    assert "To get there, choose what" in shown


@pytest.mark.parametrize("text", ["", "title: [", "just words", "schema: tabletop/1\n", "\x00"])
def test_a_text_without_a_shape_leaves_every_side_calm(browser: Browser, text: str) -> None:
    page = write(browser.open(PAGE, new="1"), text)
    assert "error" in said(page)
    for side in ("Picture", "In lines", "Preview"):
        assert "comes back when the text has the shape" in look(page, side)
    look(page, "Versions")


def test_what_was_written_is_there_after_a_reload(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, new="1")
    write(page, text_of(page) + "# half a thought\n")
    assert "Your draft, not saved as a version" in said(page)
    assert text_of(Browser(ada).open(PAGE, new="1")).endswith("# half a thought\n")


def test_a_scenario_is_saved_and_played_alone(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, new="1")
    write(page, text_of(page).replace("title: Printing stands still", "title: No tickets"))
    page.text_input(key="authoring::note").set_value("the first")
    press(page, "Save as a scenario")
    assert "Version 1 is saved" in said(page)
    assert "not saved as a version" not in said(page)
    assert page.title[0].value == "No tickets"
    assert link_to(page, "play it")[1] == f"id={ID}"
    [row] = list_versions(ada, ID)
    assert (row.note, row.errors) == ("the first", 0)
    assert "the first" in look(page, "Versions", ID)
    Browser(ada).open("train/scenario.py", id=ID).button(key=f"scenario:{ID}:alone").click().run()
    assert exercise_records.list_runs(ada)[0].title == "No tickets"


def test_a_text_with_errors_is_saved_for_others_to_go_on_with(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, new="1")
    write(page, text_of(page).replace("next: in-time", "next: nowhere"))
    assert "It cannot be played before its errors" in said(page)
    press(page, "Save as a scenario")
    assert ":red-badge[2 errors]" in look(page, "Versions", ID)


def test_what_cannot_be_saved_says_why_and_keeps_the_text(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, new="1")
    write(page, text_of(page).replace(f"id: {ID}", "id: first-page"))
    press(page, "Save as a scenario")
    assert "already" in said(page)
    assert "id: first-page" in text_of(page)
    write(page, "title: [")
    press(page, "Save as a scenario")
    assert "cannot be saved yet" in said(page)
    assert text_of(page) == "title: ["


def test_a_version_of_somebody_else_and_ones_own_are_both_shown(
    browser: Browser, ada: Who, ben: Who
) -> None:
    first = open_writing(ada, NEW)
    save_version(ada, first, first.text)
    page = browser.open(PAGE, id=ID)
    write(page, first.text.replace("Printing stands still", "Mine"), ID)
    save_version(ben, open_writing(ben, ID), first.text.replace("Printing stands still", "Ben's"))
    shown = said(page.run())
    assert "Somebody saved version 2 while you were writing" in shown
    assert page.button(key=f"authoring:{ID}:save").disabled
    look(page, "Versions", ID)
    assert "-title: Ben's\n+title: Mine" in page.code[0].value
    press(page, "Go on with mine")
    press(page, "Save as version 3")
    assert "Version 3 is saved" in said(page)
    assert get_scenario(ada, ID)[0].title == "Mine"


def test_taking_theirs_lets_ones_own_go(browser: Browser, ada: Who, ben: Who) -> None:
    first = open_writing(ada, NEW)
    save_version(ada, first, first.text)
    page = browser.open(PAGE, id=ID)
    write(page, first.text + "# mine\n", ID)
    save_version(ben, open_writing(ben, ID), first.text + "# Ben\n")
    page.run()
    press(page, "Take theirs, and let my draft go")
    assert text_of(page, ID) == first.text + "# Ben\n"
    assert "while you were writing" not in said(page)


def test_the_shipped_text_can_be_taken_again(browser: Browser, ada: Who) -> None:
    shipped = get_text(ada, "first-page")
    save_version(ada, open_writing(ada, "first-page"), shipped + "# ours\n")
    page = browser.open(PAGE, id="first-page")
    look(page, "Versions", "first-page")
    page.selectbox(key="authoring:first-page:compare:before").set_value("shipped").run()
    assert "+# ours" in page.code[0].value
    press(page, "Take the shipped text again")
    assert text_of(page, "first-page") == shipped
    press(page, "Save as version 2")
    assert get_text(ada, "first-page") == shipped


def test_a_draft_can_be_let_go(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, id="first-page")
    write(page, "nonsense", "first-page")
    press(page, "Yes, let it go")
    assert text_of(page, "first-page") == get_text(ada, "first-page")


def test_the_preview_shows_each_seat_what_it_sees_then(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    shown = look(page, "Preview")
    assert "Incident commander sees, at Fri 19:01" in shown
    assert "You decide" in shown
    assert "No ticket printed" not in str([box.label for box in page.expander])
    page.selectbox(key="authoring::seat").set_value("ops").run()
    shown = said(page)
    assert "A spare one stands in the cellar" in shown
    assert "Incident commander decides" in shown
    assert "No ticket printed for ten minutes" in str([box.label for box in page.expander])


def test_the_preview_walks_to_an_ending_and_back(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    look(page, "Preview")
    press(page, "Choose")
    assert "**130 people**" in said(page)
    press(page, "Choose")
    assert "A good ending" in said(page)
    assert "Choose" not in labels(page)
    press(page, "One step back")
    assert "A good ending" not in said(page)
    press(page, "From the start")
    assert "**30 people**" in said(page)


def test_a_scenario_with_errors_is_not_previewed(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    write(page, text_of(page).replace("next: in-time", "next: nowhere"))
    assert "cannot be played" in look(page, "Preview")


def test_the_story_is_there_as_a_picture_and_in_lines(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    look(page, "Picture")
    dot = page.get("graphviz_chart")[0].proto.spec
    assert 'label="Everybody is inside\\nin-time\\nGood ending"' in dot
    assert (
        '"how" -> "in-time" [label="  Bring in the spare  \\n  print server  \\n  15 min  "]' in dot
    )
    lines = look(page, "In lines")
    assert "Bring in the spare print server → in\\-time :small[:gray[15 min]]" in lines


def test_what_nothing_leads_to_is_marked(browser: Browser) -> None:
    page = browser.open(PAGE, new="1")
    write(page, text_of(page).replace("next: in-time", "next: too-late"))
    look(page, "Picture")
    assert 'in-time\\nGood ending\\nnothing leads here" style="filled,dashed"' in (
        page.get("graphviz_chart")[0].proto.spec
    )
    assert "nothing leads here" in look(page, "In lines")


HOSTILE = '"]; x [URL="javascript:1"] <b>&lt;\\N\\l" :material/home: ![a](http://x.y/z)'


def test_a_hostile_text_stays_text_in_the_picture_and_in_the_list() -> None:
    node = GraphNode(HOSTILE, HOSTILE, "decision", Channel.CHAT, True)
    graph = Graph((node,), (GraphEdge(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1),))
    dot = to_dot(graph, frozenset(), "dark")
    assert "URL" not in re.sub(r'"(?:[^"\\]|\\.)*"', "", dot)
    assert "&lt;" not in dot
    assert "![a](http" not in outline(graph, frozenset())


@pytest.mark.parametrize("text", ["", '"', "\\", '\\"', "a\\", "&quot;", "\n", "<a>"])
def test_every_text_is_one_quoted_string(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\n])*"', quoted(text))


def test_options_of_a_large_story_go_by_their_ids(ada: Who) -> None:
    scenario, _ = get_scenario(ada, "data-breach")
    dot = to_dot(graph_of(scenario), frozenset(), "light")
    option = next(iter(n.decision.options[0] for n in scenario.nodes.values() if n.decision))
    assert option.label not in dot
    assert f'label="  {option.id}  \\n' in dot


def test_a_scenario_is_made_from_a_published_post_mortem(browser: Browser, ada: Who) -> None:
    introduce("Ben Okafor")
    pm = stored(ada)
    publish_postmortem(ada, pm, 1)
    page = browser.open("learn/published.py", id=pm)
    assert link_to(page, "Make a scenario of it")[1] == f"from={pm}"
    page = Browser(ada).open(PAGE, **{"from": pm})
    assert ":green-badge[:material/check: No finding]" in said(page)
    assert "Search the text for “Write”" in said(page)
    press(page, "Save as a scenario")
    assert "Version 1 is saved" in said(page)
    assert any("Made from" in label for label in links(page))
    made = get_scenario(ada, page.query_params["id"])[0]
    published = Browser(ada).open("learn/published.py", id=pm)
    assert link_to(published, "Practise it")[1] == f"id={made.id}"
    again = Browser(ada).open(PAGE, **{"from": pm})
    assert any("Made from it before" in label for label in links(again))


def test_the_page_where_it_begins_offers_published_post_mortems(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publish_postmortem(ada, pm, 1)
    page = browser.open(PAGE)
    page.selectbox(key="authoring:start:from").set_value(pm).run()
    press(page, "Make a draft")
    assert page.title[0].value == "A scenario from our own incident"


def test_a_scenario_that_is_not_there_is_said_calmly(browser: Browser) -> None:
    assert "There is no such scenario" in said(browser.open(PAGE, id="nothing"))
    page = browser.open(PAGE, **{"from": "nothing", "id": ""})
    assert "There is no such published revision" in said(page)


def test_one_who_never_left_the_field_of_a_shipped_text_saves_nothing(
    browser: Browser, ada: Who
) -> None:
    page = browser.open(PAGE, id="first-page")
    assert page.button(key="authoring:first-page:save").disabled
    keep_draft(ada, "first-page", "x", get_text(ada, "first-page"), newest=0)
    assert text_of(page.run(), "first-page") == "x"
