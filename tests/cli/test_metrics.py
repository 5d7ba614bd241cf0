"""hotwash metrics: the shape that scripts rely on, and a table for people."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Command

SIX = [
    "time_to_detect",
    "time_to_acknowledge",
    "time_to_mitigate",
    "time_to_recover",
    "time_between_failures",
    "review_delay",
]
KEYS = {
    "measure", "n", "median_minutes", "p90_minutes", "median_interval", "excluded", "estimated",
    "definition",
}  # fmt: skip
REASONS = {"unresolved", "drill", "maintenance", "zero_or_negative", "missing_clock"}


def page(day: int, minutes: int, impact: str = "major", name: str = "Checkout") -> dict[str, Any]:
    """A status page's incident at nine o'clock of a day in May 2024."""
    start, end = f"2024-05-{day:02d}T09:00:00Z", f"2024-05-{day:02d}T09:{minutes:02d}:00Z"
    return {
        "id": f"{day}-{minutes}",
        "name": f"Slow on day {day}",
        "impact": impact,
        "created_at": start,
        "resolved_at": end,
        "components": [{"name": name}],
        "incident_updates": [{"status": "investigating", "body": "We look.", "created_at": start}],
    }


@pytest.fixture
def history(command: Command) -> Command:
    """Three failures of Checkout and a maintenance."""
    rows = [page(6, 10), page(7, 20), page(9, 50, "minor"), page(10, 30, "maintenance")]
    assert command("import", "-", given=json.dumps({"incidents": rows})).exit_code == 0
    return command


def measures(found: Any) -> dict[str, Any]:
    return {each["measure"]: each for each in found["measures"]}


def test_all_six_measures_are_there_without_any_incident(command: Command) -> None:
    found = command.json("metrics")
    assert list(found) == ["measures", "frequency", "actions"]
    assert [each["measure"] for each in found["measures"]] == SIX
    for each in found["measures"]:
        assert set(each) == KEYS
        assert (each["n"], each["median_minutes"], each["p90_minutes"]) == (0, None, None)
        assert each["median_interval"] == [None, None]
        assert each["excluded"] == dict.fromkeys(REASONS, 0)
        assert each["definition"]
    assert found["frequency"] == []
    assert found["actions"] == {"done": 0, "declined": 0, "open": 0, "completion": None}


def test_over_everything_when_no_period_is_given(history: Command) -> None:
    found = history.json("metrics")
    recover = measures(found)["time_to_recover"]
    assert (recover["n"], recover["median_minutes"], recover["estimated"]) == (3, 20, 3)
    assert recover["p90_minutes"] == pytest.approx(44)
    assert recover["median_interval"] == [10, 50]
    assert recover["excluded"] == dict.fromkeys(REASONS, 0) | {"maintenance": 1}
    assert measures(found)["time_between_failures"]["n"] == 2
    assert found["frequency"] == [
        {"month": "2024-05", "severity": "SEV1", "count": 2},
        {"month": "2024-05", "severity": "SEV2", "count": 1},
    ]


@pytest.mark.parametrize(
    ("options", "n"),
    [
        (["--from", "2024-05-07"], 2),
        (["--to", "2024-05-07"], 2),
        (["--from", "2024-05-07", "--to", "2024-05-07"], 1),
        (["--severity", "SEV1"], 2),
        (["--severity", "sev2"], 1),
        (["--service", "checkout"], 3),
        (["--service", "Checkout", "--severity", "SEV0"], 0),
    ],
)
def test_options_narrow_what_is_measured(history: Command, options: list[str], n: int) -> None:
    assert measures(history.json("metrics", *options))["time_to_recover"]["n"] == n


@pytest.mark.parametrize(
    ("options", "status", "says"),
    [
        (["--service", "Nothing"], 1, "There is no service “Nothing”."),
        (["--service", ""], 1, "There is no service “”."),
        (["--from", "2024-05-07", "--to", "2024-05-06"], 1, "before it begins"),
        (["--from", "yesterday"], 2, "Write it like 2024-05-06"),
        (["--severity", "SEV9"], 2, "SEV9"),
    ],
)
def test_what_cannot_be_meant_is_said(
    history: Command, options: list[str], status: int, says: str
) -> None:
    result = history("metrics", *options, "--json")
    assert (result.exit_code, result.stdout) == (status, "")
    assert says in result.stderr


def test_without_json_it_is_a_table_to_read(history: Command) -> None:
    lines = history("metrics").stdout.splitlines()
    [recover] = [line.split() for line in lines if line.startswith("Time to recover")]
    assert " ".join(recover) == "Time to recover 3 20 min 10 min to 50 min 44 min 3 1 maintenance"
    assert any(line.split() == ["2024-05", "2", "1"] for line in lines)
    assert lines[-1] == "Actions: 0 done of 0, 0 declined."


def test_the_calendar_has_a_first_and_a_last_day(history: Command) -> None:
    found = history.json("metrics", "--from", "0001-01-01", "--to", "9999-12-31")
    assert measures(found)["time_to_recover"]["n"] == 3


def test_minutes_come_to_a_tenth_and_half_a_minute_is_shown_as_a_whole_one(
    command: Command,
) -> None:
    uneven = page(6, 10) | {"resolved_at": "2024-05-06T09:10:20.100Z"}
    command("import", "-", given=json.dumps({"incidents": [uneven, page(7, 47)]}))
    recover = measures(command.json("metrics"))["time_to_recover"]
    assert recover["median_minutes"] == 28.7
    assert recover["median_interval"] == [10.3, 47]
    even = page(8, 12) | {"resolved_at": "2024-05-08T09:28:30Z"}
    command("import", "-", given=json.dumps({"incidents": [even]}))
    assert measures(command.json("metrics"))["time_to_recover"]["median_minutes"] == 28.5
    line = next(x for x in command("metrics").stdout.splitlines() if "recover" in x)
    assert "29 min" in line
