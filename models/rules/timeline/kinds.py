"""Guessing from its words what an event states. The first row that fits wins; a line that fits
none is a note. Conservative: a wrong kind misleads a clock, a note misleads nobody."""

from __future__ import annotations

import re

from models.rules.vocabulary import EventKind

_READ = 400  # characters: what an event is stands at its beginning

TABLE: dict[EventKind, tuple[str, ...]] = {
    EventKind.RESOLUTION: (
        (
            r"\b(?:incident|issue|outage|problem|alert|impact) (?:is |was |has been |now |fully )*"
            r"(?:resolved|over|closed)\b"
        ),
        r"^\W*(?:fully )?(?:resolved|recovered)\b",
        r"\ball[- ]clear\b|\bmarked (?:as )?resolved\b|\(resolved\)",
        r"\bfully recovered\b|\bfull recovery\b|\b(?:back|returned) to normal\b",
        (
            r"\b(?:services?|site|systems?|traffic|access)\b.{0,20}"
            r"\b(?:restored|recovered|operational|back up)\b"
        ),
        r"\bpermanently fixed\b",
    ),
    EventKind.ESCALATION: (
        r"\bescalat(?:ed|es|ing|ion)\b",
        r"(?<!got )(?<!was )(?<!were )\bpage[ds] (?:in\b|the\b|on-?call)",
        r"\b(?:called|brought|pulled|looped) in\b",
        r"\bcontacted (?:the )?.{0,30}\b(?:team|vendor|support|on-?call)\b",
        r"\b(?:team|vendor|support|on-?call|owner)\b.{0,30}\bcontacted\b",
    ),
    EventKind.DECISION: (
        r"\bdecid(?:ed|es)\b|\bdecision\b|\bagreed (?:to|that|on|with)\b|\bgo/no-go\b",
        r"\b(?:chose|opted) to\b",
    ),
    EventKind.MITIGATION: (
        r"\broll(?:ed|ing|s)?[ -]?back(?! fail)|\brevert(?:ed|ing|s)?\b",
        r"\bfail(?:ed|ing|s)?[ -]?over\b",
        r"\bmitigat(?:ed|ion|es|ing)\b|\bdrained\b|\bshed(?:ding)? (?:load|traffic)",
        r"\bwork-?around (?:applied|in place|deployed)",
        (
            r"\b(?:disabled|turned off|switched off|toggl(?:ed|ing)) .{0,30}"
            r"(?:flag|feature|controller)"
        ),
        r"\bflag .{0,30}(?:disabled|turned off|switched off)",
        r"\brate[- ]limit(?:ed|s enabled)|\bscaled (?:up|out)\b",
        r"\bfix (?:was |is )?(?:applied|deployed|rolled out|shipped)",
        r"\bapplied (?:a |the )?(?:manual |hot|quick )?fix",
    ),
    EventKind.UPDATE: (
        r"\bstatus ?page\b|\be-?mail(?:ed|s sent| sent)\b|\btweeted\b|\bannounce[ds]\b",
        (
            r"\b(?:customers|users|stakeholders|leadership|teams) (?:were |was )?"
            r"(?:informed|notified|told|updated)\b"
        ),
        (
            r"\b(?:informed|notified|updated|told) (?:the )?"
            r"(?:customers|users|stakeholders|leadership|executives|teams)\b"
        ),
        r"\bupdate (?:sent|posted|published)\b",
        (
            r"\b(?:posted|published|sent) (?:an? |the |first |second )*"
            r"(?:update|notice|message|announcement)\b"
        ),
    ),
    EventKind.REPORT: (
        (
            r"\b(?:customers?|users?|clients?|developers?|support|merchants?|partners?|colleagues?|"
            r"teams?)\b.{0,30}\b(?:report(?:s|ed|ing)?|complain(?:s|ed|ing)?|notified us|"
            r"notice[ds]?|open(?:s|ed) (?:a )?tickets?)\b"
        ),
        r"\breport(?:s|ed)? (?:of|by|from)\b|\binformed (?:us )?that\b",
        r"\b(?:first|second|additional|customer|user) (?:report|complaint)s?\b",
        r"\btickets? (?:came|coming|started|opened|received)\b",
        r"\b(?:got|gets|received|receives|saw|sees|has) (?:\w+ ){0,2}tickets?\b",
    ),
    EventKind.ALERT: (
        (
            r"\b(?:alert|alarm|monitor|page|pager|check|probe)s?\b.{0,40}\b(?:fire[sd]?|firing|"
            r"trigger(?:s|ed)?|went off|goes off|received|detect(?:s|ed)|indicat\w+|raised|"
            r"regarding)\b"
        ),
        r"\b(?:got|gets|was|were|been) (?:paged|alerted)\b|\bpaged by\b|\bfiring\b|\bfirst alert\b",
        r"\bpagerduty (?:alert|page|trigger)|\bautomat(?:ed|ic) (?:warning|alarm|alert)\b",
        r"^\W*(?:\w+ ){0,3}(?:alert|alarm)\s?[:.]?$|^\W*(?:alert|alarm):",
        r"\btriggered (?:an? |the )?(?:\w+ ){0,2}(?:alert|alarm|page)\b",
    ),
    EventKind.CHANGE: (
        r"\bdeploy(?:ed|s|ment|ing)?\b(?!.{0,20}\bfail)|\brelease[ds]?\b|\bshipped\b",
        r"\broll(?:ed|ing|s)?[ -]?out\b|\bmerg(?:ed|es)\b|\bupgrade[ds]?\b|\bmaintenance\b",
        r"\bconfig(?:uration)? (?:change|push|update)|\bpipeline (?:run|started)",
        r"\bmigrat(?:ed|ion) (?:started|began|run|applied)|\bnode roll ?over\b",
        r"\bflag .{0,30}(?:enabled|turned on)",
    ),
    EventKind.ACTION: (
        r"\brestart(?:ed|ing|s)?\b|\breboot(?:ed|ing)?\b|\binvestigation started\b",
        (
            r"\b(?:killed|scaled|scaling|purged|flushed|cleared|deleted|removed|patched|replaced|"
            r"applied|added|created|increased|reduced|re-?ran|executed|ran(?! out)|stopped|"
            r"marked|attached|reattached)\b"
        ),
        r"\bstarted (?:working|investigat\w+)",
    ),
    EventKind.OBSERVATION: (
        (
            r"\b(?:saw|seeing|seen|observed|noticed|found|identified|discovered|verified|confirmed|"
            r"witnessed)\b"
        ),
        r"\b(?:error rate|latency|cpu|memory|5xx|50[0-9]s?|queue|throughput)\b",
        (
            r"\b(?:spike[sd]?|rising|climb(?:s|ed|ing)|drop(?:s|ped)|degraded|unhealthy|crash\w*|"
            r"timeouts?)\b"
        ),
    ),
}
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|no|(?:is|was|are|have|has|did)n['’]t|cannot|can['’]t|without|until"
    r"|before|when|if|unable to|attempt(?:ed|ing)?(?: to)?|trying to|waiting)\b[^.,;]{0,30}$",
    re.IGNORECASE,
)
# To look for letters is many times quicker than to try a pattern: no text states a kind without
# one of its signs (a test holds the two tables together). A plus stands for a space.
SIGNS: dict[EventKind, str] = {
    EventKind.RESOLUTION: "resol over closed clear normal restored operational back+up permanently",
    EventKind.ESCALATION: "escalat page called+in brought+in pulled+in looped+in contacted",
    EventKind.DECISION: "deci agreed go/no-go chose opted",
    EventKind.MITIGATION: "back revert over mitigat drain shed around+ disabled off toggl "
    "limit scaled+ fix",
    EventKind.UPDATE: "page mail tweeted announce informed notified told update posted "
    "published sent+",
    EventKind.REPORT: "report complain noti open informed ticket",
    EventKind.ALERT: "alert alarm monitor page check probe firing automat",
    EventKind.CHANGE: "deploy release shipped out merg upgrade maintenance config pipeline "
    "migrat roll flag",
    EventKind.ACTION: "start boot kill scal purged flushed clear delet remov patched replac appl "
    "add creat increas reduc ran run execut stopp mark attach",
    EventKind.OBSERVATION: "saw see observ notic found identif discover verif confirm witness "
    "error latency cpu memory 5xx 50 queue throughput spike rising climb drop degrad unhealthy "
    "crash timeout",
}
_PATTERNS = tuple(
    (kind, tuple(s.replace("+", " ") for s in SIGNS[kind].split()), re.compile("|".join(words)))
    for kind, words in TABLE.items()
)
_PAGED_NAME = re.compile(r"\b[Pp]aged (?:@\w|[A-Z][a-z])")
_CLAIMS = frozenset({EventKind.RESOLUTION, EventKind.MITIGATION, EventKind.ALERT, EventKind.UPDATE})

