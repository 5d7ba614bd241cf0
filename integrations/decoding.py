"""Bytes to text: the first thing every importer of text does."""

from __future__ import annotations

import codecs

from models.rules.problems import BadFile, PlacedProblem

MAX_BYTES = 25 * 1024 * 1024  # what the browser may upload; the command line has the same limit

_BINARY_BEGINNINGS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"PK\x03\x04": "a zip archive",
    b"PK\x05\x06": "a zip archive",
    b"\x1f\x8b": "a compressed file",
    b"SQLite format 3": "a database",
    b"\xd0\xcf\x11\xe0": "an old office document",
}


def check_size(data: bytes) -> None:
    """Raises BadFile for a file that is empty or larger than MAX_BYTES."""
    if not data.strip():
        raise BadFile(
            "The file is empty. Check that the export has finished, and bring it in again."
        )
    if len(data) > MAX_BYTES:
        raise BadFile(
            f"The file has {len(data) / 1024**2:.1f} MB; {MAX_BYTES // 1024**2} MB fit. "
            "Export a shorter time or fewer incidents, and bring them in one after the other."
        )


def decode(data: bytes) -> str:
    """The text of UTF-8 bytes, or of UTF-16 bytes that begin with their mark (as spreadsheets
    write them), without the mark. Line ends stay as they are.

    Raises BadFile for anything else, with the line of the first byte that is not text.
    """
    check_size(data)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    return utf8(data)


def beginning(data: bytes, size: int) -> str:
    """The text of the first `size` bytes, to recognise it by: what is no text is left out. Never
    raises."""
    is_utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data[:size].decode("utf-16" if is_utf16 else "utf-8-sig", errors="ignore")


def utf8(data: bytes) -> str:
    """The text of UTF-8 bytes, without a byte order mark. Raises BadFile with the line of the
    first byte that is not text, or with what the file is instead."""
    for beginning, what in _BINARY_BEGINNINGS.items():
        if data.startswith(beginning):
            raise BadFile(f"This is {what}, not a text file. Choose the text it was made from.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        message = f"Line {line:,} holds bytes that are not UTF-8 text"
        raise BadFile(
            f"{message}. Save the file as UTF-8 and bring it in again.",
            [PlacedProblem("Bytes that are not UTF-8 text.", line)],
        ) from None


def _utf16(data: bytes) -> str:
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError:
        raise BadFile(
            "The file begins as UTF-16 text but does not go on as such. "
            "Save it as UTF-8 and bring it in again."
        ) from None
