"""The agenda of a talk, with a clock that is calm: minutes, no seconds, and the part that is due
stands out. It ticks in the browser; the page is run again only when another part is due."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from models.rules.exercise.agenda import Part

_AGENDA = st.components.v2.component(
    "talk_agenda",
    html='<p role="timer"></p><ol></ol>',
    css="""
    p { margin: 0 0 .5rem; font-weight: 600; }
    ol { list-style: none; margin: 0; padding: 0; font-size: .9rem; line-height: 1.35; }
    li { display: flex; gap: .6rem; padding: .3rem .6rem; border-left: 3px solid transparent;
         border-radius: .25rem; overflow-wrap: anywhere; }
    li span:first-child { flex: 1; }
    li span:last-child { white-space: nowrap; font-variant-numeric: tabular-nums; }
    li.past { opacity: .72; }
    li[aria-current] { font-weight: 600; background: var(--st-secondary-background-color);
      border-left-color: var(--st-primary-color); }
    @media (max-width: 640px) { li:not([aria-current]) { display: none; } }
    """,
    js="""
    const talks = new WeakMap();
    const minutes = (n) => `${n} min`;

    function row(part) {
      const line = document.createElement("li");
      for (const words of [part.title, minutes(part.minutes)]) {
        const span = document.createElement("span");
        span.textContent = words;
        line.append(span);
      }
      return line;
    }
    export default function ({ data, parentElement, setTriggerValue }) {
      const said = JSON.stringify(data);
      const before = talks.get(parentElement);
      clearInterval(before?.timer);
      const since = before?.said === said ? before.since : performance.now();
      const face = parentElement.querySelector("p");
      const list = parentElement.querySelector("ol");
      const rows = data.parts.map(row);
      list.replaceChildren(...rows);
      let shown = data.due;
      const show = () => {
        const passed = data.passed + (performance.now() - since) / 1000;
        let end = 0, due = rows.length - 1;
        for (let n = 0; n < rows.length; n++) {
          end += data.parts[n].minutes * 60;
          if (passed < end) { due = n; break; }
        }
        rows.forEach((line, n) => {
          line.className = n < due ? "past" : "";
          if (n === due) line.setAttribute("aria-current", "step");
          else line.removeAttribute("aria-current");
        });
        const left = Math.ceil((end - passed) / 60);
        const text = passed >= end ? data.over
          : left === 1 ? "The last minute of this part" : `${left} minutes left for this part`;
        if (face.textContent !== text) face.textContent = text;
        if (due !== shown) { shown = due; setTriggerValue("due", due); }
      };
      show();
      const timer = setInterval(show, 1000);
      talks.set(parentElement, { said, since, timer });
      return () => clearInterval(talks.get(parentElement)?.timer);
    }
    """,
)
OVER = "The time is over. Finish the thought, and close."


def show_agenda(parts: Sequence[Part], passed: int, *, key: str) -> None:
    """The parts of a talk that began `passed` seconds ago."""
    data = {
        "parts": [{"title": part.title, "minutes": part.minutes} for part in parts],
        "passed": passed,
        "due": due_part(parts, passed),
        "over": OVER,
    }
    _AGENDA(data=data, key=key, on_due_change=lambda: None)


def due_part(parts: Sequence[Part], passed: int) -> int:
    """The place of the part that is due; the last one also when the time is over."""
    end = 0
    for place, part in enumerate(parts):
        end += part.minutes * 60
        if passed < end:
            return place
    return len(parts) - 1
