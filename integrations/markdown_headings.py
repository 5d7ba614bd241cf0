"""Which part of a post-mortem a heading announces, in the words of many templates."""

from __future__ import annotations

import re
from enum import StrEnum

from models.rules.vocabulary import LessonKind


class Part(StrEnum):
    SUMMARY = "summary"
    TIMELINE = "timeline"
    IMPACT = "impact"
    FACTORS = "factors"
    WHYS = "whys"
    LESSONS = "lessons"
    WENT_WELL = "went_well"
    WENT_WRONG = "went_wrong"
    GOT_LUCKY = "got_lucky"
    SURPRISED = "surprised"
    UNKNOWN = "unknown"
    ACTIONS = "actions"
    STATS = "stats"
    PEOPLE = "people"


_HEADINGS: dict[Part, str] = {
    Part.SUMMARY: r"(?:executive |incident |issue |high[- ]level |brief )?(?:summary|overview"
    r"|synopsis|abstract"
    r"|description)|tl;?dr|what happened|summary of (?:the )?(?:incident|events)|introduction",
    Part.TIMELINE: r"(?:the |incident |event |detailed |full )*(?:timeline|chronology"
    r"|log of events|incident log"
    r"|sequence of events)\b.{0,60}|timeline",
    Part.IMPACT: r"(?:customer |user |business |service |the )*(?:impact|impacts"
    r"|affected customers|consequences)"
    r"(?: (?:on|of|to|assessment|analysis)\b.{0,40})?|who was affected|effects?",
    Part.FACTORS: r"contributing (?:factors?|causes?|conditions?"
    r"|conditions? analysis)(?: \(.{1,40}\))?"
    r"|contributors?(?: and enablers)?|factors",
    Part.WHYS: r"(?:the )?root[- ]causes?(?: analysis)?(?:es)?|rca|(?:five"
    r"|5) ?whys?(?: analysis)?|why(?:s| did (?:it|this)"
    r" happen)?|causes?|causal (?:analysis|factors)|trigger|why-tree|faults?|probable cause"
    r"|(?:cause|root cause)s? and trigger",
    Part.LESSONS: r"(?:key )?(?:lessons?|learnings?|takeaways?)(?: learn(?:ed|t))?"
    r"|what (?:did )?we (?:have )?learn(?:ed|t)?"
    r"|retrospective|reflections?|how'd we do\??|how did we do\??",
    Part.WENT_WELL: r"(?:what|things that|what we did) (?:went|worked|go) (?:well|right)"
    r"|what worked|went well|what we did well"
    r"|(?:what )?well|positives|successes",
    Part.WENT_WRONG: r"(?:what|things that|where it)? ?(?:went|didn.?t go|did not go"
    r"|could have gone) (?:wrong|poorly|badly"
    r"|so well|well|better|not so well)|what didn.?t work|what could be improved"
    r"|(?:areas? (?:of|for) )?improvements? areas?"
    r"|what (?:we could have done|could have been done) better|areas (?:of|for) improvement"
    r"|what went less well|went badly",
    Part.GOT_LUCKY: r"(?:where )?(?:we )?(?:got|were) lucky|luck",
    Part.SURPRISED: r"(?:what )?surprise[sd](?: us)?|surprises",
    Part.UNKNOWN: r"(?:what we )?(?:still )?(?:do not|don.?t) (?:yet )?know(?: yet)?"
    r"|what we (?:still )?(?:do not|don.?t) (?:yet )?know"
    r"|(?:open|unanswered|remaining) questions|unknowns",
    Part.ACTIONS: r"(?:corrective |preventative |preventive |proposed |remediation "
    r"|follow[- ]?up |the |our )*"
    r"(?:actions?|action items?|action plan|tasks|measures)(?: items)?(?: \(.{1,40}\))?"
    r"|follow[- ]?ups?|next steps|remediations?"
    r"|corrective and prevent(?:at)?ive (?:measures|actions)|to-?dos?|what (?:we"
    r"|are we) (?:will do|do|doing)(?: .{0,30})?",
    Part.STATS: r"(?:incident )?(?:stats|statistics|metrics|key facts|facts|key metrics"
    r"|measures|durations?|clocks)(?:: .{1,200})?|incident: .{1,200}",
    Part.PEOPLE: r"att?endees|participants|authors?|responders?|people(?: involved)?"
    r"|(?:incident|response) (?:team|responders)"
    r"|roles|owners?|who was involved|involved|contributors to this document|people and roles"
    r"|post-?mortem (?:owner|team)",
}
_PATTERNS = [(part, re.compile(words, re.IGNORECASE)) for part, words in _HEADINGS.items()]

LESSON_KINDS = {
    Part.WENT_WELL: LessonKind.WENT_WELL,
    Part.WENT_WRONG: LessonKind.WENT_WRONG,
    Part.GOT_LUCKY: LessonKind.GOT_LUCKY,
    Part.SURPRISED: LessonKind.SURPRISED,
    Part.UNKNOWN: LessonKind.UNKNOWN,
    # A lesson without a heading of its own is something that was not known before.
    Part.LESSONS: LessonKind.SURPRISED,
}


def part_of(heading: str) -> Part | None:
    """What the section below `heading` holds, None when it does not say."""
    plain = re.sub(r"[*_`#]+", "", heading).strip().strip(":").strip()
    plain = re.sub(r"^[\W_]+\s", "", plain)
    for part, pattern in _PATTERNS:
        if pattern.fullmatch(plain):
            return part
    return None
