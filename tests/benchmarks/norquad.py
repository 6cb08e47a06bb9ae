"""NorQuAD as passage retrieval: what each part of the search is worth.

    python -m tests.benchmarks.norquad --data validation.json [--json]

NorQuAD (Ivanova et al., NoDaLiDa 2023, CC0) has questions whose answer is a span of a context. The
contexts go through the product's own build as text files, so that its reader and splitter make
the passages; relevant is the one passage that holds most of the answer. Each variant ranks all
passages of all contexts. Intervals are 95 % bootstrap intervals over questions, the same resamples
for every variant, so that differences are paired. The file is no part of this repository. Constants
of the search were chosen on ``train.json``, which shares no context with ``validation.json``.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistent import bootstrap
from assistent.answering import Assistant
from assistent.editions import current_edition
from assistent.embedding import Embedder
from assistent.evaluation.measures import interval, resamples
from assistent.index import Index, open_index
from assistent.ingestion import build_index
from assistent.questions import read_question
from assistent.readers.sandbox import SafeReader
from assistent.retrieval import Query, search
from assistent.settings import load_settings
from assistent.types import Hit

SHIPPED = "passage + sentence + BM25 (shipped)"
DEPTH = 10
_CUTS = (1, 5, 10)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question ready for search, and the row of the passage that answers it."""

    text: str
    query: Query
    relevant: int


Ranking = Callable[[Asked], Sequence[int]]
"""Returns the rows of the best passages, best first, at least :data:`DEPTH` where there are."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval, all in per cent."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:5.1f} [{self.low:.1f}–{self.high:.1f}]"


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one variant, and what the shipped search has over it."""

    name: str
    figures: dict[str, Figure]
    shipped_minus_this: dict[str, Figure]


# --- From the file to passages -------------------------------------------------------------------


def write_corpus(contexts: dict[str, str], folder: Path) -> None:
    """Write each context as a text file named after its key."""
    folder.mkdir(parents=True)
    for key, text in contexts.items():
        (folder / file_name(key)).write_text(text, encoding="utf-8")


def file_name(key: str) -> str:
    """Return the name of a context's file."""
    return f"{int(key):05}.txt"


def places(context: str, text: str) -> list[int | None]:
    """Return where each character of a context stands in the text that was read from it.

    The reader mends white space and list markers only, so letters and digits come in the same
    order; other characters have no place.

    Raises:
        ValueError: they do not.
    """
    found: list[int | None] = [None] * len(context)
    read = [place for place, character in enumerate(text) if character.isalnum()]
    written = [place for place, character in enumerate(context) if character.isalnum()]
    if [text[place] for place in read] != [context[place] for place in written]:
        raise ValueError("the reader changed more than white space and markers")
    for origin, place in zip(written, read, strict=True):
        found[origin] = place
    return found


def holder(spans: Sequence[tuple[int, int]], answer: Sequence[int | None]) -> int:
    """Return which of the spans holds most of the answer's characters."""
    held = [sum(p is not None and start <= p < end for p in answer) for start, end in spans]
    if not any(held):
        raise ValueError("the answer stands nowhere")
    return held.index(max(held))


def read_questions(data: dict[str, Any], index: Index, embedder: Embedder) -> list[Asked]:
    """Make the questions ready and find each one's passage."""
    rows: dict[str, list[int]] = {}
    for row, passage in enumerate(index.passages):
        rows.setdefault(passage.document, []).append(row)
    vectors = embedder.embed_questions([each["question"] for each in data["questions"]])
    asked = []
    for each, vector in zip(data["questions"], vectors, strict=True):
        key = str(each["context"])
        name = file_name(key)
        place = places(data["contexts"][key], index.documents[name].text)
        spans = [(index.passages[row].start, index.passages[row].end) for row in rows[name]]
        relevant = rows[name][holder(spans, place[each["start"] : each["end"]])]
        concepts = [concept.alternatives for concept in read_question(each["question"]).concepts]
        asked.append(Asked(each["question"], Query(concepts, vector), relevant))
    return asked


# --- The variants --------------------------------------------------------------------------------


def variants(index: Index, assistant: Assistant) -> list[tuple[str, Ranking]]:
    """Return the variants, the shipped search among them; a further one is a further row."""
    row_of = {passage.id: row for row, passage in enumerate(index.passages)}

    def ranked(hits: Sequence[Hit]) -> list[int]:
        return [row_of[hit.passage.id] for hit in hits]

    def words(asked: Asked) -> Sequence[int]:
        return _best(index.lexical.shares(asked.query.concepts))

    def passages(asked: Asked) -> Sequence[int]:
        return _best(index.passage_vectors @ asked.query.vector)

    def sentences(asked: Asked) -> Sequence[int]:
        return _best(_best_sentences(index, asked))

    def vectors(asked: Asked) -> Sequence[int]:
        dense = index.passage_vectors @ asked.query.vector
        return _best(dense + _best_sentences(index, asked))

    def shipped(asked: Asked) -> Sequence[int]:
        return ranked(search(index, asked.query, count=DEPTH))

    def whole(asked: Asked) -> Sequence[int]:
        return ranked(assistant.find(asked.text, count=DEPTH).hits)

    return [
        ("BM25 alone", words),
        ("passage vectors alone", passages),
        ("sentence vectors alone", sentences),
        ("passage + sentence vectors", vectors),
        (SHIPPED, shipped),
        ("the same through «finn»", whole),
    ]


