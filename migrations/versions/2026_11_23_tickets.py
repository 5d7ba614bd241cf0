"""the tickets of actions in the trackers of the team"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ticket_push",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("tracker", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("stage", sa.String(length=32), nullable=True),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_ticket_push_by_id_person")),
        sa.PrimaryKeyConstraint("action_id", "tracker", name=op.f("pk_ticket_push")),
    )
    op.create_index(op.f("ix_ticket_push_by_id"), "ticket_push", ["by_id"])
