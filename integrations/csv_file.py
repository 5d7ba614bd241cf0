"""A CSV file with one event a row, as spreadsheets and other tools write it; one incident, or
several when a column names them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from integrations.csv_incidents import head_of, read_register
from integrations.decoding import beginning, decode
from models.rules.problems import BadFile, PlacedProblem, ProblemForUser
from models.rules.record import IncidentRecord, Reading, ReadOptions, UnreadLine
from models.rules.text import LINE, clean, clean_line
from models.rules.timeline import TimelineReading, read_lines
from models.rules.timeline.columns import Column, columns_of
from models.rules.timeline.facts import clocks_from, severity_in, what_is_estimated
from models.rules.timeline.lines import Line, LineKind
from models.rules.timeline.rows import Row, columns_if_head, read_row
from models.rules.timeline.stamps import is_whole_line, read_stamp
from models.rules.timeline.whole_text import fingerprint, shortened
from models.rules.timeline.zones import zone_in_statement
from models.rules.vocabulary import Source

_LOOKED_AT = 65_536  # bytes, or characters
_MARKS = ",;\t|"
_FIELD_LIMIT = 1_000_000  # characters of one cell; a quote that never ends is found by it
_SHOWN_PROBLEMS = 20


@dataclass
class _Group:
    """The rows of one incident."""

    title: str
    lines: list[Line] = field(default_factory=list)
    severities: list[str] = field(default_factory=list)
    services: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True)
class _Sheet:
    """What the first rows say about all: the meaning of the cells (None without a head), the
    words of the head, the zone it names."""

    columns: list[Column] | None
    names: list[str]
    zone: str = ""


def recognises(data: bytes, name: str) -> bool:
    """Whether the first rows have the same number of cells, two or more, and a head or a time
    in the first ones. Never raises."""
    # A NUL is no reason to take a table for a text: `read` says where it is.
    head = beginning(data, _LOOKED_AT).replace("\0", "")
    if head.lstrip()[:1] in ("{", "[", "#", "|", "<", ""):
        return False
    mark = _mark_of(head)
    try:
        rows = [row for _, row in zip(range(20), _rows_in(head, mark), strict=False)]
    except (csv.Error, BadFile):
        return False
    cells = [row for _, row in rows if any(row)]
    if not cells or len(cells[0]) < 2:
        return False
    if columns_if_head(cells[0]) or head_of(cells[0]):
        return True
    is_named = name.lower().endswith((".csv", ".tsv"))
    is_even = all(len(row) == len(cells[0]) for row in cells) and len(cells) > 1
    return is_named or (is_even and all(_first_is_time(row) for row in cells))


def read(data: bytes, options: ReadOptions) -> Reading:
    """The incidents of the file. Raises BadFile for what is no CSV or has no row with a time."""
    text = decode(data)
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise BadFile(
            f"Line {line:,} holds a NUL character. Export the file again as CSV (UTF-8).",
            [PlacedProblem("A NUL character.", line)],
        )
    if register := _register(text, options):
        return register
    groups, unread, head = _groups(text)
    readings: list[tuple[_Group, TimelineReading]] = []
    try:
        for group in groups:
            readings.append((group, read_lines(group.lines, options, source=Source.CSV)))
    except ProblemForUser as problem:
        raise BadFile(problem.message) from None
    unread += [line for _, reading in readings for line in reading.unread]
    unread.sort(key=lambda u: u.line or 0)
    with_events = [(g, r) for g, r in readings if r.events]
    if not with_events:
        raise _no_events(unread)
    digest = fingerprint(text)
    incidents = [_incident(g, r, options, digest, n) for n, (g, r) in enumerate(with_events)]
    assumed = [
        sentence
        for incident, (_, r) in zip(incidents, with_events, strict=True)
        for sentence in (*r.assumed, *what_is_estimated(incident.clocks, r.stated))
    ]
    return Reading(
        Source.CSV,
        tuple(incidents),
        unread=tuple(unread),
        assumed=tuple(dict.fromkeys(assumed)),
        used=tuple(sorted((*head, *(line for _, reading in readings for line in reading.used)))),
    )


def _register(text: str, options: ReadOptions) -> Reading | None:
    """The incidents of a file with one incident a row, or None for a timeline."""
    rows = _numbered_rows(text, _mark_of(text[:_LOOKED_AT]))
    first = next((row for row in rows if any(row[1])), None)
    head = head_of(first[1]) if first else None
    if first is None or head is None:
        return None
    try:
        reading = read_register(head, first[0], rows, options)
    except ProblemForUser as problem:
        raise BadFile(problem.message) from None
    if not reading.incidents:
        raise _no_events(list(reading.unread))
    return reading


def _groups(
    text: str,
) -> tuple[list[_Group], list[UnreadLine], list[tuple[int, str]]]:
    """The rows by incident, in the order of the file, those that are not rows of it, and the
    head when there is one."""
    head: list[tuple[int, str]] = []
    unread: list[UnreadLine] = []
    groups: dict[str, _Group] = {}
    sheet: _Sheet | None = None
    mark = _mark_of(text[:_LOOKED_AT])
    for number, cells in _numbered_rows(text, mark):
        if not any(cells):
            continue
        if sheet is None:
            sheet, is_head = _sheet(cells)
            if is_head:
                head.append((number, "the names of the columns"))
                continue
        raw = mark.join(cells)
        if sheet.columns and len(cells) > len(sheet.columns) and any(cells[len(sheet.columns) :]):
            why = f"The row has {len(cells)} cells, the head {len(sheet.columns)}."
            unread.append(UnreadLine(number, _shown(raw), why))
            continue
        row = read_row(cells, sheet.columns, sheet.names)
        by = dict(zip(sheet.columns or [], cells, strict=False))
        title = by.get(Column.INCIDENT, "")
        group = groups.setdefault(title, _Group(title))
        group.lines.append(_line(number, raw, row, sheet.zone))
        group.severities.append(by.get(Column.SEVERITY, ""))
        if by.get(Column.SERVICE):
            group.services[clean_line(by[Column.SERVICE], limit=_FIELD_LIMIT)[:LINE]] = None
    return list(groups.values()), unread, head


def _line(number: int, raw: str, row: Row, zone: str) -> Line:
    if row.is_day and row.stamp:
        return Line(number, raw, LineKind.DAY, "", row.stamp, row.stamp.date, zone)
    if row.is_empty:
        return Line(number, raw, LineKind.RULE)
    return Line(
        number, raw, LineKind.ROW, row.words, row.stamp, zone=zone, author=row.author, row=row
    )


def _sheet(cells: list[str]) -> tuple[_Sheet, bool]:
    """The meaning of the columns from the first row, and whether that row is a head."""
    if any(read_stamp(cell) for cell in cells[:3] if cell):
        return _Sheet(None, []), False
    columns = columns_of(cells)
    zones = (zone_in_statement(cell) for cell in cells)
    zone = next((z[0] for z in zones if z), "")
    return _Sheet(columns, [clean_line(cell, limit=_FIELD_LIMIT) for cell in cells], zone), True


def _numbered_rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, row in _rows_in(text, mark):
            yield number, [clean(cell, limit=_FIELD_LIMIT) for cell in row]
    except csv.Error as fault:
        line = number + 1
        raise BadFile(
            f"The row that begins near line {line:,} cannot be read as CSV ({fault}). "
            "Check its quotation marks, and save the file as CSV (UTF-8) again.",
            [PlacedProblem(f"Not CSV: {fault}.", line)],
        ) from None


def _rows_in(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of the line it begins on: a quoted cell may span several."""
    csv.field_size_limit(_FIELD_LIMIT)
    # Only \r\n, \r and \n end a line here: other separators belong to a cell.
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    last = begins = 1
    row: list[str] = []
    for row in rows:
        yield begins, row
        last, begins = begins, rows.line_num + 1
    if row and "\n" in row[-1] and text.count('"') % 2:
        raise BadFile(
            f"The quotation mark in line {last:,} is never closed. Correct it, and bring it "
            "in again.",
            [PlacedProblem("A quotation mark that is never closed.", last)],
        )


