"""Where a part of the meeting stands in time, said calmly: minutes, and never an alarm.

A browser that ticks by itself is given the same words (`WORDS`), `{n}` being the minutes.
"""

from __future__ import annotations

WORDS = {
    "left": "{n} minutes left",
    "last": "1 minute left",
    "up": "The time is up, fine to go on",
    "over_by_one": "1 minute over, fine to go on",
    "over": "{n} minutes over, fine to go on",
}


def time_left(minutes: int, spent: int) -> str:
    """What to say of a time box of `minutes` in which `spent` seconds have passed. A minute that
    has begun is still left; one that is over counts when it is whole."""
    left = -(-(minutes * 60 - spent) // 60)
    over = (spent - minutes * 60) // 60
    if left > 0:
        return WORDS["last" if left == 1 else "left"].format(n=left)
    return WORDS[{0: "up", 1: "over_by_one"}.get(over, "over")].format(n=over)
