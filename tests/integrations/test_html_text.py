"""Updates of status pages that are written in HTML become plain text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations import statuspage
from integrations.html_text import plain_text
from models.rules.record import EventRecord
from tests.integrations.files import OPTIONS


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>We are <b>looking</b>.</p><p>More soon.</p>", "We are looking.\n\nMore soon."),
        ("One.<br />Two.<br>Three", "One.\nTwo.\nThree"),
        (
            'See <a href="https://x.example/a?b=1&amp;c=2">the report</a> now',
            "See the report (https://x.example/a?b=1&c=2) now",
        ),
        ('<a href="https://x.example">https://x.example</a>', "https://x.example"),
        ('<a href="https://x.example"></a>', "https://x.example"),
        ("<ul><li>api</li><li>web</li></ul>after", "- api\n- web\n\nafter"),
        ("<p>5 &lt; 6 &amp; <i>x</i></p>", "5 < 6 & x"),
        ("<p>not <em>closed", "not closed"),
        ("if a<b then c>d", "if a<b then c>d"),
        ("plain &amp; as it came\n\n- item", "plain &amp; as it came\n\n- item"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<p>before <script>alert(1)</script> after</p>", "before alert(1) after"),
        ("<p>a</p><!-- note --><p>b</p>", "a\n\nb"),
    ],
)
def test_paragraphs_and_addresses_stay(html: str, text: str) -> None:
    assert plain_text(html) == text


@given(st.text(alphabet='<>/pabri &;!-[]"=\n', max_size=60))
def test_any_text_is_read_without_a_fault(html: str) -> None:
    assert isinstance(plain_text(html), str)


def test_an_update_in_html_is_plain_and_its_source_stays_whole() -> None:
    body = '<p>We <b>rolled back</b>.</p><p><a href="https://x.example">more</a></p>'
    update = {"status": "monitoring", "body": body, "created_at": "2024-05-06T10:00:00Z"}
    page = {"incidents": [{"id": "a", "name": "Down", "incident_updates": [update]}]}
    event: EventRecord = statuspage.read(json.dumps(page).encode(), OPTIONS).incidents[0].events[0]
    assert event.text == "Monitoring: We rolled back.\n\nmore (https://x.example)"
    assert "<b>rolled back</b>" in event.source_text
