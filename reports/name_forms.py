"""The ways in which a person's name is written, and how to find them in text.

Names and text are compared without accents, in one kind of apostrophe and hyphen, and in any
case. What is found is looked up by its letters alone, so that "Ada Lovelace", "ada.lovelace" and
"AdaLovelace" are one key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

from reports.everyday_words import ABBREVIATIONS, EVERYDAY, FUNCTION_WORDS, GRAMMAR, MONTHS

SEVERAL = "a participant"  # a first name that two people share
_AFTER_A_WORD = re.compile(
    r"\s+(?:the|this|that|these|those|a|an|we|it|they|there|be|as|all|by|from|not|have|\d)\b",
    re.IGNORECASE,
)
_BEFORE_A_MONTH = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|since|until|by|of|last|next))\s+\Z", re.IGNORECASE
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n)[\s\-*•>“\"(]*\Z")
_SAME_PERSON_GOES_ON = re.compile(r"[\s\u00a0]+(?:[A-Z]\.\s*)?")  # between two of their names
_INITIALS = r"(?:(?-i:[A-Z]\.)\s?){2,3}"
_ADDRESS = re.compile(r"([^\s@]+)@[^\s@]+\.[^\s@]+")
_HAN = "[\u3400-\u9fff]"
_NO_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # written without spaces
_TITLE = r"(?:dr|mr|mrs|ms|prof)\.?\s+"
_ASIDE = re.compile(r"[(<\[{][^)>\]}]*[)>\]}]?")
_PARTICLES = frozenset(
    re.findall(r"\w+", "van von der den de del della di da dos das do du la le los bin ibn al el "
               "ter ten te af av zu zur y e")
)  # fmt: skip
_SAME = str.maketrans("’‘ʼ`´‐‑‒–—\u00a0øØłŁđĐıæÆ", "'''''----- oOlLdDiaA")
_TWO_LETTERS = {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "æ": "ae", "ß": "ss"}


@dataclass(frozen=True)
class Forms:
    """`roles` maps what was written, as its key, to the role of the person."""

    roles: Mapping[str, str] = field(default_factory=dict)
    pattern: re.Pattern[str] | None = None

    def replaced(self, text: str, starts_sentence: re.Pattern[str]) -> str:
        """The text with roles in place of names, with a capital where a sentence starts."""
        if not self.pattern:
            return text
        text = unicodedata.normalize("NFC", text)
        parts: list[str] = []
        end, last = 0, ""
        for match in self.pattern.finditer(folded(text)):
            role = self._role_of(match)
            if role is None:
                continue
            between = text[end : match.start()]
            if role != last or not _SAME_PERSON_GOES_ON.fullmatch(between):
                before = text[max(0, match.start() - 40) : match.start()]
                capital = starts_sentence.search(before)
                parts += [between, role[:1].upper() + role[1:] if capital else role]
            end, last = match.end(), role
        return "".join((*parts, text[end:]))

    def whole(self, text: str) -> str | None:
        """The role when the text as a whole is a name, a first name or a handle."""
        return self._known(folded(" ".join(text.split())))

    def found_in(self, text: str) -> bool:
        """Whether a name stands anywhere in the text, such as an address."""
        found = self.pattern.finditer(folded(text)) if self.pattern else ()
        return any(self._role_of(match) for match in found)

    def _known(self, found: str) -> str | None:
        bare = re.sub(f"^(?:{_TITLE})?(?:{_INITIALS})?", "", found, flags=re.IGNORECASE)
        key = _key(bare)
        wanted = (found.lower(), _key(found), key, key.rstrip("0123456789"), found.lstrip("@"))
        return next((self.roles[each] for each in wanted if each in self.roles), None)

    def _role_of(self, match: re.Match[str]) -> str | None:
        """None when it is an ordinary word here."""
        found = match[0]
        words = found.split()
        if (
            found[0] != "@"
            and _key(found)
            and all((len(w) <= 2 and w.isascii()) or w.casefold() in EVERYDAY for w in words)
        ):
            alone = len(words) == 1
            if (alone or len(words[0].rstrip(".")) == 1) and not _capitals(words):
                return None
            if alone and _is_the_word(found, match):
                return None
        return self._known(found)


def folded(text: str) -> str:
    """The text without accents, in one kind of apostrophe and hyphen; as long as before."""
    return text if text.isascii() else "".join(map(_plain, text.translate(_SAME)))


def name_forms(roles: Mapping[str, str], others: Mapping[str, str] | None = None) -> Forms:
    """The forms of these people, given as full name → role. Longer forms are found first; a form
    that two people share stands for "a participant". `others` give way where a form is shared."""
    known: dict[str, str] = {}
    patterns: dict[str, int] = {}  # with the number of letters that each finds
    several: dict[str, str] = {}  # forms with an s, which give way to every other
    for name, role in roles.items():
        for key, pattern in set(_forms(name)):
            known[key] = role if known.get(key, role) == role else SEVERAL
            patterns[pattern] = len(key)
    for name, role in (others or {}).items():
        for key, pattern in set(_forms(name)):
            known.setdefault(key, role)
            patterns[pattern] = len(key)
    for name, role in (dict(others or {}) | dict(roles)).items():
        for key, pattern in _with_an_s(name):
            several[key] = f"{role}'s" if several.get(key, f"{role}'s") == f"{role}'s" else SEVERAL
            patterns.setdefault(pattern, len(key))
    known = several | known
    if not known:
        return Forms()
    return Forms(known, _joined(patterns))


def who_may_be_meant(people: Iterable[str], words: Set[str]) -> list[str]:
    """Those of the people of whom a word or a login stands among these folded words: the others
    need not be looked for."""
    return [
        name
        for name in people
        if any(key in words for key, _ in _forms(name)) or not words.isdisjoint(_pieces(name))
    ]


def words_of(text: str) -> set[str]:
    """The words of a text as `who_may_be_meant` compares them."""
    plain = folded(unicodedata.normalize("NFC", text)).casefold()
    whole = set(re.findall(r"[^\W_]+", plain))
    return whole | {_key(word) for word in re.findall(r"[\w'.\-]+", plain)}


def _plain(character: str) -> str:
    if character < "\x80":
        return character
    apart = unicodedata.normalize("NFKD", character)
    return apart[0] if all(map(unicodedata.combining, apart[1:])) and len(apart) > 1 else character


def _key(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _capitals(words: list[str]) -> bool:
    """Will, W. Marsh, MARSH; but not WILL, which is the word, shouted."""
    shouted = len(words) == 1 and words[0].isupper() and words[0].casefold() in GRAMMAR
    return all(word[0].isupper() for word in words) and not shouted


def _is_the_word(found: str, match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 40) : match.start()]
    after = match.string[match.end() : match.end() + 40]
    if found.casefold() in MONTHS and (re.match(r"\s+\d", after) or _BEFORE_A_MONTH.search(before)):
        return True
    return bool(_SENTENCE_START.search(before) and _AFTER_A_WORD.match(after))


def _parts(name: str) -> tuple[list[str], list[str]]:
    """The first and middle names, and the parts of the last name: [Jan], [van, der, Berg]."""
    bare = re.sub(f"^{_TITLE}", "", _ASIDE.sub(" ", name).strip().lstrip("@"), flags=re.IGNORECASE)
    if address := _ADDRESS.fullmatch(bare):
        bare = address[1].partition("+")[0]
    if re.fullmatch(r"[a-z]+[._][a-z._]*[a-z]\d*", bare, re.IGNORECASE):
        bare = re.sub(r"[._]|\d+\Z", " ", bare)  # a login: ben.carter2
    turned = re.fullmatch(r"([^,]+),\s*([^,]+)", bare)
    words = re.findall(r"[^\s,・·]+", f"{turned[2]} {turned[1]}" if turned else bare)
    start = max(len(words) - 1, 1)
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return words[:start], words[start:]


def _pieces(name: str) -> set[str]:
    first, last = _parts(folded(name).lower())
    pieces = {piece for word in (*first, *last) for piece in re.split(r"[^\w]+|_", word)}
    return {piece for piece in pieces if len(piece) > 1 and piece not in _PARTICLES}


def _forms(name: str) -> Iterator[tuple[str, str]]:
    """(key, pattern) of each way to write the name. A name that is no plain words counts as it
    is written too."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    spelt = {name, "".join(_TWO_LETTERS.get(c, c) for c in name.lower())}
    for spelling in spelt:
        yield from _forms_as_spelt(folded(spelling).lower())
    plain = folded(name).lower()
    if _ASIDE.search(plain) if _key(plain) else not plain.isascii():
        yield plain, "!" + re.escape(plain)


