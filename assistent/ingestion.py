"""The write flow: from a corpus folder to a new edition of the index."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistent import texts_corpus, texts_index
from assistent.asked import read_asked
from assistent.corpus import FileReader, Progress, Skipped, corpus_digest, read_corpus
from assistent.editions import (
    Fingerprint,
    build_lock,
    current_edition,
    editions,
    new_edition,
    on_trial,
    point_to,
    prune,
    publish,
    read_manifest,
)
from assistent.embedding import Embedder
from assistent.errors import (
    AssistantError,
    CorpusError,
    IndexDamagedError,
    IndexMissingError,
)
from assistent.index import Index, Vectors, open_index, write_index
from assistent.passages import SPLITTER_VERSION, split_into_passages
from assistent.registers import load_registers
from assistent.types import Asked, Passage, Statement

_KEEP_EDITIONS = 3
_CANARIES = 25
# HNSW misses 1 or 2 of 100 by itself in a large corpus.
_FOUND_CANARIES = 0.8
_BATCH = 64


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``added``, ``reused`` and ``removed`` count passages."""

    edition: str
    documents: int
    passages: int
    added: int
    reused: int
    removed: int
    skipped: tuple[Skipped, ...]
    seconds: float


def build_index(
    corpus: Path,
    index: Path,
    embedder: Embedder,
    open_reader: Callable[[Path], AbstractContextManager[FileReader]],
    *,
    progress: Progress = lambda step, done, total: None,
    accept: Callable[[Path], None] | None = None,
) -> BuildReport:
    """Read the corpus and publish a new edition; the one in force serves until the last moment.

    Args:
        open_reader: opens a reader for files under the folder it is given.
        progress: called with the step, what is done and the total.
        accept: tries the edition before it is published, called with an index folder in which it is
            in force. What it raises keeps the edition from being published.

    Raises:
        CorpusError: the corpus cannot be used.
        IndexBusyError: another process is building.
        AssistantError: the index folder cannot be written to, or the self-check failed.
    """
    started = time.monotonic()
    with build_lock(index):
        # Taken before reading: a file that changes meanwhile makes the edition out of date.
        digest = corpus_digest(corpus)
        documents, skipped = read_corpus(corpus, open_reader, progress=progress)
        if not documents:
            raise CorpusError(texts_corpus.corpus_empty(str(corpus)))
        registers = load_registers(corpus, {d.info.path: d for d in documents})
        asked, faults = read_asked(corpus, {d.info.path: d for d in documents})
        skipped += [Skipped(file, reason) for file, reason in faults]
        passages = [
            passage
            for document in documents
            for passage in split_into_passages(document, embedder.count_tokens)
        ]
        fingerprint = _fingerprint(embedder)
        known = _KnownVectors(index, fingerprint)
        text_of = {document.info.path: document.text for document in documents}
        passage_texts = [embedded_text(text_of[p.document], p) for p in passages]
        statement_texts = [
            statement_text(text_of[p.document], s) for p in passages for s in p.statements
        ]
        passage_vectors = _embed(passage_texts, known, embedder, progress, "utdrag")
        statement_vectors = _embed(statement_texts, known, embedder, progress, "setninger")
        asked_vectors = _embed_asked(asked, known, embedder, progress)
        reused = sum(text in known.vectors for text in passage_texts)
        with new_edition(index) as (name, folder):
            write_index(
                folder,
                edition=name,
                fingerprint=fingerprint,
                corpus=digest,
                documents=documents,
                passages=passages,
                registers=registers,
                passage_vectors=passage_vectors,
                statement_vectors=statement_vectors,
                asked=asked,
                asked_vectors=asked_vectors,
            )
            progress("kontroll", 0, 1)
            check_edition(folder)
            if accept is not None:
                with on_trial(folder, name) as trial:
                    accept(trial)
            publish(index, folder, name)
        prune(index, keep=_KEEP_EDITIONS)
        progress("kontroll", 1, 1)
    ids = {passage.id for passage in passages}
    return BuildReport(
        edition=name,
        documents=len(documents),
        passages=len(passages),
        added=len(passages) - reused,
        reused=reused,
        removed=len(known.passage_ids - ids),
        skipped=tuple(skipped),
        seconds=round(time.monotonic() - started, 3),
    )


def needs_build(corpus: Path, index: Path, embedder: Embedder) -> bool:
    """Whether there is no usable edition, or the corpus or the model has changed since.

    Where somebody has gone back from the edition of this very corpus, nothing is to be built:
    it would only come back.
    """
    try:
        folder = index / current_edition(index)
        manifest = read_manifest(folder, verify=True)
    except AssistantError:
        return True
    if manifest.fingerprint != _fingerprint(embedder):
        return True
    digest = corpus_digest(corpus)
    if manifest.corpus == digest:
        return False
    return not any(
        _is_of(index / name, digest, manifest.fingerprint) for name in left_behind(index)
    )


def left_behind(index: Path) -> list[str]:
    """Return the editions after the one in force: somebody has gone back from them.

    Raises:
        IndexMissingError: nothing has been built.
    """
    current = current_edition(index)
    return [name for name in editions(index) if name > current]


