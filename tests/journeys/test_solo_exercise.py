"""A newcomer plays the ten-minute exercise alone, from the home page to its end."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, WebSocket, expect

from services.scenario_library import FOLDER
from tests.journeys.conftest import Server, Visitor, visit

PATH = [
    "Declare an incident, then choose its severity",
    "Go back to release 213",
    "Say who was affected, that paying works again",
    "Say that you are watching it, and look again",
    "Close it with a last update, and book an hour",
]
FEEDBACK = [
    "Customers were hurt, and you said so within a minute.",
    "You did not need to understand the error to end it.",
    "Effect, present state, time of the next update",
    "In this half hour a server was replaced",
    "A clear end, for customers and for the team",
]


class Overheard:
    """Everything that came to the browser over its websockets, without the marks of escaping."""

    def __init__(self, visitor: Visitor) -> None:
        self.said = ""
        visitor.page.on("websocket", self.listen)

    def listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self.note)

    def note(self, frame: str | bytes) -> None:
        text = frame if isinstance(frame, str) else frame.decode("utf-8", "replace")
        self.said += text.replace("\\", "")


def set_severity(visitor: Visitor) -> None:
    """With the questions that are used for incidents."""
    page = visitor.page
    page.get_by_test_id("stButtonGroup").get_by_text("Severity", exact=True).click()
    visitor.see("Is production completely down")
    visitor.click("No", "Is a major function degraded?")
    visitor.click("Yes", "Is there a workaround for customers?")
    visitor.click("Yes", "The answers lead to SEV1")
    visitor.click("Set the severity", "The severity is SEV1")


def decide(visitor: Visitor, option: str) -> None:
    page = visitor.page
    page.get_by_test_id("stRadio").get_by_text(option).click()
    button = page.get_by_role("button", name="Decide")
    expect(button).to_be_enabled()
    button.dblclick()  # as some people do
    visitor.see("You chose")
    visitor.settle()


def test_a_newcomer_plays_alone_from_the_home_page_to_the_end(
    chromium: Browser, server: Server
) -> None:
    context, visitor = visit(chromium, server.url, viewport={"width": 390, "height": 844})
    overheard = Overheard(visitor)
    visitor.come_in("Nia Novak")
    visitor.click("Start the exercise", "You have just sat down with a cup of tea")
    visitor.click("Begin", "Payments are failing")
    set_severity(visitor)
    for number, (option, feedback) in enumerate(zip(PATH, FEEDBACK, strict=True)):
        assert feedback not in overheard.said
        decide(visitor, option)
        visitor.see(feedback)
        assert feedback in overheard.said
        if number == 1:
            visitor.page.reload()
            visitor.see(feedback)
            visitor.settle()
        if option != PATH[-1]:
            visitor.click("Go on", "What do you do?")
    for secret in secrets():
        assert secret not in overheard.said
    visitor.click("See how it ended", "A quiet Tuesday again")
    visitor.see("A good ending")
    visitor.see("50 of 50")
    visitor.see("100%")
    visitor.go("")
    visitor.see("Start the exercise")
    assert visitor.trouble == []
    context.close()


def secrets() -> list[str]:
    """Beginnings of what only the facilitator of this scenario reads."""
    text = (FOLDER / "first-page.yaml").read_text("utf-8")
    found = re.findall(r'(?:read_aloud|notes|if_stuck|suggest_when|why): "([^"]{20,})"', text)
    assert len(found) > 8
    return found
