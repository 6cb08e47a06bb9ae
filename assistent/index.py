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
are mapped into memory. Chroma writes to its database even when it only reads, so an edition is
opened on a private copy of ``chroma/``, and the edition itself stays byte for byte as it was
sealed.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from numpy.typing import NDArray

from assistent import texts_index
from assistent.editions import Fingerprint, Manifest, read_manifest, seal
from assistent.errors import AssistantError, IndexDamagedError
from assistent.lexical import LexicalIndex
from assistent.nearest import NearestVectors
from assistent.types import (
    Asked,
    Block,
    BlockKind,
    Channel,
    ChannelStatus,
    Clause,
    Document,
    DocumentInfo,
    Duty,
    Origin,
    Passage,
    Registers,
    Role,
    Rule,
    Span,
    Standing,
    Statement,
)

Vectors = NDArray[np.float32]

_DOCUMENTS = "dokumenter.json"
_PASSAGES = "utdrag.json"
_REGISTERS = "registre.json"
_PASSAGE_VECTORS = "utdrag.npy"
_STATEMENT_VECTORS = "setninger.npy"
_LEXICAL = "bm25.npz"
_ASKED = "sporsmal.json"
_ASKED_VECTORS = "sporsmal.npy"
_CHROMA = "chroma"
_PASSAGE_COLLECTION = "utdrag"
# In a large collection HNSW loses passages: .02 of the ten best at 20 000, .10 at 100 000. A scan
# takes as long there and loses none.
_SCANNED_FROM = 10_000
# With Chroma's defaults recall falls to .978 at 9 000 real vectors; with these it is .996.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
}


