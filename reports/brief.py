"""The page for leadership: what to say when there is room for one page, however long the story.

The words are the post-mortem's own, cut at the ends of sentences; what is left out is pointed
to. How much fits is found by laying the page out (see pdf_layout), not by guessing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from models.rules.record import ActionRecord, ImpactRecord, LessonRecord
from models.rules.vocabulary import ActionStatus, ImpactKind, LessonKind, Priority, label
from reports import contents
from reports.contents import ActionRow
from reports.facts import DocumentFacts
from reports.phrasing import count
from reports.prose import cut_at_word, prose_running_on, sentences_within

# What leadership asks for first, and what it can act on first.
_IMPACT_ORDER = (ImpactKind.CUSTOMERS, ImpactKind.DURATION, ImpactKind.MONEY, ImpactKind.DATA)
_LESSON_ORDER = (
    LessonKind.WENT_WRONG,
    LessonKind.GOT_LUCKY,
    LessonKind.SURPRISED,
    LessonKind.WENT_WELL,
    LessonKind.UNKNOWN,
)


@dataclass(frozen=True)
class Budget:
    """How much each part may say, in average letters and items; `size` is the size of type."""

    size: str
    summary: int
    impacts: int
    lessons: int
    actions: int
    item: int  # letters of one impact, lesson or action
    strip: bool


STEPS = 14


def _budget(step: int) -> Budget:
    """Type is made smaller first, then texts shorter, and only then are there fewer items."""
    tightness = step / (STEPS - 1)
    scarcity = max(step - 5, 0) / (STEPS - 6)
    return Budget(
        ("large", "middle")[step] if step < 2 else "small-type",
        summary=round(1500 * (240 / 1500) ** tightness),
        impacts=round(6 - 2 * scarcity),
        lessons=round(6 - 3 * scarcity),
        actions=round(8 - 5 * scarcity),
        item=round(240 * (60 / 240) ** tightness),
        strip=step < STEPS - 3,
    )


# From the roomiest to the tightest, which fits whatever is written.
BUDGETS = tuple(_budget(step) for step in range(STEPS))
ROOMIEST = BUDGETS[0]

# Which part gets the room that is left at the foot of the page, in this order.
FILLED_UP = ("impacts", "item", "lessons", "actions")


def roomier(budget: Budget, part: str) -> tuple[Budget, ...]:
    """The same budget with ever more room for one part of FILLED_UP, up to the roomiest."""
    now: int = getattr(budget, part)
    steps = sorted({value for each in BUDGETS if (value := getattr(each, part)) > now})
    return tuple(replace(budget, **{part: value}) for value in steps)


@dataclass(frozen=True)
class BriefItem:
    name: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class BriefContents:
    """The parts in the order of the page; `more` points to the full report, part by part."""

    title: str
    facts: tuple[tuple[str, str], ...]
    summary: str
    impacts: tuple[BriefItem, ...]
    factors: str
    lessons: tuple[BriefItem, ...]
    actions: tuple[ActionRow, ...]
    standing: str
    more: dict[str, str]
    strip: bool


def brief_contents(facts: DocumentFacts, budget: Budget) -> BriefContents:
    """As much as the budget allows, chosen the same way every time."""
    record = facts.postmortem
    summary, shortened = sentences_within(prose_running_on(record.summary), budget.summary)
    impacts = [
        BriefItem(
            label(i.kind),
            _short(i.text, budget.item),
            "estimated" if i.estimated else "",
        )
        for i in sorted(record.impacts, key=_impact_place)[: budget.impacts]
    ]
    lessons = _lessons(record.lessons, budget)
    actions = _actions(facts, budget)
    more = {
        "summary": _pointer("Summary") if shortened else "",
        "impacts": _left(len(record.impacts) - len(impacts), "entry", "entries", "Impact"),
        "lessons": _left(
            len(record.lessons) - len(lessons), "lesson", "lessons", "What we learned"
        ),
        "actions": _left(len(record.actions) - len(actions), "action", "actions", "Actions"),
    }
    return BriefContents(
        title=cut_at_word(record.title or "Untitled", 60 + budget.item // 2),
        facts=_facts(facts),
        summary=summary,
        impacts=tuple(impacts),
        factors=cut_at_word(", ".join(record.all_factors), budget.item),
        lessons=lessons,
        actions=actions,
        standing=_short(contents.action_standing(facts), 300),
        more=more,
        strip=budget.strip and len(record.incidents) == 1 and len(record.incidents[0].clocks) > 1,
    )


def _impact_place(impact: ImpactRecord) -> int:
    """Those that are not asked for first stay in the order in which they were written."""
    known = impact.kind in _IMPACT_ORDER
    return _IMPACT_ORDER.index(impact.kind) if known else len(_IMPACT_ORDER)


def _facts(facts: DocumentFacts) -> tuple[tuple[str, str], ...]:
    wanted = (
        "Impact began",
        "Resolved",
        "Time to detect",
        "Time to recover",
        "Services",
        "Owner",
    )
    known = dict(contents.key_facts(facts))
    return tuple((name, cut_at_word(known[name], 60)) for name in wanted if name in known)


def _lessons(lessons: Sequence[LessonRecord], budget: Budget) -> tuple[BriefItem, ...]:
    """In turns from each kind, so that one long list does not push out the others."""
    by_kind = [[x for x in lessons if x.kind is kind] for kind in _LESSON_ORDER]
    in_turns = [x for turn in zip_longest(*by_kind) for x in turn if x]
    return tuple(
        BriefItem(label(x.kind), _short(x.text, budget.item)) for x in in_turns[: budget.lessons]
    )


def _actions(facts: DocumentFacts, budget: Budget) -> tuple[ActionRow, ...]:
    """Open before done before ideas before declined, then by priority and due date."""
    order = dict.fromkeys(ActionStatus, 0) | {
        ActionStatus.DONE: 1,
        ActionStatus.IDEA: 2,
        ActionStatus.DECLINED: 3,
    }
    priorities = list(Priority)

    def rank(row: ActionRow) -> tuple[int, bool, int, str]:
        action = row.action
        due = action.due_on.isoformat() if action.due_on else "9999"
        return (
            order[action.status],
            not row.overdue,
            priorities.index(action.priority),
            due,
        )

    rows = sorted(contents.action_rows(facts), key=rank)[: budget.actions]
    return tuple(
        ActionRow(_shortened(row.action, budget.item), row.due, row.status, row.overdue, ())
        for row in rows
    )


def _shortened(action: ActionRecord, item: int) -> ActionRecord:
    return ActionRecord(
        text=_short(action.text, item),
        owner=cut_at_word(action.owner, 16 + item // 8),
        type=action.type,
    )


def _short(text: str, limit: int) -> str:
    return sentences_within(prose_running_on(text), limit)[0]


def _pointer(section: str) -> str:
    return f"More in the full report, section {section}."


def _left(number: int, one: str, many: str, section: str) -> str:
    if number <= 0:
        return ""
    return f"{count(number, f'more {one}', f'more {many}')}: full report, section {section}."