def _forms_as_spelt(name: str) -> Iterator[tuple[str, str]]:
    first, last = _parts(name)
    words = [*first, *last]
    for word in words:
        for piece in {word, *re.split("-", word), *_parts_without_spaces(word)}:
            if len(_key(piece)) > 1 and piece not in _PARTICLES | FUNCTION_WORDS:
                yield _key(piece), _flexible(piece)
    if not last:
        return
    f, surname = first[0], r"(?:\s+|[._\-])?".join(map(_flexible, last))
    s = "".join(last)
    every_word = re.findall(r"[^ -]+", " ".join(words))
    for initials in {f[0] + last[-1][0], "".join(word[0] for word in every_word)}:
        letters = initials.upper()
        if letters.isalpha() and letters.isascii() and letters not in ABBREVIATIONS:
            yield letters, rf"(?-i:{letters})(?![\d/_-])"
    yield from _run_together("".join(words), [*map(_flexible, words)], r"\s+|[._\-]")
    yield from _run_together(f + s, [_flexible(f), surname], r"\s+|[._\-]")
    yield from _run_together(s + f, [surname, _flexible(f)], r",?\s+|[._\-]")
    yield from _run_together(f[0] + s, [f[0], surname], r"\.\s*|\s+|[_\-]")
    yield from _run_together(s + f[0], [surname, f[0]], r"[._\-]|,\s*")
    if len(last) > 1:
        yield from _run_together(s, [*map(_flexible, last)], r"\s+|[._\-]")
    initial = f"(?:[._\\-]{s[0]}|\\s+(?:{s[0]}\\.|(?-i:{s[0].upper()})))"
    yield _key(f + s[0]), _flexible(f) + initial
    alone = len(_key(f)) > 2 and f not in EVERYDAY and f + s[0] not in EVERYDAY
    yield _key(f + s[0]), f"@{'?' if alone else ''}{_flexible(f)}{re.escape(s[0])}"


