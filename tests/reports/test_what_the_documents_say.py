"""The words of the documents, whatever they are written in."""

from __future__ import annotations

import re
from dataclasses import replace

from models.rules.record import ClockTime, IncidentRecord, ParticipantRecord
from models.rules.vocabulary import Audience, Clock
from reports import contents
from reports.postmortem_html import to_html
from reports.postmortem_markdown import to_markdown
from tests.reports.sample import at, facts, postmortem

SEVERAL = replace(
    postmortem(),
    participants=(
        ParticipantRecord("Noor Haddad", "commander, reporter"),
        ParticipantRecord("Kim Sato", "communications, bridge host"),
    ),
)


def backwards() -> IncidentRecord:
    clocks = {
        Clock.DETECTED: ClockTime(at("10:10")),
        Clock.MITIGATED: ClockTime(at("10:05")),
    }
    return IncidentRecord("Checkout slow", clocks=clocks)


def test_who_commanded_and_did_more_is_named_as_the_commander() -> None:
    assert "Noor Haddad" in dict(contents.key_facts(facts(SEVERAL)))["Commander"]


def test_several_roles_are_printed_in_words() -> None:
    printed = to_html(facts(SEVERAL))
    assert "Commander, reporter" in printed
    assert "Communications lead, bridge host" in printed


def test_contradicting_times_are_told_in_place_of_a_length_in_the_zone_of_the_document() -> None:
    [row] = contents.duration_rows(backwards(), "Europe/Berlin")
    assert row.value == "–"
    assert row.note == "times contradict: mitigated 10 Mar 11:05, detected 10 Mar 11:10 CET"
    [sentence] = contents.clock_problems(backwards(), "Europe/Berlin")
    assert "11:05 CET" in sentence
    assert "UTC" not in sentence


def test_every_document_says_it() -> None:
    record = replace(postmortem(), incidents=(backwards(),))
    berlin = facts(record)
    assert "times contradict: mitigated 10 Mar 11:05" in to_html(berlin)
    assert "times contradict: mitigated 10 Mar 10:05" in to_markdown(berlin)  # its times are UTC


def test_tickets_are_support_tickets() -> None:
    assert "Support tickets" in to_html(facts())
    assert "| Support tickets |" in to_markdown(facts())


def test_what_is_estimated_is_called_so_in_every_document() -> None:
    for audience in Audience:
        said = facts(audience=audience)
        assert "| Customers (estimated) |" in to_markdown(said)
        assert re.search(r"Customers<span[^>]*>estimated|lost.{0,40}estimated", to_html(said))


def test_a_role_in_place_of_a_name_is_not_said_again_beside_it() -> None:
    people = (
        ParticipantRecord("Noor Haddad", "communications"),
        ParticipantRecord("Kim Sato", "responder"),
        ParticipantRecord("Lea Brandt", "responder"),
        ParticipantRecord("Max Ito", "bridge host"),
    )
    record = replace(postmortem(), participants=people, incidents=())
    written = to_markdown(facts(record, redact=True))
    assert "| Communications lead |  |" in written
    assert "| Responder 2 |  |" in written
    assert "| Participant | bridge host |" in written
    assert "| Kim Sato | responder |" in to_markdown(facts(record))
    assert (
        to_html(facts(record, redact=True)).count(">Communications lead</td>") == 1
    )  # facilitator


def test_items_of_a_list_do_not_run_into_each_other_in_the_brief() -> None:
    record = replace(postmortem(), summary="Two things:\n\n- the queue grew\n- retries\n- *done*")
    for written in (to_markdown, to_html):
        brief = written(facts(record, audience=Audience.LEADERSHIP))
        assert "Two things: the queue grew; retries; done" in brief
