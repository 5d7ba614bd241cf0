"""What follows: every change is kept, nothing takes an action along, people are reminded once, and
owners are asked whether it helped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models.rules.following.helped import Helped
from models.rules.following.loop import Quarter
from models.rules.following.reminders import Kind
from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.record import ActionRecord, ClockTime, PostmortemRecord
from models.rules.vocabulary import ActionStatus, Clock, PostmortemStatus
from models.tables.people import Factor, Person
from models.tables.postmortem import ActionItem
from models.tables.sending import OutboxMessage
from services import (
    action_history,
    action_outcomes,
    actions,
    home,
    people,
    publishing,
    reminders,
    whys,
)
from services.action_list import WantedActions, find_actions
from services.unit_of_work import writing
from tests.services.conftest import Time
from tests.small_postmortem import small_incident, small_postmortem, stored

S = ActionStatus
DUE = date(2026, 3, 25)  # of a1, which is Ada's, in a post-mortem of Ada's


@pytest.fixture
def promised(ada: Who, time: Time) -> str:
    """The id of the post-mortem; its one action is a promise. It is 2 March 2026, 9:00 UTC."""
    pm = stored(ada)
    publishing.publish_postmortem(ada, pm, 1)
    return pm


def history(who: Who) -> list[tuple[str, str, str]]:
    return [(c.field, c.before, c.after) for c in action_history.list_changes(who, "a1")]


def owned_by(who: Who, postmortem: str, owner: Who) -> None:
    """Makes the post-mortem somebody else's than its action."""
    from models.tables.postmortem import Postmortem

    with writing(who) as work:
        work.get(Postmortem, postmortem, "post-mortem").owner_id = owner.person_id


def test_publishing_and_every_later_change_stand_in_the_history(ada: Who, promised: str) -> None:
    actions.save_action(ada, "a1", {"owner": ("Ada Brandt", "Cleo Novak"), "due_on": (DUE, None)})
    done = {"status": (S.ACCEPTED, S.DONE), "reason": ("", "Release 41")}
    actions.save_action(ada, "a1", done)
    actions.save_action(ada, "a1", {"status": (S.DONE, S.IN_PROGRESS)})
    assert history(ada) == [
        ("status", "proposed", "accepted"),
        ("owner", "Ada Brandt", "Cleo Novak"),
        ("due_on", "2026-03-25", ""),
        ("status", "accepted", "done"),
        ("reason", "", "Release 41"),
        ("status", "done", "in_progress"),
        ("reason", "Release 41", ""),
    ]
    assert {c.by for c in action_history.list_changes(ada, "a1")} == {"Ada Brandt"}


def test_saving_what_is_there_already_is_no_change(ada: Who, promised: str) -> None:
    before = history(ada)
    actions.save_action(ada, "a1", {"owner": ("Ada Brandt", "Ada Brandt"), "due_on": (DUE, DUE)})
    assert history(ada) == before


def test_a_refused_change_leaves_no_history(ada: Who, promised: str) -> None:
    before = history(ada)
    with pytest.raises(ProblemForUser, match="what shows"):
        actions.save_action(ada, "a1", {"due_on": (DUE, None), "status": (S.ACCEPTED, S.DONE)})
    assert history(ada) == before


def test_a_date_that_was_moved_twice_is_told_in_the_list(ada: Who, promised: str) -> None:
    for day in (1, 2):
        was, now = DUE + timedelta(days=day - 1), DUE + timedelta(days=day)
        actions.save_action(ada, "a1", {"due_on": (was, now)})
    moves = find_actions(ada, WantedActions(), size=50).moves["a1"]
    assert (moves.count, moves.first) == (2, DUE)


def test_of_several_each_is_saved_whole_or_not_at_all(ada: Who, ben: Who, promised: str) -> None:
    other = stored(ada, small_postmortem("Login slow"))
    [second] = actions.list_actions(ada, postmortem_id=other)
    actions.save_action(ben, "a1", {"owner": ("Ada Brandt", "Ben Okafor")})
    refused = actions.save_actions(
        ada,
        {
            "a1": {"due_on": (DUE, None), "owner": ("Ada Brandt", "Cleo Novak")},
            second.id: {"owner": ("Ada Brandt", "Cleo Novak")},
            "nowhere": {"owner": ("", "Cleo Novak")},
        },
    )
    assert [one.action_id for one in refused] == ["a1", "nowhere"]
    assert "Ben Okafor" in refused[0].message
    first = actions.get_action(ada, "a1")
    assert (first.due_on, first.owner) == (DUE, "Ben Okafor")
    assert actions.get_action(ada, second.id).owner == "Cleo Novak"


def test_an_idea_stays_an_idea_when_the_postmortem_is_published(ada: Who) -> None:
    pm = stored(ada)
    idea = actions.add_action(ada, pm, ActionRecord("Ask the vendor", status=S.IDEA))
    publishing.publish_postmortem(ada, pm, 1)
    assert actions.get_action(ada, idea).status is S.IDEA
    found = find_actions(ada, WantedActions())
    assert (found.done, found.counted) == (0, 1)


