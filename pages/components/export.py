"""The documents of a post-mortem as links to the route that checks who asks for them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import streamlit as st

from models.rules.vocabulary import Audience
from pages.components.problems import escape
from pages.components.session import who
from services.documents import names_to_check
from services.settings import settings

FORMATS = {"pdf": "PDF", "html": "HTML", "md": "Markdown", "json": "JSON"}
TITLES = {Audience.FULL: "Full report", Audience.LEADERSHIP: "One-page brief"}
ABOUT = {
    Audience.FULL: "Everything: timeline with evidence, why-tree, lessons, actions, sign-offs.",
    Audience.LEADERSHIP: "One page for leadership: impact, what happened, what we do about it.",
}
PAPERS = ("A4", "Letter")


def export_url(
    postmortem_id: str,
    kind: str,
    audience: Audience = Audience.FULL,
    *,
    redact: bool = False,
    paper: str = "",
    revision: int | None = None,
) -> str:
    """The address of a document; `kind` is one of FORMATS."""
    asked = {"audience": audience.value, "redact": int(redact)}
    more = {"paper": paper, "revision": revision}
    asked |= {name: value for name, value in more.items() if value}
    return f"/export/postmortem/{quote(postmortem_id, safe='')}.{kind}?{urlencode(asked)}"


def show_exports(postmortem_id: str, revision: int | None = None) -> None:
    """Both documents in every format, with the choices of names and paper. `revision` None is
    what is published, or the draft as it stands."""
    paper = st.segmented_control(
        "Paper",
        PAPERS,
        key=f"{postmortem_id}:paper",
        default=settings().paper,
        required=True,
    )
    columns = st.columns(2, gap="medium")
    for column, audience in zip(columns, TITLES, strict=True):
        with column, st.container(border=True):
            _show_document(postmortem_id, audience, paper or "", revision)


def _show_document(
    postmortem_id: str, audience: Audience, paper: str, revision: int | None
) -> None:
    st.markdown(f"**{TITLES[audience]}**")
    st.caption(ABOUT[audience])
    redact = st.checkbox(
        "Roles in place of names",
        value=audience is Audience.LEADERSHIP,
        key=f"{postmortem_id}:redact:{audience}",
        help="“The incident commander” in place of a name, everywhere in the text. "
        "Choose this when the document leaves the team. Screenshots are left out, because "
        "they may show names.",
    )
    if redact and (names := names_to_check(who(), postmortem_id, revision)):
        st.caption(
            "Look at the document before you hand it out. These words may be names of people, and "
            f"stay in it: {escape(', '.join(names[:20]))}."
        )
    with st.container(horizontal=True, gap="small"):
        for kind, words in FORMATS.items():
            st.link_button(
                f"{TITLES[audience]}, {words}" if kind == "pdf" else words,
                export_url(
                    postmortem_id, kind, audience, redact=redact, paper=paper, revision=revision
                ),
                key=f"{postmortem_id}:export:{audience}:{kind}",
                icon=":material/download:" if kind == "pdf" else None,
                type="primary" if kind == "pdf" else "secondary",
            )
