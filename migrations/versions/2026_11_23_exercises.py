"""scenarios of the team, runs of exercises and their logs, plans, the talk after"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "exercise_run",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("policy", sa.String(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("join_code", sa.String(), nullable=True),
        sa.Column("is_solo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("wake_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("debrief_minutes", sa.Integer(), nullable=True),
        sa.Column("debrief_started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("notes_shown_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("debrief_ended_at", sa.DateTime(timezone=True), nullable=True),
        # Last: SQLite reads through a long column to reach those behind it.
        sa.Column("content", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["person.id"], name=op.f("fk_exercise_run_opened_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_exercise_run_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_run")),
        sa.UniqueConstraint("join_code", name=op.f("uq_exercise_run_join_code")),
    )
    with op.batch_alter_table("exercise_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exercise_run_opened_by"), ["opened_by"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exercise_run_scenario_id"), ["scenario_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exercise_run_served_at"), ["served_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_run_team_id"), ["team_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_run_wake_at"), ["wake_at"], unique=False)

    op.create_table(
        "scenario_draft",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("newest", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_scenario_draft_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "place", name=op.f("pk_scenario_draft")),
    )
    op.create_table(
        "calendar_address",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("secret_hash", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_address_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_address_secret_hash")),
    )
    op.create_table(
        "debrief_note",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("gap", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_debrief_note_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["exercise_run.id"], name=op.f("fk_debrief_note_run_id_exercise_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debrief_note")),
    )
    with op.batch_alter_table("debrief_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_debrief_note_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_debrief_note_run_id"), ["run_id"], unique=False)

    op.create_table(
        "exercise_event",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("story", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("is_override", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["exercise_run.id"], name=op.f("fk_exercise_event_run_id_exercise_run")
        ),
        sa.PrimaryKeyConstraint("run_id", "seq", name=op.f("pk_exercise_event")),
    )
    op.create_table(
        "exercise_facilitator",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exercise_facilitator_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["exercise_run.id"],
            name=op.f("fk_exercise_facilitator_run_id_exercise_run"),
        ),
        sa.PrimaryKeyConstraint("run_id", "person_id", name=op.f("pk_exercise_facilitator")),
    )
    with op.batch_alter_table("exercise_facilitator", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exercise_facilitator_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "exercise_plan",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("series_id", sa.String(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.String(), nullable=True),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("led_by", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["planned_by"], ["person.id"], name=op.f("fk_exercise_plan_planned_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["led_by"], ["person.id"], name=op.f("fk_exercise_plan_led_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["exercise_run.id"], name=op.f("fk_exercise_plan_run_id_exercise_run")
        ),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_exercise_plan_team_id_team")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exercise_plan")),
    )
    with op.batch_alter_table("exercise_plan", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exercise_plan_planned_by"), ["planned_by"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exercise_plan_led_by"), ["led_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_plan_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_exercise_plan_scenario_id"), ["scenario_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_exercise_plan_series_id"), ["series_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_plan_starts_at"), ["starts_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_exercise_plan_team_id"), ["team_id"], unique=False)

    op.create_table(
        "exercise_player",
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_exercise_player_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["exercise_run.id"], name=op.f("fk_exercise_player_run_id_exercise_run")
        ),
        sa.PrimaryKeyConstraint("run_id", "person_id", name=op.f("pk_exercise_player")),
    )
    with op.batch_alter_table("exercise_player", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exercise_player_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "scenario_version",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("scenario_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("postmortem_id", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_scenario_version_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["postmortem_id"],
            ["postmortem.id"],
            name=op.f("fk_scenario_version_postmortem_id_postmortem"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scenario_version")),
        sa.UniqueConstraint(
            "scenario_id", "number", name=op.f("uq_scenario_version_scenario_id_number")
        ),
    )
    with op.batch_alter_table("scenario_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scenario_version_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_scenario_version_postmortem_id"), ["postmortem_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_scenario_version_scenario_id"), ["scenario_id"], unique=False
        )

    op.create_table(
        "exercise_improvement",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("objective", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_id"],
            ["action_item.id"],
            name=op.f("fk_exercise_improvement_action_id_action_item"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["exercise_run.id"],
            name=op.f("fk_exercise_improvement_run_id_exercise_run"),
        ),
        sa.PrimaryKeyConstraint("action_id", name=op.f("pk_exercise_improvement")),
    )
    with op.batch_alter_table("exercise_improvement", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exercise_improvement_run_id"), ["run_id"], unique=False
        )

    op.create_table(
        "planned_seat",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_planned_seat_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["exercise_plan.id"], name=op.f("fk_planned_seat_plan_id_exercise_plan")
        ),
        sa.PrimaryKeyConstraint("plan_id", "person_id", name=op.f("pk_planned_seat")),
    )
    with op.batch_alter_table("planned_seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_planned_seat_person_id"), ["person_id"], unique=False)
