"""What an author writes is kept for them alone, until it is saved as a version for everybody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from models.rules.exercise import facilitating
from models.rules.policy import NOBODY, Who
from models.rules.problems import Conflict, NotAllowed, NotFound, ProblemForUser
from models.tables.people import AuditEntry
from services import exercises
from services.database import engine
from services.publishing import publish_postmortem
from services.scenario_drafts import (
    NEW,
    drop_draft,
    go_on_from,
    keep_draft,
    open_writing,
    place_from,
    save_version,
)
from services.scenario_library import check_text, get_scenario, get_text
from services.scenario_versions import list_made_from, list_versions, made_from
from tests.small_postmortem import small_postmortem, stored

ID = "my-scenario"


def written(who: Who, change: str = "") -> None:
    """Ada's own scenario, saved as version 1."""
    now = open_writing(who, NEW)
    save_version(who, now, now.text + change, "the first")


def published(who: Who) -> str:
    """The id of a post-mortem that is published; Ada and Ben are named in it."""
    record = small_postmortem("Ada Brandt saw it first")
    pm = stored(who, replace(record, summary="Ben Okafor told Ada Brandt."))
    publish_postmortem(who, pm, 1)
    return pm


def test_the_example_to_begin_with_has_no_finding(ada: Who) -> None:
    now = open_writing(ada, NEW)
    assert check_text(ada, now.text).findings == ()
    assert (now.is_new, now.is_draft, now.newest) == (True, False, 0)


def test_a_draft_is_there_again_for_its_author_and_for_nobody_else(ada: Who, ben: Who) -> None:
    text = open_writing(ada, "first-page").text
    keep_draft(ada, "first-page", text + "# mine\n", text, newest=0)
    assert open_writing(ada, "first-page").text == text + "# mine\n"
    assert open_writing(ben, "first-page").text == text
    assert get_text(ada, "first-page") == text


def test_two_windows_of_one_author_do_not_overwrite_each_other(ada: Who) -> None:
    text = open_writing(ada, NEW).text
    keep_draft(ada, NEW, "one", text, newest=0)
    with pytest.raises(Conflict) as caught:
        keep_draft(ada, NEW, "two", text, newest=0)
    assert caught.value.theirs == "one"
    keep_draft(ada, NEW, "two", "one", newest=0)
    assert open_writing(ada, NEW).text == "two"


def test_a_draft_that_is_saved_is_not_kept_twice(ada: Who) -> None:
    now = open_writing(ada, NEW)
    text = now.text + "# more\n"
    keep_draft(ada, NEW, text, now.text, newest=0)
    assert save_version(ada, open_writing(ada, NEW), text, "the first") == (ID, 1)
    assert not open_writing(ada, NEW).is_draft
    assert open_writing(ada, ID).text == text
    assert [row.note for row in list_versions(ada, ID)] == ["the first"]


def test_what_was_written_on_in_another_window_stays_a_draft(ada: Who) -> None:
    now = open_writing(ada, NEW)
    keep_draft(ada, NEW, now.text + "# later\n", now.text, newest=0)
    save_version(ada, now, now.text)
    assert open_writing(ada, NEW).text == now.text + "# later\n"


def test_a_second_click_on_save_makes_no_second_version(ada: Who) -> None:
    now = open_writing(ada, NEW)
    assert save_version(ada, now, now.text) == save_version(ada, now, now.text) == (ID, 1)
    assert len(list_versions(ada, ID)) == 1


def test_an_id_that_is_taken_is_not_taken_over(ada: Who) -> None:
    now = open_writing(ada, NEW)
    with pytest.raises(ProblemForUser, match="a scenario “first-page” already"):
        save_version(ada, now, now.text.replace(f"id: {ID}", "id: first-page"))
    assert list_versions(ada, "first-page") == ()


def test_another_id_makes_a_scenario_of_its_own(ada: Who) -> None:
    now = open_writing(ada, "first-page")
    copy = now.text.replace('id: "first-page"', 'id: "second-page"')
    assert save_version(ada, now, copy) == ("second-page", 1)
    assert list_versions(ada, "first-page") == ()
    assert get_scenario(ada, "second-page")[0].id == "second-page"


