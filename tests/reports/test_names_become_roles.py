"""Redaction: whoever reads the document cannot tell who was there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.rules.record import (
    EventRecord,
    EvidenceRecord,
    IncidentRecord,
    ParticipantRecord,
    PostmortemRecord,
)
from models.rules.record_json import dump
from reports.contents import provenance
from reports.redaction import names_that_may_remain, redact
from tests.reports.sample import at, facts, postmortem

PEOPLE = (
    ParticipantRecord("Ada Okafor", "commander"),
    ParticipantRecord("Ben Lindqvist", "responder"),
    ParticipantRecord("Will Marsh", "responder"),
    ParticipantRecord("Rose Tanaka", "communications"),
    ParticipantRecord("May Lin", "scribe"),
    ParticipantRecord("Don Petrov", "expert"),
    ParticipantRecord("田中さくら", "observer"),
)


def said(text: str) -> str:
    """The text after redaction among these people."""
    record = PostmortemRecord("x", participants=PEOPLE, summary=text)
    return redact(record).summary


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Ada Okafor rolled back.", "The incident commander rolled back."),
        ("We asked Ada and then Ada's team.",
         "We asked the incident commander and then the incident commander's team."),
        ("we asked ADA OKAFOR and ada okafor", ("we asked the incident commander and the incident "
         "commander")),
        ("Paged Ben, then Will.", "Paged responder 1, then responder 2."),
        ("Okafor, Ada; A. Okafor; Ada O. agreed", ("The incident commander; the incident "
         "commander; the incident commander agreed")),
        ("- Rose: posted", "- The communications lead: posted"),
        ("cc @ben, @lindqvist, @ben.lindqvist and @bl", ("cc responder 1, responder 1, responder 1 "
         "and @bl")),
        ("write to ada.okafor@example.com or help@example.com", ("write to the incident commander "
         "or [address]")),
        ("<@U02ABCDEF> joined", "a colleague joined"),
        ("see ben_lindqvist-graph.png", "see responder 1-graph.png"),
        ("https://x.example/u/ada.okafor and https://x.example/status",
         "[link removed] and https://x.example/status"),
        ("田中さくらが参加", "The observerが参加"),
    ],
)  # fmt: skip
def test_a_name_becomes_the_role_however_it_is_written(typed: str, printed: str) -> None:
    assert said(typed) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "Will the retry work? It will. Errors rose again.",
        "Rose by 10 % in an hour.",
        "It may have been the cache. May 3 was quiet, and so was 4 May.",
        "Don't restart; the adaptor and the benchmark are fine.",
        "The marsh of alerts, a rosette, willing, benign.",
    ],
)
def test_ordinary_words_stay(typed: str) -> None:
    assert said(typed) == typed


def test_a_common_word_that_is_the_name_here_is_replaced() -> None:
    assert said("Then Will joined, and Rose left.") == (
        "Then responder 2 joined, and the communications lead left."
    )


def test_a_first_name_of_two_people_stands_for_neither() -> None:
    two = (ParticipantRecord("Ada Okafor", "commander"), ParticipantRecord("Ada Byron", "expert"))
    record = PostmortemRecord("x", participants=two, summary="Ada called Ada Byron.")
    assert redact(record).summary == "A participant called the subject expert."


def test_a_handle_and_the_full_name_are_one_person() -> None:
    events = (
        EventRecord(at("09:00"), "up", author="ada.okafor"),
        EventRecord(at("09:01"), "up", author="Ada"),
        EventRecord(at("09:02"), "up", author="Ada Okafor"),
    )
    record = PostmortemRecord(
        "x", participants=PEOPLE, incidents=(IncidentRecord("y", events=events),)
    )
    assert {e.author for e in redact(record).events} == {"Incident commander"}


def test_no_name_is_left_anywhere_in_the_record() -> None:
    whole = dump(redact(postmortem()))
    for name in ("Ada", "Okafor", "Ben", "Lindqvist", "Marsh", "Rose", "Tanaka", "Noor", "Haddad",
                 "Imani", "Cole", "Jonas", "Weber"):  # fmt: skip
        assert name not in whole, name


def test_tools_and_teams_keep_their_names() -> None:
    whole = dump(redact(postmortem()))
    assert "PagerDuty" in whole
    assert "Platform team" in whole


def test_titles_and_links_of_evidence_lose_names_and_pictures_are_left_out() -> None:
    evidence = (
        EvidenceRecord("Screen of Ada", media_type="image/png", content=b"1"),
        EvidenceRecord("Chat", url="https://chat.example/ada-okafor/1"),
    )
    event = EventRecord(at("09:00"), "seen", evidence=evidence)
    record = PostmortemRecord(
        "x", participants=PEOPLE, incidents=(IncidentRecord("y", events=(event,)),)
    )
    picture, link = redact(record).events[0].evidence
    assert "Ada" not in picture.title
    assert picture.content is None
    assert link.url == ""


def test_an_action_of_two_owners_names_both_roles() -> None:
    action = replace(postmortem().actions[0], owner="Ada Okafor and Ben Lindqvist")
    redacted = redact(replace(postmortem(), actions=(action,)))
    assert redacted.actions[0].owner == "The incident commander and the responder"


def test_the_same_record_is_redacted_the_same_way_every_time() -> None:
    assert redact(postmortem()) == redact(postmortem())


def test_who_had_several_roles_is_called_by_the_first_that_is_known() -> None:
    people = (
        ParticipantRecord("Ada Okafor", "commander, reporter"),
        ParticipantRecord("Ben Lindqvist", "bridge host, scribe"),
        ParticipantRecord("Will Marsh", "bridge host"),
    )
    text = "Ada Okafor asked Ben Lindqvist and Will Marsh."
    record = PostmortemRecord("x", participants=people, summary=text)
    assert redact(record).summary == (
        "The incident commander asked the scribe and the participant."
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("After a call with Peter Taylor we waited.", "After a call with a colleague we waited."),
        ("One more (Lloyd Middleton) joined.", "One more (a colleague) joined."),
        ("The incident manager (Søren Iversen) agreed.",
         "The incident manager (a colleague) agreed."),
        ("Jan and John looked.", "Colleagues looked."),
        ("Dr. Wong joined; paged Lloyd van Middleton.", "A colleague joined; paged a colleague."),
        ("Peter's laptop, then Maria Anna Silva's.", "A colleague's laptop, then a colleague's."),
    ],
)  # fmt: skip
def test_who_is_only_mentioned_is_a_colleague(typed: str, printed: str) -> None:
    assert said(typed) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "Jan 12 and 3 Jan were quiet; Julia 1.9 and the Charlotte region too.",
        "Moved by Google Cloud to San Jose, with Black Friday ahead (Root Cause, High Load).",
        "The Jenkins server, Grafana Loki and Alertmanager paged on Monday. Checkout failed.",
    ],
)
def test_products_places_and_dates_are_no_colleagues(typed: str) -> None:
    assert said(typed) == typed


def test_what_may_still_be_a_name_is_told_and_the_document_claims_no_more() -> None:
    record = replace(postmortem(), summary="Then Lloyd Middleton restarted the queue.")
    redacted = facts(record, redact=True)
    assert names_that_may_remain(redacted.postmortem) == ("Lloyd Middleton",)
    assert provenance(redacted).endswith(
        "Names of participants replaced by roles; other names may remain."
    )
    assert provenance(facts(redact=True)).endswith("Names replaced by roles.")
    assert "eplaced" not in provenance(facts(record))
