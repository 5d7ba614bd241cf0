"""The after-action report as a file: links to the route that checks who asks for it."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import streamlit as st

from pages.components.export import PAPERS
from services.settings import settings

FORMATS = {"pdf": "PDF", "html": "HTML", "md": "Markdown"}


def report_url(run_id: str, kind: str, *, redact: bool = False, paper: str = "") -> str:
    """The address of a document; `kind` is one of FORMATS."""
    asked = {"redact": str(int(redact))} | ({"paper": paper} if paper else {})
    return f"/export/exercise/{quote(run_id, safe='')}.{kind}?{urlencode(asked)}"


def pdf_button(run_id: str) -> None:
    st.link_button(
        "The report, PDF",
        report_url(run_id, "pdf"),
        key=f"{run_id}:pdf",
        icon=":material/download:",
        type="primary",
    )


def show_exports(run_id: str) -> None:
    """Every format, with the choices of names and paper."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        paper = st.segmented_control(
            "Paper", PAPERS, key=f"{run_id}:paper", default=settings().paper, required=True
        )
        redact = st.checkbox(
            "Seats in place of names",
            key=f"{run_id}:redact",
            help="“The incident commander” in place of a name, everywhere in the text. Choose "
            "this when the report leaves the team.",
        )
    with st.container(horizontal=True, gap="small"):
        for kind, words in FORMATS.items():
            st.link_button(
                words,
                report_url(run_id, kind, redact=redact, paper=paper or ""),
                key=f"{run_id}:export:{kind}",
                icon=":material/download:",
            )
