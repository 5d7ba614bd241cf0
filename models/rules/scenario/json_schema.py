"""The JSON Schema that editors use: the shape, as a text to keep beside the scenarios.

Make it anew with `python -m models.rules.scenario.json_schema > scenarios/schema.json`.
"""

from __future__ import annotations

import json

from models.rules.scenario.shape import Scenario


def schema_text() -> str:
    """scenarios/schema.json."""
    schema = Scenario.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    print(schema_text(), end="")
