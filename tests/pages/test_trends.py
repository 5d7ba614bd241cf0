"""The trends say how many, how sure, and no more than that; smells name nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.record import ClockTime, IncidentRecord, ParticipantRecord
from models.rules.vocabulary import Clock, Severity
from services import clock
from services.incidents import create_incident
from services.record_in import store_incident
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.pages.screen import labels, link_to, press, said
from tests.small_postmortem import small_incident, small_postmortem, stored

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def store(who: Who, *lengths: int, began: datetime, service: str = "Orders") -> None:
    """Incidents an hour apart that took so many minutes."""
    with writing(who) as work:
        for place, minutes in enumerate(lengths):
            at = began + timedelta(hours=place)
            ends = {Clock.DETECTED: at, Clock.RESOLVED: at + timedelta(minutes=minutes)}
            store_incident(
                work,
                IncidentRecord(
                    title=f"Slow {place}",
                    severity=Severity.SEV1,
                    services=(service,),
                    clocks={clock: ClockTime(moment) for clock, moment in ends.items()},
                ),
            )


def plain(app: AppTest) -> str:
    return said(app).replace("\u00a0", " ").replace("\u202f", " ")


def test_without_incidents_the_next_step_is_shown(browser: Browser) -> None:
    page = browser.open("learn/trends.py")
    assert "There are no incidents yet" in said(page)
    assert "Bring in" in labels(page)


def test_one_incident_has_its_figure_and_no_interval(browser: Browser, ada: Who) -> None:
    stored(ada)
    page = browser.open("learn/trends.py")
    told = plain(page)
    assert "One incident is chosen" in told
    assert "n = 1, 1 h 28 min. Nothing is left out." in told
    assert "Standard: under 1 h, SEV1: met by 0 of 1 (0 %)." in told
    assert "1 of 1 (100 %)" in told  # noticed by monitoring
    assert [row["Incident"] for row in page.dataframe[0].value.to_dict("records")] == [
        "Orders waited in the queue"
    ]


def test_two_incidents_are_a_range_and_no_failure_rate(browser: Browser, ada: Who) -> None:
    store(ada, 10, 30, began=datetime(2026, 4, 1, tzinfo=UTC))
    told = plain(browser.open("learn/trends.py"))
    assert "n = 2, median 20 min (10 min to 30 min, the whole range)" in told
    told = plain(browser.open("learn/trends.py", measure="time_between_failures"))
    assert "Below three failures there is no figure." in told
    assert "1 service has fewer than three failures" in told


def test_the_address_chooses_and_can_be_cleared(browser: Browser, ada: Who) -> None:
    store(ada, 10, 30, began=datetime(2026, 4, 1, tzinfo=UTC))
    page = browser.open("learn/trends.py", severity="SEV0", service="orders")
    assert "No incident is of this kind" in said(page)
    assert page.selectbox(key="trends:service").value == "Orders"
    page = press(page, "Show all incidents")
    assert "2 incidents are chosen" in said(page)


def test_a_filter_goes_into_the_address(browser: Browser, ada: Who) -> None:
    store(ada, 10, 30, began=datetime(2026, 4, 1, tzinfo=UTC))
    page = browser.open("learn/trends.py")
    page.multiselect(key="trends:severity").set_value([Severity.SEV1]).run()
    page.date_input(key="trends:from").set_value(datetime(2026, 4, 1).date()).run()
    assert page.query_params["severity"] == "SEV1"
    assert page.query_params["from"] == "2026-04-01"
    [file] = [x.proto.url for x in page.get("link_button") if "summary" in x.proto.url]
    assert file == "/export/trends/summary.csv?from=2026-04-01&severity=SEV1"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("from", "soon", "which is no day"),
        ("severity", "SEV9", "it can be SEV0"),
        ("team", "[x](http://x.test)", "There is no team"),
        ("measure", "mean", "it can be time"),
    ],
)
def test_a_bad_address_is_told_in_words(
    browser: Browser, ada: Who, name: str, value: str, words: str
) -> None:
    store(ada, 10, began=datetime(2026, 4, 1, tzinfo=UTC))
    page = browser.open("learn/trends.py", **{name: value})
    assert words in said(page).replace("\\", "")
    assert "](http" not in said(page)
    assert "1" in said(press(page, "Show all incidents"))


BEFORE, AFTER = datetime(2025, 8, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("then", "now", "words"),
    [
        (range(60, 72), range(10, 22), "**Lower**"),
        (range(10, 22), range(60, 72), "**Higher**"),
        (range(10, 22), range(12, 24), "**No detectable change**"),
        (range(10, 12), range(60, 72), "**No detectable change**"),
    ],
)
def test_a_change_is_claimed_only_when_the_intervals_say_so(
    browser: Browser, ada: Who, then: range, now: range, words: str
) -> None:
    store(ada, *then, began=BEFORE)
    store(ada, *now, began=AFTER)
    told = said(browser.open("learn/trends.py", view="compare"))
    [row] = [line for line in told.splitlines() if line.startswith("| **Time to recover**")]
    assert row.endswith(f"| {words} |")
    assert f"n = {len(then)}" in row


def test_without_a_value_on_both_sides_there_is_nothing_to_compare(
    browser: Browser, ada: Who
) -> None:
    store(ada, 10, 20, began=AFTER)
    told = said(browser.open("learn/trends.py", view="compare"))
    [row] = [line for line in told.splitlines() if line.startswith("| **Time to mitigate**")]
    assert row.endswith("| n = 0 | n = 0 | **Nothing to compare** |")


def test_a_standard_without_a_value_has_nothing_to_measure(browser: Browser, ada: Who) -> None:
    create_incident(ada, "Small", began_at=NOW)
    told = plain(browser.open("learn/trends.py"))
    assert "under 1 h, SEV1: nothing to measure" in told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            {"severity": "SEV1"},
            "**Earlier** is 5 Dec 2022 to 4 Jun 2023, **later** is 5 Jun 2023 to 3 Dec 2023",
        ),
        ({}, "**later** is 4 Nov 2025 to 4 May 2026"),
    ],
)
def test_the_newest_half_year_that_has_incidents_is_compared(
    browser: Browser, ada: Who, words: dict[str, str], told: str
) -> None:
    store(ada, 10, began=datetime(2023, 12, 3, tzinfo=UTC))
    store(ada, 10, began=datetime(2021, 12, 3, tzinfo=UTC))
    create_incident(ada, "Small", began_at=NOW)
    assert told in plain(browser.open("learn/trends.py", view="compare", **words))


def test_nowhere_is_a_mean(browser: Browser, ada: Who) -> None:
    store(ada, 10, 20, 3000, began=BEFORE)
    for view in ("trends", "compare"):
        told = said(browser.open("learn/trends.py", view=view)).lower()
        assert "average" not in told
        assert told.count("mean") == 1  # that there is none
        assert "1,010" not in told


def test_smells_lead_to_their_evidence_and_name_nobody(browser: Browser, ada: Who) -> None:
    incident = replace(
        small_incident(), participants=(ParticipantRecord("Kim Castellanos", "scribe"),)
    )
    stored(ada, replace(small_postmortem(), incidents=(incident,), participants=()))
    page = browser.open("learn/trends.py", view="smells")
    told = said(page)
    assert "No clear commander" in told
    assert "What to try" in told
    assert link_to(page, "Orders waited")[0] == "incident"
    assert "Castellanos" not in told


def test_without_smells_it_is_calm(browser: Browser, ada: Who) -> None:
    create_incident(ada, "Small", began_at=NOW)
    assert "None was found in these records." in said(
        browser.open("learn/trends.py", view="smells")
    )


def test_the_review_offered_first_is_of_the_last_whole_quarter(browser: Browser, ada: Who) -> None:
    stored(ada)
    page = browser.open("learn/trends.py", view="quarter")
    urls = [button.proto.url for button in page.get("link_button")]
    assert urls == [f"/export/quarterly/2026-Q1.{kind}" for kind in ("pdf", "html", "md")]


def test_the_chosen_quarter_stands_in_the_address(browser: Browser, ada: Who) -> None:
    store(ada, 10, began=datetime(2024, 11, 1, tzinfo=UTC))
    page = browser.open("learn/trends.py", view="quarter", quarter="2024-Q4")
    assert "/export/quarterly/2024-Q4.pdf" in [x.proto.url for x in page.get("link_button")]
    box = page.selectbox(key="trends:quarter")
    box.set_value(box.value.after).run()
    assert page.query_params["quarter"] == "2025-Q1"
    assert "/export/quarterly/2025-Q1.pdf" in [x.proto.url for x in page.get("link_button")]


@pytest.mark.parametrize("quarter", ["soon", "1999-Q1"])
def test_a_quarter_that_cannot_be_offered_is_the_last_whole_one(
    browser: Browser, ada: Who, quarter: str
) -> None:
    stored(ada)
    page = browser.open("learn/trends.py", view="quarter", quarter=quarter)
    assert "/export/quarterly/2026-Q1.pdf" in [x.proto.url for x in page.get("link_button")]
