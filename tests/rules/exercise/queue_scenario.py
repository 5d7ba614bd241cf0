"""A small scenario for the tests of the engine: a queue that fills, four decisions, two endings.

Texts that are part of the answer key hold the word KEY.
"""

from __future__ import annotations

import copy
import json
from typing import Any

from models.rules.scenario.shape import Scenario

SEATS = [
    {"id": "ic", "title": "Incident commander", "brief": "You run the call."},
    {
        "id": "ops", "title": "Operations lead", "brief": "You own the queue.", "hands_on": True,
        "required": False,
    },
    {
        "id": "comms", "title": "Communications lead", "brief": "You own the status page.",
        "required": False, "covered_by": "ic",
    },
]  # fmt: skip


def _option(name: str, takes: int, to: str, **more: Any) -> dict[str, Any]:
    return {
        "id": name, "label": f"Option {name}", "takes_min": takes, "next": to,
        "feedback": f"KEY feedback of {name}", **more,
    }  # fmt: skip


def _decision(seat: str, default: str, *options: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"seat": seat, "timeout_min": 5, "default": default, "options": list(options), **more}


NODES: dict[str, Any] = {
    "page": {
        "channel": "alert", "from": "Pager", "to": ["ops"], "title": "Queue over 10,000",
        "body": "Orders wait for four minutes.", "next": "first",
        "expects": [
            {"id": "x-look", "text": "KEY looks at the orders", "seat": "ops",
             "rule": "declare_early"},
        ],
        "evidence": [
            {"id": "log", "type": "log", "title": "queue.log", "text": "09:58 depth=10411",
             "for": ["ops"]},
        ],
        "facilitator": {"read_aloud": "KEY read aloud", "notes": "KEY notes",
                        "if_stuck": "KEY stuck", "red_herring": "KEY herring"},
    },
    "first": {
        "delay_min": 2, "title": "What now?", "body": "Two customers have called.",
        "decision": _decision(
            "ic", "wait",
            _option("declare", 3, "board", tags=["declare"], score=10,
                    effect={"late": "late + 20", "cause": "true"}),
            _option("debug", 12, "board", tags=["diagnose"], score=2,
                    effect={"late": "late + 60"}),
            _option("wait", 15, "board", effect={"late": "late + 80"}),
        ),
    },
    "board": {
        "delay_min": 1, "channel": "exec", "from": "CEO", "to": ["ic", "comms"],
        "title": "How bad is it?", "body": "The board meets at noon.", "next": "repair",
        "expects": [
            {"id": "x-board", "text": "KEY tells the board", "seat": "comms",
             "rule": "comms_cadence", "within_min": 10, "detect": "log"},
        ],
    },
    "repair": {
        "delay_min": 1, "title": "Drain or search?", "body": "Consumers can be doubled now.",
        "to": ["ops"],
        "decision": _decision(
            "ops", "drain",
            _option("drain", 5, "quiet", tags=["mitigate"], score=10, effect={"late": "2"}),
            _option("search", 20, "repair", tags=["diagnose"], effect={"late": "90"}),
            _option("vendor", 15, "quiet", tags=["escalate", "fix"], score=5,
                    requires="late >= 90", effect={"late": "0"}),
        ),
        "max_visits": 2,
    },
    "quiet": {
        "title": "Can we close?", "body": "The queue is short again.",
        "decision": _decision(
            "ic", "now",
            _option("now", 0, "end_again", tags=["close"]),
            _option("hold", 30, "end_good", tags=["comms", "close"], score=10),
            by="vote",
        ),
    },
    "end_good": {"ending": "good", "title": "Closed for good", "body": "Stable."},
    "end_again": {"ending": "mixed", "title": "Full again", "body": "The queue fills."},
}  # fmt: skip

DOCUMENT: dict[str, Any] = {
    "schema": "tabletop/1",
    "id": "full-queue",
    "version": "1.0.0",
    "title": "The queue that filled",
    "summary": "Orders wait in a queue.",
    "difficulty": "beginner",
    "duration_min": 30,
    "objectives": [
        {"id": "O1", "text": "Declare early", "rules": ["declare_early", "severity",
                                                        "ic_assigned", "ic_hands_off"]},
        {"id": "O2", "text": "Restore first", "rules": ["mitigate_first", "escalate_30",
                                                        "stable_30"]},
        {"id": "O3", "text": "Tell people", "rules": ["comms_cadence", "customer_mail_60",
                                                      "gdpr_72h"]},
    ],
    "seats": SEATS,
    "clock": {"start": "2026-03-14T09:58:00Z"},
    "state": {
        "late": {"type": "int", "initial": 10, "min": 0, "max": 100, "unit": "%",
                 "visible": "all"},
        "cause": {"type": "bool", "initial": False},
    },
    "impact_when": "late >= 10",
    "severity": {
        "answers": [
            {"when": "late >= 60", "level": "SEV0", "accept": ["SEV1"], "why": "KEY all orders"},
            {"when": "late >= 10", "level": "SEV1", "why": "KEY many orders"},
            {"when": "true", "level": "SEV2", "why": "KEY few orders"},
        ]
    },
    "opening": {"text": "Saturday morning.", "start": "page"},
    "nodes": NODES,
    "clock_injects": [
        {"id": "k-shop", "at_min": 12, "channel": "customer", "to": ["comms"],
         "when": "late >= 10", "title": "Forty calls", "body": "Where is my order?"},
        {"id": "k-calm", "at_min": 12, "channel": "chat", "when": "late < 10",
         "title": "All calm", "body": "Nobody calls."},
        {"id": "k-late", "at_min": 20, "channel": "social", "after": "board",
         "title": "A post", "body": "People talk."},
    ],
    "contingencies": [
        {"id": "c-help", "kind": "help", "channel": "chat", "to": ["ops"], "title": "A hint",
         "body": "Look at the consumers.", "suggest_when": "KEY suggestion"},
    ],
    "debrief": {"questions": [{"objective": "O1", "text": "KEY debrief"}]},
}  # fmt: skip


def queue_scenario(**changes: Any) -> Scenario:
    """The scenario, with top-level keys replaced."""
    return Scenario.model_validate_json(json.dumps({**copy.deepcopy(DOCUMENT), **changes}))
