"""A Markdown document as sections, and a section as lists, paragraphs and tables. Knows no
post-mortem; reads what people write rather than what the standard says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.rules.timeline.rows import is_separator, split_row

Numbered = tuple[int, str]
BOLD = 7  # the level of a bold line that is a heading, below all others
MAX_DEPTH = 20  # lists nested deeper are kept at this depth


@dataclass
class Section:
    """A heading and the lines below it. `level` 0 is what stands before the first heading."""

    heading: str
    level: int
    line: int
    lines: list[Numbered] = field(default_factory=list)


@dataclass
class Item:
    """A bullet or a paragraph, with the items nested below it. `is_done` is
    True or False for a checkbox."""

    line: int
    lines: list[str]
    indent: int = 0
    is_numbered: bool = False
    is_done: bool | None = None
    heading: str = ""  # the sub-heading it stands under
    children: list[Item] = field(default_factory=list)

    @property
    def text(self) -> str:
        return unescaped("\n".join(self.lines))

    def with_children(self) -> str:
        """The text with all that is nested below it, as nested bullets."""
        lines, stack = [self.text], [(0, child) for child in reversed(self.children)]
        while stack:
            depth, item = stack.pop()
            lines.append(f"{'  ' * depth}- {item.text}")
            stack += [(depth + 1, child) for child in reversed(item.children)]
        return "\n".join(lines)


@dataclass
class Table:
    line: int
    head: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    heading: str = ""


_LINE_END = re.compile("\r\n|\r|\n")
_HASH = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_JIRA = re.compile(r"h([1-6])\.\s+(.*)")
_BOLD = re.compile(r"(?:\*\*|__)\s*([^*_]{2,80}?)\s*:?\s*(?:\*\*|__)\s*:?")
_BOLD_LABEL = re.compile(
    r"\s{0,3}(?:[-*+]\s+)?(?:\*\*|__)([^*_:]{2,60}:?)(?:\*\*"
    r"|__)\s*:?\s+(.*\S.*)"
)
_NUMBER = re.compile(r"^(?:[0-9]{1,2}[.)]\s+)")
_BULLET = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|(?P<number>[0-9]{1,3}[.)]))[ \t]+(?P<text>.*)")
_CHECKBOX = re.compile(r"\[(?P<mark>[ xX])\]\s+")
_DEFINITION = re.compile(r" {0,3}\[[^\]]{1,200}\]:\s+\S+\s*$")
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>|#~&+=.)-])")
_FENCE = re.compile(r"[ \t]{0,12}(?:```|~~~)")


def physical_lines(text: str) -> list[Numbered]:
    return list(enumerate(_LINE_END.split(text), 1))


def without_comments(lines: Sequence[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """The lines without what stands in <!-- -->, and the first line of each comment that says
    something."""
    kept: list[Numbered] = []
    comments: list[Numbered] = []
    is_inside = False
    for number, raw in lines:
        if is_inside:
            before, end, raw = raw.partition("-->")
            comments += [(number, before.strip())] if before.strip() else []
            is_inside = not end
        while not is_inside and "<!--" in raw:
            before, _, after = raw.partition("<!--")
            inner, end, rest = after.partition("-->")
            comments += [(number, inner.strip())] if inner.strip() else []
            is_inside = not end
            raw = before + rest
            if is_inside:
                break
        kept.append((number, raw))
    return kept, comments


def without_links(lines: Sequence[Numbered]) -> tuple[list[Numbered], list[Numbered]]:
    """The lines without definitions such as “[report]: https://…”, and those definitions."""
    links = [line for line in lines if _DEFINITION.match(line[1])]
    return [line for line in lines if not _DEFINITION.match(line[1])], links


def sections_of(
    lines: Sequence[Numbered],
    is_known: Callable[[str], bool],
    begins_section: Callable[[str], bool],
) -> list[Section]:
    """The document cut at its headings, and at bold labels for which `begins_section`. A bold
    line or a line that ends with a colon is a heading only when `is_known` says so; a heading
    below a known one that is not known itself stays in its section as a line."""
    sections = [Section("", 0, lines[0][0] if lines else 1)]
    is_code, skip, is_first = False, False, True
    for index, (number, raw) in enumerate(lines):
        if skip:
            skip = False
            continue
        if _FENCE.match(raw):
            is_code = not is_code
        below = lines[index + 1][1].strip() if index + 1 < len(lines) else ""
        found = None if is_code else _heading(raw, below, is_known)
        current = sections[-1]
        if is_first and not found and raw.strip():
            first = _BOLD.fullmatch(raw.strip())  # a bold first line is the title
            found = (1, _plain(first[1])) if first else None
        is_first = is_first and not raw.strip()
        if not found:
            current.lines.append((number, raw))
            continue
        level, words = found
        skip = level in (1, 2) and _is_underline(below) and not raw.lstrip().startswith("#")
        is_below_known = bool(current.level) and level > current.level and is_known(current.heading)
        if is_below_known and not is_known(words):
            current.lines.append((number, f"{'#' * min(level, 6)} {words}"))
        else:
            sections.append(Section(words, level, number))
    return [part for section in sections for part in _cut(section, is_known, begins_section)]


