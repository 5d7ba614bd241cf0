"""Did it help? Some weeks after an action is done its owner is asked, with what happened since."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

WEEKS = 6  # after it was done; a team may choose another number
MOST_WEEKS = 52


class Helped(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


SAID = {
    Helped.YES: "Yes",
    Helped.PARTLY: "Partly",
    Helped.NO: "No",
    Helped.CANNOT_TELL: "Cannot tell",
}


def asked_of_those_done_by(now: datetime, weeks: int) -> datetime:
    """Owners are asked about what was done at this moment or before. Where nobody knows when it was
    done (it came from a file), nobody is asked."""
    return now - timedelta(weeks=weeks)


def since_words(count: int, factor: str) -> str:
    """What stands beside the question."""
    if not factor:
        return (
            "It names no contributing factor, so nothing can be set beside it. Judge by what you "
            "have seen."
        )
    if not count:
        return f"No reviewed incident since then shares its factor, {factor}."
    many = "1 reviewed incident" if count == 1 else f"{count:,} reviewed incidents"
    share = "shares" if count == 1 else "share"
    return f"{many} since then {share} its factor, {factor}."
