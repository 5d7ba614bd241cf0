"""hotwash search: complete, in words or as JSON, and nothing found is an answer."""

from __future__ import annotations

from models.rules.policy import Who
from services import people
from tests.cli.conftest import Command
from tests.services.test_archive import archived


def someone() -> Who:
    return people.introduce("Ada Brandt")


def test_everything_that_was_found_is_listed(command: Command) -> None:
    ids = {archived(someone(), f"Disk full {n}", day=n + 1) for n in range(25)}
    answer = command.json("search", "disk")
    assert answer["total"] == 25
    assert {one["id"] for one in answer["results"]} == ids


def test_a_result_says_what_was_matched_and_where(command: Command) -> None:
    archived(someone(), "Checkout down", summary="The connection pools were full.")
    [one] = command.json("search", '"connection pool"')["results"]
    assert one["excerpt"] == "The connection pools were full."
    assert one["matches"] == ["connection pools"]
    assert one["severity"] == "SEV2"
    assert (one["services"], one["factors"]) == (["Checkout"], ["Capacity"])
    assert one["published_at"] == "2025-03-01T12:00:00Z"


def test_several_words_are_one_question(command: Command) -> None:
    archived(someone(), "Disk full", summary="On the billing host.")
    archived(someone(), "Disk slow", summary="On the login host.")
    assert command.json("search", "disk", "login")["total"] == 1
    assert command.json("search", "disk -login")["results"][0]["title"] == "Disk full"
    assert "Disk full" in command("search", "--", "-login").stdout


def test_a_typing_mistake_is_said_in_words_and_in_json(command: Command) -> None:
    archived(someone(), "Kubernetes upgrade")
    assert command.json("search", "kuberntes")["meant"] == [
        {"typed": "kuberntes", "shown": "kubernetes"}
    ]
    assert "Nothing for “kuberntes”; shown is “kubernetes”" in command("search", "kuberntes").output
    assert command.json("search", "--exact", "kuberntes")["total"] == 0


def test_finding_nothing_is_no_error(command: Command) -> None:
    result = command("search", "zebra")
    assert result.exit_code == 0
    assert result.stdout == "Nothing in the archive has all of this.\n"
    assert command.json("search", "zebra")["results"] == []


def test_a_star_that_is_not_read_is_said_on_standard_error(command: Command) -> None:
    archived(someone(), "Con of the pool")
    result = command("search", "con*")
    assert result.stderr == "A star needs four letters before it; “con*” was read as “con”.\n"
    assert "the best match first" in result.stdout


def test_without_a_wanted_word_the_newest_comes_first(command: Command) -> None:
    archived(someone(), "Disk full")
    assert "1 post-mortem, the newest first." in command("search", "--", "-login").stdout


def test_no_question_is_wrong_usage(command: Command) -> None:
    assert command("search").exit_code == 2
