"""Actions become tickets in local servers that are as strict as the trackers: one each, whatever
happens on the way."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from pathlib import Path
from threading import Barrier, Event

import pytest
from graphql import GraphQLSchema, build_schema

from models.rules.policy import Who
from models.rules.problems import NotAllowed, ProblemForUser
from models.rules.record import ActionRecord, IncidentRecord, PostmortemRecord
from models.rules.tickets.places import Tracker as Kind
from models.rules.tickets.states import FORSAKEN, SETTLING, PushState, Stage
from models.rules.vocabulary import ActionStatus
from services import clock, tickets
from services.action_history import list_changes
from services.actions import get_action, list_actions, save_action
from services.record_in import store_postmortem
from services.settings import settings
from services.ticket_push import Outcome, Pushed, push
from services.unit_of_work import writing
from tests.trackers import TOKEN, FakeGitHub, FakeJira, FakeLinear, Fault, Tracker

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT.parent / "shared" / "schemas" / "linear.graphql"


@cache
def small_schema() -> GraphQLSchema:
    return build_schema((ROOT / "tests" / "fixtures" / "linear_small.graphql").read_text("utf-8"))


def use(tracker: Tracker, kind: Kind, patch: pytest.MonkeyPatch) -> None:
    more = {
        Kind.JIRA: {"USER": "ada@example.com", "PROJECT": "OPS"},
        Kind.GITHUB: {"REPOSITORY": "example/shop"},
        Kind.LINEAR: {"TEAM": "OPS"},
    }[kind]
    for name, value in {"URL": tracker.url, "TOKEN": TOKEN, **more}.items():
        patch.setenv(f"HOTWASH_{kind.name}_{name}", value)
    settings.cache_clear()


@pytest.fixture
def github(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeGitHub]:
    tracker = FakeGitHub()
    use(tracker, Kind.GITHUB, monkeypatch)
    yield tracker
    tracker.stop()


@pytest.fixture
def jira(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeJira]:
    tracker = FakeJira()
    use(tracker, Kind.JIRA, monkeypatch)
    yield tracker
    tracker.stop()


@pytest.fixture
def linear(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLinear]:
    tracker = FakeLinear(small_schema())
    use(tracker, Kind.LINEAR, monkeypatch)
    yield tracker
    tracker.stop()


@pytest.fixture(params=list(Kind))
def any_tracker(request: pytest.FixtureRequest) -> tuple[Kind, Tracker]:
    return request.param, request.getfixturevalue(request.param.value)


def promised(who: Who, *texts: str) -> list[str]:
    """The ids of actions with these words."""
    actions = tuple(
        ActionRecord(text, owner="Ada Brandt", status=ActionStatus.ACCEPTED) for text in texts
    )
    with writing(who) as work:
        record = PostmortemRecord("Orders", incidents=(IncidentRecord("Down"),), actions=actions)
        postmortem = store_postmortem(work, record).id
    by_text = {row.text: row.id for row in list_actions(who, postmortem_id=postmortem)}
    return [by_text[text] for text in texts]


def later(by: timedelta, patch: pytest.MonkeyPatch) -> None:
    now = clock.now() + by
    patch.setattr(clock, "now", lambda: now)


def only(pushed: tuple[Pushed, ...]) -> Pushed:
    [one] = pushed
    return one


def test_an_action_becomes_a_ticket_and_its_link_is_kept(
    ada: Who, any_tracker: tuple[Kind, Tracker]
) -> None:
    kind, tracker = any_tracker
    ids = promised(ada, "Limit the batch to 1,000 rows")
    one = only(push(ada, ids, kind))
    assert (one.outcome, one.action_id) == (Outcome.MADE, ids[0])
    assert len(tracker.issues) == 1
    assert get_action(ada, ids[0]).tracker_url == one.url
    assert list_changes(ada, ids[0])[-1].after == one.url
    assert TOKEN not in json.dumps(tracker.asked)


def test_pushing_again_makes_no_second_ticket(ada: Who, any_tracker: tuple[Kind, Tracker]) -> None:
    kind, tracker = any_tracker
    ids = promised(ada, "Limit the batch")
    first = only(push(ada, ids, kind))
    save_action(ada, ids[0], {"tracker_url": (first.url, "")})
    again = only(push(ada, ids, kind))
    assert (again.outcome, again.url) == (Outcome.THERE, first.url)
    assert len(tracker.issues) == 1


def test_two_people_at_once_make_one_ticket(
    ada: Who, ben: Who, any_tracker: tuple[Kind, Tracker]
) -> None:
    kind, tracker = any_tracker
    ids = promised(ada, "Limit the batch")
    both = Barrier(2)

    def press(who: Who) -> Outcome:
        both.wait(timeout=30)
        return only(push(who, ids, kind)).outcome

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(press, [ada, ben]))
    assert len(tracker.issues) == 1
    assert Outcome.MADE in ends
    assert Outcome.FAILED not in ends


def test_a_ticket_that_was_taken_without_an_answer_is_found_again(
    ada: Who, any_tracker: tuple[Kind, Tracker]
) -> None:
    kind, tracker = any_tracker
    [action] = ids = promised(ada, "Limit the batch")
    if kind is Kind.LINEAR:  # the team is asked for first
        tracker.faults = [Fault(status=200, body={"data": {"teams": {"nodes": [
            {"id": FakeLinear.TEAM}]}}})]  # fmt: skip
    tracker.faults.append(Fault(after=True))
    one = only(push(ada, ids, kind))
    assert one.outcome is Outcome.UNSURE
    assert (len(tracker.issues), get_action(ada, action).tracker_url) == (1, "")
    again = only(push(ada, ids, kind))
    assert again.outcome is Outcome.MADE
    assert len(tracker.issues) == 1
    assert get_action(ada, action).tracker_url == again.url


def test_what_is_not_found_is_made_anew_only_when_the_try_has_settled(
    ada: Who, jira: FakeJira, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = promised(ada, "Limit the batch")
    jira.faults = [Fault(status=502)]
    assert only(push(ada, ids, Kind.JIRA)).outcome is Outcome.UNSURE
    soon = only(push(ada, ids, Kind.JIRA))
    assert (soon.outcome, jira.issues) == (Outcome.UNSURE, [])
    assert "two minutes" in soon.message
    later(SETTLING + timedelta(seconds=1), monkeypatch)
    assert only(push(ada, ids, Kind.JIRA)).outcome is Outcome.MADE
    assert len(jira.issues) == 1


def test_a_try_that_cannot_look_makes_nothing(
    ada: Who, github: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = promised(ada, "Limit the batch")
    github.faults = [Fault(after=True), Fault(status=500, only="GET")]
    push(ada, ids, Kind.GITHUB)
    later(SETTLING + timedelta(minutes=1), monkeypatch)
    assert only(push(ada, ids, Kind.GITHUB)).outcome is Outcome.UNSURE
    assert only(push(ada, ids, Kind.GITHUB)).outcome is Outcome.MADE
    assert len(github.issues) == 1


PUSH = """
from services.people import introduce
from services.ticket_push import push
from models.rules.tickets.places import Tracker
import sys
push(introduce("Ben Okafor"), [sys.argv[1]], Tracker.GITHUB)
"""


def test_a_process_that_is_killed_in_the_middle_leaves_one_ticket(
    ada: Who, github: FakeGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    [action] = ids = promised(ada, "Limit the batch")
    arrived, killed = Event(), Event()

    def hold_on() -> None:
        arrived.set()
        killed.wait(60)

    github.on_request = hold_on
    child = subprocess.Popen([sys.executable, "-c", PUSH, action], cwd=ROOT)
    try:
        assert arrived.wait(60)
        child.send_signal(signal.SIGKILL)
        child.wait(30)
    finally:
        child.kill()
        killed.set()
    meanwhile = only(push(ada, ids, Kind.GITHUB))
    assert (meanwhile.outcome, "this moment" in meanwhile.message) == (Outcome.UNSURE, True)
    later(FORSAKEN + timedelta(seconds=1), monkeypatch)
    push(ada, ids, Kind.GITHUB)
    assert len(github.issues) == 1
    assert get_action(ada, action).tracker_url == "https://github.com/example/shop/issues/1"


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(status=401), "does not accept the token"),
        (Fault(status=403, body={"message": "Resource not accessible"}), "not accessible"),
        (Fault(status=403, headers={"Retry-After": "60"}), "again in 60 seconds"),
        (Fault(status=404), "knows no such place"),
        (Fault(status=429, headers={"Retry-After": "7"}), "again in 7 seconds"),
        (Fault(status=301, headers={"Location": "http://127.0.0.1:9/"}), "sent Hotwash elsewhere"),
    ],
)
def test_after_a_problem_of_all_the_others_are_not_tried(
    ada: Who, github: FakeGitHub, fault: Fault, words: str
) -> None:
    ids = promised(ada, "Limit the batch", "Alert on lock waits")
    github.faults = [fault]
    first, second = push(ada, ids, Kind.GITHUB)
    assert words in first.message
    assert "not tried" in second.message
    assert {first.outcome, second.outcome} == {Outcome.FAILED}
    assert len(github.asked) == 1
    assert [p.outcome for p in push(ada, ids, Kind.GITHUB)] == [Outcome.MADE] * 2


def test_what_is_refused_alone_holds_up_no_other(ada: Who, github: FakeGitHub) -> None:
    ids = promised(ada, "Limit the batch", "Alert on lock waits")
    said = {"message": "Validation Failed", "errors": [{"field": "title", "code": "invalid"}]}
    github.faults = [Fault(status=422, body=said)]
    first, second = push(ada, ids, Kind.GITHUB)
    assert "title invalid" in first.message
    assert [first.outcome, second.outcome] == [Outcome.FAILED, Outcome.MADE]


def test_a_field_that_the_project_lacks_is_left_out(ada: Who, jira: FakeJira) -> None:
    jira.lacks = frozenset({"priority", "labels"})
    ids = promised(ada, "Limit the batch")
    assert only(push(ada, ids, Kind.JIRA)).outcome is Outcome.MADE
    [issue] = jira.issues
    assert not {"priority", "labels"} & set(issue["fields"])


def test_words_of_an_action_are_only_words_in_the_ticket(
    ada: Who, github: FakeGitHub, linear: FakeLinear
) -> None:
    text = 'Ask @octocat about #12 "}) { id } <!-- hotwash-other --> [x](http://x.test)'
    ids = promised(ada, text)
    push(ada, ids, Kind.GITHUB)
    body = github.issues[0]["body"]
    assert "@octocat" not in body
    assert "#12" not in body
    assert "<!-- hotwash-other -->" not in body
    assert body.endswith(f"<!-- hotwash-{ids[0]} -->")
    save_action(ada, ids[0], {"tracker_url": (get_action(ada, ids[0]).tracker_url, "")})
    push(ada, ids, Kind.LINEAR)
    assert linear.issues[0]["title"] == text
    queries = {body["query"] for _, _, body in linear.asked}
    assert all("octocat" not in query for query in queries)


def test_a_long_action_fits_with_its_whole_text_below(ada: Who, jira: FakeJira) -> None:
    text = "Limit " + "the batch of the importer " * 40 + "to 1,000 rows"
    push(ada, promised(ada, text), Kind.JIRA)
    fields = jira.issues[0]["fields"]
    assert fields["summary"].endswith("…")
    assert text in json.dumps(fields["description"])


def test_what_is_over_or_linked_by_hand_is_not_sent(ada: Who, github: FakeGitHub) -> None:
    over, linked = ids = promised(ada, "Limit the batch", "Alert on lock waits")
    save_action(ada, over, {"status": ("accepted", "declined"), "reason": ("", "Not the cause")})
    save_action(ada, linked, {"tracker_url": ("", "https://tracker.test/1")})
    outcomes = {p.action_id: p.outcome for p in push(ada, ids, Kind.GITHUB)}
    assert outcomes == {over: Outcome.FAILED, linked: Outcome.THERE}
    assert github.asked == []


def test_the_stage_is_read_back_and_the_action_stays(
    ada: Who, any_tracker: tuple[Kind, Tracker]
) -> None:
    kind, tracker = any_tracker
    [action] = ids = promised(ada, "Limit the batch")
    one = only(push(ada, ids, kind))
    assert tickets.read_back(ada, ids) == ()
    [ticket] = tickets.list_tickets(ada, ids)[action]
    assert (ticket.state, ticket.stage) == (PushState.MADE, Stage.OPEN)
    match kind:
        case Kind.GITHUB:
            tracker.issues[0] |= {"state": "closed", "state_reason": "completed"}
        case Kind.JIRA:
            done = {"name": "Shipped", "statusCategory": {"key": "done"}}
            tracker.issues[0]["fields"]["status"] = done
        case Kind.LINEAR:
            tracker.issues[0]["state"] = {"name": "Shipped", "type": "completed"}
    assert tickets.read_back(ada, ids) == ()
    [ticket] = tickets.list_tickets(ada, ids)[action]
    assert ticket.stage is Stage.DONE
    assert ticket.said in ("Shipped", "closed, completed")
    assert get_action(ada, action).status is ActionStatus.ACCEPTED
    tickets.mark_done(ada, action, kind, ActionStatus.ACCEPTED, "")
    row = get_action(ada, action)
    assert (row.status, row.reason) == (ActionStatus.DONE, one.url)


def test_a_ticket_that_is_gone_is_said_to_be(ada: Who, any_tracker: tuple[Kind, Tracker]) -> None:
    kind, tracker = any_tracker
    [action] = ids = promised(ada, "Limit the batch")
    push(ada, ids, kind)
    tracker.issues.clear()
    assert tickets.read_back(ada, ids) == ()
    assert tickets.list_tickets(ada, ids)[action][0].stage is Stage.GONE


def test_without_settings_it_says_what_is_missing(ada: Who) -> None:
    with pytest.raises(ProblemForUser, match="HOTWASH_JIRA_TOKEN"):
        push(ada, promised(ada, "Limit the batch"), Kind.JIRA)


def test_who_gave_no_name_sends_nothing(ada: Who, github: FakeGitHub) -> None:
    ids = promised(ada, "Limit the batch")
    with pytest.raises(NotAllowed):
        push(Who(None, ""), ids, Kind.GITHUB)
    assert github.asked == []


def test_a_token_is_in_no_log_and_no_message(
    ada: Who, github: FakeGitHub, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    github.faults = [Fault(status=401)]
    one = only(push(ada, promised(ada, "Limit the batch"), Kind.GITHUB))
    assert TOKEN not in caplog.text + one.message + repr(settings())


@pytest.mark.skipif(not VENDOR.exists(), reason="the vendor's schema is not beside the project")
def test_linear_takes_every_request_by_its_own_schema(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    tracker = FakeLinear(build_schema(VENDOR.read_text("utf-8"), assume_valid=True))
    use(tracker, Kind.LINEAR, monkeypatch)
    try:
        [action] = ids = promised(ada, "Limit the batch")
        assert only(push(ada, ids, Kind.LINEAR)).outcome is Outcome.MADE
        assert tickets.read_back(ada, ids) == ()
        assert tickets.list_tickets(ada, ids)[action][0].said == "Backlog"
    finally:
        tracker.stop()
