"""No number of queries grows with the rows shown: every read of the services, on little and on
much, sends the same number of statements."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from models.rules.following.loop import Quarter
from models.rules.policy import Who
from models.rules.record import (
    ActionRecord,
    EventRecord,
    EvidenceRecord,
    LessonRecord,
    ParticipantRecord,
    PostmortemRecord,
    PublicationRecord,
    WhyRecord,
)
from models.rules.vocabulary import LessonKind, PostmortemStatus
from services import (
    action_history,
    action_list,
    action_outcomes,
    actions,
    archive,
    comments,
    draft_news,
    home,
    incidents,
    people,
    postmortems,
    proposals,
    publishing,
    recurring,
    tickets,
    timeline,
)
from services.archive_entries import put_into_archive
from services.record_in import store_postmortem
from services.record_out import load_postmortem
from services.unit_of_work import writing
from tests.small_postmortem import at, small_incident, small_postmortem
from tests.statements import statements

SERVICES = Path(publishing.__file__).parent
Read = Callable[[Who, str, str], object]

# What is read, given the person, a post-mortem and its incident.
READS: dict[str, Read] = {
    "action_outcomes.find_question": lambda w, p, i: action_outcomes.find_question(w, "a1"),
    "action_outcomes.list_questions": lambda w, p, i: action_outcomes.list_questions(w, 3),
    "action_outcomes.get_loop": lambda w, p, i: action_outcomes.get_loop(w, Quarter(2026, 1)),
    "action_outcomes.list_answers": lambda w, p, i: action_outcomes.list_answers(w),
    "action_list.find_actions": lambda w, p, i: action_list.find_actions(
        w, action_list.WantedActions()
    ),
    "action_history.list_changes": lambda w, p, i: action_history.list_changes(w, "a1"),
    "actions.list_actions": lambda w, p, i: actions.list_actions(w),
    "archive.search_archive": lambda w, p, i: archive.search_archive(w, "orders"),
    "comments.list_threads": lambda w, p, i: comments.list_threads(w, p),
    "draft_news.get_news": lambda w, p, i: draft_news.get_news(w, p),
    "home.get_home": lambda w, p, i: home.get_home(w),
    "incidents.list_incidents": lambda w, p, i: incidents.list_incidents(w),
    "incidents.count_incidents": lambda w, p, i: incidents.count_incidents(w),
    "incidents.get_incident": lambda w, p, i: incidents.get_incident(w, i),
    "people.list_people": lambda w, p, i: people.list_people(w),
    "people.list_teams": lambda w, p, i: people.list_teams(w),
    "people.list_services": lambda w, p, i: people.list_services(w),
    "people.list_factors": lambda w, p, i: people.list_factors(w),
    "postmortems.list_postmortems": lambda w, p, i: postmortems.list_postmortems(w),
    "postmortems.list_free_incidents": lambda w, p, i: postmortems.list_free_incidents(w),
    "postmortems.count_postmortems": lambda w, p, i: postmortems.count_postmortems(w),
    "postmortems.get_postmortem": lambda w, p, i: postmortems.get_postmortem(w, p),
    "proposals.list_proposals": lambda w, p, i: proposals.list_proposals(w, p),
    "publishing.list_kept_wording": lambda w, p, i: publishing.list_kept_wording(w, p),
    "publishing.list_revisions": lambda w, p, i: publishing.list_revisions(w, p),
    "publishing.get_revision": lambda w, p, i: publishing.get_revision(w, p),
    "recurring.find_factor_pasts": lambda w, p, i: recurring.find_factor_pasts(w, ("Capacity",)),
    "recurring.get_factors_over_time": lambda w, p, i: recurring.get_factors_over_time(w),
    "recurring.list_on_this_day": lambda w, p, i: recurring.list_on_this_day(w),
    "tickets.list_tickets": lambda w, p, i: tickets.list_tickets(w, ["a1"]),
    "timeline.list_evidence": lambda w, p, i: timeline.list_evidence(w, [i]),
}
ONE_ROW = {
    "actions.get_action",
    "mail_address.get_email",
    "timeline.get_file",
    "people.get_person",
    "people.get_team",
    "exercises.find_planned_seat",
    "exercises.get_news",
    "exercises.get_run",
    "join_codes.find_by_code",
    "exercise_calendar.find_address",
    "exercise_records.get_finished",
    "exercise_reviews.get_replay",
    "training_policy.get_thresholds",
    "similar.find_similar",  # at most three, counted in test_recurring_and_similar
}
OF_EXERCISES = {  # counted in test_exercise_records, test_exercise_plans, test_exercise_trends
    "debriefs.count_notes",
    "debriefs.list_improvements",
    "debriefs.list_notes",
    "exercise_plans.find_plans",
    "exercise_plans.get_plan",
    "exercise_plans.list_following",
    "exercise_records.find_runs",
    "exercise_records.get_facts",
    "exercise_records.get_record",
    "exercise_records.list_played",
    "exercise_records.list_runs",
    "exercise_reviews.get_comparison",
    "exercise_reviews.list_comparable",
    "exercise_trends.get_progress",
    "solo_play.find_unfinished",
}
OF_MEETINGS = {  # counted in test_meeting_records
    "meeting_look.get_meeting",
    "meetings.get_news",
    "meetings.list_meetings",
}
OF_MAIL = {  # counted in test_distribution
    "distribution.get_prepared",
    "distribution.list_sent",
    "distribution_lists.list_lists",
    "distribution_lists.list_members",
    "outbox.list_mail",
}
OF_METRICS = {  # counted in test_metrics and test_smells
    "metrics.find_service",
    "metrics.get_action_rates",
    "metrics.get_trends",
    "metrics.list_dots",
    "metrics.list_months",
    "metrics.list_services_between",
    "quarterly.get_quarterly",  # several of these, once each
    "smells.list_smells",
}
FROM_FILES = {  # and one query for what the team wrote
    "scenario_library.find_seats",
    "scenario_library.get_scenario",
    "scenario_library.get_text",
    "scenario_library.list_playable",
    "scenario_library.list_scenarios",
    "scenario_versions.get_version",
    "scenario_versions.list_made_from",
    "scenario_versions.list_newest",
    "scenario_versions.list_versions",
}


def grown(many: int) -> PostmortemRecord:
    """A published post-mortem with this many of everything in it."""
    numbers = range(many)
    proof = EvidenceRecord("Dashboard", url="https://graphs.test/1")
    events = tuple(EventRecord(at("09:00"), f"Event {n}", evidence=(proof,)) for n in numbers)
    names = tuple(f"Person {n}" for n in numbers)
    incident = replace(
        small_incident(),
        events=events,
        services=tuple(f"Service {n}" for n in numbers),
        participants=tuple(ParticipantRecord(name) for name in names),
    )
    why = WhyRecord("Last", factors=("Capacity",))
    for n in numbers:
        why = WhyRecord(f"Why {n}", factors=(f"Factor {n}",), children=(why,))
    return replace(
        small_postmortem(),
        status=PostmortemStatus.PUBLISHED,
        incidents=(incident,),
        participants=incident.participants,
        whys=(why,),
        lessons=tuple(LessonRecord(LessonKind.WENT_WELL, f"Lesson {n}") for n in numbers),
        actions=tuple(ActionRecord(f"Add check {n}", owner=name) for n, name in enumerate(names)),
        publication=PublicationRecord(1, "Ada Brandt", at("12:00")),
    )


def stored(who: Who, many: int) -> tuple[str, str]:
    """As many post-mortems, each with as many of everything; one of them and its incident."""
    for n in range(many):
        people.add_team(who, f"Team {n} of {many}")
        incidents.create_incident(who, f"Free {n}", began_at=at("08:00"))
    for _ in range(many):
        with writing(who) as work:
            row = store_postmortem(work, grown(many))
            put_into_archive(work, load_postmortem(work, row.id))
            postmortem_id = row.id
    return postmortem_id, postmortems.get_postmortem(who, postmortem_id).incidents[0].id


def counts(who: Who, postmortem_id: str, incident_id: str) -> dict[str, int]:
    found = {}
    for name, read in READS.items():
        read(who, postmortem_id, incident_id)
        with statements() as sent:
            read(who, postmortem_id, incident_id)
        found[name] = len(sent)
    return found


def test_no_number_of_queries_grows_with_the_rows_shown(ada: Who) -> None:
    few = counts(ada, *stored(ada, 1))
    many = counts(ada, *stored(ada, 9))
    assert many == few


@pytest.mark.parametrize(
    "name",
    ["actions.list_actions", "incidents.list_incidents", "postmortems.list_postmortems"],
)
def test_a_list_is_one_query(ada: Who, name: str) -> None:
    postmortem_id, incident_id = stored(ada, 2)
    with statements() as sent:
        READS[name](ada, postmortem_id, incident_id)
    assert len([s for s in sent if s.lstrip().upper().startswith("SELECT")]) == 1


def test_every_read_is_counted_here() -> None:
    reads = set()
    for file in SERVICES.glob("*.py"):
        module = importlib.import_module(f"services.{file.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            begins = name.startswith(("list_", "get_", "find_", "search_", "count_"))
            asks = "who" in inspect.signature(function).parameters
            if begins and asks and function.__module__ == module.__name__:
                reads.add(f"{file.stem}.{name}")
    counted = ONE_ROW | FROM_FILES | OF_EXERCISES | OF_MAIL | OF_MEETINGS | OF_METRICS
    assert reads - counted == set(READS)
