"""The rules of the starter corpus, read once; and small registers to break."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from assistent.corpus import read_corpus
from assistent.guidance import Library
from assistent.registers import FOLDER, load_registers
from tests.fakes import PlainReader, small_corpus

CORPUS = Path(__file__).resolve().parent.parent / "korpus"


@cache
def starter_library() -> Library:
    """The library of the starter corpus."""
    return library_of(CORPUS)


def library_of(corpus: Path) -> Library:
    """The library of a corpus folder."""
    documents = {d.info.path: d for d in read_corpus(corpus, PlainReader)[0]}
    return Library(documents, load_registers(corpus, documents), contact="kommunikasjonsstaben")


def small_library(folder: Path, **registers: str) -> Library:
    """The library of two small documents with registers (``kanaler``, ``plikter``) of one's own."""
    corpus = small_corpus(folder)
    (corpus / FOLDER).mkdir()
    for name, text in registers.items():
        (corpus / FOLDER / f"{name}.toml").write_text(text, encoding="utf-8")
    return library_of(corpus)
