"""Texts copied out of chats and mail programs: who speaks, and what the program draws around."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from models.rules.timeline.authors import is_name, is_speaker
from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp


class Speaker(NamedTuple):
    """Who speaks, and when. No name where only an emoji or APP stands before the time: the name
    is on the line above."""

    name: str
    stamp: Stamp


_FURNITURE = re.compile(
    r"[0-9]+ (?:repl(?:y|ies)|reactions?|files?)\b.{0,40}|view (?:thread|newer replies)"
    r"|last reply .{0,40}"
    r"|new(?: messages?)?|\(?edited\)?|also sent to the channel|replied to a thread:?.{0,80}"
    r"|(?::[\w+-]+:(?:\s?[0-9]{1,3})?\s?)+|(?:was )?(?:added|joined|left) (?:to )?(?:#"
    r"|the channel).{0,80}"
    r"|pinned (?:by|a message).{0,60}|saved for later.{0,40}|reply|add reaction|react"
    r"|likes? [0-9]{1,3}|[0-9]{1,3} likes?|"
    r"<media omitted>|unread messages?|messages and calls are end-to-end encrypted.{0,200}|:",
    re.IGNORECASE,
)
# Most lines begin with none of these letters.
_FURNITURE_STARTS = frozenset("0123456789vlneasr:wjpu<m(VLNEASRWJPUM")
_NOISE = re.compile(
    r"(?:[-!*→>\s]{0,6}(?:@?[\w.-]{1,30}\s){1,3}?)?(?:has\s|was\s)?"
    r"(?:joined|left|(?:added|removed|invited)(?:\s@?[\w.-]{1,30}){0,3}\s(?:to|from)|quit)"
    r"(?:\s(?:the\s)?(?:#[\w.-]{1,80}|(?:channel|conversation|meeting|room|call)\b.{0,80}"
    r"|[(\[].{0,80}))\.?(?:\sby\s.{1,60})?",
    re.IGNORECASE,
)
_REACTION = re.compile(r"(?::[\w+-]+:\s?)+")
_DECORATED_NAME = re.compile(
    r"(?:\s*:[a-z0-9_+'-]+:)+|\s+(?:APP|BOT|Bot)(?=\s*[\[–—-]?\s*$)"
    r"|\s+(?:added a comment|commented|wrote|posted|replied|said)\s*(?=[–—-]?\s*$)|\s*[\[,–—-]\s*$"
    r"|(?<=\w)\s@[\w.-]{1,40}(?=\s*$)"
)
_EDITED = re.compile(r",?\s{1,4}\(?[Ee]dited\)?$")
_BEFORE_TIME_BELOW = re.compile(r"(?::[a-z0-9_+'-]+:\s*)+|(?P<sure>APP\s+|[–—]\s+)")
_GAP = re.compile(r"\s+(?:[–—-]\s+)?\[?|\s*\[")
_TIME_AT_END = re.compile(r"[0-9](?:[:.h][0-9]{2}|\s?[aApP]\.?[mM])")
_SENDER = re.compile(
    r"(?:from|von|author):\s+\"?(?P<name>[^<\"]{1,80}?)\"?\s*(?:<[^>]*>)?", re.IGNORECASE
)
_SENT = re.compile(r"(?:date|sent|datum|gesendet):\s+", re.IGNORECASE)
_MAIL_FIELD = re.compile(r"(?:to|cc|bcc|an|reply-to):\s", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:subject|betreff):\s+(?P<subject>.+)", re.IGNORECASE)
MAIL_HEAD = 6  # lines


def is_furniture(text: str, *, after_reaction: bool) -> bool:
    """Whether a chat program drew this line around its messages."""
    if len(text) > 240 or text[0] not in _FURNITURE_STARTS:
        return False
    is_count = after_reaction and text.isdecimal() and len(text) <= 3
    return is_count or _FURNITURE.fullmatch(text) is not None


def is_noise(text: str) -> bool:
    """Whether a message only says that somebody came or went."""
    return len(text) <= 160 and _NOISE.fullmatch(text) is not None


def is_reaction(text: str) -> bool:
    return text[:1] == ":" and _REACTION.fullmatch(text) is not None


def speaker_before_time(text: str) -> Speaker | None:
    """A chat's line with who spoke and when: “Ada Lovelace  10:01 AM”."""
    text = _EDITED.sub("", text)
    if len(text) > 120 or not _TIME_AT_END.search(text[-28:]):
        return None
    for gap in list(_GAP.finditer(text))[:8]:
        stamp = read_stamp(text[gap.end() :]) if gap.start() else None
        if not stamp or not stamp.clock or not is_whole_line(text[gap.end() :], stamp):
            continue
        head = text[: gap.start()]
        name = _DECORATED_NAME.sub("", _DECORATED_NAME.sub("", head)).strip().lstrip("@")
        if name in ("", "APP"):
            return Speaker("", stamp._replace(end=len(text)))
        is_sure = len(gap.group()) > 1 or name != head
        is_plain = is_sure or bool(stamp.clock.half)
        if is_speaker(name, is_sure) and (is_plain or (is_name(name) and " " in name)):
            return Speaker(name, stamp)
        return None
    return None


def speaker_behind_time(text: str, stamp: Stamp, is_chat: bool) -> str:
    """The name in “[10:01 AM] Ada Lovelace” when nothing else stands there, else "". One word
    is a name where others have spoken so (`is_chat`)."""
    name = text[stamp.end :].strip()
    parts = name.split(", ")
    is_last_first = len(parts) == 2 and all(map(is_name, parts))
    return name if is_last_first or ((is_chat or " " in name) and is_name(name)) else ""


def name_above_time(text: str, above: str, below: str, beyond: str, is_chat: bool) -> str:
    """The name that stands alone, and on the next line a time alone, perhaps behind an emoji;
    "" when this is something else. `above` and `beyond` are the lines around the two. Where
    others have spoken so (`is_chat`), a handle above 2:05 PM is a name too."""
    if not _TIME_AT_END.search(below[-28:]):
        return ""
    name = _DECORATED_NAME.sub("", text).strip()
    before = _BEFORE_TIME_BELOW.match(below)
    time = below[before.end() :] if before else below
    stamp = read_stamp(time)
    if not stamp or not stamp.clock or not is_whole_line(time, stamp) or len(name) > 60:
        return ""
    if not beyond or read_stamp(beyond):
        return ""
    words_of_time = read_stamp(above)
    if words_of_time and words_of_time.clock and is_whole_line(above, words_of_time):
        return ""  # these are the words of the time above
    is_sure = not above or bool(before and before["sure"]) or bool(is_chat and stamp.clock.half)
    return name if is_speaker(name) and (is_name(name) or is_sure) else ""


def sender_of(text: str, below: Sequence[str]) -> str:
    """Who sent the mail whose head begins here, "" when none does."""
    found = _SENDER.fullmatch(text)
    return found["name"].strip() if found and any(map(_SENT.match, below)) else ""


def sent_at(text: str) -> Stamp | None:
    """When the mail was sent, from that line of its head."""
    head = _SENT.match(text)
    stamp = read_stamp(text[head.end() :]) if head else None
    return stamp._replace(end=len(text)) if stamp and stamp.clock else None


def subject_in(text: str) -> str:
    found = _SUBJECT.fullmatch(text)
    return found["subject"] if found else ""


def is_mail_field(text: str) -> bool:
    return _MAIL_FIELD.match(text) is not None
