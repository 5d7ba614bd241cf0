"""Guessing from its words what an event states. The first row that fits wins; a line that fits
none is a note. Conservative: a wrong kind misleads a clock, a note misleads nobody."""

from __future__ import annotations

import re

from models.rules.vocabulary import EventKind

_READ = 400  # characters: what an event is stands at its beginning

_TABLE: dict[EventKind, str] = {
    EventKind.RESOLUTION: r"(?:incident|issue|outage|problem|alert|impact) (?:is |was |has been |now |fully )*"
    r"(?:resolved|over|closed)|all[- ]clear|^\W*(?:fully )?(?:resolved|recovered)\b"
    r"|marked (?:as )?resolved|\(resolved\)|fully recovered|full recovery"
    r"|(?:back to|returned to) normal"
    r"|(?:service|services|site|system|systems|traffic|access)\b.{0,20}"
    r"\b(?:restored|recovered|operational|back up)\b|permanently fixed|issue resolved",
    EventKind.ESCALATION: r"escalat(?:ed|es|ing|ion)|(?<!got )(?<!was )(?<!were )\bpaged (?!out\b|by\b)(?=[@A-Z]"
    r"|the |in |a |on)"
    r"|(?:called|brought|pulled|looped|paged) in\b|contacted (?:the )?.{0,30}(?:team|vendor"
    r"|support|on-?call)"
    r"|(?:team|vendor|support|on-?call|owner)\b.{0,30}\bcontacted|page[sd] (?:the )?on-?call",
    EventKind.MITIGATION: r"roll(?:ed|ing|s)?[ -]?back|rollback|revert(?:ed|ing|s)?\b|fail(?:ed|ing|s)?[ -]?over\b"
    r"|mitigat(?:ed|ion|es|ing)|work-?around (?:applied|in place|deployed)"
    r"|(?:disabled|turned off|switched off|toggled|toggling) .{0,30}(?:flag|feature|controller)"
    r"|(?:feature )?flag .{0,30}(?:disabled|turned off|switched off)"
    r"|drained|shed(?:ding)? (?:load|traffic)|rate[- ]limit(?:ed|s enabled)|scaled (?:up|out)\b"
    r"|(?:hot|manual |quick |long-term |corrective )?fix (?:was |is )?(?:applied|deployed"
    r"|rolled out|shipped)"
    r"|applied (?:a |the )?(?:manual |hot|quick )?fix",
    EventKind.UPDATE: r"status ?page|(?:e-?mail|mail)(?:ed|s sent| sent)|(?:customers|users|stakeholders"
    r"|leadership|teams) "
    r"(?:were |was )?(?:informed|notified|told|updated)|(?:informed|notified|updated|told) "
    r"(?:the )?(?:customers|users|stakeholders|leadership|executives|teams)|update (?:sent"
    r"|posted|published)"
    r"|(?:posted|published|sent) (?:an |the |first |second |a )*(?:update|notice|message"
    r"|announcement)"
    r"|announce[ds]\b|tweeted",
    EventKind.REPORT: r"(?:customers?|users?|clients?|developers?|support|support team|merchants?|partners?"
    r"|colleagues?|teams?)"
    r"\b.{0,30}\b(?:report(?:s|ed|ing)?|complain(?:s|ed|ing)?|notified us|notice[ds]?"
    r"|open(?:s|ed) (?:a )?tickets?)\b"
    r"|report(?:s|ed)? (?:of|by|from)\b|(?:first|second|additional|customer|user) (?:report"
    r"|complaint)s?\b"
    r"|(?:support )?tickets? (?:came|coming|started|opened|received)|informed (?:us )?that",
    EventKind.ALERT: r"\b(?:alert|alarm|monitor|page|pager|check|probe)s?\b.{0,40}"
    r"\b(?:fire[sd]?|firing|trigger(?:s|ed)?|went off|goes off|received|detect(?:s|ed)"
    r"|indicat\w+|raised|regarding)\b"
    r"|(?:got|was|were|been) (?:paged|alerted)|\bpaged by\b|pagerduty (?:alert|page"
    r"|trigger)|\bfiring\b"
    r"|^\W*(?:\w+ ){0,3}(?:alert|alarm)\s*[:.]?\W*$|(?:automated|automatic) (?:warning"
    r"|alarm|alert)"
    r"|triggered (?:an |the |a )?(?:\w+ ){0,2}(?:alert|alarm|page)|first alert\b",
    EventKind.DECISION: r"\bdecid(?:ed|es)\b|\bdecision\b|\bagreed (?:to|that|on|with)\b|(?:chose|opted) to\b"
    r"|go/no-go",
    EventKind.CHANGE: r"\bdeploy(?:ed|s|ment|ing)?\b(?!.{0,20}\bfail)|\broll(?:ed|ing|s)?[ -]?out\b"
    r"|\brollout\b|\bmerg(?:ed|es)\b"
    r"|\brelease[ds]?\b|config(?:uration)? (?:change|push|update)|\bmigrat(?:ed"
    r"|ion) (?:started|began|run|applied)"
    r"|\bupgrade[ds]?\b|\bmaintenance\b|(?:feature )?flag .{0,30}(?:enabled|turned on)"
    r"|\bshipped\b"
    r"|\bnode roll ?over\b|pipeline (?:run|started)",
    EventKind.ACTION: r"\brestart(?:ed|ing|s)?\b|\breboot(?:ed|ing)?\b|\b(?:killed|scaled|scaling|purged"
    r"|flushed|cleared|deleted|removed"
    r"|patched|replaced|applied|added|created|increased|reduced|re-?ran|reran|executed|ran"
    r"|stopped|started working"
    r"|marked|attached|reattached)\b|investigation started|started investigat\w+",
    EventKind.OBSERVATION: r"\b(?:saw|seeing|seen|observed|noticed|found|identified|discovered|verified|confirmed"
    r"|witnessed)\b"
    r"|\b(?:error rate|latency|cpu|memory|5xx|50[0-9]s?|queue|throughput)\b"
    r"|\b(?:spike[sd]?|rising|climb(?:s|ed|ing)|drop(?:s|ped)|degraded|unhealthy|crash\w*"
    r"|timeouts?)\b",
}
_NEGATED = re.compile(
    r"\b(?:not|never|no longer|isn['’]t|wasn['’]t|aren['’]t|haven['’]t|hasn['’]t|didn['’]t"
    r"|cannot|can['’]t"
    r"|no|without|until|before|when|if|unable to|attempt(?:ed|ing)?(?: to)?|trying to"
    r"|waiting)\b[^.,;]{0,30}$",
    re.IGNORECASE,
)
_PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _TABLE.items())
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
    if _PAGED_NAME.search(head):
        return EventKind.ESCALATION
    for kind, pattern in _PATTERNS:
        found = pattern.search(head)
        if found and not (kind in _CLAIMS and _NEGATED.search(head[: found.start()])):
            return kind
    return EventKind.NOTE


def kind_named(word: str) -> EventKind | None:
    """The kind that a column of the source names, such as “Alert” or “Deployment”."""
    return _BY_NAME.get(word.strip().strip("*_`[]").lower())
