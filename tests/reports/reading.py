"""What a PDF says and holds, read by another library than the one that wrote it."""

from __future__ import annotations

import pymupdf


def opened(pdf: bytes) -> pymupdf.Document:
    return pymupdf.open(stream=pdf, filetype="pdf")


def pages_text(pdf: bytes) -> str:
    """The text of all pages, a line of dashes between them."""
    with opened(pdf) as document:
        return "\n--------\n".join(page.get_text().strip() for page in document) + "\n"


def flat(text: str) -> str:
    """Without white space, which line breaks of the layout put anywhere."""
    return "".join(text.split())
