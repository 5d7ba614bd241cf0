from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import event

from models.rules.policy import Who
from models.rules.record import EventRecord, EvidenceRecord
from models.rules.vocabulary import ActionStatus
from services import actions, postmortems, publishing, timeline
from services.database import engine
from tests.conftest import Browser
from tests.pages.screen import link_to, said
from tests.small_postmortem import at, small_postmortem, stored

PAGE = "learn/published.py"


def published(who: Who, *events: EventRecord, title: str = "Orders waited in the queue") -> str:
    record = small_postmortem(title)
    if events:
        record = replace(record, incidents=(replace(record.incidents[0], events=events),))
    pm = stored(who, record)
    publishing.publish_postmortem(who, pm, 1)
    return pm


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that the database is sent meanwhile."""
    sent: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(engine(), "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine(), "before_cursor_execute", note)


def test_it_reads_from_the_summary_to_the_actions(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, id=published(ada))
    assert not page.exception
    assert [h.value for h in page.header] == [
        "Summary", "Impact", "What happened", "Why it happened", "What we learned", "Actions",
        "Who took part, and who read it",
    ]  # fmt: skip
    text = "\n".join(m.value for m in page.markdown)
    for words in ("310 orders were late", "Queue age alert fired", "The setting had no owner"):
        assert words in text
    assert any("Revision 1, published by Ada Brandt" in c.value for c in page.caption)


def test_a_record_with_parts_missing_says_which(browser: Browser, ada: Who) -> None:
    whole = browser.open(PAGE, id=published(ada))
    assert not any("Not written" in c.value for c in whole.caption)
    pm = stored(ada, replace(small_postmortem("Half a record"), whys=(), lessons=()))
    publishing.publish_postmortem(ada, pm, 1)
    said = [c.value for c in browser.open(PAGE, id=pm).caption]
    assert any(words.endswith("in this revision: why it happened, lessons.") for words in said)


def test_its_pdf_is_one_click_away(browser: Browser, ada: Who) -> None:
    pm = published(ada)
    page = browser.open(PAGE, id=pm)
    first: Any = page.get("link_button")[0]
    assert first.label == "Full report, PDF"
    assert first.url == f"/export/postmortem/{pm}.pdf?audience=full&redact=0&revision=1"


def test_actions_stand_as_they_are_now(browser: Browser, ada: Who) -> None:
    pm = published(ada)
    [action] = actions.list_actions(ada)
    actions.save_action(
        ada, action.id, {"status": (action.status, ActionStatus.DONE), "reason": ("", "Release 41")}
    )
    page = browser.open(PAGE, id=pm)
    assert any("1 of 1 done" in c.value for c in page.caption)


def test_an_older_revision_can_be_read(browser: Browser, ada: Who) -> None:
    pm = published(ada)
    publishing.back_to_draft(ada, pm, "The vendor answered")
    postmortems.save_title(ada, pm, "Second thoughts", "Orders waited in the queue")
    publishing.publish_postmortem(ada, pm, 2)
    assert browser.open(PAGE, id=pm).title[0].value == "Second thoughts"
    older = Browser(ada).open(PAGE, id=pm, revision="1")
    assert older.title[0].value == "Orders waited in the queue"


def test_a_reader_is_told_that_it_is_being_revised(browser: Browser, ada: Who) -> None:
    pm = published(ada)
    assert "being revised" not in said(browser.open(PAGE, id=pm))
    publishing.back_to_draft(ada, pm, "The vendor answered")
    assert "Revision 1 is being revised since" in said(Browser(ada).open(PAGE, id=pm))
    publishing.publish_postmortem(ada, pm, 2)
    assert "being revised" not in said(Browser(ada).open(PAGE, id=pm))
    older = Browser(ada).open(PAGE, id=pm, revision="1")
    assert "This is an earlier revision" in said(older)
    assert link_to(older, "Read revision 2, the newest") == ("published", f"id={pm}")


def test_times_come_first_then_whom_it_is_about(browser: Browser, ada: Who) -> None:
    words = said(browser.open(PAGE, id=published(ada)))
    places = [words.index(f"[{name}]]") for name in ("Impact began", "Resolved", "Owner")]
    assert places == sorted(places)
    assert words.index("[Resolved]]") < words.index("[Commander]]")


def test_an_older_revision_shows_the_evidence_it_had(browser: Browser, ada: Who) -> None:
    proofs = (
        EvidenceRecord("kept.txt", media_type="text/plain", content=b"full"),
        EvidenceRecord("gone.txt", media_type="text/plain", content=b"empty"),
    )
    pm = published(ada, EventRecord(at("09:00"), "The queue grew.", id="e7", evidence=proofs))
    [incident] = postmortems.get_postmortem(ada, pm).incidents
    files = {row.title: row for row in timeline.list_evidence(ada, [incident.id])}
    publishing.back_to_draft(ada, pm, "The vendor answered")
    timeline.remove_evidence(ada, files["gone.txt"].id)
    timeline.add_link(ada, files["kept.txt"].event_id, "https://later.example/", "later")
    words = said(browser.open(PAGE, id=pm, revision="1"))
    assert f"[kept\\.txt](</evidence/{files['kept.txt'].id}>)" in words
    assert "gone\\.txt (taken away since)" in words
    assert "later" not in words


def test_what_is_not_published_says_so(browser: Browser, ada: Who) -> None:
    page = browser.open(PAGE, id=stored(ada))
    assert any("not published yet" in m.value for m in page.markdown)
    page = Browser(ada).open(PAGE, id="unknown")
    assert not page.exception
    assert any("no published post-mortem" in m.value for m in page.markdown)


def test_a_revision_that_there_is_not_leads_to_the_newest(browser: Browser, ada: Who) -> None:
    pm = published(ada)
    page = browser.open(PAGE, id=pm, revision="99")
    assert "There is no revision 99 of this post-mortem." in said(page)
    assert "not published" not in said(page)
    assert link_to(page, "Read revision 1, the newest") == ("published", f"id={pm}")
    publishing.back_to_draft(ada, pm, "The vendor answered")
    assert "There is no revision 99" in said(Browser(ada).open(PAGE, id=pm, revision="99"))


def test_automatic_lines_are_folded_away_not_lost(browser: Browser, ada: Who) -> None:
    noise = EventRecord(at("09:05"), "Ben joined the channel", id="e8", is_noise=True)
    pm = published(ada, EventRecord(at("09:00"), "The queue grew.", id="e7"), noise)
    page = browser.open(PAGE, id=pm)
    assert any("1 automatic line" in m.value for m in page.markdown)
    [folded] = [e for e in page.expander if e.label.startswith("Automatic lines")]
    assert "Ben joined the channel" in folded.markdown[0].value


def test_what_people_typed_stays_text(browser: Browser, ada: Who) -> None:
    evil = "| a | ![x](http://evil.example/x.png) <img src=x>\n| b"
    proof = EvidenceRecord(title="click](http://x) me", url="https://ok.example/|a|")
    pm = published(ada, EventRecord(at("09:00"), evil, id="e1", evidence=(proof,)), title=evil)
    page = browser.open(PAGE, id=pm)
    assert not page.exception
    assert any("evil" in element.value for element in page.markdown)
    for element in (*page.markdown, *page.title):
        assert "![x](" not in element.value
        assert "](http://x)" not in element.value
        assert "|a|" not in element.value


def test_two_hundred_events_are_few_elements_and_no_more_questions(
    browser: Browser, ada: Who
) -> None:
    many = [
        EventRecord(at("09:00") + timedelta(minutes=n), f"Event {n}", id=f"e{n}")
        for n in range(200)
    ]
    few_id, many_id = published(ada, many[0]), published(ada, *many)
    counts = []
    for pm in (few_id, many_id):
        fresh = Browser(ada)
        fresh.open()
        with statements() as sent:
            page = fresh.open(PAGE, id=pm)
        counts.append((len(sent), len(page.markdown)))
        assert not page.exception
    assert counts[0] == counts[1]
