"""A CSV file with one incident a row, its clocks in columns: a register of incidents, as ticket
systems and spreadsheets keep it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from integrations.severities import IMPACTS, PRIORITIES
from models.rules.problems import ProblemForUser
from models.rules.record import (
    ClockTime,
    IncidentRecord,
    ParticipantRecord,
    Reading,
    ReadOptions,
    UnreadLine,
)
from models.rules.text import LINE, PARAGRAPH, clean
from models.rules.timeline.dates import read_date
from models.rules.timeline.facts import severity_in
from models.rules.timeline.labels import CLOCK_LABELS
from models.rules.timeline.lines import Line, LineKind
from models.rules.timeline.placing import Placing, Surroundings
from models.rules.timeline.reader import Known, surroundings_of
from models.rules.timeline.stamps import Stamp, is_whole_line, read_stamp
from models.rules.timeline.whole_text import fingerprint, shortened
from models.rules.timeline.zones import zone_in_statement
from models.rules.vocabulary import Clock, IncidentRole, Severity, Source

_CLOCKS: Mapping[str, Clock] = {
    **CLOCK_LABELS,
    **dict.fromkeys(
        ("opened", "opened at", "created", "created at", "reported at"), Clock.DECLARED
    ),
}
# Words that head the span of one event just as well.
_OF_ANY_SPAN = frozenset(word for word in _CLOCKS if word.split()[0] in ("start", "started", "end"))
_OF_ANY_SPAN |= {"ended", "began", "created"}
_FIELDS = {
    "id": "id, number, incident id, incident number, key, reference, issue key, ticket",
    "title": "title, incident title, name, incident name, incident, short description, subject",
    "severity": "severity, sev, severity level, priority, impact level, impact",
    "date": "date, day, incident date, date of incident",
    "service": "service, services, component, components, system, affected service, "
    "affected services",
    "summary": "summary, description, details",
    "link": "link, url",
    "commander": "commander, incident commander, ic, lead, incident lead",
    "owner": "owner, assignee, assigned to, responder",
}
_PEOPLE = {"commander": IncidentRole.COMMANDER, "owner": "owner"}
_ADDRESS = re.compile(r"https?://\S{1,1990}$")
_FIELD_OF = {word: name for name, words in _FIELDS.items() for word in words.split(", ")}


@dataclass(frozen=True)
class Head:
    """What each column of the register holds: a clock, a field, or neither."""

    names: Sequence[str]
    clocks: Mapping[int, Clock]
    fields: Mapping[int, str]
    zone: str = ""


@dataclass
class _Row:
    number: int
    raw: str
    cells: dict[str, str] = field(default_factory=dict)
    stamps: list[tuple[Clock, Stamp]] = field(default_factory=list)
    other: list[str] = field(default_factory=list)


def head_of(cells: Sequence[str]) -> Head | None:
    """The head of a register of incidents, or None when the rows are events of a timeline: a
    register has a title and the times of at least two clocks."""
    clocks: dict[int, Clock] = {}
    fields: dict[int, str] = {}
    sure = False
    for n, cell in enumerate(cells):
        word = " ".join(cell.replace("_", " ").lower().split("(")[0].split()).removesuffix(" time")
        word = word.removesuffix(" at").removesuffix(" on")
        clock = _CLOCKS.get(word) or _CLOCKS.get(f"{word} time")
        if clock and clock not in clocks.values():
            clocks[n] = clock
            sure |= word not in _OF_ANY_SPAN
        elif word in _FIELD_OF and _FIELD_OF[word] not in fields.values():
            fields[n] = _FIELD_OF[word]
    named = set(fields.values())
    sure |= {"title", "severity"} <= named
    if len(clocks) < 2 or not sure or not named & {"title", "id", "summary"}:
        return None
    zones = {zone[0] for cell in cells if (zone := zone_in_statement(cell))}
    return Head(cells, clocks, fields, zones.pop() if len(zones) == 1 else "")


def read_register(
    head: Head, head_line: int, rows: Iterable[tuple[int, list[str]]], options: ReadOptions
) -> Reading:
    """One incident for each row; a cell that says no time where one belongs is listed. Raises
    ProblemForUser only when the zone of the options is none."""
    unread: list[UnreadLine] = []
    found = [_row(head, number, cells, unread) for number, cells in rows if any(cells)]
    lines = [Line(r.number, r.raw, LineKind.LABEL, stamp=s) for r in found for _, s in r.stamps]
    register = _Register(head, options, surroundings_of(lines, Known()), unread)
    used = [(head_line, "the names of the columns")]
    incidents = []
    for row in found:
        if incident := register.incident(row):
            incidents.append(incident)
            used.append((row.number, f"the incident “{shortened(incident.title)}”"))
    return Reading(
        Source.CSV,
        tuple(incidents),
        unread=tuple(sorted(unread, key=lambda u: u.line or 0)),
        assumed=tuple(register.assumed),
        used=tuple(used),
    )


def _row(head: Head, number: int, cells: list[str], unread: list[UnreadLine]) -> _Row:
    row = _Row(number, " · ".join(filter(None, cells)))
    day = next(
        (cells[n] for n, name in head.fields.items() if name == "date" and n < len(cells)), ""
    )
    for n, cell in enumerate(cells):
        clock = head.clocks.get(n)
        if not cell:
            continue
        if clock:
            stamp = _stamp(cell, day)
            if stamp:
                row.stamps.append((clock, stamp))
            else:
                why = f"“{shortened(cell, 40)}” in the column “{head.names[n]}” is no time."
                unread.append(UnreadLine(number, cell, why))
        elif n in head.fields and (head.fields[n] != "link" or _ADDRESS.match(cell)):
            row.cells[head.fields[n]] = cell
        else:
            row.other.append(f"{head.names[n]}: {cell}" if n < len(head.names) else cell)
    return row


def _stamp(cell: str, day: str) -> Stamp | None:
    """The time in a cell, with the day of another column where it says none."""
    stamp = read_stamp(cell)
    if stamp and not stamp.date and stamp.clock and day and read_date(day, 0):
        stamp = read_stamp(f"{day} {cell}") or stamp
        cell = f"{day} {cell}"
    is_moment = stamp and (stamp.clock or stamp.date or stamp.epoch is not None)
    return stamp if stamp and is_moment and is_whole_line(cell, stamp) else None


@dataclass
class _Register:
    head: Head
    options: ReadOptions
    around: Surroundings
    unread: list[UnreadLine]
    assumed: dict[str, None] = field(default_factory=dict)

    def incident(self, row: _Row) -> IncidentRecord | None:
        clocks = self._clocks(row)
        cells = row.cells
        named = cells.get("title") or cells.get("summary") or cells.get("id")
        first = min((c.at for c in clocks.values()), default=None)
        if not named and first is None:
            why = "This row has neither a title nor a time."
            self.unread.append(UnreadLine(row.number, row.raw, why))
            return None
        title = named or f"Incident of {first:%d %b %Y}"
        summary = (cells.get("summary", "") if cells.get("title") else "", *row.other)
        identity = cells.get("id") or f"{title} {first or ''}"
        services = cells.get("service", "").replace(";", ",").split(",")
        return IncidentRecord(
            title=shortened(title, LINE - 2),
            summary=clean("\n".join(filter(None, summary)), limit=10**9)[:PARAGRAPH],
            severity=self._severity(cells.get("severity", "")),
            clocks=clocks,
            services=tuple(dict.fromkeys(s.strip()[:LINE] for s in services if s.strip())),
            participants=tuple(
                ParticipantRecord(cells[name][:LINE], role)
                for name, role in _PEOPLE.items()
                if name in cells
            ),
            source=Source.CSV,
            source_key=f"csv:{fingerprint(identity)}",
            source_url=cells.get("link", ""),
        )

    def _clocks(self, row: _Row) -> dict[Clock, ClockTime]:
        placing = Placing(self.options, self.around)
        if self.head.zone:
            placing.state_zone(self.head.zone)
        clocks = {}
        for clock, stamp in row.stamps:
            try:
                clocks[clock] = ClockTime(placing.place(stamp, row.number).at)
            except ProblemForUser as problem:
                self.unread.append(UnreadLine(row.number, stamp.shown, problem.message))
        self.assumed.update(dict.fromkeys(placing.assumed.sentences()))
        return {clock: clocks[clock] for clock in Clock if clock in clocks}

    def _severity(self, cell: str) -> Severity | None:
        """SEV1 or a bare 1 as they are; P1 or a word such as critical by the table, and said."""
        digit = cell.strip()
        if not digit or digit in ("0", "1", "2", "3"):
            return Severity(f"SEV{digit}") if digit else None
        if severity := severity_in(cell):
            return severity
        severity = PRIORITIES.get(digit.upper()) or IMPACTS.get(digit.casefold())
        meant = f"was read as {severity}" if severity else "stands for no severity here"
        self.assumed[f"“{shortened(digit, 40)}” {meant}."] = None
        return severity
