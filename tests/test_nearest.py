from __future__ import annotations

import numpy as np
import pytest

from assistent.nearest import NearestVectors, best_rows


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def test_best_rows_come_in_order_the_lower_place_first_if_equal() -> None:
    scores = np.array([0, 0.5, 0.2, 0.5, 0.9, 0, 0.5], dtype=np.float32)
    assert best_rows(scores, 3).tolist() == [4, 1, 3]
    assert best_rows(scores, 5).tolist() == [4, 1, 3, 6, 2]
    assert best_rows(scores, 100).tolist() == [4, 1, 3, 6, 2, 0, 5]
    assert best_rows(scores[:0], 3).tolist() == []


@pytest.mark.parametrize("exact_below", [10**9, 0])
def test_nearest_vectors_come_best_first(exact_below: int) -> None:
    vectors = unit(np.array([[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, 0.1, 0]]))
    found = NearestVectors(vectors, exact_below=exact_below).rows(vectors[0], 3)
    assert found.tolist() == [0, 3, 2]


def test_sketch_finds_what_a_scan_of_everything_finds() -> None:
    random = np.random.default_rng(0)
    middles = random.standard_normal((50, 384))
    vectors = unit(np.repeat(middles, 200, axis=0) + 0.5 * random.standard_normal((10_000, 384)))
    nearest = NearestVectors(vectors, exact_below=0)
    for question in unit(middles[:20] + random.standard_normal((20, 384))):
        wanted = best_rows(vectors @ question, 10).tolist()
        assert nearest.rows(question, 10).tolist() == wanted


def test_fewer_vectors_than_asked_for_are_all_found() -> None:
    vectors = unit(np.eye(4))
    for exact_below in (0, 100):
        nearest = NearestVectors(vectors, exact_below=exact_below)
        assert sorted(nearest.rows(vectors[2], 10).tolist()) == [0, 1, 2, 3]
    assert NearestVectors(vectors[:0]).rows(vectors[0], 3).tolist() == []