def _with_an_s(name: str) -> Iterator[tuple[str, str]]:
    """Adas: what is Ada's, without its apostrophe; with a capital letter only."""
    first, last = _parts(folded(unicodedata.normalize("NFC", name)).lower())
    for word in {*first[:1], *last[-1:]}:
        plain = word.isascii() and word.isalpha() and len(word) > 2 and word[-1] != "s"
        if plain and not {word, f"{word}s"} & (EVERYDAY | FUNCTION_WORDS | _PARTICLES):
            yield f"{word}s", f"(?-i:{word.capitalize()}s)"


def _parts_without_spaces(word: str) -> Iterator[str]:
    """A first name stands alone, and a last name of two characters: 小龙 of 李小龙, 山田 and 太郎
    of 山田太郎, 田中 and さくら of 田中さくら."""
    if re.fullmatch(f"{_HAN}{{3,4}}|[\uac00-\ud7af]{{3}}", word):
        yield word[len(word) - 2 :]
        yield word[:2]
    elif kana := re.fullmatch(f"({_HAN}{{2,}})([\u3040-\u30ff]{{2,}})", word):
        yield from kana.groups()


def _run_together(letters: str, parts: list[str], separator: str) -> Iterator[tuple[str, str]]:
    """Parts with something between them; or with nothing, where that cannot be another word."""
    key = _key(letters)
    may_touch = bool(_NO_SPACES.search(key)) or (len(key) > 3 and key not in EVERYDAY)
    yield key, f"(?:{separator}){'?' if may_touch else ''}".join(parts)
    if not may_touch:
        yield key, "@" + "".join(parts)


def _flexible(word: str) -> str:
    """The word with or without its apostrophes, hyphens as a space or as nothing."""
    between = {"'": r"['\s]?", "-": r"[\-\s_.]?"}
    return "".join(between.get(character) or re.escape(character) for character in word)


def _joined(patterns: Mapping[str, int]) -> re.Pattern[str]:
    """One pattern of all; literal ones (marked "!") and those without spaces need no bounds."""
    by_length = sorted(patterns, key=lambda p: (patterns[p], len(p)), reverse=True)
    free = [p.removeprefix("!") for p in by_length if p[0] == "!" or _NO_SPACES.search(p)]
    bound = [p for p in by_length if p[0] != "!" and not _NO_SPACES.search(p)]
    alone = (
        rf"(?<![^\W_])(?:{_TITLE})?(?:{_INITIALS})?@?(?:{'|'.join(bound)})\d{{0,3}}(?![^\W_]|'t\b)"
    )
    return re.compile("|".join([*free, *([alone] if bound else [])]), re.IGNORECASE)
