"""The lists of the team: people at the door, services with owners, teams, factors, zones."""

from __future__ import annotations

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import Conflict, NotAllowed, ProblemForUser
from services import people


def test_a_name_in_other_letters_is_the_same_person(ada: Who) -> None:
    assert people.introduce("  ada   BRANDT ") == ada


def test_a_name_is_needed_and_not_longer_than_eighty_characters(database_file: object) -> None:
    for name in ("", " \x00 ", "x" * 81):
        with pytest.raises(ProblemForUser):
            people.introduce(name)


def test_somebody_who_left_is_nobody_until_they_are_back(ada: Who, ben: Who) -> None:
    people.save_active(ada, ben.person_id or "", False, True)
    assert people.find_who(ben.person_id or "") == NOBODY
    with pytest.raises(ProblemForUser, match="left"):
        people.introduce("Ben Okafor")
    people.save_active(ada, ben.person_id or "", True, False)
    assert people.introduce("Ben Okafor") == ben


def test_a_person_chooses_a_zone_that_exists(ada: Who) -> None:
    people.save_zone(ada, "Europe/Berlin", "UTC")
    assert people.find_who(ada.person_id or "").zone == "Europe/Berlin"
    with pytest.raises(ProblemForUser, match="not a time zone"):
        people.save_zone(ada, "../../etc/passwd", "Europe/Berlin")


def test_zones_to_choose_from_are_places_and_utc() -> None:
    zones = people.list_zones()
    assert zones[0] == "UTC"
    assert {"Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata"} <= set(zones)
    assert not any(z.startswith("Etc/") for z in zones)


def test_a_service_has_an_owning_team_and_a_weight(ada: Who) -> None:
    people.add_service(ada, "Checkout")
    (service,) = people.list_services(ada)
    people.save_service_team(ada, service.id, "Payments", "")
    people.save_service_critical(ada, service.id, True, False)
    assert people.list_services(ada) == (
        people.ServiceRow(service.id, "Checkout", "Payments", True),
    )
    assert [(t.name, t.services) for t in people.list_teams(ada)] == [("Payments", 1)]


def test_two_people_who_give_a_service_to_teams_see_both_names(ada: Who, ben: Who) -> None:
    people.add_service(ada, "Checkout")
    (service,) = people.list_services(ada)
    people.save_service_team(ada, service.id, "Payments", "")
    with pytest.raises(Conflict) as conflict:
        people.save_service_team(ben, service.id, "Platform", "")
    assert (conflict.value.theirs, conflict.value.yours) == ("Payments", "Platform")


def test_adding_what_is_there_changes_nothing(ada: Who) -> None:
    for _ in range(2):
        people.add_team(ada, "Payments")
        people.add_service(ada, "Checkout")
        people.add_factor(ada, "Odd weather")
    assert [t.name for t in people.list_teams(ada)] == ["Payments"]
    assert [s.name for s in people.list_services(ada)] == ["Checkout"]
    assert people.list_factors(ada).count("Odd weather") == 1


def test_a_name_that_is_taken_cannot_be_given_again(ada: Who) -> None:
    people.add_team(ada, "Payments")
    people.add_team(ada, "Platform")
    payments = people.list_teams(ada)[0]
    with pytest.raises(ProblemForUser, match="taken"):
        people.rename_team(ada, payments.id, "PLATFORM", "Payments")
    people.rename_team(ada, payments.id, "payments", "Payments")
    assert people.list_teams(ada)[0].name == "payments"


def test_the_lists_are_for_somebody_with_a_name(database_file: object) -> None:
    for reader in (people.list_services, people.list_teams, people.list_factors):
        with pytest.raises(NotAllowed):
            reader(NOBODY)
