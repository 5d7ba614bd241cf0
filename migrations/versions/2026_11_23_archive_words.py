"""the words of the archive: what a mistyped word may mean, and how rare each word is"""

from __future__ import annotations

from collections import Counter

import sqlalchemy as sa
from alembic import op

from models.rules.near_words import plain_words

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    words = op.create_table(
        "archive_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_word")),
        sa.UniqueConstraint("word", name=op.f("uq_archive_word_word")),
        sqlite_autoincrement=True,
    )
    counted: Counter[str] = Counter()
    entries = op.get_bind().execute(sa.text("SELECT title, summary, body FROM archive_entry"))
    for entry in entries:
        counted.update(set(plain_words("\n".join(entry))))
    rows = [{"word": word, "entries": count} for word, count in sorted(counted.items())]
    op.bulk_insert(words, rows)
