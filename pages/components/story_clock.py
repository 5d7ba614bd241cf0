"""Clocks that tick in the browser: the page is never run again for a second that passes."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

# `story` seconds of the story had passed when the page was drawn; from then on the browser counts.
_TICKING = st.components.v2.component(
    "story_clock",
    html='<small aria-hidden="true"></small><span role="timer"></span>',
    css="""
    small { color: var(--st-text-color); opacity: 0.75; }
    small:not(:empty) { margin-inline-end: 0.5rem; }
    .above { display: block; font-size: 0.875rem; line-height: 1.6rem; }
    [role="timer"] {
      font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap;
      font-size: 1.1rem; line-height: 1.5;
    }
    """,
    js="""
    const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    const clocks = new WeakMap();
    const two = (n) => String(n).padStart(2, "0");

    function time(data, story) {
      const at = new Date(data.start + story * 1000);
      return `${DAYS[at.getUTCDay()]} ${at.toISOString().slice(11, 19)}`;
    }
    function left(data, story) {
      const seconds = Math.ceil((data.deadline - story) / data.speed);
      if (seconds <= 0) return data.over;
      const hours = Math.floor(seconds / 3600), minutes = Math.floor(seconds / 60) % 60;
      return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
                   : `${minutes}:${two(seconds % 60)}`;
    }
    export default function ({ data, parentElement }) {
      const face = parentElement.querySelector('[role="timer"]');
      const said = JSON.stringify(data);
      const before = clocks.get(parentElement);
      clearInterval(before?.timer);
      // The same data again, for instance in another theme: the time since then goes on.
      const since = before?.said === said ? before.since : performance.now();
      const show = () => {
        const passed = data.running ? ((performance.now() - since) / 1000) * data.speed : 0;
        const story = data.story + passed;
        const text = data.deadline === null ? time(data, story) : left(data, story);
        if (face.textContent !== text) face.textContent = text;
      };
      face.setAttribute("aria-label", data.label);
      const words = parentElement.querySelector("small");
      words.textContent = data.shown;
      words.classList.toggle("above", data.deadline === null);
      show();
      const timer = data.running ? setInterval(show, 250) : 0;
      clocks.set(parentElement, { said, since, timer });
      return () => clearInterval(clocks.get(parentElement)?.timer);
    }
    """,
)


def show_story_clock(
    start: datetime, story: int, *, speed: int = 1, running: bool, key: str, shown: str = ""
) -> None:
    """The time in the story's own calendar and zone, like `Tue 10:06:42`. `start` is when the
    story begins there (aware), `story` the seconds since, of which `speed` pass in a second.
    `shown` are words above it."""
    _tick(start, story, speed, running, None, "Time in the story", "", shown, key)


def show_countdown(
    deadline: int,
    story: int,
    *,
    speed: int = 1,
    running: bool,
    key: str,
    over: str,
    shown: str = "",
) -> None:
    """What is left until `deadline` seconds of the story, in real minutes and seconds; `over` is
    said from then on. `shown` are words before it."""
    start = datetime.fromtimestamp(0, UTC)
    _tick(start, story, speed, running, deadline, "Time left", over, shown, key)


def _tick(
    start: datetime,
    story: int,
    speed: int,
    running: bool,
    deadline: int | None,
    label: str,
    over: str,
    shown: str,
    key: str,
) -> None:
    data = {
        "start": int(start.replace(tzinfo=UTC).timestamp() * 1000),  # as its own zone reads it
        "story": story,
        "speed": speed,
        "running": running,
        "deadline": deadline,
        "label": label,
        "over": over,
        "shown": shown,
    }
    _TICKING(data=data, key=key, width="content")
