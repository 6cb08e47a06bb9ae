"""Writes the journal beside everything else: an answer never waits for it and never fails by it."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from assistent.database import Database
from assistent.errors import DatabaseError
from assistent.journal.entries import Entry, Keeping, Quoted, utc_now
from assistent.journal.retention import tidy
from assistent.journal.tables import LINE, answers, quotes

_log = logging.getLogger(__name__)

CAPACITY = 1000
"""Entries that may wait; the next one is dropped and counted."""

_BATCH = 100
_TIDY_EVERY = timedelta(days=1)
_LOOK_SECONDS = 600.0  # how often a quiet journal looks whether a day has passed
_FLUSH_SECONDS = 5.0


class Journal:
    """Keeps entries in a database, from a thread of its own; may be used from several threads.

    The same thread removes, once a day, what is older than the retention.

    Args:
        database: where they are kept.
        keeping: how much is kept; never OFF, for then there is no journal.
        days: how long.
        now: tells the time.
        capacity: how many entries may wait.
    """

    def __init__(
        self,
        database: Database,
        *,
        keeping: Keeping,
        days: int,
        now: Callable[[], datetime] = utc_now,
        capacity: int = CAPACITY,
    ) -> None:
        if keeping is Keeping.OFF:
            raise ValueError("a journal that is off keeps nothing")
        self.database = database
        self.keeping = keeping
        self.days = days
        self.now = now
        self._capacity = capacity
        self._waiting: deque[Entry] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._dropped = 0
        self._troubled = False
        self._tidy_at = now()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    @property
    def dropped(self) -> int:
        """How many entries were not kept: too many at once, or a database that was down."""
        return self._dropped

    @property
    def waiting(self) -> int:
        """How many entries are still to be written."""
        return len(self._waiting)

    def record(self, entry: Entry) -> None:
        """Have an entry written soon; returns at once and never raises."""
        with self._changed:
            if self._closed or len(self._waiting) >= self._capacity:
                self._dropped += 1
                return
            self._waiting.append(entry)
            self._changed.notify_all()

    def flush(self, seconds: float = _FLUSH_SECONDS) -> bool:
        """Wait until nothing waits to be written; return whether that came in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._waiting, seconds)

    def close(self, seconds: float = _FLUSH_SECONDS) -> None:
        """Write what waits and stop; may be called more than once."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(seconds)
        if self._waiting:
            _log.warning("the journal ended with %d entries unwritten", len(self._waiting))

    # --- The thread ------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            if self.now() >= self._tidy_at:
                self._tidy()
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed, _LOOK_SECONDS)
                batch = [self._waiting[at] for at in range(min(len(self._waiting), _BATCH))]
                if not batch and self._closed:
                    return
            if not batch:
                continue
            lost = 0 if self._write(batch) else len(batch)
            with self._changed:
                self._dropped += lost
                for _ in batch:
                    self._waiting.popleft()
                self._changed.notify_all()

    def _write(self, batch: Sequence[Entry]) -> bool:
        quoted = [_quote_row(entry, quote) for entry in batch for quote in entry.quotes]
        try:
            with self.database.writing() as connection:
                connection.execute(insert(answers), [_answer_row(entry) for entry in batch])
                if quoted:
                    connection.execute(insert(quotes), quoted)
        except DatabaseError as error:
            if not self._troubled:  # said once, not with every question
                _log.warning("the journal cannot be written: %s", error)
            self._troubled = True
            return False
        if self._troubled:
            _log.warning("the journal is written again; %d entries were lost", self._dropped)
        self._troubled = False
        return True

    def _tidy(self) -> None:
        now = self.now()
        self._tidy_at = now + _TIDY_EVERY
        try:
            tidy(self.database, now - timedelta(days=self.days))
        except DatabaseError as error:
            _log.warning("old entries could not be removed: %s", error)


def _answer_row(entry: Entry) -> dict[str, Any]:
    return {
        "reference": entry.reference,
        "asked_at": entry.asked_at,
        "entrance": entry.entrance.value,
        "outcome": entry.outcome.value,
        "edition": entry.edition[:80],
        "writer": entry.writer[:120],
        "language": entry.language,
        "milliseconds": dict(entry.milliseconds),
        "question": entry.question,
        "searched": entry.searched,
    }


def _quote_row(entry: Entry, quote: Quoted) -> dict[str, Any]:
    return {
        "reference": entry.reference,
        "number": quote.number,
        "document": quote.document,
        "section": LINE.join(quote.section),
        "start": quote.start,
        "stop": quote.end,
        "text_hash": quote.text_hash,
        "text": quote.text,
        "claims": list(quote.claims),
        "access": LINE.join(sorted(quote.access)),
    }
