"""Real files of other tools come in whole, and a second time changes nothing. Skipped where they
are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.rules.policy import Who
from services import bring_in
from services.incidents import count_incidents
from services.postmortems import list_postmortems

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
FILES = [
    (path, channel)
    for path in sorted(SAMPLES.rglob("*"))
    if path.suffix in (".json", ".jsonl", ".md", ".zip") and path.name != "README.md"
    for channel in (("enrique", "traveling-sailor") if path.suffix == ".zip" else (None,))
]


@pytest.mark.skipif(not FILES, reason="the shared samples are not here")
@pytest.mark.parametrize(
    ("path", "channel"), FILES, ids=[f"{p.name[:30]} {c or ''}" for p, c in FILES]
)
def test_a_sample_comes_in_once(path: Path, channel: str | None, ada: Who) -> None:
    options = bring_in.read_options(name=path.name, channel=channel)
    first = bring_in.bring_in(ada, path.read_bytes(), options)
    reading = first.preview.reading
    assert reading.incidents or reading.postmortems or reading.unread
    assert len(first.incident_ids) == len(reading.incidents)
    assert len(first.postmortem_ids) == len(reading.postmortems)
    before = count_incidents(ada), len(list_postmortems(ada))
    again = bring_in.bring_in(ada, path.read_bytes(), options)
    assert (again.incident_ids, again.postmortem_ids) == ((), ())
    assert (count_incidents(ada), len(list_postmortems(ada))) == before
