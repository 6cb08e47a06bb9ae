from __future__ import annotations

import numpy as np
import pytest

from assistent.index import open_index
from tests.benchmarks import scale
from tests.benchmarks.scale import recall_of
from tests.benchmarks.synthetic import make_synthetic, noisy, unit
from tests.conftest import Built


def test_recall_is_the_share_of_the_best_that_were_found() -> None:
    scores = np.array([0.9, 0.1, 0.8, 0.7, 0.2], dtype=np.float32)
    assert recall_of([0, 2], scores, depth=2) == 1
    assert recall_of([2, 1], scores, depth=2) == 0.5
    assert recall_of([4, 1], scores, depth=2) == 0
    assert recall_of([3, 1, 0], scores, depth=3) == pytest.approx(2 / 3)


def test_recall_counts_either_of_two_equal_ones_and_all_where_there_are_fewer() -> None:
    scores = np.array([0.9, 0.5, 0.5], dtype=np.float32)
    assert recall_of([0, 1], scores, depth=2) == recall_of([0, 2], scores, depth=2) == 1
    assert recall_of([2, 1, 0], scores, depth=10) == 1


def test_first_call_is_left_out_of_the_median(monkeypatch: pytest.MonkeyPatch) -> None:
    # Seconds at the beginning and the end of each call: 9, then 2, 4 and 3 milliseconds.
    clock = iter([0.0, 0.009, 1.0, 1.002, 2.0, 2.004, 3.0, 3.003])
    monkeypatch.setattr(scale.time, "process_time", lambda: next(clock))
    seen: list[int] = []
    assert scale.cpu_milliseconds(seen.append, [0, 1, 2, 3]) == pytest.approx(3)
    assert seen == [0, 1, 2, 3]


def test_noise_has_the_cosine_that_was_asked_for() -> None:
    random = np.random.default_rng(1)
    vectors = unit(random.standard_normal((50, 384), dtype=np.float32))
    noised = noisy(random, vectors, 0.9)
    np.testing.assert_allclose(np.linalg.norm(noised, axis=1), 1, atol=1e-5)
    assert (noised * vectors).sum(axis=1).mean() == pytest.approx(0.9, abs=0.01)


def test_synthetic_passages_are_sentences_of_the_corpus_in_their_place(small_index: Built) -> None:
    index = open_index(small_index.edition)
    real = {
        index.documents[p.document].text[s.start : s.end]
        for p in index.passages
        for s in p.statements
    }
    made = make_synthetic(index, 30)
    assert len(made.passages) == len(made.passage_vectors) == 30
    assert len(made.documents) == 3
    assert len({p.id for p in made.passages}) == 30
    texts = {d.info.path: d.text for d in made.documents}
    for passage in made.passages:
        assert passage.start < passage.body_start <= passage.statements[0].start
        for statement in passage.statements:
            assert texts[passage.document][statement.start : statement.end] in real
    assert len(made.statement_vectors) == sum(len(p.statements) for p in made.passages)
    again = make_synthetic(index, 30)
    np.testing.assert_array_equal(again.statement_vectors, made.statement_vectors)
