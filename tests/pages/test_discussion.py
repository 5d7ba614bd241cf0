"""Comments beside a draft and a published post-mortem, and corrections of its timeline."""

from __future__ import annotations

from dataclasses import replace

from models.rules.discussion import EventWords
from models.rules.policy import Who
from models.rules.vocabulary import PostmortemStatus
from services import comments, proposals, timeline
from services.postmortems import get_postmortem, save_facilitator, save_owner
from tests.conftest import Browser
from tests.pages.screen import labels, links, press, said
from tests.small_postmortem import stored

WORKSPACE = "learn/workspace.py"


def test_a_comment_is_written_answered_and_resolved_beside_its_step(
    browser: Browser, ada: Who
) -> None:
    postmortem_id = stored(ada)
    app = browser.open(WORKSPACE, id=postmortem_id, step="impact")
    place = f"{postmortem_id}:impact:discuss"
    app.selectbox(key=f"{place}:about").set_value("impact:customers")
    app.text_area(key=f"{place}:new").set_value("How many **paid** orders?")
    app = press(app, "Add comment")
    assert "How many **paid** orders?" in said(app)
    (thread,) = comments.list_threads(ada, postmortem_id)
    app.text_area(key=f"{place}:{thread.id}:reply").set_value("All of them")
    app = press(app, "Reply")
    assert "All of them" in said(app)
    app = press(app, "Resolve")
    assert not comments.list_threads(ada, postmortem_id)[0].is_open
    assert "All of them" not in said(app)


def test_the_list_of_comments_leads_to_their_steps(browser: Browser, ada: Who) -> None:
    postmortem_id = stored(ada)
    event = get_postmortem(ada, postmortem_id).events[1]
    comments.add_comment(ada, postmortem_id, f"event:{event.id}", "Was it the first?")
    comments.add_comment(ada, postmortem_id, "summary", "Too long.")
    timeline.remove_events(ada, [event.id])
    app = browser.open("learn/discussion.py", id=postmortem_id)
    assert "Was it the first?" in said(app)
    assert "About something that was removed" in said(app)
    assert {"Go to Timeline", "Go to Review"} <= set(links(app))
    app = browser.open(WORKSPACE, id=postmortem_id, step="why")
    assert "All comments: 2 open ones" in links(app)


def test_a_correction_is_proposed_by_one_and_accepted_by_another(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    save_facilitator(ada, postmortem_id, "", ben.name)
    incident = get_postmortem(ada, postmortem_id).incidents[0]
    app = Browser(ben).open(WORKSPACE, id=postmortem_id, step="timeline")
    key = f"{incident.id}:missing:proposal"
    app.text_input(key=f"{key}:at").set_value("09:30")
    app.text_input(key=f"{key}:text").set_value("Support was called.")
    app = press(app, "Propose")
    assert "Support was called." in said(app)
    assert "Accept" not in labels(app)
    app = Browser(ada).open(WORKSPACE, id=postmortem_id, step="timeline")
    app = press(app, "Accept")
    assert "Support was called." in [e.text for e in get_postmortem(ada, postmortem_id).events]
    assert "Propose" not in labels(app)


def test_a_line_that_changed_since_is_shown_as_it_was_and_as_it_is(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    incident = get_postmortem(ada, postmortem_id).incidents[0]
    alert = incident.events[1]
    was = EventWords(alert.at, alert.text, alert.kind)
    proposals.propose(ben, incident.id, replace(was, text="Second."), was, event_id=alert.id)
    timeline.edit_event(ada, alert.id, {"text": (alert.text, "A page.")})
    app = Browser(ada).open(WORKSPACE, id=postmortem_id, step="timeline")
    shown = said(app)
    assert all(words in shown for words in ("Somebody changed", "Second.", "A page.", alert.text))
    app.text_input(key=f"{proposals.list_proposals(ada, postmortem_id)[0].id}:word").set_value("No")
    app = press(app, "Leave it")
    assert "Second." not in said(app)


def test_while_nobody_leads_anybody_decides(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    save_facilitator(ada, postmortem_id, "", ben.name)
    save_owner(ada, postmortem_id, "", ada.name)
    app = Browser(ben).open(WORKSPACE, id=postmortem_id, step="timeline")
    assert "Propose" not in labels(app)
    assert get_postmortem(ada, postmortem_id).status is PostmortemStatus.DRAFT
