"""What the theme cannot say: a few lines of style for every page."""

from __future__ import annotations

import streamlit as st

from pages.components.pictures import is_phone

# Streamlit writes hints in fields at two fifths of the ink, and what is selected or pointed at in
# the primary colour, which many cannot read; cuts the label of a page link where its box ends,
# though titles are sentences here; lets one long word push the page wider than a phone; and lays
# the toolbar of a table over the words above it where nothing can be pointed at; and puts rows of
# facts that wrap as far apart as the facts in a row. Links do not show
# that the keyboard has reached them. Words of users run in their own direction.
_STYLE = """<style>
::placeholder { color: color-mix(in srgb, currentcolor 64%, transparent) !important; }
:is([role="tab"], [data-testid="stButtonGroup"] button)[class],
:is([kind="secondary"], [kind="tertiary"]):hover { color: inherit !important; }
[data-testid="stCaptionContainer"] a { color: inherit !important; }
a:focus-visible { outline: 2px solid currentcolor !important; outline-offset: 2px; }
[data-testid="stMain"] [data-testid="stPageLink-NavLink"] * {
  white-space: normal; overflow: visible; overflow-wrap: anywhere;
}
[data-testid="stMain"] [data-testid="stPageLink-NavLink"] { padding-left: 0; }
[class*="st-key-lines-"] [data-testid="stPageLink-NavLink"] { padding: 0; line-height: 1.4; }
[data-testid="stMain"] :is(h1, h2, h3, [data-testid="stMarkdownContainer"]) {
  overflow-wrap: anywhere;
}
[data-testid="stMain"] :is(h1, p, li, input, textarea) { unicode-bidi: plaintext; }
[data-testid="stMain"] .st-key-long-title h1 { font-size: 1.4rem; }
[class*="st-key-lines-"] p { line-height: 1.5; }
[class*="st-key-facts-"] { row-gap: 0.5rem !important; }
[data-testid="stMain"] :is(td, th) {
  min-width: 4.5rem; vertical-align: top; overflow-wrap: break-word;
}
[data-testid="stMain"] [data-testid="stMarkdownContainer"]:has(> table) { overflow-x: auto; }
@media (max-width: 640px) {
  [data-testid="stMain"] h1 { font-size: 1.6rem; }
  [data-testid="stMainBlockContainer"] { padding-top: 1rem; }
}
@media (hover: none) { [data-testid="stElementToolbar"] { display: none; } }
</style>"""

# Drawings that are laid out for a wide screen (see pictures.py) scroll in a narrow window instead
# of becoming too small to read.
_WIDE_DRAWINGS = """<style>
[data-testid="stImageContainer"]:has([src^="data:image/svg"]) { overflow-x: auto; }
[data-testid="stImageContainer"] [src^="data:image/svg"] { min-width: 44rem; }
</style>"""


def apply_look() -> None:
    """Once at the top of the frame."""
    st.html(_STYLE if is_phone() else _STYLE + _WIDE_DRAWINGS)