def _is_of(folder: Path, corpus: str, fingerprint: Fingerprint) -> bool:
    """Whether an edition was built from this corpus with this model."""
    try:
        manifest = read_manifest(folder, verify=False)
    except IndexDamagedError:
        return False
    return manifest.corpus == corpus and manifest.fingerprint == fingerprint


def roll_back(index: Path, edition: str = "") -> str:
    """Put an earlier edition back in force: the one named, or the one before the present one.

    Returns:
        Its name.

    Raises:
        IndexMissingError: there is no such edition, or it is in force already.
        IndexDamagedError: the edition cannot be used.
    """
    with build_lock(index):
        current = current_edition(index)
        others = [name for name in editions(index) if name != current]
        if edition == current:
            raise IndexMissingError(texts_index.already_in_force(edition))
        if edition and edition not in others:
            raise IndexMissingError(texts_index.no_such_edition(edition, others))
        earlier = [edition] if edition else [name for name in others if name < current]
        if not earlier:
            raise IndexMissingError(texts_index.no_earlier_edition(str(index)))
        open_index(index / earlier[-1]).close()
        point_to(index, earlier[-1])
    return earlier[-1]


def embedded_text(text: str, passage: Passage) -> str:
    """Return what is embedded for a passage: its body, without the heading.

    Putting the headings before the text lowered MRR from 78 to 72 on the two strategies.
    """
    return (
        text[passage.body_start : passage.end].strip() or text[passage.start : passage.end].strip()
    )


def statement_text(text: str, statement: Statement) -> str:
    """Return what is embedded for a statement: itself, without its lead-in.

    With the lead-in every item of a list looked like every other.
    """
    return text[statement.start : statement.end]


def check_edition(folder: Path) -> None:
    """Open a new edition the way a reader will, and let passages find themselves.

    Raises:
        AssistantError: something is not found again.
    """
    try:
        opened = open_index(folder)
    except IndexDamagedError as error:
        raise AssistantError(texts_index.self_check_failed(str(error))) from error
    try:
        step = max(1, len(opened.passages) // _CANARIES)
        rows = range(0, len(opened.passages), step)
        if sum(map(opened.finds_itself, rows)) < _FOUND_CANARIES * len(rows):
            raise AssistantError(texts_index.self_check_failed(texts_index.REASON_CANARY))
    finally:
        opened.close()


def _fingerprint(embedder: Embedder) -> Fingerprint:
    return Fingerprint(embedder.fingerprint, embedder.dimensions, SPLITTER_VERSION)


class _KnownVectors:
    """The vectors of the edition in force by the text they were made from.

    Empty where there is no edition, it cannot be opened, or it is of another model.
    """

    def __init__(self, index: Path, fingerprint: Fingerprint) -> None:
        self.vectors: dict[str, Vectors] = {}
        self.asked: dict[str, Vectors] = {}
        self.passage_ids: set[str] = set()
        try:
            folder = index / current_edition(index)
            opened = open_index(folder)
        except AssistantError:
            return
        try:
            self.passage_ids = {passage.id for passage in opened.passages}
            if opened.fingerprint == fingerprint:
                self.vectors = dict(_vectors_by_text(opened))
                for row, asked in enumerate(opened.asked):
                    self.asked[asked.question] = np.array(opened.asked_vectors[row])
        finally:
            opened.close()


def _vectors_by_text(opened: Index) -> Iterator[tuple[str, Vectors]]:
    for row, passage in enumerate(opened.passages):
        text = opened.documents[passage.document].text
        yield embedded_text(text, passage), np.array(opened.passage_vectors[row])
        first = int(opened.statement_offsets[row])
        for number, statement in enumerate(passage.statements):
            vector = np.array(opened.statement_vectors[first + number])
            yield statement_text(text, statement), vector


def _embed(
    contents: Sequence[str],
    known: _KnownVectors,
    embedder: Embedder,
    progress: Progress,
    step: str,
) -> Vectors:
    """Return one vector per text, embedding only texts that were not embedded before."""
    new = [text for text in dict.fromkeys(contents) if text not in known.vectors]
    fresh: dict[str, Vectors] = {}
    for start in range(0, len(new), _BATCH):
        progress(step, start, len(new))
        batch = new[start : start + _BATCH]
        fresh.update(zip(batch, embedder.embed_passages(batch), strict=True))
    progress(step, len(new), len(new))
    vectors = np.zeros((len(contents), embedder.dimensions), dtype=np.float32)
    for row, text in enumerate(contents):
        vectors[row] = fresh[text] if text in fresh else known.vectors[text]
    return vectors


def _embed_asked(
    asked: Sequence[Asked], known: _KnownVectors, embedder: Embedder, progress: Progress
) -> Vectors:
    """Return one vector per question, shape (questions, dimensions)."""
    new = [q for q in dict.fromkeys(a.question for a in asked) if q not in known.asked]
    vectors = dict(known.asked)
    for start in range(0, len(new), _BATCH):
        progress("spørsmål", start, len(new))
        batch = new[start : start + _BATCH]
        vectors.update(zip(batch, embedder.embed_questions(batch), strict=True))
    progress("spørsmål", len(new), len(new))
    rows = [vectors[a.question] for a in asked]
    return np.array(rows, dtype=np.float32).reshape(len(rows), embedder.dimensions)
