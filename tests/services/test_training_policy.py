"""The team's thresholds: the usual ones until it chooses, and nobody overwrites unseen."""

from __future__ import annotations

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from models.rules.scenario.shape import CommsMinutes, Policy
from services.training_policy import get_policy, save_threshold


def test_the_usual_thresholds_hold_until_the_team_chooses(ada: Who) -> None:
    assert get_policy(ada) == Policy()
    save_threshold(ada, "gdpr_hours", 48, 72)
    save_threshold(ada, "SEV0", 10, 15)
    assert get_policy(ada) == Policy(gdpr_hours=48, comms_minutes=CommsMinutes(SEV0=10))


def test_two_people_at_one_threshold_both_see_both_values(ada: Who, ben: Who) -> None:
    save_threshold(ada, "escalate_after_min", 20, 30)
    with pytest.raises(Conflict) as conflict:
        save_threshold(ben, "escalate_after_min", 45, 30)
    assert (conflict.value.theirs, conflict.value.yours) == (20, 45)
    assert get_policy(ada).escalate_after_min == 20


@pytest.mark.parametrize(("name", "value"), [("gdpr_hours", 0), ("comms_minutes", 5), ("x", 5)])
def test_what_is_no_threshold_is_refused(ada: Who, name: str, value: int) -> None:
    with pytest.raises(ProblemForUser):
        save_threshold(ada, name, value, 72)
    assert get_policy(ada) == Policy()
