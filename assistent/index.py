"""The index of one edition: documents, passages, vectors in Chroma, and BM25.

    dokumenter.json   catalogue entry, stored text and blocks of every document
    registre.json     the channel and the duty register
    utdrag.json       every passage with its statements
    utdrag.npy        their vectors, shape (passages, dimensions), float32, length 1
    setninger.npy     the statements' vectors, in the order of the passages
    sporsmal.json     questions that are known to be answered somewhere, with the place
    sporsmal.npy      their vectors
    bm25.npz          the lexical index over passages
    chroma/           the passages' vectors in a Chroma collection, for search

Chroma finds the passages that come near, a scan the statements and, in a large corpus, the
passages (:mod:`assistent.nearest`); exact cosines are then taken from the two vector files, which
are in memory, mapped if they are large. Chroma itself is behind :mod:`assistent.passage_store`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistent import texts_index
from assistent.editions import Fingerprint, Manifest, read_manifest, seal
from assistent.errors import IndexDamagedError, SettingsError
from assistent.index_files import (
    read_asked,
    read_documents,
    read_passages,
    read_registers,
    write_records,
)
from assistent.lexical import LexicalIndex
from assistent.nearest import NearestVectors, Rows, Scan
from assistent.passage_store import (
    EmbeddedStore,
    Metadata,
    PassageStore,
    ServerStore,
    on_one_line,
    write_store,
)
from assistent.types import Asked, Document, Passage, Registers

Vectors = NDArray[np.float32]

_DOCUMENTS = "dokumenter.json"
_PASSAGES = "utdrag.json"
_REGISTERS = "registre.json"
_PASSAGE_VECTORS = "utdrag.npy"
_STATEMENT_VECTORS = "setninger.npy"
_LEXICAL = "bm25.npz"
_ASKED = "sporsmal.json"
_ASKED_VECTORS = "sporsmal.npy"
# In a large collection HNSW loses passages: .02 of the ten best at 20 000, .10 at 100 000. A scan
# takes as long there and loses none.
_SCANNED_FROM = 10_000
_MAPPED_FROM = 64 * 1024 * 1024  # bytes: some 40 000 vectors


class Index:
    """One opened edition. Rows number the passages; statement rows number their statements."""

    def __init__(self, folder: Path, manifest: Manifest, chroma: str = "") -> None:
        self.edition = manifest.edition
        self.fingerprint = manifest.fingerprint
        self.documents = {d.info.path: d for d in read_documents(folder / _DOCUMENTS)}
        self.registers = read_registers(folder / _REGISTERS)
        self.passages = tuple(read_passages(folder / _PASSAGES))
        passage_vectors = _vectors(folder / _PASSAGE_VECTORS)
        statement_vectors = _vectors(folder / _STATEMENT_VECTORS)
        self.passage_vectors: Vectors | Rows = passage_vectors
        self.statement_vectors: Vectors | Rows = statement_vectors
        self.lexical = LexicalIndex.load(folder / _LEXICAL)
        self.asked = tuple(read_asked(folder / _ASKED))
        self.asked_vectors = _vectors(folder / _ASKED_VECTORS)
        self._look_up()
        self._check_counts(folder, manifest)
        self._store = self._open_store(folder, passage_vectors, chroma)
        self.statement_scan: Scan = NearestVectors(statement_vectors)
        self.asked_scan: Scan = NearestVectors(self.asked_vectors)
        self.passage_scan: Scan = NearestVectors(passage_vectors)
        self._by_graph = len(self.passages) < _SCANNED_FROM
        self._check_collections(folder)

    def nearest_passages(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows of the passages nearest to a vector of shape (dimensions,)."""
        found = self._store.nearest(vector, count) if self._by_graph else None
        if found is not None:
            return found
        return [int(row) for row in self.passage_scan.rows(vector, count)]

    def nearest_statements(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows of the passages that hold the statements nearest to a vector."""
        rows = self.statement_scan.rows(vector, count)
        passages = np.searchsorted(self.statement_offsets, rows, side="right") - 1
        return list(dict.fromkeys(int(row) for row in passages))

    def nearest_asked(self, vector: Vectors, count: int) -> list[tuple[int, int, float]]:
        """Return the places of the known questions nearest to a vector, nearest first.

        Each is the row of a passage, the number of a statement in it, and the cosine.
        """
        if not self.asked:
            return []
        found = [(self.asked_places[row], int(row)) for row in self.asked_scan.rows(vector, count)]
        return [
            (*place, float(self.asked_vectors[row] @ vector))
            for place, row in found
            if place is not None
        ]

    def _look_up(self) -> None:
        """Make what follows from passages and documents."""
        counts = [len(passage.statements) for passage in self.passages]
        # The statements of passage row i have the rows offsets[i]:offsets[i + 1].
        self.statement_offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self._rows_of: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            self._rows_of.setdefault(passage.document, []).append(row)
        self.asked_places = self._place_asked()
        # What stands in each section itself, without its subsections.
        self._own_text: dict[tuple[str, tuple[str, ...]], str] = {}
        for passage in self.passages:
            text = self.documents[passage.document].text[passage.body_start : passage.end]
            key = (passage.document, passage.section)
            self._own_text[key] = self._own_text.get(key, "") + text

    def _place_asked(self) -> list[tuple[int, int] | None]:
        """Return for each known question the passage and the statement that answer it."""
        places: list[tuple[int, int] | None] = []
        for asked in self.asked:
            places.append(
                next(
                    (
                        (row, number)
                        for row in self.rows_of(asked.document)
                        for number, statement in enumerate(self.passages[row].statements)
                        if statement.start < asked.end and asked.start < statement.end
                    ),
                    None,
                )
            )
        return places

    def rows_of(self, document: str) -> Sequence[int]:
        """Return the rows of a document's passages."""
        return self._rows_of.get(document, ())

    def finds_itself(self, row: int) -> bool:
        """Whether a passage, or one just like it, is found by its own vector."""
        vector = self.passage_vectors[row]
        found = self.nearest_passages(vector, 3)
        return any(float(self.passage_vectors[other] @ vector) > 0.999 for other in found)

    def works(self) -> bool:
        """Whether any of the first passages is found by its own vector."""
        # The first, as the last may still be found in Chroma's log.
        rows = range(min(3, len(self.passages)))
        return not self.passages or any(map(self.finds_itself, rows))

    def text_of(self, passage: Passage) -> str:
        """Return what stands in a passage, heading included."""
        return self.documents[passage.document].text[passage.start : passage.end]

    def introduction(self, passage: Passage, limit: int) -> str:
        """Return the text right under the heading above a passage's own, if it is short.

        «Mål 1. Medlemmene har innsikt …» introduces the list under «Mål 1 › Delmål».
        """
        parent = self._own_text.get((passage.document, passage.section[:-1]), "")
        return parent if passage.section[:-1] and len(parent) <= limit else ""

    def close(self) -> None:
        """Let go of the store; happens by itself at exit."""
        self._store.close()

    def _open_store(self, folder: Path, vectors: Vectors, chroma: str) -> PassageStore:
        if not chroma:
            return EmbeddedStore(folder)
        return ServerStore(
            chroma,
            self.edition,
            vectors,
            lambda: [self.text_of(passage) for passage in self.passages],
            lambda: [_metadata(passage) for passage in self.passages],
        )

    def _check_counts(self, folder: Path, manifest: Manifest) -> None:
        expected = {
            _DOCUMENTS: (len(self.documents), manifest.documents),
            _PASSAGES: (len(self.passages), manifest.passages),
            _PASSAGE_VECTORS: (len(self.passage_vectors), manifest.passages),
            _STATEMENT_VECTORS: (len(self.statement_vectors), manifest.statements),
            _LEXICAL: (self.lexical.size, manifest.passages),
            _ASKED_VECTORS: (len(self.asked_vectors), len(self.asked)),
        }
        _compare(folder, expected)

    def _check_collections(self, folder: Path) -> None:
        _compare(folder, {"chroma": (self._store.count(), len(self.passage_vectors))})
        # A missing vector segment still counts right but finds next to nothing. HNSW by itself
        # misses 1 or 2 of 100 passages as a corpus grows, so that one miss means nothing.
        if not self.works():
            raise IndexDamagedError(
                texts_index.index_damaged(str(folder.parent), texts_index.REASON_CANARY)
            )


def open_index(folder: Path, chroma: str = "") -> Index:
    """Open an edition after comparing every file with its checksum.

    Args:
        folder: the edition's.
        chroma: address of the Chroma server that searches the passages; embedded if empty.

    Raises:
        IndexDamagedError: something is missing, altered, or cannot be read.
        SettingsError: the address is none.
    """
    manifest = read_manifest(folder)
    try:
        return Index(folder, manifest, chroma)
    except (IndexDamagedError, SettingsError):
        raise
    except Exception as error:  # Chroma raises many kinds for a store it cannot open
        reason = on_one_line(error)
        raise IndexDamagedError(texts_index.index_damaged(str(folder.parent), reason)) from error


def read_document(folder: Path, path: str) -> Document | None:
    """Return one document of an edition without opening the rest of it."""
    read_manifest(folder)
    return next((d for d in read_documents(folder / _DOCUMENTS) if d.info.path == path), None)


def read_rules(folder: Path) -> tuple[dict[str, Document], Registers]:
    """Return the documents and registers of an edition without opening the rest of it.

    Raises:
        IndexDamagedError: something is missing, altered, or of another version of the program.
    """
    read_manifest(folder)
    documents = {document.info.path: document for document in read_documents(folder / _DOCUMENTS)}
    return documents, read_registers(folder / _REGISTERS)


def write_index(
    folder: Path,
    *,
    edition: str,
    fingerprint: Fingerprint,
    corpus: str,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    registers: Registers,
    passage_vectors: Vectors,
    statement_vectors: Vectors,
    asked: Sequence[Asked] = (),
    asked_vectors: Vectors | None = None,
) -> None:
    """Write a complete edition into an empty directory and seal it.

    Args:
        corpus: digest of the corpus files, to tell later whether the edition is stale.
        passage_vectors: shape (passages, dimensions).
        statement_vectors: shape (statements of all passages in order, dimensions).
        asked_vectors: shape (asked, dimensions).

    Raises:
        AssistantError: Chroma cannot write, for example because the disk is full.
        OSError: another file cannot be written.
    """
    text_of = {document.info.path: document.text for document in documents}
    write_records(folder / _DOCUMENTS, [asdict(document) for document in documents])
    write_records(folder / _PASSAGES, [asdict(passage) for passage in passages])
    write_records(folder / _REGISTERS, [asdict(registers)])
    np.save(folder / _PASSAGE_VECTORS, passage_vectors)
    np.save(folder / _STATEMENT_VECTORS, statement_vectors)
    write_records(folder / _ASKED, [asdict(question) for question in asked])
    none = np.zeros((0, fingerprint.dimensions), dtype=np.float32)
    np.save(folder / _ASKED_VECTORS, none if asked_vectors is None else asked_vectors)
    lexical_index(passages, text_of).save(folder / _LEXICAL)
    write_store(
        folder,
        passage_vectors,
        [text_of[p.document][p.start : p.end] for p in passages],
        [_metadata(passage) for passage in passages],
    )
    manifest = Manifest(
        edition=edition,
        fingerprint=fingerprint,
        corpus=corpus,
        documents=len(documents),
        passages=len(passages),
        statements=len(statement_vectors),
    )
    seal(folder, manifest)


def lexical_index(passages: Sequence[Passage], text_of: Mapping[str, str]) -> LexicalIndex:
    """Index the words of passages with their headings; ``text_of`` has each document's text."""
    return LexicalIndex.build(
        [" ".join((*p.section, text_of[p.document][p.body_start : p.end])) for p in passages]
    )


def _vectors(path: Path) -> Vectors:
    """Read vectors, or map them if there are many.

    Whoever shortens a file that is mapped ends the process that mapped it, so that it is done only
    where memory is worth more. As a plain array: numpy's own class costs time at every access.
    """
    mapped = path.stat().st_size > _MAPPED_FROM
    vectors: Vectors = np.load(path, mmap_mode="r" if mapped else None).view(np.ndarray)
    return vectors


def _metadata(passage: Passage) -> Metadata:
    return {
        "document": passage.document,
        "section": " › ".join(passage.section),
        "start": passage.start,
        "end": passage.end,
    }


def _compare(folder: Path, counts: dict[str, tuple[int, int]]) -> None:
    for name, (found, expected) in counts.items():
        if found != expected:
            reason = texts_index.REASON_COUNT.format(name=name, found=found, expected=expected)
            raise IndexDamagedError(texts_index.index_damaged(str(folder.parent), reason))
