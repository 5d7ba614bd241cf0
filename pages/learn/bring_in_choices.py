"""The choices that say how a file is read: as what, which part of it, and what it does not say."""

from __future__ import annotations

import streamlit as st

from models.rules.policy import Who
from models.rules.problems import BadFile
from models.rules.vocabulary import Source, label
from pages.learn.bring_in_given import Given, chosen, key
from services import bring_in
from services.bring_in import ChannelInfo
from services.people import list_zones

SAYS_LITTLE = (Source.TEXT, Source.CSV, Source.MARKDOWN)  # may lack a zone or a date


def show_choices(file: Given, person: Who) -> bool:
    """How the file is read; returns whether everything that must be chosen has been."""
    found = _recognised(file)
    st.selectbox(
        "Read as",
        bring_in.list_formats(),
        key=key(file, "format"),
        index=None,
        format_func=label,
        placeholder=f"{label(found)} (recognised)" if found else "Choose the format",
    )
    source = chosen(file, "format") or found
    if source is None:
        bring_in.recognise(file.data, file.name)  # says why it is not recognised
    if source is Source.SLACK:
        return show_slack(file, person)
    if source is Source.MARKDOWN:
        show_finished(file.slot, "It is finished: put it into the archive")
    if source in SAYS_LITTLE:
        show_times(file, person)
    return True


def show_slack(file: Given, person: Who) -> bool:
    """The channel and the time of the incident."""
    channels = {c.name: c for c in bring_in.list_channels(file.data)}
    channel = st.selectbox(
        "Channel of the incident",
        list(channels),
        key=key(file, "channel"),
        index=0 if len(channels) == 1 else None,
        placeholder="Choose the channel",
        format_func=lambda name: channel_label(channels[name]),
    )
    since, until = st.columns(2)
    for column, name, words_ in ((since, "since", "From"), (until, "until", "To")):
        column.text_input(
            f"{words_} ({person.zone}), empty for all",
            key=key(file, name),
            placeholder="2024-03-13 10:01",
        )
    if not channel:
        st.markdown("Choose the channel; a channel, or a time of it, becomes one incident.")
    return bool(channel)


def channel_label(channel: ChannelInfo) -> str:
    return f"#{channel.name} ({channel.first:%-d %b %Y} to {channel.last:%-d %b %Y})"


def show_finished(slot: str, label_: str) -> None:
    """Old documents would wait as drafts, where the archive does not find them."""
    st.checkbox(
        label_,
        key=f"bring_in:{slot}:finished",
        help="Each is published on the last day that it tells of. One that says it is a draft, or "
        "that has no date, comes in as a draft.",
    )


def show_times(file: Given, person: Who) -> None:
    """What the text may not say itself. What it says wins."""
    with st.expander("Zone and date, where the text does not say them"):
        zone, day, start = st.columns(3)
        zone.selectbox(
            "Time zone",
            list_zones(),
            key=key(file, "zone"),
            index=None,
            placeholder=f"{person.zone}, which is yours",
        )
        day.date_input("Date", value=None, key=key(file, "date"), format="YYYY-MM-DD")
        start.text_input(
            f"T+0 is ({person.zone})",
            key=key(file, "start"),
            placeholder="2024-03-13 10:01",
            help="Only for texts that count from the start, like T+12m.",
        )


def _recognised(file: Given) -> Source | None:
    try:
        return bring_in.recognise(file.data, file.name)
    except BadFile:
        return None
