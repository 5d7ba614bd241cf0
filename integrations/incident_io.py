"""incident.io: its incidents with their updates, follow-ups and actions.

An export is one list per kind of object. The file to bring is `incidents.json`; one object that
holds several lists (`incidents`, `incident_updates`, `follow_ups`, `actions`) is read whole, and
`join_files` makes such an object of the files of an export.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from integrations import json_file
from integrations.json_fields import (
    Fields,
    Notes,
    any_has,
    in_order,
    incident_title,
    joined,
    no_rows,
    objects,
    rows_of,
    source_key,
    whole,
)
from integrations.severities import IMPACTS, severity_of
from models.rules.problems import BadFile
from models.rules.record import (
    ClockTime,
    EventRecord,
    IncidentRecord,
    ParticipantRecord,
    Reading,
    ReadOptions,
)
from models.rules.vocabulary import Clock, EventKind, IncidentKind, IncidentRole, Source

_INCIDENT_SIGNS = ("incident_status", "incident_role_assignments", "incident_type", "permalink")
_LISTS = {"incident_updates": "update", "follow_ups": "follow-up", "actions": "action"}
# The other files of an export, by the fields that only they have. First match counts.
_OTHER_FILES = {
    "update": {"incident_id", "new_incident_status"},
    "follow-up": {"incident_id", "title"},
    "action": {"incident_id", "description"},
    "role": {"id", "role_type"},
    "status": {"id", "category", "rank"},
    "severity": {"id", "name", "rank", "description"},
    "timestamp": {"id", "name", "rank"},
}
_CLOCKS = {
    "impact started": Clock.IMPACT_BEGAN,
    "detected": Clock.DETECTED,
    "accepted": Clock.ACKNOWLEDGED,
    "acknowledged": Clock.ACKNOWLEDGED,
    "reported": Clock.DECLARED,
    "declared": Clock.DECLARED,
    "fixed": Clock.MITIGATED,
    "mitigated": Clock.MITIGATED,
    "resolved": Clock.RESOLVED,
    "closed": Clock.CLOSED,
}
_ROLES = {
    "lead": IncidentRole.COMMANDER,
    "reporter": IncidentRole.REPORTER,
    "communications lead": IncidentRole.COMMUNICATIONS,
    "scribe": IncidentRole.SCRIBE,
}
_PRACTICE = ("test", "tutorial")


# The rows of the other lists with what they are, by the incident that they belong to.
_Related = dict[str, list[tuple[str, Fields]]]


def recognises(data: bytes, name: str) -> bool:
    """Whether this is a file of incident.io, be it not the one with incidents. Never raises."""
    try:
        return has_shape(json_file.load(data))
    except BadFile:
        return False


def has_shape(document: object) -> bool:
    """Whether a JSON document holds objects of incident.io."""
    rows = rows_of(document, "incidents", "incident")
    return any_has(rows, *_INCIDENT_SIGNS) or _other_file(document) is not None


def part_of(data: bytes) -> str:
    """What a file of an export holds: `incidents`, a list beside them that `join_files` takes (its
    key, like `follow_ups`), `settings`, or "" for none of these. Never raises."""
    try:
        document = json_file.load(data)
    except BadFile:
        return ""
    if any_has(rows_of(document, "incidents", "incident"), *_INCIDENT_SIGNS):
        return "incidents"
    word = _other_file(document)
    return next((key for key, w in _LISTS.items() if w == word), "settings" if word else "")


def join_files(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files of one export (name and content) as one file that `read` takes. Raises BadFile,
    which names the file, for one that holds nothing of an incident."""
    lists: dict[str, list[object]] = {}
    keys = {word: key for key, word in _LISTS.items()}
    for name, data in files:
        try:
            document = json_file.load(data)
        except BadFile as problem:
            raise BadFile(f"{name}: {problem.message}", problem.problems) from None
        rows = rows_of(document, "incidents", "incident")
        if any_has(rows, *_INCIDENT_SIGNS):
            found = {"incidents": rows}
            if isinstance(document, dict):
                found |= {k: rows_of(document, k, k) for k in _LISTS if k in document}
        elif (key := keys.get(_other_file(document) or "")) is not None:
            found = {key: _rows_beside(document)}
        elif document == [] or (
            isinstance(document, dict) and any(document.get(k) == [] for k in _LISTS)
        ):
            continue  # an export without actions has an empty list of them
        else:
            raise BadFile(
                f"{name} is no list of incident.io's incidents, updates, follow-ups or actions. "
                "Only these can be brought in together: leave the file away, or bring it in alone."
            )
        for key, more in found.items():
            lists.setdefault(key, []).extend(more)
    return json.dumps(lists).encode()


