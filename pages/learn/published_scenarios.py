"""A published post-mortem becomes an exercise: what was made of it, or the way to make one."""

from __future__ import annotations

from models.rules.policy import Who
from pages.components.problems import escape
from pages.train.seated import link
from services.scenario_versions import list_made_from


def show_scenarios(postmortem_id: str, me: Who) -> None:
    """The scenarios that were made from it, and the way to make one."""
    made = list_made_from(me, postmortem_id)
    for scenario_id, title in made:
        link("train/scenario.py", f"Practise it: {escape(title)}", ":material/theater_comedy:",
             id=scenario_id)  # fmt: skip
    if not made:
        link("train/authoring.py", "Make a scenario of it", ":material/theater_comedy:",
             **{"from": postmortem_id})  # fmt: skip