def _cut(
    section: Section, is_known: Callable[[str], bool], begins_section: Callable[[str], bool]
) -> list[Section]:
    """“**Impact:** checkout was down” begins a section of its own, unless it stands under a
    heading that is known; the next bold label ends it."""
    current = Section(section.heading, section.level, section.line)
    cut = [current]
    for number, raw in section.lines:
        found = None if is_known(section.heading) else _BOLD_LABEL.fullmatch(raw)
        if found and begins_section(found[1].strip(": ")):
            current = Section(found[1].strip(": "), BOLD, number)
            cut.append(current)
            raw = found[2]
        elif found and current.level == BOLD != section.level:
            current = Section(section.heading, section.level, number)
            cut.append(current)
        current.lines.append((number, raw))
    return cut


def unescaped(text: str) -> str:
    """The text without the backslashes that keep its characters from being marks."""
    return _ESCAPE.sub(r"\1", text)


def blocks_of(lines: Iterable[Numbered]) -> Iterator[Item | Table]:
    """The lists, paragraphs and tables of a section, in order."""
    blocks = _Blocks()
    for number, raw in lines:
        yield from blocks.take(number, raw)
    yield from blocks.close()


class _Blocks:
    """Takes line after line and gives back each block when it ends."""

    def __init__(self) -> None:
        self._heading = ""
        self._paragraph: list[Numbered] = []
        self._stack: list[Item] = []  # the open list: its first item, and the path below it
        self._table: Table | None = None
        self._is_code = False
        self._is_after_blank = False

    def take(self, number: int, raw: str) -> Iterator[Item | Table]:
        is_fence = _FENCE.match(raw) is not None
        is_text = self._is_code or is_fence
        self._is_code ^= is_fence
        bullet = None if is_text else _BULLET.fullmatch(raw)
        found = None if is_text else _HASH.fullmatch(raw)
        is_row = not is_text and raw.lstrip().startswith("|")
        is_blank = not raw.strip() and not is_text
        is_new = self._is_after_blank and raw[:1] not in (" ", "\t")
        self._is_after_blank = is_blank
        if found or is_row or bullet or (is_blank and not self._stack) or (self._stack and is_new):
            goes_on = (is_row and self._table) or (bullet and self._stack)
            if not goes_on:
                yield from self.close()
        if found:
            self._heading = _plain(found[2])
        elif is_row:
            self._table = _row(self._table, number, raw, self._heading)
        elif bullet:
            item = _item(bullet, number, self._heading)
            if self._stack and item.indent <= self._stack[0].indent:
                yield from self.close()
            _nest(self._stack, item)
        elif self._stack and not is_blank:
            self._stack[-1].lines.append(raw.strip())
        elif not is_blank:
            yield from self.close() if self._table else ()
            self._paragraph.append((number, raw))

    def close(self) -> Iterator[Item | Table]:
        if self._table:
            yield self._table
        if self._paragraph:
            yield _paragraph(self._paragraph, self._heading)
        if self._stack:
            yield self._stack[0]
        self._table, self._paragraph, self._stack = None, [], []


def _nest(stack: list[Item], item: Item) -> None:
    while stack and (item.indent <= stack[-1].indent or len(stack) >= MAX_DEPTH):
        stack.pop()
    if stack:
        stack[-1].children.append(item)
    stack.append(item)


def _item(bullet: re.Match[str], number: int, heading: str) -> Item:
    indent = len(bullet["indent"].expandtabs(4))
    text = bullet["text"].strip()
    box = _CHECKBOX.match(text)
    is_done = box["mark"] in "xX" if box else None
    text = text[box.end() :] if box else text
    is_numbered = bool(bullet["number"])
    return Item(number, [text], indent, is_numbered, is_done, heading)


def _paragraph(lines: list[Numbered], heading: str) -> Item:
    text = "\n".join(raw.rstrip() for _, raw in lines).strip()
    return Item(lines[0][0], [text], heading=heading)


def _row(table: Table | None, number: int, raw: str, heading: str) -> Table:
    table = table or Table(number, [], heading=heading)
    if not is_separator(raw):
        table.rows.append((number, split_row(raw)))
    elif not table.head and len(table.rows) == 1:
        table.head = table.rows.pop()[1]
    return table


def _heading(raw: str, below: str, is_known: Callable[[str], bool]) -> tuple[int, str] | None:
    """The level and words of a heading."""
    text = raw.strip()
    if found := _HASH.fullmatch(raw) or _JIRA.fullmatch(text):
        level = len(found[1]) if found[1].startswith("#") else int(found[1])
        return level, _plain(found[2])
    if not text or len(text) > 120:
        return None
    if _is_underline(below) and not text.startswith(("|", "-", "*", ">")):
        return (1 if below.startswith("=") else 2), _plain(text)
    bold = _BOLD.fullmatch(text)
    if bold and is_known(_plain(bold[1])):
        return BOLD, _plain(bold[1])
    if text.endswith(":") and text[0].isupper() and is_known(_plain(text)):
        return BOLD, _plain(text)
    return None


def _is_underline(below: str) -> bool:
    return bool(re.fullmatch(r"={3,}|-{3,}", below))


def _plain(words: str) -> str:
    """A heading without its number and marks."""
    return _NUMBER.sub("", unescaped(words).strip().rstrip("#").strip("*_` ")).rstrip(": ")
