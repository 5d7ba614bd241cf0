"""Files inside a post-mortem that is brought in: checked and written anew, as uploads are."""

from __future__ import annotations

from dataclasses import replace

from models.rules.problems import BadFile, PlacedProblem
from models.rules.record import EventRecord, EvidenceRecord, IncidentRecord, Reading
from services.evidence_files import prepare_file

_OF_THE_PICTURE = {
    0xC0,
    0xC2,
    0xC4,
    0xDA,
    0xDB,
    0xDD,
    0xE0,
}  # size, tables, dots, and the mark of JFIF


def with_checked_files(found: Reading) -> Reading:
    """The reading with every file in it as an upload would be kept. Raises BadFile, naming the
    place, for one that cannot be kept."""
    postmortems = tuple(
        replace(p, incidents=tuple(_checked(i, n) for n, i in enumerate(p.incidents, 1)))
        for p in found.postmortems
    )
    return replace(found, postmortems=postmortems)


def _checked(incident: IncidentRecord, number: int) -> IncidentRecord:
    events = tuple(
        _with_files(event, f"incidents, item {number}, events, item {n}")
        if any(proof.content is not None for proof in event.evidence)
        else event
        for n, event in enumerate(incident.events, 1)
    )
    return replace(incident, events=events)


def _with_files(event: EventRecord, place: str) -> EventRecord:
    proofs = (_kept(p, f"{place}, evidence, item {n}") for n, p in enumerate(event.evidence, 1))
    return replace(event, evidence=tuple(proofs))


def _kept(proof: EvidenceRecord, place: str) -> EvidenceRecord:
    if proof.content is None:
        return proof
    name = f"{proof.title}.txt" if proof.media_type == "text/plain" else proof.title
    try:
        file = prepare_file(name, proof.content)
    except BadFile as problem:
        message = f"{place[:1].upper()}{place[1:]}: {problem.message}"
        raise BadFile(message, [PlacedProblem(message)]) from None
    if file.media_type == proof.media_type == "image/jpeg" and _is_bare_jpeg(proof.content):
        return proof  # writing it anew would lose a little each time, and take nothing out
    return replace(proof, media_type=file.media_type, content=file.content)


def _is_bare_jpeg(content: bytes) -> bool:
    """Whether a picture that can be decoded holds nothing beside the picture: no comment, no
    place where it was taken, nothing behind its end."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker not in _OF_THE_PICTURE:
            return False
        if marker == 0xDA:
            return content.find(b"\xff\xd9", at) == len(content) - 2
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False
