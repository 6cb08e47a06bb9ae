"""Only the very file that was read is handed out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistent.originals import OriginalError, OriginalFault, Originals, checksum_of
from assistent.types import Document, DocumentInfo


def document(path: str, checksum: str) -> Document:
    return Document(DocumentInfo(path, "Regler"), "Tekst", (), checksum)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "korpus"
    (folder / "regler").mkdir(parents=True)
    (folder / "regler/a.txt").write_text("Skriv klart.", encoding="utf-8")
    (tmp_path / "hemmelig.txt").write_text("Utenfor.", encoding="utf-8")
    return folder


def fault(originals: Originals, asked: Document) -> OriginalFault:
    with pytest.raises(OriginalError) as caught:
        originals.open(asked)
    with pytest.raises(OriginalError):
        originals.find(asked)
    return caught.value.fault


def test_the_file_is_opened_at_its_beginning(corpus: Path) -> None:
    asked = document("regler/a.txt", checksum_of(corpus / "regler/a.txt"))
    originals = Originals(corpus)
    for _ in range(2):  # compared the first time, remembered the second
        file, size = originals.open(asked)
        with file:
            assert file.read() == b"Skriv klart."
        assert size == 12
    found = originals.find(asked)
    assert (found.path, found.size) == (corpus / "regler/a.txt", 12)


def test_a_changed_file_is_refused_until_it_is_back(corpus: Path) -> None:
    path = corpus / "regler/a.txt"
    asked = document("regler/a.txt", checksum_of(path))
    originals = Originals(corpus)
    originals.find(asked)
    path.write_text("Skriv uklart.", encoding="utf-8")
    assert fault(originals, asked) is OriginalFault.CHANGED
    path.write_text("Skriv klart.", encoding="utf-8")
    assert originals.find(asked).size == 12


def test_a_file_nobody_took_the_checksum_of_is_refused(corpus: Path) -> None:
    assert fault(Originals(corpus), document("regler/a.txt", "")) is OriginalFault.CHANGED


@pytest.mark.parametrize(
    "path",
    [
        "../hemmelig.txt",
        "regler/../../hemmelig.txt",
        "lenke.txt",
        "/etc/hostname",
        "regler",
        "finnes-ikke.txt",
        "regler/a.txt/b",
        "regler/\0.txt",
        "",
    ],
)
def test_nothing_outside_the_corpus_is_opened(corpus: Path, path: str) -> None:
    (corpus / "lenke.txt").symlink_to(corpus.parent / "hemmelig.txt")
    checksum = checksum_of(corpus.parent / "hemmelig.txt")
    assert fault(Originals(corpus), document(path, checksum)) is OriginalFault.MISSING


def test_what_is_no_regular_file_is_not_opened(corpus: Path) -> None:
    os.mkfifo(corpus / "ror.txt")
    assert fault(Originals(corpus), document("ror.txt", "x")) is OriginalFault.MISSING


def test_a_corpus_that_is_gone_is_no_crash(tmp_path: Path) -> None:
    originals = Originals(tmp_path / "borte")
    assert fault(originals, document("a.txt", "x")) is OriginalFault.MISSING


def test_a_file_that_cannot_be_read_has_no_checksum(tmp_path: Path) -> None:
    assert checksum_of(tmp_path / "borte.txt") == ""
