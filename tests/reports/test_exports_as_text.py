"""HTML, Markdown and JSON: the same content as the PDF, each standing on its own."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from models.rules.record import WhyRecord
from models.rules.record_json import load
from models.rules.vocabulary import Audience, Precision
from reports.postmortem_html import to_html
from reports.postmortem_json import to_json
from reports.postmortem_markdown import to_markdown
from tests.reports.conftest import Golden
from tests.reports.sample import facts, incident, long_postmortem, postmortem


def texts_of_the_sample() -> list[str]:
    record = postmortem()
    return [
        *(event.text for event in record.events if not event.is_noise),
        *(impact.text for impact in record.impacts),
        *(why.text for root in record.whys for _, why in root.walk()),
        *(action.text for action in record.actions),
    ]


def test_the_html_file_needs_nothing_else() -> None:
    html = to_html(facts())
    assert re.findall(r'(?:src|href)="(?!data:|https://)[^"]*"', html) == []
    assert not re.search(r"<(?:script|link|iframe|object)\b", html)
    assert "url(" not in html
    assert "default-src 'none'; img-src data:;" in html


def test_the_html_policy_allows_its_own_style_only() -> None:
    html = to_html(facts())
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in html
    assert 'style="' not in html


def test_the_html_holds_the_lines_that_paper_only_counts() -> None:
    html = to_html(facts())
    assert "7 automatic lines left out" in html
    assert "person 6 joined the channel" in html


@pytest.mark.parametrize("write", [to_html, to_markdown, to_json])
def test_every_text_is_in_every_export(write: object) -> None:
    assert callable(write)
    written = re.sub(r"&#39;|&#x27;", "'", write(facts()))
    for text in texts_of_the_sample():
        assert text in written, text


def test_the_markdown_reads_as_it_did(golden: Golden) -> None:
    golden.check("report.md", to_markdown(facts()))


def test_the_markdown_brief_reads_as_it_did(golden: Golden) -> None:
    golden.check("brief.md", to_markdown(facts(audience=Audience.LEADERSHIP, redact=True)))


def test_the_markdown_is_in_utc_whatever_the_reader_uses() -> None:
    berlin, tokyo = (to_markdown(facts(zone=z)) for z in ("Europe/Berlin", "Asia/Tokyo"))
    assert berlin == tokyo
    assert "| 2026-03-10 09:14 | Alert |" in berlin


def test_spans_and_vague_times_are_written_as_they_are_known() -> None:
    first, second, third, *_ = incident().events
    events = (
        replace(first, until=first.at + timedelta(minutes=7)),
        replace(second, precision=Precision.HOUR),
        replace(third, precision=Precision.DAY),
    )
    record = replace(postmortem(), incidents=(replace(incident(), events=events),))
    markdown = to_markdown(facts(record))
    assert "| 2026-03-10 08:40–08:47 |" in markdown
    assert "| 2026-03-10 09:?? |" in markdown
    assert "| 2026-03-10 | Alert |" in markdown


def test_the_whys_are_nested_bullets() -> None:
    tree = WhyRecord("a", children=(WhyRecord("b", children=(WhyRecord("c"),)), WhyRecord("d")))
    markdown = to_markdown(facts(replace(postmortem(), whys=(tree,))))
    assert "- a\n  - b\n    - c\n  - d\n" in markdown


def test_json_reads_back_as_the_same_post_mortem() -> None:
    for record in (postmortem(), long_postmortem()):
        assert load(to_json(facts(record))) == record


def test_redacted_json_holds_no_name() -> None:
    assert "Okafor" not in to_json(facts(redact=True))
