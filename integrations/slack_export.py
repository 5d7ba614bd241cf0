"""A Slack workspace export: users.json, channels.json, and a folder for each channel with a file
of messages for each day. One channel, or a time window of it, is one incident."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from integrations import json_file
from integrations.json_fields import Fields, Notes, objects, whole
from integrations.slack_text import message_text
from integrations.zip_file import ZipArchive
from models.rules.problems import BadFile, ProblemForUser
from models.rules.record import (
    EventRecord,
    IncidentRecord,
    ParticipantRecord,
    Reading,
    ReadOptions,
)
from models.rules.record_json import shown
from models.rules.text import LINE
from models.rules.timeline.facts import clocks_from
from models.rules.timeline.kinds import kind_of
from models.rules.times import to_utc, zone_named
from models.rules.vocabulary import EventKind, Source

# Repacking an export often puts it into one more folder.
_DAY = re.compile(r"(?:[^/]+/)?([^/]+)/(\d{4}-\d\d-\d\d)\.json", re.ASCII)
_LISTS = re.compile(r"(?:[^/]+/)?(users|channels|groups)\.json")
_STAMP = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?", re.ASCII)
_BOT_ADDED = re.compile(r"/services/(B[A-Z0-9]{4,20})\|([^<>|\n]{1,80})>")
_NAME_NOISE = re.compile(
    r"^(?:inc(?:ident)?s?|outage|sev-?\d)(?=[-_\d])|\d{4}[-_]?\d\d[-_]?\d\d", re.IGNORECASE
)
_NOISE = frozenset(
    f"{place}_{what}"
    for place in ("channel", "group")
    for what in ("join", "leave", "topic", "purpose", "name", "archive", "unarchive")
) | {"bot_add", "bot_remove", "pinned_item", "unpinned_item", "reminder_add", "tombstone"}
_A_DAY_OR_TWO = timedelta(days=2)  # the day of a file is in the zone of the workspace


_Days = dict[str, dict[date, list[str]]]  # the members with messages, by channel and day


@dataclass(frozen=True)
class ChannelInfo:
    """A channel of an export, to choose from. `days` counts the days that have messages."""

    name: str
    days: int
    first: date
    last: date


@dataclass(frozen=True)
class _Names:
    people: dict[str, str]
    bots: frozenset[str]  # ids of users that are bots
    bot_names: dict[str, str]  # by bot_id
    channels: dict[str, str]


def recognises(data: bytes, name: str) -> bool:
    """Whether this is a zip archive with days of Slack messages. Never raises."""
    if not data.startswith(b"PK"):
        return False
    try:
        return bool(_days(ZipArchive(data)))
    except BadFile:
        return False


def channels(data: bytes) -> tuple[ChannelInfo, ...]:
    """The channels of an export by name. No messages are read. Raises BadFile."""
    days = _days(ZipArchive(data))
    return tuple(
        ChannelInfo(name, len(members), min(members), max(members))
        for name, members in sorted(days.items())
    )


def read(data: bytes, options: ReadOptions) -> Reading:
    """The chosen channel, from `options.since` to `options.until` (both included), as one
    incident; every message is an event or is noted. Raises BadFile, also when there are several
    channels and none is chosen."""
    if not data.startswith(b"PK"):
        raise BadFile(
            "This does not look like a Slack export: it is not a zip archive. "
            "Choose the zip file that Slack sent, as it is."
        )
    if options.since and options.until and options.until < options.since:
        raise BadFile(
            "The end of the chosen time lies before its beginning. Exchange the two, or leave one "
            "of them away."
        )
    archive = ZipArchive(data)
    days = _days(archive)
    channel = _chosen(options.channel, days)
    notes = Notes(options, Source.SLACK)
    names = _names(archive, notes)
    messages = list(_messages(archive, channel, days[channel], notes))
    names.bot_names.update(_bots_named(messages))
    events: list[EventRecord] = []
    speakers: dict[str, None] = {}
    for message in messages:
        if event := _event(message, names):
            events.append(event)
            if event.author and not event.is_noise and not _is_bot(message, names):
                speakers[event.author] = None
    if not events and not notes.unread:
        raise _nothing_there(archive, channel, days[channel], options)
    notes.assume(
        "A Slack channel does not say how severe the incident was, so that was left open. Kinds "
        "of events and clocks were concluded from the words, the clocks marked as estimated."
    )
    return notes.reading([_incident(channel, events, speakers)] if events else [])


def _days(archive: ZipArchive) -> _Days:
    days: _Days = {}
    for name in archive.names:
        if found := _DAY.fullmatch(name):
            try:
                day = date.fromisoformat(found[2])
            except ValueError:
                continue  # no day of the calendar: not made by Slack
            days.setdefault(shown(found[1]), {}).setdefault(day, []).append(name)
    return days


def _chosen(channel: str | None, days: _Days) -> str:
    if not days:
        raise BadFile(
            "This does not look like a Slack export: the archive has no folder with a file of "
            "messages for each day. Choose the zip file that Slack sent, as it is."
        )
    known = ", ".join(f"#{shown(name)}" for name in sorted(days)[:30])
    if channel:
        if (name := channel.strip().lstrip("#")) in days:
            return name
        raise BadFile(f"The export has no channel “{shown(channel)}”. It has {known}.")
    if len(days) > 1:
        raise BadFile(
            f"The export has {len(days):,} channels. Choose the one of the incident: {known}."
        )
    return next(iter(days))


def _nothing_there(
    archive: ZipArchive, channel: str, days: dict[date, list[str]], options: ReadOptions
) -> BadFile:
    """Says when there are messages, in the zone in which the chosen time was read."""
    zone_name = options.zone or options.default_zone
    zone, notes = zone_named(zone_name), Notes(options, Source.SLACK)
    times = [
        sent.astimezone(zone)
        for day in {min(days), max(days)}
        for name in days[day]
        for message in _rows(archive, name, notes)
        if (sent := _sent_at(message))
    ]
    said = f"#{shown(channel)} has no messages in the chosen time."
    if times:
        said += (
            f" Its messages run from {min(times):%d %b %Y %H:%M} to {max(times):%d %b %Y %H:%M} "
            f"({zone_name})."
        )
    return BadFile(said)


def _names(archive: ZipArchive, notes: Notes) -> _Names:
    lists: dict[str, list[Fields]] = {"users": [], "channels": [], "groups": []}
    for member in archive.names:
        if found := _LISTS.fullmatch(member):
            lists[found[1]] += _rows(archive, member, notes)
    people: dict[str, str] = {}
    bot_names: dict[str, str] = {}
    for user in lists["users"]:
        name = user.child("profile").line_of("real_name", "display_name")
        if identity := user.line_of("id"):
            people[identity] = name or user.line_of("real_name", "name")
        if bot := user.child("profile").line_of("bot_id"):
            bot_names[bot] = name or user.line_of("real_name", "name")
    bots = frozenset(u.line_of("id") for u in lists["users"] if u.values.get("is_bot") is True)
    rooms = {c.line_of("id"): c.line_of("name") for c in lists["channels"] + lists["groups"]}
    return _Names(people, bots, bot_names, rooms)


def _rows(archive: ZipArchive, member: str, notes: Notes) -> list[Fields]:
    content = archive.read(member)
    place = shown(member)
    try:
        rows = json_file.load(content)
    except BadFile as problem:
        raise BadFile(f"{place} in the archive: {problem.message}", problem.problems) from None
    if not isinstance(rows, list):
        raise BadFile(f"{place} in the archive is not a list. Download the export again.")
    return list(objects(rows, f"{place}, item", notes))


def _messages(
    archive: ZipArchive, channel: str, days: dict[date, list[str]], notes: Notes
) -> Iterable[Fields]:
    """The messages of the chosen time, day by day. Those left out by the choice are counted."""
    since, until = notes.options.since, notes.options.until
    for day in sorted(days):
        if since and day < since.date() - _A_DAY_OR_TWO:
            continue
        if until and day > until.date() + _A_DAY_OR_TWO:
            continue
        for message in (m for name in days[day] for m in _rows(archive, name, notes)):
            sent = _sent_at(message)
            if sent and ((since and sent < since) or (until and sent > until)):
                notes.assume("Messages just outside the chosen time were left out ({count}).")
            else:
                yield message


def _sent_at(message: Fields) -> datetime | None:
    """The time in `ts`, which is also the message's id: seconds since 1970, as text."""
    stamp = message.values.get("ts")
    found = _STAMP.fullmatch(stamp) if isinstance(stamp, str) else None
    if found is None:
        return None
    try:
        second = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(found[1]))
        return to_utc(second, UTC) + timedelta(microseconds=int((found[2] or "").ljust(6, "0")))
    except (OverflowError, ProblemForUser):
        return None


