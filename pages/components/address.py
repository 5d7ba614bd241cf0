"""Whole addresses, as the person's browser reaches us."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st


def whole_address(path: str) -> str:
    """`path` begins with a slash; the scheme and host are those of the person's browser, which a
    proxy in front of us may have changed. The path alone when they are not known."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{path}" if here.netloc else path
