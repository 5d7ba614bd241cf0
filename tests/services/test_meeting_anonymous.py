"""In an anonymous meeting nothing that is stored or logged leads from a card to a person: every
row of every table is looked at, for ids, for times, and for the order in which rows lie."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from models.rules.meeting.survey import Answer
from models.rules.policy import Who
from services import meeting_board as board
from services import meeting_records, meetings, postmortems
from services.meeting_look import get_meeting
from services.people import introduce
from tests.services.at_a_meeting import begun, cleo, own_cards, tab, write
from tests.services.conftest import Time

Rows = dict[str, list[dict[str, Any]]]


def dump(file: Path) -> Rows:
    """Every row of every table, as a mapping of its columns."""
    with sqlite3.connect(file) as connection:
        connection.row_factory = sqlite3.Row
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {n: [dict(row) for row in connection.execute(f'SELECT * FROM "{n}"')] for n in names}


def linked(rows: Rows, people: set[str], marks: set[str]) -> list[dict[str, Any]]:
    """Rows that hold a person's id (or name) together with one of the marks."""
    return [
        row
        for table in rows.values()
        for row in table
        if any(one in str(value) for one in people for value in row.values())
        and any(mark in str(value) for mark in marks for value in row.values())
    ]


def written(time: Time, writers: list[Who], meeting_id: str) -> set[str]:
    """Everybody writes, in turn and at times of their own; these times as they would be stored."""
    times: set[str] = set()
    for turn in range(3):
        for who in writers:
            time.forward(seconds=7, microseconds=turn + 1)
            write(who, meeting_id, f"Thought {turn} of a mind {len(times)}")
            times.add(f"{time.now:%H:%M:%S.%f}")
    return times


def test_nothing_stored_links_a_card_to_who_wrote_it(
    ada: Who, ben: Who, database_file: Path, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    writers = [ada, cleo(), introduce("Dora Lind")]
    meeting_id = begun(ben, *writers, anonymous=True)
    times = written(time, writers, meeting_id)
    card = own_cards(ada, meeting_id)
    first = next(iter(card))
    time.forward(seconds=11)
    board.change_card(ada, card[first], f"{first}, better said", first, secret=tab(ada))
    times.add(f"{time.now:%H:%M:%S.%f}")
    time.forward(minutes=1)
    ids = {one.person_id or "" for one in (*writers, ben)} | {one.name for one in writers}
    hidden = dump(database_file)
    cards = hidden["card"]
    assert len(cards) == 9
    marks = {row["id"] for row in cards} | {"Thought"} | {row["key"] for row in cards}
    assert linked(hidden, ids, marks) == []
    assert linked(hidden, ids, times) == []
    assert len({row["key"] for row in cards}) == 9  # not even two cards of one writer are alike
    assert {row["person_id"] for row in cards} == {None}
    board.reveal_cards(ben, meeting_id)
    for who in writers:
        board.vote(who, get_meeting(who, meeting_id).groups[0].id, on=True)
    meetings.end_meeting(ben, meeting_id)
    over = dump(database_file)
    assert {row["key"] for row in over["card"]} == {""}
    held = [table for table in over if table not in ("meeting", "card_vote")]
    assert linked({t: over[t] for t in held}, ids, marks | times) == []
    [record] = postmortems.get_postmortem(ben, over["meeting"][0]["postmortem_id"]).meetings
    assert {one.by for group in record.groups for one in group.cards} == {""}
    assert not any(one in caplog.text for one in (*ids, "Thought"))


def test_a_line_of_the_audit_log_names_the_meeting_and_nobody(
    ada: Who, ben: Who, database_file: Path
) -> None:
    meeting_id = begun(ben, ada, anonymous=True)
    write(ada, meeting_id, "First")
    card_id = own_cards(ada, meeting_id)["First"]
    board.change_card(ada, card_id, "Second", "First", secret=tab(ada))
    board.take_back_card(ada, card_id, secret=tab(ada))
    lines = [r for r in dump(database_file)["audit_entry"] if ".card_" in r["action"]]
    assert [(r["person_id"], r["object_type"], r["object_id"]) for r in lines] == [
        (None, "meeting", meeting_id)
    ] * 3


def test_cards_lie_in_no_order_of_writing(
    ada: Who, ben: Who, database_file: Path, time: Time
) -> None:
    """Without a row number, SQLite keeps them in the order of their random ids."""
    meeting_id = begun(ben, ada, anonymous=True)
    written(time, [ada] * 4, meeting_id)
    rows = dump(database_file)["card"]
    assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
    with (
        sqlite3.connect(database_file) as connection,
        pytest.raises(sqlite3.OperationalError, match="rowid"),
    ):
        connection.execute("SELECT rowid FROM card")
    assert not [k for k, v in rows[0].items() if isinstance(v, datetime) or k.endswith("_at")]


def test_the_order_on_the_board_is_shuffled(ada: Who, ben: Who) -> None:
    """Of two boards with eight cards at least one is not in the order of writing."""
    in_order = []
    for _ in range(2):
        meeting_id = begun(ben, ada, anonymous=True)
        texts = [f"Card {n}" for n in range(8)]
        for text in texts:
            write(ada, meeting_id, text)
        board.reveal_cards(ben, meeting_id)
        found = [group.cards[0].text for group in get_meeting(ben, meeting_id).groups]
        assert sorted(found) == texts
        in_order.append(found == texts)
    assert not all(in_order)


def test_another_tab_of_the_same_person_does_not_know_the_card(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada, anonymous=True)
    write(ada, meeting_id, "Mine")
    assert get_meeting(ada, meeting_id, secret="another tab").cards == ()
    assert get_meeting(ada, meeting_id, secret="").cards == ()
    assert get_meeting(ada, meeting_id, secret="another tab").others == 1


def test_the_survey_keeps_counts_and_no_row_stands_for_a_person(
    ada: Who, ben: Who, database_file: Path
) -> None:
    meeting_id = begun(ben, ada, cleo())
    meeting_records.answer_survey(ada, meeting_id, Answer.PARTLY, Answer.NO)
    rows = dump(database_file)
    assert linked({"survey_count": rows["survey_count"]}, {ada.person_id or ""}, {"partly"}) == []
    assert {row["people"] for row in rows["survey_count"]} == {1}
    [line] = [r for r in rows["audit_entry"] if r["action"] == "meeting.survey_answered"]
    assert line["person_id"] is None