def _best_sentences(index: Index, asked: Asked) -> NDArray[np.float32]:
    """Return each passage's best sentence cosine; every passage here has a statement."""
    cosines = index.statement_vectors @ asked.query.vector
    return np.maximum.reduceat(cosines, index.statement_offsets[:-1])


def _best(scores: NDArray[np.float32]) -> list[int]:
    return [int(row) for row in np.argsort(-scores, kind="stable")[:DEPTH]]


# --- Figures -------------------------------------------------------------------------------------


def figures_of(ranking: Sequence[int], relevant: int) -> dict[str, float]:
    """Return the figures of one question: found among the first 1, 5, 10, and 1 / rank."""
    first = list(ranking[:DEPTH])
    rank = first.index(relevant) + 1 if relevant in first else None
    recalls = {f"recall@{cut}": float(rank is not None and rank <= cut) for cut in _CUTS}
    return {**recalls, f"mrr@{DEPTH}": 1 / rank if rank else 0.0}


def mean_figure(values: Floats) -> Figure:
    """Return the mean over questions with its bootstrap interval."""
    spread = interval(resamples(len(values)) @ values / len(values))
    assert spread is not None
    return Figure(*(round(100 * float(each), 2) for each in (values.mean(), *spread)))


def compare(rankings: dict[str, list[Sequence[int]]], relevant: Sequence[int]) -> list[Row]:
    """Return a row for each variant; ``rankings`` must hold :data:`SHIPPED`."""
    columns: dict[str, dict[str, Floats]] = {}
    for name, ranked in rankings.items():
        each = [figures_of(rows, right) for rows, right in zip(ranked, relevant, strict=True)]
        columns[name] = {key: np.array([figures[key] for figures in each]) for key in each[0]}
    shipped = columns[SHIPPED]
    return [
        Row(
            name,
            {key: mean_figure(values) for key, values in column.items()},
            {key: mean_figure(shipped[key] - values) for key, values in column.items()},
        )
        for name, column in columns.items()
    ]


# --- Running and printing ------------------------------------------------------------------------


@contextmanager
def built(data: dict[str, Any], embedder: Embedder) -> Iterator[Path]:
    """Build an index of the contexts in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="assistent-norquad-") as temporary:
        folder = Path(temporary)
        write_corpus(data["contexts"], folder / "korpus")
        build_index(folder / "korpus", folder / "indeks", embedder, SafeReader)
        yield folder / "indeks"


def measure(data: dict[str, Any], embedder: Embedder) -> tuple[int, list[Row]]:
    """Return the number of passages and a row for each variant."""
    with built(data, embedder) as folder:
        index = open_index(folder / current_edition(folder))
        asked = read_questions(data, index, embedder)
        assistant = Assistant(folder, embedder)
        rankings = {
            name: [ranking(each) for each in asked] for name, ranking in variants(index, assistant)
        }
        count = len(index.passages)
        index.close()
    return count, compare(rankings, [each.relevant for each in asked])


def print_table(rows: Sequence[Row]) -> None:
    """Print the figures of every variant, then what the shipped search has over it."""
    names = list(rows[0].figures)
    width = max(len(row.name) for row in rows)
    print(" " * width + "".join(f"{name:>20}" for name in names))
    for row in rows:
        print(f"{row.name:{width}}" + "".join(f"{row.figures[name]!s:>20}" for name in names))
    print("shipped minus the other, paired")
    for row in rows:
        if row.name != SHIPPED:
            differences = (row.shipped_minus_this[name] for name in names)
            print(f"{row.name:{width}}" + "".join(f"{each!s:>20}" for each in differences))


def main(words: Sequence[str] | None = None) -> None:
    """Measure a NorQuAD file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(words)
    data = json.loads(chosen.data.read_text("utf-8"))
    count, rows = measure(data, bootstrap.build_embedder(load_settings()))
    if chosen.json:
        print(json.dumps({"passages": count, "variants": [asdict(row) for row in rows]}))
        return
    print(
        f"NorQuAD, {chosen.data.name}: {len(data['questions'])} questions,"
        f" {len(data['contexts'])} contexts, {count} passages; per cent"
    )
    print_table(rows)


if __name__ == "__main__":
    main()