def test_who_wrote_while_somebody_saved_is_told_and_keeps_their_text(ada: Who, ben: Who) -> None:
    written(ada)
    now = open_writing(ben, ID)
    keep_draft(ben, ID, now.text + "# Ben\n", now.text, newest=now.begun)
    save_version(ada, open_writing(ada, ID), now.text + "# Ada\n")
    overtaken = open_writing(ben, ID)
    assert overtaken.is_overtaken
    assert (overtaken.text, overtaken.saved) == (now.text + "# Ben\n", now.text + "# Ada\n")
    with pytest.raises(Conflict):
        save_version(ben, overtaken, overtaken.text)
    go_on_from(ben, ID, overtaken.newest)
    assert save_version(ben, open_writing(ben, ID), overtaken.text) == (ID, 3)


def test_a_draft_can_be_let_go(ada: Who) -> None:
    written(ada)
    now = open_writing(ada, ID)
    keep_draft(ada, ID, "nonsense", now.text, newest=1)
    drop_draft(ada, ID)
    drop_draft(ada, ID)
    assert open_writing(ada, ID) == replace(now, is_draft=False)


def test_a_text_without_end_is_refused_in_words(ada: Who) -> None:
    with pytest.raises(ProblemForUser, match="too long"):
        keep_draft(ada, NEW, "x" * 600_000, "", newest=0)


def test_nobody_writes_without_a_name(database_file: object) -> None:
    with pytest.raises(NotAllowed):
        open_writing(NOBODY, NEW)
    with pytest.raises(NotAllowed):
        keep_draft(NOBODY, NEW, "x", "", newest=0)
    with pytest.raises(NotAllowed):
        drop_draft(NOBODY, NEW)


def test_each_write_leaves_one_line_of_audit(ada: Who) -> None:
    keep_draft(ada, NEW, "one", "", newest=0)
    drop_draft(ada, NEW)
    with Session(engine()) as session:
        actions = [row.action for row in session.exec(select(AuditEntry)).all()]
    assert actions[-2:] == ["scenario.draft_kept", "scenario.draft_dropped"]


def test_a_published_post_mortem_becomes_a_draft_that_passes_the_check(ada: Who, ben: Who) -> None:
    pm = published(ada)
    now = open_writing(ada, place_from(pm))
    assert check_text(ada, now.text).findings == ()
    assert (now.is_new, now.postmortem_id) == (True, pm)
    assert not [name for name in ("Ada", "Brandt", "Ben", "Okafor") if name in now.text]
    assert list_made_from(ada, pm) == ()


def test_both_sides_say_what_was_made_from_what(ada: Who) -> None:
    pm = published(ada)
    now = open_writing(ada, place_from(pm))
    scenario_id, number = save_version(ada, now, now.text)
    assert number == 1
    later = open_writing(ada, scenario_id)
    save_version(ada, later, later.text.replace("title: ", "title:  ", 1) + "# more\n")
    title = get_scenario(ada, scenario_id)[0].title
    assert list_made_from(ada, pm) == ((scenario_id, title),)
    assert made_from(ada, scenario_id) == (pm, "Ada Brandt saw it first")
    assert made_from(ada, "first-page") is None


def test_what_is_not_published_is_not_made_into_a_scenario(ada: Who) -> None:
    with pytest.raises(NotFound):
        open_writing(ada, place_from(stored(ada)))
    with pytest.raises(NotFound):
        open_writing(ada, "no-such-scenario")


def test_who_sits_at_a_table_of_it_does_not_read_the_answers(ada: Who, ben: Who) -> None:
    scenario, _ = get_scenario(ben, "first-page")
    run_id = exercises.open_run(ben, scenario)
    exercises.join_run(ada, run_id, scenario.seats[0].id)
    with pytest.raises(NotAllowed, match="holds every answer"):
        open_writing(ada, "first-page")
    assert open_writing(ben, "first-page").text
    exercises.start_live(ben, run_id)
    exercises.act_as_facilitator(ben, run_id, facilitating.end, "The hour is over")
    assert open_writing(ada, "first-page").text
