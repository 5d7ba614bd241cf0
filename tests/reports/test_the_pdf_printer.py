"""The printer: its workers are kept, limited and replaced, and nothing is made twice."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.rules.problems import ProblemForUser
from reports.facts import DocumentFacts
from reports.pdf import PdfPrinter
from tests.reports.sample import AS_OF, facts, postmortem


@pytest.fixture(scope="module")
def printer() -> Iterator[PdfPrinter]:
    made = PdfPrinter()
    made.start()
    yield made
    made.stop()


def pid_of(printer: PdfPrinter) -> int:
    return printer._idle[0]._process.pid


def other(title: str) -> DocumentFacts:
    return facts(replace(postmortem(), title=title))


def test_it_makes_a_pdf(printer: PdfPrinter) -> None:
    assert printer.render(facts()).startswith(b"%PDF-1.7")


def test_the_worker_is_kept_for_the_next_document(printer: PdfPrinter) -> None:
    printer.render(other("one"))
    first = pid_of(printer)
    printer.render(other("two"))
    assert pid_of(printer) == first


def test_a_document_of_the_same_day_is_not_made_again(printer: PdfPrinter) -> None:
    made = printer.render(facts())
    assert printer.render(facts(as_of=AS_OF + timedelta(hours=5))) is made
    assert printer.render(facts(as_of=AS_OF + timedelta(days=1))) is not made
    assert printer.render(facts(redact=True)) is not made


def test_a_worker_that_was_killed_is_replaced(printer: PdfPrinter) -> None:
    printer.render(other("three"))
    os.kill(pid_of(printer), signal.SIGKILL)
    assert printer.render(other("four")).startswith(b"%PDF")


def test_several_threads_get_their_own_documents(printer: PdfPrinter) -> None:
    made: dict[str, bytes] = {}

    def make(title: str) -> None:
        made[title] = printer.render(other(title))

    threads = [threading.Thread(target=make, args=(f"title {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made.values())) == 4


def test_a_document_that_takes_too_long_is_refused_in_words() -> None:
    impatient = PdfPrinter(seconds=0.01)
    try:
        with pytest.raises(ProblemForUser, match="could not be made"):
            impatient.render(facts())
        assert impatient._idle == []
    finally:
        impatient.stop()


def test_a_worker_without_enough_memory_is_no_crash_of_ours() -> None:
    starved = PdfPrinter(memory=40 * 1024**2)
    try:
        with pytest.raises(ProblemForUser, match="HTML or Markdown"):
            starved.render(facts())
    finally:
        starved.stop()


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither by a worker that is ended nor by one that was killed."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    printer = PdfPrinter()
    printer.render(other("five"))
    os.kill(pid_of(printer), signal.SIGKILL)
    printer.render(other("six"))
    assert len(list(tmp_path.iterdir())) == 1, "fonts lie elsewhere"
    printer.stop()
    assert list(tmp_path.iterdir()) == []


def test_old_documents_make_room_for_new_ones() -> None:
    small = PdfPrinter(cache_bytes=1)
    try:
        first = small.render(facts())
        assert small.render(facts()) is not first
    finally:
        small.stop()
