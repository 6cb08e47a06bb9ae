"""The tables of the journal; step 0002 creates them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from assistent.database.tables import METADATA, Moment

LINE = "\n"
"""What stands between the headings of a section and between the groups of an access."""

answers = Table(
    "answers",
    METADATA,
    Column("reference", String(16), primary_key=True),
    Column("asked_at", Moment(), nullable=False),
    Column("entrance", String(8), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("edition", String(80), nullable=False),
    Column("writer", String(120), nullable=False),
    Column("language", String(8), nullable=False),
    Column("milliseconds", JSON, nullable=False),
    Column("question", Text),
    Column("searched", Text),
    Index("ix_answers_asked_at", "asked_at"),
)
quotes = Table(
    "quotes",
    METADATA,
    Column(
        "reference",
        String(16),
        ForeignKey("answers.reference", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", String(500), nullable=False),
    Column("section", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("text_hash", String(64), nullable=False),
    Column("text", Text),
    Column("claims", JSON, nullable=False),
    Column("access", Text, nullable=False),
)
feedback = Table(
    "feedback",
    METADATA,
    Column("id", String(16), primary_key=True),
    Column("given_at", Moment(), nullable=False),
    Column("reference", String(16), nullable=False),
    Column("claim", Integer),
    Column("useful", Boolean, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("contact", String(254)),
    Column("places", JSON, nullable=False),
    Column("triage", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("handled_by", String(255), nullable=False),
    Column("handled_at", Moment()),
    Index("ix_feedback_given_at", "given_at"),
    Index("ix_feedback_reference", "reference"),
)
TABLES = (answers, quotes, feedback)
