"""The process that lays out pages: `python -m reports.pdf_worker LIMIT_IN_BYTES`.

It reads requests from standard input and writes answers to standard output, each behind its
length. A request is pickled by the parent process, the only one that holds the pipe; an answer
is one byte (1 made, 0 not made) and the PDF, never anything to unpickle.
"""

from __future__ import annotations

import os
import pickle
import resource
import struct
import sys
import traceback
from typing import BinaryIO

LENGTH = struct.Struct(">Q")
MADE, NOT_MADE = b"\x01", b"\x00"


def main() -> None:
    """Answers until standard input ends."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall between the answers
    from reports.pdf_layout import printer  # after the limits: the import is the heavy part

    printer("A4")
    answers.write(LENGTH.pack(1) + MADE)
    answers.flush()
    while request := read_message(sys.stdin.buffer):
        facts, plain = pickle.loads(request)  # noqa: S301  # from our parent only
        try:
            answer = MADE + printer(facts.paper).pdf(facts, plain=plain)
        except Exception:  # noqa: BLE001  # whatever a layout may raise, the parent says so
            traceback.print_exc()
            answer = NOT_MADE
        answers.write(LENGTH.pack(len(answer)) + answer)
        answers.flush()


def read_message(stream: BinaryIO) -> bytes:
    """The next message, b"" at the end."""
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""


if __name__ == "__main__":
    main()
