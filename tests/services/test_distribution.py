"""A published post-mortem to lists: what was looked at is what goes out, once to each address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from models.rules.policy import Who
from models.rules.problems import NotFound, ProblemForUser
from models.rules.sending.retrying import MailState
from models.rules.vocabulary import ActionStatus, Audience
from services import actions, distribution, distribution_lists, documents, outbox, publishing
from services.distribution import Wish, get_prepared, prepare, send
from services.outbox_worker import deliver_due
from services.settings import settings
from tests.mail_server import Postbox
from tests.services.mailing import list_with, published, use
from tests.small_postmortem import small_postmortem, stored
from tests.statements import statements

LINK = "http://hotwash.test/published?id=1"


@pytest.fixture(scope="module", autouse=True)
def _one_printer() -> Iterator[None]:
    """Starting one takes seconds: all tests here print with the same."""
    yield
    documents.stop_printer()


@pytest.fixture
def postbox(ada: Who, monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    box = Postbox()
    use(box, monkeypatch)
    box.start()
    yield box
    box.stop()


@pytest.fixture
def wish(ada: Who) -> Wish:
    """The full report with names, to two people."""
    everyone = list_with(ada, "Everyone", "cleo@example.org", "Dora <dora@example.org>")
    return Wish(published(ada), 1, Audience.FULL, redact=False, list_ids=(everyone,))


def send_all(who: Who, wish: Wish) -> str:
    sending = prepare(who, wish, link=LINK)
    send(who, sending, get_prepared(who, sending).recipients)
    deliver_due()
    return sending


def test_it_arrives_at_everybody_as_it_was_looked_at(
    ada: Who, postbox: Postbox, wish: Wish
) -> None:
    sending = prepare(ada, wish, link=LINK)
    found = get_prepared(ada, sending)
    looked_at = distribution.document_of(ada, sending).content
    [action] = actions.list_actions(ada)
    actions.save_action(
        ada, action.id, {"status": (ActionStatus.ACCEPTED, ActionStatus.IN_PROGRESS)}
    )
    send(ada, sending, found.recipients)
    deliver_due()
    assert found.recipients == ("cleo@example.org", "dora@example.org")
    assert [t.recipients for t in postbox.taken] == [[each] for each in found.recipients]
    for taken in postbox.taken:
        assert (taken.message["Subject"], taken.message["Cc"]) == (found.subject, None)
        [attached] = taken.message.iter_attachments()
        assert attached.get_content() == looked_at
        assert attached.get_filename() == "orders-waited-in-the-queue.pdf"
        words = taken.message.get_body().get_content()  # type: ignore[union-attr]
        assert words.replace("\r\n", "\n") == found.text
    [row] = distribution.list_sent(ada, wish.postmortem_id)
    assert (row.by, row.lists, row.revision) == ("Ada Brandt", ("Everyone",), 1)
    mail = outbox.list_mail(ada, [row.id])[row.id]
    assert [(m.address, m.state) for m in mail] == [(a, MailState.SENT) for a in found.recipients]


def test_a_double_click_sends_once(ada: Who, postbox: Postbox, wish: Wish) -> None:
    sending = prepare(ada, wish, link=LINK)
    shown = get_prepared(ada, sending).recipients
    send(ada, sending, shown), send(ada, sending, shown)
    deliver_due()
    assert len(postbox.taken) == 2


def test_who_has_it_already_gets_it_again_only_when_that_is_asked(
    ada: Who, postbox: Postbox, wish: Wish
) -> None:
    send_all(ada, wish)
    product = list_with(ada, "Product two", "DORA@example.org", "eve@example.org")
    both = replace(wish, list_ids=(*wish.list_ids, product))
    found = get_prepared(ada, prepare(ada, both, link=LINK))
    assert found.recipients == ("eve@example.org",)
    assert found.left_out == ("cleo@example.org", "dora@example.org")
    assert [name for name, _ in found.before] == ["Everyone"]
    again = get_prepared(ada, prepare(ada, replace(both, again=True), link=LINK))
    assert [len(again.recipients), len(again.left_out)] == [3, 0]
    brief = replace(both, audience=Audience.LEADERSHIP)
    other = get_prepared(ada, prepare(ada, brief, link=LINK))
    assert (len(other.recipients), other.before) == (3, ())


def test_two_who_prepared_the_same_do_not_send_it_twice(
    ada: Who, ben: Who, postbox: Postbox, wish: Wish
) -> None:
    mine, theirs = prepare(ada, wish, link=LINK), prepare(ben, wish, link=LINK)
    shown = get_prepared(ada, mine).recipients
    send(ada, mine, shown)
    with pytest.raises(ProblemForUser, match="has changed since you looked"):
        send(ben, theirs, shown)
    with pytest.raises(ProblemForUser, match="Nobody would get this"):
        send(ben, theirs, ())
    deliver_due()
    assert len(postbox.taken) == 2


def test_a_list_that_changed_since_one_looked_is_looked_at_again(
    ada: Who, postbox: Postbox, wish: Wish
) -> None:
    sending = prepare(ada, wish, link=LINK)
    shown = get_prepared(ada, sending).recipients
    distribution_lists.add_members(ada, wish.list_ids[0], "eve@example.org")
    with pytest.raises(ProblemForUser, match="Nothing was sent"):
        send(ada, sending, shown)
    deliver_due()
    assert postbox.taken == []


def test_a_redacted_one_names_nobody_in_the_subject_and_the_text(
    ada: Who, postbox: Postbox, wish: Wish
) -> None:
    record = small_postmortem("Ben Okafor found the queue standing")
    postmortem_id = stored(ada, replace(record, summary=""))
    publishing.publish_postmortem(ada, postmortem_id, 1)
    send_all(ada, replace(wish, postmortem_id=postmortem_id, redact=True))
    for taken in postbox.taken:
        [attached] = taken.message.iter_attachments()
        body = taken.message.get_body().get_content()  # type: ignore[union-attr]
        said = taken.message["Subject"] + body + (attached.get_filename() or "")
        assert "Okafor" not in said
        assert "okafor" not in said
        assert "Brandt" not in said


def test_what_is_not_published_and_a_list_that_is_gone_are_refused(ada: Who, wish: Wish) -> None:
    with pytest.raises(NotFound):
        prepare(ada, replace(wish, revision=2), link=LINK)
    with pytest.raises(NotFound):
        prepare(ada, replace(wish, postmortem_id=stored(ada)), link=LINK)
    with pytest.raises(ProblemForUser, match="at least one list"):
        prepare(ada, replace(wish, list_ids=("gone",)), link=LINK)
    with pytest.raises(NotFound):
        get_prepared(ada, "gone")


def test_without_a_mail_server_there_is_a_draft_to_send_oneself(ada: Who, wish: Wish) -> None:
    sending = prepare(ada, wish, link=LINK)
    with pytest.raises(ProblemForUser, match="no mail server"):
        send(ada, sending, get_prepared(ada, sending).recipients)
    draft = distribution.draft_of(ada, sending)
    assert draft.name == "orders-waited-in-the-queue.eml"
    assert b"Bcc: cleo@example.org, dora@example.org" in draft.content
    assert distribution.list_sent(ada, wish.postmortem_id) == ()


def test_the_lists_that_teams_need_are_there_and_empty(ada: Who) -> None:
    found = distribution_lists.list_lists(ada)
    assert [row.name for row in found] == ["Engineering", "Leadership", "Product", "Support"]
    assert not any(row.members for row in found)


def test_a_list_takes_a_pasted_text_or_nothing_of_it(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    [product] = [r.id for r in distribution_lists.list_lists(ada) if r.name == "Product"]
    with pytest.raises(ProblemForUser, match="“cleo” is not an address"):
        distribution_lists.add_members(ada, product, "ada@example.org; cleo")
    assert distribution_lists.list_members(ada, product) == ()
    pasted = "Ada <ada@example.org>, ben@example.org; ADA@example.org"
    added = distribution_lists.add_members(ada, product, pasted)
    assert (added.new, added.known) == (2, 0)
    assert distribution_lists.add_members(ada, product, pasted).known == 2
    monkeypatch.setenv("HOTWASH_MAIL_DOMAINS", "example.org")
    settings.cache_clear()
    with pytest.raises(ProblemForUser, match="may not send to cleo@elsewhere"):
        distribution_lists.add_members(
            ada, product, "dora@example.org cleo@elsewhere.org".replace(" ", ",")
        )
    distribution_lists.remove_member(ada, product, "Ben@Example.org")
    distribution_lists.remove_member(ada, product, "ben@example.org")
    assert [m.address for m in distribution_lists.list_members(ada, product)] == ["ada@example.org"]


def test_a_list_is_renamed_and_removed_and_what_was_sent_stays(
    ada: Who, postbox: Postbox, wish: Wish
) -> None:
    send_all(ada, wish)
    [everyone] = wish.list_ids
    with pytest.raises(ProblemForUser, match="another list called “Product”"):
        distribution_lists.rename_list(ada, everyone, "product", "Everyone")
    distribution_lists.rename_list(ada, everyone, "All of us", "Everyone")
    distribution_lists.save_purpose(ada, everyone, "Whoever wants it", "")
    distribution_lists.remove_list(ada, everyone)
    distribution_lists.remove_list(ada, everyone)
    assert everyone not in [row.id for row in distribution_lists.list_lists(ada)]
    [row] = distribution.list_sent(ada, wish.postmortem_id)
    assert row.lists == ("Everyone",)


def test_no_number_of_queries_grows_with_lists_addresses_and_sendings(
    ada: Who, postbox: Postbox, wish: Wish
) -> None:
    def counts() -> list[int]:
        sending = prepare(ada, replace(wish, again=True), link=LINK)
        sent_before = [row.id for row in distribution.list_sent(ada, wish.postmortem_id)]
        found = []
        for read in (
            lambda: get_prepared(ada, sending),
            lambda: distribution.list_sent(ada, wish.postmortem_id),
            lambda: distribution_lists.list_lists(ada),
            lambda: distribution_lists.list_members(ada, wish.list_ids[0]),
            lambda: outbox.list_mail(ada, sent_before),
        ):
            with statements() as sent:
                read()
            found.append(len(sent))
        return found

    send_all(ada, wish)
    few = counts()
    many = "\n".join(f"p{n}@example.org" for n in range(40))
    distribution_lists.add_members(ada, wish.list_ids[0], many)
    for number in range(5):
        list_with(ada, f"List {number}", f"q{number}@example.org")
        send_all(ada, replace(wish, again=True))
    assert counts() == few
