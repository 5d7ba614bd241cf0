"""The archive: every published post-mortem, found by its words."""

from __future__ import annotations

from sqlmodel import select

from models.rules.record import PostmortemRecord
from models.tables.postmortem import ArchiveEntry
from services.unit_of_work import Work


def put_into_archive(work: Work, record: PostmortemRecord) -> None:
    """Makes the newest published revision findable, in the same transaction that publishes it."""
    if record.publication is None:
        raise ValueError("only a published post-mortem stands in the archive")
    entry = work.session.exec(
        select(ArchiveEntry).where(ArchiveEntry.postmortem_id == record.id)
    ).first() or ArchiveEntry(
        postmortem_id=record.id, title="", summary="", body="", published_at=work.now
    )
    entry.title, entry.summary, entry.body = record.title, record.summary, body_text(record)
    entry.severity = record.severity or ""
    entry.published_at = record.publication.at
    work.add(entry)


def body_text(record: PostmortemRecord) -> str:
    """Everything that is written in it beside title and summary, a paragraph each."""
    parts = [i.title for i in record.incidents] + [i.summary for i in record.incidents]
    parts += [s for i in record.incidents for s in i.services]
    parts += [e.text for e in record.events if not e.is_noise]
    parts += [i.text for i in record.impacts]
    parts += [why.text for root in record.whys for _, why in root.walk()]
    parts += [*record.all_factors, *(x.text for x in record.lessons)]
    parts += [a.text for a in record.actions] + [record.no_actions_reason]
    return "\n".join(part for part in parts if part)
