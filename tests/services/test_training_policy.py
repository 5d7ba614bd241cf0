"""The team's thresholds: the usual ones until it chooses, and nobody overwrites unseen."""

from __future__ import annotations

import pytest

from models.rules.policy import Who
from models.rules.problems import Conflict, ProblemForUser
from services.training_policy import get_thresholds, save_threshold


def test_the_usual_thresholds_hold_until_the_team_chooses(ada: Who) -> None:
    usual = get_thresholds(ada)
    assert (usual["gdpr_hours"], usual["SEV0"], len(usual)) == (72, 15, 9)
    save_threshold(ada, "gdpr_hours", 48, 72)
    save_threshold(ada, "SEV0", 10, 15)
    assert get_thresholds(ada) == usual | {"gdpr_hours": 48, "SEV0": 10}


def test_two_people_at_one_threshold_both_see_both_values(ada: Who, ben: Who) -> None:
    save_threshold(ada, "escalate_after_min", 20, 30)
    with pytest.raises(Conflict) as conflict:
        save_threshold(ben, "escalate_after_min", 45, 30)
    assert (conflict.value.theirs, conflict.value.yours) == (20, 45)
    assert get_thresholds(ada)["escalate_after_min"] == 20


@pytest.mark.parametrize(("name", "value"), [("gdpr_hours", 0), ("comms_minutes", 5), ("x", 5)])
def test_what_is_no_threshold_is_refused(ada: Who, name: str, value: int) -> None:
    with pytest.raises(ProblemForUser):
        save_threshold(ada, name, value, 72)
    assert get_thresholds(ada)["gdpr_hours"] == 72
