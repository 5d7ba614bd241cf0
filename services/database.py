"""The engine and the migrations. SQLite by default; the settings below are what keeps it safe."""

from __future__ import annotations

import logging
import threading
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from models.rules.problems import ProblemForUser
from services.settings import ROOT, settings

log = logging.getLogger(__name__)
_MIGRATING = threading.Lock()


@cache
def engine_for(url: str) -> Engine:
    """The engine of a database address; one for each address and process."""
    try:
        engine = create_engine(make_url(url), pool_pre_ping=not url.startswith("sqlite"))
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        log.error("cannot use the database address: %s", error)
        raise ProblemForUser(
            "HOTWASH_DATABASE_URL cannot be used. Write it like sqlite:///path/to/hotwash.db."
        ) from None
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def engine() -> Engine:
    """The engine of the database that the settings name."""
    return engine_for(settings().database_url)


def where_data_lies() -> str:
    """The kind and the place of the database in words, without a name or password."""
    url = make_url(settings().database_url)
    if url.get_backend_name() == "sqlite":
        return f"SQLite, in the file {url.database}"
    kinds = {"postgresql": "PostgreSQL"}
    kind = kinds.get(url.get_backend_name(), url.get_backend_name())
    return f"{kind} at {url.host or 'this machine'}, database {url.database}"


def writing_engine() -> Engine:
    """The same, for transactions that write: they take SQLite's write lock at their start,
    because a reader that turns into a writer fails at once when somebody else writes."""
    return engine().execution_options(hotwash_writes=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves, see _begin_sqlite
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # NORMAL loses saved work at a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("hotwash_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def migrate() -> None:
    """Makes the database if it is not there, and brings it to the newest version: under a lock
    and in one transaction, so that a kill at any point leaves the old version whole.

    Raises ProblemForUser when the file cannot be opened or written, or is of a newer version.
    """
    _make_folder()
    try:
        with _MIGRATING, writing_engine().begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(718281828)"))
            _upgrade(connection)
    except DBAPIError as error:
        log.error("cannot open or migrate the database: %s", error)
        raise ProblemForUser(
            "The database cannot be opened. Check that HOTWASH_DATABASE_URL names a file in a "
            "folder that this account may write to, and that it is a Hotwash database."
        ) from error


def is_ready() -> bool:
    """Whether the database answers and has been migrated."""
    try:
        with engine().connect() as connection:
            found = connection.execute(text("SELECT version_num FROM alembic_version"))
            return found.first() is not None
    except DBAPIError as error:
        log.error("the database does not answer: %s", error)
        return False


def _make_folder() -> None:
    url = engine().url  # raises for an address that is none
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ProblemForUser(
            f"The folder of the database, {Path(url.database).parent}, cannot be made. "
            "Choose another one in HOTWASH_DATABASE_URL."
        ) from error


def _upgrade(connection: Connection) -> None:
    from alembic import command  # slow to import, and only this needs it
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # it does not know the version that the database has
        raise ProblemForUser(
            "This database was made by a newer version of Hotwash. Update Hotwash, or name another "
            "database in HOTWASH_DATABASE_URL. Nothing was changed."
        ) from error
