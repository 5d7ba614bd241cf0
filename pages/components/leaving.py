"""Text that is being written is saved before a click leads away.

A field sends its text when it is left. With a quick click the browser sends the wish for another
page first and the text after it: Streamlit then stays where it is, under an address that has lost
its id. So such a click waits here until the text has arrived, and is then made again.
"""

from __future__ import annotations

import streamlit as st

_SAVE_FIRST = st.components.v2.component(
    "save_first",
    js="""
    const FIELD = 'textarea, input:not([type="checkbox"], [type="radio"], [type="file"])';
    const LEADS_AWAY = '[data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"], ' +
      '[data-testid="stButton"] button';
    const RECENT = 500, SENDING = 120, LONGEST = 5000; // milliseconds
    const isField = (element) => element instanceof Element && element.matches(FIELD);
    const isIdle = () => document.querySelector(
      '[data-testid="stApp"][data-test-script-state="notRunning"]') !== null;
    let left = -Infinity, held = null, through = null, backThrough = null;

    function whenSent(go, begun = performance.now()) {
      const waited = performance.now() - begun;
      if (waited > LONGEST || (waited > SENDING && isIdle())) go();
      else setTimeout(whenSent, 20, go, begun);
    }
    function clickHeld() {
      through = held;
      held = null;
      if (through.isConnected) through.click();
      through = null;
    }
    function onLeave(event) {
      if (isField(event.target)) left = performance.now();
    }
    function onClick(event) {
      const goal = event.target instanceof Element && event.target.closest(LEADS_AWAY);
      if (!goal || goal === through || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const writing = isField(document.activeElement);
      if (!held && !writing && performance.now() - left > RECENT) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (writing) document.activeElement.blur();
      if (!held) whenSent(clickHeld);
      held = goal;
    }
    function onBack(event) {
      if (event === backThrough || !isField(document.activeElement)) return;
      event.stopImmediatePropagation();
      document.activeElement.blur();
      whenSent(() => {
        backThrough = new PopStateEvent("popstate", { state: event.state });
        window.dispatchEvent(backThrough);
      });
    }
    export default function () {
      window.addEventListener("focusout", onLeave, true);
      window.addEventListener("click", onClick, true);
      window.addEventListener("popstate", onBack, true);
      return () => {
        window.removeEventListener("focusout", onLeave, true);
        window.removeEventListener("click", onClick, true);
        window.removeEventListener("popstate", onBack, true);
      };
    }
    """,
)


def save_before_leaving() -> None:
    """In the frame of every page. Draws nothing."""
    _SAVE_FIRST(key="save_first")
