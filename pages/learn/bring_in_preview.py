"""What was understood of a file, before anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from models.rules.policy import Who
from models.rules.record import EventRecord, IncidentRecord, PostmortemRecord
from models.rules.times import zone_named
from models.rules.vocabulary import Clock, Precision, label
from pages.components.problems import escape
from pages.learn.bring_in_given import PASTED_SLOT
from services.bring_in import Preview

SHOWN = 200  # rows of a table at a time
LONGEST = 2_000  # characters of a cell; the whole text is kept


def counted(previews: Sequence[Preview]) -> str:
    """What is new, in words: `2 incidents with 44 events and 1 post-mortem`; "" for nothing."""
    incidents = [i for p in previews for i in p.incidents]
    postmortems = [w for p in previews for w in p.postmortems]
    events = sum(len(i.events) for i in incidents)
    inside = sum(len(w.events) for w in postmortems)
    parts = [_with_events(len(incidents), "incident", events)] if incidents else []
    parts += [_with_events(len(postmortems), "post-mortem", inside)] if postmortems else []
    return " and ".join(parts)


def _with_events(count: int, what: str, events: int) -> str:
    return f"{many(count, what)} with {many(events, 'event')}"


def many(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def show_preview(preview: Preview, person: Who, slot: str) -> None:
    """What was assumed, what could not be read, what is there already, and then what is new.
    `slot` tells the widgets of this file from those of the others."""
    show_assumed(preview)
    show_unread(preview, slot)
    show_known(preview)
    if preview.incidents:
        show_table("New incidents", preview.incidents, lambda i: incident_row(i, person), slot)
    if preview.postmortems:
        show_table("New post-mortems", preview.postmortems, postmortem_row, slot)
    whole = [*preview.incidents, *(i for p in preview.postmortems for i in p.incidents)]
    used = preview.reading.used if whole else ()
    if found := lines_in_order(whole, used):
        row_of = line_row(found, len(whole) > 1, person)
        show_table("What was understood of each line", found, row_of, slot)


def show_assumed(preview: Preview) -> None:
    if preview.reading.assumed:
        st.markdown(
            "**Not said in it, and assumed**\n"
            + "\n".join(f"- {escape(said)}" for said in preview.reading.assumed)
        )


def show_unread(preview: Preview, slot: str) -> None:
    unread = preview.reading.unread
    if unread:
        has_lines = any(u.line for u in unread)
        show_table(
            "Could not be used",
            unread,
            lambda u: (
                ({"Line": u.line} if has_lines else {})
                | {"Text": _cell(u.text), "Why": _cell(u.why)}
            ),
            slot,
        )
        again = "in the text above" if slot == PASTED_SLOT else "and choose the file again"
        st.caption(f"These are not brought in. Correct them {again}, or go on.")


def show_known(preview: Preview) -> None:
    if preview.duplicates:
        st.markdown(f"**Already there, and left as it is: {len(preview.duplicates):,}**")
        for known in preview.duplicates[:10]:
            st.page_link(
                "learn/workspace.py" if known.is_postmortem else "learn/incident.py",
                label=escape(known.title),
                icon=":material/link:",
                query_params={"id": known.id},
            )
        if len(preview.duplicates) > 10:
            st.caption(f"And {len(preview.duplicates) - 10:,} more.")
    for known in preview.joined:
        st.markdown(
            f"**{escape(known.title)}** is already there without a post-mortem. It gets the new "
            "one, and the events it lacks; nothing else in it changes."
        )
    if preview.repeated:
        titles = ", ".join(escape(title) for title in preview.repeated[:10])
        st.caption(f"Given twice and brought in once: {titles}")


def show_table(
    title: str, found: Sequence[Any], row_of: Callable[[Any], dict[str, Any]], slot: str
) -> None:
    """All of `found`, so many rows at a time."""
    heading = st.empty()
    page = 1
    if len(found) > SHOWN:
        pages = -(-len(found) // SHOWN)
        page = min(st.pagination(pages, key=f"bring_in:{slot}:page:{title}"), pages)
    first = (page - 1) * SHOWN
    rows = found[first : first + SHOWN]
    part = f"{first + 1:,} to {first + len(rows):,} of " if len(found) > SHOWN else ""
    heading.markdown(f"**{title}** ({part}{len(found):,})")
    st.dataframe(
        [row_of(each) for each in rows],
        hide_index=True,
        width="stretch",
        column_config={
            "Line": st.column_config.NumberColumn(width=50),
            "Time": st.column_config.TextColumn(width=150),
            "Title": st.column_config.TextColumn(width="large"),
            "Text": st.column_config.TextColumn(width="large"),
            "Why": st.column_config.TextColumn(width="medium"),
        },
    )


def incident_row(incident: IncidentRecord, person: Who) -> dict[str, Any]:
    zone = zone_named(person.zone)
    row: dict[str, Any] = {
        "Title": incident.title,
        "Severity": incident.severity or "",
        "Events": len(incident.events),
    }
    for clock in Clock:
        if known := incident.clocks.get(clock):
            mark = " (estimated)" if known.estimated else ""
            row[label(clock)] = f"{known.at.astimezone(zone):%Y-%m-%d %H:%M}{mark}"
    row["Services"] = ", ".join(incident.services)
    row["People"] = ", ".join(p.name for p in incident.participants)
    return row


def postmortem_row(postmortem: PostmortemRecord) -> dict[str, Any]:
    return {
        "Title": postmortem.title,
        "Severity": postmortem.severity or "",
        "Status": label(postmortem.status),
        "Owner": postmortem.owner,
        "Events": len(postmortem.events),
        "Impacts": len(postmortem.impacts),
        "Whys": sum(1 for root in postmortem.whys for _ in root.walk()),
        "Lessons": len(postmortem.lessons),
        "Actions": len(postmortem.actions),
        "People": ", ".join(p.name for p in postmortem.participants),
    }


Meant = tuple[int, IncidentRecord | None, EventRecord | str]


def lines_in_order(
    incidents: Sequence[IncidentRecord], used: Sequence[tuple[int, str]]
) -> list[Meant]:
    """What each line was understood as, in the order of the file: events, and the lines that say
    something else, like a title or the date of what follows."""
    found: list[Meant] = [
        (event.line or 0, incident, event) for incident in incidents for event in incident.events
    ]
    found += [(line, None, meant) for line, meant in used]
    return sorted(found, key=lambda each: each[0])


def line_row(
    found: Sequence[Meant], has_titles: bool, person: Who
) -> Callable[[Meant], dict[str, Any]]:
    has_lines = any(line for line, _, _ in found)

    def row_of(each: Meant) -> dict[str, Any]:
        line, incident, meant = each
        row: dict[str, Any] = {"Line": line or None} if has_lines else {}
        if isinstance(meant, EventRecord):
            row |= {
                "Time": time_of(meant, person),
                "Kind": "Noise" if meant.is_noise else label(meant.kind),
                "Text": _cell(meant.text),
                "Author": meant.author,
            }
        else:
            row |= {"Time": "", "Kind": "No event", "Text": f"Read as {meant}", "Author": ""}
        return row | ({"Incident": incident.title if incident else ""} if has_titles else {})

    return row_of


def time_of(event: EventRecord, person: Who) -> str:
    """The time as it was understood, in the person's zone: `2024-03-13 10:01`, `… 14:??`."""
    zone = zone_named(person.zone)
    forms = {
        Precision.SECOND: "%Y-%m-%d %H:%M:%S",
        Precision.MINUTE: "%Y-%m-%d %H:%M",
        Precision.HOUR: "%Y-%m-%d %H:??",
        Precision.DAY: "%Y-%m-%d",
    }
    text = event.at.astimezone(zone).strftime(forms[event.precision])
    return f"{text} to {event.until.astimezone(zone):%H:%M}" if event.until else text


def _cell(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
