"""What people write in the prose fields: light Markdown, and nothing that could change the
document around it. No headings, images, tables or raw HTML; links lead to the web or to mail."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from reports.lettering import text_width
from reports.sentences import sentences
from reports.writing_direction import give_directions, own_direction

DEEPEST = 40  # levels of nesting that are still formatted
MOST_BRACKETS = 500
# Separators and bidirectional overrides: the first stop the page layout, the second turn round
# text beside the one they stand in.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\uffff]"
)
ADDRESS = 76  # characters of an address on paper
_ENDS_IN_A_MARK = re.compile(r"[.!?…:;,。！？；：，؟।][\W_]*\Z")
TOO_DEEP = "This passage is nested too deeply to be formatted; it stands here as it was typed."

_READER = MarkdownIt("js-default", {"html": False, "breaks": True, "typographer": False}).disable(
    [
        "image",
        "heading",
        "lheading",
        "table",
        "hr",
        "reference",
        "html_block",
        "html_inline",
    ]
)
_TAGS = {
    "p",
    "br",
    "strong",
    "em",
    "s",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
}


_BLOCKS = ("p", "pre", "code", "ul", "ol", "li", "blockquote")


def prose_html(text: str, *, plain: bool = False) -> Markup:
    """The text as safe HTML blocks, well-formed as XML. `plain` leaves the marks as they were
    typed: for the second try of a document whose first was too much."""
    if plain:
        return _as_typed(text)
    tokens = _read(text)
    if tokens is None:
        return Markup('<p class="aside">{}</p>').format(TOO_DEEP) + _as_typed(text)
    give_directions(tokens)
    safe = _allowed(_READER.renderer.render(tokens, _READER.options, {}))
    return Markup(safe)  # noqa: S704  # only what the allow-list below lets through


def prose_plain(text: str) -> str:
    """The words of the text without its marks, one line a block: for drawings and the brief."""
    return "\n".join(_plain_blocks(text))


@lru_cache(maxsize=256)  # a brief is laid out a dozen times from the same texts
def prose_running_on(text: str) -> str:
    """As `prose_plain`, for where the blocks will follow each other on a line: one that ends
    without a mark, such as the item of a list, gets a semicolon, so that none runs into the
    next."""
    *others, last = _plain_blocks(text) or [""]
    return "\n".join((*(b if _ENDS_IN_A_MARK.search(b) else f"{b};" for b in others), last))


def _plain_blocks(text: str) -> list[str]:
    tokens = _read(text)
    if tokens is None:
        return [text]
    blocks = (UNPRINTABLE.sub(" ", _words(token)).strip() for token in tokens if token.content)
    return [block for block in blocks if block]


def sentences_within(text: str, limit: int) -> tuple[str, bool]:
    """The first whole sentences of a plain text that fit in the room of `limit` average letters,
    on one line, and whether anything was left out. A first sentence that is longer is cut at a
    word."""
    kept = ""
    for sentence in sentences(text):
        longer = f"{kept} {sentence}".strip()
        if breadth(longer[: 3 * limit + 1]) <= limit:
            kept = longer
            continue
        return (kept or cut_at_word(sentence, limit)), True
    return kept, False


def cut_at_word(text: str, limit: int) -> str:
    """As much of the text as fits in the room of `limit` average letters, ending in … when some
    is missing."""
    if len(text) <= limit // 2 or breadth(text[: 3 * limit + 1]) <= limit:
        return text
    lengths = range(1, min(len(text), 3 * limit) + 1)
    end = bisect_left(lengths, True, key=lambda n: breadth(text[:n]) >= limit)
    head, space, _ = text[:end].rpartition(" ")
    return (head if space and len(head) > end // 2 else text[:end]).rstrip(" ,;:–") + "…"


def breadth(text: str) -> float:
    """How many average letters wide the text stands; more than its characters warrant for CJK.
    At least a third of the characters: marks that stand above others are not free."""
    return max(text_width(text, 2.0), len(text) / 3)


def web_url(url: str | None) -> str:
    """The address when it leads to the web, else nothing: other schemes are never a link."""
    return url if url and re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def short_address(url: str) -> str:
    """An address to read on paper: whole as long as it fits on a line, else its ends."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/")
    return bare if len(bare) <= ADDRESS else f"{bare[: ADDRESS - 20]}…{bare[-19:]}"


def _read(text: str) -> list[Token] | None:
    """None when it is nested too deeply; unclosed brackets count, they cost as much to try."""
    if text.count("[") > MOST_BRACKETS:
        return None
    tokens = _READER.parse(text)
    return tokens if _depth(tokens) <= DEEPEST else None


def _as_typed(text: str) -> Markup:
    blocks = (block for block in re.split(r"\n{2,}", text) if block.strip())
    return Markup("").join(
        Markup("<p{}>{}</p>").format(
            own_direction(block), Markup("<br/>").join(escape(line) for line in block.split("\n"))
        )
        for block in blocks
    )


def _depth(tokens: list[Token]) -> int:
    deepest = 0
    for token in tokens:
        inner = max((child.level for child in token.children or ()), default=0)
        deepest = max(deepest, token.level + inner)
    return deepest


def _words(token: Token) -> str:
    if not token.children:
        return token.content
    return "".join(
        "\n" if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children
    )


def _allowed(html: str) -> str:
    clean = nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, **{block: {"dir"} for block in _BLOCKS}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
    # The two things in it that XML writes otherwise; typed ones are escaped by now.
    written = clean.replace("<br>", "<br/>").replace("&nbsp;", "\u00a0")
    return UNPRINTABLE.sub(" ", written)  # again: "&#x202e;" has become its character
