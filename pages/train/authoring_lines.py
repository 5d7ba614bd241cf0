"""What a text area does not know: in which line one is, going to a line, and sending in a pause."""

from __future__ import annotations

import streamlit as st

# Selects the line that was asked for, and says in which line the cursor stands. Who writes for long
# without leaving the field has it sent in each pause, as Streamlit does for Ctrl and Enter.
_LINES = st.components.v2.component(
    "scenario_lines",
    html='<small style="color: var(--st-text-color); opacity: 0.75">&nbsp;</small>',
    js="""
    const AREA = ".st-key-authoring-text textarea";
    const PAUSE = 3000; // milliseconds
    const LIKE = ["font", "lineHeight", "padding", "whiteSpace", "overflowWrap", "tabSize"];
    let shown = 0;
    function heightOf(area, text) { // of the lines of a text, wrapped as they are in the area
      const mirror = document.createElement("div"), style = getComputedStyle(area);
      LIKE.forEach((name) => (mirror.style[name] = style[name]));
      mirror.style.width = `${area.clientWidth}px`;
      mirror.style.boxSizing = "border-box";
      mirror.textContent = text;
      document.body.append(mirror);
      const height = mirror.offsetHeight;
      mirror.remove();
      return height;
    }
    function select(area, line) {
      const lines = area.value.split("\\n");
      const before = lines.slice(0, line - 1).join("\\n");
      const start = before.length + (line > 1 ? 1 : 0);
      area.focus({ preventScroll: true });
      area.setSelectionRange(start, start + (lines[line - 1] || "").length);
      area.scrollTop = heightOf(area, before) - area.clientHeight / 3;
      area.scrollIntoView({ block: "nearest" });
    }
    export default function ({ data, parentElement }) {
      function say() {
        const area = document.activeElement;
        if (!area || !area.matches(AREA)) return;
        const before = area.value.slice(0, area.selectionStart).split("\\n");
        const column = before[before.length - 1].length + 1;
        parentElement.querySelector("small").textContent =
          `Line ${before.length}, column ${column}`;
      }
      let waiting = 0;
      function sendInAPause(event) {
        if (!event.target.matches(AREA)) return;
        clearTimeout(waiting);
        const enter = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
        waiting = setTimeout(
          () => event.target.dispatchEvent(new KeyboardEvent("keydown", enter)), PAUSE);
      }
      document.addEventListener("selectionchange", say);
      document.addEventListener("input", sendInAPause);
      const area = document.querySelector(AREA);
      if (area) {
        area.spellcheck = false;
        area.setAttribute("autocapitalize", "off");
        if (data.asked > shown) select(area, data.line);
      }
      shown = data.asked;
      return () => {
        document.removeEventListener("selectionchange", say);
        document.removeEventListener("input", sendInAPause);
      };
    }
    """,
)


def show_line() -> None:
    """Below the field: where the cursor stands. Goes to the line that was asked for."""
    line, asked = st.session_state.get("authoring:line", (0, 0))
    _LINES(data={"line": line, "asked": asked}, key="authoring:lines")


def go_to_line(line: int) -> None:
    """From a callback: selects a line of the text."""
    _, asked = st.session_state.get("authoring:line", (0, 0))
    st.session_state["authoring:line"] = (line, asked + 1)
