"""A large index made of a small one: recombined sentences with vectors like real ones.

Embedding 100 000 passages takes hours, and only the search is to be measured. So the texts are
sentences of the corpus mixed anew, and the vectors are mixed of the corpus' real vectors:

- a passage takes a real passage as its pattern: as many statements, drawn from it or, at times,
  from anywhere;
- a statement's vector is a random convex mixture of its real vector and another's, plus noise;
- a passage's vector is the mean of its statements' plus noise.

The noise is as strong as what was measured on the corpus: a passage's vector and the mean of its
statements' have the cosine .953 at the median, and neighbouring statements are about as close.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistent.index import Index
from assistent.types import Block, BlockKind, Document, Passage, Statement

_PASSAGES_PER_DOCUMENT = 12
_STRAY_SHARE = 0.2
_MIXED_SHARE = 0.6
_STATEMENT_COSINE = 0.95
_PASSAGE_COSINE = 0.953
_CHUNK = 50_000

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Synthetic:
    """What an index is written from; vectors stand in the order of passages and statements."""

    documents: list[Document]
    passages: list[Passage]
    passage_vectors: Vectors
    statement_vectors: Vectors


def make_synthetic(index: Index, size: int, *, seed: int = 0) -> Synthetic:
    """Make ``size`` passages out of those of a real index."""
    random = np.random.default_rng(seed)
    counts = np.diff(index.statement_offsets)
    usable = np.flatnonzero(counts)
    patterns = usable[random.integers(len(usable), size=size)]
    drawn = _draw(random, np.repeat(patterns, counts[patterns]), index.statement_offsets)
    offsets = np.concatenate([[0], np.cumsum(counts[patterns])]).astype(np.int64)
    real = np.array(index.statement_vectors)
    statement_vectors = _statement_vectors(random, real, drawn)
    means = unit(np.add.reduceat(statement_vectors, offsets[:-1], axis=0))
    documents, passages = _write(index, patterns, np.split(drawn, offsets[1:-1]))
    return Synthetic(documents, passages, noisy(random, means, _PASSAGE_COSINE), statement_vectors)


def unit(vectors: Vectors) -> Vectors:
    """Return the vectors at length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / lengths).astype(np.float32)


def noisy(random: np.random.Generator, vectors: Vectors, cosine: float) -> Vectors:
    """Return unit vectors that have about this cosine with the given ones."""
    noise = unit(random.standard_normal(vectors.shape, dtype=np.float32))
    return unit(vectors + np.float32(np.sqrt(1 / cosine**2 - 1)) * noise)


def _draw(random: np.random.Generator, patterns: Rows, offsets: Rows) -> Rows:
    """Draw a real statement for each place, from the pattern's own or at times from anywhere."""
    first, count = offsets[patterns], offsets[patterns + 1] - offsets[patterns]
    own = first + (random.random(len(patterns)) * count).astype(np.int64)
    stray = random.random(len(patterns)) < _STRAY_SHARE
    return np.where(stray, random.integers(offsets[-1], size=len(patterns)), own)


def _statement_vectors(random: np.random.Generator, real: Vectors, drawn: Rows) -> Vectors:
    vectors = np.empty((len(drawn), real.shape[1]), dtype=np.float32)
    for start in range(0, len(drawn), _CHUNK):
        rows = drawn[start : start + _CHUNK]
        others = random.integers(len(real), size=len(rows))
        share = (random.random((len(rows), 1)) * _MIXED_SHARE).astype(np.float32)
        mixed = (1 - share) * real[rows] + share * real[others]
        vectors[start : start + _CHUNK] = noisy(random, mixed, _STATEMENT_COSINE)
    return vectors


def _write(
    index: Index, patterns: Rows, drawn: Sequence[Rows]
) -> tuple[list[Document], list[Passage]]:
    """Write the documents: for each passage its pattern's heading and the drawn sentences."""
    sentences = [
        (index.documents[passage.document].text[s.start : s.end], s.kind)
        for passage in index.passages
        for s in passage.statements
    ]
    documents: list[Document] = []
    passages: list[Passage] = []
    for start in range(0, len(patterns), _PASSAGES_PER_DOCUMENT):
        part = slice(start, start + _PASSAGES_PER_DOCUMENT)
        info = index.documents[index.passages[patterns[start]].document].info
        number = len(documents)
        path = f"{number:05}.md"
        text = ""
        blocks: list[Block] = []
        for pattern, rows in zip(patterns[part], drawn[part], strict=True):
            section = index.passages[pattern].section or (info.title,)
            begin = len(text)
            blocks.append(Block(BlockKind.HEADING, begin, begin + len(section[-1]), 1))
            text += f"{section[-1]}\n\n"
            body = len(text)
            statements = []
            for sentence, kind in (sentences[row] for row in rows):
                kind = BlockKind.PARAGRAPH if kind is BlockKind.HEADING else kind
                statements.append(Statement(len(text), len(text) + len(sentence), kind))
                blocks.append(Block(kind, len(text), len(text) + len(sentence)))
                text += f"{sentence}\n"
            passages.append(
                Passage(
                    id=f"{len(passages)}",
                    document=path,
                    section=section,
                    page=None,
                    start=begin,
                    end=len(text),
                    body_start=body,
                    statements=tuple(statements),
                )
            )
        named = replace(info, path=path, title=f"{info.title} {number}", names=(), case_number="")
        documents.append(Document(named, text, tuple(blocks)))
    return documents, passages