def test_a_proposal_that_was_a_promise_once_cannot_be_removed(ada: Who, promised: str) -> None:
    publishing.back_to_draft(ada, promised, "The vendor answered")
    for was, now in ((S.ACCEPTED, S.DECLINED), (S.DECLINED, S.PROPOSED)):
        word = {"reason": ("", "No time")} if now is S.DECLINED else {}
        actions.save_action(ada, "a1", {"status": (was, now), **word})
    with pytest.raises(ProblemForUser, match="was a promise"):
        actions.remove_action(ada, "a1")


def test_the_history_of_a_removed_proposal_stays(ada: Who) -> None:
    pm = stored(ada)
    new = actions.add_action(ada, pm, ActionRecord("Ask the vendor"))
    actions.remove_action(ada, new)
    changes = action_history.list_changes(ada, new)
    assert [(c.field, c.before) for c in changes] == [("text", ""), ("removed", "Ask the vendor")]


def test_removing_the_why_and_its_factor_leaves_the_action(ada: Who) -> None:
    pm = stored(ada)
    whys.remove_why(ada, "w2")
    [row] = actions.list_actions(ada, postmortem_id=pm)
    assert (row.id, row.factor) == ("a1", "Configuration change")


@pytest.mark.parametrize("table", [Person, Factor])
def test_the_database_removes_nothing_that_an_action_points_to(
    ada: Who, promised: str, table: type[Person] | type[Factor]
) -> None:
    def remove() -> None:
        with writing(ada) as work:
            action = work.get(ActionItem, "a1", "action")
            row_id = action.owner_id if table is Person else action.factor_id
            work.session.delete(work.get(table, row_id or "", "row"))

    with pytest.raises(IntegrityError):
        remove()
    assert len(actions.list_actions(ada)) == 1


def test_somebody_who_left_keeps_their_actions(ada: Who, ben: Who, promised: str) -> None:
    people.save_active(ben, ada.person_id or "", False, True)
    assert [row.owner for row in actions.list_actions(ben)] == ["Ada Brandt"]


def test_reminders_are_sent_once_and_stand_on_the_home_page(
    ada: Who, ben: Who, promised: str, time: Time
) -> None:
    owned_by(ada, promised, ben)
    time.now = datetime(2026, 3, 26, 9, tzinfo=UTC)
    assert [reminders.send_due(time.now) for _ in range(3)] == [1, 0, 0]
    [mine] = home.get_home(ada).reminders
    assert (mine.action_id, mine.kind, mine.yours) == ("a1", Kind.LATE, True)
    assert home.get_home(ada).actions == (), "it stands there once"
    assert home.get_home(ben).reminders == ()
    time.now = datetime(2026, 4, 1, 9, tzinfo=UTC)
    assert reminders.send_due(time.now) == 1
    [his] = home.get_home(ben).reminders
    assert (his.kind, his.owner, his.yours) == (Kind.LONG_LATE, "Ada Brandt", False)
    reminders.take_off(ben, his.id)
    reminders.take_off(ben, mine.id)  # which is not his
    assert (home.get_home(ben).reminders, len(home.get_home(ada).reminders)) == ((), 1)


def test_what_is_done_or_moved_reminds_nobody_any_more(ada: Who, promised: str, time: Time) -> None:
    time.now = datetime(2026, 3, 26, 9, tzinfo=UTC)
    reminders.send_due(time.now)
    actions.save_action(ada, "a1", {"due_on": (DUE, date(2026, 5, 1))})
    assert home.get_home(ada).reminders == ()