def _event(message: Fields, names: _Names) -> EventRecord | None:
    text = message_text(message, names.people, names.channels)
    at = _sent_at(message)
    if at is None:
        stamp = shown(whole(message.values.get("ts")))
        message.leave(text, f"Its time “ts” cannot be read: {stamp}.")
        return None
    stamp = str(message.values["ts"])
    if message.has("thread_ts") and message.values["thread_ts"] != stamp:
        text = f"In thread: {text}"
    # `event` does the cleaning and the limits; it reads times in words, so it is given one.
    is_noise = message.line_of("subtype") in _NOISE
    return replace(message, values={"at": at.isoformat()}).event(
        ("at",),
        text,
        kind=EventKind.NOTE if is_noise else kind_of(text),
        author=_author(message, names),
        words=message.words("text"),
        is_noise=is_noise,
    )


def _author(message: Fields, names: _Names) -> str:
    user = message.line_of("user") or message.child("file").line_of("user")
    if known := names.people.get(user):
        return known
    named = message.child("user_profile").line_of("real_name", "name") or _bot_named(message)
    bot = message.line_of("bot_id")
    return named or names.bot_names.get(bot) or user or bot


def _bot_named(message: Fields) -> str:
    return message.line_of("username") or message.child("bot_profile").line_of("name")


