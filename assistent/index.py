"""The index of one edition: documents, passages, vectors in Chroma, and BM25.

    dokumenter.json   catalogue entry, stored text and blocks of every document
    registre.json     the channel and the duty register
    utdrag.json       every passage with its statements
    utdrag.npy        their vectors, shape (passages, dimensions), float32, length 1
    setninger.npy     the statements' vectors, in the order of the passages
    bm25.npz          the lexical index over passages
    chroma/           the same vectors in two Chroma collections, for search

Chroma finds candidates; their exact cosines are then taken from the two vector files, which are
mapped into memory. Chroma writes to its database even when it only reads, so an edition is opened
on a private copy of ``chroma/``, and the edition itself stays byte for byte as it was sealed.
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

from assistent import texts
from assistent.editions import Fingerprint, Manifest, read_manifest, seal
from assistent.errors import AssistantError, IndexDamagedError
from assistent.lexical import LexicalIndex
from assistent.types import (
    Block,
    BlockKind,
    Channel,
    ChannelStatus,
    Document,
    DocumentInfo,
    Duty,
    Passage,
    Registers,
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
_CHROMA = "chroma"
_PASSAGE_COLLECTION = "utdrag"
_STATEMENT_COLLECTION = "setninger"
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
        self.passage_vectors: Vectors = np.load(folder / _PASSAGE_VECTORS, mmap_mode="r")
        self.statement_vectors: Vectors = np.load(folder / _STATEMENT_VECTORS, mmap_mode="r")
        self.lexical = LexicalIndex.load(folder / _LEXICAL)
        counts = [len(passage.statements) for passage in self.passages]
        # The statements of passage row i have the rows offsets[i]:offsets[i + 1].
        self.statement_offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
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
        self._statements = self._client.get_collection(
            _STATEMENT_COLLECTION, embedding_function=None
        )
        self._check_collections(folder)

    def nearest_passages(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows of the passages nearest to a vector of shape (dimensions,)."""
        return self._query(self._passages, vector, count, len(self.passages))

    def nearest_statements(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows of the passages that hold the statements nearest to a vector."""
        rows = self._query(self._statements, vector, count, len(self.statement_vectors))
        passages = np.searchsorted(self.statement_offsets, rows, side="right") - 1
        return list(dict.fromkeys(int(row) for row in passages))

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
        }
        _compare(folder, expected)

    def _check_collections(self, folder: Path) -> None:
        expected = {
            _PASSAGE_COLLECTION: (self._passages.count(), len(self.passage_vectors)),
            _STATEMENT_COLLECTION: (self._statements.count(), len(self.statement_vectors)),
        }
        _compare(folder, expected)
        # A missing vector segment still counts right but finds next to nothing.
        if len(self.passages) and not self.finds_itself(0):
            raise IndexDamagedError(texts.index_damaged(str(folder.parent), texts.REASON_CANARY))


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
        raise IndexDamagedError(texts.index_damaged(str(folder.parent), reason)) from error


def read_document(folder: Path, path: str) -> Document | None:
    """Return one document of an edition without opening the rest of it."""
    read_manifest(folder)
    return next((d for d in _read_documents(folder / _DOCUMENTS) if d.info.path == path), None)


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
) -> None:
    """Write a complete edition into an empty directory and seal it.

    Args:
        corpus: digest of the corpus files, to tell later whether the edition is stale.
        passage_vectors: shape (passages, dimensions).
        statement_vectors: shape (statements of all passages in order, dimensions).

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
                [_metadata(p, p.start, p.end) for p in passages],
            )
            pairs = [(p, s) for p in passages for s in p.statements]
            _fill(
                client,
                _STATEMENT_COLLECTION,
                statement_vectors,
                [text_of[p.document][s.start : s.end] for p, s in pairs],
                [_metadata(p, s.start, s.end) for p, s in pairs],
            )
    except ChromaError as error:  # what a full disk looks like through Chroma
        message = texts.index_not_writable(str(folder.parent), _on_one_line(error))
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


def _metadata(passage: Passage, start: int, end: int) -> dict[str, str | int]:
    return {
        "document": passage.document,
        "section": " › ".join(passage.section),
        "start": start,
        "end": end,
    }


def _compare(folder: Path, counts: dict[str, tuple[int, int]]) -> None:
    for name, (found, expected) in counts.items():
        if found != expected:
            reason = texts.REASON_COUNT.format(name=name, found=found, expected=expected)
            raise IndexDamagedError(texts.index_damaged(str(folder.parent), reason))


# --- The JSON files ------------------------------------------------------------------------------


def _write_json(path: Path, records: Iterable[dict[str, Any]]) -> None:
    content = json.dumps(list(records), ensure_ascii=False, default=str)
    path.write_text(content, encoding="utf-8")


def _read_documents(path: Path) -> Iterator[Document]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        blocks = tuple(Block(**{**b, "kind": BlockKind(b["kind"])}) for b in record["blocks"])
        yield Document(_info(record["info"]), record["text"], blocks)


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
    return Registers(
        channels=tuple(_channel(channel) for channel in record["channels"]),
        duties=tuple(_duty(duty) for duty in record["duties"]),
    )


def _channel(record: dict[str, Any]) -> Channel:
    values = dict(record)
    for name in ("suited", "unsuited", "demands"):
        values[name] = tuple(Rule(**rule) for rule in values[name])
    for name in ("nicknames", "audiences"):
        values[name] = tuple(values[name])
    since = values["status_from"]
    values["status_from"] = date.fromisoformat(since) if since else None
    values["status"] = ChannelStatus(values["status"])
    return Channel(**values)


def _duty(record: dict[str, Any]) -> Duty:
    values = {**record, "applies_to": tuple(record["applies_to"]), "rule": Rule(**record["rule"])}
    return Duty(**values)


def _read_passages(path: Path) -> Iterator[Passage]:
    for record in json.loads(path.read_text(encoding="utf-8")):
        statements = tuple(_statement(s) for s in record["statements"])
        yield Passage(**{**record, "section": tuple(record["section"]), "statements": statements})


def _statement(record: dict[str, Any]) -> Statement:
    lead_in = Span(**record["lead_in"]) if record["lead_in"] else None
    return Statement(**{**record, "kind": BlockKind(record["kind"]), "lead_in": lead_in})
