"""A few fields and a button. What is written in them outlasts a visit to another page, and one is
asked before it would be lost by loading the page anew."""

from __future__ import annotations

from typing import Any

import streamlit as st


class ShortForm:
    """The fields of one form, by name. Each time the form was used its fields get new keys:
    a browser gives the old ones their text back."""

    def __init__(self, name: str, /, **empty: Any) -> None:
        """`empty` are the fields with what they hold before anything was written."""
        self.name, self.empty = name, empty

    def field(self, field: str) -> dict[str, Any]:
        """The key of a field's widget and how long it is kept, to be passed to the widget."""
        st.session_state.setdefault(self.key(field), self.empty[field])
        return {"key": self.key(field), "persist_state": "session"}

    def value(self, field: str) -> Any:
        """What stands in the field; what it held at first when nothing was written."""
        return st.session_state.get(self.key(field), self.empty[field])

    def mark(self) -> None:
        """After the fields: while something is written, the page asks before it is loaded anew."""
        if any(self.value(field) != empty for field, empty in self.empty.items()):
            st.container(key=f"unsaved:{self.name}")

    def clear(self) -> None:
        """From a callback, when it went well."""
        st.session_state[f"{self.name}:round"] = self._round() + 1

    def key(self, field: str) -> str:
        return f"{self.name}:{self._round()}:{field}"

    def _round(self) -> int:
        return int(st.session_state.get(f"{self.name}:round", 0))
