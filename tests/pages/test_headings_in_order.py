"""Headings are an outline: no level is left out on the way down, whatever the step."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.review import Step
from services.incidents import create_incident
from services.postmortems import start_postmortem
from services.publishing import publish_postmortem
from services.timeline import add_event
from tests.conftest import Browser

AT = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
LEVELS = {"title": 1, "header": 2, "subheader": 3}


@pytest.fixture
def postmortem(ada: Who) -> str:
    incident = create_incident(ada, "Checkout slow", began_at=AT)
    add_event(ada, incident, "Alert fired", at=AT)
    return start_postmortem(ada, [incident])


def outline(app: AppTest) -> list[int]:
    levels = []
    for element in app.main:
        if element.type in LEVELS:
            levels.append(LEVELS[element.type])
        elif element.type == "markdown":
            levels += [len(marks) for marks in re.findall(r"(?m)^(#{1,6}) ", element.value)]
    return levels


def in_order(levels: list[int]) -> bool:
    return levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


@pytest.mark.parametrize("step", Step)
def test_each_step_of_the_workspace(browser: Browser, postmortem: str, step: Step) -> None:
    levels = outline(browser.open("learn/workspace.py", id=postmortem, step=step.value))
    assert len(levels) > 1
    assert in_order(levels), levels


def test_a_published_postmortem(browser: Browser, ada: Who, postmortem: str) -> None:
    publish_postmortem(ada, postmortem, 1)
    levels = outline(browser.open("learn/published.py", id=postmortem))
    assert len(levels) > 3
    assert in_order(levels), levels
