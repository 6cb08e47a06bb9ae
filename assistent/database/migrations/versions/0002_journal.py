"""What was asked and what became of it, and what people said of the answers.

No table says who asked. ``access`` names the groups that may see a quoted document, one per line,
empty for everyone.
"""

import sqlalchemy as sa
from alembic import op

from assistent.database.tables import Moment

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "answers",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("asked_at", Moment(), nullable=False),
        sa.Column("entrance", sa.String(8), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("edition", sa.String(80), nullable=False),
        sa.Column("writer", sa.String(120), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("milliseconds", sa.JSON(), nullable=False),
        sa.Column("question", sa.Text(), nullable=True),
        sa.Column("searched", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("reference", name="pk_answers"),
    )
    op.create_index("ix_answers_asked_at", "answers", ["asked_at"])
    op.create_table(
        "quotes",
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(500), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference", "number", name="pk_quotes"),
        sa.ForeignKeyConstraint(
            ["reference"],
            ["answers.reference"],
            name="fk_quotes_reference_answers",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("given_at", Moment(), nullable=False),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("claim", sa.Integer(), nullable=True),
        sa.Column("useful", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(254), nullable=True),
        sa.Column("places", sa.JSON(), nullable=False),
        sa.Column("triage", sa.String(16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("handled_by", sa.String(255), nullable=False),
        sa.Column("handled_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
    )
    op.create_index("ix_feedback_given_at", "feedback", ["given_at"])
    op.create_index("ix_feedback_reference", "feedback", ["reference"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("feedback")
    op.drop_table("quotes")
    op.drop_table("answers")
