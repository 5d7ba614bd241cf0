from __future__ import annotations

from dataclasses import replace

from models.rules.policy import Who
from models.rules.vocabulary import ActionStatus, PostmortemStatus
from services import actions, postmortems, publishing
from tests.conftest import Browser
from tests.small_postmortem import small_postmortem, stored

PAGE = "learn/workspace.py"


def status(who: Who, pm: str) -> PostmortemStatus:
    return postmortems.get_postmortem(who, pm).status


def test_what_is_missing_is_said_and_does_not_block(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), impacts=()))
    at = browser.open(PAGE, id=pm, step="publish")
    assert any("**Impact**: customers affected" in m.value for m in at.markdown)
    assert at.button(key=f"{pm}:publish").label == "Publish all the same"
    at.button(key=f"{pm}:publish").click().run()
    assert not at.exception
    assert status(ada, pm) is PostmortemStatus.PUBLISHED


def test_it_goes_to_review_and_back(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="publish")
    at.button(key=f"{pm}:to_review").click().run()
    assert status(ada, pm) is PostmortemStatus.IN_REVIEW
    at.button(key=f"{pm}:to_draft").click().run()
    assert not at.exception
    assert status(ada, pm) is PostmortemStatus.DRAFT


def test_reopening_needs_a_reason_that_stands_in_the_history(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    at = browser.open(PAGE, id=pm, step="publish")
    at.button(key=f"{pm}:reopen:go").click().run()
    assert any("why it is opened again" in e.value for e in at.error)
    at.text_area(key=f"{pm}:reopen").input("The vendor answered").run()
    at.button(key=f"{pm}:reopen:go").click().run()
    assert not at.exception
    assert status(ada, pm) is PostmortemStatus.DRAFT
    assert any("The vendor answered" in m.value for m in at.markdown)
    assert any("Publish revision 2" in m.value for m in at.markdown)


def test_it_closes_when_its_actions_are_done(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    at = browser.open(PAGE, id=pm, step="publish")
    assert any("1 is open" in c.value for c in at.caption)
    [action] = actions.list_actions(ada)
    actions.save_action(
        ada, action.id, {"status": (action.status, ActionStatus.DONE), "reason": ("", "Release 41")}
    )
    at.run()
    at.button(key=f"{pm}:close").click().run()
    assert not at.exception
    assert status(ada, pm) is PostmortemStatus.CLOSED


def test_the_draft_is_compared_with_what_was_published(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ada, pm, "The vendor answered")
    postmortems.save_summary(
        ada, pm, "Orders waited for 90 minutes.",
        "Orders waited for 100 minutes because retries were off.",
    )  # fmt: skip
    at = browser.open(PAGE, id=pm, step="publish")
    assert not at.exception
    [shown] = [m.value for m in at.markdown if m.value.startswith("**Summary**")]
    assert ":red-background[~~100 minutes because" in shown
    assert ":green-background[90 minutes" in shown


def test_two_revisions_are_compared(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ada, pm, "The vendor answered")
    postmortems.save_title(ada, pm, "Orders waited", "Orders waited in the queue")
    publishing.publish_postmortem(ada, pm, 2)
    at = browser.open(PAGE, id=pm, step="publish")
    assert any("~~in the queue~~" in m.value for m in at.markdown)


def links(at: object) -> list[str]:
    return [link.url for link in at.get("link_button")]  # type: ignore[attr-defined]


def test_the_documents_follow_the_choices(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="publish")
    base = f"/export/postmortem/{pm}.pdf"
    assert f"{base}?audience=full&redact=0&paper=A4" in links(at)
    assert f"{base}?audience=leadership&redact=1&paper=A4" in links(at)
    whole = [link for link in links(at) if link.partition("?")[0].endswith(".json")]
    assert ["leadership" in link for link in whole] == [False, True]
    at.checkbox(key=f"{pm}:redact:full").check().run()
    assert f"{base}?audience=full&redact=1&paper=A4" in links(at)


def test_an_older_revision_is_handed_out_when_chosen(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ada, pm, "The vendor answered")
    publishing.publish_postmortem(ada, pm, 2)
    at = browser.open(PAGE, id=pm, step="publish")
    at.selectbox(key=f"{pm}:version:2:True").select(1).run()
    assert any(url.endswith("&revision=1") for url in links(at))


def test_what_may_still_be_a_name_is_shown_beside_the_documents(browser: Browser, ada: Who) -> None:
    pm = stored(ada, replace(small_postmortem(), summary="Then Lloyd Middleton stopped the queue."))
    at = browser.open(PAGE, id=pm, step="publish")
    shown = [c.value for c in at.caption if "may be names of people" in c.value]
    assert len(shown) == 1  # beside the brief, whose names go unless somebody says otherwise
    assert "Lloyd Middleton" in shown[0]
