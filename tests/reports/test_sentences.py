"""Where a sentence ends: the table is the rule."""

from __future__ import annotations

import pytest

from reports.prose import sentences_within
from reports.sentences import sentences

ONE = [
    "Dr. Wong joined at 10:02.",
    "Mr. and Mrs. Cole were told by Prof. Stone.",
    "Some caches, e.g. Redis, were cold, i.e. empty.",
    "Some caches, e.g. The Cold One, were empty.",
    "It took approx. 20 minutes, vs. 4 in May.",
    "Runbook No. 3 and Fig. 2 of Sec. 4 say how.",
    "The office in St. Gallen lost its line on Mar. 13 at noon.",
    "A. Okafor and J. R. Weber agreed.",
    "The U.S. Region was fine.",
    "Disks, queues etc. were full.",
    "At 9 a.m. the load was normal.",
    "Version 3.2 of api.example.com answered in 0.5 s.",
    "1. Drain the node",
    "It was slow... and then it was gone.",
    "“We are fine.”",
    "",
]
SEVERAL = [
    ("One is short. Two is longer.", ["One is short.", "Two is longer."]),
    ("The load fell. nginx came back.", ["The load fell.", "nginx came back."]),
    ("He said “stop.” Then it stopped.", ["He said “stop.”", "Then it stopped."]),
    ("Was it DNS? It was! (Of course.) Done.", ["Was it DNS?", "It was!", "(Of course.)", "Done."]),
    ("It began at 9 a.m. Nobody saw it.", ["It began at 9 a.m.", "Nobody saw it."]),
    ("Disks, queues etc. We cleared them.", ["Disks, queues etc.", "We cleared them."]),
    ("The answer was no. Three tried again.", ["The answer was no.", "Three tried again."]),
    ("It took 10 min. Then it fell.", ["It took 10 min.", "Then it fell."]),
    ("It ended at 10. Then we slept.", ["It ended at 10.", "Then we slept."]),
    ("First line\nSecond line", ["First line", "Second line"]),
    ("障害が発生。すぐに直した。", ["障害が発生。", "すぐに直した。"]),
    ("Slow… Gone.", ["Slow…", "Gone."]),
]


@pytest.mark.parametrize("text", ONE)
def test_this_is_one_sentence(text: str) -> None:
    assert sentences(text) == ([text] if text else [])


@pytest.mark.parametrize(("text", "expected"), SEVERAL)
def test_these_are_several(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_the_brief_does_not_stop_behind_an_abbreviation() -> None:
    text = "Paged Dr. Wong at 10:02, who knew the store. She found the cause within minutes."
    assert sentences_within(text, 50) == ("Paged Dr. Wong at 10:02, who knew the store.", True)
