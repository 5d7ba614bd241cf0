"""The time of a part of a meeting, in calm words. It ticks in the browser: the page is never run
again for a minute that passes."""

from __future__ import annotations

import streamlit as st

from models.rules.meeting.time_left import WORDS, time_left

_CALM = st.components.v2.component(
    "calm_clock",
    html='<span role="timer"></span>',
    css="""
    [role="timer"] {
      font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; line-height: 1.6;
    }
    """,
    js="""
    const clocks = new WeakMap();
    function words({ minutes, say }, spent) {
      const left = Math.ceil((minutes * 60 - spent) / 60);
      const over = Math.floor((spent - minutes * 60) / 60);
      const of = (text, n) => text.replace("{n}", n);
      if (left > 0) return left === 1 ? say.last : of(say.left, left);
      return over < 1 ? say.up : over === 1 ? say.over_by_one : of(say.over, over);
    }
    export default function ({ data, parentElement }) {
      const face = parentElement.querySelector('[role="timer"]');
      const said = JSON.stringify(data);
      const before = clocks.get(parentElement);
      clearInterval(before?.timer);
      // The same data again, for instance in another theme: the time since then goes on.
      const since = before?.said === said ? before.since : performance.now();
      const show = () => {
        const passed = data.running ? (performance.now() - since) / 1000 : 0;
        const text = data.running ? words(data, data.spent + passed) : data.standing;
        if (face.textContent !== text) face.textContent = text;
      };
      show();
      const timer = data.running ? setInterval(show, 1000) : 0;
      clocks.set(parentElement, { said, since, timer });
      return () => clearInterval(clocks.get(parentElement)?.timer);
    }
    """,
)


def show_time_left(minutes: int, spent: int, *, running: bool, key: str) -> None:
    """What is left of a time box in which `spent` seconds have passed; as it stands while the
    clock does not run."""
    data = {
        "minutes": minutes,
        "spent": spent,
        "running": running,
        "standing": f"{time_left(minutes, spent)}, the clock stands",
        "say": WORDS,
    }
    _CALM(data=data, key=key, width="content")