_NAMES = {
    EventKind.CHANGE: "change deployment deploy release config maintenance",
    EventKind.ALERT: "alert alarm page monitoring detection detected",
    EventKind.REPORT: "report ticket complaint",
    EventKind.OBSERVATION: "observation finding symptom metric",
    EventKind.DECISION: "decision",
    EventKind.ACTION: "action task step",
    EventKind.MITIGATION: "mitigation mitigated fix rollback workaround",
    EventKind.ESCALATION: "escalation escalated page-out",
    EventKind.UPDATE: "update communication comms status statuspage",
    EventKind.RESOLUTION: "resolution resolved recovery recovered closed",
    EventKind.NOTE: "note comment other info",
}
_BY_NAME = {name: kind for kind, names in _NAMES.items() for name in names.split()}


def kind_of(text: str) -> EventKind:
    """The kind of event that `text` states."""
    head = text[:_READ].replace("\n", " ")
    if "aged " in head and _PAGED_NAME.search(head):
        return EventKind.ESCALATION
    head = head.lower()
    for kind, signs, pattern in _PATTERNS:
        if not any(map(head.__contains__, signs)):
            continue
        found = pattern.search(head)
        if found and not (kind in _CLAIMS and _NEGATED.search(head[: found.start()])):
            return kind
    return EventKind.NOTE


def kind_named(word: str) -> EventKind | None:
    """The kind that a column of the source names, such as “Alert” or “Deployment”."""
    return _BY_NAME.get(word.strip().strip("*_`[]").lower())
