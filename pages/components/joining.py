"""How people come in: the code in letters that a room can read, and as a picture for phones."""

from __future__ import annotations

import io

import segno
import streamlit as st

from models.rules.join_code import show_join_code
from pages.components.address import whole_address

QR_PX = 150


def show_join(code: str, *, wide: int = QR_PX) -> None:
    """The code of an exercise or a meeting, its picture (`wide` in CSS pixels) and its address."""
    address = whole_address(f"/join?code={code}")
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.image(qr_code(address), width=wide, alt=f"QR code of the address {address}")
        with st.container(gap="xsmall", width="content"):
            st.caption("Join with this code")
            st.markdown(f"# {show_join_code(code)}")
    st.code(address, language=None, wrap_lines=True)


def qr_code(address: str) -> bytes:
    """A PNG, dark on light in both themes, because many phones read nothing else."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="png", scale=8, border=3)
    return out.getvalue()
