"""The blame-aware reading: where a text judges people, why that matters, what to write instead.

It suggests; it never rewrites. The rules are the table in wording_rules.py.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from unicodedata import combining

from models.rules.text import without_unseen
from models.rules.wording_blame_searches import BLAME
from models.rules.wording_character_searches import CHARACTER
from models.rules.wording_deed_searches import DEEDS
from models.rules.wording_people import PEOPLE, name_words, tag_people
from models.rules.wording_rules import RULES, Rule
from models.rules.wording_text import Prose, prose_of
from models.rules.wording_vocabulary import compiled, is_about_people, needs_people

__all__ = ["RULES", "Finding", "Rule", "judges", "read_wording", "sentence_around"]


@dataclass(frozen=True)
class Finding:
    """A span of one line that a rule points out.

    `line` counts from 1; `start` and `end` are offsets in that line, in characters; `span` is
    the words there. `rule` is the id of a rule in RULES. Lines end at \\n.
    """

    line: int
    start: int
    end: int
    span: str
    rule: str
    why: str
    suggestion: str


@dataclass(frozen=True)
class _Search:
    """A pattern of a rule as it is written, whether it sees people as tags, and whether it finds
    nothing without them."""

    rule: Rule
    about_people: bool
    needs_people: bool
    written: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Made when a word first calls for it: to make them all takes half of a short command."""
        return compiled(self.written)


SEARCHES = BLAME | CHARACTER | DEEDS
_SEARCHES = tuple(  # in the order of the table: an earlier rule goes first
    (
        words,
        _Search(rule, is_about_people(pattern), needs_people(pattern), pattern),
    )
    for rule in RULES
    for words, pattern in SEARCHES[rule.id]
)
_BY_WORD: dict[str, list[int]] = defaultdict(list)  # which of them a word calls for
for _index, (_words, _) in enumerate(_SEARCHES):
    for _word in _words.split("|"):
        _BY_WORD[_word].append(_index)
_SOMEBODY = re.compile(rf"[{PEOPLE}]|\b(?:I|we|you|he|she|whoever)\b", re.IGNORECASE)
_RULES_BY_ID = {rule.id: rule for rule in RULES}

# "this is not about human error": what is denied, or spoken about, is not found.
_GAP = (
    r"(?: (?!(?:but|because|so|why|how|since|when|which|who|until|and|as|if|unless|\w{2,20}ing)\b)"
    r"[^\s,;:.!?()]{1,30})"
)
_DENIED = re.compile(
    rf"(?:(?:\b(?:not|avoid(?:s|ed|ing)?|instead of|rather than|refrain(?:s|ed)? from|free of"
    rf"|far from|hardly|cannot)|n't){_GAP}{{0,6}}"
    rf"|\b(?:never|no|nobody|none|neither|nor|without|beyond){_GAP}{{0,2}}"
    rf"(?:(?: [\w-]{{1,20}},?)? (?:or|nor))?|\b(?:words?|terms?|phrases?)"
    rf"|\b(?:prone to|against|room for|risks? of|chances? of|likelihood of|tolerant of|catch(?:es)?"
    rf"|resilient to|reduc(?:e|es|ed|ing)|prevent(?:s|ed|ing)?|eliminat(?:e|es|ing))"
    rf"(?: \w{{1,20}}){{0,2}}) ?[\"'(]?$",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not only|not just|not merely|nothing but|no doubt|no excuse|no question|not surprising)"
    r"\b[^,;.]{0,60}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"[\"')]{0,2}(?: [\w'-]{1,20}){0,3} (?:nowhere\b"
    r"|(?:is|are) (?:not|never|no|rarely|hardly|only)\b"
    r"|(?:isn't|aren't)\b|(?:was|were|has been|can be) (?:ruled out|excluded))",
    re.IGNORECASE,
)
_IN_A_DRILL = re.compile(
    r"\b(?:in|during) (?:the|a|an|our|this|that|last \w{1,10}'s) (?:drill|exercise|rehearsal)\b",
    re.I,
)
_ASSUMED = re.compile(  # what was believed then is a fact, not a verdict
    r"(?<!\bis )(?<!\bwas )\b(?:assumed|suspected)"
    r"(?: (?:it|this|that|to|be|was|an?|at first)){0,4} $",
    re.I,
)
_IN_A_NAME = re.compile(r"[-_./]\w")  # the service "careless-whisper"
_DENIABLE_AFTER = frozenset({"human-error", "character", "blame", "attention", "knew-better"})

