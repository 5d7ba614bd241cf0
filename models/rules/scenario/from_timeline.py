"""The story of a drafted scenario, from the timeline of a real incident.

Its shape is always the same: what could be seen, the decision to declare, then stretches of the
timeline between the decisions that were made, one decision that ends the impact (with a second
chance after a wrong turn), the decision to close, and two endings.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from models.rules.record import EventRecord, PostmortemRecord
from models.rules.scenario.quality import gives_away
from models.rules.scenario.source import Path
from models.rules.vocabulary import Clock, EventKind, label

DECISIONS_AT_MOST = 8  # of the timeline, beside declaring and closing
_NODES_IN_A_STRETCH = 4
_EVENTS_IN_A_NODE = 4
_WAIT_AT_MOST = 3  # minutes before a node; four of them stay under what people may wait
_WORK_AT_MOST = 30  # minutes of the story that an option takes
_TEXT_AT_MOST = 300
_TALK_MIN = 5
_ASIDE_AT_MOST = 8  # of what the players do themselves, in the notes of a node
_CHANNELS = {
    EventKind.ALERT: ("alert", "Monitoring"),
    EventKind.REPORT: ("customer", "Customer service"),
}
_LEAST_TELLING = (EventKind.NOTE, EventKind.CHANGE, EventKind.ACTION)
_KEYS = (
    "delay_min", "channel", "from", "to", "title", "body", "expects", "decision", "ending",
    "facilitator",
)  # fmt: skip
ANOTHER = "Write another choice that a careful team could have made"
_REAL = "This is what was done in the real incident. Write what it brought, and what it cost."
_OTHER = "Write what this choice would have brought, what it would have cost, and for whom."


@dataclass
class Told:
    """`table_min` is how long a session takes at most, `declare_min` the story minute of the
    first decision, `unseen` what happened before anybody could see it."""

    first: str = ""
    nodes: dict[str, dict[str, Any]] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    unseen: list[str] = field(default_factory=list)
    began: datetime | None = None
    table_min: int = 0
    declare_min: int = 0


def told_story(record: PostmortemRecord, affected: int, risks: tuple[str, ...]) -> Told:
    """The nodes of the story. `affected` % of customers at the start become fewer with each
    mitigation; `risks` are variables that become false with the impact's end."""
    return _Teller(record, affected, risks).tell(record)


