"""How the search grows with the corpus: build, size, memory, time, and what HNSW misses.

    python -m tests.benchmarks.scale [--sizes 1000 20000 100000] [--folder DIR] [--json]

The passages are synthetic (see :mod:`tests.benchmarks.synthetic`), as embedding 100 000 real ones
would take hours; they are written, checked and opened by the product's own index. Questions are the
development questions, embedded by the real model. Each step runs in a process of its own, so that
memory is that of the step. With ``--folder`` the indexes are kept there and found again.

- *build* is writing and checking the edition, without reading and embedding;
- *search* is ``retrieval.search`` with the vector at hand; *finn* and *svar* are
  ``Assistant.find`` and ``Assistant.answer``, embedding the question included;
- *recall* is the share of the ten best passages by cosine (passage alone; mean of passage and best
  statement) of a scan of all vectors that the product's search finds among its ten.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from assistent import bootstrap
from assistent.answering import Assistant
from assistent.editions import build_lock, current_edition, new_edition, publish
from assistent.embedding import Embedder
from assistent.index import Index, open_index, write_index
from assistent.ingestion import check_edition
from assistent.questions import read_question
from assistent.restricted import RestrictedIndex
from assistent.retrieval import Query, search
from assistent.settings import load_settings
from tests.benchmarks.synthetic import make_synthetic
from tests.evals.assistants import TODAY
from tests.evals.questions import load_sets

SIZES = (1_000, 20_000)
DEPTH = 10
_QUESTIONS = 100
_MEGABYTE = 2**20
# Two scores that differ by less are the same: a tie may be broken either way.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class Built:
    """What writing an index cost."""

    passages: int
    statements: int
    documents: int
    wall_seconds: float
    cpu_seconds: float
    disk_megabytes: float


@dataclass(frozen=True, slots=True)
class Measured:
    """What searching an index costs, in milliseconds of processor time at the median, and finds."""

    open_seconds: float
    memory_megabytes: float
    search: float
    find: float
    answer: float
    recall_passages: float
    recall_both: float


@dataclass(frozen=True, slots=True)
class View:
    """What a part of an index costs; a search in milliseconds of processor time at the median."""

    view_seconds: float
    view_megabytes: float
    view_search: float


def recall_of(found: Sequence[int], scores: NDArray[np.float32], depth: int = DEPTH) -> float:
    """Return the share of the ``depth`` best rows by score that were found; ties count as found."""
    wanted = min(depth, len(scores))
    limit = np.partition(scores, -wanted)[-wanted] - _SAME
    return sum(bool(scores[row] >= limit) for row in found[:wanted]) / wanted


def cpu_milliseconds(run: Callable[[Any], object], items: Iterable[Any]) -> float:
    """Return the median processor time of a call, the first one left out."""
    times = []
    for item in items:
        started = time.process_time()
        run(item)
        times.append(1000 * (time.process_time() - started))
    return statistics.median(times[1:] or times)


# --- The steps, each in a process of its own -----------------------------------------------------


def build_real(folder: Path) -> None:
    """Index the corpus itself; its sentences and vectors are what the others are made of."""
    settings = load_settings().model_copy(update={"index": folder})
    bootstrap.rebuild_index(settings, progress=lambda step, done, total: None)


def build(real: Path, folder: Path, size: int) -> Built:
    """Write a synthetic index and measure it."""
    source = open_index(real / current_edition(real))
    made = make_synthetic(source, size)
    source.close()
    wall, cpu = time.perf_counter(), time.process_time()
    with build_lock(folder), new_edition(folder) as (name, edition):
        write_index(
            edition,
            edition=name,
            fingerprint=source.fingerprint,
            corpus="",
            documents=made.documents,
            passages=made.passages,
            registers=source.registers,
            passage_vectors=made.passage_vectors,
            statement_vectors=made.statement_vectors,
        )
        check_edition(edition)
        publish(folder, edition, name)
    files = (path for path in folder.rglob("*") if path.is_file())
    built = Built(
        passages=len(made.passages),
        statements=len(made.statement_vectors),
        documents=len(made.documents),
        wall_seconds=round(time.perf_counter() - wall, 1),
        cpu_seconds=round(time.process_time() - cpu, 1),
        disk_megabytes=round(sum(path.stat().st_size for path in files) / _MEGABYTE, 1),
    )
    (folder / "built.json").write_text(json.dumps(asdict(built)), encoding="utf-8")
    return built


def measure(folder: Path) -> Measured:
    """Open an index, ask it, and compare what it finds with a scan of all vectors."""
    started = time.perf_counter()
    embedder = bootstrap.build_embedder(load_settings())
    assistant = Assistant(folder, embedder, today=lambda: TODAY)
    opened = time.perf_counter() - started
    asked = [question.text for question in load_sets("dev")][:_QUESTIONS]
    find = cpu_milliseconds(assistant.find, asked)
    answer = cpu_milliseconds(assistant.answer, asked)
    memory = psutil.Process().memory_info().rss / _MEGABYTE
    del assistant
    index = open_index(folder / current_edition(folder))
    queries = _queries(embedder, asked)
    spent = cpu_milliseconds(lambda query: search(index, query, count=DEPTH), queries)
    passages, both = _recalls(index, queries)
    return Measured(opened, memory, spent, find, answer, passages, both)


def measure_view(folder: Path) -> View:
    """Make the part of an index that somebody sees from whom every tenth document is hidden."""
    embedder = bootstrap.build_embedder(load_settings())
    index = open_index(folder / current_edition(folder))
    visible = frozenset(path for number, path in enumerate(index.documents) if number % 10)
    queries = _queries(embedder, [question.text for question in load_sets("dev")][:_QUESTIONS])
    cpu_milliseconds(lambda query: search(index, query, count=DEPTH), queries)
    before = psutil.Process().memory_info().rss
    started = time.process_time()
    view = RestrictedIndex(index, visible)
    spent = time.process_time() - started
    found = cpu_milliseconds(lambda query: search(view, query, count=DEPTH), queries)
    return View(spent, (psutil.Process().memory_info().rss - before) / _MEGABYTE, found)


def _queries(embedder: Embedder, asked: Sequence[str]) -> list[Query]:
    vectors = embedder.embed_questions(asked)
    return [
        Query([concept.alternatives for concept in read_question(text).concepts], vector)
        for text, vector in zip(asked, vectors, strict=True)
    ]


def _recalls(index: Index, queries: Sequence[Query]) -> tuple[float, float]:
    """Return the recall of the passages' vectors alone and of both kinds together."""
    passages, both = [], []
    row_of = {passage.id: row for row, passage in enumerate(index.passages)}
    for query in queries:
        dense = np.asarray(index.passage_vectors @ query.vector)
        cosines = index.statement_vectors @ query.vector
        best = np.maximum.reduceat(cosines, index.statement_offsets[:-1])
        passages.append(recall_of(index.nearest_passages(query.vector, DEPTH), dense))
        hits = search(index, Query([], query.vector), count=DEPTH)
        found = [row_of[hit.passage.id] for hit in hits]
        both.append(recall_of(found, (dense + best) / 2))
    return statistics.fmean(passages), statistics.fmean(both)


