"""Makes sure that what was deleted is gone from the files, and not only from the tables."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from assistent import texts_database
from assistent.database.engine import Database
from assistent.errors import DatabaseError


def reclaim(database: Database, tables: Sequence[str]) -> None:
    """Overwrite what deleted and changed rows left behind.

    Args:
        database: where rows were deleted or changed.
        tables: their names; never anybody's input.

    Raises:
        DatabaseError: the database cannot be used or is busy; the rows are gone all the same.
    """
    try:
        # Neither database vacuums inside a transaction.
        with database.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        ) as connection:
            if database.engine.dialect.name == "sqlite":
                done = _empty_log(connection)
            else:
                # Dead rows stand in the pages until they are vacuumed.
                for table in tables:
                    connection.exec_driver_sql(f"VACUUM {table}")
                done = True
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or type(error).__name__)
        first = cause.strip().partition("\n")[0]
        raise DatabaseError(texts_database.unusable(database.where, first)) from error
    if not done:
        raise DatabaseError(texts_database.busy(database.where))


def _empty_log(connection: Connection) -> bool:
    """Empty SQLite's log; return whether nobody was in the way.

    ``secure_delete`` has overwritten what is deleted, but in the log the pages stand as they were.
    Writing the whole file anew would keep everybody else waiting, and erase no more.
    """
    blocked = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
    return not blocked
