from __future__ import annotations

import logging
from pathlib import Path

import pytest

from assistent import current
from assistent.current import CurrentEdition
from assistent.editions import POINTER, point_to
from assistent.errors import IndexDamagedError, IndexMissingError
from assistent.index import Index
from tests.conftest import Built
from tests.fakes import WordEmbedder, build

MODEL = WordEmbedder().fingerprint


def new_word(built: Built, word: str) -> str:
    """Publish an edition whose documents have one more word, and return its name."""
    path = built.corpus / "regler/kantine.md"
    path.write_text(f"{path.read_text('utf-8')}\nOrdet er {word}.\n", encoding="utf-8")
    return build(built.corpus, built.index).edition


def test_nothing_built_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError):
        CurrentEdition(tmp_path, MODEL)


def test_edition_of_another_model_is_refused(small_index: Built) -> None:
    with pytest.raises(IndexDamagedError, match=r"ord:1.*ord:2"):
        CurrentEdition(small_index.index, "ord:2")


def test_same_edition_stays_open(small_index: Built) -> None:
    edition = CurrentEdition(small_index.index, MODEL)
    opened = edition.opened
    assert edition.refresh() is opened
    assert opened.index.edition == small_index.report.edition


def test_new_edition_comes_with_its_own_words(own_index: Built) -> None:
    edition = CurrentEdition(own_index.index, MODEL)
    asked = "hva er frokostautomatn?"
    assert edition.refresh().words.respell(asked) == asked
    name = new_word(own_index, "frokostautomaten")
    opened = edition.refresh()
    assert opened is edition.opened
    assert opened.index.edition == name
    assert opened.words.respell(asked) == "hva er frokostautomaten?"
    point_to(own_index.index, own_index.report.edition)
    assert edition.refresh().words.respell(asked) == asked


def test_edition_that_cannot_be_opened_is_tried_once_only(
    own_index: Built, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = CurrentEdition(own_index.index, MODEL)
    kept = edition.opened
    name = new_word(own_index, "frokostautomaten")
    path = own_index.index / name / "dokumenter.json"
    path.write_bytes(path.read_bytes()[:-10])
    tried: list[Path] = []
    really = current.open_index

    def opened(folder: Path, chroma: str) -> Index:
        tried.append(folder)
        return really(folder, chroma)

    monkeypatch.setattr(current, "open_index", opened)
    with caplog.at_level(logging.WARNING):
        assert edition.refresh() is kept
        assert edition.refresh() is kept
    assert tried == [own_index.index / name]
    assert f"kept edition {own_index.report.edition}" in caplog.text
    # One that comes after it is tried again.
    repaired = new_word(own_index, "lunsjautomaten")
    assert edition.refresh().index.edition == repaired


def test_new_edition_of_another_model_is_left_alone(own_index: Built) -> None:
    edition = CurrentEdition(own_index.index, MODEL)
    build(own_index.corpus, own_index.index, WordEmbedder(fingerprint="ord:2"))
    assert edition.refresh().index.edition == own_index.report.edition


def test_lost_pointer_does_not_close_what_is_open(own_index: Built) -> None:
    edition = CurrentEdition(own_index.index, MODEL)
    (own_index.index / POINTER).unlink()
    assert edition.refresh() is edition.opened
