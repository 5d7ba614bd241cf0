"""Smells of the process, from the newest records of what is chosen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from sqlalchemy import func
from sqlmodel import col, select

from models.rules.following.life import PROMISED
from models.rules.free_texts import read_whole
from models.rules.lifecycle import EDITABLE
from models.rules.metrics.selection import EVERYTHING, Selection, chosen
from models.rules.metrics.smells import (
    SeenAction,
    SeenIncident,
    SeenPostmortem,
    Smell,
    smells,
)
from models.rules.policy import Thing, Verb, Who
from models.rules.times import zone_named
from models.rules.vocabulary import EventKind, IncidentRole
from models.rules.wording import RULES
from models.tables.incident import Incident, IncidentParticipant, TimelineEvent
from models.tables.postmortem import (
    ActionItem,
    KeptWording,
    Participant,
    Postmortem,
    Revision,
)
from services.meeting_records import held_at_column
from services.metric_columns import known_history
from services.record_out import load_postmortems
from services.training_policy import team_policy
from services.unit_of_work import Work, pick, reading

LOOKED_AT = 500  # incidents, the newest of the chosen ones: SQLite takes a limited number of ids
READ = 30  # published post-mortems, the newest: reading for blame takes milliseconds each
_PAGES = (EventKind.ALERT, EventKind.ESCALATION)
_STEPS = (EventKind.ACTION, EventKind.MITIGATION)
_JUDGING = frozenset(rule.id for rule in RULES if rule.judges)


def list_smells(who: Who, selection: Selection = EVERYTHING) -> tuple[Smell, ...]:
    """All seven smells over the newest LOOKED_AT of the chosen incidents, their open actions and
    the newest READ of their published post-mortems; without a selection, all open actions."""
    with reading(who) as work:
        ours = known_history(work).history.columns
        work.require(Verb.READ, Thing.POSTMORTEM)
        places = np.flatnonzero(chosen(ours, selection))[-LOOKED_AT:]
        incidents = tuple(_incidents(work, [ours.ids[place] for place in places.tolist()]))
        written = {each.postmortem_id for each in incidents if each.postmortem_id}
        return smells(
            incidents,
            tuple(_postmortems(work, sorted(written))),
            _actions(work, None if selection == EVERYTHING else sorted(written)),
            now=work.now,
            zone=zone_named(who.zone),
            declare_within=timedelta(minutes=team_policy(work).declare_within_min),
            reviewing_since=_reviewing_since(work),
        )


def _reviewing_since(work: Work) -> datetime | None:
    """When the first post-mortem was begun, or the first incident that has one was resolved: a
    post-mortem that was brought in is younger here than what it is about."""
    i = Incident
    resolved = select(func.min(i.resolved_at)).where(col(i.postmortem_id).is_not(None))
    row = work.session.exec(pick(func.min(Postmortem.created_at), resolved.scalar_subquery())).one()
    return min((moment for moment in row if moment), default=None)


def _incidents(work: Work, ids: Sequence[str]) -> Iterator[SeenIncident]:
    """Five statements, however many there are."""
    i = Incident
    first = select(Revision.published_at).where(Revision.postmortem_id == i.postmortem_id).limit(1)
    rows = work.session.exec(
        pick(
            i.id, i.title, i.kind, i.severity, i.detected_at, i.declared_at, i.resolved_at,
            i.postmortem_id, held_at_column(work.now), first.scalar_subquery(),
        )
        .outerjoin(Postmortem, col(i.postmortem_id) == col(Postmortem.id))
        .where(col(i.id).in_(ids))
        .order_by(col(i.began_at), i.id)
    ).all()  # fmt: skip
    people = _people(work, ids)
    pages, steps = _pages(work, ids), _steps(work, ids)
    for incident_id, title, kind, severity, detected, declared, resolved, *review in rows:
        postmortem_id, met_at, published_at = review
        yield SeenIncident(
            id=incident_id,
            title=title,
            kind=kind,
            severity=severity,
            detected_at=detected,
            declared_at=declared,
            resolved_at=resolved,
            names_people=incident_id in people,
            commanders=frozenset(
                name.casefold()
                for name, role in people.get(incident_id, ())
                if IncidentRole.COMMANDER in role.split(", ")
            ),
            steps=steps[incident_id],
            pages=pages[incident_id],
            postmortem_id=postmortem_id,
            met_at=met_at,
            published_at=published_at,
        )


def _people(work: Work, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Who took part and as what, as an incident or its post-mortem names them; a role may stand
    among others."""
    p, q = IncidentParticipant, Participant
    of_incident = pick(p.incident_id, p.name, p.role).where(col(p.incident_id).in_(ids))
    of_postmortem = (
        pick(Incident.id, q.name, q.role)
        .join(Incident, col(Incident.postmortem_id) == col(q.postmortem_id))
        .where(col(Incident.id).in_(ids))
    )
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for query in (of_incident, of_postmortem):
        for incident_id, name, role in work.session.exec(query):
            found[incident_id].append((name, role))
    return found


def _events(ids: Sequence[str], kinds: Sequence[EventKind], *columns: Any) -> Any:
    e = TimelineEvent
    query = pick(e.incident_id, *columns).where(col(e.incident_id).in_(ids))
    return query.where(col(e.kind).in_(kinds), ~col(e.is_removed)).order_by(e.at)


def _pages(work: Work, ids: Sequence[str]) -> dict[str, list[datetime]]:
    found = defaultdict(list)
    for incident_id, at in work.session.exec(_events(ids, _PAGES, TimelineEvent.at)):
        found[incident_id].append(at)
    return found


def _steps(work: Work, ids: Sequence[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for incident_id, author in work.session.exec(_events(ids, _STEPS, TimelineEvent.author)):
        if author:
            found[incident_id][author.casefold()] += 1
    return found


def _postmortems(work: Work, ids: Sequence[str]) -> Iterator[SeenPostmortem]:
    p, k = Postmortem, KeptWording
    rows = work.session.exec(
        select(p)
        .where(col(p.id).in_(ids), col(p.status).not_in(EDITABLE))
        .order_by(col(p.published_at).desc(), col(p.id))
        .limit(READ)
    ).all()
    kept = defaultdict(set)
    query = pick(k.postmortem_id, k.rule, k.sentence).where(col(k.postmortem_id).in_(ids))
    for postmortem_id, rule, sentence in work.session.exec(query):
        kept[postmortem_id].add((rule, sentence))
    for record in load_postmortems(work, rows, with_files=False):
        judging = {
            found.sentence: None
            for found in read_whole(record)
            if found.finding.rule in _JUDGING
            and (found.finding.rule, found.sentence) not in kept[record.id]
        }
        yield SeenPostmortem(record.id, record.title, tuple(judging))


def _actions(work: Work, postmortem_ids: Sequence[str] | None) -> tuple[SeenAction, ...]:
    """The open promises of these post-mortems, or all of them for None."""
    a = ActionItem
    query = pick(a.id, a.text, a.due_on).where(col(a.status).in_(PROMISED))
    if postmortem_ids is not None:
        query = query.where(col(a.postmortem_id).in_(postmortem_ids))
    return tuple(SeenAction(*row) for row in work.session.exec(query.order_by(a.due_on, a.id)))