def test_a_message_goes_to_the_outbox_where_there_is_an_address(
    ada: Who, promised: str, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.settings import read_settings, settings

    url = settings().database_url
    here = read_settings(
        {"HOTWASH_DATABASE_URL": url, "HOTWASH_SMTP_HOST": "mail.example.com",
         "HOTWASH_SMTP_FROM": "hotwash@example.com"}
    )  # fmt: skip
    monkeypatch.setattr("services.outbox.settings", lambda: here)
    with writing(ada) as work:
        work.get(Person, ada.person_id or "", "person").email = "ada@example.com"
    time.now = datetime(2026, 3, 26, 9, tzinfo=UTC)
    reminders.send_due(time.now)
    with writing(ada) as work:
        [mail] = work.session.exec(select(OutboxMessage)).all()
        said = mail.address, mail.kind, mail.subject, mail.text
    assert said[:3] == ("ada@example.com", "reminder", "An action waits for you")
    assert "Refuse a release whose retry limit is zero" in said[3]


def test_asking_for_peace_needs_a_day_and_a_reason(ada: Who, promised: str, time: Time) -> None:
    soon = time.now.date() + timedelta(days=30)
    for until, reason in ((soon, " "), (time.now.date(), "x"), (soon + timedelta(days=99), "x")):
        with pytest.raises(ProblemForUser):
            reminders.snooze(ada, "a1", until, reason, None)
    reminders.snooze(ada, "a1", soon, "The vendor ships in April", None)
    with pytest.raises(Conflict):
        reminders.snooze(ada, "a1", soon - timedelta(days=1), "x", None)
    time.now = datetime(2026, 3, 26, 9, tzinfo=UTC)
    assert reminders.send_due(time.now) == 0
    time.now = datetime.combine(soon, time.now.timetz())
    assert reminders.send_due(time.now) == 1
    assert ("snooze_reason", "", "The vendor ships in April") in history(ada)
    reminders.snooze(ada, "a1", None, "", soon)
    assert actions.get_action(ada, "a1").snooze_reason == ""


def finish(who: Who) -> None:
    done = {"status": (S.ACCEPTED, S.DONE), "reason": ("", "Release 41")}
    actions.save_action(who, "a1", done)


def later_incident(who: Who, when: datetime, title: str) -> PostmortemRecord:
    """A published post-mortem of an incident that shares the factor of a1."""
    clocks = {Clock.IMPACT_BEGAN: ClockTime(when)}
    incident = replace(small_incident(), title=title, clocks=clocks, events=())
    return replace(
        small_postmortem(title), incidents=(incident,), actions=(), whys=(),
        factors=("Configuration change",), status=PostmortemStatus.PUBLISHED,
    )  # fmt: skip


def test_the_owner_is_asked_after_six_weeks_with_what_happened_since(
    ada: Who, ben: Who, promised: str, time: Time
) -> None:
    finish(ada)
    done = time.now
    stored(ada, later_incident(ada, done - timedelta(days=1), "Before"))
    stored(ada, later_incident(ada, done + timedelta(days=9), "Orders waited again"))
    time.now = done + timedelta(weeks=6, seconds=-1)
    assert action_outcomes.list_questions(ada, 5) == ()
    time.now = done + timedelta(weeks=6)
    [question] = action_outcomes.list_questions(ada, 5)
    assert (question.action_id, question.since_count) == ("a1", 1)
    assert [one.title for one in question.since] == ["Orders waited again"]
    assert action_outcomes.list_questions(ben, 5) == ()
    assert home.get_home(ada).questions == 1


def test_an_answer_is_kept_and_stands_in_history_and_archive(
    ada: Who, ben: Who, promised: str, time: Time
) -> None:
    with pytest.raises(ProblemForUser, match="once it is done"):
        action_outcomes.answer_helped(ada, "a1", Helped.YES, "", None)
    finish(ada)
    time.forward(weeks=7)
    for _ in range(2):
        action_outcomes.answer_helped(ada, "a1", Helped.PARTLY, "One more in May", None)
    with pytest.raises(Conflict):
        action_outcomes.answer_helped(ben, "a1", Helped.NO, "", None)
    [answer] = action_outcomes.list_answers(ben, postmortem_id=promised)
    assert (answer.helped, answer.sentence, answer.by) == (
        Helped.PARTLY, "One more in May", "Ada Brandt",
    )  # fmt: skip
    assert history(ada)[-2:] == [("helped", "", "partly"), ("sentence", "", "One more in May")]
    assert action_outcomes.list_questions(ada, 5) == ()


def test_the_team_chooses_after_how_many_weeks(ada: Who, promised: str, time: Time) -> None:
    finish(ada)
    action_outcomes.save_ask_after_weeks(ada, 2, 6)
    with pytest.raises(Conflict):
        action_outcomes.save_ask_after_weeks(ada, 3, 6)
    time.forward(weeks=2)
    assert len(action_outcomes.list_questions(ada, 5)) == 1


def test_the_loop_of_a_quarter_counts_what_it_says(ada: Who, promised: str, time: Time) -> None:
    finish(ada)
    time.forward(weeks=7)
    action_outcomes.answer_helped(ada, "a1", Helped.YES, "", None)
    stored(ada, later_incident(ada, datetime(2026, 3, 20, tzinfo=UTC), "Again"))
    stored(ada, replace(small_postmortem("Never published"), actions=()))
    loop = action_outcomes.get_loop(ada, Quarter(2026, 1))
    assert (loop.incidents, loop.reviewed, loop.promised, loop.done) == (3, 2, 1, 1)
    assert (loop.judged, loop.helpful, loop.recurrences) == (1, 1, 2)
    assert action_outcomes.get_loop(ada, Quarter(2025, 1)).incidents == 0


def test_a_team_is_that_of_the_owner(ada: Who, promised: str) -> None:
    people.save_person_team(ada, ada.person_id or "", "Payments", "")
    assert people.get_team(ada) == "Payments"
    assert len(find_actions(ada, WantedActions(team="payments")).rows) == 1
    assert find_actions(ada, WantedActions(team="Search")).rows == ()
    with pytest.raises(Conflict) as conflict:
        people.save_person_team(ada, ada.person_id or "", "Search", "")
    assert conflict.value.theirs == "Payments"
