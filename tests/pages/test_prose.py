from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from pages.components.prose import safe_markdown

HOSTILE = [
    "![x](http://evil.example/x.png)",
    "[![x](http://evil.example/a.png)](https://ok.example)",
    "![x][1]\n\n[1]: http://evil.example/x.png",
    '<img src="http://evil.example/x.png">',
    "<script>alert(1)</script>",
    "[click](javascript:alert(1))",
    "[click](data:text/html,hello)",
    "[click](/export/postmortem/1.pdf)",
    "[click](//evil.example)",
]


def html(text: str) -> str:
    """What a reader of Markdown that allows everything makes of it."""
    everything = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return str(everything.render(safe_markdown(text)))


@pytest.mark.parametrize("text", HOSTILE)
def test_pictures_html_and_odd_links_stay_text(text: str) -> None:
    assert "<img" not in html(text)
    assert "<script" not in html(text)
    for scheme in ("javascript", "data", "/export", "//evil"):
        assert f'href="{scheme}' not in html(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Bold** and *it*", "<p><strong>Bold</strong> and <em>it</em></p>"),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("- a\n- b\n  - c", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- > said", "<ul>\n<li>\n<blockquote>\n<p>said</p>\n</blockquote>\n</li>\n</ul>"),
        ("`a * b`", "<p><code>a * b</code></p>"),
        ("```\nx = `1`\n```", "<pre><code>x = `1`\n</code></pre>"),
        ("[us](https://ok.example/a_b)", '<p><a href="https://ok.example/a_b">us</a></p>'),
        ("[us](mailto:a@b.example)", '<p><a href="mailto:a@b.example">us</a></p>'),
        ("# not a title", "<p># not a title</p>"),
        ("not a title\n===", "<p>not a title<br />\n===</p>"),
        ("2 * 3 * 4 = 24", "<p>2 * 3 * 4 = 24</p>"),
    ],
)
def test_light_markdown_is_kept(text: str, expected: str) -> None:
    assert html(text).strip() == expected


def test_streamlits_own_marks_are_escaped() -> None:
    assert safe_markdown(":red[x] :smile: :material/home: $x$") == (
        "\\:red\\[x\\] \\:smile\\: \\:\u2060material/home\\: \\$x\\$"
    )


def test_a_text_that_is_nested_without_end_is_shown_as_typed() -> None:
    assert html("> " * 60 + "deep").startswith("<p>&gt; &gt;")
    assert html("[" * 600).startswith("<p>[[[")


def test_nothing_stays_nothing() -> None:
    assert safe_markdown("  \n ") == ""