class _Teller:
    """Writes the nodes one after the other; `loose` are the parts whose `next` is the next one."""

    def __init__(self, record: PostmortemRecord, affected: int, risks: tuple[str, ...]) -> None:
        self.told = Told()
        self.affected = affected
        self.over = {"affected": "0", **dict.fromkeys(risks, "false")}
        self.loose: list[dict[str, Any]] = []
        self.before: datetime | None = None  # when the node before happened
        self.aside: list[EventRecord] = []  # for the notes of the next node
        self.seen: list[EventRecord] = []
        self.declared_at = {
            i.clocks[Clock.DECLARED].at for i in record.incidents if Clock.DECLARED in i.clocks
        }
        began = _noticed_at(record)
        for event in record.events:
            if event.is_noise or not event.text.strip():
                continue
            if began is not None and event.at < began:
                self.told.unseen.append(f"- {_time(event)} {clipped(event.text)}")
            else:
                self.seen.append(event)

    def tell(self, record: PostmortemRecord) -> Told:
        seen = self.seen
        self.told.began = seen[0].at if seen else None
        turns = _turns(seen[1:])
        ends_impact = max((n for n in turns if seen[n].kind is EventKind.MITIGATION), default=None)
        if ends_impact is None:
            ends_impact = _over(record, seen)
        if seen:
            self.stretch(seen[:1])
        else:
            self.node("sign", {"title": "Something is wrong", "channel": "alert",
                               "body": "Write what the first sign looked like."})  # fmt: skip
        self.declare()
        self.told.declare_min = self.told.table_min - _TALK_MIN
        start = 1
        for place in sorted({*turns, ends_impact}):
            self.stretch(seen[start:place])
            real = seen[place] if place in turns else None
            if place == ends_impact:
                self.restore(real)
            elif real is not None:
                self.turn(real, self.work_until(place))
            start = place + (real is not None)
        self.stretch(seen[start:])
        self.close()
        return self.told

    def node(self, name: str, content: dict[str, Any]) -> None:
        """Adds a node, to which everything leads that led nowhere yet."""
        self.told.first = self.told.first or name
        for part in self.loose:
            part["next"] = name
        self.loose = []
        content = {"channel": "chat", "to": ["all"], **content}
        if self.aside and "ending" not in content:
            said = "Left to the players, who speak and call for help themselves: "
            said += " ".join(f"{_time(x)} {clipped(x.text)}" for x in self.aside[:_ASIDE_AT_MOST])
            notes = content.get("facilitator", {})
            content["facilitator"] = {**notes, "notes": f"{notes.get('notes', '')} {said}".strip()}
            self.aside = []
        content = {key: content[key] for key in _KEYS if key in content}
        self.told.nodes[name] = content
        self.told.table_min += content.get("delay_min", 0)
        if "decision" in content:
            self.told.table_min += _TALK_MIN
            self.loose += [o for o in content["decision"]["options"] if "next" not in o]
        elif "ending" not in content:
            self.loose.append(content)

    def stretch(self, events: list[EventRecord]) -> None:
        """What happened between two decisions, in at most four messages."""
        self.aside += [event for event in events if self.is_theirs(event)]
        events = [event for event in events if not self.is_theirs(event)]
        kept = _most_telling(events, _NODES_IN_A_STRETCH * _EVENTS_IN_A_NODE)
        size = -(-len(kept) // _NODES_IN_A_STRETCH) or 1
        for at in range(0, len(kept), size):
            group = kept[at : at + size]
            wait = _compressed(self.before, group[0].at, _WAIT_AT_MOST)
            self.before = group[-1].at
            self.message(group, wait)
        if len(kept) < len(events):
            left = len(events) - len(kept)
            self.loose[0].setdefault("facilitator", {"notes": ""})
            self.loose[0]["facilitator"]["notes"] += (
                f" {left:,} more lines of the real timeline were left out here."
            )

    def is_theirs(self, event: EventRecord) -> bool:
        """Whether the players do by themselves what the event tells: declare, call for help, and
        speak. The first sign is told whatever it is."""
        doing = (EventKind.UPDATE, EventKind.ESCALATION)
        return event is not self.seen[0] and (event.kind in doing or event.at in self.declared_at)

    def message(self, group: list[EventRecord], wait: int) -> None:
        texts = [clipped(event.text) for event in group]
        open_texts = [text for text in texts if not gives_away(text)]
        told = "\n".join(open_texts)
        if not told or gives_away(told):  # also across two lines
            told, open_texts = "Write what could be seen at this moment.", []
        channel, sender = _CHANNELS.get(group[0].kind, ("chat", None))
        kept_back = [text for text in texts if text not in open_texts]
        notes = f"In the real incident: {_time(group[0])}."
        if kept_back:
            notes += " Kept from the participants: " + " ".join(kept_back)
        title = _title(open_texts[0]) if open_texts else label(group[0].kind)
        self.node(
            f"event{sum(name.startswith('event') for name in self.told.nodes) + 1}",
            {
                "delay_min": wait,
                "channel": channel,
                **({"from": sender} if sender else {}),
                "title": title,
                "body": told,
                "facilitator": {"notes": notes},
            },
        )

    def declare(self) -> None:
        options = [
            _option("wait", "Keep watching for ten minutes before anybody else is called in", 10,
                    0, "Ten minutes of waiting are ten minutes of impact. Declaring is cheap, and "
                    "can be taken back.", tags=["diagnose"]),
            _option("declare", "Declare an incident, and tell customers so", 2, 10,
                    "The people who can help know it early, and customers have a first word.",
                    tags=["declare", "comms"]),
        ]  # fmt: skip
        content = _decision("ic", "wait", options)
        content |= {
            "delay_min": 1,
            "title": "What now?",
            "body": "This is what you know. How severe is it, and who needs to know?",
            "expects": [
                {"id": "x-severity", "text": "Choose a severity with the decision tree",
                 "seat": "ic", "rule": "severity", "detect": "log"},
            ],
            "facilitator": {
                "read_aloud": "You have a minute to read. Then the incident commander speaks.",
                "notes": "Keep to yourself what was found out later.",
                "if_stuck": "Ask what would be lost by declaring now.",
            },
        }  # fmt: skip
        self.node("declare", content)

    def turn(self, event: EventRecord, work: int) -> None:
        """A decision of the real incident that did not end the impact."""
        name = f"turn{sum(name.startswith('turn') for name in self.told.nodes) + 1}"
        more: dict[str, Any] = {}
        if event.kind is EventKind.MITIGATION:
            self.affected = max(1, self.affected // 2)
            more = {"tags": ["mitigate"], "effect": {"affected": str(self.affected)}}
        options = [
            _option("other", ANOTHER, work + 10, 4, _OTHER, tags=["diagnose"]),
            _option("real", _choice(event), work, 8, _REAL, **more),
            _option("help", "Call in somebody who knows this part better", 5, 4, _OTHER,
                    tags=["escalate"]),
        ]  # fmt: skip
        self.choice(name, event, _decision("ic", "other", options))

    def restore(self, event: EventRecord | None) -> None:
        """The decision that ends the impact, and a second chance for who chose otherwise."""
        real = _choice(event) if event else "Write what made the impact smaller in the end"
        options = [
            _option("real", real, 5, 10, _REAL, tags=["mitigate"], effect=dict(self.over)),
            _option("other", ANOTHER, 20, 3, _OTHER, tags=["fix"], next="setback"),
        ]
        self.choice("restore", event, _decision("ops", "other", options))
        on = self.loose
        self.loose = []
        again = [
            _option("late", clipped(f"Do the other thing now: {real}"), 5, 5, _REAL,
                    tags=["mitigate"], effect=dict(self.over)),
            _option("help", "Call in somebody who knows this part, and do it together", 10, 8,
                    _OTHER, tags=["escalate", "mitigate"], effect=dict(self.over)),
        ]  # fmt: skip
        content = _decision("ops", "late", again)
        content |= {
            "delay_min": 1,
            "title": "It did not help",
            "body": "Customers are still affected. Write what people see now.",
        }
        self.node("setback", content)
        self.loose += on

    def choice(self, name: str, event: EventRecord | None, content: dict[str, Any]) -> None:
        when = f"In the real incident: {_time(event)} {clipped(event.text)}" if event else ""
        wait = _compressed(self.before, event.at, 2) if event else 1
        content |= {
            "delay_min": wait,
            "title": "What do you do?",
            "body": "Here the team had to choose. What can be done, and what does it cost?",
            "facilitator": {"notes": when or "The timeline does not say what ended the impact."},
        }
        self.before = event.at if event else self.before
        self.told.comments["nodes", name] = (
            "A choice of the real incident. Say what people knew at this moment, and make every "
            "option one that sensible people could take."
        )
        self.node(name, content)

    def close(self) -> None:
        options = [
            _option("now", "Close it at once: everything looks as it should, people are tired", 0,
                    0, "It may hold. Who closes early learns from customers when it does not.",
                    tags=["close"], next="end_again"),
            _option("hold", "Tell customers, watch for 30 minutes, then close", 30, 10,
                    "It stayed quiet, and everybody knows where they stand.",
                    tags=["comms", "close"], next="end_good"),
        ]  # fmt: skip
        content = _decision("ic", "now", options)
        content |= {
            "delay_min": 1,
            "title": "Can we close?",
            "body": "The graphs look as they did before. Is it over?",
        }
        self.node("close", content)
        self.node("end_good", {"ending": "good", "title": "Closed for good",
                               "body": "It stays quiet. The review is booked."})  # fmt: skip
        self.node("end_again", {"ending": "mixed", "title": "Opened again",
                                "body": "Some customers write again. The incident is opened once "
                                "more, with fewer people awake."})  # fmt: skip

    def work_until(self, place: int) -> int:
        following = self.seen[place + 1].at if place + 1 < len(self.seen) else None
        return max(1, _compressed(self.seen[place].at, following, _WORK_AT_MOST))


def _noticed_at(record: PostmortemRecord) -> datetime | None:
    """When it could first be seen: the clock, else the first alert or report."""
    clocks = [i.clocks[Clock.DETECTED].at for i in record.incidents if Clock.DETECTED in i.clocks]
    if clocks:
        return min(clocks)
    noticed = (EventKind.ALERT, EventKind.REPORT)
    return min((x.at for x in record.events if x.kind in noticed), default=None)


def _turns(events: list[EventRecord]) -> list[int]:
    """The places, counted from 1, of what was decided and done against the impact: with too many
    the last mitigation, then decisions and mitigations from the first on."""
    wanted = (EventKind.DECISION, EventKind.MITIGATION)
    found = [n for n, event in enumerate(events, start=1) if event.kind in wanted]
    last = [n for n in found if events[n - 1].kind is EventKind.MITIGATION][-1:]
    others = [n for n in found if n not in last][: DECISIONS_AT_MOST - len(last)]
    return sorted([*others, *last])


def _over(record: PostmortemRecord, seen: list[EventRecord]) -> int:
    """Where the impact was over, when no event is marked as having ended it."""
    ends = (Clock.MITIGATED, Clock.RESOLVED)
    clocks = [i.clocks[clock].at for i in record.incidents for clock in ends if clock in i.clocks]
    at = min(clocks, default=None)
    for place, event in enumerate(seen):
        if place and (event.kind is EventKind.RESOLUTION or (at and event.at >= at)):
            return place
    return max(1, len(seen))


def _most_telling(events: list[EventRecord], limit: int) -> list[EventRecord]:
    if len(events) <= limit:
        return events
    ranked = sorted(range(len(events)), key=lambda n: events[n].kind in _LEAST_TELLING)
    return [events[n] for n in sorted(ranked[:limit])]


def _compressed(before: datetime | None, after: datetime | None, limit: int) -> int:
    """A fifth of the real minutes, at least one where there was a wait, at most `limit`."""
    if before is None or after is None or after - before < timedelta(minutes=1):
        return 0
    return min(limit, max(1, round((after - before) / timedelta(minutes=5))))


def _choice(event: EventRecord) -> str:
    text = clipped(event.text)
    return "Write what the team chose here" if gives_away(text) else text


def clipped(text: str, limit: int = _TEXT_AT_MOST) -> str:
    """On one line of at most `limit` characters; what is longer ends after a whole word, if any."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    begun = line[: limit - 1]
    whole = begun if line[limit - 1] == " " else begun.rpartition(" ")[0]
    return f"{(whole or begun).rstrip(' ,;:')}…"


def _title(text: str) -> str:
    return clipped(text, 80)


def _time(event: EventRecord) -> str:
    return f"{event.at:%H:%M} UTC"


def _option(name: str, text: str, takes: int, score: int, feedback: str, **more: Any) -> Any:
    following = {"next": more.pop("next")} if "next" in more else {}
    return {
        "id": name, "label": text, "takes_min": takes, **more, "score": score,
        "feedback": feedback, **following,
    }  # fmt: skip


def _decision(seat: str, default: str, options: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "decision": {
            "seat": seat, "timeout_min": _TALK_MIN, "default": default, "options": list(options)
        }
    }  # fmt: skip
