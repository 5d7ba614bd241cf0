"""How Alembic reaches the database: through the connection that services.database gives it, or
(for `alembic check` and writing a migration) through the address in the settings."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection
from sqlmodel.sql.sqltypes import AutoString

from models.tables import metadata
from models.tables.base import UTCTime, Word


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """The search index of the archive is made by hand in its migration, not by the metadata."""
    return not (kind == "table" and name is not None and name.startswith("archive_index"))


def plain_type(kind: str, column_type: object, _context: object) -> str | bool:
    """Migrations speak of the database's own types: our classes may change, history may not."""
    if kind == "type" and isinstance(column_type, UTCTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(column_type, Word):
        return "sa.String(32)"
    if kind == "type" and isinstance(column_type, AutoString):
        return "sa.String()"
    return False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_name=is_ours,
        render_item=plain_type,
        render_as_batch=True,
        compare_type=False,
        transaction_per_migration=False,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from services.database import writing_engine

    with writing_engine().begin() as own:
        run(own)
