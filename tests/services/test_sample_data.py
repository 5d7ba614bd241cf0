"""The worked example: whole, blameless, counted from now, and never there twice."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed
from models.rules.record import PostmortemRecord
from models.rules.review import people_in, steps
from models.rules.vocabulary import ActionStatus, ImpactKind, LessonKind, PostmortemStatus
from models.rules.whys import ends_at_people
from models.rules.wording import read_wording
from services import clock
from services.actions import list_actions
from services.incidents import get_incident, list_incidents
from services.people import list_services
from services.postmortems import get_postmortem, list_postmortems
from services.publishing import list_revisions
from services.sample_data import load_example


def postmortem(who: Who, status: PostmortemStatus) -> PostmortemRecord:
    row = next(r for r in list_postmortems(who) if r.status is status)
    return get_postmortem(who, row.id, with_files=True)


@pytest.fixture
def published(ada: Who) -> PostmortemRecord:
    load_example(ada)
    return postmortem(ada, PostmortemStatus.PUBLISHED)


def test_loading_it_twice_adds_nothing(ada: Who, ben: Who) -> None:
    assert load_example(ada) == 3
    before = list_incidents(ada), list_postmortems(ada), list_actions(ada)
    assert load_example(ben) == 0
    assert (list_incidents(ada), list_postmortems(ada), list_actions(ada)) == before


def test_nobody_cannot_load_it(database_file: object) -> None:
    with pytest.raises(NotAllowed):
        load_example(NOBODY)


def test_its_three_incidents_are_in_different_stages(ada: Who) -> None:
    load_example(ada)
    rows = list_incidents(ada)
    assert [row.postmortem_status for row in rows] == [None, "draft", "published"]
    assert all(row.resolved_at and row.resolved_at < clock.now() for row in rows)
    assert clock.now() - rows[0].resolved_at < timedelta(hours=6)  # type: ignore[operator]


def test_its_draft_belongs_to_whoever_loads_it_and_is_due_within_a_day(ada: Who) -> None:
    load_example(ada)
    draft = postmortem(ada, PostmortemStatus.DRAFT)
    assert draft.owner == "Ada Brandt"
    assert timedelta(0) < draft.due_at - clock.now() < timedelta(days=1)  # type: ignore[operator]
    unfinished = [state.step for state in steps(draft) if not state.done]
    assert 2 <= len(unfinished) <= 6


def test_the_published_one_is_complete(published: PostmortemRecord) -> None:
    assert [state.missing for state in steps(published)] == [()] * 8
    assert len(published.events) >= 20
    assert {i.kind for i in published.impacts} == set(ImpactKind)
    assert {lesson.kind for lesson in published.lessons} == set(LessonKind)
    whys = [why for root in published.whys for _, why in root.walk()]
    assert len(whys) >= 8
    assert any(why.event_ids for why in whys)
    assert published.all_factors
    assert not any(review.stale for review in published.reviews)


def test_the_links_of_its_whys_lead_to_its_events(published: PostmortemRecord) -> None:
    events = {event.id for event in published.events}
    linked = {e for root in published.whys for _, why in root.walk() for e in why.event_ids}
    assert len(linked) >= 6
    assert linked <= events


def test_its_picture_is_a_picture(published: PostmortemRecord) -> None:
    pictures = [p for e in published.events for p in e.evidence if p.content]
    assert [p.media_type for p in pictures] == ["image/png"]
    assert Image.open(io.BytesIO(pictures[0].content or b"")).size == (1400, 560)


def test_its_actions_are_in_several_states_and_one_of_mine_is_overdue(ada: Who) -> None:
    load_example(ada)
    actions = list_actions(ada)
    assert len(actions) == 5
    assert len({a.status for a in actions}) == 4
    assert [a.owner for a in actions if a.overdue] == ["Ada Brandt"]
    assert all(a.reason for a in actions if a.status is ActionStatus.DECLINED)


def test_the_published_one_has_a_revision_and_a_history_of_its_severity(
    ada: Who, published: PostmortemRecord
) -> None:
    assert [r.number for r in list_revisions(ada, published.id)] == [1]
    view = get_incident(ada, published.incidents[0].id)
    assert [(c.before, c.after) for c in view.severity_changes] == [("SEV2", "SEV1")]
    assert view.is_frozen


def test_no_word_of_it_blames_anybody(ada: Who) -> None:
    load_example(ada)
    for row in list_postmortems(ada):
        record = get_postmortem(ada, row.id)
        names = people_in(record)
        texts = [record.title, record.summary, *(e.text for e in record.events)]
        texts += [x.text for x in (*record.impacts, *record.lessons, *record.actions)]
        texts += [why.text for root in record.whys for _, why in root.walk()]
        assert [f for text in texts for f in read_wording(text, names)] == []
        assert ends_at_people(record.whys, names) == ()


def test_it_brings_services_with_their_teams(ada: Who) -> None:
    load_example(ada)
    services = {s.name: (s.team, s.is_critical) for s in list_services(ada)}
    assert services["Checkout"] == ("Payments", True)
    assert services["Search"] == ("Discovery", False)
