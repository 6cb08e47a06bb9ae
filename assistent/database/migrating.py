"""Brings the tables to the present step, one process at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from assistent import texts_database
from assistent.errors import DatabaseError

FOLDER = Path(__file__).resolve().parent / "migrations"
# Any number will do, as long as every process takes the same lock.
_LOCK = 1038_25


def migrate(engine: Engine) -> None:
    """Run the steps that the tables have not seen.

    Raises:
        DatabaseError: the tables come from a newer version of the program.
        sqlalchemy.exc.SQLAlchemyError: the database cannot be used.
    """
    with engine.begin() as connection:
        _one_at_a_time(connection)
        configured = configuration()
        configured.attributes["connection"] = connection
        try:
            command.upgrade(configured, "head")
        except CommandError as error:
            raise DatabaseError(texts_database.NEWER_TABLES) from error


def configuration() -> Config:
    """Return what Alembic has to know."""
    configured = Config()
    configured.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return configured


def newest_step() -> str:
    """Return the name of the last step there is."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def _one_at_a_time(connection: Connection) -> None:
    """Keep a second process that starts at the same moment waiting."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    else:
        # The driver begins a transaction only at the first change; the lock is needed before.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
