from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistent.answering import Assistant
from assistent.editions import current_edition
from assistent.index import open_index
from assistent.ingestion import build_index
from tests.benchmarks.norquad import (
    SHIPPED,
    Figure,
    compare,
    figures_of,
    holder,
    mean_figure,
    places,
    read_questions,
    variants,
    write_corpus,
)
from tests.fakes import PlainReader, WordEmbedder

CONTEXTS = {
    "0": "Kantinen åpner klokken elleve.\n- Kort godtas.\n- Kontanter godtas ikke.",
    "1": "Sykler lånes i resepsjonen. Hjelm følger med.",
}


def question(text: str, context: int, answer: str) -> dict[str, object]:
    start = CONTEXTS[str(context)].index(answer)
    return {"question": text, "context": context, "start": start, "end": start + len(answer)}


DATA = {
    "contexts": CONTEXTS,
    "questions": [
        question("Når åpner kantinen?", 0, "klokken elleve"),
        question("Hvor lånes sykler?", 1, "i resepsjonen"),
    ],
}


def test_figures_of_a_question_follow_from_its_rank() -> None:
    ranking = [7, 3, 9, 1]
    assert figures_of(ranking, 9) == {
        "recall@1": 0,
        "recall@5": 1,
        "recall@10": 1,
        "mrr@10": 1 / 3,
    }
    assert set(figures_of(ranking, 2).values()) == {0}
    assert figures_of(list(range(20)), 10)["mrr@10"] == 0  # the eleventh is none of the ten


def test_characters_are_placed_whatever_the_reader_did_to_white_space_and_markers() -> None:
    assert places("a\n– bc", "a\n\n• bc") == [0, None, None, None, 5, 6]
    with pytest.raises(ValueError, match="more than white space"):
        places("abc", "ac")


def test_the_passage_that_holds_most_of_the_answer_is_the_relevant_one() -> None:
    assert holder([(0, 5), (5, 20)], [3, 4, None, 5, 6, 7]) == 1
    with pytest.raises(ValueError, match="nowhere"):
        holder([(0, 5)], [None, 9])


def test_interval_holds_the_mean_and_is_empty_where_all_are_alike() -> None:
    figure = mean_figure(np.array([0.0, 1.0, 1.0, 1.0] * 25))
    assert figure.value == 75
    assert 60 < figure.low < 75 < figure.high < 90
    assert mean_figure(np.ones(5)) == mean_figure(np.ones(9))


def test_differences_are_taken_question_by_question() -> None:
    rows = compare({"other": [[1], [0], [2], [3]], SHIPPED: [[0], [1], [2], [3]]}, [0, 1, 2, 3])
    other, shipped = rows
    assert other.figures["recall@1"].value == 50
    assert other.shipped_minus_this["recall@1"].value == 50
    assert shipped.figures["mrr@10"].value == 100
    assert shipped.shipped_minus_this["mrr@10"] == Figure(0, 0, 0)


def test_contexts_become_passages_that_every_variant_ranks(tmp_path: Path) -> None:
    embedder = WordEmbedder()
    write_corpus(CONTEXTS, tmp_path / "korpus")
    build_index(tmp_path / "korpus", tmp_path / "indeks", embedder, PlainReader)
    index = open_index(tmp_path / "indeks" / current_edition(tmp_path / "indeks"))
    asked = read_questions(DATA, index, embedder)
    assert [index.passages[each.relevant].document for each in asked] == ["00000.txt", "00001.txt"]
    ranked = variants(index, Assistant(tmp_path / "indeks", embedder))
    assert SHIPPED in dict(ranked)
    for name, ranking in ranked:
        assert [ranking(each)[0] for each in asked] == [e.relevant for e in asked], name
