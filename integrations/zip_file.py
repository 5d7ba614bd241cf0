"""A zip archive that nobody has checked: read in memory, never extracted.

An archive can lie about the size of its members, hold the same bytes many times over, or name
places outside itself. So: only members asked for by name are read, each against what its packed
bytes can honestly hold, all of them against one budget.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from integrations.decoding import check_size
from models.rules.problems import BadFile
from models.rules.record_json import shown

MAX_MEMBERS = 20_000  # members read, not members listed: an old workspace lists many more
MAX_UNPACKED = 100 * 1024 * 1024  # bytes of all members read together
MAX_RATIO = 100
_FREE_BYTES = 10_000  # a tiny file may be packed better than MAX_RATIO
_LOCAL_HEADER = 30  # bytes before a member's name and content
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


class ZipArchive:
    """The files of an archive. Raises BadFile for one that is broken, encrypted, or built to
    harm."""

    def __init__(self, data: bytes) -> None:
        check_size(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise BadFile(
                "The zip archive is cut off or broken. Download the export again."
            ) from None
        self._members = {m.filename: m for m in self._zip.infolist() if not m.is_dir()}
        self._read = 0
        self._left = MAX_UNPACKED
        self._check_names()
        self._check_overlaps()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        member = self._members[name]
        self._read += 1
        if self._read > MAX_MEMBERS:
            raise BadFile(
                f"More than {MAX_MEMBERS:,} files of the archive would have to be read. "
                "Choose a shorter time."
            )
        if member.flag_bits & _ENCRYPTED:
            raise BadFile("The archive is encrypted. Bring one without a password.")
        if member.compress_type not in _METHODS:
            raise _harmful(name, "is packed in a way that exports are not")
        honest = min(MAX_RATIO * member.compress_size + _FREE_BYTES, self._left)
        try:
            with self._zip.open(member) as content:
                unpacked = content.read(honest + 1)  # what comes out counts, not the header
        except _BROKEN:
            raise BadFile(
                f"{shown(name)} in the archive is broken. Download the export again."
            ) from None
        if len(unpacked) > honest:
            raise self._too_much(name)
        self._left -= len(unpacked)
        return unpacked

    def _too_much(self, name: str) -> BadFile:
        member = self._members[name]
        if member.file_size > self._left:
            return BadFile(
                f"The archive holds more than {MAX_UNPACKED // 1024**2} MB for this choice. "
                "Choose a shorter time."
            )
        return _harmful(name, "unpacks to more than a hundred times its size")

    def _check_names(self) -> None:
        listed = [m.filename for m in self._zip.infolist() if not m.is_dir()]
        if len(listed) != len(self._members):
            raise BadFile("The archive holds two files with the same name. Export it again.")
        for name in listed:
            if "\\" in name or name.startswith("/") or ".." in name.split("/") or ":" in name[:2]:
                raise _harmful(name, "has a path that leads out of the archive")

    def _check_overlaps(self) -> None:
        end = 0
        for member in sorted(self._zip.infolist(), key=lambda m: m.header_offset):
            if member.header_offset < end:
                raise _harmful(member.filename, "shares its bytes with another file")
            encoding = "utf-8" if member.flag_bits & _NAME_IS_UTF8 else "cp437"
            name = len(member.orig_filename.encode(encoding, "replace"))
            end = member.header_offset + _LOCAL_HEADER + name + member.compress_size


def _harmful(name: str, why: str) -> BadFile:
    return BadFile(f"{shown(name)} in the archive {why}, so the archive was not read.")
