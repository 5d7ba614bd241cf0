"""Drawings on the screen: in the colours of the theme, as wide as the screen lets one read."""

from __future__ import annotations

import streamlit as st

from reports.drawings.ink import Theme

DESKTOP, PHONE = 960, 350  # CSS pixels


def drawing_theme() -> Theme:
    """The theme that the person's browser shows."""
    return "dark" if st.context.theme.type == "dark" else "light"


def is_phone() -> bool:
    """Whether the person's browser says that it is on a phone."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def drawing_width() -> int:
    """A drawing is laid out anew for a phone: scaled down, its words could not be read."""
    return PHONE if is_phone() else DESKTOP


def show_drawing(svg: str, alt: str) -> None:
    """Shows a standalone SVG as an image, so that nothing in it can run."""
    st.image(svg, width="stretch", alt=alt)
