"""Pieces of the published page, each one element however long: 200 events stay fast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import streamlit as st

from models.rules.free_texts import numbered
from models.rules.policy import Who
from models.rules.record import EventRecord, ImpactRecord, LessonRecord, PostmortemRecord, WhyRecord
from models.rules.times import zone_named
from models.rules.vocabulary import LessonKind, label, role_words
from pages.components.address import is_web
from pages.components.pictures import is_phone
from pages.components.problems import escape
from pages.components.prose import safe_markdown, show_prose
from pages.components.words import when
from reports import contents
from reports.facts import DocumentFacts
from reports.phrasing import event_time
from services.timeline import EvidenceRow

EVENTS = 300  # on one page of the timeline
ABOUT = ("Services", "Commander", "Owner", "Facilitator")
PICTURES = ("image/png", "image/jpeg")


def heading(words: str) -> None:
    st.header(words, anchor=False, divider="gray")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; cells are Markdown of one line already."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def show_facts(pairs: Sequence[tuple[str, str]]) -> None:
    """Name and value, in as many columns as the screen has room for: times first, then whom and
    what it is about. (On paper they stand side by side.)"""
    about = [pair for pair in pairs if pair[0] in ABOUT]
    for group in ([pair for pair in pairs if pair not in about], about):
        with st.grid(4, min_column_width=170, gap="small"):
            for name, value in group:
                st.markdown(f":small[:gray[{escape(name)}]]  \n{escape(value)}")


def show_missing(record: PostmortemRecord) -> None:
    """Which parts nobody wrote: a short record is not a small incident."""
    parts = {
        "a summary": record.summary,
        "the impact": record.impacts,
        "a timeline": record.events,
        "why it happened": record.whys,
        "lessons": record.lessons,
    }
    missing = [name for name, part in parts.items() if not part]
    if missing:
        st.caption(f":material/info: Not written in this revision: {', '.join(missing)}.")


def show_impacts(impacts: Sequence[ImpactRecord]) -> None:
    for impact in impacts:
        estimated = " :gray-badge[estimated]" if impact.estimated else ""
        with st.container(gap=None):
            st.markdown(f"**{label(impact.kind)}**{estimated}")
            show_prose(impact.text)


def show_timeline(facts: DocumentFacts, files: Sequence[EvidenceRow]) -> None:
    """One table a day, with the evidence of each event in its row."""
    events = facts.postmortem.events
    if not events:
        st.caption("No events were recorded.")
        return
    page = 1
    if len(events) > EVENTS:
        page = st.pagination(-(-len(events) // EVENTS), key=f"{facts.postmortem.id}:timeline_page")
    kept: dict[tuple[str, str], list[str]] = defaultdict(list)
    for file in reversed(files):
        kept[file.event_id, file.title].append(file.id)
    head: tuple[str, ...] = (contents.zone_heading(facts), "What happened", "Who")
    narrow = is_phone()
    for day in contents.timeline(events[(page - 1) * EVENTS : page * EVENTS], facts.zone):
        rows = []
        for row in day.rows:
            words = escape(row.text) + (evidence(row.event, kept) if row.event else "")
            author = escape(row.event.author) if row.event else ""
            if narrow:  # on a phone a third column would take the room of the words
                rows.append((row.time, f"{words} :small[:gray[{author}]]" if author else words))
            else:
                rows.append((row.time, words, author))
        st.markdown(f"**{day.day}**\n\n{table(head[: 2 if narrow else 3], rows)}")
        show_noise([event for row in day.rows for event in row.hidden], facts)


def show_noise(noise: Sequence[EventRecord], facts: DocumentFacts) -> None:
    """Automatic lines are folded away, not lost."""
    if noise:
        with st.expander("Automatic lines of this day"):
            local = zone_named(facts.zone)
            st.markdown("\n".join(f"- {event_time(e, local)} {escape(e.text)}" for e in noise))


def evidence(event: EventRecord, kept: dict[tuple[str, str], list[str]]) -> str:
    """Links to what shows the event in this revision; pictures open in the browser, files are
    saved. Only named are a link that does not lead to the web, and a file that was taken away
    since: it stands in the documents of this revision. `kept` are the ids of the files there are
    now, by event and title."""
    links = []
    for proof in event.evidence:
        title = escape(proof.title or "Evidence")
        if proof.media_type:
            icon = "image" if proof.media_type in PICTURES else "attach_file"
            ids = kept.get((event.id, proof.title))
            name = f"[{title}](</evidence/{ids.pop()}>)" if ids else f"{title} (taken away since)"
            links.append(f":material/{icon}: {name}")
        elif is_web(proof.url):
            links.append(f":material/link: [{title}](<{proof.url}>)")
        else:
            links.append(title)
    return f" :small[{' '.join(links)}]" if links else ""


def whys_as_list(whys: tuple[WhyRecord, ...]) -> str:
    """The tree as a numbered outline, for reading aloud and for searching in the page."""
    lines = []
    for number, why in numbered(whys):
        factors = f" ({escape(', '.join(why.factors))})" if why.factors else ""
        lines.append(f"{'  ' * number.count('.')}- {number}: {escape(why.text)}{factors}")
    return "\n".join(lines)


def show_lessons(lessons: Sequence[LessonRecord]) -> None:
    for kind in LessonKind:
        texts = [lesson.text for lesson in lessons if lesson.kind is kind]
        if texts:
            items = [safe_markdown(text).replace("\n", "\n  ") for text in texts]
            st.markdown(f"**{label(kind)}**\n\n" + "\n".join(f"- {item}" for item in items))


def show_actions(facts: DocumentFacts) -> None:
    """What was promised, and how far it is today."""
    record = facts.postmortem
    st.caption(f"{escape(contents.action_standing(facts))} {contents.as_of(facts)}")
    if not record.actions:
        return
    rows = [
        (
            escape(row.action.text) + "".join(f" :small[:gray[{escape(n)}]]" for n in row.notes),
            escape(row.action.owner) or "–",
            row.due.replace(" ", "\u00a0"),
            label(row.action.type),
            f"**{row.status}**" if row.overdue else row.status,
        )
        for row in contents.action_rows(facts)
    ]
    if is_phone():
        st.markdown("\n".join(f"- {text}  \n  {' · '.join(rest)}" for text, *rest in rows))
    else:
        st.markdown(table(("Action", "Owner", "Due", "Type", "Status"), rows))


def show_people(facts: DocumentFacts, me: Who) -> None:
    """Participants with their roles, and sign-offs with their comments."""
    people = contents.participants(facts)
    if people:
        st.markdown(", ".join(f"{escape(p.name)} ({escape(role_words(p.role))})" for p in people))
    for review in facts.postmortem.reviews:
        if review.signed_at:
            before = ", before the last changes" if review.stale else ""
            signed = f"signed off on {when(review.signed_at, me.zone)}{before}"
            st.markdown(f":material/verified: {escape(review.name)} {signed}")
            show_prose(review.comment)
