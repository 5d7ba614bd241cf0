"""Texts that want to be more than text, and a post-mortem with one of them in every field."""

from __future__ import annotations

from models.rules.record import PostmortemRecord
from reports.every_text import rewrite_texts
from tests.reports.sample import postmortem

PROBES: dict[str, str] = {
    "script": "<script>fetch('http://evil.example/')</script>",
    "closed cell": "</td></tr></table><h1>Ours now</h1>",
    "closed paragraph": "</p></div></section></body></html>more",
    "closed title": "</title><base href='file:///'><title>",
    "file picture": "<img src='file:///etc/passwd'>",
    "web picture": "<img src=http://evil.example/a.png onerror=alert(1)>",
    "data picture": "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
    "asset picture": "<img src='asset:HotwashSans-Regular.ttf'>",
    "embedded file": "<a rel=attachment href='file:///etc/hostname'>take me</a>",
    "linked file": "<link rel=attachment href='file:///etc/hostname'>",
    "style sheet": "<link rel=stylesheet href='http://evil.example/a.css'>",
    "style": "<style>* { display: none } @import 'file:///etc/passwd';</style>",
    "style attribute": "<p style='position:fixed;background:url(file:///etc/passwd)'>cover</p>",
    "meta refresh": "<meta http-equiv=refresh content='0;url=http://evil.example'>",
    "frame": "<iframe src='file:///etc/passwd'></iframe>",
    "object": "<object data='file:///etc/passwd'></object><embed src='http://evil.example'>",
    "svg use": "<svg><use href='http://evil.example/a.svg#x'/><image href='file:///a.png'/></svg>",
    "svg end": "</text></svg><svg><text>elsewhere",
    "form": "<form action='http://evil.example'><input name=a autofocus></form>",
    "wide cell": "<td colspan=1000000 rowspan=1000000>wide</td>",
    "comment": "<!-- all gone --><!--",
    "character data": "<![CDATA[ x ]]><?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>&b;",
    "entities": "&lt;script&gt; &#60;b&#62; &amp;amp; &nbsp;",
    "quote ends": '" \' ` > onmouseover=alert(1) x="',
    "template": "{{ 7 * 191 }} {% for x in range(9) %}x{% endfor %} {# gone #}",
    "template reach": "{{ facts.__class__.__mro__ }} ${7*191} <%= 7*191 %>",
    "format": "{0.__class__} %s %(x)s {title!r}",
    "heading": "# Ours now",
    "underlined heading": "Ours now\n===\n\nOurs too\n---",
    "table": "| a | b |\n| --- | --- |\n| c | d |",
    "pipe": "a | b \\| c || d",
    "rule": "text\n\n***\n\n---\n\nmore",
    "fence": "```\nnever closed",
    "tilde fence": "~~~html\n<b>x</b>",
    "markdown picture": "![see](http://evil.example/a.png) ![see](file:///etc/passwd)",
    "script link": "[press](javascript:alert(1)) [press](data:text/html,x) [press](vbscript:x)",
    "file link": "[press](file:///etc/passwd) <file:///etc/passwd> [rel](/etc/passwd)",
    "reference link": "[press][1]\n\n[1]: file:///etc/passwd 'x'",
    "link in brackets": "[[[a](http://b.example)](http://c.example)](d)",
    "backslashes": "\\\\ \\< \\# \\[x\\](y) trailing \\",
    "list": "- one\n- two\n    - three\n\n1. four",
    "quotation": "> > > deep\n> said",
    "code": "`code | with <b>` and ``more",
    "css escape": "\\3c script\\3e /* */ ; } body { display:none }",
    "css function": "url(file:///etc/passwd) content: attr(x) expression(alert(1))",
    "counter": "counter(page) string(title) leader('.') target-counter(attr(href), page)",
    "pdf operators": ") Tj ET endstream endobj /JavaScript /Launch (x) <</S/URI>>",
    "formula": '=HYPERLINK("http://evil.example") +1 -1 @SUM(A1)',
    "path": "../../../etc/passwd asset:../x file:///etc/passwd \\\\server\\share",
    "null text": "None undefined NaN {} [] null",
}

_ENUM_LIKE = {"id", "event_ids", "zone", "media_type"}


def everywhere(probe: str) -> PostmortemRecord:
    """The sample with the probe as every text: titles, names, prose, links, all of them."""
    return rewrite_texts(postmortem(), lambda name, text: text if name in _ENUM_LIKE else probe)


NEUTRAL = everywhere("Quiet words.")