def read(data: bytes, options: ReadOptions) -> Reading:
    """The incidents of the file; a row of any other list is an event of its incident, or is noted
    with the file to bring. Raises BadFile."""
    document = json_file.load(data)
    notes = Notes(options, Source.INCIDENT_IO)
    rows = rows_of(document, "incidents", "incident")
    if not any_has(rows, *_INCIDENT_SIGNS):
        word = _other_file(document)
        if word is None:
            raise no_rows("an incident.io", "list of incidents")
        return _only(word, _rows_beside(document), notes)
    related = _related(document, notes)
    incidents = [_incident(row, related) for row in objects(rows, "incident", notes)]
    for left in related.values():
        for word, row in left:
            _leave_alone(word, row)
    return notes.reading(incidents)


def _other_file(document: object) -> str | None:
    """What the rows are when they are not incidents: `severity`, `update` and so on."""
    first = next(iter(_rows_beside(document)), None)
    if not isinstance(first, dict):
        return None
    return next((word for word, signs in _OTHER_FILES.items() if signs <= first.keys()), None)


def _rows_beside(document: object) -> list[object]:
    if isinstance(document, dict) and len(document) <= 3:  # the list, and perhaps its paging
        lists = [value for value in document.values() if isinstance(value, list)]
        return lists[0] if len(lists) == 1 else []
    return document if isinstance(document, list) else []


def _only(word: str, rows: list[object], notes: Notes) -> Reading:
    for row in objects(rows, word, notes):
        if row.has("incident_id"):
            _leave_alone(word, row)
        else:
            row.leave(
                whole(row.values),
                f"This is a {word} of incident.io's settings, not an incident. "
                "Bring the file incidents.json.",
            )
    return notes.reading(())


def _leave_alone(word: str, row: Fields) -> None:
    incident = row.line_of("incident_id") or "that it does not name"
    row.leave(
        whole(row.values),
        f"This {word} belongs to the incident {incident}, which is not in this file. "
        "Bring incidents.json, or one file that holds both lists.",
    )


def _related(document: object, notes: Notes) -> _Related:
    related: _Related = {}
    if isinstance(document, dict):
        for key, word in _LISTS.items():
            for row in Fields(document, "the file", notes).children(key, word):
                row = replace(row, place=row.place.removeprefix("the file, "))
                related.setdefault(row.line_of("incident_id"), []).append((word, row))
    return related


def _incident(row: Fields, related: _Related) -> IncidentRecord:
    row, title, long_title = incident_title(
        row, "name", "reference", otherwise="incident.io incident without a name"
    )
    beside = related.pop(row.line_of("id"), [])
    updates = row.children("updates", "update")
    already = {update.line_of("id") for update in updates} - {""}
    beside = [(w, r) for w, r in beside if w != "update" or r.line_of("id") not in already]
    clocks, moments = _timestamps(row)
    return IncidentRecord(
        title=title,
        summary=joined(long_title, row.text("summary")),
        kind=_kind(row),
        severity=severity_of(row.child("severity").line_of("name"), IMPACTS, row.notes),
        clocks=clocks,
        participants=_participants(row),
        events=in_order([*(_update(u) for u in updates), *moments, *map(_beside_event, beside)]),
        source=Source.INCIDENT_IO,
        source_key=source_key(row, "id"),
        source_url=row.address("permalink"),
    )


