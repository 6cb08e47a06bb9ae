from __future__ import annotations

import ast
from math import log2
from pathlib import Path

import pytest

import assistent.evaluation
from assistent.evaluation.ranking import NAMES, measure_rankings


def test_figures_of_a_ranking_worked_out_by_hand() -> None:
    # The relevant b and d stand second and fourth; e is never found.
    values = measure_rankings({"q": {"b", "d", "e"}}, {"q": ["a", "b", "c", "d"]})["q"]
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert values == pytest.approx(
        {
            "success@1": 0,
            "success@5": 1,
            "success@10": 1,
            "recall@1": 0,
            "recall@5": 2 / 3,
            "recall@10": 2 / 3,
            "mrr@10": 1 / 2,
            "ndcg@10": (1 / log2(3) + 1 / log2(5)) / ideal,
        }
    )


def test_order_counts_and_not_the_names() -> None:
    names = [f"{number:02}" for number in range(12)]
    values = measure_rankings({"q": {"11"}, "r": {"11"}}, {"q": names, "r": names[::-1]})
    assert values["q"]["mrr@10"] == 0  # twelfth
    assert values["r"]["mrr@10"] == 1


def test_nothing_found_and_nothing_relevant_are_zero() -> None:
    values = measure_rankings({"q": {"a"}, "r": set(), "s": {"a"}}, {"q": [], "r": ["a"]})
    assert values == {question: dict.fromkeys(NAMES, 0.0) for question in "qrs"}


def test_only_one_module_knows_the_library() -> None:
    folder = Path(assistent.evaluation.__file__).parent
    knows = set()
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom) and "ir_measures" in ast.unparse(node):
                knows.add(file.stem)
    assert knows == {"ranking"}
