"""The README's screenshots of a review meeting and of trends over two years."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser

from models.rules.vocabulary import LessonKind
from services import bring_in, meeting_board, meetings, people, postmortems
from services.meeting_look import get_meeting
from tests.journeys.conftest import Server, Visitor, visit

Save = Callable[[Visitor, str], None]
DESKTOP = {"width": 1280, "height": 860}
CARDS = (
    (LessonKind.WENT_WELL, "The pause button for single jobs worked on the first try"),
    (LessonKind.WENT_WELL, "Support had a sentence for customers within ten minutes"),
    (LessonKind.WENT_WRONG, "The alert named a machine, not what customers saw"),
    (LessonKind.WENT_WRONG, "Nobody could see how old the oldest job was"),
    (LessonKind.GOT_LUCKY, "It was the quietest hour of the day"),
    (LessonKind.SURPRISED, "One event alone could hold up the whole queue"),
)


def meeting(chromium: Browser, server: Server, save: Save) -> None:
    """Three people at the review of the draft, their cards shown to everybody, votes given."""
    ben, ada, cleo = (people.introduce(name) for name in ("Ben Okafor", "Ada Brandt", "Cleo Tan"))
    draft = next(p for p in postmortems.list_postmortems(ben) if p.title.startswith("One oversiz"))
    meeting_id = meetings.start_meeting(ben, draft.id)
    for who in (ada, cleo):
        meetings.join_meeting(who, meeting_id)
    meetings.begin_meeting(ben, meeting_id)
    meetings.move_to_part(ben, meeting_id, 2)
    for number, (kind, text) in enumerate(CARDS):
        writer = (ben, ada, cleo)[number % 3]
        meeting_board.write_card(writer, meeting_id, kind, text, secret=writer.name)
    meeting_board.reveal_cards(ben, meeting_id)
    groups = {group.cards[0].text: group.id for group in get_meeting(ben, meeting_id).groups}
    for who, number in ((ada, 2), (ben, 3), (cleo, 3), (ada, 3), (cleo, 5)):
        meeting_board.vote(who, groups[CARDS[number][1]], on=True)
    meeting_board.show_votes(ben, meeting_id)
    context, visitor = visit(chromium, server.url, viewport=DESKTOP)
    visitor.come_in("Ben Okafor")
    visitor.go(f"meeting?id={meeting_id}")
    visitor.see("Nobody could see how old the oldest job was")
    to_the_top(visitor, "Cards")
    save(visitor, "meeting")
    context.close()


def trends(chromium: Browser, server: Server, save: Save) -> None:
    """Two made-up years of incidents, as the trends show them."""
    ada = people.introduce("Ada Brandt")
    bring_in.bring_in(ada, history().encode(), bring_in.read_options(name="history.csv"))
    context, visitor = visit(chromium, server.url, viewport=DESKTOP)
    visitor.come_in("Ada Brandt")
    visitor.go("trends?measure=time_to_recover&by=quarter")
    visitor.see("Time to recover")
    to_the_top(visitor, "Time to recover")
    save(visitor, "trends")
    context.close()


def to_the_top(visitor: Visitor, heading: str) -> None:
    """What the page shows from this heading on."""
    visitor.settle()
    title = visitor.page.get_by_role("heading", name=heading, exact=True)
    title.evaluate("element => element.scrollIntoView()")


def history() -> str:
    """90 incidents as a table, the same each time."""
    chance = random.Random(7)
    lines = ["id,title,severity,service,started_at,detected_at,acknowledged_at,resolved_at"]
    began = datetime(2024, 1, 8, 9, tzinfo=UTC)
    for number in range(90):
        began += timedelta(hours=chance.expovariate(1 / 190))
        detected = began + timedelta(minutes=chance.lognormvariate(1.8, 0.9))
        answered = detected + timedelta(minutes=chance.lognormvariate(1.1, 0.7))
        resolved = answered + timedelta(minutes=chance.lognormvariate(3.9, 0.9))
        service = chance.choice(("Checkout", "Search", "Mail"))
        severity = chance.choices(("SEV0", "SEV1", "SEV2", "SEV3"), (1, 5, 9, 4))[0]
        times = ",".join(f"{t:%Y-%m-%dT%H:%M:%SZ}" for t in (began, detected, answered, resolved))
        lines.append(f"made-up-{number},{service} answered slowly,{severity},{service},{times}")
    return "\n".join(lines)
