"""The schema beside the scenarios is that of the models, and the README's example is right."""

from __future__ import annotations

import re
from pathlib import Path

from integrations.scenario_yaml import read_scenario
from models.rules.scenario import shape
from models.rules.scenario.check import check
from models.rules.scenario.findings import CODES
from models.rules.scenario.json_schema import schema_text

SCENARIOS = Path(__file__).resolve().parents[3] / "scenarios"
README = (SCENARIOS / "README.md").read_text("utf-8")


def test_the_schema_is_up_to_date() -> None:
    assert (SCENARIOS / "schema.json").read_text("utf-8") == schema_text()


def test_the_example_of_the_readme_has_no_findings() -> None:
    example = max(re.findall(r"```yaml\n(.*?)```", README, re.DOTALL), key=len)
    assert check(read_scenario(example.encode())).findings == ()


def test_the_readme_explains_every_field_and_code() -> None:
    parts = [p for p in vars(shape).values() if isinstance(p, type) and issubclass(p, shape.Part)]
    fields = {info.alias or name for part in parts for name, info in part.model_fields.items()}
    assert {name for name in fields if f"`{name}`" not in README} == set()
    assert {code for code in CODES if f"| {code} |" not in README} == set()
