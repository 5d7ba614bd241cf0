"""What comes back, on its own page; this day in earlier years on the archive; the past beside
what is being written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.policy import Who
from models.rules.record import ActionRecord
from services import clock
from tests.conftest import Browser
from tests.pages.screen import link_to, links, press, said
from tests.services.test_recurring_and_similar import DONE, OPEN, draft, earlier, written

PAGE = "learn/archive_factors.py"
NOW = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _the_first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_factors_stand_by_quarter_with_n_and_with_what_was_promised(
    browser: Browser, ada: Who
) -> None:
    earlier(ada, "Login down", factors=("Expiry",), actions=(DONE, OPEN))
    last = earlier(ada, "Login slow", factors=("Expiry",), began=datetime(2025, 2, 1, tzinfo=UTC))
    app = browser.open(PAGE)
    [row] = app.dataframe[0].value.to_dict("records")
    assert (row["Factor"], row["All"]) == ("Expiry", 2)
    assert (row["2024-Q1 (n=1)"], row["2025-Q1 (n=1)"]) == (1, 1)
    assert "Promised for it: 1 of 2 done" in said(app)
    assert "Renew automatically – accepted, due 1 Apr 2024 and overdue" in said(app)
    assert link_to(app, "Login slow") == ("published", f"id={last}")
    assert "factor=" in link_to(app, "All post-mortems that name")[1]


def test_without_factors_the_page_says_where_they_come_from(browser: Browser, ada: Who) -> None:
    assert "No incident of the last 2 years" in said(browser.open(PAGE))
    earlier(ada, "Login down")
    app = browser.open(PAGE)
    assert "tagged on the Why step" in said(app)
    assert press(app, "See the post-mortems").title[0].value == "Post\\-mortems"


def test_older_years_can_be_asked_for(browser: Browser, ada: Who) -> None:
    earlier(ada, "Login down", factors=("Expiry",), began=datetime(2021, 5, 1, tzinfo=UTC))
    assert "No incident of the last 2 years" in said(browser.open(PAGE))
    app = browser.open(PAGE, years="5")
    [row] = app.dataframe[0].value.to_dict("records")
    assert row["2021-Q2 (n=1)"] == 1


def test_this_day_stands_on_the_archive_and_a_search_does_not_show_it(
    browser: Browser, ada: Who
) -> None:
    earlier(ada, "Login down")
    app = browser.open("learn/archive.py")
    assert "On this day" in said(app)
    assert "2024: Login down" in links(app)
    assert "On this day" not in said(browser.open("learn/archive.py", q="login"))


def test_an_ordinary_day_is_quiet(browser: Browser, ada: Who) -> None:
    earlier(ada, "Login down", began=datetime(2024, 7, 7, tzinfo=UTC))
    assert "On this day" not in said(browser.open("learn/archive.py"))


@pytest.mark.parametrize("step", ["timeline", "why"])
def test_what_happened_before_stands_beside_what_is_written(
    browser: Browser, ada: Who, step: str
) -> None:
    words = "The signing certificate of the identity provider expired."
    old = earlier(ada, "Login down", words, actions=(DONE, OPEN))
    new = written(ada, draft("Checkout refused", words))
    app = browser.open("learn/workspace.py", id=new.id, step=step)
    assert link_to(app, "Login down") == ("published", f"id={old}")
    assert "Promised then: 1 of 2 done" in said(app)
    assert "Alert on expiry (Mira) – done" in said(app)


def test_proposals_of_old_documents_are_no_broken_promises(browser: Browser, ada: Who) -> None:
    words = "The signing certificate of the identity provider expired."
    earlier(ada, "Login down", words, actions=(ActionRecord("Alert on expiry"),))
    new = written(ada, draft("Checkout refused", words))
    app = browser.open("learn/workspace.py", id=new.id, step="timeline")
    assert "Proposed then; what became of it is not noted" in said(app)


@pytest.mark.parametrize("step", ["why", "actions"])
def test_the_past_of_a_factor_stands_where_it_is_tagged_and_answered(
    browser: Browser, ada: Who, step: str
) -> None:
    earlier(ada, "Login down", factors=("Expiry",), actions=(DONE,))
    new = written(ada, draft("Something else", factors=("Expiry",)))
    app = browser.open("learn/workspace.py", id=new.id, step=step)
    assert "Named in one post-mortem" in "".join(links(app))
    assert "Promised for it: 1 of 1 done" in said(app)


def test_without_a_past_nothing_is_drawn(browser: Browser, ada: Who) -> None:
    new = written(ada, draft("Something else", factors=("Expiry",)))
    for step in ("timeline", "why", "actions"):
        app = browser.open("learn/workspace.py", id=new.id, step=step)
        assert not [e for e in app.expander if "before" in e.label]
