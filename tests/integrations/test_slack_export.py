"""One channel of a Slack export, as a person read it; and archives that mean harm."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from integrations import slack_export, zip_file
from integrations.slack_text import readable
from models.rules.problems import BadFile
from models.rules.record import ParticipantRecord
from models.rules.vocabulary import EventKind
from tests.integrations import files
from tests.integrations.files import OPTIONS, a_zip, as_json, at, texts

CHANNEL = "incident-2024-03-13-checkout-down"
DAY = f"{CHANNEL}/2024-03-13.json"


def test_messages_become_events_in_the_order_they_were_sent() -> None:
    [incident] = slack_export.read(a_zip(files.slack_members()), OPTIONS).incidents
    assert [(e.author, e.text) for e in incident.events] == [
        ("Ada Lovelace", "@Ada Lovelace has joined"),
        ("Ada Lovelace", "Checkout <500>, @Ben @channel please look"),
        ("Ben", "See the graph (https://g.example/1) (edited)"),
        ("deploys", "Deploy 12\nrolled back"),
        ("Ada Lovelace", "File: pool.png"),
        ("Ben", "In thread: yes"),
        ("Ben", "All good since."),
    ]
    assert incident.events[0].at == at(10, 0, 0, 100)
    assert [e.is_noise for e in incident.events] == [True] + [False] * 6
    assert incident.events[3].kind is EventKind.MITIGATION


def test_the_channel_names_the_incident_and_people_who_spoke_took_part() -> None:
    [incident] = slack_export.read(a_zip(files.slack_members()), OPTIONS).incidents
    assert incident.title == "checkout down"
    assert incident.participants == (ParticipantRecord("Ada Lovelace"), ParticipantRecord("Ben"))
    assert incident.source_key == f"slack:{CHANNEL}:1710324000.000100-1710410400.000100"


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("<@U9>", "@U9"),
        ("<#C1|checkout>", "#checkout"),
        ("<#C1>", "#general"),
        ("<!subteam^S1|@oncall>", "@oncall"),
        ("<!here>", "@here"),
        ("<mailto:ada@example.org|ada@example.org>", "ada@example.org"),
        ("<https://x.example>", "https://x.example"),
        ("<https://x.example|x.example>", "https://x.example"),
        ("a &lt;b&gt; &amp;lt;", "a <b> &lt;"),
        ("1 < 2 > 0", "1 < 2 > 0"),
    ],
)
def test_slack_tokens_are_read_as_words(token: str, words: str) -> None:
    assert readable(token, {"U1": "Ada"}, {"C1": "general"}) == words


def test_a_message_that_has_only_blocks_keeps_its_words() -> None:
    block = {"type": "section", "text": {"type": "mrkdwn", "text": "Pool <@U1>"}}
    message = {"type": "message", "ts": "1710324000.0001", "text": "", "blocks": [block]}
    members = {**files.slack_members(), DAY: [message]}
    assert "Pool @Ada Lovelace" in texts(slack_export.read(a_zip(members), OPTIONS))


def test_a_time_window_leaves_out_the_rest_and_says_how_much() -> None:
    options = replace(OPTIONS, since=at(10, 1), until=at(10, 4))
    reading = slack_export.read(a_zip(files.slack_members()), options)
    assert len(texts(reading)) == 3
    assert "Messages just outside the chosen time were left out (4)." in reading.assumed


def test_an_empty_window_says_when_there_are_messages() -> None:
    options = replace(OPTIONS, since=at(20), until=at(21))
    with pytest.raises(BadFile, match=r"from 13 Mar 2024 10:00 to 14 Mar 2024 10:00 \(UTC"):
        slack_export.read(a_zip(files.slack_members()), options)
    options = replace(options, zone="Asia/Tokyo")
    with pytest.raises(BadFile, match=r"13 Mar 2024 19:00 to 14 Mar 2024 19:00 \(Asia/Tokyo\)"):
        slack_export.read(a_zip(files.slack_members()), options)


def test_a_window_that_ends_before_it_begins_is_pointed_out() -> None:
    options = replace(OPTIONS, since=at(12), until=at(11))
    with pytest.raises(BadFile, match="lies before its beginning"):
        slack_export.read(a_zip(files.slack_members()), options)


def test_a_bot_is_called_by_its_name_wherever_the_export_says_it() -> None:
    def said(n: int, **more: object) -> dict[str, object]:
        return {"type": "message", "ts": f"171032400{n}.0001", "text": "x", **more}

    added = "added an integration: <https://team.slack.example/services/B0000A|github>"
    messages = [
        said(0, bot_id="B0000A", subtype="bot_add", user="U1", text=added),
        said(1, bot_id="B0000A", subtype="bot_message"),
        said(2, bot_id="B0000B", user="U77", bot_profile={"name": "pager"}),
        said(3, bot_id="B0000B", user="U77"),
        said(4, bot_id="B0000C", username="deploys"),
        said(5, bot_id="B0000D"),
    ]
    [incident] = slack_export.read(
        a_zip({**files.slack_members(), DAY: messages}), OPTIONS
    ).incidents
    names = ["Ada Lovelace", "github", "pager", "pager", "deploys", "B0000D", "Ben"]
    assert [e.author for e in incident.events] == names


def test_of_several_channels_one_must_be_chosen() -> None:
    data = a_zip({**files.slack_members(), "general/2024-03-12.json": [{"ts": "1710237600.1"}]})
    assert [(c.name, c.days, c.first) for c in slack_export.channels(data)] == [
        ("general", 1, date(2024, 3, 12)),
        (CHANNEL, 2, date(2024, 3, 13)),
    ]
    with pytest.raises(BadFile, match=r"2 channels.*#general, #incident-2024-03-13-checkout-down"):
        slack_export.read(data, OPTIONS)
    with pytest.raises(BadFile, match="no channel “payments”"):
        slack_export.read(data, replace(OPTIONS, channel="payments"))
    assert len(texts(slack_export.read(data, replace(OPTIONS, channel="#general")))) == 1


def test_only_the_chosen_channel_is_read() -> None:
    data = a_zip({**files.slack_members(), "broken/2024-03-13.json": b"[{"})
    reading = slack_export.read(data, replace(OPTIONS, channel=CHANNEL))
    assert len(texts(reading)) == 7


def test_an_export_packed_into_one_more_folder_is_read() -> None:
    members = {f"export/{name}": value for name, value in files.slack_members().items()}
    assert len(texts(slack_export.read(a_zip(members), OPTIONS))) == 7


@pytest.mark.parametrize("ts", [None, 1710324000.1, "soon", "99999999999.1", "-5", "1e9", []])
def test_a_message_without_a_usable_time_is_shown(ts: object) -> None:
    members = {**files.slack_members(), DAY: [{"ts": ts, "text": "hello", "user": "U1"}, 17]}
    reading = slack_export.read(a_zip(members), OPTIONS)
    assert [u.text for u in reading.unread] == [
        f"{DAY}, item 2: 17",
        f"{DAY}, item 1: hello",
    ]


def refused(data: bytes) -> str:
    with pytest.raises(BadFile) as problem:
        slack_export.read(data, OPTIONS)
    assert not slack_export.recognises(data, "export.zip") or problem.value.message
    return problem.value.message


@pytest.mark.parametrize("name", ["../users.json", "/etc/passwd", "a/../../b", "C:/x", "a\\..\\b"])
def test_a_path_that_leaves_the_archive_is_refused(name: str) -> None:
    assert "leads out of the archive" in refused(a_zip({**files.slack_members(), name: []}))


def test_a_file_that_unpacks_enormously_is_refused() -> None:
    bomb = a_zip({DAY: b"[" + b" " * 30_000_000 + b"]"})
    assert len(bomb) < 40_000
    assert "more than a hundred times its size" in refused(bomb)


def test_a_header_that_lies_about_the_size_is_found_out() -> None:
    bomb = bytearray(a_zip({DAY: b"[" + b" " * 30_000_000 + b"]"}))
    for place in (bomb.index(b"PK\x03\x04") + 22, bomb.index(b"PK\x01\x02") + 24):
        bomb[place : place + 4] = struct.pack("<I", 10)
    assert "broken" in refused(bytes(bomb))


def test_many_files_share_one_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_file, "MAX_UNPACKED", 900)
    assert "for this choice" in refused(a_zip(files.slack_members()))


def test_no_more_than_so_many_files_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_file, "MAX_MEMBERS", 3)
    assert "More than 3 files" in refused(a_zip(files.slack_members()))


def test_two_files_with_one_name_are_refused() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(DAY, b"[]")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(DAY, b"[]")
    assert "two files with the same name" in refused(content.getvalue())


def test_files_that_share_their_bytes_are_refused() -> None:
    data = bytearray(a_zip(files.slack_members()))
    central = [i for i in range(len(data)) if data.startswith(b"PK\x01\x02", i)]
    data[central[3] + 42 : central[3] + 46] = data[central[2] + 42 : central[2] + 46]
    assert "shares its bytes" in refused(bytes(data))


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(a_zip(files.slack_members()))
    for place in range(len(data)):
        if data.startswith(b"PK\x01\x02", place):
            data[place + 8] |= 1
    assert "encrypted" in refused(bytes(data))


def test_a_damaged_or_truncated_archive_is_named_as_such() -> None:
    data = a_zip(files.slack_members())
    assert "cut off or broken" in refused(data[: len(data) // 2])
    place = data.index(DAY.encode()) + len(DAY) + 5
    damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
    assert "is broken" in refused(damaged)


def test_a_day_that_is_not_json_is_named() -> None:
    assert refused(a_zip({**files.slack_members(), DAY: b'[{"ts": '})).startswith(DAY)
    assert DAY in refused(a_zip({**files.slack_members(), DAY: as_json({"ts": "1"})}))


def test_an_archive_of_something_else_is_no_slack_export() -> None:
    assert "does not look like a Slack export" in refused(a_zip({"readme.txt": b"hello"}))
