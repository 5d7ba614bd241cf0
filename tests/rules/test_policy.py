"""Who may do what: everything with a name, next to nothing without."""

from __future__ import annotations

import pytest

from models.rules.policy import NOBODY, Thing, Verb, Who, may

OPEN = {
    (Verb.READ, Thing.PEOPLE),  # to find one's own name
    (Verb.CREATE, Thing.PEOPLE),  # to add it
    (Verb.READ, Thing.SCENARIO),
}
ALL = [(verb, thing) for verb in Verb for thing in Thing]


@pytest.mark.parametrize(("verb", "thing"), ALL)
def test_who_has_a_name_may_do_everything(verb: Verb, thing: Thing) -> None:
    assert may(Who("p1", "Ada Brandt"), verb, thing)


@pytest.mark.parametrize(("verb", "thing"), ALL)
def test_who_has_none_may_only_choose_one_and_look_at_scenarios(verb: Verb, thing: Thing) -> None:
    assert may(NOBODY, verb, thing) is ((verb, thing) in OPEN)
