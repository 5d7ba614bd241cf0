"""A rerun of our pages with 10,000 incidents stored, against a rerun of a trivial page."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from streamlit.testing.v1 import AppTest

from models.rules.policy import Who
from models.rules.record import ClockTime, EventRecord, IncidentRecord
from models.rules.vocabulary import Clock, Severity
from models.tables.base import new_id
from models.tables.incident import Incident
from services import database, people
from services.postmortems import start_postmortem
from services.record_in import store_incident
from services.settings import settings
from services.unit_of_work import writing

ROOT = Path(__file__).resolve().parent.parent
INCIDENTS, EVENTS, ROUNDS = 10_000, 200, 25
START = datetime(2024, 1, 1, tzinfo=UTC)
PAGES = (
    "overview/home.py",
    "learn/incidents.py",
    "learn/postmortems.py",
    "learn/actions.py",
    "learn/archive.py",
)


def fill(who: Who) -> str:
    """Stores 10,000 incidents and a post-mortem with 200 events; the id of the post-mortem."""
    rows = [
        {
            "id": new_id(),
            "title": f"Checkout slow in region {i}",
            "severity": list(Severity)[i % 4],
            "began_at": START + timedelta(hours=i),
            "detected_at": START + timedelta(hours=i),
            "resolved_at": START + timedelta(hours=i, minutes=30 + i % 90),
            "created_at": START,
        }
        for i in range(INCIDENTS)
    ]
    with writing(who) as work:
        work.session.execute(insert(Incident), rows)
        record = IncidentRecord(
            title="Payments down",
            severity=Severity.SEV1,
            clocks={Clock.DETECTED: ClockTime(START)},
            events=tuple(
                EventRecord(at=START + timedelta(minutes=i), text=f"Event {i} was seen on db-{i}")
                for i in range(EVENTS)
            ),
        )
        incident_id = store_incident(work, record).id
    return start_postmortem(who, [incident_id])


def times(run: Callable[[], object]) -> list[float]:
    """Milliseconds of each of ROUNDS reruns, after two to warm up."""
    run()
    run()
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        run()
        taken.append((time.perf_counter() - begun) * 1000)
    return taken


def trivial() -> AppTest:
    def page() -> None:
        import streamlit as st

        st.title("Hello")
        st.button("Again")

    return AppTest.from_function(page)


def opened(page: str, who: Who, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=60)
    app.session_state["person_id"] = app.session_state["remembered"] = who.person_id
    app.switch_page(str(ROOT / "pages" / page))
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if app.exception:
        raise RuntimeError(f"{page} does not draw: {app.exception[0].message}")
    return app


def figures() -> list[tuple[str, float, str]]:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOTWASH_DATABASE_URL"] = f"sqlite:///{folder}/bench.db"
        settings.cache_clear()
        database.migrate()
        who = people.introduce("Ada Brandt")
        postmortem_id = fill(who)
        floor = statistics.median(times(trivial().run))
        views: list[tuple[str, dict[str, str]]] = [(page, {}) for page in PAGES]
        for step in ("prepare", "timeline", "why", "review"):
            views.append(("learn/workspace.py", {"id": postmortem_id, "step": step}))
        found = [("a trivial page, ms", floor, "floor")]
        for page, query in views:
            taken = times(opened(page, who, **query).run)
            middle, slow = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
            name = " ".join([page, query.get("step", "")]).strip()
            detail = f"{middle / floor:.1f} × trivial; median {middle:.0f}, p95 {slow:.0f} ms"
            found.append((f"{name}: own time, ms", middle - floor, detail))
        database.engine().dispose()
        return found
