"""hotwash scenario …: what authors of exercises use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.shell import Hotwash, Verb, counted, json_option, plain, print_json, read_input, say
from models.rules.policy import NOBODY

if TYPE_CHECKING:
    from models.rules.scenario.findings import Finding, Report


@click.group("scenario", cls=Hotwash)
def scenario() -> None:
    """Work on tabletop scenarios."""


@scenario.command("check", cls=Verb)
@click.argument("files", metavar="FILE…", nargs=-1, required=True)
@json_option
@click.pass_context
def check(ctx: click.Context, files: tuple[str, ...], as_json: bool) -> None:
    """Find everything that is wrong with scenario files.

    Exit status 1 when there are errors, 0 when there are none or only warnings. No database is
    needed.
    """
    from services.scenario_library import check_text

    reports = {file: check_text(NOBODY, read_input(file)) for file in files}
    if as_json:
        print_json([_as_plain(file, report) for file, report in reports.items()])
    else:
        for file, report in reports.items():
            _say_report(file, report)
    if any(report.errors for report in reports.values()):
        ctx.exit(1)


def _as_plain(file: str, report: Report) -> dict[str, Any]:
    return {
        "file": file,
        "id": report.scenario.id if report.scenario else None,
        "errors": report.errors,
        "warnings": report.warnings,
        "findings": [plain(finding) for finding in report.findings],
        "explored": plain(report.explored),
    }


def _say_report(file: str, report: Report) -> None:
    for finding in report.findings:
        _say_finding(file, finding)
    explored = report.explored
    if explored is None:
        say(f"{file}: not played, because of the errors above.")
        return
    extent = "Not all was played: only the first" if explored.partial else "All"
    say(
        f"{file}: {counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}. "
        f"{extent} {counted(explored.states, 'state')}, "
        f"endings {', '.join(explored.endings) or 'none'}; longest "
        f"{counted(explored.longest_min, 'story minute')}, "
        f"{explored.longest_table_min:,} at the table."
    )


def _say_finding(file: str, finding: Finding) -> None:
    say(f"{file}:{finding.line or 1}: {finding.code} {finding.place}: {finding.message} "
        f"({finding.fix})")  # fmt: skip
    if finding.reproduce:
        say(f"    by way of {'; '.join(finding.reproduce)}")