class Index:
    """One opened edition. Rows number the passages; statement rows number their statements."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.edition = manifest.edition
        self.fingerprint = manifest.fingerprint
        self.documents = {d.info.path: d for d in _read_documents(folder / _DOCUMENTS)}
        self.registers = _read_registers(folder / _REGISTERS)
        self.passages = tuple(_read_passages(folder / _PASSAGES))
        self.passage_vectors = _mapped(folder / _PASSAGE_VECTORS)
        self.statement_vectors = _mapped(folder / _STATEMENT_VECTORS)
        self.lexical = LexicalIndex.load(folder / _LEXICAL)
        counts = [len(passage.statements) for passage in self.passages]
        # The statements of passage row i have the rows offsets[i]:offsets[i + 1].
        self.statement_offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        self.asked = tuple(_read_asked(folder / _ASKED))
        self.asked_vectors = _mapped(folder / _ASKED_VECTORS)
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
        self._check_counts(folder, manifest)
        self._private = tempfile.TemporaryDirectory(prefix="assistent-")
        copy = Path(self._private.name) / _CHROMA
        shutil.copytree(folder / _CHROMA, copy)
        self._client = _client(copy)
        self._close = weakref.finalize(self, _close, self._client, self._private)
        self._passages = self._client.get_collection(_PASSAGE_COLLECTION, embedding_function=None)
        self._statements = NearestVectors(self.statement_vectors)
        self._asked = NearestVectors(self.asked_vectors)
        large = len(self.passages) >= _SCANNED_FROM
        self._scanned = NearestVectors(self.passage_vectors) if large else None
        self._check_collections(folder)

    def nearest_passages(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows of the passages nearest to a vector of shape (dimensions,)."""
        if self._scanned is not None:
            return [int(row) for row in self._scanned.rows(vector, count)]
        return self._query(self._passages, vector, count, len(self.passages))

    def nearest_statements(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows of the passages that hold the statements nearest to a vector."""
        rows = self._statements.rows(vector, count)
        passages = np.searchsorted(self.statement_offsets, rows, side="right") - 1
        return list(dict.fromkeys(int(row) for row in passages))

    def nearest_asked(self, vector: Vectors, count: int) -> list[tuple[int, int, float]]:
        """Return the places of the known questions nearest to a vector, nearest first.

        Each is the row of a passage, the number of a statement in it, and the cosine.
        """
        if not self.asked:
            return []
        found = [(self.asked_places[row], int(row)) for row in self._asked.rows(vector, count)]
        return [
            (*place, float(self.asked_vectors[row] @ vector))
            for place, row in found
            if place is not None
        ]

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
        """Let go of Chroma and remove the private copy; happens by itself at exit."""
        self._close()

    @staticmethod
    def _query(collection: Any, vector: Vectors, count: int, size: int) -> list[int]:
        if size == 0:
            return []
        found = collection.query(
            query_embeddings=[vector], n_results=min(count, size), include=["distances"]
        )
        return [int(identity) for identity in found["ids"][0]]

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
        expected = {
            _PASSAGE_COLLECTION: (self._passages.count(), len(self.passage_vectors)),
        }
        _compare(folder, expected)
        # A missing vector segment still counts right but finds next to nothing. HNSW by itself
        # misses 1 or 2 of 100 passages as a corpus grows, so that one miss means nothing.
        # The first, as the last may still be found in Chroma's log.
        rows = range(min(3, len(self.passages)))
        if self.passages and not any(map(self.finds_itself, rows)):
            raise IndexDamagedError(
                texts_index.index_damaged(str(folder.parent), texts_index.REASON_CANARY)
            )


def open_index(folder: Path) -> Index:
    """Open an edition after comparing every file with its checksum.

    Raises:
        IndexDamagedError: something is missing, altered, or cannot be read.
    """
    manifest = read_manifest(folder)
    try:
        return Index(folder, manifest)
    except IndexDamagedError:
        raise
    except Exception as error:  # Chroma raises many kinds for a store it cannot open
        reason = _on_one_line(error)
        raise IndexDamagedError(texts_index.index_damaged(str(folder.parent), reason)) from error


def read_document(folder: Path, path: str) -> Document | None:
    """Return one document of an edition without opening the rest of it."""
    read_manifest(folder)
    return next((d for d in _read_documents(folder / _DOCUMENTS) if d.info.path == path), None)


def read_rules(folder: Path) -> tuple[dict[str, Document], Registers]:
    """Return the documents and registers of an edition without opening the rest of it.

    Raises:
        IndexDamagedError: something is missing, altered, or of another version of the program.
    """
    read_manifest(folder)
    documents = {document.info.path: document for document in _read_documents(folder / _DOCUMENTS)}
    return documents, _read_registers(folder / _REGISTERS)


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
    _write_json(folder / _DOCUMENTS, [asdict(document) for document in documents])
    _write_json(folder / _PASSAGES, [asdict(passage) for passage in passages])
    _write_json(folder / _REGISTERS, [asdict(registers)])
    np.save(folder / _PASSAGE_VECTORS, passage_vectors)
    np.save(folder / _STATEMENT_VECTORS, statement_vectors)
    _write_json(folder / _ASKED, [asdict(question) for question in asked])
    none = np.zeros((0, fingerprint.dimensions), dtype=np.float32)
    np.save(folder / _ASKED_VECTORS, none if asked_vectors is None else asked_vectors)
    LexicalIndex.build(
        [" ".join((*p.section, text_of[p.document][p.body_start : p.end])) for p in passages]
    ).save(folder / _LEXICAL)
    try:
        with closing(_client(folder / _CHROMA)) as client:
            _fill(
                client,
                _PASSAGE_COLLECTION,
                passage_vectors,
                [text_of[p.document][p.start : p.end] for p in passages],
                [_metadata(passage) for passage in passages],
            )
    except ChromaError as error:  # what a full disk looks like through Chroma
        message = texts_index.index_not_writable(str(folder.parent), _on_one_line(error))
        raise AssistantError(message) from error
    manifest = Manifest(
        edition=edition,
        fingerprint=fingerprint,
        corpus=corpus,
        documents=len(documents),
        passages=len(passages),
        statements=len(statement_vectors),
    )
    seal(folder, manifest)


def _mapped(path: Path) -> Vectors:
    """Map vectors into memory, as a plain array: numpy's own class costs time at every access."""
    vectors: Vectors = np.load(path, mmap_mode="r").view(np.ndarray)
    return vectors


def _client(path: Path) -> Client:
    settings = ChromaSettings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(path), settings=settings)
    assert isinstance(client, Client)  # the declared type lacks close()
    return client


