"""Comments on any part of a draft, resolved one by one, before and after its publication."""

from __future__ import annotations

import pytest
from sqlmodel import select

from models.rules.policy import NOBODY, Who
from models.rules.problems import Conflict, NotAllowed, ProblemForUser
from models.tables.people import AuditEntry
from services import comments, draft_news, timeline
from services.documents import read_published
from services.postmortems import get_postmortem, save_summary
from services.publishing import ask_reviewer, publish_postmortem, send_to_review, sign_off
from services.unit_of_work import reading
from tests.small_postmortem import stored


def published(ada: Who, ben: Who) -> str:
    postmortem_id = stored(ada)
    ask_reviewer(ada, postmortem_id, ben.name)
    send_to_review(ada, postmortem_id)
    sign_off(ben, postmortem_id)
    publish_postmortem(ada, postmortem_id, 1)
    return postmortem_id


def test_a_thread_holds_a_comment_and_its_replies(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    thread_id = comments.add_comment(ben, postmortem_id, "summary", "Who noticed first?")
    comments.reply(ada, thread_id, "Support did.")
    (thread,) = comments.list_threads(ada, postmortem_id)
    assert thread.about == "Summary"
    assert [(c.author, c.text, c.is_own) for c in thread.comments] == [
        ("Ben Okafor", "Who noticed first?", False),
        ("Ada Brandt", "Support did.", True),
    ]


def test_comments_of_one_second_stand_in_the_order_of_writing(ada: Who) -> None:
    postmortem_id = stored(ada)
    thread_id = comments.add_comment(ada, postmortem_id, "why", "0")
    for number in range(1, 6):
        comments.reply(ada, thread_id, str(number))
    (thread,) = comments.list_threads(ada, postmortem_id)
    assert [comment.text for comment in thread.comments] == list("012345")


def test_a_second_try_adds_nothing(ada: Who) -> None:
    postmortem_id = stored(ada)
    for _ in range(2):
        comments.add_comment(ada, postmortem_id, "why", "Is that all?", comment_id="c1")
        comments.reply(ada, "c1", "No.", comment_id="c2")
    (thread,) = comments.list_threads(ada, postmortem_id)
    assert [comment.id for comment in thread.comments] == ["c1", "c2"]


def test_threads_are_resolved_one_by_one_and_opened_again(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    first, second = (
        comments.add_comment(ada, postmortem_id, "timeline", text) for text in ("One", "Two")
    )
    comments.resolve_thread(ben, first)
    assert [t.is_open for t in comments.list_threads(ada, postmortem_id)] == [False, True]
    comments.reopen_thread(ada, first)
    comments.resolve_thread(ada, second)
    comments.reply(ben, second, "Not quite.")
    assert all(t.is_open for t in comments.list_threads(ada, postmortem_id))


def test_only_who_wrote_a_comment_changes_it(ada: Who, ben: Who) -> None:
    thread_id = comments.add_comment(ada, stored(ada), "impact:customers", "How many?")
    with pytest.raises(NotAllowed):
        comments.edit_comment(ben, thread_id, "Mine now", "How many?")
    comments.edit_comment(ada, thread_id, "How many customers?", "How many?")
    with pytest.raises(Conflict):
        comments.edit_comment(ada, thread_id, "Another tab", "How many?")


def test_a_comment_outlives_what_it_is_about(ada: Who) -> None:
    postmortem_id = stored(ada)
    event = get_postmortem(ada, postmortem_id).events[1]
    comments.add_comment(ada, postmortem_id, f"event:{event.id}", "Was that the first alert?")
    timeline.remove_events(ada, [event.id])
    (thread,) = comments.list_threads(ada, postmortem_id)
    assert thread.about == event.text
    with pytest.raises(ProblemForUser, match="just been removed"):
        comments.add_comment(ada, postmortem_id, f"event:{event.id}", "Again")


def test_comments_after_the_publication_change_no_frozen_word(ada: Who, ben: Who) -> None:
    postmortem_id = published(ada, ben)
    before = read_published(ada, postmortem_id).postmortem
    comments.add_comment(ben, postmortem_id, "summary", "A year later this still holds.")
    assert read_published(ada, postmortem_id).postmortem == before
    assert not any(review.stale for review in get_postmortem(ada, postmortem_id).reviews)


def test_nobody_without_a_name_comments(ada: Who) -> None:
    with pytest.raises(NotAllowed):
        comments.add_comment(NOBODY, stored(ada), "summary", "Hello")


def test_empty_words_are_no_comment(ada: Who) -> None:
    with pytest.raises(ProblemForUser, match="few words"):
        comments.add_comment(ada, stored(ada), "summary", "  ")


def test_each_write_leaves_one_audit_line_and_one_more_change(ada: Who) -> None:
    postmortem_id = stored(ada)
    before = draft_news.get_news(ada, postmortem_id).revision
    thread_id = comments.add_comment(ada, postmortem_id, "summary", "First")
    comments.reply(ada, thread_id, "Second")
    comments.resolve_thread(ada, thread_id)
    comments.resolve_thread(ada, thread_id)
    with reading(ada) as work:
        lines = work.session.exec(
            select(AuditEntry.action).where(AuditEntry.object_id == postmortem_id)
        ).all()
    assert lines == ["comment.added", "comment.replied", "comment.resolved"]
    assert draft_news.get_news(ada, postmortem_id).revision == before + 3


def test_others_are_told_who_changed_what_and_nobody_of_their_own(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    known = draft_news.get_news(ada, postmortem_id)
    summary = get_postmortem(ada, postmortem_id).summary
    save_summary(ben, postmortem_id, "Orders waited.", summary)
    news = draft_news.get_news(ada, postmortem_id, known)
    assert (news.concerns, news.headline) == (True, "Ben Okafor changed the summary")
    assert draft_news.get_news(ben, postmortem_id, known).headline == ""


def test_a_change_of_the_timeline_is_one_of_the_draft(ada: Who, ben: Who) -> None:
    postmortem_id = stored(ada)
    known = draft_news.get_news(ada, postmortem_id)
    event = get_postmortem(ada, postmortem_id).events[0]
    timeline.edit_event(ben, event.id, {"text": (event.text, "The release went out.")})
    news = draft_news.get_news(ada, postmortem_id, known)
    assert (news.concerns, news.headline) == (True, "Ben Okafor changed the timeline")
