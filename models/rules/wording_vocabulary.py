"""The vocabulary in which the wording rules are written: {who}, {other}, {done} and so on.

Every repetition has an upper bound, so that no text, however hostile, makes a search long.
A single space in a pattern stands for any run of white space.
"""

from __future__ import annotations

import re

from models.rules.wording_people import NAME, NAME_AS_OBJECT, PEOPLE, ROLE

# Lists that several rules share.
NOUN_OF_A_COUNT = (
    r"(?! (?:rates?|messages?|pages?|logs?|codes?|budgets?|reports?|handling|tracking|counts?"
    r"|metrics?|dashboards?|handlers?|checks?|dialogs?|analytics|screens?|responses?|counters?"
    r"|types?)\b| \(\d| are (?:caused|counted|logged|returned|shown)\b)"
)
BAD_EFFECT = (
    r"\b(?:outage|down|fail(?:ed|ure|s)?|broken?|crash(?:ed)?|lost|loss|errors?|incident|deleted"
    r"|unavailable|delay(?:ed)?|late|wrong|corrupt(?:ed)?|happened|occurred|expired|leak(?:ed)?"
    r"|exposed|slow|stopped|degraded|overloaded|unreachable|missing|damage|started)\b"
)
MISTAKE = (
    r"(?:mistakes?|errors?|faults?|failures?(?! to\b)|negligence|oversights?|blunders?"
    r"|carelessness|slip-up"
    r"|misjudge?ment|misunderstanding|inexperience|incompetence|typos?|laziness|inattention"
    r"|ignorance|sloppiness|screw-up|lapse|wrongdoing)"
)
PROCEDURE = (
    r"(?:runbooks?|procedures?|process(?:es)?|checklists?|polic(?:y|ies)|instructions?|protocols?"
    r"|playbooks?|guidelines?|rules?|change freeze|code freeze|freeze|documentation|standards"
    r"|change management|code review|peer review|reviews?|best practices?|safeguards?)"
)

