"""A code leads to what it belongs to, an exercise or a meeting."""

from __future__ import annotations

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed, NotFound
from services import exercises
from services.join_codes import Joinable, find_by_code


def test_a_code_leads_to_the_run_however_it_is_typed(ada: Who, ben: Who, live: str) -> None:
    code = exercises.get_run(ben, live).join_code
    assert find_by_code(ada, f" {code[:3].lower()}-{code[3:]} ") == Joinable("exercise", live)
    with pytest.raises(NotFound):
        find_by_code(ada, "ZZZZZZ")


def test_without_a_name_a_code_leads_nowhere(ben: Who, live: str) -> None:
    with pytest.raises(NotAllowed):
        find_by_code(NOBODY, exercises.get_run(ben, live).join_code)
