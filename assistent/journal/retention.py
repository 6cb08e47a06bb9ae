"""Removes what is older than it may be, so that it is gone for real."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from assistent.database import Database
from assistent.database.cleaning import reclaim
from assistent.journal.tables import TABLES, answers, feedback


@dataclass(frozen=True, slots=True)
class Removed:
    """How many answers and how many pieces of feedback were removed."""

    answers: int
    feedback: int


def tidy(database: Database, before: datetime) -> Removed:
    """Remove answers and feedback from before a moment.

    Raises:
        DatabaseError: the database cannot be used.
    """
    with database.writing() as connection:
        # What an answer quoted goes with it, by the foreign key.
        old = connection.execute(delete(answers).where(answers.c.asked_at < before)).rowcount
        said = connection.execute(delete(feedback).where(feedback.c.given_at < before)).rowcount
    # Also if nothing was old: something may have been erased while others were in the way.
    reclaim(database, [table.name for table in TABLES])
    return Removed(old, said)
