"""Where the vectors of an edition's passages are searched: in Chroma, embedded or on a server.

Embedded, the collection lies in the edition's folder. Chroma writes to its database even when it
only reads, so it is opened on a private copy, and the edition stays byte for byte as it was sealed.

On a server (``ASSISTENT_CHROMA``), the collection of an edition is filled from the edition's own
vectors by whoever opens it first, so that any number of processes share it, nothing has to be
copied, and a server that has lost its data is filled again. Chroma's server has no authentication:
private networks only, see docs/drift.md.
"""

from __future__ import annotations

import logging
import shutil
import time
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError
from numpy.typing import NDArray

from assistent import texts_index
from assistent.errors import AssistantError, IndexDamagedError, SettingsError
from assistent.private_folders import PrivateFolder

Vectors = NDArray[np.float32]
Metadata = dict[str, str | int]
_Result = TypeVar("_Result")

_log = logging.getLogger(__name__)

FOLDER = "chroma"
_COLLECTION = "utdrag"
_PREFIX = "assistent-"
# With Chroma's defaults recall falls to .978 at 9 000 real vectors; with these it is .996.
_CONFIGURATION: CreateCollectionConfiguration = {
    "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
}
# Chroma's client waits for ever. Somebody waits for the answer, and a scan can give it.
_SECONDS = 2.0
_FILLING_SECONDS = 600.0
# After a failure the server is left alone for so long.
_PAUSE_SECONDS = 30.0
_PORTS = {"http": 8000, "https": 443}


class PassageStore(Protocol):
    """Finds the passages near a vector by their row numbers."""

    def count(self) -> int:
        """Return how many passages there are."""

    def nearest(self, vector: Vectors, count: int) -> list[int] | None:
        """Return the rows nearest to a vector of shape (dimensions,); None if it cannot now."""

    def close(self) -> None:
        """Let go of everything; happens by itself at exit."""


# --- Embedded ------------------------------------------------------------------------------------


def write_store(
    folder: Path, vectors: Vectors, contents: Sequence[str], metadata: Sequence[Metadata]
) -> None:
    """Write the collection of a new edition.

    Args:
        folder: the edition's, without the collection.
        vectors: shape (passages, dimensions).
        contents: the passages' texts.
        metadata: where each passage stands.

    Raises:
        AssistantError: Chroma cannot write, for example because the disk is full.
    """
    try:
        with closing(_embedded(folder / FOLDER)) as client:
            collection = client.create_collection(
                _COLLECTION, embedding_function=None, configuration=_CONFIGURATION
            )
            _fill(client, collection, vectors, contents, metadata)
    except ChromaError as error:  # what a full disk looks like through Chroma
        message = texts_index.index_not_writable(str(folder.parent), on_one_line(error))
        raise AssistantError(message) from error


class EmbeddedStore:
    """The collection of an edition's folder.

    Args:
        folder: the edition's.
    """

    def __init__(self, folder: Path) -> None:
        private = PrivateFolder()
        copy = private.path / FOLDER
        shutil.copytree(folder / FOLDER, copy)
        client = _embedded(copy)
        self._close = weakref.finalize(self, _close, client, private)
        self._collection = client.get_collection(_COLLECTION, embedding_function=None)
        self._size = self._collection.count()

    def count(self) -> int:
        """Return how many passages there are."""
        return self._size

    def nearest(self, vector: Vectors, count: int) -> list[int]:
        """Return the rows nearest to a vector of shape (dimensions,)."""
        return _query(self._collection, vector, min(count, self._size))

    def close(self) -> None:
        """Let go of Chroma and remove the private copy; happens by itself at exit."""
        self._close()


def _embedded(path: Path) -> Client:
    settings = ChromaSettings(anonymized_telemetry=False)
    client = chromadb.PersistentClient(str(path), settings=settings)
    assert isinstance(client, Client)  # the declared type lacks close()
    return client


def _close(client: Client, private: PrivateFolder) -> None:
    client.close()
    private.close()


# --- On a server ---------------------------------------------------------------------------------


