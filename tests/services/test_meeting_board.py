"""Silent writing, the reveal, groups, votes, and the way of cards into the post-mortem."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, NotAllowed, NotFound, ProblemForUser
from models.rules.vocabulary import LessonKind, PostmortemStatus
from services import meeting_board as board
from services import meetings, people, postmortems, publishing
from services.meeting_look import get_meeting
from tests.services.at_a_meeting import WELL, WRONG, begun, cleo, group_of, own_cards, tab, write


def test_until_the_reveal_people_see_their_own_cards_and_the_number_of_the_others(
    ada: Who, ben: Who
) -> None:
    meeting_id = begun(ben, ada)
    write(ada, meeting_id, "The alert came late")
    write(ben, meeting_id, "The runbook helped", WELL)
    view = get_meeting(ada, meeting_id, secret=tab(ada))
    assert ([card.text for card in view.cards], view.others) == (["The alert came late"], 1)
    assert view.groups == ()
    board.reveal_cards(ben, meeting_id)
    shown = get_meeting(ada, meeting_id).groups
    assert {(group.kind, group.cards[0].text, group.cards[0].by) for group in shown} == {
        (WRONG, "The alert came late", "Ada Brandt"),
        (WELL, "The runbook helped", "Ben Okafor"),
    }


def test_the_same_card_sent_twice_is_one(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    for _ in range(2):
        board.write_card(ada, meeting_id, WRONG, "Once", secret=tab(ada), card_id="a1b2c3")
    assert own_cards(ada, meeting_id) == {"Once": "a1b2c3"}


@pytest.mark.parametrize("anonymous", [False, True])
def test_own_cards_can_be_rewritten_and_taken_back_until_the_reveal(
    ada: Who, ben: Who, anonymous: bool
) -> None:
    meeting_id = begun(ben, ada, anonymous=anonymous)
    write(ada, meeting_id, "Frist")
    write(ada, meeting_id, "Second")
    cards = own_cards(ada, meeting_id)
    board.change_card(ada, cards["Frist"], "First", "Frist", secret=tab(ada))
    for _ in range(2):
        board.take_back_card(ada, cards["Second"], secret=tab(ada))
    assert list(own_cards(ada, meeting_id)) == ["First"]
    with pytest.raises(Conflict):
        board.change_card(ada, cards["Frist"], "Third", "Frist", secret=tab(ada))
    board.reveal_cards(ben, meeting_id)
    with pytest.raises(ProblemForUser, match="shown to everybody"):
        board.change_card(ada, cards["Frist"], "Later", "First", secret=tab(ada))


def test_a_card_that_comes_after_the_reveal_is_refused_until_its_writer_knows_that_all_see_it(
    ada: Who, ben: Who
) -> None:
    meeting_id = begun(ben, ada, anonymous=True)
    write(ada, meeting_id, "In time")
    board.reveal_cards(ben, meeting_id)
    with pytest.raises(ProblemForUser, match="just been shown"):
        write(ada, meeting_id, "Late")
    board.write_card(ada, meeting_id, WELL, "Late", secret=tab(ada), is_late=True)
    late = group_of(ben, meeting_id, "Late")
    assert (late.kind, late.cards[0].by) == (WELL, "")
    with pytest.raises(ProblemForUser, match="shown to everybody"):
        board.take_back_card(ada, late.cards[0].id, secret=tab(ada))


@pytest.mark.parametrize("anonymous", [False, True])
def test_nobody_touches_the_card_of_somebody_else(ada: Who, ben: Who, anonymous: bool) -> None:
    meeting_id = begun(ben, ada, anonymous=anonymous)
    write(ada, meeting_id, "Mine")
    card_id = own_cards(ada, meeting_id)["Mine"]
    assert own_cards(ben, meeting_id) == {}
    with pytest.raises(NotAllowed, match="in which a card" if anonymous else "who wrote a card"):
        board.change_card(ben, card_id, "Yours", "Mine", secret=tab(ben))
    with pytest.raises(NotAllowed):
        board.take_back_card(ben, card_id, secret=tab(ben))


@pytest.mark.parametrize("text", ["", " \n ", "x" * 501])
def test_an_empty_card_and_one_that_nobody_could_read_aloud_are_refused(
    ada: Who, ben: Who, text: str
) -> None:
    meeting_id = begun(ben, ada)
    with pytest.raises(ProblemForUser):
        write(ada, meeting_id, text)


def test_before_the_beginning_and_from_outside_nobody_writes(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben)
    with pytest.raises(NotAllowed, match="Come into the meeting first"):
        write(ada, meeting_id, "From outside")
    postmortem_id = get_meeting(ben, meeting_id).postmortem_id
    meetings.end_meeting(ben, meeting_id)
    gathering = meetings.start_meeting(ben, postmortem_id)
    with pytest.raises(ProblemForUser, match="has not begun"):
        write(ben, gathering, "Too early")
    with pytest.raises(ProblemForUser, match="Begin the meeting first"):
        board.reveal_cards(ben, gathering)


def test_cards_that_many_people_write_at_once_are_all_there(ben: Who) -> None:
    writers = [people.introduce(f"Writer {n}") for n in range(6)]
    meeting_id = begun(ben, *writers)

    def write_five(who: Who) -> None:
        for n in range(5):
            write(who, meeting_id, f"{who.name}: {n}")

    with ThreadPoolExecutor(max_workers=6) as pool:
        list(pool.map(write_five, writers))
    assert get_meeting(ben, meeting_id).others == 30
    board.reveal_cards(ben, meeting_id)
    groups = get_meeting(ben, meeting_id).groups
    assert {g.cards[0].text for g in groups} == {
        f"{w.name}: {n}" for w in writers for n in range(5)
    }


def test_a_card_that_comes_while_all_are_shown_is_either_shown_or_refused(ben: Who) -> None:
    writers = [people.introduce(f"Writer {n}") for n in range(8)]
    meeting_id = begun(ben, *writers)

    def try_to_write(who: Who) -> int:
        try:
            write(who, meeting_id, who.name)
        except ProblemForUser:
            return 0
        return 1

    with ThreadPoolExecutor(max_workers=9) as pool:
        wrote = [pool.submit(try_to_write, who) for who in writers]
        pool.submit(board.reveal_cards, ben, meeting_id).result()
    view = get_meeting(ben, meeting_id)
    assert len(view.groups) == sum(one.result() for one in wrote)


def test_a_second_reveal_changes_nothing(ada: Who, ben: Who) -> None:
    meeting_id = begun(ben, ada)
    for n in range(5):
        write(ada, meeting_id, f"Card {n}")
    board.reveal_cards(ben, meeting_id)
    before = get_meeting(ben, meeting_id)
    board.reveal_cards(ben, meeting_id)
    assert get_meeting(ben, meeting_id) == before


def shown(ben: Who, *others: Who, cards: int = 4) -> tuple[str, dict[str, str]]:
    """A meeting whose cards are shown, and the group of each card."""
    meeting_id = begun(ben, *others)
    for n in range(cards):
        write(ben, meeting_id, f"Card {n}")
    board.reveal_cards(ben, meeting_id)
    return meeting_id, {g.cards[0].text: g.id for g in get_meeting(ben, meeting_id).groups}


def test_cards_that_say_the_same_become_one_with_a_name_and_come_apart_again(ben: Who) -> None:
    meeting_id, groups = shown(ben)
    board.group_together(ben, meeting_id, [groups["Card 0"], groups["Card 2"]])
    one = group_of(ben, meeting_id, "Card 0")
    assert {card.text for card in one.cards} == {"Card 0", "Card 2"}
    board.rename_group(ben, one.id, "Alerts", "")
    assert group_of(ben, meeting_id, "Card 2").title == "Alerts"
    with pytest.raises(Conflict):
        board.rename_group(ben, one.id, "Pages", "Something else")
    board.take_apart(ben, meeting_id, one.id)
    assert [len(group.cards) for group in get_meeting(ben, meeting_id).groups] == [1] * 4
    assert group_of(ben, meeting_id, "Card 0").title == ""


def test_one_card_alone_or_one_that_is_gone_cannot_be_grouped(ben: Who) -> None:
    meeting_id, groups = shown(ben)
    with pytest.raises(ProblemForUser, match="two cards or more"):
        board.group_together(ben, meeting_id, [groups["Card 0"]])
    board.group_together(ben, meeting_id, [groups["Card 0"], groups["Card 1"]])
    with pytest.raises(NotFound, match="the board has changed"):
        board.group_together(ben, meeting_id, [*groups.values()])


def test_votes_are_counted_only_when_they_are_shown_and_the_most_come_first(
    ada: Who, ben: Who
) -> None:
    meeting_id, groups = shown(ben, ada)
    for who in (ada, ben):
        for _ in range(2):
            board.vote(who, groups["Card 3"], on=True)
    board.vote(ada, groups["Card 1"], on=True)
    view = get_meeting(ada, meeting_id)
    assert {group.votes for group in view.groups} == {None}
    assert (view.votes_given, view.votes_each, view.voters) == (2, 3, 2)
    board.show_votes(ben, meeting_id)
    best = get_meeting(ben, meeting_id).groups
    assert [(g.cards[0].text, g.votes) for g in best[:2]] == [("Card 3", 2), ("Card 1", 1)]
    with pytest.raises(ProblemForUser, match="Voting is over"):
        board.vote(ada, groups["Card 0"], on=True)


def test_more_votes_than_one_has_are_refused_and_one_taken_back_can_be_given_again(
    ada: Who, ben: Who
) -> None:
    _, groups = shown(ben, ada)
    for n in range(3):
        board.vote(ada, groups[f"Card {n}"], on=True)
    with pytest.raises(ProblemForUser, match="All 3 of your votes are given"):
        board.vote(ada, groups["Card 3"], on=True)
    for _ in range(2):
        board.vote(ada, groups["Card 0"], on=False)
    board.vote(ada, groups["Card 3"], on=True)


def test_votes_of_one_person_sent_at_once_never_exceed_what_they_have(ben: Who) -> None:
    meeting_id, groups = shown(ben, cards=9)

    def try_to_vote(group_id: str) -> None:
        try:
            board.vote(ben, group_id, on=True)
        except ProblemForUser:
            return

    with ThreadPoolExecutor(max_workers=9) as pool:
        list(pool.map(try_to_vote, groups.values()))
    assert get_meeting(ben, meeting_id).votes_given == 3


def test_grouped_cards_keep_everybodys_vote_once(ada: Who, ben: Who) -> None:
    meeting_id, groups = shown(ben, ada)
    board.vote(ada, groups["Card 0"], on=True)
    board.vote(ada, groups["Card 1"], on=True)
    board.vote(ben, groups["Card 1"], on=True)
    board.group_together(ben, meeting_id, [groups["Card 0"], groups["Card 1"]])
    assert get_meeting(ada, meeting_id).votes_given == 1
    board.show_votes(ben, meeting_id)
    assert group_of(ben, meeting_id, "Card 0").votes == 2


def test_chosen_cards_become_lessons_of_their_kind_in_their_words_and_only_once(
    ada: Who, ben: Who
) -> None:
    meeting_id = begun(ben, ada)
    for kind, text in (
        (LessonKind.GOT_LUCKY, "It was a quiet morning"),
        (WRONG, "The alert came late"),
        (WRONG, "Nobody saw the alert"),
    ):
        write(ada, meeting_id, text, kind)
    board.reveal_cards(ben, meeting_id)
    alert = group_of(ben, meeting_id, "The alert came late").id
    board.group_together(
        ben, meeting_id, [alert, group_of(ben, meeting_id, "Nobody saw the alert").id]
    )
    ids = [group.id for group in get_meeting(ben, meeting_id).groups]
    with ThreadPoolExecutor(max_workers=4) as pool:
        carried = list(pool.map(lambda _: board.carry(ben, meeting_id, ids), range(4)))
    assert sorted(carried) == [0, 0, 0, 2]
    postmortem_id = get_meeting(ben, meeting_id).postmortem_id
    lessons = [
        (one.kind, set(one.text.split("\n")))
        for one in postmortems.get_postmortem(ben, postmortem_id).lessons
        if one.id in ids
    ]
    assert sorted(lessons) == [
        (LessonKind.GOT_LUCKY, {"It was a quiet morning"}),
        (WRONG, {"The alert came late", "Nobody saw the alert"}),
    ]
    assert all(group.is_carried for group in get_meeting(ben, meeting_id).groups)
    with pytest.raises(ProblemForUser, match="in the post-mortem already"):
        board.group_together(ben, meeting_id, ids)


def test_a_lesson_that_was_taken_away_can_be_carried_again(ben: Who) -> None:
    meeting_id, groups = shown(ben)
    chosen = [groups["Card 0"]]
    assert board.carry(ben, meeting_id, chosen) == 1
    postmortems.remove_lesson(ben, chosen[0])
    assert not group_of(ben, meeting_id, "Card 0").is_carried
    assert board.carry(ben, meeting_id, chosen) == 1


def test_nothing_is_carried_into_words_that_are_frozen(ben: Who) -> None:
    meeting_id, groups = shown(ben)
    postmortem_id = get_meeting(ben, meeting_id).postmortem_id
    publishing.publish_postmortem(ben, postmortem_id, 1)
    assert postmortems.get_postmortem(ben, postmortem_id).status is PostmortemStatus.PUBLISHED
    with pytest.raises(ProblemForUser, match="its words are frozen"):
        board.carry(ben, meeting_id, list(groups.values()))


def test_only_the_facilitator_shows_groups_and_carries(ben: Who) -> None:
    other = cleo()
    meeting_id, groups = shown(ben, other)
    ids = list(groups.values())
    for act in (
        lambda: board.group_together(other, meeting_id, ids),
        lambda: board.take_apart(other, meeting_id, ids[0]),
        lambda: board.rename_group(other, ids[0], "x", ""),
        lambda: board.show_votes(other, meeting_id),
        lambda: board.carry(other, meeting_id, ids),
    ):
        with pytest.raises(NotAllowed):
            act()
