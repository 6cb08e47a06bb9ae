"""``assistent journal``: what is kept, what is old, and what somebody wants erased."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from assistent import texts_journal as texts
from assistent.cli import main
from assistent.database import open_database
from assistent.journal import FeedbackBox, Given, Journal, Keeping, new_reference
from assistent.journal.entries import utc_now
from tests.journal_entries import entry, given

Kept = tuple[Journal, FeedbackBox]


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kept]:
    """A journal with an answer of today, and one that is older than the retention."""
    address = f"sqlite:///{tmp_path / 'assistent.db'}"
    monkeypatch.setenv("ASSISTENT_DATABASE", address)
    monkeypatch.setenv("ASSISTENT_JOURNAL_DAGER", "30")
    database = open_database(address)
    journal = Journal(database, keeping=Keeping.MINIMAL, days=9999)
    for age in (0, 40):
        journal.record(entry(given(), at=utc_now() - timedelta(days=age)))
    assert journal.flush()
    yield journal, FeedbackBox(database)
    journal.close()
    database.close()


def test_it_says_how_much_is_kept(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    kept[1].add(Given(new_reference(), useful=True))
    assert main(["journal"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Journalen har 2 svar og 1 tilbakemelding. Det eldste er fra ")
    assert said.endswith("ASSISTENT_JOURNAL=minimal, og alt slettes etter 30 dager.\n")


def test_it_removes_what_is_old(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    assert kept
    assert main(["journal", "--rydd"]) == 0
    assert capsys.readouterr().out == f"{texts.tidied(1, 0)}\n"
    assert main(["journal", "--rydd"]) == 0
    assert capsys.readouterr().out == f"{texts.tidied(0, 0)}\n"


def test_it_erases_feedback_by_its_id(kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    identity = kept[1].add(Given(new_reference(), useful=False, contact="a@example.no"))
    assert main(["journal", "--slett-tilbakemelding", identity]) == 0
    assert capsys.readouterr().out == f"{texts.erased(identity)}\n"
    assert kept[1].find(identity) is None
    assert main(["journal", "--slett-tilbakemelding", identity]) == 1
    assert capsys.readouterr().err == f"{texts.not_there(identity)}\n"


@pytest.mark.parametrize("keeping", ["av", "minimal", "full"])
def test_every_way_of_keeping_is_said_in_whole_sentences(keeping: str) -> None:
    for days in (1, 90):
        lines = [
            texts.kept(keeping, days),
            *texts.about(keeping, days),
            texts.contents(1, 0, None, keeping=keeping, days=days),
        ]
        assert all(line.endswith(".") for line in lines)
        assert not [line for line in lines if re.search(r"\b1 dager|None", line)]
