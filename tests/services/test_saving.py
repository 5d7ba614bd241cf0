"""A save: one transaction, one permission, one audit line, and nobody overwritten in silence."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlmodel import select

from models.rules.policy import NOBODY, Who
from models.rules.problems import Conflict, NotAllowed, NotFound, ProblemForUser
from models.tables.people import AuditEntry
from services import clock, database, incidents, postmortems
from services.unit_of_work import reading


@pytest.fixture
def postmortem_id(ada: Who) -> str:
    incident_id = incidents.create_incident(ada, "Checkout down", began_at=clock.now())
    return postmortems.start_postmortem(ada, [incident_id])


def summary(who: Who, postmortem_id: str) -> str:
    return postmortems.get_postmortem(who, postmortem_id).summary


def audit_actions(who: Who) -> list[str]:
    with reading(who) as work:
        return list(work.session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all())


def test_the_second_of_two_people_sees_both_versions(
    ada: Who, ben: Who, postmortem_id: str
) -> None:
    postmortems.save_summary(ada, postmortem_id, "Ada's words", "")
    with pytest.raises(Conflict) as found:
        postmortems.save_summary(ben, postmortem_id, "Ben's words", "")
    assert (found.value.theirs, found.value.yours) == ("Ada's words", "Ben's words")
    assert summary(ada, postmortem_id) == "Ada's words"


def test_two_people_at_different_fields_do_not_disturb_each_other(
    ada: Who, ben: Who, postmortem_id: str
) -> None:
    postmortems.save_summary(ada, postmortem_id, "Ada's words", "")
    postmortems.save_title(ben, postmortem_id, "Checkout was down", "Checkout down")
    record = postmortems.get_postmortem(ada, postmortem_id)
    assert (record.title, record.summary) == ("Checkout was down", "Ada's words")


def test_a_save_that_arrives_twice_changes_nothing_twice(ada: Who, postmortem_id: str) -> None:
    postmortems.save_summary(ada, postmortem_id, "Words", "")
    postmortems.save_summary(ada, postmortem_id, "Words", "")
    assert summary(ada, postmortem_id) == "Words"


def test_every_save_leaves_one_line_in_the_audit(ada: Who, postmortem_id: str) -> None:
    before = len(audit_actions(ada))
    postmortems.save_summary(ada, postmortem_id, "Words", "")
    assert audit_actions(ada)[before:] == ["postmortem.summary_saved"]


def test_a_refused_save_leaves_no_line_and_no_change(ada: Who, postmortem_id: str) -> None:
    before = audit_actions(ada)
    with pytest.raises(ProblemForUser):
        postmortems.save_title(ada, postmortem_id, "   ", "Checkout down")
    assert audit_actions(ada) == before
    assert postmortems.get_postmortem(ada, postmortem_id).title == "Checkout down"


def test_nobody_may_neither_read_nor_write(ada: Who, postmortem_id: str) -> None:
    with pytest.raises(NotAllowed):
        postmortems.get_postmortem(NOBODY, postmortem_id)
    with pytest.raises(NotAllowed):
        postmortems.save_summary(NOBODY, postmortem_id, "Words", "")
    assert summary(ada, postmortem_id) == ""


def test_an_unknown_post_mortem_is_said_to_be_unknown(ada: Who) -> None:
    with pytest.raises(NotFound):
        postmortems.save_summary(ada, "none", "Words", "")


def test_a_database_that_takes_nothing_is_said_in_plain_words(
    ada: Who, postmortem_id: str, database_file: Path
) -> None:
    database.engine().dispose()
    with sqlite3.connect(database_file) as other:  # a second program holds the write lock
        other.execute("PRAGMA busy_timeout = 1")
        other.execute("BEGIN IMMEDIATE")
        with database.engine().connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
        with pytest.raises(ProblemForUser, match="nothing was changed"):
            postmortems.save_summary(ada, postmortem_id, "Words", "")
        other.rollback()
    postmortems.save_summary(ada, postmortem_id, "Words", "")
    assert summary(ada, postmortem_id) == "Words"


def test_of_forty_saves_at_once_none_is_overwritten_in_silence(
    ada: Who, postmortem_id: str
) -> None:
    said: list[str] = []

    def save(number: int) -> None:
        was = summary(ada, postmortem_id)
        try:
            postmortems.save_summary(ada, postmortem_id, f"{was} {number}".strip(), was)
        except Conflict:
            return
        said.append(str(number))

    threads = [threading.Thread(target=save, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said
    assert sorted(summary(ada, postmortem_id).split()) == sorted(said)