def _bots_named(messages: Iterable[Fields]) -> dict[str, str]:
    """The names of bots that any message of the channel gives, by bot_id: some messages have
    the id alone."""
    named: dict[str, str] = {}
    for message in messages:
        added = _BOT_ADDED.search(message.words("text"))
        if message.values.get("subtype") == "bot_add" and added:
            named.setdefault(added[1], added[2])
        elif (bot := message.line_of("bot_id")) and (name := _bot_named(message)):
            named.setdefault(bot, name)
    return named


def _is_bot(message: Fields, names: _Names) -> bool:
    user = message.line_of("user")
    if user in names.people:
        return user in names.bots
    return message.has("bot_id") or message.values.get("subtype") == "bot_message"


def _incident(channel: str, events: list[EventRecord], speakers: Iterable[str]) -> IncidentRecord:
    events.sort(key=lambda event: event.at)
    topic = _NAME_NOISE.sub(" ", channel.replace("__", "_"))
    title = " ".join(re.sub(r"[-_\s]+", " ", topic).split()) or f"#{channel}"
    first, last = events[0].at, events[-1].at
    return IncidentRecord(
        title=shown(title, LINE),
        participants=tuple(ParticipantRecord(name) for name in speakers),
        clocks=clocks_from(event for event in events if not event.is_noise),
        events=tuple(events),
        source=Source.SLACK,
        source_key=f"slack:{channel}:{first.timestamp():.6f}-{last.timestamp():.6f}",
    )
