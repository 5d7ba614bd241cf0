from __future__ import annotations

from models.rules.policy import Who
from models.rules.vocabulary import LessonKind
from services import postmortems, publishing
from tests.conftest import Browser
from tests.pages.screen import press
from tests.small_postmortem import stored

PAGE = "learn/workspace.py"


def texts(who: Who, pm: str, kind: LessonKind) -> list[str]:
    return [x.text for x in postmortems.get_postmortem(who, pm).lessons if x.kind is kind]


def test_enter_adds_a_line_and_frees_the_field(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="learned")
    field = f"{pm}:new:got_lucky"
    at.text_input(key=field).input("It was a quiet morning.").run()
    assert not at.exception
    assert texts(ada, pm, LessonKind.GOT_LUCKY) == ["It was a quiet morning."]
    assert at.text_input(key=field).value == ""
    at.text_input(key=field).input("A second one").run()
    assert texts(ada, pm, LessonKind.GOT_LUCKY) == ["It was a quiet morning.", "A second one"]


def test_a_line_is_edited_in_place_and_says_that_it_is_saved(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    [well] = [
        x for x in postmortems.get_postmortem(ada, pm).lessons if x.kind is LessonKind.WENT_WELL
    ]
    at = browser.open(PAGE, id=pm, step="learned")
    at.text_area(key=f"{well.id}:text").input("The alert named the queue and its owner.").run()
    assert texts(ada, pm, LessonKind.WENT_WELL) == ["The alert named the queue and its owner."]
    assert any("Saved" in caption.value for caption in at.caption)


def test_a_line_is_taken_away(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    [wrong] = [
        x for x in postmortems.get_postmortem(ada, pm).lessons if x.kind is LessonKind.WENT_WRONG
    ]
    at = browser.open(PAGE, id=pm, step="learned")
    at.button(key=f"{wrong.id}:remove").click().run()
    assert not at.exception
    assert texts(ada, pm, LessonKind.WENT_WRONG) == []


def test_a_line_that_was_taken_away_can_be_brought_back(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    [wrong] = [
        x for x in postmortems.get_postmortem(ada, pm).lessons if x.kind is LessonKind.WENT_WRONG
    ]
    at = browser.open(PAGE, id=pm, step="learned")
    at.button(key=f"{wrong.id}:remove").click().run()
    at.button(key=f"{pm}:removed:went_wrong:undo").click().run()
    assert texts(ada, pm, LessonKind.WENT_WRONG) == ["The setting had no owner."]
    at.text_area(key=f"{wrong.id}:text").input("").run()
    assert texts(ada, pm, LessonKind.WENT_WRONG) == []
    at.button(key=f"{pm}:removed:went_wrong:undo").click().run()
    assert not at.exception
    assert texts(ada, pm, LessonKind.WENT_WRONG) == ["The setting had no owner."]


def test_what_was_written_in_a_line_that_somebody_removed_can_be_copied(
    browser: Browser, ada: Who
) -> None:
    pm = stored(ada)
    [wrong] = [
        x for x in postmortems.get_postmortem(ada, pm).lessons if x.kind is LessonKind.WENT_WRONG
    ]
    at = browser.open(PAGE, id=pm, step="learned")
    postmortems.remove_lesson(ada, wrong.id)
    at.text_area(key=f"{wrong.id}:text").input("The setting had no owner since May.").run()
    assert any("Not saved" in w.value and "removed" in w.value for w in at.warning)
    assert [c.value for c in at.code] == ["The setting had no owner since May."]
    press(at, "Let it go")
    assert not at.code


def test_what_was_written_when_somebody_published_can_be_copied(
    browser: Browser, ada: Who, ben: Who
) -> None:
    pm = stored(ada)
    at = browser.open(PAGE, id=pm, step="learned")
    publishing.publish_postmortem(ben, pm, 1)
    at.text_input(key=f"{pm}:new:got_lucky").input("It was a quiet morning.").run()
    assert any("Not saved" in w.value and "frozen" in w.value for w in at.warning)
    assert [c.value for c in at.code] == ["It was a quiet morning."]
    at.run()
    assert [c.value for c in at.code] == ["It was a quiet morning."]


def test_words_that_judge_are_pointed_out_below_their_field(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    postmortems.add_lesson(ada, pm, LessonKind.WENT_WRONG, "Ada should have checked the limit.")
    at = browser.open(PAGE, id=pm, step="learned")
    assert any("should have" in caption.value for caption in at.caption)


def test_a_published_one_can_be_read_but_not_edited(browser: Browser, ada: Who) -> None:
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    at = browser.open(PAGE, id=pm, step="learned")
    assert not at.exception
    assert [area for area in at.text_area if ":discuss" not in area.key] == []
    assert any("The alert named the queue" in m.value for m in at.markdown)
