"""Action items: wording that can be worked off, default due dates, how many are done.

Source: FIELD.md, "Post-mortem" point 6 (verb first, specific, bounded, dated) and the measure
"actions done".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.vocabulary import ActionStatus, Severity
from models.rules.wording import Finding, read_wording

_DAYS_UNTIL_DUE = {Severity.SEV0: 15, Severity.SEV1: 15, Severity.SEV2: 30, Severity.SEV3: 60}
_DAYS_OTHERWISE = 60


def default_due(severity: Severity | None, from_date: date) -> date:
    """The day an action is due when nobody chose one: 15 days for SEV0 and SEV1, 30 for SEV2
    (FIELD.md). The 60 days for SEV3, and where no severity is known, are our own choice."""
    days = _DAYS_UNTIL_DUE[severity] if severity else _DAYS_OTHERWISE
    return from_date + timedelta(days=days)


COMPLETION_MEANS = (
    "Done ÷ (all − declined): declining with a reason is honourable. A proposal that nobody has "
    "decided on counts as not done; an idea is not counted yet."
)


def completion(statuses: Iterable[ActionStatus]) -> tuple[int, int]:
    """How many actions are done, of how many that were not declined (COMPLETION_MEANS; FIELD.md:
    done ÷ (all − declined))."""
    not_counted = (ActionStatus.IDEA, ActionStatus.DECLINED)
    counted = [status for status in statuses if status not in not_counted]
    return sum(status == ActionStatus.DONE for status in counted), len(counted)


@dataclass(frozen=True)
class ActionRule:
    """One way for an action to be vague. `unless` names what makes the same words specific."""

    id: str
    pattern: str
    unless: str
    why: str
    suggestion: str
    finds: tuple[str, ...]
    leaves: tuple[str, ...]


# A number, a date, a purpose, a way: what makes "improve" or "investigate" something one can do.
_BOUND = (
    r"\d|\bso that\b|\bby (?:adding|removing|using|moving|making|replacing|setting|end of|the end"
    r"|next|Mon|Tue|Wed|Thu|Fri|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|\buntil\b"
    r"|\bin the (?:[\w-]{1,20} )?(?:drill|hand-?over|onboarding|game day|exercise|release)\b"
)
_OUTCOME = (
    r"|\b(?:and|then|to|or) (?:write|document|decide|record|report|publish|add|file|propose|choose"
    r"|agree|list|fix|remove|note|present|open|set|change|switch|replace|share|delete|put)\b"
)
_THINGS = (
    r"(?:monitoring|alerts?|alerting|tests?|testing|documentation|docs|logging|logs|dashboards?"
    r"|metrics|checks?|runbooks?|automation|training|observability|visibility|tooling)"
)
_START = r"\W{0,9}(?:\[[^\]]{1,20}\] {0,3}|[\w-]{1,20}: {1,3})?"  # "- [P1]", "checkout:"
# Nouns that look like one thing and are another, by how they end: "bring", "implement", "provision"
_VERBS_AFTER_ALL = (
    r"(?!(?:bring|ping|ring|spring|string|implement|document|segment|supplement|experiment|comment"
    r"|increment|mention|provision|partition|transition|position|question|function|commission"
    r"|decommission|condition|section|version|auction|ration)\b)"
)

ACTION_RULES: tuple[ActionRule, ...] = (
    ActionRule(
        id="good-intention",
        pattern=r"\b(?:try(?:ing)? to|aim to|attempt to|strive to|if possible|where possible"
        r"|when possible|as (?:needed|appropriate|necessary)|when time (?:permits|allows)"
        r"|at some point|in the future|maybe|perhaps|possibly|probably"
        r"|keep (?:an eye on|in mind))\b",
        unless=r"(?!)",
        why="It can never be finished, so nobody will know whether it was done.",
        suggestion="Replace “{span}” by the step itself and by what shows that it is done, for "
        "example “Add an alert that pages when the queue holds more than 5,000 jobs”.",
        finds=("Try to reduce the number of alerts", "Keep an eye on the replica"),
        leaves=("Retry the import twice before it gives up",),
    ),
    ActionRule(
        id="open-question",
        pattern=r"^" + _START + r"(?:to )?(?:investigate|look (?:into|at)|explore|consider|evaluate"
        r"|assess|discuss|analy[sz]e|research|think about|review|examine|reflect (?:on|if|how)"
        r"|revisit|study|understand|find out|follow up|talk (?:to|with|about)|speak (?:to|with)"
        r"|sync with|have a talk|see if|check (?:if|whether)|dig into|brainstorm|monitor the "
        r"situation)\b",
        unless=_BOUND + _OUTCOME,
        why="It names a question without an answer, and a question has no end.",
        suggestion="Say what “{span}” must bring and where the answer will stand, for example "
        "“… and write the decision in the runbook by Friday”.",
        finds=("Investigate", "Look into the slow queries", "Consider a second region",
               "Discuss with the vendor"),
        leaves=(("Investigate with the vendor why the lease was lost and write the answer in the "
                "runbook by Friday"),
                "Evaluate two connection poolers and decide on one"),
    ),
    ActionRule(
        id="people-as-remedy",
        pattern=r"\b(?:better|improve[d]?|more|clear(?:er)?|good) (?:internal |external |team "
        r"|the )?(?:communication|collaboration|coordination|awareness|alignment|discipline)\b"
        r"|\bcommunicate (?:better|more|clearly)\b|\braise awareness\b"
        r"|\b(?:train|educate|remind|encourage|teach|coach|retrain|tell|ask) (?:all |the |our "
        r"|more |every )?(?:people|everyone|everybody|staff|teams?|engineers?"
        r"|developers?|operators?|colleagues|on-call)\b"
        r"|\b(?:ensure|make sure)(?: that)? (?:all |the )?(?:people|everyone|everybody|engineers"
        r"|developers|operators|staff|team members)\b",
        unless=_BOUND,
        why="It relies on people to remember; the system stays as it was.",
        suggestion="Instead of “{span}”, change what people meet in their work, for example "
        "“Post the release note to the support channel from the pipeline”.",
        finds=("Better communication", "Train people", "Remind everyone to check the host",
               "Raise awareness of the limit"),
        leaves=("Walk the on-call group through the failover runbook in the June drill",
                "Train the team on the failover runbook by end of June"),
    ),
    ActionRule(
        id="improve-what",
        pattern=r"^" + _START + r"(?:to )?(?:improve|better|enhance|increase|strengthen|optimi[sz]e"
        r"|harden|streamline|clean up|tidy up|rework|reduce|decrease|minimi[sz]e|bring down"
        r"|speed up|tighten)\b|\bmake [\w ]{1,40}?(?:better|more (?:robust|reliable|stable"
        r"|resilient|visible|clear)|faster|safer|clearer)\b"
        r"|\b(?:monitor|check|test|review) [\w ]{0,30}?(?:more closely|more often|better)\b",
        unless=_BOUND,
        why="Without a measure or a bound, two people will read two different tasks in it.",
        suggestion="Say what will be different after “{span}” and how it shows, for example a "
        "number, a limit or the name of the check that is added.",
        finds=("Improve monitoring", "Reduce alert noise", "Make the importer more robust"),
        leaves=("Reduce the retry limit from 10 to 3",
                "Improve the lag alert so that it pages the on-call engineer",
                "Increase the connection pool to 200"),
    ),
    ActionRule(
        id="more-of-what",
        pattern=r"\b(?:more|better|additional|proper|sufficient|some|adequate) (?:and better )?"
        + _THINGS + r"\b(?! (?:for|on|that|when|of|which|in|to|around|at) \w)"
        r"|^" + _START + r"(?:add|set ?up|setup|implement|create|write|introduce|have|do) "
        r"(?:an? |the )?" + _THINGS + r"\W{0,3}$",
        unless=_BOUND,
        why="It does not say which one, so it is done too early or never.",
        suggestion="Name the one that was missing in this incident instead of “{span}”, for "
        "example “Add an alert on replica lag above 60 s”.",
        finds=("Add monitoring", "More alerts", "Write better documentation"),
        leaves=("Add more tests for orders that span two days", "Write a runbook for failover"),
    ),
    ActionRule(
        id="not-verb-first",
        pattern=r"^" + _START + r"(?:(?:we|I|they|you|it|the|an?|our|there|this|that|these|those"
        r"|all|some|someone|somebody|everyone|everybody|nobody|no|should|must|need|needs|more|better"
        r"|maybe|lack|missing|new|each|every|any)\b"
        r"|[A-Z][\w'-]{1,30} (?:to|will|should|must|has to|needs to)\b"
        r"|" + _VERBS_AFTER_ALL + r"[a-z]{3,20}(?:ing|tion|ment|ness|ity|ance)\b)(?! up\b)",
        unless=r"(?!)",
        why="An action that begins with a verb says at once what somebody will do.",
        suggestion="Begin with the verb instead of “{span}”: Add, Remove, Move, Write, Test, "
        "Limit; the person goes into the owner field.",
        finds=("The alert for the queue", "We should add an alert on lag above 60 s",
               "Monitoring of the certificate", "Ada to write the runbook"),
        leaves=("Add an alert on replica lag above 60 s", "Bring the pool limit to 50",
                "Document the failover in the runbook"),
    ),
)  # fmt: skip
_LABEL = re.compile(_START)
_COMPILED = tuple(
    (rule, re.compile(rule.pattern, re.IGNORECASE), re.compile(rule.unless, re.IGNORECASE))
    for rule in ACTION_RULES
)


def vague_action(text: str) -> Finding | None:
    """What makes an action vague, with why and how to make it specific; None when it is clear.

    Only the first point is given, the graver before the milder: somebody who mends it will often
    mend the rest. Words that the blame-aware reading points out ("be more careful") are left to
    it: it reads every action too, and once is enough.
    """
    judged = read_wording(text)
    label = _LABEL.match(text)
    begins = label.end() if label else 0
    for rule, pattern, unless in _COMPILED:
        match = pattern.search(text)
        if match and not unless.search(text, begins):
            found = _finding(text, match, rule)
            if not any(_overlap(found, other) for other in judged):
                return found
    return None


def _overlap(one: Finding, other: Finding) -> bool:
    return one.line == other.line and one.start < other.end and other.start < one.end


def _finding(text: str, match: re.Match[str], rule: ActionRule) -> Finding:
    start = match.start() + len(match[0]) - len(match[0].lstrip(" \t\n-*+•"))
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    end = min(match.end(), line_end if line_end >= 0 else len(text))
    span = text[start:end]
    return Finding(
        line=text.count("\n", 0, start) + 1,
        start=start - line_start,
        end=end - line_start,
        span=span,
        rule=rule.id,
        why=rule.why,
        suggestion=rule.suggestion.format(span=span),
    )
