"""Figures of a ranking: recall, success, MRR and nDCG.

From ir-measures (which runs trec_eval): the figures of the field, computed by the code of the
field, and only two packages more, both with ready-made wheels. ranx would bring sixteen, among
them a compiler (numba), matplotlib and seaborn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

DEPTH = 10
CUTS = (1, 5, DEPTH)
_MEASURES = {
    **{f"success@{cut}": Success @ cut for cut in CUTS},
    **{f"recall@{cut}": R @ cut for cut in CUTS},
    f"mrr@{DEPTH}": RR @ DEPTH,
    f"ndcg@{DEPTH}": nDCG @ DEPTH,
}
NAMES = tuple(_MEASURES)


def measure_rankings(
    relevant: Mapping[str, Collection[str]], ranked: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """Measure the ranking of each question.

    Args:
        relevant: what ought to be found, for each question.
        ranked: what was found, best first and each once.

    Returns:
        For each question of ``relevant`` a value in [0, 1] for each of :data:`NAMES`; all are 0
        where nothing is relevant or nothing was found.
    """
    values = {question: dict.fromkeys(NAMES, 0.0) for question in relevant}
    wanted = {
        question: dict.fromkeys(items, 1)
        for question, items in relevant.items()
        if items and ranked.get(question)
    }
    found = {
        question: {item: float(-place) for place, item in enumerate(ranked[question])}
        for question in wanted
    }
    if wanted:
        names = {measure: name for name, measure in _MEASURES.items()}
        for metric in ir_measures.iter_calc(list(names), wanted, found):
            values[metric.query_id][names[metric.measure]] = float(metric.value)
    return values
