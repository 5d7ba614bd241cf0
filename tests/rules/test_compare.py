from __future__ import annotations

from dataclasses import replace

from models.rules.compare import Change, Difference, compare, word_pieces
from models.rules.record import LessonRecord, PostmortemRecord, WhyRecord
from models.rules.vocabulary import ActionStatus, LessonKind
from tests.small_postmortem import at, small_postmortem


def only(old: PostmortemRecord, new: PostmortemRecord) -> tuple[str, Difference]:
    [section] = compare(old, new)
    [difference] = section.differences
    return section.title, difference


def test_two_that_say_the_same_have_no_differences() -> None:
    assert compare(small_postmortem(), small_postmortem()) == ()


def test_a_changed_sentence_is_shown_word_by_word() -> None:
    old = small_postmortem()
    new = replace(old, summary="Orders waited for 90 minutes because retries were off.")
    title, difference = only(old, new)
    assert (title, difference.change) == ("Summary", Change.CHANGED)
    assert [(p.change, p.text.strip()) for p in difference.pieces] == [
        (Change.SAME, "Orders waited for"),
        (Change.REMOVED, "100"),
        (Change.ADDED, "90"),
        (Change.SAME, "minutes because retries were off."),
    ]


def test_the_pieces_read_as_the_old_and_as_the_new_text() -> None:
    old, new = "One  two\nthree four ", "Two three\n\nfour five"
    pieces = word_pieces(old, new)
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == new
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED).split() == old.split()


def test_a_new_lesson_is_added_and_a_lost_one_removed() -> None:
    old = small_postmortem()
    lucky = LessonRecord(LessonKind.GOT_LUCKY, "It was a quiet morning.", id="l9")
    [section] = compare(old, replace(old, lessons=(old.lessons[0], lucky)))
    assert [(d.change, d.what) for d in section.differences] == [
        (Change.ADDED, "Where we got lucky"),
        (Change.REMOVED, "Went wrong"),
    ]


def test_an_event_that_moved_in_time_is_a_change_of_its_time() -> None:
    old = small_postmortem()
    [incident] = old.incidents
    later = replace(incident.events[1], at=at("09:20"))
    events = (incident.events[0], later, incident.events[2])
    title, difference = only(old, replace(old, incidents=(replace(incident, events=events),)))
    assert title == "Timeline"
    assert [p.text.strip() for p in difference.pieces if p.change is Change.ADDED] == ["09:20"]


def test_what_was_done_with_an_action_is_left_out() -> None:
    old = small_postmortem()
    done = replace(old.actions[0], status=ActionStatus.DONE, reason="Merged on Friday.")
    assert compare(old, replace(old, actions=(done,))) == ()


def test_a_new_owner_of_an_action_is_shown() -> None:
    old = small_postmortem()
    passed_on = replace(old.actions[0], owner="Ben Okafor")
    _, difference = only(old, replace(old, actions=(passed_on,)))
    added = [p.text.strip() for p in difference.pieces if p.change is Change.ADDED]
    assert added == ["(Ben Okafor,"]


def test_an_answer_that_hangs_elsewhere_is_gone_there_and_new_here() -> None:
    old = small_postmortem()
    [root] = old.whys
    moved = (replace(root, children=()), *root.children)
    [section] = compare(old, replace(old, whys=moved))
    assert [(d.change, d.what) for d in section.differences] == [
        (Change.ADDED, "What happened"),
        (Change.REMOVED, "Why: Orders were not retried"),
    ]


def test_records_without_ids_are_compared_by_their_words() -> None:
    old = replace(small_postmortem(), whys=(WhyRecord("The cache was cold"), WhyRecord("No alert")))
    _, difference = only(old, replace(old, whys=old.whys[1:]))
    assert (difference.change, difference.pieces[0].text) == (Change.REMOVED, "The cache was cold")