def _beside_event(item: tuple[str, Fields]) -> EventRecord | None:
    word, row = item
    return _update(row) if word == "update" else _task(word, row)


def _update(row: Fields) -> EventRecord | None:
    status, severity = row.child("new_incident_status"), row.child("new_severity")
    name, level = status.line_of("name"), severity.line_of("name")
    changes = ", ".join(filter(None, (name and f"Status: {name}", level and f"severity: {level}")))
    ended = name.casefold() == "resolved" or status.line_of("category") == "closed"
    return row.event(
        ("created_at",),
        joined(row.words("message"), changes) or "Update without words",
        kind=EventKind.RESOLUTION if ended else EventKind.UPDATE,
        author=_person(row.child("updater").child("user")),
    )


def _task(word: str, row: Fields) -> EventRecord | None:
    row.notes.assume(
        "incident.io's actions and follow-ups were kept as notes in the timeline ({count}): "
        "add those that still matter to the actions of the post-mortem."
    )
    text = joined(row.words("title"), row.words("description")) or "without words"
    status = row.line_of("status").replace("_", " ")
    return row.event(
        ("created_at",),
        f"{word.capitalize()}: {text}" + (f" ({status})" if status else ""),
        kind=EventKind.NOTE,
        author=_person(row.child("assignee")),
    )


def _kind(row: Fields) -> IncidentKind:
    mode = row.line_of("mode")
    if mode not in _PRACTICE:
        return IncidentKind.INCIDENT
    row.notes.assume(f"The mode “{mode}” was read as a drill (incidents: {{count}}).")
    return IncidentKind.DRILL


def _timestamps(row: Fields) -> tuple[dict[Clock, ClockTime], list[EventRecord | None]]:
    """The clocks that the named timestamps stand for; those that stand for none are events."""
    clocks: dict[Clock, ClockTime] = {}
    moments: list[EventRecord | None] = []
    named = [
        (stamp.child("incident_timestamp").line_of("name"), stamp.child("value"), "value")
        for stamp in row.children("incident_timestamp_values", "timestamp")
    ] + [
        (stamp.line_of("name"), stamp, "last_occurred_at")
        for stamp in row.children("timestamps", "timestamp")
    ]
    for name, stamp, key in named:
        plain = name.casefold().replace("_", " ").removesuffix(" at")
        clock = _CLOCKS.get(plain)
        if clock is None and stamp.has(key):
            moments.append(stamp.event((key,), name or "Timestamp", kind=EventKind.NOTE))
        elif clock is not None and (at := stamp.time(key)):
            clocks[clock] = ClockTime(at)
    if Clock.DECLARED not in clocks and (created := row.time("created_at")):
        clocks[Clock.DECLARED] = ClockTime(created)
    if Clock.DETECTED not in clocks and Clock.DECLARED in clocks:
        clocks[Clock.DETECTED] = ClockTime(clocks[Clock.DECLARED].at, estimated=True)
        row.notes.assume(
            "incident.io gave no time of detection (incidents: {count}); the time of the report "
            "stands in, marked as estimated."
        )
    return clocks, moments


def _participants(row: Fields) -> tuple[ParticipantRecord, ...]:
    people = []
    for assignment in row.children("incident_role_assignments", "role"):
        role, name = assignment.child("role"), _person(assignment.child("assignee"))
        word = role.line_of("name")
        known = _ROLES.get(role.line_of("role_type")) or _ROLES.get(word.casefold())
        if name:
            people.append(ParticipantRecord(name, known or word or IncidentRole.RESPONDER))
    # Who has several roles is known by the first: the one that answers for more.
    rank = {role.value: place for place, role in enumerate(IncidentRole)}
    people.sort(key=lambda person: rank.get(person.role, len(rank)))
    return tuple(dict.fromkeys(people))


def _person(user: Fields) -> str:
    return user.line_of("name", "email")
