"""Three people review an incident, each in their own browser: they write in silence, all cards are
shown at once, they vote, and what matters most goes into the post-mortem."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from models.rules.policy import Who
from services import database, meetings, people, postmortems
from services.meeting_look import get_meeting
from services.settings import settings
from tests.journeys.conftest import Server, Visitor, visit
from tests.small_postmortem import small_postmortem, stored


@pytest.fixture
def ben(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Who]:
    """Ben opened the meeting; here he looks from another process, through the database."""
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    yield people.introduce("Ben Okafor")
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


@pytest.fixture
def room(chromium: Browser, server: Server, ben: Who) -> Iterator[list[Visitor]]:
    """Ben, Ada and Cleo at their browsers."""
    with ExitStack() as open_ones:
        visitors = []
        for name in (ben.name, "Ada Brandt", "Cleo Tan"):
            context, visitor = visit(chromium, server.url)
            open_ones.callback(context.close)
            cookie = {"name": people.PERSON_COOKIE, "url": server.url}
            context.add_cookies([{**cookie, "value": people.introduce(name).person_id}])
            visitors.append(visitor)
        yield visitors
    assert [trouble for visitor in visitors for trouble in visitor.trouble] == []


def write(visitor: Visitor, column: str, text: str) -> None:
    """Adds a card, and waits until the board has it."""
    field = visitor.page.get_by_label(f"A card for “{column}”")
    field.fill(text)
    field.press("Enter")
    visitor.page.locator("textarea", has_text=text).wait_for()
    expect(field).to_have_value("")


def test_three_people_write_in_silence_vote_and_carry_what_matters_most(
    room: list[Visitor], ben: Who
) -> None:
    leads, ada, cleo = room
    meeting_id = meetings.start_meeting(ben, stored(ben, small_postmortem()), anonymous=True)
    code = get_meeting(ben, meeting_id).join_code
    leads.go(f"meeting?id={meeting_id}")
    for visitor in (ada, cleo):
        visitor.go(f"join?code={code}")
        visitor.click("Come in", "It appears here by itself")
    leads.click("Begin the meeting", "For you:")
    for visitor in (ada, cleo):
        visitor.see("Everybody writes alone")
    meetings.move_to_part(ben, meeting_id, 2)  # from another process
    leads.see("Next: What we do about it")

    write(ada, "Went wrong", "The alert came late")
    write(cleo, "Went well", "The runbook helped")
    leads.see("2 cards")
    expect(leads.page.get_by_text("The alert came late")).to_have_count(0)
    ada.page.reload()
    ada.page.locator("textarea", has_text="The alert came late").wait_for()  # still her own
    half = cleo.page.get_by_label("A card for “What surprised us”")
    half.press_sequentially("half a thou")
    leads.page.get_by_role("button", name="Show all cards").click()
    leads.click("Show them to everybody", "Choose cards with the boxes")
    cleo.see("The alert came late")
    ada.see("The runbook helped")
    expect(half).to_have_value("half a thou")
    half.fill("")

    def give(visitor: Visitor, text: str) -> None:
        group = next(g for g in get_meeting(ben, meeting_id).groups if g.cards[0].text == text)
        box = visitor.page.locator(f".st-key-meeting-{meeting_id}-group-{group.id}")
        box.get_by_role("button", name="Vote").click()
        box.get_by_role("button", name="Your vote").wait_for()

    for visitor in (ada, cleo):
        give(visitor, "The alert came late")
    leads.see("2 of 3 people voted so far")
    leads.click("Show the votes", "2 votes")
    ada.see("2 votes")
    column = leads.page.locator(f".st-key-meeting-{meeting_id}-column-went_wrong")
    column.get_by_text("Choose", exact=True).click()
    leads.click("Carry the chosen into the post-mortem", "stand under What we learned")
    ada.see("In the post-mortem")
    record = postmortems.get_postmortem(ben, get_meeting(ben, meeting_id).postmortem_id)
    assert "The alert came late" in [lesson.text for lesson in record.lessons]


@pytest.mark.long
def test_a_conflicting_edit_is_put_together_and_an_accepted_correction_reaches_the_third(
    room: list[Visitor], ben: Who
) -> None:
    leads, ada, cleo = room
    postmortem_id = stored(ben, small_postmortem())
    meetings.start_meeting(ben, postmortem_id)
    for visitor in room:
        visitor.go(f"postmortem?id={postmortem_id}&step=review")
        visitor.see("People are coming into the review meeting")

    mine, theirs = (one.page.get_by_label("Summary") for one in (ada, leads))
    mine.fill("Retries were off.")
    theirs.fill("The release turned retries off.")
    theirs.blur()
    expect(cleo.page.get_by_label("Summary")).to_have_value("The release turned retries off.")
    ada.see("Ben Okafor changed the summary")
    expect(mine).to_have_value("Retries were off.")  # nothing moves under her hands
    mine.blur()
    ada.see("Somebody else changed the summary")
    ada.see("The release turned retries off.")
    ada.page.get_by_role("button", name="Put both together").click()
    both = "The release turned retries off.\n\nRetries were off."
    expect(mine).to_have_value(both)
    ada.page.get_by_role("button", name="Keep mine").click()
    for visitor in room:
        expect(visitor.page.get_by_label("Summary")).to_have_value(both)

    for visitor in room:
        visitor.go(f"postmortem?id={postmortem_id}&step=timeline")
    cleo.page.get_by_text("Propose a correction").click()
    form = cleo.page.locator("[data-testid=stExpander]", has_text="Propose a correction")
    form.get_by_label("Time", exact=True).fill("09:30")
    form.get_by_label("What happened").fill("Support called the team.")
    form.get_by_role("button", name="Propose").click()
    leads.see("Proposed corrections")
    expect(leads.page.get_by_text("Support called the team.")).to_have_count(1)
    ada.see("Support called the team.")  # she owns it, and may decide too
    leads.page.get_by_role("button", name="Accept").click()
    for visitor in room:
        visitor.see("4 of 4 lines")
        expect(visitor.page.get_by_text("Proposed corrections")).to_have_count(0)
    texts = [event.text for event in postmortems.get_postmortem(ben, postmortem_id).events]
    assert texts[2] == "Support called the team."
    ada.page.reload()
    ada.go(f"postmortem?id={postmortem_id}&step=review")
    expect(mine).to_have_value(both)
