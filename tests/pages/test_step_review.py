from __future__ import annotations

from dataclasses import replace

from models.rules.policy import Who
from models.rules.record import LessonRecord
from models.rules.vocabulary import LessonKind
from services import postmortems, publishing
from tests.conftest import Browser
from tests.small_postmortem import small_postmortem, stored

PAGE = "learn/workspace.py"
BLAME = LessonRecord(LessonKind.WENT_WRONG, "Ada should have checked the limit.")


def test_the_summary_is_drafted_from_the_facts(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), summary=""))
    at = browser.open(PAGE, id=pm, step="review")
    at.button(key=f"{pm}:draft_summary").click().run()
    assert not at.exception
    summary = postmortems.get_postmortem(ada, pm).summary
    assert "310 orders were late" in summary
    assert at.text_area(key=f"{pm}:summary").value == summary
    assert any("Rewrite it in your own words" in c.value for c in at.caption)


def test_what_is_written_is_only_replaced_when_asked(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="review")
    assert "Orders waited for 100 minutes" in postmortems.get_postmortem(ada, pm).summary
    at.button(key=f"{pm}:replace_summary").click().run()
    assert "on 10 March 2026" in postmortems.get_postmortem(ada, pm).summary


def test_a_finding_leads_to_the_step_where_it_stands(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), lessons=(BLAME,)))
    at = browser.open(PAGE, id=pm, step="review")
    assert any(":orange-background[" in m.value and "should have" in m.value for m in at.markdown)
    at.button(key=f"{pm}:finding:0:go").click().run()
    assert not at.exception
    assert at.query_params["step"] == "learned"


def test_a_wording_that_is_kept_is_not_pointed_out_again(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), lessons=(BLAME,)))
    at = browser.open(PAGE, id=pm, step="review")
    at.button(key=f"{pm}:finding:0:keep").click().run()
    assert not at.exception
    assert len(publishing.list_kept_wording(ada, pm)) == 1
    assert any("Nothing in the text reads as blame. 1 is kept" in m.value for m in at.markdown)
    at = browser.open(PAGE, id=pm, step="learned")
    assert not any("should have" in c.value for c in at.caption)


def test_the_text_stays_as_it_was_written(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), lessons=(BLAME,)))
    browser.open(PAGE, id=pm, step="review")
    assert postmortems.get_postmortem(ada, pm).lessons[0].text == BLAME.text


def test_what_is_missing_leads_to_its_step(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), impacts=()))
    at = browser.open(PAGE, id=pm, step="review")
    assert any("customers affected" in c.value for c in at.caption)
    at.button(key=f"{pm}:complete:impact").click().run()
    assert at.query_params["step"] == "impact"


def test_somebody_is_asked_signs_and_goes_stale(browser: Browser, ada: Who, ben: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="review")
    at.selectbox(key=f"{pm}:ask:0:name").select("Ben Okafor")
    at.button(key=f"{pm}:ask:send").click().run()
    assert any("Ben Okafor** was asked" in m.value for m in at.markdown)
    publishing.sign_off(ben, pm, "Clear to me")
    at = Browser(ada).open(PAGE, id=pm, step="review")
    assert any("Ben Okafor** signed off" in m.value for m in at.markdown)
    postmortems.save_title(ada, pm, "Other", "Orders waited in the queue")
    at.run()
    assert any("the words have changed since" in m.value for m in at.markdown)


def test_the_acting_person_signs_with_a_comment(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="review")
    at.text_area(key=f"{pm}:comment").input("Read it twice.").run()
    at.button(key=f"{pm}:sign").click().run()
    [review] = postmortems.get_postmortem(ada, pm).reviews
    assert (review.name, review.comment, review.stale) == ("Ada Brandt", "Read it twice.", False)
    assert any("You have signed these words" in c.value for c in at.caption)


def test_a_request_is_withdrawn(browser: Browser, ada: Who, ben: Who) -> None:
    pm = stored(ada)
    publishing.ask_reviewer(ada, pm, ben.name)
    at = browser.open(PAGE, id=pm, step="review")
    at.button(key=f"{pm}:withdraw:Ben Okafor").click().run()
    assert postmortems.get_postmortem(ada, pm).reviews == ()


def test_a_double_click_on_ask_is_silent(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="review")
    ask = next(b.key for b in at.button if b.label == "Ask")
    at.button(key=ask).click().run()
    assert [e.value for e in at.error] != []  # nobody was chosen
    at.selectbox(key=f"{pm}:ask:0:name").set_value("Ben Okafor")
    at.button(key=ask).click().run()
    assert not at.error
    at.button(key=ask).click().run()
    assert not at.error
    assert [r.name for r in postmortems.get_postmortem(ada, pm).reviews] == ["Ben Okafor"]
