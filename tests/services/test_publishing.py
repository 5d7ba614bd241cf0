from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from models.rules.policy import Who
from models.rules.problems import NotFound, ProblemForUser
from models.rules.record import EvidenceRecord
from models.rules.vocabulary import ActionStatus, PostmortemStatus
from services import actions, postmortems, publishing, timeline
from tests.small_postmortem import small_postmortem, stored


def status(who: Who, postmortem_id: str) -> PostmortemStatus:
    return postmortems.get_postmortem(who, postmortem_id).status


def test_publishing_freezes_the_words_as_a_numbered_revision(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ada, pm, "A customer wrote")
    postmortems.save_title(ada, pm, "A better title", "Orders waited in the queue")
    publishing.publish_postmortem(ada, pm, 2)
    first, second = (publishing.get_revision(ada, pm, number) for number in (1, 2))
    assert (first.title, second.title) == ("Orders waited in the queue", "A better title")
    assert [r.number for r in publishing.list_revisions(ada, pm)] == [2, 1]
    assert second.publication is not None
    assert second.publication.by == "Ada Brandt"


def test_a_second_click_publishes_once(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.publish_postmortem(ada, pm, 1)
    assert len(publishing.list_revisions(ada, pm)) == 1


def test_the_second_of_two_who_publish_at_once_is_told_who_was_first(ada: Who, ben: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ben, pm, 1)
    with pytest.raises(ProblemForUser, match="Ben Okafor has published revision 1"):
        publishing.publish_postmortem(ada, pm, 1)
    assert [r.by for r in publishing.list_revisions(ada, pm)] == ["Ben Okafor"]


def test_who_looks_at_an_old_page_cannot_publish_over_a_newer_revision(ada: Who, ben: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    publishing.back_to_draft(ben, pm, "More is known")
    publishing.publish_postmortem(ben, pm, 2)
    publishing.back_to_draft(ada, pm, "Again")
    with pytest.raises(ProblemForUser, match="meanwhile"):
        publishing.publish_postmortem(ada, pm, 2 + 2)


def test_published_words_are_frozen_until_it_is_reopened_with_a_reason(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    with pytest.raises(ProblemForUser, match="frozen"):
        postmortems.save_title(ada, pm, "Other", "Orders waited in the queue")
    with pytest.raises(ProblemForUser, match="why"):
        publishing.back_to_draft(ada, pm)
    publishing.back_to_draft(ada, pm, "A customer wrote")
    moves = postmortems.get_postmortem(ada, pm).transitions
    assert (moves[-1].to_status, moves[-1].reason) == (PostmortemStatus.DRAFT, "A customer wrote")


def test_what_could_not_be_read_back_is_not_published(ada: Who) -> None:
    record = small_postmortem()
    proof = EvidenceRecord("A script", url="javascript:alert(1)")
    events = (replace(record.incidents[0].events[0], evidence=(proof,)),)
    pm = stored(ada, replace(record, incidents=(replace(record.incidents[0], events=events),)))
    with pytest.raises(ProblemForUser, match="url"):
        publishing.publish_postmortem(ada, pm, 1)
    assert status(ada, pm) is PostmortemStatus.DRAFT
    assert publishing.list_revisions(ada, pm) == ()


def test_actions_become_promises_and_show_their_status_of_now(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    [action] = publishing.get_revision(ada, pm).actions
    assert action.status is ActionStatus.ACCEPTED
    actions.save_action(
        ada,
        action.id,
        {"status": (ActionStatus.ACCEPTED, ActionStatus.DONE), "reason": ("", "Release 41")},
    )
    [action] = publishing.get_revision(ada, pm, 1).actions
    assert action.status is ActionStatus.DONE


def test_it_does_not_close_while_an_action_is_open(ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    with pytest.raises(ProblemForUser, match="1 of its actions"):
        publishing.close_postmortem(ada, pm)
    [action] = postmortems.get_postmortem(ada, pm).actions
    actions.save_action(
        ada,
        action.id,
        {"status": (ActionStatus.ACCEPTED, ActionStatus.DECLINED), "reason": ("", "Replaced")},
    )
    publishing.close_postmortem(ada, pm)
    assert status(ada, pm) is PostmortemStatus.CLOSED


def test_a_sign_off_goes_stale_when_the_words_change(ada: Who, ben: Who) -> None:
    pm = stored(ada)
    publishing.ask_reviewer(ada, pm, "Ben Okafor")
    publishing.sign_off(ben, pm, "Clear")
    [review] = postmortems.get_postmortem(ada, pm).reviews
    assert (review.name, review.comment, review.stale) == ("Ben Okafor", "Clear", False)
    postmortems.save_title(ada, pm, "Other", "Orders waited in the queue")
    [review] = postmortems.get_postmortem(ada, pm).reviews
    assert review.stale
    publishing.sign_off(ben, pm, "Still clear")
    [review] = postmortems.get_postmortem(ada, pm).reviews
    assert not review.stale


def test_a_sign_off_stays_fresh_with_a_picture_kept_as_evidence(ada: Who) -> None:
    pm = stored(ada)
    picture = io.BytesIO()
    Image.new("RGB", (4, 4)).save(picture, "PNG")
    event = postmortems.get_postmortem(ada, pm).events[0]
    timeline.add_file(ada, event.id, "graph.png", picture.getvalue())
    publishing.sign_off(ada, pm)
    for with_files in (False, True):
        [review] = postmortems.get_postmortem(ada, pm, with_files=with_files).reviews
        assert not review.stale


def test_a_request_can_be_taken_back_but_not_a_sign_off(ada: Who, ben: Who) -> None:
    pm = stored(ada)
    publishing.ask_reviewer(ada, pm, "Ben Okafor")
    publishing.remove_reviewer(ada, pm, "Ben Okafor")
    assert postmortems.get_postmortem(ada, pm).reviews == ()
    publishing.sign_off(ben, pm)
    with pytest.raises(ProblemForUser, match="signed off already"):
        publishing.remove_reviewer(ada, pm, "Ben Okafor")


def test_a_wording_that_is_kept_is_remembered_once(ada: Who) -> None:
    pm = stored(ada)
    for _ in range(2):
        publishing.keep_wording(ada, pm, "should-have", "ada should have checked.")
    kept = publishing.list_kept_wording(ada, pm)
    assert kept == {("should-have", "ada should have checked.")}


def test_what_is_not_there_is_not_found(ada: Who) -> None:
    pm = stored(ada)
    with pytest.raises(NotFound):
        publishing.get_revision(ada, pm)
    with pytest.raises(NotFound):
        publishing.keep_wording(ada, "unknown", "should-have", "x")
