"""The frame of the workspace: eight steps, what they lack, and the way between them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.policy import Who
from models.rules.review import Step
from models.rules.vocabulary import label
from services import incidents, postmortems, publishing
from tests.conftest import Browser

NINE = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PAGE = "learn/workspace.py"


@pytest.fixture
def postmortem(ada: Who) -> str:
    incident = incidents.create_incident(ada, "Checkout *slow*", began_at=NINE)
    return postmortems.start_postmortem(ada, [incident])


def said(app: object) -> str:
    return " ".join(e.value for kind in ("markdown", "caption", "info") for e in getattr(app, kind))


@pytest.mark.parametrize("step", list(Step))
def test_every_step_opens_for_a_post_mortem_that_is_still_empty(
    browser: Browser, postmortem: str, step: Step
) -> None:
    app = browser.open(PAGE, id=postmortem, step=step)
    assert not app.exception
    assert not app.error
    assert app.header[0].value == label(step)


def test_all_eight_steps_are_there_and_say_what_is_missing(
    browser: Browser, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem)
    strip = [b for b in app.button if f"{postmortem}:step:" in (b.key or "")]
    assert [b.label for b in strip] == [label(step) for step in Step]
    assert "Missing: a facilitator (and 2 more)" in said(app)
    assert "Still missing: a facilitator, participants, a meeting time." in said(app)


def test_a_step_stands_in_the_address_and_leads_to_the_next(
    browser: Browser, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem, step="impact")
    app.button(f"{postmortem}:next").click().run()
    assert app.query_params["step"] == "why"
    assert app.header[0].value == "Why"
    app.button(f"{postmortem}:step:{Step.REVIEW}").click().run()
    assert app.header[0].value == "Review"


def test_words_that_are_no_step_lead_to_the_first(browser: Browser, postmortem: str) -> None:
    assert browser.open(PAGE, id=postmortem, step="%00").header[0].value == "Prepare"


@pytest.mark.parametrize("address", ["", "nothing"])
def test_an_address_that_leads_nowhere_says_so_calmly(browser: Browser, address: str) -> None:
    app = browser.open(PAGE, id=address)
    assert "There is no post-mortem at this address." in said(app)
    assert not app.exception
    assert not app.error


def test_the_title_is_shown_as_it_was_typed_and_can_be_changed(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    app = browser.open(PAGE, id=postmortem)
    assert app.title[0].value == "Checkout \\*slow\\*"
    app.text_input(f"{postmortem}:title").set_value("Checkout slow for an hour").run()
    assert postmortems.get_postmortem(ada, postmortem).title == "Checkout slow for an hour"


def test_a_published_post_mortem_is_frozen_and_says_how_to_go_on(
    browser: Browser, ada: Who, postmortem: str
) -> None:
    publishing.publish_postmortem(ada, postmortem, 1)
    for step in ("prepare", "timeline", "impact", "why"):
        app = browser.open(PAGE, id=postmortem, step=step)
        assert "its words are frozen" in said(app)
        fields = [*app.text_area, *app.checkbox, *app.multiselect, *app.selectbox]
        typed = [f for f in app.text_input if not f.key.endswith(":filter")]
        words = [f for f in [*fields, *typed] if ":discuss:" not in f.key]  # comments go on
        assert all(field.disabled for field in words)
    app.button(f"{postmortem}:to_publish").click().run()
    assert app.header[0].value == "Publish"
