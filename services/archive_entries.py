"""What of a post-mortem the archive can find: its newest published revision as plain text."""

from __future__ import annotations

from sqlmodel import col, select

from models.rules.record import PostmortemRecord
from models.tables.people import Factor, Service
from models.tables.postmortem import ArchiveEntry
from services.archive_words import count_words, words_of
from services.unit_of_work import Work


def put_into_archive(work: Work, record: PostmortemRecord) -> None:
    """Makes the newest published revision findable, in the same transaction that publishes it."""
    if record.publication is None:
        raise ValueError("only a published post-mortem stands in the archive")
    older = work.session.exec(
        select(ArchiveEntry).where(ArchiveEntry.postmortem_id == record.id)
    ).first()
    gone = words_of(older) if older is not None else set()
    if older is not None:
        work.session.delete(older)
        work.session.flush()
    entry = work.add(
        ArchiveEntry(
            postmortem_id=record.id,
            severity=record.severity or "",
            published_at=record.publication.at,
            facets=_facets(work, record),
            title=record.title,
            summary=record.summary,
            body=body_text(record),
        )
    )
    count_words(work, gone, words_of(entry))


def _facets(work: Work, record: PostmortemRecord) -> str:
    services = {name.casefold() for i in record.incidents for name in i.services}
    factors = {name.casefold() for name in record.all_factors}
    service_ids = work.session.exec(
        select(Service.id).where(col(Service.name_key).in_(services)).order_by(Service.id)
    )
    factor_ids = work.session.exec(
        select(Factor.id).where(col(Factor.name_key).in_(factors)).order_by(Factor.id)
    )
    return " ".join([*(f"s:{i}" for i in service_ids), *(f"f:{i}" for i in factor_ids)])


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
