"""What of a text is read for its wording: prose, sentence by sentence.

Code, links, log lines and what customers were quoted to say are evidence, not our wording; they
are hidden. Everything keeps its length, so a place in the prepared text is a place in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from models.rules.wording_people import HIDDEN, PEOPLE

LONGEST = 600  # characters of a sentence that are read together; longer ones are cut
_STRAIGHT = str.maketrans(
    dict.fromkeys("’‘‛ʼ´", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("\u00a0\u202f\u2007\u2009\t\r\v\f", " ")
    | dict.fromkeys("‑‐", "-")
    | {"İ": "I"}  # the one letter that is two in lower case
    | dict.fromkeys(PEOPLE + HIDDEN, "\ue000")
)
_FENCE = re.compile(r" {0,3}(?:> ?){0,3}(?:[-*+] {1,3})?(```|~~~)")
_LEVEL = r"(?:ERROR|WARN|WARNING|INFO|DEBUG|FATAL|CRITICAL|CRIT|TRACE|NOTICE|SEVERE|ERR|PANIC)"
_STAMP = r"\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d[\d.,:Z+-]{0,20}"
_LOG_LINES = (
    re.compile(rf"\W{{0,4}}(?:{_STAMP}\W{{1,4}})?{_LEVEL}(?:[:\]|]|  | -| \[)"),
    re.compile(rf"\W{{0,4}}{_STAMP}\W{{1,4}}(?:[\w.\[\]/-]{{1,60}} ){{0,3}}\W?{_LEVEL}\b"),
    re.compile(rf"\W{{0,4}}(?:[\d:.,]{{5,20}}\W{{1,4}}){_LEVEL}(?:[:\]|]|  | -| \[)"),
    re.compile(r" {0,8}(?:\{\"[\w.@-]{1,40}\": ?[\"\d{\[]|kernel: )"),
    re.compile(r"\W{0,4}(?:\w{1,30}: |\S{1,40} )?(?:level|lvl|severity)=\S"),
    re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:\d\d:\d\d "
               r"\S{1,60} \S{1,60}:"),
    re.compile(r" {0,8}(?:at [\w.$<>]{3,120}\(|Traceback \(|File \"|Caused by: [\w.]{1,80}:|"
               r"[\w.]{0,80}(?:Exception|Error): |panic: |fatal: |\$ (?=[a-z]))"),
)  # fmt: skip
_NOT_PROSE = re.compile(
    r"(`{1,3})(?:(?!\1)[^\n]|\n(?!\n)){1,400}?\1"
    r"|<(?:code|pre)>[^<]{0,2000}</(?:code|pre)>"
    r"|\b(?:https?|ftp|ssh|slack)://[^\s<>)\]|]{1,2000}|\bwww\.[^\s<>)\]|]{1,500}"
    r"|(?<=\]\()[^()\[\]\s]{1,500}(?=\))|[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{1,60}"
)
_QUOTE = re.compile(r'"(?:[^"\n]|\n(?!\n)){1,500}"')
_OTHERS = (
    r"(?:customers?|clients?|users?|callers?|subscribers?|merchants?|shoppers?|patients?|readers?"
    r"|press|journalists?|newspapers?|partners?|tweets?|tickets?|reviews?)"
)
_SAID = (
    r"(?:said|says|wrote|writes|written|asked|told|complained|complaining|tweeted|posted|replied"
    r"|reported|reads?|commented|quoted|called it)"
)
_WORDS_ABOUT = (
    r"(?:words?|phrases?|terms?|wording|labels?|labelled|labeled|such as|messages?|output|alerts?"
    r"|logs?|banner|error|string|field|button)"
)
_OTHERS_ANYWHERE = re.compile(rf"\b(?:{_OTHERS}|{_WORDS_ABOUT})\b", re.IGNORECASE)
_BEFORE_QUOTE, _AFTER_QUOTE = 80, 80  # characters in which to look for whose words they are
_OTHERS_BEFORE = re.compile(
    rf"\b(?:{_OTHERS}\b[^.!?]{{0,40}}\b{_SAID}\b[^.!?]{{0,20}}|{_OTHERS}|{_SAID} by {_OTHERS}"
    rf"|{_WORDS_ABOUT}(?: \w{{1,12}}){{0,2}}"
    rf"(?: \"[^\"]{{1,40}}\"(?:,| and| or)){{0,4}})\W{{0,4}}$",
    re.IGNORECASE,
)
_OTHERS_AFTER = re.compile(
    rf"\W{{0,4}}(?:{_SAID}\b[^.!?]{{0,30}}\b{_OTHERS}\b"
    rf"|(?:an?|the|one|another|several|many|our|some) (?:\w{{1,20}} ){{0,2}}{_OTHERS} {_SAID}\b)",
    re.IGNORECASE,
)
_STARTS_BLOCK = re.compile(
    r"[ >]{0,20}(?:#{1,6} |[-*+•–] |\d{1,3}[.)] |\||\[[ x]\]|\[?\d{1,4}[-:/]\d\d)"
)
_MARKUP = re.compile(
    r"(?<!\w)[*_~]{1,3}|[*_~]{1,3}(?!\w)|\*\*|^[ >]{0,20}(?:#{1,6} |> )", re.MULTILINE
)
_ENDS = re.compile(r"[.!?;][\"')\]]{0,3}\s{1,9}(?=[^\sa-z])|[.!?][\"')\]]{1,3}$|\|")
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|St|vs|e\.g|i\.e|approx|incl|cf|fig|resp|ca|[A-Z])\.\s{1,9}$",
    re.IGNORECASE,
)
_CAUSE_HEADING = re.compile(
    r"\W{0,9}(?:root |main |primary |underlying |probable )?causes?\W{0,9}", re.IGNORECASE
)


@dataclass(frozen=True)
class Prose:
    """`flat` is the text with everything hidden that is not prose, of the same length;
    `spans` are the sentences in it as (start, end), in order and without overlap."""

    flat: str
    spans: tuple[tuple[int, int], ...]


def prose_of(text: str) -> Prose:
    """The sentences of a text, Markdown or plain. Linear in its length."""
    straight = _hide_lines(text.translate(_STRAIGHT))
    straight = _NOT_PROSE.sub(_hidden, straight)
    straight = _hide_quotes_of_others(straight)
    straight = _MARKUP.sub(lambda m: " " * len(m[0]), straight)
    blocks = _blocks(straight)
    flat = straight.replace("\n", " ").replace("|", " ")
    spans: list[tuple[int, int]] = []
    heading: int | None = None  # where a heading "Root cause" starts, to be read with its answer
    for start, end in (s for block in blocks for s in _sentences(straight, *block)):
        if _CAUSE_HEADING.fullmatch(flat, start, end):
            heading = start
            continue
        whole = (heading, end) if heading is not None and end - heading < LONGEST else (start, end)
        spans.extend(_cut(flat, *whole))
        heading = None
    return Prose(flat, tuple(spans))


def _hidden(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", HIDDEN, match[0])


def _hide_lines(text: str) -> str:
    """Fenced code and log lines become HIDDEN; other lines stay as they are."""
    lines = text.split("\n")
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence or mark or any(pattern.match(line) for pattern in _LOG_LINES):
            lines[index] = HIDDEN * len(line)
        if mark and not fence:
            # ```code``` on one line is a span, not the start of a block
            fence = "" if line.count(mark[1]) > 1 else mark[1]
        elif mark and mark[1] == fence:
            fence = ""
    return "\n".join(lines)


def _hide_quotes_of_others(text: str) -> str:
    """Words that a customer or a machine said, or that are spoken about, are not ours."""
    others = [match.start() for match in _OTHERS_ANYWHERE.finditer(text)]

    def hidden(match: re.Match[str]) -> str:
        start, end = match.span()
        first = bisect_left(others, start - _BEFORE_QUOTE)
        if first == len(others) or others[first] > end + _AFTER_QUOTE:
            return match[0]  # the quick way out: nobody but us is near
        before = text[max(0, start - _BEFORE_QUOTE) : start].rpartition("\n\n")[2]
        after = text[end : end + _AFTER_QUOTE].partition("\n\n")[0]
        is_theirs = _OTHERS_BEFORE.search(before) or _OTHERS_AFTER.match(after)
        return _hidden(match) if is_theirs else match[0]

    return _QUOTE.sub(hidden, text)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs, list items, headings and table rows, as (start, end)."""
    blocks: list[tuple[int, int]] = []
    start, position = 0, 0
    ended = True  # whether the next line cannot continue the block
    for line in text.split("\n"):
        blank = not line.strip(" >")
        if (ended or blank or _STARTS_BLOCK.match(line)) and position > start:
            blocks.append((start, position - 1))
            start = position
        ended = blank or line.lstrip(" >").startswith(("#", "|", HIDDEN * 3))
        position += len(line) + 1
    blocks.append((start, len(text)))
    return [(s, e) for s, e in blocks if text[s:e].strip()]


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a block; a cell of a table is at least one."""
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _ENDS.finditer(text, start, end):
        if _ABBREVIATION.search(text, max(begin, match.end() - 16), match.end()):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, end))
    return [(s, e) for s, e in spans if text[s:e].strip(" |\n")]


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    while end - start > LONGEST:
        space = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        middle = space if space > 0 else start + LONGEST
        pieces.append((start, middle))
        start = middle
    return [*pieces, (start, end)]
