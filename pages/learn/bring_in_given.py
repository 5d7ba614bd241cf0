"""What the person gives to be brought in, and the choices that say how to read it.

Everything is read from the widgets again at each use: the bytes stay in the uploader and nowhere
else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import BadFile
from models.rules.times import parse_moment, zone_named
from models.rules.vocabulary import Source, label
from services import bring_in
from services.bring_in import ChannelInfo
from services.people import list_zones

WAY, FILES, TEXT, TITLE = "bring_in:way", "bring_in:round", "bring_in:text", "bring_in:title"
A_FILE, PASTED = "Files", "Pasted text"
PASTED_SLOT = "text"
SAYS_LITTLE = (Source.TEXT, Source.CSV, Source.MARKDOWN)  # may lack a zone or a date
_EXAMPLE = """2024-03-13, all times UTC
10:01 alert: checkout latency above 4 s
10:07 Mira acknowledges, opens the dashboard
10:31 deployment 2041 rolled back
10:44 latency back to normal"""


@dataclass(frozen=True)
class Given:
    """A file, or the pasted text with the title that was written for it. `slot` tells its widgets
    from those of the others."""

    slot: str
    name: str
    data: bytes
    title: str = ""


def show_input() -> None:
    first = PASTED if st.session_state.get(TEXT) else A_FILE  # text that was left here waits
    st.segmented_control(
        "What do you have?", [A_FILE, PASTED], key=WAY, default=first, required=True
    )
    if st.session_state.get(WAY) != PASTED:
        st.file_uploader(
            "One or more files, at most 25 MB each",
            accept_multiple_files=True,
            key=uploader(),
        )
        return
    st.text_input(
        "Title of the incident",
        key=TITLE,
        max_chars=200,
        placeholder="Taken from the text when you leave this empty",
        persist_state="session",
    )
    st.text_area(
        "The text, one event a line",
        key=TEXT,
        height=240,
        placeholder=_EXAMPLE,
        persist_state="session",
        help="Times may be written in many ways: 14:02, 2:02 PM PST, T+12m, 10:01–10:07, 14:?? …",
    )
    st.button("Read the text", key="bring_in:read")


def round_number() -> int:
    """Counts up when the uploader is to be emptied."""
    return int(st.session_state.get(FILES, 0))


def uploader() -> str:
    return f"bring_in:files:{round_number()}"


def given() -> list[Given]:
    """What there is to read: the files, or the text when it is not empty."""
    if st.session_state.get(WAY) == PASTED:
        text = st.session_state.get(TEXT) or ""
        title = (st.session_state.get(TITLE) or "").strip()
        # A lone surrogate cannot be encoded; the reader takes it out of what it is given.
        data = text.encode("utf-8", "replace")
        return [Given(PASTED_SLOT, "", data, title)] if text.strip() else []
    files = st.session_state.get(uploader()) or []
    return [Given(file.file_id, file.name, file.getvalue()) for file in files]


def upload_of(file: Given, person: Who) -> bring_in.Upload:
    """The file with the choices made for it. Raises ProblemForUser for a time that is none."""

    def moment(name: str) -> datetime | None:
        text = (_chosen(file, name) or "").strip()
        return parse_moment(text, zone_named(person.zone)) if text else None

    options = bring_in.read_options(
        name=file.name,
        zone=_chosen(file, "zone"),
        default_zone=person.zone,
        date=_chosen(file, "date"),
        start=moment("start"),
        channel=_chosen(file, "channel"),
        since=moment("since"),
        until=moment("until"),
    )
    return bring_in.Upload(file.data, options, _chosen(file, "format"), file.title)


def show_choices(file: Given, person: Who) -> bool:
    """How the file is read; returns whether everything that must be chosen has been."""
    found = _recognised(file)
    st.selectbox(
        "Read as",
        bring_in.list_formats(),
        key=_key(file, "format"),
        index=None,
        format_func=label,
        placeholder=f"{label(found)} (recognised)" if found else "Choose the format",
    )
    source = _chosen(file, "format") or found
    if source is None:
        bring_in.recognise(file.data, file.name)  # says why it is not recognised
    if source is Source.SLACK:
        return show_slack(file, person)
    if source in SAYS_LITTLE:
        show_times(file, person)
    return True


def show_slack(file: Given, person: Who) -> bool:
    """The channel and the time of the incident."""
    channels = {c.name: c for c in bring_in.list_channels(file.data)}
    chosen = st.selectbox(
        "Channel of the incident",
        list(channels),
        key=_key(file, "channel"),
        index=0 if len(channels) == 1 else None,
        placeholder="Choose the channel",
        format_func=lambda name: channel_label(channels[name]),
    )
    since, until = st.columns(2)
    for column, name, words_ in ((since, "since", "From"), (until, "until", "To")):
        column.text_input(
            f"{words_} ({person.zone}), empty for all",
            key=_key(file, name),
            placeholder="2024-03-13 10:01",
        )
    if not chosen:
        st.markdown("Choose the channel; a channel, or a time of it, becomes one incident.")
    return bool(chosen)


def channel_label(channel: ChannelInfo) -> str:
    return f"#{channel.name} ({channel.first:%-d %b %Y} to {channel.last:%-d %b %Y})"


def show_times(file: Given, person: Who) -> None:
    """What the text may not say itself. What it says wins."""
    with st.expander("Zone and date, where the text does not say them"):
        zone, day, start = st.columns(3)
        zone.selectbox(
            "Time zone",
            list_zones(),
            key=_key(file, "zone"),
            index=None,
            placeholder=f"{person.zone}, which is yours",
        )
        day.date_input("Date", value=None, key=_key(file, "date"), format="YYYY-MM-DD")
        start.text_input(
            f"T+0 is ({person.zone})",
            key=_key(file, "start"),
            placeholder="2024-03-13 10:01",
            help="Only for texts that count from the start, like T+12m.",
        )


def _recognised(file: Given) -> Source | None:
    try:
        return bring_in.recognise(file.data, file.name)
    except BadFile:
        return None


def _key(file: Given, name: str) -> str:
    return f"bring_in:{file.slot}:{name}"


def _chosen(file: Given, name: str):  # type: ignore[no-untyped-def]
    return st.session_state.get(_key(file, name))
