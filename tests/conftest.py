"""What tests share: a fresh database, people with names, and pages run from the frame."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings as examples
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, local_script_runner

from models.rules.policy import Who
from pages.components import twice
from services import database, people
from services.settings import settings

ROOT = Path(__file__).resolve().parent.parent

# The same examples every time, so that a red run is the fault of the change; `make explore`
# looks for new ones.
examples.register_profile("same", derandomize=True)
examples.register_profile("explore", max_examples=2_000, print_blob=True)
examples.load_profile("same")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has been migrated once; each test works on a copy."""
    file = tmp_path_factory.mktemp("database") / "migrated.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{file}")
        settings.cache_clear()
        database.migrate()
        database.engine().dispose()
    settings.cache_clear()
    return file


@pytest.fixture
def database_file(
    migrated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A fresh database of its own for this test; the path of its file."""
    file = tmp_path / "hotwash.db"
    shutil.copy(migrated, file)
    monkeypatch.setenv("HOTWASH_DATABASE_URL", f"sqlite:///{file}")
    settings.cache_clear()
    yield file
    database.engine().dispose()
    database.engine_for.cache_clear()
    settings.cache_clear()


@pytest.fixture
def ada(database_file: Path) -> Who:
    """Ada Brandt, an engineer."""
    return people.introduce("Ada Brandt")


@pytest.fixture
def ben(database_file: Path) -> Who:
    """Ben Okafor, who facilitates."""
    return people.introduce("Ben Okafor")


@pytest.fixture(scope="session", autouse=True)
def done_once_for_all_pages() -> Iterator[None]:
    """For each AppTest, Streamlit looks through every installed package for components, which is
    most of the time of a short test, and compiles the pages."""
    with pytest.MonkeyPatch.context() as patch:
        found = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", found)
        patch.setattr(local_script_runner, "ScriptCache", cache(ScriptCache))
        yield


@pytest.fixture(scope="session", autouse=True)
def second_clicks_are_double_clicks() -> Iterator[None]:
    """Those of a test come at once; a busy machine may take longer than a hand."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(twice, "_TWICE", timedelta(hours=1))
        yield


class Browser:
    """A person at the app, without a browser: pages run from the frame as Streamlit runs them."""

    def __init__(self, person: Who | None = None) -> None:
        self.app = AppTest.from_file(str(ROOT / "pages" / "shell.py"), default_timeout=120)
        known = person.person_id if person else ""
        for name in ("person_id", "remembered"):  # AppTest has no cookies
            self.app.session_state[name] = known

    def open(self, page: str = "", **query: str) -> AppTest:
        """Opens a page by its file below pages/, like `learn/incidents.py`, and runs it."""
        if not page:
            return self.app.run()
        self.app.run()  # from here on the addresses of pages are known, which differ from files
        self.app.switch_page(str(ROOT / "pages" / page))
        for key, value in query.items():
            self.app.query_params[key] = value
        return self.app.run()


@pytest.fixture
def browser(ada: Who) -> Browser:
    """Ada at her browser."""
    return Browser(ada)
