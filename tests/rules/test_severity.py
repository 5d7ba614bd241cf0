"""The decision tree: every path, doubt, and what is left of an earlier path."""

from __future__ import annotations

from itertools import product

import pytest

from models.rules.severity import ANSWERS, LEVELS, START, TREE, Question, path_taken, walk
from models.rules.vocabulary import Severity

S0, S1, S2, S3 = Severity.SEV0, Severity.SEV1, Severity.SEV2, Severity.SEV3
Y, N, U = "yes", "no", "not sure"

# down, major, workaround, customers → level; None where the question is not asked.
PATHS = [
    ((Y, None, None, None), S0),
    ((U, None, None, None), S0),
    ((N, Y, Y, None), S1),
    ((N, U, Y, None), S1),
    ((N, Y, N, None), S0),
    ((N, Y, U, None), S0),
    ((N, U, N, None), S0),
    ((N, U, U, None), S0),
    ((N, N, None, Y), S2),
    ((N, N, None, U), S2),
    ((N, N, None, N), S3),
]
KEYS = ("down", "major", "workaround", "customers")


def answered(*answers: str | None) -> list[tuple[str, str]]:
    return [(key, answer) for key, answer in zip(KEYS, answers, strict=True) if answer]


@pytest.mark.parametrize(("answers", "level"), PATHS)
def test_every_path_leads_to_its_level(answers: tuple[str | None, ...], level: Severity) -> None:
    assert walk(answered(*answers)) is level


def test_the_paths_above_are_all_there_are() -> None:
    reached = set()
    for answers in product(ANSWERS, repeat=4):
        reached.add(path_taken(list(zip(KEYS, answers, strict=True))))
    assert len(reached) == len(PATHS)


@pytest.mark.parametrize("answers", [list(p) for p in product(ANSWERS, repeat=4)])
def test_doubt_is_never_lower_than_knowing(answers: list[str]) -> None:
    doubted = walk(list(zip(KEYS, answers, strict=True)))
    known = [(Y, N) if answer == U else (answer,) for answer in answers]
    for sure in product(*known):
        assert isinstance(doubted, Severity)
        level = walk(list(zip(KEYS, sure, strict=True)))
        assert isinstance(level, Severity)
        assert doubted <= level  # SEV0 is the highest and sorts first


@pytest.mark.parametrize(
    ("answers", "asked_next"),
    [
        ((), "down"),
        (((KEYS[0], N),), "major"),
        (((KEYS[0], N), (KEYS[1], U)), "workaround"),
        (((KEYS[0], N), (KEYS[1], N)), "customers"),
        (((KEYS[1], Y), (KEYS[2], Y)), "down"),
    ],
)
def test_the_next_question_is_asked(answers: tuple[tuple[str, str], ...], asked_next: str) -> None:
    question = walk(answers)
    assert isinstance(question, Question)
    assert question.key == asked_next


def test_answers_left_over_from_another_path_change_nothing() -> None:
    left_over = [("customers", N), *answered(N, Y, Y, None), ("colour", "red")]
    assert walk(left_over) is S1
    assert [question for question, _ in path_taken(left_over)] == [
        TREE[key].text for key in ("down", "major", "workaround")
    ]


def test_the_path_is_kept_in_the_words_of_the_questions_and_with_the_doubt() -> None:
    assert path_taken(answered(N, U, Y, None)) == (
        ("Is production completely down, or is critical data at risk?", N),
        ("Is a major function degraded?", U),
        ("Is there a workaround for customers?", Y),
    )


def test_a_path_that_is_not_at_its_end_is_kept_as_far_as_it_goes() -> None:
    assert path_taken([]) == ()
    assert [answer for _, answer in path_taken([("down", N)])] == [N]
    assert path_taken([("major", Y)]) == ()


def test_the_last_of_two_answers_to_a_question_counts() -> None:
    assert walk([("down", N), ("down", Y)]) is S0


@pytest.mark.parametrize("answer", ["", "Yes", "maybe", "1"])
def test_another_word_is_no_answer(answer: str) -> None:
    with pytest.raises(ValueError, match="not an answer"):
        walk([("down", answer)])


def test_every_level_is_explained_and_every_question_reached() -> None:
    assert set(LEVELS) == set(Severity)
    nexts = {step for q in TREE.values() for step in (q.yes, q.no) if isinstance(step, str)}
    assert set(TREE) == {START} | (nexts - set(Severity))
    assert all(q.unsure_means in (Y, N) for q in TREE.values())
