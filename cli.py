"""The `hotwash` command: what the pages do, for scripts.

Exit status: 0 when it did its work, 1 with one line on standard error when it could not, 2 for
wrong usage. With --json nothing but JSON goes to standard output; docs/command-line.md has the
shapes. A verb imports the services it needs when it runs, so that each starts fast.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO, cast

import click

from commands.actions import actions
from commands.bringing_in import import_file
from commands.handing_out import export, wording
from commands.looking import list_things, show
from commands.metrics import metrics
from commands.playing import play
from commands.scenarios import scenario
from commands.searching import search
from commands.shell import Hotwash, acting, as_option, counted, say, say_version


@click.group(
    cls=Hotwash,
    params=[as_option()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=say_version,
    help="Say which version this is.",
)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Learn from incidents: bring them in, look at them, hand out what was learned.

    Settings are HOTWASH_… variables of the environment, HOTWASH_DATABASE_URL first. Every
    command makes the database when it is not there, and brings it up to date.
    """
    if ctx.invoked_subcommand != "serve":  # the server keeps a log; a command says one line
        logging.getLogger().addHandler(logging.NullHandler())
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a letter the terminal lacks is no reason to stop
            cast(TextIO, stream).reconfigure(errors="replace")  # type: ignore[attr-defined]


@main.command()
def serve() -> None:
    """Serve the pages, until stopped."""
    from app import main as serve_pages

    serve_pages()


@main.command()
def migrate() -> None:
    """Make the database, or bring it up to date."""
    acting()
    say("The database is up to date.")


@main.command()
def seed() -> None:
    """Load the worked example: incidents in different stages."""
    from services.sample_data import load_example

    added = load_example(acting())
    say(f"Added {counted(added, 'incident')}." if added else "The example is there already.")


for verb in (import_file, list_things, show, export, wording, scenario, search, metrics, actions):
    main.add_command(verb)
scenario.add_command(play)

if __name__ == "__main__":
    main(prog_name="hotwash")
