from __future__ import annotations

import pytest

from models.rules.wording import RULES, read_wording

FINDS = [(rule.id, example) for rule in RULES for example in rule.finds]
LEAVES = [(rule.id, example) for rule in RULES for example in rule.leaves]


@pytest.mark.parametrize(("rule", "example"), FINDS)
def test_a_rule_finds_its_examples(rule: str, example: str) -> None:
    assert rule in [finding.rule for finding in read_wording(example)]


@pytest.mark.parametrize(("rule", "example"), LEAVES)
def test_nothing_is_found_in_what_a_rule_leaves(rule: str, example: str) -> None:
    assert [(f.rule, f.span) for f in read_wording(example)] == []
