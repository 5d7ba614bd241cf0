"""Addresses: our own as the person's browser reaches them, and those that files bring along."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import streamlit as st

from pages.components.problems import escape

_WEB = re.compile(r"https?://[^\s<>|\\]+", re.IGNORECASE)


def whole_address(path: str) -> str:
    """`path` begins with a slash; the scheme and host are those of the person's browser, which a
    proxy in front of us may have changed. The path alone when they are not known."""
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}{path}" if here.netloc else path


def last_part() -> str:
    """What stands behind the last slash of the address in the person's browser; "" when it is not
    known."""
    return urlsplit(st.context.url or "").path.rpartition("/")[2]


def is_web(url: str | None) -> bool:
    """Whether it leads to the web. What a file brought in may hold anything."""
    return _WEB.fullmatch(url or "") is not None


def show_link(title: str, url: str, *, icon: str, quiet: bool = False) -> None:
    """A button that leads to `url`; for an address that does not lead to the web only its words.
    `title` is text, of users or ours."""
    if is_web(url):
        st.link_button(escape(title), url, icon=icon, type="tertiary" if quiet else "secondary")
    else:
        st.text(f"{title}: {url}" if url != title else title)
