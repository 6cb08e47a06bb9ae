"""Grouping by meaning: on vectors whose cosines are plain, and with the real model."""

from __future__ import annotations

import numpy as np
import pytest

from assistent.embedding import Embedder
from assistent.grouping import ALIKE, groups_of
from tests.experiments.grouping import pairs, questions


def rows(*angles: float) -> np.ndarray:
    return np.array([[np.cos(a), np.sin(a)] for a in angles], dtype=np.float32)


def test_nothing_has_no_groups() -> None:
    assert groups_of(np.zeros((0, 4), dtype=np.float32)) == []


def test_the_biggest_group_comes_first_and_its_middle_first_in_it() -> None:
    found = groups_of(rows(2.0, 0.0, 0.1, 0.2, 2.1), alike=0.95)
    assert [sorted(group) for group in found] == [[1, 2, 3], [0, 4]]
    assert found[0][0] == 2


def test_every_row_is_in_exactly_one_group() -> None:
    random = np.random.default_rng(1)
    vectors = random.normal(size=(60, 5)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    found = groups_of(vectors, alike=0.5)
    assert sorted(row for group in found for row in group) == list(range(60))
    assert len(found) > 1


def test_a_chain_of_neighbours_is_not_one_group() -> None:
    # Each is like the next, but the ends are not: the mean decides, not the nearest.
    found = groups_of(rows(*np.arange(0, 3, 0.2)), alike=0.95)
    assert len(found) > 3


def test_the_likeness_asked_for_is_the_mean_of_all_pairs() -> None:
    # 0.4 apart from one and 0.6 from the other: mean cosine .873.
    vectors = rows(0.0, 0.2, 0.6)
    assert [sorted(group) for group in groups_of(vectors, alike=0.88)] == [[0, 1], [2]]
    assert [sorted(group) for group in groups_of(vectors, alike=0.87)] == [[0, 1, 2]]


@pytest.mark.model
def test_wordings_of_one_thing_meet_and_strangers_do_not(real_embedder: Embedder) -> None:
    texts = [text for wordings in questions() for text in wordings]
    thing = np.array([number for number, wordings in enumerate(questions()) for _ in wordings])
    grouped, together, both = pairs(real_embedder.embed_questions(texts), thing, ALIKE)
    assert both / grouped > 0.95
    assert both / together > 0.45
