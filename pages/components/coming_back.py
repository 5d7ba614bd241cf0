"""A browser that had lost the server draws its page anew when it is there again.

Streamlit itself waits for the next click: until then nobody would be told that what was written
in between has not been saved.
"""

from __future__ import annotations

import streamlit as st

_DRAW_ANEW = st.components.v2.component(
    "draw_anew",
    js="""
    const FIELD = 'textarea, input:not([type="checkbox"], [type="radio"], [type="file"])';
    const ENABLED = 100, SENT = 300; // milliseconds
    export default function ({ setTriggerValue }) {
      const app = document.querySelector('[data-testid="stApp"]');
      let away = false, last = null;
      const remember = (event) => {
        if (event.target instanceof Element && event.target.matches(FIELD)) last = event.target;
      };
      const back = () => {
        const draw = () => setTriggerValue("back", true);
        if (!last || !last.isConnected) { draw(); return; }
        // A field that was disabled while somebody wrote in it lost the focus, but was not left.
        last.focus({ preventScroll: true });
        last.blur();
        setTimeout(draw, SENT);
      };
      const observer = new MutationObserver(() => {
        const connected = app.dataset.testConnectionState === "CONNECTED";
        if (connected && away) setTimeout(back, ENABLED);
        away = !connected;
      });
      observer.observe(app, {
        attributes: true, attributeFilter: ["data-test-connection-state"],
      });
      window.addEventListener("focusin", remember, true);
      return () => {
        observer.disconnect();
        window.removeEventListener("focusin", remember, true);
      };
    }
    """,
)


def draw_anew_after_a_break() -> None:
    """In the frame of every page. Draws nothing."""
    _DRAW_ANEW(key="draw_anew", on_back_change=lambda: None)
