"""One row of a table, from Markdown, a spreadsheet or a CSV file, as a time with words."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from models.rules.timeline.authors import is_name
from models.rules.timeline.columns import Column, columns_of
from models.rules.timeline.kinds import kind_named
from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp
from models.rules.vocabulary import EventKind


@dataclass(frozen=True)
class Row:
    """`why` says why there is no time in it. `is_day` marks a row with a date and nothing else:
    it holds for the rows below."""

    stamp: Stamp | None = None
    words: str = ""
    author: str = ""
    kind: EventKind | None = None
    link: str = ""
    why: str = ""
    is_day: bool = False
    is_empty: bool = False


_CELL = re.compile(r"(?<!\\)\|")
_ESCAPE = re.compile(r"\\([\\`*_\[\]<>|#~&+=.)-])")
_SEPARATOR = re.compile(r"\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?")
_LINE_BREAK = re.compile(r"\s{0,8}<br\s{0,3}/?>\s{0,8}", re.IGNORECASE)
_NO_TIME = "This row has no time."


def split_row(text: str, mark: str = "|") -> list[str]:
    """The cells of a row of a Markdown table, of ||a wiki's head||, or of one divided by tabs."""
    if mark != "|":
        return [cell.strip() for cell in text.split(mark)]
    inner = text.strip().replace("||", "|") if text.startswith("||") else text.strip()
    inner = inner[1:] if inner.startswith("|") else inner
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    if not any(map(inner.__contains__, "\\<&")):
        return [cell.strip() for cell in inner.split("|")]
    return [
        html.unescape(_LINE_BREAK.sub("\n", _ESCAPE.sub(r"\1", cell))).strip()
        for cell in _CELL.split(inner)
    ]


def is_separator(text: str) -> bool:
    """Whether `text` is the line under the head of a Markdown table."""
    text = text.strip()
    return "|" in text and "--" in text and _SEPARATOR.fullmatch(text[:2000]) is not None


def columns_if_head(cells: list[str]) -> list[Column] | None:
    """The columns when `cells` are the head of a timeline table."""
    if len(cells) < 2 or any(read_stamp(cell) for cell in cells if cell):
        return None
    return columns_of(cells)


def read_row(cells: list[str], columns: list[Column] | None, names: list[str] | None = None) -> Row:
    """The time, the words and the author of a row. `names` are the words of the head, for cells
    whose meaning is not known: they are kept behind the text with their name."""
    if not any(cell.strip(" -–—") for cell in cells):
        return Row(is_empty=True)
    if not columns:
        return _by_place(cells)
    by = dict(zip(columns, cells, strict=False))
    time = " ".join(filter(None, (by.get(Column.DATE, ""), by.get(Column.TIME, ""))))
    stamp, beside = _time_of(time, by.get(Column.ZONE, ""), by.get(Column.UNTIL, ""))
    words = [by.get(Column.EVENT, "")]
    if beside:
        words.insert(0, beside) if not stamp or beside != time else None
    words += [
        f"{(names or [])[n]}: {cell}" if names and n < len(names) and names[n] else cell
        for n, cell in enumerate(cells)
        if cell.strip() and (n >= len(columns) or columns[n] in (Column.OTHER, Column.SERVICE))
    ]
    kind_word = by.get(Column.KIND, "")
    kind = kind_named(kind_word)
    if kind_word and not kind:
        words.append(kind_word)
    text = "\n".join(filter(None, words))
    if not stamp:
        why = f"“{time[:40]}” is no time that can be read." if time else _NO_TIME
        return Row(words=text, why=why)
    is_day = bool(stamp.date and not stamp.clock and not stamp.until_date and not text)
    return Row(
        stamp,
        text,
        by.get(Column.AUTHOR, "").lstrip("@"),
        kind,
        by.get(Column.LINK, ""),
        "",
        is_day,
    )


def _time_of(time: str, zone: str, until: str) -> tuple[Stamp | None, str]:
    """The stamp in a time cell, and what else stood in it or could not be read. Two times in
    one cell are the beginning and the end."""
    flat = time.replace("\n", " - ")
    with_zone = f"{flat} {zone}".strip()
    stamp = read_stamp(with_zone)
    if stamp and zone and not is_whole_line(with_zone, stamp):
        with_zone, stamp = flat, read_stamp(flat)
    if not stamp:
        return None, ""
    if until:
        span = f"{flat} - {until} {zone}".strip()
        longer = read_stamp(span)
        if longer and is_whole_line(span, longer) and (longer.until_clock or longer.until_date):
            return longer, ""
    beside = with_zone[stamp.end :].strip(" *_`~?)]:-")
    return stamp, "\n".join(filter(None, (beside, f"End: {until}" if until else "")))


def _by_place(cells: list[str]) -> Row:
    """A row of a table without a head that says what its cells are: the time is looked for in
    the first three."""
    for n, cell in enumerate(cells[:3]):
        stamp = read_stamp(cell.replace("\n", " - "))
        if not stamp:
            continue
        last = n
        if stamp.date and not stamp.clock and n + 1 < len(cells):
            joined = read_stamp(f"{cell} {cells[n + 1]}")
            if joined and joined.clock and joined.date:
                stamp, last = joined, n + 1
        source = cells[n] if last == n else f"{cell} {cells[n + 1]}"
        beside = source.replace("\n", " - ")[stamp.end :]
        rest = [c for c in (*cells[:n], beside, *cells[last + 1 :]) if c.strip(" -–—")]
        if not rest and stamp.date and not stamp.clock:
            return Row(stamp, is_day=True)
        kind = next((k for c in rest[:-1] if (k := kind_named(c))), None)
        rest = [c for c in rest if not (kind and kind_named(c) is kind and c != rest[-1])]
        author = next((c for c in rest if is_name(c)), "") if len(rest) > 1 else ""
        return Row(stamp, " – ".join(c for c in rest if c != author), author, kind)
    return Row(words=" – ".join(filter(None, cells)), why=_NO_TIME)