def _mark_of(head: str) -> str:
    """What divides the cells: the mark that the first line with one has most often, outside
    quotation marks."""
    for line in head.splitlines()[:10]:
        bare = "".join(line.split('"')[::2])
        counts = {mark: bare.count(mark) for mark in _MARKS}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","


def _first_is_time(row: list[str]) -> bool:
    """Whether the first cell is a time and nothing else, or a date before a time."""
    for cell in (row[0], " ".join(row[:2])):
        stamp = read_stamp(cell)
        if stamp and is_whole_line(cell, stamp) and (stamp.clock or stamp.epoch is not None):
            return True
    return False


def _incident(
    group: _Group, reading: TimelineReading, options: ReadOptions, digest: str, number: int
) -> IncidentRecord:
    severity = next((s for s in map(severity_in, map(_with_word, group.severities)) if s), None)
    stem = options.name.replace("\\", "/").split("/")[-1].rsplit(".", 1)[0]
    first = reading.events[0]
    title = group.title or stem.strip("- ") or f"Incident of {first.at.day} {first.at:%b %Y}"
    return IncidentRecord(
        title=shortened(clean_line(title, limit=_FIELD_LIMIT), LINE - 2),
        severity=severity,
        clocks=clocks_from(reading.events, reading.stated),
        services=tuple(group.services),
        events=reading.events,
        source=Source.CSV,
        source_key=f"csv:{digest}" + (f":{number}" if number or group.title else ""),
    )


def _with_word(cell: str) -> str:
    """A column headed “Severity” may hold a bare 1."""
    return f"SEV{cell.strip()}" if cell.strip() in ("0", "1", "2", "3") else cell


def _shown(raw: str) -> str:
    return clean(raw, limit=100 * _FIELD_LIMIT)


def _no_events(unread: list[UnreadLine]) -> BadFile:
    return BadFile(
        "No row with a time was found. The first row should name the columns, for example "
        "“time,event,author”, and each further row begin with a time.",
        [PlacedProblem(u.why, u.line) for u in unread[:_SHOWN_PROBLEMS]],
    )
