"""Search: from a question to passages, best first.

score = (cosine of the passage + best cosine of its statements) / 2 + 0.15 × BM25 share. On
NorQuAD's 607 passages this gave MRR 88.2, against 77.2 for the passage cosine and 84.3 for BM25
alone; rank fusion and min-max fusion were worse on paraphrased questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistent.index import Index
from assistent.types import Hit, Standing

LEXICAL_WEIGHT = 0.15
# What is no longer in force gives way to what is, other things about equal.
STANDING_PENALTY: Mapping[Standing, float] = {
    Standing.IN_FORCE: 0.0,
    Standing.SUMMARY: 0.015,
    Standing.DRAFT: 0.02,
    Standing.EXPIRED: 0.02,
    Standing.REPEALED: 0.03,
}
_CANDIDATES = 60


@dataclass(frozen=True, slots=True)
class Query:
    """A question ready for search.

    ``concepts`` are its weighty words, each as stems that mean the same; ``vector`` has shape
    (dimensions,); ``bonus`` is added to the score of each document's passages.
    """

    concepts: Sequence[Sequence[str]]
    vector: NDArray[np.float32]
    bonus: Mapping[str, float] = field(default_factory=dict)


def search(
    index: Index,
    query: Query,
    *,
    count: int = 10,
    in_force_count: int = 0,
    named: frozenset[str] = frozenset(),
    standings: Mapping[str, Standing] | None = None,
) -> list[Hit]:
    """Find the passages that fit a question best.

    Args:
        in_force_count: how many hits of documents in force to add behind the best.
        named: documents of which every passage is looked at, because the question names them.
        standings: each document's standing on the day of the question; without it all are equal.

    Returns:
        The best ``count`` hits, then more of the documents in force, then the other passages of
        the named documents. Each hit has
        the cosines of its statements.
    """
    if not index.passages:
        return []
    shares = index.lexical.shares(query.concepts)
    whole = {row for row, passage in enumerate(index.passages) if passage.document in named}
    hits = [
        _hit(index, row, query, float(shares[row]), standings or {})
        for row in dict.fromkeys([*_candidates(index, query, shares), *sorted(whole)])
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.passage.document, hit.passage.start))
    rest = hits[count:]
    in_force = [hit for hit in rest if _in_force(hit, standings)][:in_force_count]
    others = [hit for hit in rest if hit.passage.document in named and hit not in in_force]
    return [*hits[:count], *in_force, *others]


def _in_force(hit: Hit, standings: Mapping[str, Standing] | None) -> bool:
    return (standings or {}).get(hit.passage.document) is Standing.IN_FORCE


def _candidates(index: Index, query: Query, shares: NDArray[np.float32]) -> list[int]:
    """Return the rows that any of the three searches puts forward."""
    lexical = np.argsort(-shares, kind="stable")[:_CANDIDATES]
    rows = dict.fromkeys(index.nearest_passages(query.vector, _CANDIDATES))
    rows.update(dict.fromkeys(index.nearest_statements(query.vector, 2 * _CANDIDATES)))
    rows.update(dict.fromkeys(int(row) for row in lexical if shares[row] > 0))
    return list(rows)


def _hit(
    index: Index, row: int, query: Query, share: float, standings: Mapping[str, Standing]
) -> Hit:
    passage = index.passages[row]
    dense = float(index.passage_vectors[row] @ query.vector)
    first, last = index.statement_offsets[row], index.statement_offsets[row + 1]
    cosines = index.statement_vectors[first:last] @ query.vector
    best = float(cosines.max()) if len(cosines) else dense
    penalty = STANDING_PENALTY[standings.get(passage.document, Standing.IN_FORCE)]
    return Hit(
        passage=passage,
        score=(dense + best) / 2
        + LEXICAL_WEIGHT * share
        + query.bonus.get(passage.document, 0.0)
        - penalty,
        dense=dense,
        sentence=best,
        lexical=share,
        statement_scores=tuple(float(cosine) for cosine in cosines),
    )
