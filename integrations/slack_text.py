"""What a Slack message says, as a person read it: mentions, links, attachments and files."""

from __future__ import annotations

import re
from collections.abc import Mapping

from integrations.json_fields import Fields, joined

_TOKEN = re.compile(r"<([@#!]?)([^<>|\s][^<>|\n]{0,3000})(?:\|([^<>\n]*))?>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def message_text(message: Fields, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """The text of a message with its attachments and the names of its files. `people` and
    `channels` are names by id."""
    parts = [message.words("text") or _block_text(message)]
    parts += [_attachment(a, message) for a in message.children("attachments", "attachment")]
    files = message.children("files", "file")
    if message.has("file"):
        files.append(message.child("file"))
    names = (file.line_of("name", "title") for file in files)
    parts += [f"File: {name}" for name in names if name]
    edited = " (edited)" if message.has("edited") else ""
    return (readable(joined(*parts), people, channels) or "Message without words") + edited


def readable(text: str, people: Mapping[str, str], channels: Mapping[str, str]) -> str:
    """Slack's tokens as words: `<@U1>` → `@Ada`, `<https://x.example|graph>` →
    `graph (https://x.example)`, `&lt;` → `<`."""

    def in_words(token: re.Match[str]) -> str:
        sign, body, label = token.group(1), token.group(2), token.group(3)
        if sign == "@":
            return f"@{people.get(body) or label or body}"
        if sign == "#":
            return f"#{label or channels.get(body) or body}"
        if sign == "!":
            return label or f"@{body.split('^')[0]}"
        address = body.removeprefix("mailto:")
        if not label or label in (
            address,
            address.removeprefix("https://"),
            address.removeprefix("http://"),
        ):
            return address
        return f"{label} ({address})"

    text = _TOKEN.sub(in_words, text)
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def _attachment(attachment: Fields, message: Fields) -> str:
    """The parts that Slack shows; the fallback only where there is nothing else. A link that is
    previewed stands in the message already."""
    said = [attachment.words(key) for key in ("pretext", "author_name", "title", "text")]
    for item in attachment.children("fields", "field"):
        said.append(": ".join(filter(None, (item.words("title"), item.words("value")))))
    said = [part for part in said if part] or [attachment.words("fallback")]
    link = attachment.line_of("title_link", limit=10_000)
    if link and link not in message.words("text"):
        said.append(link)
    return "\n".join(filter(None, said))


def _block_text(message: Fields) -> str:
    """The words of a message that has only blocks, as newer apps send it."""
    words: list[str] = []
    waiting: list[object] = [message.values.get("blocks")]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            words += [str(value[key]) for key in ("url", "name") if isinstance(value.get(key), str)]
            if isinstance(user := value.get("user_id"), str):
                words.append(f"<@{user}>")
            for key in ("elements", "fields", "text"):
                if isinstance(inside := value.get(key), str):
                    words.append(inside)
                else:
                    waiting.append(inside)
    return " ".join(words)
