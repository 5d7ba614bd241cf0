"""The why-tree: prompts beside each why, and branches that end at a person.

A branch ends at a person when the last thing it says is what somebody did or is: "Ada chose the
wrong host", "nobody looked at the channel", "operator error". It does not when it says what
people met: "nobody was paged", "the engineer on call had no access", "two people know the
runbook". Those are answers about the system, from which a facilitator goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.rules.record import WhyRecord
from models.rules.wording import read_wording
from models.rules.wording_people import NAME, PEOPLE, ROLE, name_words, tag_people
from models.rules.wording_text import prose_of

MOST_LEVELS = 30

PROMPTS: tuple[str, ...] = (
    "How did this make sense to the people there, with what they could see?",
    "What had to be true for this to happen?",
    "What usually prevents this, and where was that today?",
    "How would we have noticed earlier?",
    "What made it easy to do this, and hard to do the safe thing?",
    "What else was going on at the time?",
)

_SENTENCE = re.compile(r"(?<=[.!?]) +(?=\S)|\n+")
# What stands behind the last of these is what the answer rests on.
_CAUSE = re.compile(
    r"\bbecause(?! of)\b|, (?:since|as)\b|\breason (?:is|was) that\b", re.IGNORECASE
)
_CAUSE_FIRST = re.compile(r"\s*(?:because(?! of)|since|as) ([^,]+),", re.IGNORECASE)
_PARTS = re.compile(r"[;:] | [\u2013\u2014-] |,? \b(?:but|and|so|yet)\b |, (?:when|while|until)\b ")

# The operator that is a program: "the Postgres operator evicted a pod".
_PROGRAM = re.compile(
    r"\b(?:postgres\w*|mysql|redis|kafka|prometheus|elastic\w*|cert|ingress|istio|spark|flink|vault"
    r"|mongo\w*|etcd|backup|grafana)[ -]operators?\b"
    r"|\boperators?(?= (?:crashed|timed out|hung|looped|reconciled|scaled|evicted"
    r"|restarted(?: itself| twice)?(?:[.,]|$)))",
    re.IGNORECASE,
)
_PERSON = f"[{NAME}{ROLE}]{{1,60}}"
_SUBJECT = re.compile(
    r"\W{0,6}(?:(?:it turned out|(?:it|the (?:root )?(?:cause|reason|problem|issue)) (?:is|was))"
    r"(?: that)? |(?:also|then|that|when|while|until|in the end) )?(?:"
    rf"(?:(?:the|an?|our|their|one|some|another|this|that|only|even|both|first|two|three) )?"
    rf"(?:(?!(?:of|to|by|for|from|with|no)\b)[\w/-]{{1,20}} ){{0,2}}?{_PERSON}"
    rf"(?:,? (?:(?:and|or) )?(?:the |an? )?{_PERSON}){{0,3}}"
    r"|(?:nobody|no ?one|none of (?:us|them)|whoever|he|she|I)\b)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r" \([^)]{0,60}\)|, [^,]{1,60},|,? (?:on|in|at|from|of|for) (?:the |our |that )?[\w-]{1,20}"
    rf"(?: [{PEOPLE}]{{1,60}}| (?:call|duty|shift|time|night|day|side|else))?| else\b",
    re.IGNORECASE,
)
_ADVERBS = re.compile(r"(?: (?:also|then|again|just|still|already|never|later|either|\w{2,15}ly))+")
_DID = re.compile(
    r" (?:who|did|didn't|was|were|wasn't|weren't|had|hadn't|would|should|thought|told"
    r"|(?!need)[a-z-]{2,20}ed|ran|made|took|chose|forgot|saw|knew|wrote|went|came|gave|left|lost|sent"
    r"|set|shut|put|cut|hit|let|kept|found|felt|fell|meant|misread|misunderstood|overrode"
    r"|understood|built|broke|brought|began|got|held|said|spent|spoke|woke|slept|drew"
    r"|(?:does|do)(?: not|n't) care)\b|'s? (?:\w{1,20} ){0,2}(?:mistake|error|fault|slip|typo)",
    re.IGNORECASE,
)
# What people met rather than did.
_MET = re.compile(
    r"(?: (?:was|were|had been|wasn't|weren't|got)(?: (?:not|never|only|already|also|all|both))*"
    r" (?:paged|called|told|asked|informed|notified|alerted|warned|shown|given|trained|assigned"
    r"|named|invited|allowed|able|authori[sz]ed|scheduled|required|reached|reachable|responsible"
    r"|in charge|on (?:the )?(?:call|rota|duty|list|shift|team)|added|removed|locked out"
    r"|logged out|expected|supposed|needed|available|sent|moved|split|consulted|included"
    r"|taught|blocked|listed|copied)\b"
    r"| (?:had|lacked)(?: [\w-]{1,12}){0,2}? (?:no|access|permissions?|rights|(?:a |any )?way"
    r"|only|to)\b(?! (?:idea|clue|experience|knowledge|understanding|skills?|interest))"
    r"| (?:hadn't|had not|did not|didn't) (?:have|own|get|receive|been (?:told|paged|asked|informed"
    r"|given|shown|trained|warned|notified|added))\b"
    r"| (?:owned|received|inherited|needed|(?:named|listed) in)\b)",
    re.IGNORECASE,
)
_BY_SOMEBODY = re.compile(
    r"(?:\b(?:was|were|been|got)\b[^,;:]{1,60} by"
    r"|\b(?:mistake|error|slip|oversight|typo|decision)s?(?: \w{1,15}){0,3} (?:by|of)"
    r"|(?<!is )(?<!are )(?<!be )\b[a-z]{2,20}ed by"
    r"|\b(?:because of|due to|caused by|down to|owing to))"
    rf" (?:[\w/'-]{{1,20}} ){{0,3}}?[{PEOPLE}]{{1,60}}"
    r"(?=\W{0,3}$|[,;:]| (?:who|on|in|at|while)\b)",
    re.IGNORECASE,
)
_NAMES_OWN = re.compile(
    rf"\W{{0,6}}(?:it was )?{NAME}{{1,60}}(?: {NAME}{{1,60}})?'s? \w", re.IGNORECASE
)
_QUALITY = re.compile(
    r"\b(?:lack of|lacked|insufficient|poor|too little|not enough|had no) (?:attention|care"
    r"|experience|discipline|judge?ment|diligence|skills?|competence|focus|idea|clue)\b"
    r"|\b(?:inexperienced?|inattention|forgetfulness|negligence|(?<!alert )fatigue)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class EndsAtPerson:
    """A branch that stops at somebody, and the question that leads on."""

    why_id: str
    text: str
    question: str


def prompt_for(depth: int, position: int) -> str:
    """A "how" or "what" question to show beside a why, different for its neighbours."""
    return PROMPTS[(depth * 2 + position) % len(PROMPTS)]


def turn_back(text: str, names: Iterable[str] = ()) -> str | None:
    """The question about the system when `text`, the end of a branch, is about what a person did
    or is; None when it is about what people met. `names` are those who take part."""
    names = tuple(name for name in names if name)
    last = _last_cause(prose_of(text).flat)
    words = name_words(last, names)
    tagged = tag_people(_PROGRAM.sub(lambda m: "-" * len(m[0]), last), words)
    if not (_is_about_somebody(tagged) or read_wording(text, names)):
        return None
    seen = {last[m.start() : m.end()].casefold() for m in re.finditer(f"{NAME}+", tagged)}
    who = next((n for n in names if seen & {n.casefold(), *n.casefold().split()}), "they")
    return (
        f"This branch ends at a person. What did {who} see and know at that moment, and what in "
        "the system, the tools or the process made this the sensible or the easy thing to do?"
    )


def ends_at_people(roots: Sequence[WhyRecord], names: Iterable[str]) -> tuple[EndsAtPerson, ...]:
    """Every branch of the tree whose last answer is about a person."""
    names = tuple(names)
    found = []
    for root in roots:
        for _, why in root.walk():
            question = None if why.children else turn_back(why.text, names)
            if question:
                found.append(EndsAtPerson(why.id, why.text, question))
    return tuple(found)


def _last_cause(text: str) -> str:
    """What an answer rests on: its last sentence, in it what stands behind the last "because"."""
    sentences = [part for part in _SENTENCE.split(text) if part.strip()]
    last = sentences[-1] if sentences else ""
    if first := _CAUSE_FIRST.match(last):
        return first[1]
    return _CAUSE.split(last)[-1].strip()


def _is_about_somebody(tagged: str) -> bool:
    """Whether a clause, its people replaced by tags, says what somebody did or is."""
    if _QUALITY.search(tagged) or _BY_SOMEBODY.search(tagged) or _NAMES_OWN.match(tagged):
        return True
    subject = _SUBJECT.match(tagged)
    if subject and not _ASIDE.sub("", tagged[subject.end() :], count=1).strip(" .,;:!?"):
        return True  # nothing but somebody
    return any(_says_what_they_did(part) for part in _PARTS.split(tagged))


def _says_what_they_did(part: str) -> bool:
    subject = _SUBJECT.match(part)
    if not subject:
        return False
    rest = part[subject.end() :]
    for aside in (_ASIDE, _ADVERBS):
        if not _MET.match(rest) and (found := aside.match(rest)):
            rest = rest[found.end() :]
    return bool(_DID.match(rest)) and not _MET.match(rest)
