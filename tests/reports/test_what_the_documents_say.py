"""The words of the documents, whatever they are written in."""

from __future__ import annotations

from dataclasses import replace

from models.rules.record import ClockTime, IncidentRecord, ParticipantRecord
from models.rules.vocabulary import Clock
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