class ServerStore:
    """The collection of an edition on a Chroma server, filled if it is not there.

    Args:
        address: ``http://host:port``.
        edition: whose passages they are.
        vectors: shape (passages, dimensions).
        contents: gives the passages' texts.
        metadata: gives where each passage stands.

    Raises:
        SettingsError: the address is none.
        IndexDamagedError: the server does not answer, or does not keep what it is given.
    """

    def __init__(
        self,
        address: str,
        edition: str,
        vectors: Vectors,
        contents: Callable[[], Sequence[str]],
        metadata: Callable[[], Sequence[Metadata]],
    ) -> None:
        self._address = address
        self._size = len(vectors)
        self._silent_until = 0.0
        # One that hangs must not keep the others, nor the end of the program, waiting.
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="chroma")

        def opened() -> Any:
            client = _server(address)
            collection = _collection_of(client, f"{_PREFIX}{edition}")
            if collection.count() != self._size:
                _fill(client, collection, vectors, contents(), metadata())
            return collection

        try:
            self._collection = self._threads.submit(opened).result(_FILLING_SECONDS)
            found = self._collection.count()
        except SettingsError:
            raise
        except Exception as error:  # Chroma's client raises ValueError where nobody listens
            self.close()
            raise IndexDamagedError(
                texts_index.chroma_unreachable(address, on_one_line(error))
            ) from error
        if found != self._size:
            self.close()
            reason = texts_index.REASON_COUNT.format(name=edition, found=found, expected=self._size)
            raise IndexDamagedError(texts_index.chroma_unreachable(address, reason))

    def count(self) -> int:
        """Return how many passages there are."""
        return self._size

    def nearest(self, vector: Vectors, count: int) -> list[int] | None:
        """Return the rows nearest to a vector of shape (dimensions,); None if it cannot now."""
        if time.monotonic() < self._silent_until:
            return None
        try:
            return self._within(
                lambda: _query(self._collection, vector, min(count, self._size)), _SECONDS
            )
        except Exception as error:  # whatever a server that is going down makes of it
            self._silent_until = time.monotonic() + _PAUSE_SECONDS
            _log.warning("no answer from Chroma at %s: %s", self._address, on_one_line(error))
            return None

    def close(self) -> None:
        """Let go of the connection."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _within(self, work: Callable[[], _Result], seconds: float) -> _Result:
        return self._threads.submit(work).result(seconds)


def _server(address: str) -> ClientAPI:
    parts = urlsplit(address)
    try:
        port = parts.port or _PORTS[parts.scheme]
    except (KeyError, ValueError) as error:
        raise SettingsError(texts_index.chroma_bad_address(address)) from error
    if not parts.hostname or parts.path.strip("/") or parts.username:
        raise SettingsError(texts_index.chroma_bad_address(address))
    return chromadb.HttpClient(
        host=parts.hostname,
        port=port,
        ssl=parts.scheme == "https",
        settings=ChromaSettings(anonymized_telemetry=False),
    )


def _collection_of(client: ClientAPI, name: str) -> Any:
    return client.get_or_create_collection(
        name, embedding_function=None, configuration=_CONFIGURATION
    )


def forget_on_server(address: str, editions: Sequence[str]) -> None:
    """Delete the collections of editions that are gone; a server that is down keeps them.

    Args:
        address: ``http://host:port``.
        editions: the names of those that are gone. Their names are unique, so that another
            installation on the same server loses nothing.
    """
    with suppress(ValueError, ChromaError, OSError):
        client = _server(address)
        for edition in editions:
            with suppress(NotFoundError):
                client.delete_collection(f"{_PREFIX}{edition}")


# --- Both ----------------------------------------------------------------------------------------


def _query(collection: Any, vector: Vectors, count: int) -> list[int]:
    if count == 0:
        return []
    found = collection.query(query_embeddings=[vector], n_results=count, include=["distances"])
    return [int(identity) for identity in found["ids"][0]]


def _fill(
    client: ClientAPI,
    collection: Any,
    vectors: Vectors,
    contents: Sequence[str],
    metadata: Sequence[Metadata],
) -> None:
    """Add everything to a collection; the ids are the row numbers, so that twice is once."""
    step = client.get_max_batch_size()
    for start in range(0, len(vectors), step):
        part = slice(start, start + step)
        collection.upsert(
            ids=[str(row) for row in range(start, start + len(vectors[part]))],
            embeddings=vectors[part],
            documents=list(contents[part]),
            metadatas=list(metadata[part]),
        )


def on_one_line(error: Exception) -> str:
    """Return what an error says, without line breaks."""
    return " ".join(f"{type(error).__name__}: {error}".split())
