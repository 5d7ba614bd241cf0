"""Whether a draft has changed, and who changed what: for screens that show it."""

from __future__ import annotations

from sqlmodel import col, select

from models.rules.draft_changes import change_in_words
from models.rules.policy import Thing, Verb, Who
from models.rules.problems import NotFound
from models.tables.incident import Incident
from models.tables.people import AuditEntry, Person
from models.tables.postmortem import ActionItem, Postmortem
from services.announcements import News
from services.unit_of_work import Work, pick, reading

NO_NEWS = News(-1, concerns=False)


def get_news(who: Who, postmortem_id: str, known: News = NO_NEWS) -> News:
    """Where a post-mortem stands, for a screen that knows of this already. The headline is the
    last change in words ("Ben changed the summary"), "" for one's own."""
    with reading(who) as work:
        work.require(Verb.READ, Thing.POSTMORTEM)
        query = select(Postmortem.changes).where(Postmortem.id == postmortem_id)
        changes = work.session.exec(query).first()
        if changes is None:
            raise NotFound("There is no such post-mortem. It may have been removed.")
        is_newer = changes > known.revision
        headline = _last_change(work, postmortem_id) if is_newer and known is not NO_NEWS else ""
    return News(changes, concerns=is_newer, headline=headline)


def _last_change(work: Work, postmortem_id: str) -> str:
    incidents = select(Incident.id).where(Incident.postmortem_id == postmortem_id)
    actions = select(ActionItem.id).where(ActionItem.postmortem_id == postmortem_id)
    ids = [postmortem_id, *work.session.exec(incidents), *work.session.exec(actions)]
    a = AuditEntry
    last = work.session.exec(
        pick(a.action, a.person_id, Person.name)
        .join(Person, col(a.person_id) == col(Person.id))
        .where(col(a.object_id).in_(ids))
        .order_by(col(a.id).desc())
        .limit(1)
    ).first()
    if last is None or last[1] == work.who.person_id:
        return ""
    return change_in_words(last[2], last[0])
