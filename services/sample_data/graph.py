"""The one picture of the worked example: how long placing an order took, drawn as a graph."""

from __future__ import annotations

import io
import math
from datetime import datetime, timedelta

from PIL import Image, ImageDraw, ImageFont

from services.settings import ROOT

WIDTH, HEIGHT = 1400, 560
LEFT, TOP, RIGHT, BOTTOM = 90, 86, 1340, 490
MOST = 60  # seconds, the time-out
_INK, _GREY, _LINE, _FILL, _MARK = "#1c2529", "#5d6b72", "#1d5b79", "#dbe8ee", "#b3541e"
_FONT = ROOT / "reports" / "fonts" / "HotwashSans-Regular.ttf"


def waiting_time(start: datetime, began: int, eased: int, over: int, lasts: int) -> bytes:
    """A PNG of the median time to place an order over `lasts` minutes from `start`: it rises at
    minute `began`, eases at `eased`, and is back to normal at `over`."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    pen = ImageDraw.Draw(picture)
    text = ImageFont.truetype(str(_FONT), 22)
    title = ImageFont.truetype(str(_FONT), 30)
    pen.text((LEFT, 22), "Time to place an order, median, in seconds", fill=_INK, font=title)
    for seconds in range(0, MOST + 1, 15):
        y = _y(seconds)
        pen.line((LEFT, y, RIGHT, y), fill="#dfe5e8", width=2)
        pen.text((LEFT - 14, y), str(seconds), fill=_GREY, font=text, anchor="rm")
    for minute in range(0, lasts + 1, 20):
        label = f"{start + timedelta(minutes=minute):%H:%M}"
        pen.text((_x(minute, lasts), BOTTOM + 24), label, fill=_GREY, font=text, anchor="mm")
    points = [(_x(m, lasts), _y(_seconds(m, began, eased, over))) for m in range(lasts + 1)]
    pen.polygon([(LEFT, BOTTOM), *points, (RIGHT, BOTTOM)], fill=_FILL)
    pen.line(points, fill=_LINE, width=5, joint="curve")
    for minute, words in ((began, "migration waits"), (eased, "export ended")):
        x = _x(minute, lasts)
        pen.line((x, TOP - 6, x, BOTTOM), fill=_MARK, width=3)
        pen.text((x + 10, TOP - 10), words, fill=_MARK, font=text)
    pen.text((RIGHT, BOTTOM + 56), "UTC", fill=_GREY, font=text, anchor="rm")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _x(minute: int, lasts: int) -> float:
    return LEFT + (RIGHT - LEFT) * minute / lasts


def _y(seconds: float) -> float:
    return BOTTOM - (BOTTOM - TOP - 20) * seconds / MOST


def _seconds(minute: int, began: int, eased: int, over: int) -> float:
    """The curve: a steep rise, a wavering plateau, a step down when the lock is gone, a tail."""
    ripple = math.sin(minute * 1.7) + math.sin(minute * 0.6)
    if minute < began or minute >= over:
        return 0.5 + 0.08 * ripple
    if minute < eased:
        return min(52.0, 11.0 * (minute - began + 1)) + 1.6 * ripple
    left = (over - minute) / (over - eased)
    return 0.6 + 21 * left + 0.9 * ripple * left