# --- Running and printing ------------------------------------------------------------------------


def run(sizes: Sequence[int], folder: Path) -> list[dict[str, Any]]:
    """Build what is not there and measure everything."""
    real = folder / "real"
    if not real.exists():
        _apart(build_real, real)
    results = []
    for size in sizes:
        place = folder / str(size)
        known = place / "built.json"
        if known.exists():
            built = Built(**json.loads(known.read_text("utf-8")))
        else:
            built = _apart(build, real, place, size)
        seen = _apart(measure_view, place)
        results.append({**asdict(built), **asdict(_apart(measure, place)), **asdict(seen)})
    return results


def _apart(step: Callable[..., Any], *values: object) -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(step, values)


def print_table(results: Sequence[dict[str, Any]]) -> None:
    """Print one line per size; times of questions are processor time at the median."""
    print(
        "passages  statements   build   disk  memory   open   search     finn     svar"
        "   recall@10: passages, both   view: made, memory, search"
    )
    for each in results:
        print(
            f"{each['passages']:8}  {each['statements']:10} {each['cpu_seconds']:6.0f}s"
            f" {each['disk_megabytes']:4.0f}MB {each['memory_megabytes']:5.0f}MB"
            f" {each['open_seconds']:5.1f}s {each['search']:6.1f}ms {each['find']:6.1f}ms"
            f" {each['answer']:6.1f}ms   {each['recall_passages']:19.3f} {each['recall_both']:6.3f}"
            f" {each['view_seconds']:10.1f}s {each['view_megabytes']:6.0f}MB"
            f" {each['view_search']:6.1f}ms"
        )


def main(words: Sequence[str] | None = None) -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, help="keep the indexes here")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="assistent-scale-") as temporary:
        results = run(chosen.sizes, chosen.folder or Path(temporary))
    if chosen.json:
        print(json.dumps(results))
    else:
        print_table(results)


if __name__ == "__main__":
    main()