_DETERMINER = r"(?:the|an?|our|their|his|her|my|your|this|that|some|one|another|each|any)"
# A whole tag or nothing: half a name is never tried, which keeps a search short.
_NAME_TAG = rf"(?<!{NAME}){NAME}{{1,60}}+"
_ROLE_TAG = rf"(?<!{ROLE}){ROLE}{{1,60}}+"
_ANY_TAG = rf"(?<![{PEOPLE}])[{PEOPLE}]{{1,60}}+"
_NAMED = rf"{_NAME_TAG}(?: (?:(?:and|or) )?{_NAME_TAG}){{0,3}}"
_QUALIFIED = (  # "the second-shift", before a role
    rf"(?:{_DETERMINER} (?:(?!(?:is|was|were|are|not|that|the|an?|to|of|in|on|at|for|by|from)\b)"
    r"[\w-]{1,20} ){0,2})?"
)
_ROLE = rf"{_QUALIFIED}{_ROLE_TAG}(?: {_ROLE_TAG}){{0,2}}"
_NOT_IN_GAP = (
    r"(?!(?:that(?! (?:night|day|evening|morning|time)\b)|which|when|because|after|if|as|while"
    r"|until|where)\b)"
)
_WHOEVER = rf"\bwhoever(?: {_NOT_IN_GAP}[\w'-]{{1,20}}){{1,5}}"
# What may stand between a person and what they did: "on duty", "who deployed it", ", Ben,"
_TAIL = (
    r"(?:,? (?:(?:is |was )?on (?:call|duty|shift)|in charge|at the time|that day|that night)"
    rf"|,? who (?:{_NOT_IN_GAP}[\w'-]{{1,30}} ){{0,9}}{_NOT_IN_GAP}[\w'-]{{1,30}}"
    rf"|,? (?:on|in|at|from|of) (?:the |our )?[\w-]{{1,20}}(?: [{PEOPLE}]{{1,60}}| (?:shift|call))?"
    rf"|, (?:{_DETERMINER} )?(?:[\w-]{{1,20}} ){{0,2}}[{NAME}{ROLE}]{{1,60}}"
    rf"(?: [{NAME}{ROLE}]{{1,60}})?| \([^()]{{1,40}}\)| [{NAME}{ROLE}]{{1,60}})?,?"
)
_ADVERBS = (
    r"(?: (?:also|then|again|really|simply|just|probably|perhaps|certainly|definitely|clearly"
    r"|obviously|repeatedly|unfortunately|still|already|completely|initially|apparently|however"
    r"|actually|even|never|always|once|later|had|have|has|has been|all|both|at least|in fact),?)"
    r"{0,2}"
)
_CAREFUL = (  # what only people do, in the first form, for "failed to …"
    r"(?:notice|reali[sz]e|spot|recogni[sz]e|ask|tell|warn|inform|notify|escalate|communicate"
    r"|follow|read|review|consider|think|understand|anticipate|foresee|plan|document|mention"
    r"|remember|consult|double-check|pay attention|coordinate|raise|check|test|verify|act|look)"
)
_CAREFUL_DONE = (  # the same, as "should have …"
    r"(?:noticed|spotted|seen|caught|prevented|avoided|averted|stopped|checked|double[ -]checked"
    r"|tested|verified|asked|known|told|warned|informed|acted|escalated|reacted|responded|found"
    r"|communicated|reviewed|read|anticipated|foreseen|predicted|monitored|reali[sz]ed|consulted"
    r"|thought|paid attention|looked|done (?:better|more|something|a better|this|it|so)|guessed"
    r"|declared|rolled back|intervened|recogni[sz]ed|followed|remembered|mentioned|picked up"
    r"|saved|been (?:more|faster|quicker|clearer|careful|better|aware|watching|prevented|avoided))"
)
_IRREGULAR = (
    r"(?:been|known|seen|taken|told|done|gone|run|read|made|kept|left|let|sent|set|shut|spoken"
    r"|thought|understood|written|caught|found|given|chosen|brought|built|cut|dealt|drawn|felt"
    r"|foreseen|held|hit|led|lost|paid|put|said|sought|shown|stuck|taught|woken|spent|begun"
    r"|double-checked|bothered|come|stood|overridden|overseen|forgotten|ridden|rung|fought)"
)
# Adjectives that look like something done, unless an object follows: "if we had automated tests"
_LOOKS_DONE = (
    r"(?:dedicated|shared|automated|documented|detailed|limited|improved|tested|defined|agreed"
    r"|named|centrali[sz]ed|isolated|separated|trained|standardi[sz]ed|integrated|synchroni[sz]ed"
    r"|reviewed|enforced|versioned|need|written|built|distributed|managed|scheduled|unlimited"
    r"|advanced|experienced|mixed|increased|reduced|proposed|planned|received|expected|wanted"
    r"|needed|required|based|seed|feed|speed|red|hundred|red|bed|embed|weed|one)"
)
_OBJECT_FOLLOWS = (
    r"(?= (?:the|an?|it|this|that|them|these|those|our|their|his|her|us|him|me|before|first|with"
    r"|how|what|whether|when|more|better|earlier|sooner|for|in|on|at|and|everything)\b|[,.;!?]|$)"
)
_RECEIVES = r"(?!(?:received|gotten|got|had|heard|automatically|required|needed|existed)\b)"
_DONE = (
    rf"(?:(?:double|triple|cross) )?(?!{_LOOKS_DONE}\b(?!{_OBJECT_FOLLOWS}))"
    rf"{_RECEIVES}(?!been\b)(?:[a-z-]{{2,20}}ed|{_IRREGULAR})(?![\w-])"
)
_WORDS = {
    "{I}": r"\b(?:I|we|you|he|she)\b",
    "{we}": r"\b(?:I|we)\b",
    "{name}": rf"(?:{_NAMED})",
    "{role}": rf"(?:{_ROLE})",
    "{known}": rf"(?<![{PEOPLE}])[{NAME}{NAME_AS_OBJECT}]{{1,60}}+",
    "{other}": rf"(?:{_NAMED}|{_ROLE}|{_WHOEVER}|\b(?:he|she)\b)",
    "{who}": rf"(?:{_NAMED}|{_ROLE}|{_WHOEVER}|\b(?:I|we|you|he|she)\b)",
    "{whom}": rf"(?:{_ANY_TAG}|{_QUALIFIED}{_ANY_TAG})(?: (?:and )?{_ANY_TAG}){{0,3}}",
    # people as a department, which is a person only in what people do
    "{staff}": r"\b(?:support|ops|operations|QA|engineering|security|finance|devops"
               r"|management|(?:the|our) (?:vendor|supplier|provider))\b",
    # not given a reason, which is what a reader should be told: "because the guide was gone"
    "{no reason}": rf"(?![^.;]{{0,120}}\b(?:because|since|as) (?!(?:the |an? |our )?[{PEOPLE}])"
                   r"(?!he\b|she\b|they\b|I\b|we\b))",
    "{tail}": _TAIL,
    "{adverbs}": _ADVERBS,
    "{careful}": _CAREFUL,
    "{careful done}": _CAREFUL_DONE,
    "{done}": _DONE,
    # not followed by a word that the role only qualifies: "the admin panel", "team changes"
    "{end}": r"(?=[.,;:)!?\"/]| {0,9}$| (?:who|not|and|or|but|on|in|at|from|when|while|during|by"
             r"|after|before|because|without|again|being|having|did|had|was|ran|did|forgot|made"
             r"|deleted|deployed|pushed|changed|accidentally|mistakenly|running|deleting|deploying"
             r"|pushing|changing|restarting|applying|making|doing|forgetting|executing|typing"
             r"|using|entering|merging|copying|clicking|skipping|removing|rushing|failing)\b)",
    # a person at the start of the sentence, then what they did first: "Ben saw it but …"
    "{first}": rf"^\W{{0,9}}(?:[\d:.-]{{2,12}}\W{{1,4}})?(?:{_NAMED}|{_ROLE}|\b(?:I|we|you|he|she)"
               rf"\b)(?: {_NOT_IN_GAP}[\w':,-]{{1,30}}){{1,14}} (?:and|but|yet|or|then)"
               r"(?: (?:they|he|she|we))?",
}  # fmt: skip


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern of a rule as a regular expression, its {words} and spaces filled in."""
    for word, meaning in _WORDS.items():
        pattern = pattern.replace(word, meaning)
    pattern = pattern.replace("n't", "n'?t").replace("'ve", "'?ve")  # "didnt", "shouldve"
    return re.compile(_spaces_widened(pattern), re.IGNORECASE)


def is_about_people(pattern: str) -> bool:
    """Whether the pattern must see people as tags; otherwise it sees the words as they are."""
    return re.search(r"\{[a-zA-Z]", pattern) is not None


def needs_people(pattern: str) -> bool:
    """Whether the pattern can match only where somebody is spoken of: each of its alternatives
    has a person in it that is not optional."""
    depth, alternatives = 0, [""]
    for part in re.split(r"(\\.|\[(?:\\.|[^\]])*\]|[()|])", pattern):
        depth += {"(": 1, ")": -1}.get(part, 0)
        if part == "|" and depth == 0:
            alternatives.append("")
        elif depth == 0:
            alternatives[-1] += part
    return all(re.search(r"\{(?:other|who|whom|name|role|known|first)\}", a) for a in alternatives)


def _spaces_widened(pattern: str) -> str:
    return re.sub(r" (?!\{)", " {1,9}", pattern.replace(" ?", " {0,9}"))
