"""Text that is being written is saved before a click leads away.

A field sends its text when it is left. With a quick click the browser sends the wish for another
page first and the text after it: Streamlit then stays where it is, under an address that has lost
its id. So such a click waits here until the text has arrived, and is then made again. The text has
arrived when the server was heard of since it was typed, however busy that is. Leaving Hotwash, or
loading it anew, asks first while something is not saved.
"""

from __future__ import annotations

import streamlit as st

_SAVE_FIRST = st.components.v2.component(
    "save_first",
    js="""
    const FIELD = 'textarea, input:not([type="checkbox"], [type="radio"], [type="file"])';
    const LEADS_AWAY = '[data-testid="stSidebarNavLink"], [data-testid="stPageLink-NavLink"], ' +
      '[data-testid="stButton"] button';
    const CHOICE = '[data-testid="stRadio"] label';
    const WAITS = `${LEADS_AWAY}, ${CHOICE}`;
    const UNSAVED = '[class*="st-key-unsaved-"]';
    const UNSENT = '[role="combobox"], [data-testid="stForm"] *'; // when they are left
    const RECENT = 500, SENDING = 120, UNHEARD = 3000, LONGEST = 10000; // milliseconds
    const isField = (element) => element instanceof Element && element.matches(FIELD);
    const isIdle = () => document.querySelector(
      '[data-testid="stApp"][data-test-script-state="notRunning"]') !== null;
    const isAway = () => document.querySelector(
      '[data-testid="stApp"][data-test-connection-state="CONNECTED"]') === null;
    let left = -Infinity, held = null, through = null, backThrough = null, unsent = false;
    let pressed = false; // the click to come began while somebody wrote
    let heard = 0, typed = null; // how often the server was heard of; when something was typed

    // Text that is as it was before is not sent, so this is not waited for without end.
    const isHeard = (waited) => typed !== heard || waited > UNHEARD;
    function whenSent(go, begun = performance.now()) {
      const waited = performance.now() - begun;
      if (waited > LONGEST || (waited > SENDING && isIdle() && isHeard(waited))) {
        typed = null;
        go();
      } else setTimeout(whenSent, 20, go, begun);
    }
    // What was just written may have become a choice too, and have moved the others down.
    const sameChoice = ({ choice }) => [...document.querySelectorAll(CHOICE)]
      .find((label) => label.textContent === choice);
    function clickHeld() {
      through = held.choice ? sameChoice(held) : held.goal;
      held = null;
      if (through && through.isConnected) (through.querySelector("input") || through).click();
      through = null;
    }
    function onLeave(event) {
      if (!isField(event.target)) return;
      left = performance.now();
      unsent = unsent && isAway();
    }
    function onInput(event) {
      if (!isField(event.target)) return;
      unsent = true;
      if (!event.target.matches(UNSENT)) typed = heard;
    }
    function onKey(event) {
      const sends = !event.target.matches("textarea") || event.ctrlKey || event.metaKey;
      if (event.key === "Enter" && sends && !isAway()) unsent = false;
    }
    function onUnload(event) {
      if (unsent || document.querySelector(UNSAVED)) event.preventDefault();
    }
    function onClick(event) {
      const goal = event.target instanceof Element && event.target.closest(WAITS);
      if (!goal || goal === through || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const writing = isField(document.activeElement);
      const hasty = writing || pressed || performance.now() - left < RECENT;
      if (!held && !hasty) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (writing) document.activeElement.blur();
      if (!held) whenSent(clickHeld);
      held = { goal, choice: goal.matches(CHOICE) && goal.textContent };
    }
    function onPress(event) { // a choice is made when it is pressed, not when it is clicked
      const writing = isField(document.activeElement);
      if (event.type === "pointerdown") pressed = writing;
      const choice = event.target instanceof Element && event.target.closest(CHOICE);
      if (choice && writing) event.stopImmediatePropagation();
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
    const LISTENERS = {
      focusout: onLeave, click: onClick, popstate: onBack, input: onInput, keydown: onKey,
      beforeunload: onUnload, pointerdown: onPress, mousedown: onPress,
    };
    const hearing = new MutationObserver(() => { heard += 1; });
    export default function () { // at each drawing
      heard += 1;
      hearing.observe(document.querySelector('[data-testid="stApp"]'), {
        attributes: true, attributeFilter: ["data-test-script-state"],
      });
      for (const [name, act] of Object.entries(LISTENERS))
        window.addEventListener(name, act, true);
      return () => {
        hearing.disconnect();
        for (const [name, act] of Object.entries(LISTENERS))
          window.removeEventListener(name, act, true);
      };
    }
    """,
)


def save_before_leaving() -> None:
    """In the frame of every page. Draws nothing, but tells the browser of each drawing."""
    drawing = st.session_state["drawing"] = st.session_state.get("drawing", 0) + 1
    _SAVE_FIRST(data=drawing, key="save_first")
