"""The settings of trackers: what cannot be meant is refused, and tokens stay where they are."""

from __future__ import annotations

import pytest

from models.rules.problems import ProblemForUser
from models.rules.tickets.places import (
    GitHubPlace,
    JiraPlace,
    LinearPlace,
    place_name,
    places_in,
    tracker_of,
)

JIRA = {
    "HOTWASH_JIRA_TOKEN": "t0ken",
    "HOTWASH_JIRA_URL": "https://example.atlassian.net/",
    "HOTWASH_JIRA_USER": "ada@example.com",
    "HOTWASH_JIRA_PROJECT": "OPS",
}
GITHUB = {"HOTWASH_GITHUB_TOKEN": "t0ken", "HOTWASH_GITHUB_REPOSITORY": "example/shop"}
LINEAR = {"HOTWASH_LINEAR_TOKEN": "t0ken", "HOTWASH_LINEAR_TEAM": "OPS"}


def test_nothing_said_is_no_tracker() -> None:
    assert places_in({}) == ()
    assert places_in({"HOTWASH_JIRA_PROJECT": "OPS"}) == ()


def test_each_tracker_is_known_by_its_token() -> None:
    places = places_in({**LINEAR, **JIRA, **GITHUB})
    assert places == (
        JiraPlace("https://example.atlassian.net", "ada@example.com", "OPS", "Task", "t0ken"),
        GitHubPlace("https://api.github.com", "example/shop", "t0ken"),
        LinearPlace("https://api.linear.app/graphql", "OPS", "t0ken"),
    )
    assert [tracker_of(place) for place in places] == ["jira", "github", "linear"]
    names = ["Jira, project OPS", "GitHub, example/shop", "Linear, team OPS"]
    assert [place_name(place) for place in places] == names
    assert "t0ken" not in repr(places)


@pytest.mark.parametrize(
    "wrong",
    [
        {**JIRA, "HOTWASH_JIRA_URL": ""},
        {**JIRA, "HOTWASH_JIRA_URL": "http://jira.example.com"},
        {**JIRA, "HOTWASH_JIRA_URL": "https://ada:pw@jira.example.com"},
        {**JIRA, "HOTWASH_JIRA_URL": "https://jira.example.com:port"},
        {**JIRA, "HOTWASH_JIRA_URL": "https://jira.example.com/a b"},
        {**JIRA, "HOTWASH_JIRA_USER": "ada:lovelace"},
        {**JIRA, "HOTWASH_JIRA_PROJECT": 'OPS" OR project != "'},
        {**JIRA, "HOTWASH_JIRA_TOKEN": "t0ken\nX-Other: 1"},
        {**GITHUB, "HOTWASH_GITHUB_REPOSITORY": "shop"},
        {**GITHUB, "HOTWASH_GITHUB_REPOSITORY": "example/.."},
        {**GITHUB, "HOTWASH_GITHUB_URL": "ftp://api.github.com"},
        {**LINEAR, "HOTWASH_LINEAR_TEAM": ""},
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(wrong: dict[str, str]) -> None:
    with pytest.raises(ProblemForUser, match="HOTWASH_") as problem:
        places_in(wrong)
    assert "t0ken" not in problem.value.message


def test_this_machine_may_be_reached_in_the_clear() -> None:
    [place] = places_in({**LINEAR, "HOTWASH_LINEAR_URL": "http://127.0.0.1:8080/graphql"})
    assert place.url == "http://127.0.0.1:8080/graphql"
