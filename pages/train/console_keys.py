"""The key N puts the cursor into the field for observations, from anywhere on the screen."""

from __future__ import annotations

import streamlit as st

FIELD = "Note what you see"
_KEYS = st.components.v2.component(
    "console_keys",
    js="""
    const listeners = new WeakMap();

    export default function ({ data, parentElement }) {
      const press = (event) => {
        const writing = event.target.closest?.("input, textarea, [role=dialog], [role=combobox]");
        const other = event.ctrlKey || event.altKey || event.metaKey;
        if (event.key.toLowerCase() !== "n" || writing || other) return;
        const field = document.querySelector(`input[aria-label="${data.field}"]`);
        if (!field) return;
        event.preventDefault();
        field.focus();
      };
      document.removeEventListener("keydown", listeners.get(parentElement));
      document.addEventListener("keydown", press);
      listeners.set(parentElement, press);
      return () => document.removeEventListener("keydown", listeners.get(parentElement));
    }
    """,
)


def listen_for_keys() -> None:
    """Once on a screen that has the field. Shows nothing."""
    _KEYS(data={"field": FIELD}, key="console:keys")
