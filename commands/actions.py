"""hotwash actions …: action items, for the planning of the next sprint."""

from __future__ import annotations

import click

from commands.shell import Hotwash, Line, Verb, acting, write_to
from models.rules.tickets.places import Tracker
from models.rules.vocabulary import ActionStatus, ActionType


@click.group("actions", cls=Hotwash)
def actions() -> None:
    """Work with action items."""


@actions.command("export", cls=Verb)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["csv", *(tracker.value for tracker in Tracker)]),
    default="csv",
    show_default=True,
    help="csv is for spreadsheets, the others for what imports them there.",
)
@click.option("--owner", type=Line(), default="", metavar="NAME", help="Of one owner.")
@click.option("--team", type=Line(), default="", metavar="NAME", help="Of the owners of a team.")
@click.option(
    "--status",
    "statuses",
    type=click.Choice([status.value for status in ActionStatus]),
    multiple=True,
    help="Of this status; may be given several times.",
)
@click.option(
    "--type",
    "types",
    type=click.Choice([kind.value for kind in ActionType]),
    multiple=True,
    help="Of this type; may be given several times.",
)
@click.option("--overdue", is_flag=True, help="Promised, and late.")
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    default="-",
    type=click.Path(allow_dash=True),
    help="Where to; - is standard output.",
)
def export_actions(
    format_name: str,
    owner: str,
    team: str,
    statuses: tuple[str, ...],
    types: tuple[str, ...],
    overdue: bool,
    output: str,
) -> None:
    """Write actions as CSV, all of them when nothing else is said."""
    from services.action_list import WantedActions
    from services.documents import export_actions as export

    wanted = WantedActions(
        owner=owner,
        team=team,
        overdue=overdue,
        statuses=tuple(map(ActionStatus, statuses)),
        types=tuple(map(ActionType, types)),
    )
    write_to(output, export(acting(), wanted, format_name).content)
