"""The seven clocks of an incident, and the durations between them with their definitions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from models.rules.clocks import MEANING, Duration, contradiction, durations, order_problems
from models.rules.policy import Who
from models.rules.record import ClockTime, IncidentRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Clock, label, words
from pages.components.fields import check_field, moment_field
from pages.components.words import how_long
from services.incidents import save_clock


def show(incident: IncidentRecord, me: Who, frozen: bool, heading: str = "###") -> None:
    """Fields for the times, contradictions between them, and what follows from them; `heading` is
    the level at which the page is, in Markdown."""
    st.markdown(f"{heading} Clocks")
    known = [c.at for c in incident.clocks.values()] or [e.at for e in incident.events]
    day = min(known).astimezone(zone_named(me.zone)).date() if known else None
    with st.grid(4, min_column_width=180):
        for clock in Clock:
            with st.container(gap="xxsmall"):
                show_clock(incident, clock, day, me, frozen)
    if problems := order_problems(incident.clocks, zone_named(me.zone)):
        st.warning("  \n".join(problems), icon=":material/swap_vert:")
    show_durations(incident, me)


def show_clock(
    incident: IncidentRecord, clock: Clock, day: date | None, me: Who, frozen: bool
) -> None:
    saved = incident.clocks.get(clock)
    estimated = saved is not None and saved.estimated

    def save_time(now: datetime | None, was: datetime | None) -> None:
        save_clock(me, incident.id, clock, _time(now, estimated), _time(was, estimated))

    def save_mark(now: bool, was: bool) -> None:
        if saved is not None:
            save_clock(
                me,
                incident.id,
                clock,
                replace(saved, estimated=now),
                replace(saved, estimated=was),
            )

    moment_field(
        label(clock),
        key=f"{incident.id}:{clock}",
        saved=saved.at if saved else None,
        save=save_time,
        zone=me.zone,
        day=day,
        help=f"{MEANING[clock][:1].upper()}{MEANING[clock][1:]}. In {me.zone}; another zone can "
        "follow the time.",
        disabled=frozen,
    )
    check_field(
        "estimated",
        key=f"{incident.id}:{clock}:estimated",
        saved=estimated,
        save=save_mark,
        help="Inferred, not measured.",
        disabled=frozen or saved is None,
    )


def _time(at: datetime | None, estimated: bool) -> ClockTime | None:
    return ClockTime(at, estimated) if at else None


def show_durations(incident: IncidentRecord, me: Who) -> None:
    """Every duration that the known clocks allow, each with what it is measured between."""
    found = durations(incident.clocks)
    if not found:
        st.caption("Durations appear here as soon as two of the clocks are known.")
        return
    with st.grid(3, min_column_width=220, gap="small"):
        for duration in found:
            name = duration.measure.name
            aim = duration.measure.aim(incident.severity)
            aim = f" (aim for {incident.severity}: {aim})" if aim else ""
            length = None if duration.contradicts else duration.length
            st.markdown(
                f"**{how_long(length)}** {name[:1].lower()}{name[1:]}  \n"
                f":small[:gray[{definition(duration, me)}{aim}]]"
            )


def definition(duration: Duration, me: Who) -> str:
    """What it is measured between; of contradicting times, those in place of a length."""
    measure = duration.measure
    if duration.contradicts:
        return contradiction(
            words(measure.start),
            duration.start,
            words(measure.end),
            duration.end,
            zone_named(me.zone),
        )
    return f"{measure.definition}{', estimated' if duration.estimated else ''}"
