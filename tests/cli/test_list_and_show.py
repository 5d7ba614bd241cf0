"""hotwash list and show: complete lists with opaque ids, one thing whole."""

from __future__ import annotations

from typing import Any

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.record import IncidentRecord
from services.people import list_people
from services.record_in import store_incident
from services.unit_of_work import writing
from tests.cli.conftest import Command


@pytest.fixture
def seeded(command: Command) -> Command:
    assert command("seed").exit_code == 0
    return command


def test_the_example_is_loaded_once(seeded: Command) -> None:
    assert len(seeded.json("list", "incidents")) == 3
    assert "already" in seeded("seed").stdout
    assert len(seeded.json("list", "incidents")) == 3


def test_lists_are_objects_with_id_title_and_status(seeded: Command) -> None:
    for what in ("incidents", "postmortems", "actions"):
        rows = seeded.json("list", what)
        assert rows
        for row in rows:
            assert isinstance(row["id"], str)
            assert row["title"]
            assert "status" in row
    statuses = {row["status"] for row in seeded.json("list", "postmortems")}
    assert statuses <= {"draft", "in_review", "published", "closed"}
    incident_statuses = {row["status"] for row in seeded.json("list", "incidents")}
    assert incident_statuses <= {*statuses, None}


def test_actions_say_who_until_when_and_for_which_post_mortem(seeded: Command) -> None:
    wanted = {"owner", "due_on", "overdue", "type", "priority", "postmortem_id"}
    ids = {row["id"] for row in seeded.json("list", "postmortems")}
    for row in seeded.json("list", "actions"):
        assert wanted <= set(row)
        assert row["postmortem_id"] in ids
        assert isinstance(row["overdue"], bool)


def test_lists_are_complete(command: Command, ada: Who) -> None:
    with writing(ada) as work:
        for n in range(120):
            store_incident(work, IncidentRecord(title=f"Incident {n}"))
    assert len(command.json("list", "incidents")) == 120


@pytest.mark.parametrize("what", ["incidents", "postmortems", "actions"])
def test_an_empty_list_is_an_empty_array_or_a_sentence(command: Command, what: str) -> None:
    assert command.json("list", what) == []
    assert command("list", what).stdout.startswith("There are no")


def test_times_are_utc_with_z(seeded: Command) -> None:
    assert all(row["began_at"].endswith("Z") for row in seeded.json("list", "incidents"))


def test_one_thing_is_shown_whole(seeded: Command) -> None:
    incident = seeded.json("list", "incidents")[0]
    shown: dict[str, Any] = seeded.json("show", "incident", incident["id"])
    assert (shown["id"], shown["title"]) == (incident["id"], incident["title"])
    assert len(shown["events"]) == incident["events"]
    postmortem = seeded.json("list", "postmortems")[0]
    whole = seeded.json("show", "postmortem", postmortem["id"])
    assert whole["title"] == postmortem["title"]
    assert {"name", "role"} <= set(whole["participants"][0])
    for what, thing in (("incident", incident), ("postmortem", postmortem)):
        assert thing["title"] in seeded("show", what, thing["id"]).stdout


@pytest.mark.parametrize("what", ["incident", "postmortem"])
@pytest.mark.parametrize("strange", ["nope", "", "\ud800", "x" * 250, "'; --"])
def test_an_id_that_nobody_has_is_one_line(command: Command, what: str, strange: str) -> None:
    result = command("show", what, strange)
    assert result.exit_code == 1
    assert result.stderr.startswith("hotwash: There is no such")
    assert len(result.stderr.splitlines()) == 1


def test_words_on_the_terminal_hold_no_control_characters(command: Command, ada: Who) -> None:
    with writing(ada) as work:
        store_incident(work, IncidentRecord(title="Red \x1b[31malert"))
    assert "\x1b" not in command("list", "incidents").stdout


def test_the_name_can_stand_before_and_after_the_verb(command: Command) -> None:
    command("list", "incidents", "--as", "Zoe Maurer")
    names = [p.name for p in list_people(NOBODY)]
    assert names == ["Zoe Maurer"], "the later one counts"
    command("list", "incidents")
    assert [p.name for p in list_people(NOBODY)] == ["Ada Brandt", "Zoe Maurer"]
