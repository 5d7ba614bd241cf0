"""The archive finds published post-mortems by their words, and no input is an error."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from models.rules.policy import NOBODY, Who
from models.rules.problems import NotAllowed
from models.rules.record import (
    IncidentRecord,
    LessonRecord,
    PostmortemRecord,
    PublicationRecord,
)
from models.rules.vocabulary import LessonKind, PostmortemStatus, Severity
from models.tables.postmortem import Postmortem
from services import archive
from services.archive import Filters, search_archive
from services.archive_entries import put_into_archive
from services.people import list_services, save_service_team
from services.postmortems import start_postmortem
from services.publishing import back_to_draft, publish_postmortem, send_to_review
from services.record_in import store_postmortem
from services.record_out import load_postmortem
from services.unit_of_work import writing


def archived(
    who: Who,
    title: str,
    *,
    summary: str = "",
    lesson: str = "",
    severity: Severity = Severity.SEV2,
    service: str = "Checkout",
    factor: str = "Capacity",
    year: int = 2025,
    day: int = 1,
) -> str:
    """A published post-mortem that stands in the archive; its id."""
    at = datetime(year, 3, day, 12, 0, tzinfo=UTC)
    record = PostmortemRecord(
        title=title,
        status=PostmortemStatus.PUBLISHED,
        summary=summary,
        incidents=(IncidentRecord(title=title, severity=severity, services=(service,)),),
        factors=(factor,),
        lessons=(LessonRecord(LessonKind.WENT_WRONG, lesson),) if lesson else (),
        publication=PublicationRecord(1, who.name, at),
    )
    with writing(who) as work:
        row = store_postmortem(work, record)
        put_into_archive(work, load_postmortem(work, row.id))
        return row.id


def titles(who: Who, text: str = "", filters: Filters | None = None, page: int = 1) -> list[str]:
    return [f.title for f in search_archive(who, text, filters, page=page).found]


def test_all_words_must_be_there_in_any_form(ada: Who) -> None:
    archived(ada, "Checkout down", summary="The caches expired at once.")
    archived(ada, "Login slow", summary="A cache was cold.")
    assert titles(ada, "cache expiring") == ["Checkout down"]
    assert set(titles(ada, "caching")) == {"Checkout down", "Login slow"}


def test_words_in_quotes_stand_side_by_side(ada: Who) -> None:
    archived(ada, "Checkout down", summary="The connection pool was full.")
    archived(ada, "Login slow", summary="The pool lost its connection.")
    assert titles(ada, '"connection pool"') == ["Checkout down"]
    assert len(titles(ada, "connection pool")) == 2


def test_a_star_finds_words_that_begin_so(ada: Who) -> None:
    archived(ada, "A", summary="A configuration change.")
    archived(ada, "B", summary="The deployment of Kubernetes.")
    assert titles(ada, "conf*") == ["A"]
    assert titles(ada, "configurat*") == ["A"], "the prefix reaches into the ending"
    assert titles(ada, "deploy*") == ["B"]
    assert titles(ada, "kub*") == [], "three letters begin too many words"


def test_words_that_nothing_holds_are_taken_as_beginnings_and_the_page_says_so(ada: Who) -> None:
    archived(ada, "B", summary="The deployment of Kubernetes.")
    page = search_archive(ada, "kube")
    assert page.widened
    assert [f.title for f in page.found] == ["B"]
    assert not search_archive(ada, "kubernetes").widened


def test_a_typing_mistake_is_forgiven_and_said(ada: Who) -> None:
    archived(ada, "A", summary="A configuration change on Kubernetes.")
    archived(ada, "B", summary="The certificate had expired.")
    page = search_archive(ada, "Confguration kuberntes")
    assert [f.title for f in page.found] == ["A"]
    assert page.meant == (("Confguration", "configuration"), ("kuberntes", "kubernetes"))
    assert [t for t, is_word in page.found[0].excerpt if is_word] == ["configuration", "Kubernetes"]
    assert titles(ada, '"certifcate had" -kuberntes') == ["B"], "in quotes as well"


def test_what_is_spelt_right_is_never_read_as_something_else(ada: Who) -> None:
    archived(ada, "A", summary="Latency rose.")
    assert search_archive(ada, "latency").meant == ()
    assert search_archive(ada, "rsoes").total == 0, "two letters differ in a word of five"
    assert search_archive(ada, "-latncy").meant == ()
    assert search_archive(ada, "latncy*").total == 0, "a star says how a word begins"
    assert search_archive(ada, "503").meant == ()


def test_a_mistake_beside_a_beginning_is_forgiven_too(ada: Who) -> None:
    archived(ada, "A", summary="Latency of Kubernetes rose.")
    page = search_archive(ada, "kube latncy")
    assert (page.total, page.widened, page.meant) == (1, True, (("latncy", "latency"),))


def test_who_insists_gets_the_very_words(ada: Who) -> None:
    archived(ada, "A", summary="Latency of Kubernetes rose.")
    for words in ("latncy", "kube"):
        assert search_archive(ada, words).total == 1
        assert search_archive(ada, words, exact=True).total == 0


def test_of_equally_near_words_the_more_frequent_is_shown(ada: Who) -> None:
    for n in range(3):
        archived(ada, f"Case {n}", summary="The cache was cold.")
    archived(ada, "D", summary="A cachd word.")
    assert search_archive(ada, "cachx").meant == (("cachx", "cache"),)


def test_words_of_a_replaced_revision_are_not_offered(ada: Who) -> None:
    postmortem_id = archived(ada, "Disk full", summary="Journald filled it.")
    assert search_archive(ada, "jurnald").total == 1
    back_to_draft(ada, postmortem_id, "A cause was missing.")
    with writing(ada) as work:
        work.get(Postmortem, postmortem_id, "post-mortem").summary = "Metrics filled it."
    publish_postmortem(ada, postmortem_id, 2)
    assert search_archive(ada, "jurnald").meant == ()
    assert search_archive(ada, "mertics").meant == (("mertics", "metrics"),)


def test_a_team_finds_what_touched_one_of_its_services(ada: Who) -> None:
    archived(ada, "A", service="Checkout")
    archived(ada, "B", service="Login")
    assert search_archive(ada).teams == ()
    by_name = {s.name: s.id for s in list_services(ada)}
    save_service_team(ada, by_name["Checkout"], "Payments", "")
    [team] = search_archive(ada).teams
    assert (team.name, team.count) == ("Payments", 1)
    assert titles(ada, "", Filters(team=team.value)) == ["A"]
    save_service_team(ada, by_name["Login"], "Payments", "")
    assert len(titles(ada, "", Filters(team=team.value))) == 2, "who owns a service can change"


def test_everything_can_be_had_on_one_page(ada: Who, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RANKED", 3)
    for n in range(25):
        archived(ada, f"Disk full {n}", day=n + 1)
    page = search_archive(ada, "disk", page=None)
    assert (len(page.found), page.total, page.ranked, page.pages) == (25, 25, 25, 1)
    assert len(search_archive(ada, page=None).found) == 25


def test_a_minus_leaves_a_word_out(ada: Who) -> None:
    archived(ada, "A", summary="Disk full on the billing host.", day=1)
    archived(ada, "B", summary="Disk full on the login host.", day=2)
    assert titles(ada, "disk -billing") == ["B"]
    assert titles(ada, '-"billing host"') == ["B"]
    assert titles(ada, "-disk") == []
    assert titles(ada, "billing-host") == ["A"], "a minus inside a word is no exclusion"


def test_lessons_services_and_factors_are_read_too(ada: Who) -> None:
    archived(
        ada, "A", lesson="Nobody knew the failover.", service="Ledger", factor="Hidden coupling"
    )
    for words in ("failover", "ledger", '"hidden coupling"'):
        assert titles(ada, words) == ["A"]


def test_a_title_counts_more_than_the_text(ada: Who) -> None:
    archived(ada, "Something else", summary="The queue was long, the queue grew.", day=2)
    archived(ada, "Queue grew without bound", day=1)
    assert titles(ada, "queue")[0] == "Queue grew without bound"


def test_without_words_the_newest_comes_first(ada: Who) -> None:
    archived(ada, "Older", day=1)
    archived(ada, "Newest", day=9)
    archived(ada, "Middle", day=5)
    assert titles(ada) == ["Newest", "Middle", "Older"]


def test_an_excerpt_shows_the_words_found_and_leaves_user_text_as_it_is(ada: Who) -> None:
    archived(ada, "A", summary="A <b>probe</b> was **removed** from [the mesh](http://x.test).")
    [found] = search_archive(ada, "removed").found
    assert "".join(text for text, _ in found.excerpt).startswith("A <b>probe</b> was **removed**")
    assert [text for text, is_word in found.excerpt if is_word] == ["removed"]


def test_an_excerpt_leaves_out_paragraphs_without_a_word(ada: Who) -> None:
    summary = "Before.\n\n---\n\n**\n\nThe probe\n\n\nwas removed.\n\n|---|---|\n\n· ·"
    archived(ada, "A", summary=summary)
    for words in ("", "probe", '"probe was"'):
        [found] = search_archive(ada, words).found
        whole = "".join(text for text, _ in found.excerpt)
        assert whole == "Before.\nThe probe\nwas removed."
    marked = [text for text, is_word in found.excerpt if is_word]
    assert marked == ["probe\nwas"]


def test_an_excerpt_does_not_say_the_title_again(ada: Who) -> None:
    archived(ada, "The probe was removed", summary="Nobody saw it for an hour.")
    archived(ada, "A probe", summary="")
    found = {f.title: f.excerpt for f in search_archive(ada, "probe").found}
    assert found["The probe was removed"] == (("Nobody saw it for an hour.", False),)
    assert found["A probe"] == ()


def test_filters_narrow_and_count_what_every_other_choice_would_leave(ada: Who) -> None:
    archived(ada, "A", severity=Severity.SEV0, service="Checkout", factor="Capacity", year=2024)
    archived(ada, "B", severity=Severity.SEV1, service="Checkout", factor="Deployment", year=2025)
    archived(ada, "C", severity=Severity.SEV1, service="Login", factor="Deployment", year=2025)
    page = search_archive(ada, "", Filters(severity="SEV1"))
    assert {f.title for f in page.found} == {"B", "C"}
    assert {c.value: c.count for c in page.severities} == {"SEV0": 1, "SEV1": 2}
    assert {c.name: c.count for c in page.services} == {"Checkout": 1, "Login": 1}
    assert {c.name: c.count for c in page.factors} == {"Deployment": 2}
    assert [(c.value, c.count) for c in page.years] == [("2025", 2)]
    login = next(c.value for c in page.services if c.name == "Login")
    both = search_archive(ada, "", Filters(severity="SEV1", service=login, year="2025"))
    assert [f.title for f in both.found] == ["C"]
    assert titles(ada, "checkout", Filters(year="2024")) == ["A"]
    assert titles(ada, "", Filters(factor="no such id")) == []


def test_twenty_stand_on_a_page_and_no_page_repeats_another(ada: Who) -> None:
    for n in range(45):
        archived(ada, f"Disk full {n}", day=n % 28 + 1)
    pages = [titles(ada, "disk", page=n) for n in (1, 2, 3, 4)]
    assert [len(p) for p in pages] == [20, 20, 5, 0]
    assert len({t for p in pages for t in p}) == 45
    assert search_archive(ada, "disk").pages == 3


def test_above_the_limit_only_the_newest_are_ranked(
    ada: Who, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "RANKED", 3)
    for n in range(5):
        archived(ada, f"Disk full {n}", day=n + 1)
    page = search_archive(ada, "disk")
    assert (page.total, page.ranked) == (5, 3)
    assert {f.title for f in page.found} == {"Disk full 2", "Disk full 3", "Disk full 4"}
    assert sum(c.count for c in page.severities) == 5, "all are counted"


def test_a_new_revision_takes_the_place_of_the_old_one(ada: Who) -> None:
    postmortem_id = archived(ada, "Disk full", summary="Logs filled it.")
    assert titles(ada, "logs") == ["Disk full"]
    back_to_draft(ada, postmortem_id, "A cause was missing.")
    assert titles(ada, "logs") == ["Disk full"], "it stays until the next revision"
    with writing(ada) as work:
        work.get(Postmortem, postmortem_id, "post-mortem").summary = "Metrics filled it."
    send_to_review(ada, postmortem_id)
    publish_postmortem(ada, postmortem_id, 2)
    assert titles(ada, "logs") == []
    assert titles(ada, "metrics") == ["Disk full"]
    assert search_archive(ada).total == 1


def test_a_draft_is_not_in_the_archive(ada: Who) -> None:
    from services.incidents import create_incident

    incident = create_incident(ada, "Disk full", began_at=datetime(2025, 1, 1, tzinfo=UTC))
    start_postmortem(ada, [incident])
    assert search_archive(ada, "disk").total == 0


@pytest.mark.parametrize(
    "text",
    [
        '"',
        '"""',
        "'; DROP TABLE archive_entry; --",
        "AND OR NOT NEAR",
        "title:disk",
        "{title summary}:disk",
        "disk AND",
        "NEAR(disk full, 2)",
        "(disk",
        "disk)",
        "^disk",
        "disk + full",
        "-",
        "--",
        "- -",
        "*",
        "****",
        "-*",
        "disk\x00full",
        "\ud800 disk",
        "disk\u2028full",
        "😀",
        "_",
        "__disk__",
        '-"',
        '"disk" * "full" *',
        "x" * 10_240,
        "disk " * 2_000,
        '"' * 10_240,
        "-a " * 3_000,
        "ﬁ " * 20_000,
        "%s %d {0} {{7*7}}",
    ],
)
def test_no_input_is_an_error(ada: Who, text: str) -> None:
    archived(ada, "Disk full")
    page = search_archive(ada, text, Filters("SEV2", "2025", text[:50], text[:50]), page=-3)
    assert page.total == len(page.found) == 0
    search_archive(ada, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("con*", "A star needs four letters before it; “con*” was read as “con”."),
        ("disk -con**", "A star needs four letters before it; “con**” was read as “con”."),
        (
            '"pool at*"',
            "A star is only read at the end of a single word; “pool at*” was read as “pool at”.",
        ),
        ('disk "pool full', "A quote is not closed; “pool full” was read as single words."),
        ('disk "pool full"', ""),
        ("conf* disk -billing", ""),
        ('* "*" disk "', ""),
    ],
)
def test_a_star_or_quote_that_is_not_read_as_one_is_said(ada: Who, text: str, said: str) -> None:
    assert " ".join(search_archive(ada, text).read_otherwise) == said


@pytest.mark.parametrize(
    ("text", "by_match"), [("disk", True), ("***", False), ("-disk", False), ("", False)]
)
def test_without_a_wanted_word_there_is_no_best_match(ada: Who, text: str, by_match: bool) -> None:
    assert search_archive(ada, text).by_match is by_match


def test_operators_are_words_like_others(ada: Who) -> None:
    archived(ada, "A", summary="It was near the limit and not seen.")
    assert titles(ada, "NEAR") == ["A"]
    assert titles(ada, "limit AND NOT near") == ["A"]


def test_terms_beyond_the_limit_are_counted(ada: Who) -> None:
    assert search_archive(ada, " ".join(f"word{n}" for n in range(30))).left_out == 6


def test_nobody_reads_nothing(database_file: object) -> None:
    with pytest.raises(NotAllowed):
        search_archive(NOBODY, "disk")
