"""Files inside an imported post-mortem are kept as uploads are, or refused with their place."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from models.rules.policy import Who
from models.rules.problems import BadFile
from models.rules.record import (
    EventRecord,
    EvidenceRecord,
    IncidentRecord,
    PostmortemRecord,
)
from models.rules.record_json import dump
from services import bring_in
from services.postmortems import get_postmortem

NOW = datetime(2024, 5, 6, 10, tzinfo=UTC)


def picture(kind: str, **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (20, 90, 160)).save(out, kind, **more)
    return out.getvalue()


def kept(ada: Who, proof: EvidenceRecord) -> EvidenceRecord:
    event = EventRecord(NOW, "Graph", evidence=(proof,))
    incident = IncidentRecord("Checkout down", events=(event,))
    data = dump(PostmortemRecord("Queue", incidents=(incident,))).encode()
    done = bring_in.bring_in(ada, data, bring_in.read_options())
    return get_postmortem(ada, done.postmortem_ids[0], with_files=True).events[0].evidence[0]


def test_a_picture_is_written_anew_and_what_hides_in_it_is_gone(ada: Who) -> None:
    hiding = picture("PNG") + b"<script>alert(1)</script>"
    found = kept(ada, EvidenceRecord("graph.png", media_type="text/html", content=hiding))
    assert found.media_type == "image/png"
    assert found.content
    assert b"script" not in found.content


@pytest.mark.parametrize("behind", [b"", b"<script>"])
@pytest.mark.parametrize("comment", [b"", b"taken at home"])
def test_a_jpeg_is_kept_byte_for_byte_only_when_it_is_nothing_but_a_picture(
    ada: Who, behind: bytes, comment: bytes
) -> None:
    content = picture("JPEG", comment=comment) if comment else picture("JPEG")
    found = kept(ada, EvidenceRecord("a", media_type="image/jpeg", content=content + behind))
    assert found.content
    assert (found.content == content) is not bool(comment or behind)
    assert b"home" not in found.content
    assert b"<script>" not in found.content


def test_what_was_kept_once_comes_back_byte_for_byte(ada: Who) -> None:
    once = kept(ada, EvidenceRecord("a", media_type="image/png", content=picture("PNG"))).content
    assert once
    again = kept(ada, EvidenceRecord("a", media_type="image/png", content=once)).content
    assert again == once


@pytest.mark.parametrize(
    ("media_type", "content"),
    [
        ("text/html", b"<script>alert(1)</script>"),
        ("image/png", b"\x89PNG no more"),
        ("text/plain", b"\xff\xfe"),
        ("image/svg+xml", b"<svg/>"),
        ("", b""),
    ],
)
def test_a_file_that_uploads_do_not_take_is_refused_with_its_place(
    ada: Who, media_type: str, content: bytes
) -> None:
    with pytest.raises(BadFile, match="Incidents, item 1, events, item 1, evidence, item 1"):
        kept(ada, EvidenceRecord("x", media_type=media_type, content=content))
