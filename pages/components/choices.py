"""Long lists to choose from: a browser is sent a part of them, found by words typed above."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

MOST = 300  # choices that a field is sent; ten thousand take a page the better part of a second


def offered(names: Sequence[str], *, key: str, what: str) -> list[str]:
    """The names to choose from: all of a short list. Of a long one those that hold what the person
    typed, in a field of its own; `what` is what they are, in the plural."""
    if len(names) <= MOST:
        return list(names)
    looked_for = st.text_input(
        f"Find {what}", key=key, placeholder="A part of the name", live="300ms"
    )
    part = looked_for.strip().casefold()
    found = [name for name in names if part in name.casefold()]
    if len(found) > MOST:
        st.caption(
            f"{MOST} of {len(found):,} {what} are offered below. Type a part of the name to find "
            "others."
        )
    elif not found:
        st.caption(f"None of the {len(names):,} {what} has this in its name.")
    return found[:MOST]
