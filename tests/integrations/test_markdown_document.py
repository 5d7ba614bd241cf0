"""Post-mortems that were written in Markdown, in the shapes that people use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations import markdown_document
from models.rules.problems import BadFile
from models.rules.record import IncidentRecord, PostmortemRecord, Reading, ReadOptions
from models.rules.vocabulary import (
    ActionStatus,
    ActionType,
    Clock,
    EventKind,
    ImpactKind,
    LessonKind,
    PostmortemStatus,
    Precision,
    Severity,
    Source,
)
from reports.postmortem_markdown import to_markdown
from tests.reports import sample

SHAPES = Path(__file__).parents[1] / "fixtures" / "markdown"
SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples" / "postmortems_markdown"
NOW = datetime(2024, 3, 20, 12, 0, tzinfo=UTC)


def read(text: str, name: str = "") -> Reading:
    return markdown_document.read(text.encode(), ReadOptions(now=NOW, name=name))


def shape(name: str) -> tuple[Reading, PostmortemRecord, IncidentRecord]:
    data = (SHAPES / f"{name}.md").read_bytes()
    assert markdown_document.recognises(data, "")
    reading = markdown_document.read(data, ReadOptions(now=NOW, name=f"{name}.md"))
    postmortem = reading.postmortems[0]
    return reading, postmortem, postmortem.incidents[0]


def times(incident: IncidentRecord) -> list[str]:
    return [f"{e.at:%d %H:%M}" for e in incident.events]


def test_a_document_with_bold_labels_before_its_sections() -> None:
    reading, postmortem, incident = shape("labels_before_sections")
    assert postmortem.title == "Search was down for 66 minutes"
    assert postmortem.owner == "Ada Okafor"
    assert [p.name for p in postmortem.participants] == ["Ada Okafor", "Ben Lindqvist"]
    assert postmortem.status is PostmortemStatus.DRAFT
    assert any("Complete, actions in progress" in s for s in reading.assumed)
    assert postmortem.summary.startswith("Search answered nothing for 66 minutes")
    assert "**Resolution:** Sent the traffic" in postmortem.summary
    assert "https://graphs.example.org/search" in postmortem.summary
    assert [i.kind for i in postmortem.impacts] == [ImpactKind.MONEY]
    assert [w.text[:9] for w in postmortem.whys] == ["Cascading", "A hidden "]
    assert [(le.kind, le.text[:10]) for le in postmortem.lessons] == [
        (LessonKind.WENT_WELL, "Monitoring"),
        (LessonKind.WENT_WELL, "The spare "),
        (LessonKind.WENT_WRONG, "We were ou"),
        (LessonKind.GOT_LUCKY, "The mailin"),
    ]
    assert [(a.owner, a.type, a.tracker_url) for a in postmortem.actions] == [
        ("ada", ActionType.MITIGATE, ""),
        ("ben", ActionType.PREVENT, "https://bugs.example.org/55"),
        ("grace", ActionType.PREVENT, ""),
    ]
    assert times(incident)[0] == "13 14:51"
    assert len(incident.events) == 6
    assert reading.unread == ()


def test_a_document_with_underlined_headings_and_a_table_of_facts() -> None:
    reading, postmortem, incident = shape("company_handbook")
    assert postmortem.title == "Comments did not load"
    assert incident.severity is Severity.SEV2
    assert incident.services == ("comments", "notifications")
    assert [(p.name, p.role) for p in incident.participants] == [("Grace Oduya", "commander")]
    assert times(incident) == ["13 15:40", "13 15:47", "13 16:02", "13 16:35"]
    assert incident.events[2].author == "Grace Oduya"
    assert [i.kind for i in postmortem.impacts] == [ImpactKind.TICKETS, ImpactKind.CUSTOMERS]
    chain = [(depth, why.text[:10]) for depth, why in postmortem.whys[1].walk()]
    assert chain == [(0, "Comments d"), (1, "It answere"), (2, "The cache ")]
    first, second = postmortem.actions
    assert (first.owner, first.due_on, first.status) == (
        "ben", date(2024, 4, 1), ActionStatus.PROPOSED,
    )  # fmt: skip
    assert (second.owner, second.status) == ("Grace", ActionStatus.DONE)
    assert "Jira: COM-12" in postmortem.summary
    assert "**Leadup**" in postmortem.summary
    assert any("what surprised us" in s for s in reading.assumed)
    assert reading.unread == ()


def test_a_document_with_a_front_matter() -> None:
    reading, postmortem, incident = shape("front_matter")
    assert postmortem.title == "Mail queue stood still"
    assert incident.severity is Severity.SEV1
    assert incident.services == ("mail", "queue")
    assert incident.clocks[Clock.IMPACT_BEGAN].at == datetime(2024, 3, 13, 9, 55, tzinfo=UTC)
    assert not incident.clocks[Clock.IMPACT_BEGAN].estimated
    assert times(incident) == ["13 09:55", "13 10:00", "13 10:10", "13 10:55"]
    assert incident.events[1].precision is Precision.HOUR  # 11:0?
    assert incident.events[2].until == datetime(2024, 3, 13, 10, 20, tzinfo=UTC)
    assert incident.events[3].until == datetime(2024, 3, 13, 11, 5, tzinfo=UTC)
    assert [u.line for u in reading.unread] == [29, 48]
    assert [depth for depth, _ in postmortem.whys[0].walk()] == [0, 1, 2]
    assert postmortem.lessons[0].kind is LessonKind.UNKNOWN
    assert postmortem.actions == ()
    assert "tags: mail, queue" in postmortem.summary


def test_a_document_with_bold_lines_for_headings() -> None:
    _, postmortem, incident = shape("bold_headings")
    assert postmortem.title == "login loop"
    assert incident.severity is Severity.SEV2
    assert times(incident) == ["13 17:02", "13 17:10", "13 17:40", "13 17:45"]
    assert postmortem.lessons[0].kind is LessonKind.WENT_WRONG
    assert postmortem.actions[0].owner == "Ben"


def test_a_document_of_prose_takes_its_date_from_the_title() -> None:
    reading, postmortem, incident = shape("prose_only")
    assert times(incident) == ["13 10:01", "13 10:07", "13 10:31"]
    assert any("The date is taken from the title" in s for s in reading.assumed)
    assert "Our database has a primary" in postmortem.summary
    assert postmortem.actions[0].text == "We will rehearse the failover every month."


def test_a_document_with_numbered_headings_and_days() -> None:
    _, postmortem, incident = shape("numbered")
    assert postmortem.title == "Incident 42: late invoices"
    assert times(incident) == ["20 22:10", "20 23:58", "21 00:05", "22 09:00"]
    assert [(a.owner, a.status) for a in postmortem.actions] == [
        ("Ben", ActionStatus.IN_PROGRESS),
        ("Ada", ActionStatus.DECLINED),
    ]
    assert postmortem.actions[1].text == "Nothing about memory\nDue: soon"
    assert "Invoices late: 1,204" in postmortem.summary


def test_stated_lengths_become_estimated_clocks_where_events_fit_them() -> None:
    text = (
        "# A\n## Timeline\n| Time (UTC) | Event |\n|--|--|\n"
        "| 2024-03-13 10:00 | certificate ends |\n| 10:05 | noise |\n"
        "| 11:00 | first alert |\n| 12:30 | new certificate |\n"
        "## Stats\n- Time to detection: 1 hour\n- Time to recovery: 2 hours 30 minutes\n"
        "- Category: x\n"
    )
    postmortem = read(text).postmortems[0]
    clocks = postmortem.incidents[0].clocks
    assert {c: f"{t.at:%H:%M}" for c, t in clocks.items()} == {
        Clock.IMPACT_BEGAN: "10:00", Clock.DETECTED: "11:00", Clock.RESOLVED: "12:30",
    }  # fmt: skip
    assert all(t.estimated for t in clocks.values())
    assert "Category: x" in postmortem.summary
    unknown = read(text.replace("1 hour", "?").replace("2 hours 30 minutes", "N/A")).postmortems[0]
    assert "Time to detection: ?" in unknown.summary


def test_links_at_the_foot_are_kept() -> None:
    text = "# A\n## Summary\nSee [it][x].\n## Actions\n- Fix it\n\n[x]: https://example.org/x\n"
    postmortem = read(text).postmortems[0]
    assert "[x]: https://example.org/x" in postmortem.summary
    assert [a.text for a in postmortem.actions] == ["Fix it"]


def test_nested_bullets_stay_with_their_lesson_and_deep_ones_do_no_harm() -> None:
    lessons = read("# A\n## Lessons\n- a\n  - b\n    - c\n- d").postmortems[0].lessons
    assert [le.text for le in lessons] == ["a\n- b\n  - c", "d"]
    deep = "\n".join(f"{' ' * n}- why {n}" for n in range(500))
    whys = read(f"# A\n## Root cause\n{deep}").postmortems[0].whys
    assert sum(1 for _ in whys[0].walk()) == 500


def test_what_does_not_fit_into_a_field_is_listed() -> None:
    reading = read(f"# A\n## Summary\nshort\n## Appendix\n{'word ' * 3000}\n## Actions\n- Fix it\n")
    assert reading.postmortems[0].summary == "short"
    assert [(u.line, "is full" in u.why) for u in reading.unread] == [(4, True)]


def test_headings_and_bullets_inside_a_code_block_are_no_structure() -> None:
    postmortem = read(
        "# A\n## Summary\n```\n# a comment\n- x\n```\n## Actions\n- Fix it\n"
    ).postmortems[0]
    assert postmortem.summary == "```\n# a comment\n- x\n```"
    assert postmortem.title == "A"


@pytest.mark.parametrize(
    "matter",
    [
        "a: &x [1]\nb: *x",
        "a: !!python/object/apply:os.system [ls]",
        "a: [[[[",
        "date: 2024-99-99",
        "- just\n- a list",
        "? {a: b}\n: c",
        "a: " + "[" * 3000,
    ],
)
def test_a_front_matter_that_is_more_than_plain_values_does_no_harm(matter: str) -> None:
    reading = read(f"---\n{matter}\n---\n# A\n## Summary\nIt broke.\n")
    assert reading.postmortems[0].title == "A"
    assert "It broke." in reading.postmortems[0].summary


def test_the_same_document_has_the_same_key() -> None:
    first = read("# A\n## Summary\nx").postmortems[0]
    assert first.source_key == read("# A\r\n## Summary\r\nx\r\n").postmortems[0].source_key
    assert first.source_key.startswith("markdown:")
    assert first.incidents[0].source_key == first.source_key
    assert first.incidents[0].source is Source.MARKDOWN


def test_it_is_recognised_by_its_headings() -> None:
    assert markdown_document.recognises(b"# A\n## Summary\n## Timeline\n", "")
    assert markdown_document.recognises(b"# A\n## Timeline\n10:01 a", "a.md")
    assert not markdown_document.recognises(b"10:01 alert fired\n10:02 fixed", "")
    assert not markdown_document.recognises(b"time,event\n10:01,a", "")
    assert not markdown_document.recognises(b"\xff\x00", "a.md")


def test_a_document_that_says_nothing_is_refused() -> None:
    with pytest.raises(BadFile):
        read("# Only a title\n")


def test_our_own_document_comes_back() -> None:
    facts = sample.facts()
    before, after = facts.postmortem, read(to_markdown(facts)).postmortems[0]
    assert (after.title, after.owner, after.facilitator) == (
        before.title,
        before.owner,
        before.facilitator,
    )
    assert after.severity is before.severity
    assert after.summary.count(before.summary.split("\n")[0]) == 1
    assert [(i.kind, i.text, i.estimated) for i in after.impacts] == [
        (i.kind, i.text, i.estimated) for i in before.impacts
    ]
    assert [le.kind for le in after.lessons] == [le.kind for le in before.lessons]
    assert [(d, w.text, w.factors) for root in after.whys for d, w in root.walk()] == [
        (d, w.text, w.factors) for root in before.whys for d, w in root.walk()
    ]
    assert set(after.all_factors) == set(before.all_factors)
    assert [(a.owner, a.due_on, a.priority, a.type, a.status) for a in after.actions] == [
        (a.owner, a.due_on, a.priority, a.type, a.status) for a in before.actions
    ]
    assert after.incidents[0].clocks == before.incidents[0].clocks
    shown = [e for e in before.events if not e.is_noise]
    assert [e.at for e in after.events if e.kind is not EventKind.NOTE] == [
        e.at.replace(microsecond=0) for e in shown
    ]


def sample_files() -> list[Path]:
    return sorted(SAMPLES.glob("*.md"))


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the checkout")
def test_no_row_of_the_sample_documents_is_lost() -> None:
    files = sample_files()
    assert len(files) == 23
    for path in files:
        data = path.read_bytes()
        assert markdown_document.recognises(data, path.name), path.name
        reading = markdown_document.read(data, ReadOptions(now=NOW, name=path.name))
        rows = [
            number
            for number, line in enumerate(data.decode().splitlines(), 1)
            if re.match(r"\|\s*[0-9]", line)
        ]
        postmortem = reading.postmortems[0]
        read_lines = {e.line for e in postmortem.incidents[0].events}
        assert set(rows) == read_lines | {u.line for u in reading.unread}, path.name
        assert postmortem.summary, path.name
        assert postmortem.lessons, path.name
        assert postmortem.actions, path.name


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not beside the checkout")
def test_every_word_of_the_sample_documents_is_somewhere_in_what_was_read() -> None:
    for path in sample_files():
        reading = markdown_document.read(path.read_bytes(), ReadOptions(now=NOW, name=path.name))
        known = set(re.findall(r"\w{4,}", repr(reading).replace("\\n", " ")))
        # Headings become fields, stated lengths of time become clocks.
        structure = re.compile(r"#|\| ?:|- Time to|All times in|\| (?:Date and )?Time")
        body = [line for line in path.read_text().splitlines() if not structure.match(line)]
        lost = set(re.findall(r"\w{4,}", "\n".join(body))) - known
        assert lost == set(), path.name


PIECES = st.sampled_from(
    [
        "# ", "## Timeline", "## Summary", "## Actions", "## Impact", "## Root cause", "## Stats",
        "## Lessons", "### What went well", "**Date:** ", "**Impact:** ", "**Timeline**", "---",
        "===", "- ", "  - ", "    - ", "| ", "|", "|---|---|", "| Time | Event |", "10:01",
        "2024-03-13", "HH:mm", "```", "<!--", "-->", "Start: ", "Time to detection: 5 minutes",
        "severity: SEV1", "\n", "\n", "\n", " ", "x", "word", "[a]: b", "\\", "\x00", "\u2028",
        "1. ", "None.", "9999-12-31 23:59", "Owner: ", "&amp;", "<br>", ": ", "[ ] ",
    ]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.lists(PIECES, max_size=60).map(lambda p: "".join(p).encode())
    )
)
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data: bytes) -> None:
    markdown_document.recognises(data, "a.md")
    try:
        reading = markdown_document.read(data, ReadOptions(now=NOW))
    except BadFile:
        return
    assert reading.postmortems


def test_the_past_of_our_own_document_is_listed_and_not_in_the_summary() -> None:
    record = sample.facts().postmortem
    reading = read(to_markdown(sample.facts()))
    found = reading.postmortems[0]
    assert found.summary.split() == record.summary.split()
    assert found.meeting_at == record.meeting_at
    assert {u.why.split(":")[0] for u in reading.unread} == {"Not brought in"}
    said = " ".join(u.text for u in reading.unread)
    assert all(review.name in said for review in record.reviews)
    assert all(f"{move.at:%Y-%m-%d %H:%M}" in said for move in record.transitions)


def test_a_whys_events_and_the_path_to_a_severity_survive_our_own_document() -> None:
    facts = sample.facts()
    before, after = facts.postmortem, read(to_markdown(facts)).postmortems[0]

    def shown(record: PostmortemRecord) -> dict[str, list[str]]:
        texts = {event.id: event.text.split(" (evidence")[0] for event in record.events if event.id}
        return {
            why.text: [texts[event_id] for event_id in why.event_ids]
            for root in record.whys
            for _, why in root.walk()
        }

    assert shown(after) == shown(before)
    assert any(shown(before).values())
    assert after.incidents[0].severity_path == before.incidents[0].severity_path


def test_a_why_that_is_only_shown_at_an_event_keeps_its_words() -> None:
    text = "# X\n## Timeline\n- 2024-05-06 10:01 alert\n## Why\n- A lock. (shown at 10:01 UTC)\n"
    reading = read(text)
    [why] = reading.postmortems[0].whys
    assert why.text == "A lock."
    assert why.event_ids == (reading.postmortems[0].events[0].id,)


def test_other_reviews_and_histories_stay_in_the_summary() -> None:
    text = "# X\n## Summary\nDown.\n## History\nBuilt in 2019.\n## Reviews\n| a | b |\n|---|---|\n"
    assert "Built in 2019." in read(text).postmortems[0].summary


@pytest.mark.parametrize(
    ("fact", "why"),
    [
        ("date: 2024-02-30", "The calendar has no such day."),
        ("date: last week", "This is no date that can be read."),
        ("date: 03/04/2024", "Day and month can be read in two ways. Write it as 2024-03-13."),
        ("severity: Quite bad", "It names none of SEV0 to SEV3."),
        ("timezone: Mars/Olympus", "This is no time zone, such as Europe/Berlin."),
    ],
)
def test_a_front_matter_that_cannot_be_meant_is_listed(fact: str, why: str) -> None:
    text = f"---\ntitle: X\n{fact}\n---\n## Timeline\n- 10:01 alert\n"
    value = fact.partition(": ")[2]
    assert [(u.line, u.text, u.why) for u in read(text).unread] == [(3, value, why)]


@pytest.mark.parametrize("name", ["Tickets", "Support tickets", "Support ticket"])
@pytest.mark.parametrize(
    "row", ["| Impact | What |\n|---|---|\n| {} | Users wrote |", "- {}: Users wrote"]
)
def test_support_tickets_are_read_under_their_old_name_too(name: str, row: str) -> None:
    text = f"# Checkout slow\n\n## Impact\n{row.format(name)}\n\n## Timeline\n- 10:01 alert\n"
    [impact] = read(text).postmortems[0].impacts
    assert (impact.kind, impact.text) == (ImpactKind.TICKETS, "Users wrote")


def test_several_roles_are_read_each_in_our_word() -> None:
    text = "# Slow\n\n## Participants\n| Name | Role |\n|--|--|\n| Ada Ok | IC, bridge host |\n"
    [person] = read(text).postmortems[0].participants
    assert person.roles == ("commander", "bridge host")
