"""The HTML that status pages keep their updates in, as plain text with its paragraphs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_TAG = re.compile(
    r"</?(?:p|br|div|a|ul|ol|li|h[1-6]|b|i|em|strong|span|pre|code|blockquote|table|tr|td|small)"
    r"(?:\s+[a-z-]{1,30}=(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s<>\"']{1,2000})){0,20}\s*/?>",
    re.IGNORECASE,
)
_PARAGRAPHS = frozenset(
    ("p", "div", "ul", "ol", "pre", "blockquote", "table", *(f"h{n}" for n in range(1, 7)))
)
_LINES = frozenset(("br", "li", "tr"))


def plain_text(words: str) -> str:
    """`words` without tags when they are HTML, else as they are. Paragraphs stay apart, items of
    lists begin with a dash, and a link is its words with the address behind them in brackets."""
    if not _TAG.search(words):
        return words
    reader = _Reader()
    reader.feed(words)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._links: list[tuple[str, int]] = []  # addresses, and where their words begin

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append((dict(attrs).get("href") or "", len(self._parts)))
        elif tag in _PARAGRAPHS:
            self._parts.append("\n\n")
        elif tag in _LINES:
            self._parts.append("\n- " if tag == "li" else "\n")
        elif tag == "td":
            self._parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            said = "".join(self._parts[begin:]).strip()
            if address and address != said:
                self._parts.append(f" ({address})" if said else address)
        elif tag in _PARAGRAPHS:
            self._parts.append("\n\n")

    def handle_data(self, data: str) -> None:
        # A line break in HTML is a space; only tags begin a new line.
        self._parts.append(re.sub(r"\s+", " ", data))

    def unknown_decl(self, data: str) -> None:
        self.handle_data(data)

    def text(self) -> str:
        lines = (line.strip() for line in "".join(self._parts).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
