"""hotwash list and hotwash show: what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from commands.shell import (
    Line,
    Verb,
    acting,
    counted,
    json_option,
    plain,
    print_json,
    say,
    say_table,
)
from models.rules.policy import Who
from models.rules.times import moment_text, zone_named
from models.rules.vocabulary import label

if TYPE_CHECKING:
    from models.rules.exercise.hotwash import AfterActionFacts


@click.command("list", cls=Verb)
@click.argument("what", type=click.Choice(["incidents", "postmortems", "actions", "exercises"]))
@json_option
def list_things(what: str, as_json: bool) -> None:
    """List all incidents, post-mortems, actions or exercises."""
    who = acting()
    rows = {
        "incidents": _incidents,
        "postmortems": _postmortems,
        "actions": _actions,
        "exercises": _exercises,
    }[what](who)
    if as_json:
        print_json(rows)
        return
    columns = {
        "incidents": ("id", "severity", "began_at", "status", "title"),
        "postmortems": ("id", "severity", "status", "owner", "title"),
        "actions": ("id", "status", "due_on", "overdue", "owner", "title"),
        "exercises": ("id", "status", "created_at", "team", "opened_by", "title"),
    }[what]
    cells = [[_cell(row[column]) for column in columns] for row in rows]
    say_table([c.replace("_", " ") for c in columns], cells, none=f"There are no {what} yet.")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _incidents(who: Who) -> list[dict[str, Any]]:
    """`status` is that of the post-mortem, null where there is none; `lasted` in seconds."""
    from services.incidents import list_incidents

    rows = []
    for row in list_incidents(who, limit=None):
        known = plain(row)
        status = known.pop("postmortem_status")
        known["lasted"] = plain(row.lasted)
        rows.append({"id": known.pop("id"), "title": known.pop("title"), "status": status, **known})
    return rows


def _postmortems(who: Who) -> list[dict[str, Any]]:
    from services.postmortems import list_postmortems

    return [plain(row) for row in list_postmortems(who, limit=None)]


def _actions(who: Who) -> list[dict[str, Any]]:
    """`title` is what will be done."""
    from services.actions import list_actions

    rows = []
    for row in list_actions(who):
        known = plain(row)
        first = {"id": known.pop("id"), "title": known.pop("text"), "status": known.pop("status")}
        rows.append(first | known)
    return rows


def _exercises(who: Who) -> list[dict[str, Any]]:
    """`status` is how far it is: lobby, running, paused or ended."""
    from services.exercise_records import list_runs

    rows = []
    for row in list_runs(who):
        known = plain(row)
        first = {"id": known.pop("id"), "title": known.pop("title"), "status": known.pop("phase")}
        rows.append(first | known)
    return rows


@click.command(cls=Verb)
@click.argument("what", type=click.Choice(["incident", "postmortem", "exercise"]))
@click.argument("object_id", metavar="ID", type=Line())
@json_option
def show(what: str, object_id: str, as_json: bool) -> None:
    """Show one incident, post-mortem or exercise, whole."""
    showing = {
        "incident": _show_incident,
        "postmortem": _show_postmortem,
        "exercise": _show_exercise,
    }
    showing[what](acting(), object_id, as_json)


def _show_incident(who: Who, incident_id: str, as_json: bool) -> None:
    from services.incidents import get_incident

    view = get_incident(who, incident_id, with_files=as_json)
    record = view.record
    if as_json:
        related = {
            "postmortem_id": view.postmortem_id,
            "duplicate_of_id": view.duplicate_of[0] if view.duplicate_of else None,
            "part_of_id": view.part_of[0] if view.part_of else None,
            "severity_changes": plain(view.severity_changes),
        }
        print_json(plain(record) | related)
        return
    zone = zone_named(who.zone)
    say(record.title)
    severity = record.severity or "no severity yet"
    say(f"{label(record.kind)}, {severity}, times in {who.zone}")
    for clock, at in record.clocks.items():
        mark = " (estimated)" if at.estimated else ""
        say(f"{label(clock)}: {moment_text(at.at, zone)}{mark}")
    if record.summary:
        say()
        say(record.summary)
    say()
    rows = [(moment_text(e.at, zone), label(e.kind), e.author, e.text) for e in record.events]
    say_table(("time", "kind", "who", "what"), rows, none="Its timeline is empty.")


def _show_postmortem(who: Who, postmortem_id: str, as_json: bool) -> None:
    if as_json:
        from services.postmortems import get_postmortem

        print_json(plain(get_postmortem(who, postmortem_id)))
        return
    from services.documents import export_postmortem

    say(export_postmortem(who, postmortem_id, format="md").content.decode())


def _show_exercise(who: Who, run_id: str, as_json: bool) -> None:
    """One that has ended and that the person may look back at."""
    from commands.playing import say_score
    from services.exercise_records import get_facts

    facts = get_facts(who, run_id)
    if as_json:
        print_json({"id": run_id, **_exercise_as_plain(facts)})
        return
    record, zone = facts.record, zone_named(who.zone)
    say(record.title)
    began = moment_text(record.started_at, zone) if record.started_at else "not begun"
    how = "alone" if record.solo else facts.team or f"led by {facts.facilitator}"
    say(f"{how}, {began}, times in {who.zone}")
    for name, seat in record.people:
        say(f"{name}: {seat or 'no seat'}")
    ending = record.ending or f"ended early: {record.ended_early_because}"
    say(f"Ending: {ending}, after {counted(record.minutes, 'minute')} of the story.")
    say_score(record.score)
    say()
    rows = [(str(x.story // 60), x.group, x.who, x.text) for x in record.timeline]
    say_table(("minute", "kind", "who", "what"), rows, none="Nothing happened in it.")


def _exercise_as_plain(facts: AfterActionFacts) -> dict[str, Any]:
    """`path` are node ids, as `scenario play` has them; `notes` those that the person may read."""
    from commands.playing import score_as_plain

    record = facts.record
    known: dict[str, Any] = plain(record)
    known["hash"] = known.pop("content_hash")
    for drawn in ("trace", "formula", "summary", "questions"):
        del known[drawn]
    return {
        **known,
        "people": [{"name": name, "seat": seat} for name, seat in record.people],
        "path": [node for node, _ in record.path],
        "score": score_as_plain(record.score),
        "team": facts.team,
        "facilitator": facts.facilitator,
        "debrief": plain(facts.notes),
        "improvements": plain(facts.improvements),
    }
