"""the full-text index of the archive, kept in step by triggers"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = "title, summary, body"
REMOVE = (
    f"INSERT INTO archive_index(archive_index, rowid, {COLUMNS}) "
    "VALUES ('delete', old.id, old.title, old.summary, old.body);"
)
INSERT = (
    f"INSERT INTO archive_index(rowid, {COLUMNS}) "
    "VALUES (new.id, new.title, new.summary, new.body);"
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    op.execute(
        f"CREATE VIRTUAL TABLE archive_index USING fts5({COLUMNS}, content='archive_entry', "
        "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='4')"
    )
    for name, moment, statements in (
        ("insert", "AFTER INSERT", INSERT),
        ("delete", "AFTER DELETE", REMOVE),
        ("update", "AFTER UPDATE", REMOVE + INSERT),
    ):
        op.execute(
            f"CREATE TRIGGER archive_entry_{name} {moment} ON archive_entry "
            f"BEGIN {statements} END"
        )
