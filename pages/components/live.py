"""Screens that hear of changes: a board that listens is drawn anew when what it shows moves on.

Call `listen` inside the st.fragment that draws the board, its buttons among it: then a change
elsewhere draws that fragment anew, once, and nothing while the exercise rests.

    @st.fragment
    def board(run_id):
        run = exercises.get_run(who(), run_id)
        listen(run.id, run.revision)
        ...
"""

from __future__ import annotations

import streamlit as st

# The browser is told of revisions over server-sent events. It asks for a new drawing when one is
# newer than what is drawn; every two seconds again if that got lost, and also while no stream
# comes through (a proxy that holds it back), so that such a screen polls. A tab that nobody sees
# hangs up, because a browser has six connections to a server for all of its tabs, and catches up
# when it is seen again. The function is called at each drawing; only the last cleanup that it
# returned is called, when the board goes.
#
# The title of a message that came in is said at once, in a corner, before fifty screens are drawn;
# it stays long enough to be read by somebody who looks at another part of the page.
#
# A draft waits with its new drawing while somebody writes in one of its fields, so that nothing
# under their hands is lost or moves; they are told at once all the same. What they write is
# compared when they leave the field, and that draws anew.
_LISTEN = st.components.v2.component(
    "revisions",
    html='<div role="status"></div>',
    css="""
    [role="status"] {
      position: fixed; z-index: 1000; top: 4rem; right: 1rem; max-width: min(24rem, 80vw);
      pointer-events: none; overflow-wrap: anywhere; unicode-bidi: plaintext;
    }
    [role="status"]:not(:empty) {
      padding: 0.6rem 1rem; border-radius: 0.5rem; color: var(--st-text-color);
      background: var(--st-background-color); border: 2px solid var(--st-primary-color);
    }
    """,
    js="""
    const AGAIN = 2000, READ = 6000, SENT = 300; // milliseconds
    const FIELD = 'textarea, input:not([type="checkbox"], [type="radio"], [role="combobox"])';
    const listeners = new WeakMap();

    function begin(address, place) {
      const one = { address, place, drawn: 0, latest: 0, heard: false, draw: () => {} };
      let reading = 0, written = null;
      const isWriting = () => one.waits && (
        written?.isConnected && document.activeElement === written ||
        document.activeElement?.closest("#portal") // a cell of a table
      );
      one.ask = () => { if (!isWriting()) one.draw(); };
      const write = (event) => { if (event.target.matches?.(FIELD)) written = event.target; };
      const sent = () => {
        written = null;
        setTimeout(() => { if (one.latest > one.drawn) one.ask(); }, SENT);
      };
      const enter = (event) => {
        const line = event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey;
        if (event.key === "Enter" && line) sent();
      };
      window.addEventListener("input", write, true);
      window.addEventListener("focusout", sent, true);
      window.addEventListener("keydown", enter, true);
      const say = (event) => {
        clearTimeout(reading);
        one.place.textContent = one.before + JSON.parse(event.data);
        reading = setTimeout(() => { one.place.textContent = ""; }, READ);
      };
      const open = () => {
        one.source = new EventSource(address);
        one.source.onmessage = (event) => {
          one.heard = true;
          one.latest = Number(event.data);
          if (one.latest > one.drawn) one.ask();
        };
        one.source.addEventListener("headline", say);
        one.source.onerror = () => { one.heard = false; };
      };
      const look = () => {
        if (document.hidden) one.source?.close();
        else if ((one.source?.readyState ?? EventSource.CLOSED) === EventSource.CLOSED) open();
      };
      const timer = setInterval(() => {
        look();
        if (!document.hidden && (!one.heard || one.latest > one.drawn)) one.ask();
      }, AGAIN);
      document.addEventListener("visibilitychange", look);
      one.stop = () => {
        clearInterval(timer);
        clearTimeout(reading);
        document.removeEventListener("visibilitychange", look);
        window.removeEventListener("input", write, true);
        window.removeEventListener("focusout", sent, true);
        window.removeEventListener("keydown", enter, true);
        one.source?.close();
      };
      look();
      return one;
    }
    export default function ({ data, parentElement, setTriggerValue }) {
      const place = parentElement.querySelector('[role="status"]');
      let one = listeners.get(parentElement);
      if (!one || one.address !== data.address) {
        one?.stop();
        one = begin(data.address, place);
        listeners.set(parentElement, one);
      }
      one.place = place;
      one.before = data.before;
      one.waits = data.waits;
      one.drawn = data.revision;
      one.draw = () => setTriggerValue("rev", one.latest);
      return () => { one.stop(); listeners.delete(parentElement); };
    }
    """,
)


def listen(object_id: str, revision: int, kind: str = "exercise") -> None:
    """The fragment that calls this is run again whenever the object (an exercise, a meeting, a
    draft: see
    api/live.py) has a newer revision than the one that it draws now. Shows only the title of a
    message that comes in, for some seconds; once in a page for each object. `object_id` comes from
    a service, so that it is an id and nothing else."""
    is_draft = kind == "postmortem"
    data = {
        "address": f"/live/{kind}/{object_id}",
        "revision": revision,
        "before": "" if is_draft else "New: ",
        "waits": is_draft,
    }
    _LISTEN(data=data, key=f"live:{object_id}", on_rev_change=lambda: None)
