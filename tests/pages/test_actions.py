"""The Actions page: every action with who and until when; status and owner change in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.problems import ProblemForUser
from models.rules.record import ActionRecord, IncidentRecord, PostmortemRecord
from models.rules.vocabulary import ActionStatus, ActionType
from pages.learn.action_edits import save_edits, save_together
from services import clock, people
from services.action_list import WantedActions, find_actions
from services.actions import ActionRow, save_action
from services.record_in import store_postmortem
from services.unit_of_work import writing
from tests.conftest import Browser
from tests.pages.screen import link_to

PAGE = "learn/actions.py"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 6, 15, 9, 0, tzinfo=UTC))


def stored(who: Who, *actions: ActionRecord, title: str = "Checkout down") -> str:
    """A post-mortem with these actions; its id."""
    record = PostmortemRecord(
        title=title, incidents=(IncidentRecord(title=title),), actions=actions
    )
    with writing(who) as work:
        return store_postmortem(work, record).id


LIMIT = ActionRecord(
    "Limit the batch to 1,000 rows", owner="Ada Brandt", due_on=date(2025, 6, 1),
    status=ActionStatus.ACCEPTED,
)  # fmt: skip
ALERT = ActionRecord(
    "Alert on lock waits", owner="Ben Okafor", due_on=date(2025, 7, 1),
    type=ActionType.DETECT, status=ActionStatus.IN_PROGRESS,
)  # fmt: skip
DONE = ActionRecord("Document the failover", owner="Ada Brandt", status=ActionStatus.DONE)
DECLINED = ActionRecord("Buy a bigger disk", status=ActionStatus.DECLINED, reason="Not the cause.")


def table(app: AppTest) -> list[str]:
    assert not app.exception
    return [] if not app.dataframe else list(app.dataframe[0].value["Action"])


def said(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(m.value for m in [*app.markdown, *app.caption])


def test_without_actions_it_says_where_they_come_from(browser: Browser) -> None:
    assert "no actions yet" in said(browser.open(PAGE))


def test_every_action_of_every_post_mortem_is_there_the_one_due_first(
    browser: Browser, ada: Who
) -> None:
    stored(ada, ALERT, DONE)
    stored(ada, LIMIT, title="Login slow")
    app = browser.open(PAGE)
    assert table(app) == [LIMIT.text, ALERT.text, DONE.text]
    row = app.dataframe[0].value.iloc[0]
    assert (row["Late"], row["Owner"]) == ("Overdue", "Ada Brandt")
    assert row["Source"].startswith("/postmortem?id=")
    assert row["Source"].endswith("#Login slow")


def test_how_many_are_done_leaves_declined_ones_out(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT, ALERT, DONE, DECLINED)
    app = browser.open(PAGE)
    assert (
        "1 of 3 (33\u202f%) done; the target is over 90%. 1 declined"
        in app.get("progress")[0].proto.text
    )


def test_filters_stand_in_the_address(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT, ALERT, DONE, DECLINED)
    app = browser.open(PAGE)
    app.toggle(key="actions:mine").set_value(True).run()
    assert app.query_params["owner"] == "Ada Brandt"
    assert table(app) == [LIMIT.text, DONE.text]
    app.toggle(key="actions:overdue").set_value(True).run()
    assert table(app) == [LIMIT.text]
    app.multiselect(key="actions:status").set_value([ActionStatus.DONE]).run()
    assert "No action fits" in said(app)
    app.button(key="actions:all").click().run()
    assert len(table(app)) == 4
    assert not app.toggle(key="actions:mine").value


def test_a_view_that_was_sent_shows_the_same(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT, ALERT, DONE, DECLINED)
    app = browser.open(PAGE, status="in_progress,done", type="detect,prevent", sort="status")
    assert table(app) == [ALERT.text, DONE.text]
    assert app.multiselect(key="actions:status").value == ["in_progress", "done"]
    [link] = app.get("link_button")
    assert link.proto.url.startswith("/export/actions.csv?status=in_progress%2Cdone")


def test_a_word_in_the_address_that_there_is_not_is_told(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT)
    app = browser.open(PAGE, status="finished")
    assert "status=finished" in app.error[0].value.replace("\\", "")


def test_fifty_stand_on_a_page(browser: Browser, ada: Who) -> None:
    stored(ada, *(ActionRecord(f"Add check {n:03}") for n in range(120)))
    app = browser.open(PAGE)
    assert len(table(app)) == 50
    assert "1 to 50 of 120 actions" in said(app)


def drawn(who: Who) -> tuple[ActionRow, ...]:
    return find_actions(who, WantedActions()).rows


def test_status_owner_and_due_date_change_in_place(ada: Who, ben: Who) -> None:
    stored(ada, LIMIT, ALERT)
    edits = {0: {"Status": "In progress"}, 1: {"Owner": "Ada Brandt", "Due": "2025-08-01"}}
    assert save_edits(ada, drawn(ada), edits) == ()
    limit, alert = sorted(drawn(ada), key=lambda row: row.text, reverse=True)
    assert limit.status is ActionStatus.IN_PROGRESS
    assert (alert.owner, alert.due_on) == ("Ada Brandt", date(2025, 8, 1))


def test_an_owner_and_a_day_can_be_taken_away(ada: Who) -> None:
    stored(ada, LIMIT)
    save_edits(ada, drawn(ada), {0: {"Owner": None, "Due": None}})
    assert (drawn(ada)[0].owner, drawn(ada)[0].due_on) == ("", None)


def test_an_edit_in_the_table_says_that_it_is_saved(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT)
    app = browser.open(PAGE)
    assert "Saved" not in said(app)
    app.session_state["actions:saved"] = True  # cells cannot be typed in here
    app.run()
    assert "Saved" in said(app)
    app.run()
    assert "Saved" not in said(app)


@pytest.mark.parametrize(
    ("status", "button"),
    [(ActionStatus.DECLINED, "Decline it"), (ActionStatus.DONE, "It is done")],
)
def test_done_waits_for_its_proof_and_declined_for_its_reason(
    browser: Browser, ada: Who, status: ActionStatus, button: str
) -> None:
    stored(ada, LIMIT)
    [row] = drawn(ada)
    [waiting] = save_edits(ada, [row], {0: {"Status": button_label(status)}})
    assert (waiting.action_ids, waiting.status) == ((row.id,), status)
    assert drawn(ada)[0].status is ActionStatus.ACCEPTED
    browser.app.session_state["actions:waiting"] = waiting
    app = browser.open(PAGE)
    form = f"FormSubmitter:actions:word-{button}"
    app.button(key=form).click().run()
    assert "Say" in app.error[0].value
    app.text_input(key="actions:said").set_value("The batch is going away.")
    app.button(key=form).click().run()
    assert (drawn(ada)[0].status, drawn(ada)[0].reason) == (status, "The batch is going away.")
    assert "actions:said" not in [field.key for field in app.text_input]


def button_label(status: ActionStatus) -> str:
    return status.value.capitalize()


def test_what_is_ticked_changes_together_and_says_what_did_not(ada: Who, ben: Who) -> None:
    stored(ada, LIMIT, ALERT, DONE)
    seen = drawn(ada)
    save_action(ben, seen[1].id, {"owner": (seen[1].owner, "Cleo Novak")})
    for owner in ("Ada Brandt", "Ben Okafor"):  # also when Ada saw what she wants
        with pytest.raises(ProblemForUser, match="Cleo Novak") as caught:
            save_together(ada, seen, {"owner": owner})
        assert ALERT.text in caught.value.message
        assert f"Owner: {owner}" in caught.value.message
        seen = tuple(replace(row, owner=owner) if row.id != seen[1].id else row for row in seen)
    assert sorted(row.owner for row in drawn(ada)) == ["Ben Okafor", "Ben Okafor", "Cleo Novak"]


def test_ticked_rows_are_changed_from_below_the_table(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT, ALERT)
    browser.app.session_state["actions:chosen"] = {row.id for row in drawn(ada)}
    app = browser.open(PAGE)
    app.selectbox(key="actions:set:status").set_value(ActionStatus.DONE).run()
    app.text_input(key="actions:set:word").set_value("Release 41")
    app.button(key="actions:set:go").click().run()
    assert [(row.status, row.reason) for row in drawn(ada)] == [
        (ActionStatus.DONE, "Release 41")
    ] * 2
    assert "actions:set:go" not in [button.key for button in app.button]


def test_teams_are_those_of_the_owners(browser: Browser, ada: Who) -> None:
    stored(ada, LIMIT, ALERT)
    people.save_person_team(ada, ada.person_id or "", "Payments", "")
    app = browser.open(PAGE)
    app.toggle(key="actions:ours").set_value(True).run()
    assert app.query_params["team"] == "Payments"
    assert table(app) == [LIMIT.text]


def test_on_a_phone_actions_are_cards_that_open(
    browser: Browser, ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(ada, LIMIT)
    monkeypatch.setattr("pages.components.pictures.is_phone", lambda: True)
    app = browser.open(PAGE)
    assert (table(app), link_to(app, "Limit the batch")) == (
        [], ("action", f"id={drawn(ada)[0].id}")
    )  # fmt: skip


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(ada: Who, ben: Who) -> None:
    stored(ada, LIMIT, ALERT)
    seen = drawn(ada)
    save_action(
        ben,
        seen[0].id,
        {"status": (seen[0].status, ActionStatus.DONE), "reason": ("", "Release 41")},
    )
    with pytest.raises(ProblemForUser, match="Somebody else has changed it") as caught:
        save_edits(ada, seen, {0: {"Status": "In progress"}, 1: {"Status": "Accepted"}})
    assert seen[0].text in caught.value.message
    now = {row.id: row.status for row in drawn(ada)}
    assert now == {seen[0].id: ActionStatus.DONE, seen[1].id: ActionStatus.ACCEPTED}


def test_overdue_is_about_open_actions_only(ada: Who) -> None:
    late = date(2025, 6, 15) - timedelta(days=1)
    stored(ada, ActionRecord("A", due_on=late, status=ActionStatus.DONE))
    stored(ada, ActionRecord("B", due_on=late + timedelta(days=1)))
    assert [row.overdue for row in drawn(ada)] == [False, False]
