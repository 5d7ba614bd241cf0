"""Somebody leads in a narrow, dark window after a long run; three seats vote in their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect

from models.rules.exercise import commands, facilitating
from models.rules.policy import Who
from services import database, exercises, people
from services.exercise_log import Run
from services.scenario_library import get_scenario
from services.settings import settings
from tests.journeys.conftest import PATIENCE, Server, Visitor, visit

NARROW = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
SEATS = {"ic": "Ada Brandt", "ops": "Ben Okafor", "data": "Cleo Tan"}
NOTES = 25  # of each seat


@pytest.fixture
def fay(server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Who]:
    """Who leads, at the database of the server."""
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{server.database}")
    settings.cache_clear()
    yield people.introduce("Fay Lindqvist")
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


@pytest.fixture
def long_run(fay: Who) -> str:
    """A run that has gone on for a while, and is at a decision that the table votes on."""
    run_id = exercises.open_run(fay, get_scenario(fay, "mass-deletion")[0])
    players = {seat: people.introduce(name) for seat, name in SEATS.items()}
    for seat, player in players.items():
        exercises.join_run(player, run_id, seat)
    exercises.start_live(fay, run_id)
    for n in range(NOTES):
        for player in players.values():
            exercises.act_as_seat(player, run_id, commands.note, f"Note {n}", click=f"note-{n}")
    exercises.act_as_facilitator(fay, run_id, facilitating.choose_branch, "order", "To the vote")
    return run_id


def until_ended_by_vote(fay: Who, run_id: str, visitor: Visitor) -> Run:
    for _ in range(PATIENCE // 50):
        run = exercises.get_run(fay, run_id)
        if any(event.kind == "decided" for event in run.log):
            return run
        visitor.page.wait_for_timeout(50)  # between two looks at the condition
    raise AssertionError("nothing was decided")


def vote(visitor: Visitor, option: str) -> None:
    visitor.see("The table votes")
    visitor.page.get_by_test_id("stRadio").get_by_text(option).click()
    button = visitor.page.get_by_role("button", name="Vote", exact=True)
    expect(button).to_be_enabled()
    button.dblclick()


def test_three_seats_vote_in_their_browsers_and_the_most_votes_decide(
    chromium: Browser, server: Server, fay: Who, long_run: str
) -> None:
    with ExitStack() as contexts:
        seated = []
        for name in SEATS.values():
            context, visitor = visit(chromium, server.url, **NARROW)
            contexts.callback(context.close)
            visitor.come_in(name)
            visitor.go(f"exercise?id={long_run}")
            seated.append(visitor)
        vote(seated[0], "The largest customers first")
        seated[1].see("1 of 3 have voted")
        vote(seated[1], "By harm: safety")
        seated[2].see("2 of 3 have voted")
        vote(seated[2], "By harm: safety")
        run = until_ended_by_vote(fay, long_run, seated[0])
        [decided] = [event.what for event in run.log if event.kind == "decided"]
        assert (decided.option, decided.how) == ("harm", "vote")
        assert [event.kind for event in run.log].count("voted") == 3
        for visitor in seated:
            visitor.see("The team is at work until")
            assert visitor.trouble == []


def test_who_leads_in_a_narrow_window_sees_what_is_missing_where_they_write(
    chromium: Browser, server: Server, fay: Who, long_run: str
) -> None:
    with ExitStack() as contexts:
        context, lead = visit(chromium, server.url, **NARROW)
        contexts.callback(context.close)
        lead.come_in(fay.name)
        lead.go(f"console?id={long_run}")
        page = lead.page
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        for row in page.get_by_role("button", name="Leave out").all():
            assert (row.bounding_box() or {})["height"] < 45  # one line
        page.get_by_role("button", name="Write one").click()
        page.get_by_role("button", name="Send it").click()
        form = page.get_by_test_id("stPopoverBody")
        expect(form.get_by_text("An inject needs a title and a text.")).to_be_visible()
        page.get_by_label("Title").fill("The lift is stuck")
        page.get_by_label("Text", exact=True).fill("Amara is in it.")
        page.get_by_role("button", name="Send it").dblclick()
        expect(page.get_by_label("Title").first).to_have_value("")
        log = exercises.get_run(fay, long_run).log
        assert [event.what.source for event in log if event.kind == "injected"] == ["improvised"]
        assert lead.trouble == []
