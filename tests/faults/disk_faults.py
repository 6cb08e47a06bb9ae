"""A disk that is full, for real: a tiny file system in memory, which root alone may mount."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from assistent.database import open_database
from assistent.editions import current_edition
from assistent.journal import Journal, Keeping
from assistent.journal.reading import JournalReader
from assistent.model import prepare_model
from tests.fakes import build, small_corpus
from tests.faults.finding import (
    Checks,
    Fault,
    Finding,
    NotTriedError,
    answers,
    new_hours,
    opened,
)
from tests.journal_entries import fresh

_STUFFING = "fyll"


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """Mount a file system of a size such as «2m» for the block."""
    place = folder / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise NotTriedError("no mount on this machine") from error
    if done.returncode:
        raise NotTriedError("only root may mount a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def stuff(disk: Path, leave: int) -> None:
    """Fill a disk but for so many bytes."""
    state = os.statvfs(disk)
    with (disk / _STUFFING).open("wb") as file:
        try:
            file.write(bytes(max(0, state.f_bavail * state.f_frsize - leave)))
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise


def index_disk(folder: Path) -> Finding:
    """Build where there is room for less and less of an edition."""
    checks = Checks()
    corpus = small_corpus(folder)
    with small_disk(folder, "16m") as disk:
        index = disk / "indeks"
        build(corpus, index)
        before = current_edition(index)
        serving = opened(index)
        new_hours(corpus)
        for leave in (0, 8_192, 65_536, 150_000):
            stuff(disk, leave)
            checks.refused(f"{leave} B free is said", lambda: build(corpus, index), "nok plass")
            checks.holds(f"{leave} B free: the edition stays", current_edition(index) == before)
            checks.holds(f"{leave} B free: it answers", answers(serving))
            checks.holds(f"{leave} B free: a new server answers", answers(opened(index)))
            (disk / _STUFFING).unlink()
            checks.holds("nothing half-built is left", not list(index.glob(".bygges-*")))
        build(corpus, index)
        checks.holds("with room it goes on", not answers(opened(index)))
    return checks.found("the build; the edition in force stays")


def database_disk(folder: Path) -> Finding:
    """Fill the disk of the SQLite database while answers are kept."""
    checks = Checks()
    with (
        small_disk(folder, "1m") as disk,
        closing(open_database(f"sqlite:///{disk / 'a.db'}")) as database,
        closing(Journal(database, keeping=Keeping.MINIMAL, days=90)) as journal,
    ):
        journal.record(fresh())
        checks.holds("it is kept", journal.flush(10) and journal.dropped == 0)
        stuff(disk, 0)
        for _ in range(300):
            journal.record(fresh())
        checks.holds("nobody waits for it", journal.flush(30))
        lost = journal.dropped
        checks.holds("what is lost is counted", lost > 0)
        (disk / _STUFFING).unlink()
        journal.record(fresh())
        checks.holds("with room it goes on", journal.flush(10) and journal.dropped == lost)
        kept = JournalReader(database).contents().answers
        checks.holds("what was kept is there", kept == 302 - lost)
    return checks.found("entries of the journal, counted; no answer")


def model_disk(folder: Path) -> Finding:
    """Prepare the model where there is no room for it."""
    checks = Checks()
    with small_disk(folder, "4m") as disk:
        checks.refused(
            "it is said before anything is written",
            lambda: prepare_model(disk / "modell"),
            str(disk / "modell"),
        )
        checks.holds("nothing half-made is left", not list(disk.glob(".modell-bygges-*")))
    return checks.found()


FAULTS = [
    Fault("disk full at the index", "tmpfs with 0, 8, 64 and 150 kB free", index_disk),
    Fault("disk full at the database", "SQLite on a full tmpfs", database_disk),
    Fault("disk full at the model cache", "tmpfs of 4 MB", model_disk),
]
