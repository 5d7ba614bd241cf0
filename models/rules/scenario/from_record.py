"""A draft of a scenario from a post-mortem of one's own: it passes the check, and a person finishes
it.

The timeline becomes messages with shortened waits, what was decided and done becomes decisions,
and what was found out later stays with the facilitator. What only a person can write is marked by
a sentence that begins with “Write”; comments say what to look at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.rules.record import PostmortemRecord
from models.rules.scenario.from_timeline import Told, clipped, told_story
from models.rules.scenario.quality import gives_away
from models.rules.scenario.shape import Rule
from models.rules.scenario.source import Path
from models.rules.text import clean_line
from models.rules.vocabulary import ActionStatus, ImpactKind, IncidentRole, LessonKind
from models.rules.vocabulary import Severity as Level

_SUMMARY = "A draft from an incident of our own, to be finished before it is played."
_AFFECTED = {Level.SEV0: 90, Level.SEV1: 50, Level.SEV2: 10, Level.SEV3: 1}  # % at the start
_LEARNED_AT_MOST = 3
_NOTES_AT_MOST = 4_000  # characters of what was found out later
_SLUG_AT_MOST = 50
_AT_RISK = {
    ImpactKind.DATA: "data_at_risk",
    ImpactKind.MONEY: "losing_money",
    ImpactKind.SERVICES: "services_impaired",
    ImpactKind.TICKETS: "tickets_rising",
}
_PARTS_OF_DAY = ("night", "morning", "afternoon", "evening")
_TOO_LATE = datetime(1970, 1, 1, tzinfo=UTC)  # when nothing says when it was


@dataclass(frozen=True)
class Draft:
    """`document` is a scenario as plain values, `comments` what the author reads before a part.
    `integrations.scenario_text` writes both as YAML."""

    document: Mapping[str, Any]
    comments: Mapping[Path, str]


def draft_scenario(
    postmortem: PostmortemRecord, names_out: Callable[[PostmortemRecord], PostmortemRecord]
) -> Draft:
    """The draft. `names_out` puts roles in the place of people's names, so that nobody is told
    apart and nobody plays themselves; it is `reports.redaction.redact`."""
    record = names_out(postmortem)
    level = record.severity or Level.SEV2
    risks = {name: kind for kind, name in _AT_RISK.items() if _impact(record, kind)}
    hurt = "affected >= 1 or data_at_risk" if "data_at_risk" in risks else "affected >= 1"
    story = told_story(record, _AFFECTED[level], tuple(risks))
    objectives = _objectives(record)
    began = _start(record, story)
    title = _title(record, began)
    document: dict[str, Any] = {
        "schema": "tabletop/1",
        "id": _slug(f"{title} {began:%Y-%m-%d}"),
        "version": "0.1.0",
        "title": title,
        "summary": _SUMMARY,
        "difficulty": "intermediate",
        "audience": ["the team that runs this service"],
        "duration_min": min(480, max(15, story.table_min)),
        "tags": ["our own incident"],
        "objectives": [
            {"id": f"O{n}", "text": text, "rules": rules}
            for n, (text, rules, _) in enumerate(objectives, start=1)
        ],
        "seats": _seats(record),
        "clock": {"start": f"{began:%Y-%m-%dT%H:%M:%SZ}", "default_mode": "turn"},
        "state": _state(level, risks),
        "impact_when": hurt,
        "spoilers": [],
        "severity": _severity(record, level, hurt),
        "opening": {"text": _opening(record, began), "start": story.first},
        "nodes": story.nodes,
        "clock_injects": _pressure(story, hurt),
        "contingencies": _contingencies(),
        "debrief": _debrief(record, objectives),
    }
    first_decision = document["nodes"]["declare"]
    first_decision["facilitator"]["notes"] += _found_out(record, story)
    return Draft(document, {**_COMMENTS, **story.comments})


def _title(record: PostmortemRecord, began: datetime) -> str:
    """Where and when, which tells no cause: the title of a post-mortem often does."""
    if began == _TOO_LATE:
        return "A draft from our incident"
    services = (_line(name, 60) for i in record.incidents for name in i.services)
    where = next(filter(None, services), "An incident of our own")
    part = _PARTS_OF_DAY[began.hour // 6]
    return f"{where} on a {began:%A} {part}"


def _slug(title: str) -> str:
    words = re.findall(r"[a-z0-9]+", title.casefold())
    return "-".join(words)[:_SLUG_AT_MOST].rstrip("-") or "from-our-incident"


def _line(text: str, limit: int = 200) -> str:
    """One line that tells participants no cause; empty when it would."""
    shortened = clipped(clean_line(text, limit=len(text)), limit)
    return "" if gives_away(shortened) else shortened


def _impact(record: PostmortemRecord, kind: ImpactKind) -> str:
    return next((line for i in record.impacts if i.kind is kind and (line := _line(i.text))), "")


def _start(record: PostmortemRecord, story: Told) -> datetime:
    clocks = [c.at for i in record.incidents for c in i.clocks.values()]
    return story.began or min(clocks, default=record.meeting_at or _TOO_LATE)


def _objectives(record: PostmortemRecord) -> list[tuple[str, list[str], str]]:
    """What is trained, the rules that show it, and the question about it afterwards."""
    found = [
        ("Declare early, and at the severity that fits",
         [Rule.DECLARE_EARLY.value, Rule.SEVERITY.value],
         "What did we know when we declared, and what would have let us do it earlier?"),
        ("Make the impact smaller before looking for causes, and close when it has stayed quiet",
         [Rule.MITIGATE_FIRST.value, Rule.STABLE_30.value],
         "What could we undo or switch off without understanding the fault?"),
        ("Tell customers and colleagues what is known, and when they will hear more",
         [Rule.COMMS_CADENCE.value],
         "Who waited for news today, and from whom?"),
    ]  # fmt: skip
    if _learned(record):  # what it is tells the cause: it waits for the talk afterwards
        found.append(
            ("Use what our own review taught us; the talk afterwards says what that was",
             [Rule.ESCALATE_30.value],
             "What that our review had found did we meet again today, and what did we do with it?"),
        )  # fmt: skip
    return found


def _learned(record: PostmortemRecord) -> list[str]:
    telling = (LessonKind.WENT_WRONG, LessonKind.SURPRISED, LessonKind.GOT_LUCKY)
    lessons = [x.text for kind in telling for x in record.lessons if x.kind is kind]
    lines = (_line(text) for text in (*lessons, *record.all_factors))
    return list(dict.fromkeys(line for line in lines if line))[:_LEARNED_AT_MOST]


def _seats(record: PostmortemRecord) -> list[dict[str, Any]]:
    def seat(name: str, title: str, brief: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "title": title, **more, "brief": brief}

    people = [p for i in record.incidents for p in i.participants] + list(record.participants)
    helpers = {"required": False, "covered_by": "ic"}
    seats = [
        seat("ic", "Incident commander",
             "You lead the call. You decide what is done and in which order, and you touch no "
             "system. Write what only this seat knows.", required=True),
        seat("ops", "Subject expert",
             "You know the affected service and may work on it. Write what only this seat knows.",
             **helpers, hands_on=True),
        seat("comms", "Communications lead",
             "You write the updates for customers and colleagues. Write what only this seat "
             "knows.", **helpers),
    ]  # fmt: skip
    if any(IncidentRole.SCRIBE in person.roles for person in people):
        brief = "You keep the timeline, the decisions and the actions as they happen."
        seats.append(seat("scribe", "Scribe", brief, **helpers))
    return seats


def _state(level: Level, risks: Mapping[str, ImpactKind]) -> dict[str, Any]:
    affected = {
        "type": "int", "initial": _AFFECTED[level], "min": 0, "max": 100,
        "unit": "% of customers", "visible": "all",
    }  # fmt: skip
    flags = {name: {"type": "bool", "initial": True, "visible": "facilitator"} for name in risks}
    return {"affected": affected, **flags}


def _severity(record: PostmortemRecord, level: Level, hurt: str) -> dict[str, Any]:
    levels = list(Level)
    said = next((text for kind in ImpactKind if (text := _impact(record, kind))), "")
    higher = levels[max(0, levels.index(level) - 1)]
    return {
        "scale": [one.value for one in levels],
        "answers": [
            {
                "when": hurt,
                "level": level.value,
                "accept": [one.value for one in dict.fromkeys((level, higher))],
                "why": said or "Write why this severity was right.",
            },
            {
                "when": "true",
                "level": "SEV3",
                "accept": [one.value for one in levels],
                "why": "Customers are no longer affected; it stays open only to be watched.",
            },
        ],
    }


def _opening(record: PostmortemRecord, began: datetime) -> str:
    services = (_line(name, 60) for i in record.incidents for name in i.services)
    named = ", ".join(dict.fromkeys(name for name in services if name))
    about = f" You look after: {named[:500]}." if named and not gives_away(named[:500]) else ""
    return (
        f"It is {began:%A, %H:%M} UTC. You are the people on call.{about} Each of "
        "you knows something that the others do not; say it when it may matter."
    )


def _pressure(story: Told, hurt: str) -> list[dict[str, Any]]:
    return [
        {
            "id": "k-leadership",
            "at_min": story.declare_min + 1,
            "when": hurt,
            "channel": "exec",
            "from": "A director",
            "to": ["ic", "comms"],
            "title": "What do I tell our customers?",
            "body": "A customer has called me. What is affected, and when do I hear more?",
        }
    ]


def _contingencies() -> list[dict[str, Any]]:
    return [
        {"id": "c-help", "kind": "help", "channel": "chat", "to": ["all"],
         "title": "A colleague joins", "suggest_when": "nobody has spoken for two minutes",
         "body": "Write a hint that helps without giving the answer."},
        {"id": "c-press", "kind": "pressure", "channel": "social", "to": ["comms"],
         "title": "People write about it in public", "suggest_when": "no update for a while",
         "body": "Write what customers would say in public at this moment."},
    ]  # fmt: skip


def _debrief(
    record: PostmortemRecord, objectives: list[tuple[str, list[str], str]]
) -> dict[str, Any]:
    hot_wash = ["Which information lay at the table before it was said aloud?"]
    hot_wash += [f"Our review found this: {learned}" for learned in _learned(record)]
    kept = (a for a in record.actions if a.status is not ActionStatus.DECLINED)
    for action in list(kept)[:_LEARNED_AT_MOST]:
        text = clean_line(action.text, limit=len(action.text))
        if text:
            hot_wash.append(f"Would this action have helped today: {text[:200]}")
    return {
        "hot_wash": hot_wash,
        "questions": [
            {"objective": f"O{n}", "text": question}
            for n, (_, _, question) in enumerate(objectives, start=1)
        ],
    }


def _found_out(record: PostmortemRecord, story: Told) -> str:
    """What was known only later, for the facilitator."""
    whys = [
        f"{'  ' * min(depth, 8)}- {text}"
        for root in record.whys
        for depth, why in root.walk()
        if (text := " ".join(why.text.split()))
    ]
    found: list[str] = []
    if story.unseen:
        found += ["What had happened before anybody could see it:", *story.unseen]
    if whys:
        found += ["What was found out later, and why it came about:", *whys]
    return "".join(f"\n{line}" for line in _within(found, _NOTES_AT_MOST))


def _within(lines: list[str], limit: int) -> Iterator[str]:
    used = 0
    for line in lines:
        used += len(line) + 1
        if used > limit:
            yield "The rest stands in the post-mortem."
            return
        yield line


_COMMENTS: Mapping[Path, str] = {
    ("schema",): "A draft from a post-mortem. Search for “Write”: those places need a person. "
    "Then check it, play it once alone, and raise the version to 1.0.0.",
    ("id",): "The id stands in the address of the scenario, and stays. It tells no cause.",
    ("title",): "Everybody reads it before they play: say where and when, not what it was.",
    ("difficulty",): "beginner, intermediate, advanced or expert",
    ("objectives",): "Everybody reads them before they play. What was learned stands in the "
    "debrief; the rules that would show it are a guess.",
    ("seats",): "Roles took the place of names. Give nobody the seat that they had in the real "
    "incident. What one seat knows and the others do not makes the exercise.",
    ("state",): "The share of customers is a guess from the severity. Name what people can see "
    "on a screen; effects of options change it.",
    ("impact_when",): "While this holds, customers are hurt.",
    ("spoilers",): "Write here the words that name the cause: the check then finds them where "
    "they would be read before the first decision.",
    ("nodes",): "The timeline with shortened waits. Evidence makes it real: add log extracts, "
    "graphs and mails under “evidence”.",
    ("clock_injects",): "What comes at its minute on every branch.",
    ("contingencies",): "What the facilitator may throw in.",
    ("debrief",): "One question for each objective, asked right after the end.",
}
