"""The vectors nearest to another, by a scan.

Up to some 20 000 vectors all are compared exactly, which takes about 5 ms. Beyond, a *sketch* of
them is scanned, their coordinates along the directions in which they differ most (Pearson 1901,
principal components), and what comes out best is compared exactly. A graph (HNSW) answers faster
but takes more than a millisecond of building for every vector, and twice its memory.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

EXACT_BELOW = 20_000
_AXES = 128
# So many are compared exactly, at least, for what the sketch leaves out.
_COMPARED = 2_000
_SAMPLE = 20_000
_CHUNK = 50_000
_STRIDE = 16


class Rows:
    """Some rows of a matrix, numbered anew; nothing is copied before rows are asked for.

    Args:
        whole: shape (n, dimensions).
        rows: which of them, ascending.
    """

    def __init__(self, whole: Vectors | Rows, rows: NDArray[np.int64]) -> None:
        self._whole = whole
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, places: int | Sequence[int] | NDArray[np.int64]) -> Vectors:
        chosen: Vectors = self._whole[self._rows[places]]
        return chosen


class Scan(Protocol):
    """Finds the nearest of some vectors."""

    def rows(self, vector: Vectors, count: int) -> NDArray[np.int64]:
        """Return the rows of the ``count`` vectors with the highest cosine, best first."""

    def among(self, rows: NDArray[np.int64]) -> Scan:
        """Return a scan of some of the rows, ascending, that are numbered anew."""


class NearestVectors:
    """Finds the nearest of many unit vectors, shape (n, dimensions); they may be a mapped file."""

    def __init__(self, vectors: Vectors, *, exact_below: int = EXACT_BELOW) -> None:
        self._vectors = vectors
        self._axes: Vectors | None = None
        if len(vectors) >= exact_below:
            self._axes = _principal_axes(vectors)
            self._sketch = np.concatenate(
                [vectors[i : i + _CHUNK] @ self._axes for i in range(0, len(vectors), _CHUNK)]
            )

    def rows(
        self, vector: Vectors, count: int, among: NDArray[np.int64] | None = None
    ) -> NDArray[np.int64]:
        """Return the rows of the ``count`` vectors with the highest cosine, best first.

        Args:
            vector: shape (dimensions,).
            count: how many.
            among: the rows to choose from, ascending; all by default.
        """
        if self._axes is None:
            scores = inner_products(self._vectors, vector)
            return _chosen(scores, among, lambda left: best_rows(left, count))
        rough = inner_products(self._sketch, vector @ self._axes)
        near = _chosen(rough, among, lambda left: _roughly_best(left, max(count, _COMPARED)))
        return near[best_rows(inner_products(self._vectors[near], vector), count)]

    def among(self, rows: NDArray[np.int64]) -> NearestAmong:
        """Return a scan of some of the rows, ascending, that are numbered anew."""
        return NearestAmong(self, rows)


class NearestAmong:
    """Finds the nearest of some rows, and numbers them as :class:`Rows` does."""

    def __init__(self, whole: NearestVectors, rows: NDArray[np.int64]) -> None:
        self._whole = whole
        self._rows = rows

    def rows(self, vector: Vectors, count: int) -> NDArray[np.int64]:
        """Return the places of the ``count`` vectors with the highest cosine, best first."""
        found = self._whole.rows(vector, count, self._rows)
        return np.searchsorted(self._rows, found)

    def among(self, rows: NDArray[np.int64]) -> NearestAmong:
        """Return a scan of some of these rows, numbered anew once more."""
        return NearestAmong(self._whole, self._rows[rows])


def _chosen(
    scores: NDArray[np.float32],
    among: NDArray[np.int64] | None,
    choose: Callable[[NDArray[np.float32]], NDArray[np.int64]],
) -> NDArray[np.int64]:
    """Return the rows that are chosen by their scores among some, or all."""
    if among is None:
        return choose(scores)
    return among[choose(scores[among])] if len(among) else among


def inner_products(vectors: Vectors, vector: Vectors) -> Vectors:
    """Return the inner products; the @ of numpy starts threads, whose waiting costs more."""
    products: Vectors = np.einsum("ij,j->i", vectors, vector)
    return products


def best_rows(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the places of the ``count`` highest scores, best first, the lower place if equal."""
    rows = np.arange(len(scores))
    if len(rows) > count:
        # Sorting everything would take longer than the rest of the search in a large corpus.
        rows = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    return rows[np.argsort(-scores[rows], kind="stable")[:count]]


def _roughly_best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Return the places of at least ``count`` of the highest scores, in order of place.

    The limit is read off every sixteenth score: partitioning all takes longer than scanning them.
    """
    sample = scores[::_STRIDE]
    wanted = min(len(sample), 3 * count // (2 * _STRIDE))
    rows = np.flatnonzero(scores >= np.partition(sample, -wanted)[-wanted])
    return rows if len(rows) >= count else np.sort(best_rows(scores, count))


def _principal_axes(vectors: Vectors) -> Vectors:
    """Return the directions that hold most of the vectors' length, shape (dimensions, axes)."""
    sample = np.asarray(vectors[:: max(1, len(vectors) // _SAMPLE)], dtype=np.float64)
    _, axes = np.linalg.eigh(sample.T @ sample)  # the weakest first
    return np.ascontiguousarray(axes[:, ::-1][:, :_AXES], dtype=np.float32)
