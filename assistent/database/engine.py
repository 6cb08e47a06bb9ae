"""Opens the database, brings it to the present step, and says what is wrong when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from assistent import texts_database
from assistent.database.migrating import migrate
from assistent.errors import DatabaseError, SettingsError

# How long anyone waits for the database: a person waits for the answer behind it.
_SECONDS = 5
_OPENING_SECONDS = 60
_SCHEMES = {
    "sqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


@dataclass(frozen=True, slots=True)
class Database:
    """An open database whose tables are at the present step.

    Thread-safe. ``where`` names it without user name and password, for messages.
    """

    engine: Engine
    where: str

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together or not at all.

        Raises:
            DatabaseError: the database is down, full, locked or damaged.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise DatabaseError(texts_database.unusable(self.where, _cause(error))) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection to read from.

        Raises:
            DatabaseError: the database is down or damaged.
        """
        try:
            with self.engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise DatabaseError(texts_database.unusable(self.where, _cause(error))) from error

    def check(self) -> None:
        """Ask the database something.

        Raises:
            DatabaseError: it does not answer.
        """
        with self.reading() as connection:
            connection.execute(text("SELECT 1"))

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(address: str) -> Database:
    """Open a database and create or change its tables as needed.

    Args:
        address: ``sqlite:///folder/file.db`` or ``postgresql://user:password@host/name``.

    Raises:
        SettingsError: the address cannot be read, or the driver is not installed.
        DatabaseError: the database cannot be opened, or its tables are newer than this program.
    """
    url = _read(address)
    where = _shown(url)
    sqlite = url.get_backend_name() == "sqlite"
    try:
        engine = _open_sqlite(url) if sqlite else _open_postgresql(url)
    except ImportError as error:
        raise SettingsError(texts_database.driver_missing(where)) from error
    except OSError as error:
        raise DatabaseError(texts_database.unusable(where, error.strerror or "")) from error
    try:
        with _alone(url) if sqlite else nullcontext():
            migrate(engine)
    except (SQLAlchemyError, OSError) as error:
        engine.dispose()
        raise DatabaseError(texts_database.unusable(where, _cause(error))) from error
    except BaseException:
        engine.dispose()
        raise
    return Database(engine, where)


def _read(address: str) -> URL:
    try:
        url = make_url(address)
        url = url.set(drivername=_SCHEMES[url.drivername])
    except (ArgumentError, NoSuchModuleError, KeyError, ValueError) as error:
        # The address may hold a password, so that it is not repeated.
        raise SettingsError(texts_database.BAD_ADDRESS) from error
    return url


def _shown(url: URL) -> str:
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return f"{url.host or 'localhost'}/{url.database or ''}"


def _alone(url: URL) -> AbstractContextManager[object]:
    """Keep other processes that open a file for the first time waiting.

    SQLite refuses at once, without waiting, where two set up a new file together.
    """
    if not url.database or url.database == ":memory:":
        return nullcontext()
    return FileLock(f"{url.database}.lås", timeout=_OPENING_SECONDS)


def _open_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": _SECONDS})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        # WAL lets pages be read while something is written; erased text is overwritten, for what
        # is deleted has to be gone.
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    return engine


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(url, pool_pre_ping=True, **_postgresql_options())
    driver: Any = engine.dialect.loaded_dbapi

    class Patient(driver.Connection):  # type: ignore[misc]
        """Waits for a server for so long and no longer; the driver itself waits for ever."""

        def wait(self, gen: Any, *args: Any, **options: Any) -> Any:
            options.setdefault("timeout", _SECONDS + 1)  # the server's own limit comes first
            try:
                return super().wait(gen, *args, **options)
            except driver.OperationalError:
                if self.pgconn.transaction_status == driver.pq.TransactionStatus.ACTIVE:
                    self.pgconn.finish()  # it still owes us an answer
                raise

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: object, _record: object, args: Any, options: Any) -> Any:
        return Patient.connect(*args, **options)

    return engine


def _postgresql_options() -> dict[str, Any]:
    return {
        "pool_timeout": _SECONDS,
        "connect_args": {
            "connect_timeout": _SECONDS,
            "options": f"-c statement_timeout={_SECONDS * 1000} -c lock_timeout={_SECONDS * 1000}",
        },
    }


def _cause(error: Exception) -> str:
    """Return the database's own first line, without the statement and its values."""
    original = getattr(error, "orig", None)
    return str(original or type(error).__name__).strip().partition("\n")[0]