# What to write instead, by what the span says was not done.
_INSTEAD = (
    (r"notic|spot|s[ae]en?\b|see\b|reali|recogni|look|watch|aware|monitor|catch|caught",
     "“at that time no alert fired, and the dashboard did not show it”."),
    (r"check|test|verif|review|double|validat",
     "“nothing in the release asked for this check, and the change was live at once”."),
    (r"tell|told|inform|warn|escalat|communic|notif|ask|consult|mention|rais|declar|respond|page",
     "“the runbook did not say whom to tell, and by when”."),
    (r"follow|read|know|understand|understood|remember|document",
     "“the runbook was not linked from the alert”."),
    (r"deploy|merge|push|run\b|ran\b|restart|delet|chang|roll",
     "“the tool carried the change out at once, on every host, without a preview”."),
)  # fmt: skip
_INSTEAD_OTHERWISE = "“nothing in the tools or the runbook asked for this step”."


def read_wording(text: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """What a reader should look at again, in the order of the text.

    `names` are people known to take part, whole or in part ("Ada Lovelace", "ben"); roles,
    pronouns and common given names are recognised without. Takes time in proportion to the text.
    """
    seen, places = without_unseen(text)
    prose = prose_of(seen)
    words = name_words(prose.flat, names)
    starts = [0, *(m.end() for m in re.finditer("\n", text))]
    return tuple(
        _finding(text, starts, places[start], places[end - 1] + 1, rule)
        for start, end, rule in _matches(prose, words)
    )


def judges(text: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Whether a row of a timeline judges rather than states: the findings that pass judgement,
    without those that only name a weak remedy."""
    return tuple(f for f in read_wording(text, names) if _RULES_BY_ID[f.rule].judges)


def sentence_around(text: str, finding: Finding) -> str:
    """The sentence a finding stands in, in small letters, without mark-up, on one line: the key
    under which "keep as it is" is remembered, wherever the sentence moves to."""
    starts, spans = _places(text)
    position = starts[finding.line - 1] + finding.start
    start, end = spans[bisect_right(spans, (position, len(text))) - 1]
    sentence, _ = without_unseen(text[start:end])
    words = re.sub(r"[#>|]|^\W{0,3}(?:[-+•] |\d{1,3}[.)] )", " ", sentence)
    words = re.sub(r"[*_~`]", "", words)
    straight = words.translate(str.maketrans("’‘“”", "''\"\""))
    return " ".join(straight.split()).casefold()


@lru_cache(maxsize=2)
def _places(text: str) -> tuple[list[int], tuple[tuple[int, int], ...]]:
    """Where lines and sentences start; kept because it is asked once for each finding."""
    return [0, *(m.end() for m in re.finditer("\n", text))], prose_of(text).spans


def _matches(prose: Prose, names: frozenset[str]) -> Iterator[tuple[int, int, Rule]]:
    known: dict[tuple[str, bool], list[tuple[int, int, Rule]]] = {}  # rows often repeat
    for index, searches in _called_for(prose):
        start, end = prose.spans[index]
        plain = prose.flat[start:end]
        before = slice(*prose.spans[index - 1]) if index else slice(0)
        # "they" looks back one sentence
        people_before = "they" in plain.lower() and _has_people(prose.flat[before], names)
        key = (plain, people_before)
        if key not in known:
            known[key] = _in_sentence(plain, tag_people(plain, names, people_before), searches)
        for first, last, rule in known[key]:
            yield start + first, start + last, rule


def _called_for(prose: Prose) -> list[tuple[int, list[_Search]]]:
    """The sentences, by their place in `prose.spans`, that hold a word which calls for a search,
    with these searches. One quick pass over the text for each word: most sentences hold none."""
    small = prose.flat.lower()
    ends = [end for _, end in prose.spans]
    called: dict[int, set[int]] = defaultdict(set)
    vocabulary = " ".join(set(small.split()))  # much shorter than the text
    for word, searches in _BY_WORD.items():
        if not all(part in vocabulary for part in word.split()):
            continue
        at = small.find(word)
        while at >= 0 and (index := bisect_right(ends, at)) < len(ends):
            called[index].update(searches)
            at = small.find(word, ends[index])
    return [(index, [_SEARCHES[i][1] for i in sorted(called[index])]) for index in sorted(called)]


def _has_people(sentence: str, names: frozenset[str]) -> bool:
    return any(letter in tag_people(sentence, names) for letter in PEOPLE)


def _in_sentence(
    plain: str, tagged: str, searches: Iterable[_Search]
) -> list[tuple[int, int, Rule]]:
    """The findings of a sentence in their order. Where two overlap, the rule that comes first
    in the table stays: it is the more specific one."""
    kept: list[tuple[int, int, Rule]] = []
    has_people = _SOMEBODY.search(tagged) is not None
    for search in searches:
        if search.needs_people and not has_people:
            continue
        for match in search.pattern.finditer(tagged if search.about_people else plain):
            start, end = match.span("span" if "span" in search.pattern.groupindex else 0)
            start, end = _trimmed(plain, start, end)
            overlaps = any(start < e and s < end for s, e, _ in kept)
            if start < end and not overlaps and not _is_denied(plain, start, end, search.rule):
                kept.append((start, end, search.rule))
    return sorted(kept, key=lambda found: found[:2])


def _trimmed(plain: str, start: int, end: int) -> tuple[int, int]:
    """Without the white space and punctuation that a pattern took along on either side."""
    while start < end and not plain[start].isalnum() and plain[start] != "@":
        start += 1
    while start < end and not (plain[end - 1].isalnum() or combining(plain[end - 1])):
        end -= 1
    return start, end


def _is_denied(plain: str, start: int, end: int, rule: Rule) -> bool:
    if rule.id == "counterfactual":
        return False  # its "not" belongs to what did not happen: "we would not be here if …"
    if rule.id == "judging-word" and _IN_A_DRILL.search(plain):
        return True  # there it is what one came for
    if rule.id == "human-error" and _ASSUMED.search(plain[max(0, start - 60) : start]):
        return True
    if rule.id == "character" and _IN_A_NAME.match(plain, end):
        return True
    before = plain[max(0, start - 120) : start]
    if _DENIED.search(before) and not _NO_DENIAL.search(before):
        return True
    return rule.id in _DENIABLE_AFTER and _DENIED_AFTER.match(plain, end) is not None


def _finding(text: str, starts: list[int], start: int, end: int, rule: Rule) -> Finding:
    """The finding, on the line that holds most of it when it runs over the end of one."""
    first, last = bisect_right(starts, start) - 1, bisect_right(starts, end - 1) - 1
    pieces = []
    for line in range(first, last + 1):
        piece_end = min(end, starts[line + 1] - 1) if line < last else end
        pieces.append((*_trimmed(text, max(start, starts[line]), piece_end), line))
    start, end, line = max(pieces, key=lambda piece: piece[1] - piece[0])
    span = text[start:end]
    instead = next(
        (words for pattern, words in _INSTEAD if re.search(pattern, span, re.IGNORECASE)),
        _INSTEAD_OTHERWISE,
    )
    suggestion = rule.suggestion.format(span=span, instead=instead)
    return Finding(
        line=line + 1,
        start=start - starts[line],
        end=end - starts[line],
        span=span,
        rule=rule.id,
        why=rule.why,
        suggestion=suggestion,
    )
