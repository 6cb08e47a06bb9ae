"""The whole app with a journal, over SQLite in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi.testclient import TestClient

from assistent.answering import Assistant
from assistent.bootstrap import build_journal
from assistent.database import Database, open_database
from assistent.journal import FeedbackBox, Journal
from assistent.journal.reading import JournalReader
from assistent.journal.tables import TABLES
from assistent.settings import Settings, load_settings
from assistent.web.server import create_app

HOME = "http://127.0.0.1:7860"


@dataclass(frozen=True)
class Served:
    """A client at this very machine, and what stands behind the app."""

    client: TestClient
    settings: Settings
    database: Database
    journal: Journal

    @property
    def box(self) -> FeedbackBox:
        return FeedbackBox(self.database)

    @property
    def reader(self) -> JournalReader:
        return JournalReader(self.database)

    def empty(self) -> None:
        """Remove everything that is kept."""
        self.flush()
        with self.database.writing() as connection:
            for table in TABLES:
                connection.execute(table.delete())

    def flush(self) -> None:
        assert self.journal.flush()


@contextmanager
def journalled(assistant: Assistant, folder: Path, keeping: str = "full") -> Iterator[Served]:
    settings = load_settings(
        {
            "ASSISTENT_JOURNAL": keeping,
            "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
            "ASSISTENT_EVALUERING": str(folder / "evaluering"),
            "ASSISTENT_KONTAKT": "kommunikasjonsstaben",
        }
    )
    database = open_database(settings.database.get_secret_value())
    journal = build_journal(settings, database)
    assert journal is not None
    app = create_app(assistant, settings, database=database, journal=journal)
    with TestClient(app, base_url=HOME, client=("127.0.0.1", 50_000)) as client:
        yield Served(client, settings, database, journal)
    journal.close()
    database.close()