def _close(client: Client, private: tempfile.TemporaryDirectory[str]) -> None:
    client.close()
    private.cleanup()


def _fill(
    client: Client,
    name: str,
    vectors: Vectors,
    contents: Sequence[str],
    metadata: Sequence[dict[str, str | int]],
) -> None:
    """Add everything to a new collection; the ids are the row numbers."""
    collection = client.create_collection(
        name, embedding_function=None, configuration=_CONFIGURATION
    )
    step = client.get_max_batch_size()
    for start in range(0, len(vectors), step):
        part = slice(start, start + step)
        collection.upsert(
            ids=[str(row) for row in range(start, start + len(vectors[part]))],
            embeddings=vectors[part],
            documents=list(contents[part]),
            metadatas=list(metadata[part]),
        )


def _on_one_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())


def _metadata(passage: Passage) -> dict[str, str | int]:
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


# --- The JSON files ------------------------------------------------------------------------------


def _write_json(path: Path, records: Iterable[dict[str, Any]]) -> None:
    content = json.dumps(list(records), ensure_ascii=False, default=str)
    path.write_text(content, encoding="utf-8")


def _read_documents(path: Path) -> Iterator[Document]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        blocks = tuple(Block(**{**b, "kind": BlockKind(b["kind"])}) for b in record["blocks"])
        checksum = record["checksum"]
        yield Document(_info(record["info"]), record["text"], blocks, checksum)


def _info(record: dict[str, Any]) -> DocumentInfo:
    values = dict(record)
    for name in ("adopted", "valid_from", "valid_to", "repealed_on"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in ("names", "repeals"):
        values[name] = tuple(values[name])
    declared = values["declared_standing"]
    values["declared_standing"] = Standing(declared) if declared else None
    return DocumentInfo(**values)


def _read_registers(path: Path) -> Registers:
    [record] = json.loads(path.read_text(encoding="utf-8"))
    rest = ("demands", "crisis", "unknown_channels", "unknown_duties")
    return Registers(
        channels=tuple(_channel(channel) for channel in record["channels"]),
        duties=tuple(_duty(duty) for duty in record["duties"]),
        **{name: tuple(map(_rule, record[name])) for name in rest},
    )


def _channel(record: dict[str, Any]) -> Channel:
    values = dict(record)
    for name in ("suited", "unsuited", "demands"):
        values[name] = tuple(map(_rule, values[name]))
    for name in ("nicknames", "audiences"):
        values[name] = tuple(values[name])
    since = values["status_from"]
    values["status_from"] = date.fromisoformat(since) if since else None
    values["status"] = ChannelStatus(values["status"])
    proof = values["status_rule"]
    values["status_rule"] = _rule(proof) if proof else None
    return Channel(**values)


def _duty(record: dict[str, Any]) -> Duty:
    values = {**record, "applies_to": tuple(record["applies_to"]), "rule": _rule(record["rule"])}
    return Duty(**values)


def _rule(record: dict[str, Any]) -> Rule:
    values = dict(record)
    values["condition"] = tuple(
        tuple(Clause(clause["question"], tuple(clause["answers"])) for clause in case)
        for case in values["condition"]
    )
    for name, kind in (("origin", Origin), ("role", Role)):
        values[name] = kind(values[name]) if values[name] else None
    return Rule(**values)


def _read_asked(path: Path) -> Iterator[Asked]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        yield Asked(**record)


def _read_passages(path: Path) -> Iterator[Passage]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        statements = tuple(_statement(s) for s in record["statements"])
        yield Passage(**{**record, "section": tuple(record["section"]), "statements": statements})


def _statement(record: dict[str, Any]) -> Statement:
    lead_in = Span(**record["lead_in"]) if record["lead_in"] else None
    return Statement(**{**record, "kind": BlockKind(record["kind"]), "lead_in": lead_in})
