"""What was understood of a file, remembered for a while: a page asks again at each of its reruns,
and a long file takes seconds to read.

A reading follows from the bytes and the options alone, never from who asks, so it is kept by
those: only who has the same bytes finds it.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import replace
from threading import Lock

from integrations import formats
from models.rules.record import Reading, ReadOptions
from models.rules.vocabulary import Source
from services.evidence_in import with_checked_files

MOST = 8  # files; the one that was not asked for longest goes first
_kept: OrderedDict[tuple[bytes, ReadOptions, Source | None], Reading] = OrderedDict()
_lock = Lock()


def read_once(data: bytes, options: ReadOptions, format: Source | None) -> Reading:
    """As `formats.read`. Raises BadFile, which is found out anew each time."""
    hour = options.now.replace(minute=0, second=0, microsecond=0)  # only its day is ever used
    key = hashlib.sha256(data).digest(), replace(options, now=hour), format
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = with_checked_files(formats.read(data, options, format))
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return found
