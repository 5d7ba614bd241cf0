"""When an event was."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from models.rules.vocabulary import Precision


class Moment(NamedTuple):
    """`open_end` is an end that was written but is not fully known, in the words of the line."""

    at: datetime
    until: datetime | None
    precision: Precision
    zone: str
    open_end: str = ""
