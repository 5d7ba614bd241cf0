"""The page that brings things in: look first, then keep."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.vocabulary import Source
from services import bring_in
from services.incidents import count_incidents, get_incident, list_incidents
from services.people import save_zone
from services.postmortems import list_postmortems
from tests.conftest import Browser
from tests.pages.screen import link_to, links, press, said

PAGE = "learn/bring_in.py"
TEXT = "2024-05-06\n10:01 alert fired\n25:99 nonsense\n10:40 resolved"


def paste(app: AppTest, text: str, title: str = "") -> AppTest:
    app.get("button_group")[0].set_value("Pasted text")
    app.run()
    app.text_area(key="bring_in:text").set_value(text)
    app.text_input(key="bring_in:title").set_value(title)
    return press(app, "Read the text")


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.get("file_uploader")[0].set_value([(n, data, "text/plain") for n, data in files])
    return app.run()


def tables(app: AppTest) -> list[list[dict[str, object]]]:
    return [table.value.to_dict("records") for table in app.dataframe]


def confirm_is_possible(app: AppTest) -> bool:
    return not app.button(key="bring_in:confirm").disabled


def slack() -> bytes:
    """An export with two channels."""
    out = io.BytesIO()
    message = {"type": "message", "user": "U1", "text": "alert fired", "ts": "1714989660.000100"}
    later = {**message, "text": "resolved", "ts": "1714993260.000100"}
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("users.json", json.dumps([{"id": "U1", "real_name": "Mira"}]))
        archive.writestr("channels.json", json.dumps([{"id": "C1", "name": "incident-queue"}]))
        archive.writestr("incident-queue/2024-05-06.json", json.dumps([message, later]))
        archive.writestr("general/2024-05-06.json", json.dumps([message]))
    return out.getvalue()


def test_a_pasted_text_is_shown_as_it_was_understood(browser: Browser, ada: Who) -> None:
    save_zone(ada, "Europe/Berlin", "UTC")
    app = paste(browser.open(PAGE), TEXT)
    words = said(app)
    assert "1 incident with 2 events will be created" in words
    assert "Europe/Berlin" in words  # the zone that was assumed
    unread, _, events = tables(app)
    assert [(row["Line"], row["Text"]) for row in unread] == [(3, "25:99 nonsense")]
    assert [(row["Line"], row["Time"], row["Text"]) for row in events] == [
        (1, "", "Read as the date 06 May 2024"),
        (2, "2024-05-06 10:01", "alert fired"),
        (4, "2024-05-06 10:40", "resolved"),
    ]
    assert count_incidents(ada) == 0


def test_confirming_stores_it_and_leads_on(browser: Browser, ada: Who) -> None:
    app = press(paste(browser.open(PAGE), TEXT, "Queue full"), "Bring it in")
    (row,) = list_incidents(ada)
    assert row.title == "Queue full"
    assert link_to(app, "Queue full") == ("incident", f"id={row.id}")
    assert app.text_area(key="bring_in:text").value == ""
    press(app, "Start the post-mortem")
    assert [p.title for p in list_postmortems(ada)] == ["Queue full"]


def test_the_zone_and_the_date_can_be_given(browser: Browser, ada: Who) -> None:
    app = paste(browser.open(PAGE), "10:01 alert fired")
    app.selectbox(key="bring_in:text:zone").set_value("Asia/Tokyo")
    app.date_input(key="bring_in:text:date").set_value(datetime(2024, 5, 6).date())
    app.run()
    press(app, "Bring it in")
    (row,) = list_incidents(ada)
    event = get_incident(ada, row.id).record.events[0]
    assert event.at == datetime(2024, 5, 6, 1, 1, tzinfo=UTC)


def test_what_is_there_already_is_said_and_cannot_be_brought_in_again(
    browser: Browser, ada: Who
) -> None:
    done = bring_in.bring_in(ada, TEXT.encode(), bring_in.read_options())
    app = paste(browser.open(PAGE), TEXT)
    assert "Already there" in said(app)
    assert link_to(app, "alert fired") == ("incident", f"id={done.incident_ids[0]}")
    assert not confirm_is_possible(app)


def test_a_text_without_a_time_says_so_and_stays_in_its_field(browser: Browser) -> None:
    app = paste(browser.open(PAGE), "It broke.\nThen it did not.")
    assert "No line with a time was found" in said(app)
    assert app.text_area(key="bring_in:text").value == "It broke.\nThen it did not."
    assert not confirm_is_possible(app)


def test_a_text_is_not_lost_when_storing_fails(
    browser: Browser, ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_more: object) -> object:
        raise ProblemForUser("The disk is full.")

    app = paste(browser.open(PAGE), TEXT)
    monkeypatch.setattr(bring_in, "store_incident", full)
    app = press(app, "Bring it in")
    assert "The disk is full" in said(app).replace("\\", "")
    assert app.text_area(key="bring_in:text").value == TEXT
    assert count_incidents(ada) == 0


def test_several_files_come_in_together(browser: Browser, ada: Who) -> None:
    table = b"time,event\n2024-05-07 10:01,disk full\n"
    app = upload(browser.open(PAGE), ("queue.txt", TEXT.encode()), ("disk.csv", table))
    assert "2 incidents with 3 events will be created" in said(app)
    app = press(app, "Bring it in")
    assert {row.title for row in list_incidents(ada)} == {"queue", "disk"}
    assert any("queue" in label for label in links(app))
    assert app.get("file_uploader")[0].value == []


def test_one_bad_file_keeps_all_out_and_is_named(browser: Browser, ada: Who) -> None:
    bad = b"line one\n\xff\xff"
    app = upload(browser.open(PAGE), ("queue.txt", TEXT.encode()), ("bad.bin", bad))
    words = said(app)
    assert r"bad\.bin" in words
    assert "Line 2" in words
    assert not confirm_is_possible(app)


def test_the_recognised_format_can_be_overruled(browser: Browser) -> None:
    app = upload(browser.open(PAGE), ("queue.txt", TEXT.encode()))
    choice = next(box for box in app.selectbox if box.label == "Read as")
    assert choice.placeholder == "Text (recognised)"
    choice.set_value(Source.PAGERDUTY).run()
    assert not confirm_is_possible(app)
    assert app.error


def test_a_slack_export_asks_for_its_channel_and_time(browser: Browser, ada: Who) -> None:
    app = upload(browser.open(PAGE), ("export.zip", slack()))
    assert "Choose the channel" in said(app)
    assert not confirm_is_possible(app)
    next(b for b in app.selectbox if b.label == "Channel of the incident").set_value(
        "incident-queue"
    ).run()
    assert "1 incident with 2 events" in said(app)
    until = next(x for x in app.text_input if x.label.startswith("To "))
    until.set_value("2024-05-06 10:30").run()
    assert "1 incident with 1 event will" in said(app)
    until.set_value("noon").run()
    assert "is not a time" in said(app)
    assert not confirm_is_possible(app)


def test_a_large_file_is_paged_through_whole(browser: Browser) -> None:
    rows = "".join(f"2024-05-06 {n // 60:02d}:{n % 60:02d} event {n}\n" for n in range(600))
    app = upload(browser.open(PAGE), ("long.txt", rows.encode()))
    assert "What was understood of each line** (1 to 200 of 600)" in said(app)
    assert len(tables(app)[-1]) == 200
    app.get("pagination")[-1].set_value(3).run()
    assert "(401 to 600 of 600)" in said(app)
    assert tables(app)[-1][-1]["Text"] == "event 599"


def test_what_could_not_be_used_is_corrected_where_it_came_from(browser: Browser) -> None:
    app = upload(browser.open(PAGE), ("queue.txt", TEXT.encode()))
    assert "Correct them and choose the file again, or go on." in said(app)
    app = paste(browser.open(PAGE), TEXT)
    assert "Correct them in the text above, or go on." in said(app)
    assert "choose the file" not in said(app)


def test_a_place_is_named_once(browser: Browser) -> None:
    app = upload(browser.open(PAGE), ("queue.txt", b"10:01 ok\n10:02 \xff"))
    assert "Line 2: Line 2" not in said(app)
    assert "- Line 2: Bytes that are not UTF" in said(app)


def test_lines_that_are_no_events_are_shown_with_what_they_mean(browser: Browser) -> None:
    text = "# Queue full\nAll times in CET\n2024-05-06\n10:01 alert\n# 7 May 2024\n09:00 over\n"
    rows = tables(paste(browser.open(PAGE), text))[-1]
    meant = {row["Line"]: row["Text"] for row in rows}
    assert list(meant) == [1, 2, 3, 4, 5, 6]
    assert meant[1] == "Read as the title"
    assert meant[2].startswith("Read as the time zone")
    assert meant[3] == "Read as the date 06 May 2024"
    assert meant[4] == "alert"
    assert "the date 07 May 2024" in meant[5]


def test_hostile_text_stays_text(browser: Browser) -> None:
    text = "# ![x](https://x.test/x.png)\n2024-05-06\n10:01 <script>alert(1)</script> {{7*7}}\n"
    app = press(paste(browser.open(PAGE), text), "Bring it in")
    assert "![x]" not in said(app)
    assert all("![x]" not in label for label in links(app))


def test_bytes_stay_in_the_uploader_only(browser: Browser) -> None:
    app = upload(browser.open(PAGE), ("queue.txt", TEXT.encode()))
    app = press(app, "Bring it in")
    kept = repr(app.session_state)
    assert "queue" in kept  # the link to what was brought in
    assert "alert fired" not in kept
