"""The process that lays out pages: `python -m reports.pdf_worker LIMIT_IN_BYTES FOLDER`; what it
needs on disk lies in that folder.

It reads requests from standard input and writes answers to standard output, each behind its
length. A request is pickled by the parent process, the only one that holds the pipe; an answer
is one byte (1 made, 0 not made, 2 cannot start) and the PDF or the name of what is missing, never
anything to unpickle.
"""

from __future__ import annotations

import os
import pickle
import re
import resource
import struct
import sys
import tempfile
import traceback
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
MADE, NOT_MADE, MISSING = b"\x01", b"\x00", b"\x02"


def main() -> None:
    """Answers until standard input ends."""
    memory, tempfile.tempdir = int(sys.argv[1]), sys.argv[2]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall between the answers
    try:  # after the limits: the import is the heavy part
        from reports.pdf_layout import printer
    except (ImportError, OSError) as error:
        _send(answers, MISSING + missing_library(error).encode())
        raise
    printer("A4")
    _send(answers, MADE)
    while request := read_message(sys.stdin.buffer):
        facts, plain = pickle.loads(request)  # noqa: S301  # from our parent only
        try:
            answer = MADE + printer(facts.paper).pdf(facts, plain=plain)
        except Exception:  # noqa: BLE001  # whatever a layout may raise, the parent says so
            traceback.print_exc()
            answer = NOT_MADE
        _send(answers, answer)


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(LENGTH.pack(len(answer)) + answer)
    answers.flush()


def missing_library(error: ImportError | OSError) -> str:
    """The name of the Python module, or (with "lib" before it) of the system library that is not
    there; "" when it failed for another reason, such as too little memory."""
    if isinstance(error, ModuleNotFoundError):
        return error.name or ""
    told = str(error)
    if "map segment" in told or "allocate memory" in told:
        return ""
    found = re.search(r"cannot load library '(?:lib)?([^']+)'", told)
    return f"lib{found[1]}" if found else ""


def read_message(stream: BinaryIO) -> bytes:
    """The next message, b"" at the end."""
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


if __name__ == "__main__":
    main()
