"""Existing post-mortems written in Markdown. What stands under a heading that is known becomes
the record it means; everything else is kept in the summary, under its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from integrations.decoding import beginning, decode
from integrations.markdown_actions import actions_of
from integrations.markdown_blocks import (
    Numbered,
    Section,
    blocks_of,
    physical_lines,
    sections_of,
    unescaped,
    without_comments,
    without_links,
)
from integrations.markdown_facts import (
    Facts,
    clocks_of_lengths,
    front_matter,
    moment_stated,
    person_stated,
    services_stated,
    severity_stated,
    stated_clocks,
    take_lines,
    take_matter,
    unused_facts,
    zone_stated,
)
from integrations.markdown_finished import clocks_of_day, last_moment, published_as
from integrations.markdown_headings import LESSON_KINDS, Part, part_of
from integrations.markdown_own import Own, linked, past_of, take_own
from integrations.markdown_parts import (
    factors_of,
    impacts_of,
    is_empty,
    lessons_of,
    named_people,
    people_of,
    whys_of,
)
from models.rules.problems import BadFile, ProblemForUser
from models.rules.record import (
    ActionRecord,
    ClockTime,
    EventRecord,
    ImpactRecord,
    IncidentRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    Reading,
    ReadOptions,
    UnreadLine,
    WhyRecord,
)
from models.rules.text import LINE, PARAGRAPH, clean
from models.rules.timeline import Known, TimelineReading, read_timeline
from models.rules.timeline.dates import find_date, whole_day_in
from models.rules.timeline.facts import clocks_from, severity_in
from models.rules.timeline.stamps import read_stamp
from models.rules.timeline.whole_text import check_length, fingerprint, shortened
from models.rules.timeline.zones import zone_in_statement
from models.rules.vocabulary import Clock, LessonKind, PostmortemStatus, Source, words

_LOOKED_AT = 65_536  # bytes
_LONGEST_NAME = 80


def recognises(data: bytes, name: str) -> bool:
    """Whether it has a front matter, or headings of which one is of a post-mortem. Never
    raises."""
    head = beginning(data, _LOOKED_AT)
    matter, rest = front_matter(physical_lines(head))
    known = sum(_has_part(s.heading) for s in sections_of(rest, _has_part, lambda _: False))
    is_named = name.lower().endswith((".md", ".markdown"))
    return known >= 2 or bool(known and (matter or is_named)) or bool(matter and is_named)


def read(data: bytes, options: ReadOptions) -> Reading:
    """The post-mortem with its one incident. Raises BadFile for what is no text, or says
    nothing."""
    text = decode(data)
    check_length(text)
    try:
        return _Document(text, options).reading()
    except ProblemForUser as problem:
        if isinstance(problem, BadFile):
            raise
        raise BadFile(problem.message) from None


@dataclass
class _Found:
    """What the sections hold."""

    summary: list[tuple[int, str]] = field(default_factory=list)  # line, block
    timelines: list[TimelineReading] = field(default_factory=list)
    impacts: list[ImpactRecord] = field(default_factory=list)
    whys: list[WhyRecord] = field(default_factory=list)
    factors: list[str] = field(default_factory=list)
    lessons: list[LessonRecord] = field(default_factory=list)
    actions: list[ActionRecord] = field(default_factory=list)
    people: list[ParticipantRecord] = field(default_factory=list)


class _Document:
    def __init__(self, text: str, options: ReadOptions) -> None:
        self._text = text
        self._options = options
        self._facts = Facts()
        self._found = _Found()
        self._own = Own()
        self._unread: list[UnreadLine] = []
        self._assumed: list[str] = []
        matter, rest = front_matter(physical_lines(text))
        if matter:
            take_matter(self._facts, matter)
        self._lines, comments = without_comments(rest)
        self._unread += [_unread(n, raw, "A comment of the document.") for n, raw in comments]
        self._lines, self._links = without_links(self._lines)
        self._sections = sections_of(self._lines, _has_part, _begins_section)
        self._title = self._take_title()

    def reading(self) -> Reading:
        if self._facts.others:
            self._keep(1, "", self._facts.others)
        timelines = self._timelines()
        for section in self._sections:
            if section in timelines:
                continue
            try:
                self._take(section)
            except ProblemForUser as problem:
                self._refuse(section, problem.message)
        if self._links:
            self._keep(self._links[0][0], "", self._links)
        known = self._known()
        for section in timelines:
            self._read_timeline(section, known)
        self._unread += unused_facts(self._facts)
        read = tuple(e for reading in self._found.timelines for e in reading.events)
        events, self._found.whys = linked(read, self._found.whys)
        if not events and not any(vars(self._found).values()):
            raise BadFile("The document says nothing that a post-mortem could hold.")
        postmortem = self._postmortem(events)
        for reading in self._found.timelines:
            self._unread += reading.unread
            self._assumed += reading.assumed
        return Reading(
            Source.MARKDOWN,
            postmortems=(postmortem,),
            unread=tuple(sorted(self._unread, key=lambda u: u.line or 0)),
            assumed=tuple(dict.fromkeys(self._assumed)),
            used=tuple(sorted(u for reading in self._found.timelines for u in reading.used)),
        )

    def _take_title(self) -> str:
        """The first heading that names no part; else the front matter's title; else the name of
        the file."""
        stated = self._facts.first("title")
        headings = [s for s in self._sections if s.level in (1, 2) and part_of(s.heading) is None]
        first = headings[0] if headings else None
        if first and first is next(s for s in self._sections if s.level):
            for section in self._sections:
                if section.heading == first.heading:
                    section.level = 0  # below the title is the beginning of the document
            if stated and stated != first.heading:
                self._found.summary.append((first.line, first.heading))
            stated = stated or first.heading
        stem = re.sub(
            r"\.(?:md|markdown|txt)$", "", self._options.name.replace("\\", "/").split("/")[-1]
        )
        title = clean(stated or stem.strip("- ") or "Post-mortem", limit=len(self._text) + LINE)
        title = re.sub(r"\*\*|`", "", title)
        title = re.sub(r"^(?:post-?mortem|incident report)\s*[:–—-]\s*", "", title, flags=re.I)
        if len(title) > LINE:
            self._found.summary.append((1, title))
        return shortened(" ".join(title.split()), LINE)

    def _timelines(self) -> list[Section]:
        """The sections that hold the timeline; where no heading says so, the first one with at
        least two lines that begin with a time."""
        named = [s for s in self._sections if part_of(s.heading) is Part.TIMELINE]
        if named:
            return named
        for section in self._sections:
            if part_of(section.heading) in (None, Part.SUMMARY):
                stamps = (read_stamp(raw.strip().lstrip("| ")) for _, raw in section.lines)
                if sum(s is not None and s.clock is not None for s in stamps) >= 2:
                    return [section]
        return []

    def _known(self) -> Known:
        """The zone and the day that the document states outside its timeline."""
        statements = (zone_in_statement(raw.strip()) for _, raw in self._lines if len(raw) < 200)
        zone = next((z[0] for z in statements if z), "") or zone_stated(self._facts)
        summary = "\n".join(text for _, text in self._found.summary)
        places = (
            (self._facts.first("date"), "the head of the document"),
            (self._title, "the title"),
            (self._options.name, "the name of the file"),
            *((value, "the head of the document") for _, _, value in self._facts.clocks),
            (summary, "the summary"),
        )
        for text, where in places:
            if day := whole_day_in(text):
                return Known(zone, day, where)
        return Known(zone)

    def _read_timeline(self, section: Section, known: Known) -> None:
        if not section.lines:
            return
        text = "\n".join(raw for _, raw in section.lines).replace("\\<http", "<http")
        if zone := zone_in_statement(section.heading):
            known = replace(known, zone=zone[0])
        if words := find_date(section.heading):
            day = whole_day_in(words.shown)
            known = replace(known, day=day, day_from="the heading") if day else known
        first = section.lines[0][0]
        self._found.timelines.append(
            read_timeline(
                text, self._options, source=Source.MARKDOWN, first_line=first, known=known
            )
        )

    def _take(self, section: Section) -> None:
        part = part_of(section.heading)
        if section.level == 0:
            self._take_facts(section, "")
            return
        if part is Part.STATS:
            section.lines = take_own(self._own, section.lines)
            self._unread += self._own.unread
            self._take_facts(section, section.heading)
            return
        if past := past_of(section.heading, section.lines):
            self._unread += past
            return
        blocks = list(blocks_of(section.lines))
        if part is Part.IMPACT:
            self._found.impacts += impacts_of(blocks)
        elif part in (Part.FACTORS, Part.WHYS):
            is_chain = "why" in section.heading.lower()
            factors, blocks = factors_of(blocks)
            self._found.factors += factors
            self._found.whys += whys_of(blocks, is_chain=is_chain)
        elif part in LESSON_KINDS:
            self._found.lessons += lessons_of(blocks, LESSON_KINDS[part])
            if part is Part.LESSONS and blocks:
                kind = words(LessonKind.SURPRISED)
                self._assumed.append(f"Lessons without a heading of their own came in as “{kind}”.")
        elif part is Part.ACTIONS:
            self._found.actions += actions_of(blocks)
        elif part is Part.PEOPLE and all(len(raw) <= 2 * LINE for _, raw in section.lines):
            role = "author" if section.heading.lower().startswith("author") else ""
            self._take_people(people_of(blocks, role), section)
        else:
            heading = "" if part is Part.SUMMARY else section.heading
            self._keep(section.line, heading, section.lines)

    def _take_facts(self, section: Section, heading: str) -> None:
        """Facts line by line; what is none is kept in the summary."""
        rest = [line for line in take_lines(self._facts, section.lines) if not is_empty(line[1])]
        if any(re.search(r"\w", raw) for _, raw in rest):
            self._keep(section.line, heading, rest)

    def _take_people(self, people: list[ParticipantRecord], section: Section) -> None:
        if any(len(person.name) > _LONGEST_NAME for person in people):
            self._keep(section.line, section.heading, section.lines)
        else:
            self._found.people += people

    def _keep(self, line: int, heading: str, lines: Sequence[Numbered]) -> None:
        """Text that has no other place goes to the summary, under its heading."""
        body = "\n".join(raw.rstrip() for _, raw in lines).strip("\n")
        text = clean(unescaped(body), limit=len(body) * 4 + 1)
        if text:
            self._found.summary.append(
                (line, f"**{heading}**\n\n{text}".strip() if heading else text)
            )

    def _refuse(self, section: Section, why: str) -> None:
        self._unread += [
            _unread(n, raw, why)
            for n, raw in [(section.line, section.heading), *section.lines]
            if raw.strip()
        ]

    def _summary(self) -> str:
        """The blocks that belong to the summary, as far as a field holds them."""
        kept: list[str] = []
        size = 0
        for line, text in self._found.summary:
            size += len(text) + 2
            if size <= PARAGRAPH:
                kept.append(text)
                continue
            size -= len(text) + 2
            why = f"The summary is full: {PARAGRAPH:,} characters fit."
            self._unread.append(_unread(line, text, why))
        return clean("\n\n".join(kept))

    def _postmortem(self, events: tuple[EventRecord, ...]) -> PostmortemRecord:
        summary = self._summary()
        people = self._participants()
        key = f"markdown:{fingerprint(self._text)}"
        meeting = moment_stated(self._facts, "meeting", self._options, self._known())
        clocks = self._clocks(events)
        if not events and not clocks:
            clocks, said = clocks_of_day(self._known(), self._options)
            self._assumed += said
        last = last_moment(events, clocks, meeting)
        publication, said = published_as(self._facts, self._options, last)
        self._assumed += said
        incident = IncidentRecord(
            title=self._title,
            kind=self._own.kind,
            severity_path=tuple(self._own.path),
            source_url=self._own.link,
            severity=severity_stated(self._facts) or severity_in(self._title),
            clocks=clocks,
            services=services_stated(self._facts),
            participants=people,
            events=events,
            source=Source.MARKDOWN,
            source_key=key,
        )
        return PostmortemRecord(
            title=self._title,
            status=PostmortemStatus.PUBLISHED if publication else PostmortemStatus.DRAFT,
            publication=publication,
            owner=person_stated(self._facts, "owner"),
            facilitator=person_stated(self._facts, "facilitator"),
            participants=people,
            meeting_at=meeting,
            summary=summary,
            incidents=(incident,),
            impacts=tuple(self._found.impacts),
            whys=tuple(self._found.whys),
            factors=self._factors(),
            lessons=tuple(self._found.lessons),
            actions=tuple(self._found.actions),
            source_key=key,
        )

    def _factors(self) -> tuple[str, ...]:
        """The factors of the whole that stand on no why."""
        on_whys = {f for root in self._found.whys for _, why in root.walk() for f in why.factors}
        return tuple(dict.fromkeys(f for f in self._found.factors if f not in on_whys))

    def _participants(self) -> tuple[ParticipantRecord, ...]:
        people = list(self._found.people)
        for key, role in (("people", ""), ("commander", "commander"), ("owner", "author")):
            for _, value in self._facts.values.get(key, []):
                people += named_people(value, role)
        unique: dict[str, ParticipantRecord] = {}
        for person in people:
            unique.setdefault(person.name.lower(), person)
        return tuple(unique.values())

    def _clocks(self, events: tuple[EventRecord, ...]) -> dict[Clock, ClockTime]:
        stated: dict[Clock, ClockTime] = {}
        for reading in self._found.timelines:
            stated.update(reading.stated)
        heads, unread, assumed = stated_clocks(self._facts, self._options, self._known())
        self._unread += unread
        self._assumed += assumed
        stated.update({c: t for c, t in heads.items() if c not in stated})
        fitted = clocks_of_lengths(events, self._facts.lengths)
        missing = [clock for clock in self._facts.lengths if clock not in stated]
        if missing and not fitted:
            shown = ", ".join(words(clock) for clock in missing)
            self._assumed.append(
                f"The stated lengths of time ({shown}) fit no events of the timeline: "
                "the clocks are left to you."
            )
        if missing and fitted:
            self._assumed.append("Clocks are estimated from the stated lengths of time.")
        return clocks_from(events, {**fitted, **stated})


def _has_part(heading: str) -> bool:
    return part_of(heading) is not None


def _begins_section(label: str) -> bool:
    """People are named in one line; other parts may go on below their label."""
    return part_of(label) not in (None, Part.PEOPLE, Part.STATS)


def _unread(line: int, text: str, why: str) -> UnreadLine:
    return UnreadLine(line, clean(text, limit=4 * len(text) + 1), why)
