"""The trackers that the settings name: where tickets go, and what opens the door."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from models.rules.problems import ProblemForUser

_LOCAL = ("127.0.0.1", "localhost", "::1")
_PROJECT = re.compile(r"[A-Z][A-Z0-9_]{0,99}")
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_TEAM = re.compile(r"[A-Z0-9]{1,10}")


class Tracker(StrEnum):
    JIRA = "jira"
    GITHUB = "github"
    LINEAR = "linear"


TRACKER_NAMES = {Tracker.JIRA: "Jira", Tracker.GITHUB: "GitHub", Tracker.LINEAR: "Linear"}


@dataclass(frozen=True)
class JiraPlace:
    """A project of Jira Cloud. `user` is the e-mail address that the token belongs to."""

    url: str
    user: str
    project: str
    issue_type: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class GitHubPlace:
    """A repository, `owner/name`; `url` is that of the API."""

    url: str
    repository: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class LinearPlace:
    """A team by the key that its issues begin with; `url` is that of the API."""

    url: str
    team: str
    token: str = field(repr=False)


Place = JiraPlace | GitHubPlace | LinearPlace


def tracker_of(place: Place) -> Tracker:
    match place:
        case JiraPlace():
            return Tracker.JIRA
        case GitHubPlace():
            return Tracker.GITHUB
    return Tracker.LINEAR


def place_name(place: Place) -> str:
    """Where tickets go, for a person: “Jira, project OPS”."""
    match place:
        case JiraPlace():
            return f"Jira, project {place.project}"
        case GitHubPlace():
            return f"GitHub, {place.repository}"
    return f"Linear, team {place.team}"


def places_in(environment: Mapping[str, str]) -> tuple[Place, ...]:
    """The trackers that HOTWASH_JIRA_…, HOTWASH_GITHUB_… and HOTWASH_LINEAR_… describe; one
    without a token is not there. Raises ProblemForUser for what cannot be meant."""
    say = {name: value.strip() for name, value in environment.items() if _is_ours(name)}
    found: list[Place] = []
    if token := _token(say, "JIRA"):
        found.append(
            JiraPlace(
                url=_address(say, "JIRA", ""),
                user=_fitting(say, "JIRA_USER", re.compile(r"[!-9;-~]+"), "ada@example.com"),
                project=_fitting(say, "JIRA_PROJECT", _PROJECT, "OPS"),
                issue_type=say.get("HOTWASH_JIRA_ISSUE_TYPE") or "Task",
                token=token,
            )
        )
    if token := _token(say, "GITHUB"):
        repository = _fitting(say, "GITHUB_REPOSITORY", _REPOSITORY, "example/shop")
        found.append(
            GitHubPlace(_address(say, "GITHUB", "https://api.github.com"), repository, token)
        )
    if token := _token(say, "LINEAR"):
        team = _fitting(say, "LINEAR_TEAM", _TEAM, "OPS")
        url = _address(say, "LINEAR", "https://api.linear.app/graphql")
        found.append(LinearPlace(url, team, token))
    return tuple(found)


def _is_ours(name: str) -> bool:
    return name.startswith(tuple(f"HOTWASH_{tracker.name}_" for tracker in Tracker))


def _token(say: Mapping[str, str], tracker: str) -> str:
    """It goes into a header, so it is of letters that a header takes."""
    token = say.get(f"HOTWASH_{tracker}_TOKEN", "")
    if token and not re.fullmatch(r"[!-~]+", token):
        raise ProblemForUser(
            f"HOTWASH_{tracker}_TOKEN has spaces or letters in it that no token has."
        )
    return token


def _fitting(say: Mapping[str, str], name: str, form: re.Pattern[str], example: str) -> str:
    value = say.get(f"HOTWASH_{name}", "")
    if not form.fullmatch(value) or value.endswith(("/.", "/..")):
        raise ProblemForUser(f"HOTWASH_{name} is “{value}”. Write it like {example}.")
    return value


def _address(say: Mapping[str, str], tracker: str, usual: str) -> str:
    """The token goes there, so never in the clear, but to this machine itself."""
    name = f"HOTWASH_{tracker}_URL"
    url = (say.get(name) or usual).rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        host = ""
    if not host or not re.fullmatch(r"[!-~]+", url) or "@" in parts.netloc:
        raise ProblemForUser(f"{name} is “{url}”. Write it like {usual or _EXAMPLE}.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _LOCAL):
        raise ProblemForUser(
            f"{name} must begin with https://: the token would go there in the clear."
        )
    return url


_EXAMPLE = "https://example.atlassian.net"
