"""Which tracker is talked to how."""

from __future__ import annotations

from integrations.github import GitHub
from integrations.jira import Jira
from integrations.linear import Linear
from integrations.tracker_talk import Dialect
from models.rules.tickets.places import GitHubPlace, JiraPlace, Place


def dialect_of(place: Place) -> Dialect:
    match place:
        case JiraPlace():
            return Jira(place)
        case GitHubPlace():
            return GitHub(place)
    return Linear(place)
