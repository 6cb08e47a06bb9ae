from __future__ import annotations

import pytest

from assistent import texts_evaluation
from assistent.evaluation.figures import compute_curves, compute_figures
from tests.evaluation.samples import answerable, refused, unanswerable

SHOWN = {"outcome": "answered", "quotes": 2, "beside": 2, "lines": 1}
RESULTS = (
    answerable("1", ranking={"passage.mrr@10": 1.0}, items=0.5, gold_line=1),
    answerable(
        "2", gold_line=2, gold_shown=False, outcome="partial", support=0.6, language="nn", beside=2
    ),
    refused("3", support=0.3, ranking={"passage.mrr@10": 0.5}, items=0.0),
    unanswerable("4", support=0.2),
    unanswerable("5", support=0.7, **SHOWN),
    unanswerable("6", miss="near", support=0.5, **SHOWN),
    unanswerable("7", miss="near", support=None, outcome="out_of_scope"),
)
FIGURES = compute_figures(RESULTS)


@pytest.mark.parametrize(
    ("key", "value", "count"),
    [
        ("retrieval.passage.mrr@10", 1.5 / 3, 3),
        ("retrieval.section.mrr@10", 0.0, 3),
        ("sources.gold", 1 / 3, 3),
        ("sources.first_line", 1 / 3, 3),
        ("sources.two_lines", 2 / 3, 3),
        ("sources.section", 2 / 3, 3),
        ("sources.items", 0.25, 2),
        ("sources.beside", 3 / 4, 2),
        ("sources.beside_each", 1.5, 2),
        ("sources.quotes", 2.0, 2),
        ("sources.lines", 3.0, 2),
        ("abstention.answered", 2 / 3, 3),
        ("abstention.all.recall", 2 / 4, 4),
        ("abstention.all.precision", 2 / 3, 3),
        ("abstention.all.f1", 4 / 7, 5),
        ("abstention.off.recall", 1 / 2, 2),
        ("abstention.off.precision", 1 / 2, 2),
        ("abstention.near.recall", 1 / 2, 2),
        # .9, .6 and .3 against .2 and .7: five pairs of six but .6<.7 and .3<.7.
        ("abstention.off.auroc", 4 / 6, 5),
        # What was refused unjudged scores 0: .9, .6, .3 against .5 and 0.
        ("abstention.near.auroc", 5 / 6, 5),
        # .9 right, .6 right, .5 wrong, .3 right, 0 wrong.
        ("abstention.near.aurc", (0 + 0 + 1 / 3 + 1 / 4 + 2 / 5) / 5, 5),
        # 1 and 2 answered, 4 refused as expected; 7 was refused for another reason.
        ("outcome.accuracy", 3 / 7, 7),
        ("by.outcome.language.nn", 1.0, 1),
        ("by.gold.language.nb", 1 / 2, 2),
        ("by.outcome.miss.off", 1 / 2, 2),
        ("by.outcome.miss.near", 0.0, 2),
        ("time.total.median", 10.0, 7),
        ("time.cpu.median", 8.0, 7),
    ],
)
def test_figures_worked_out_by_hand(key: str, value: float, count: int) -> None:
    assert (FIGURES[key].value, FIGURES[key].count) == (pytest.approx(value), count)


def test_calibration_leaves_out_what_was_not_judged() -> None:
    # Each judged question is alone in its bin.
    distances = [0.1, 0.4, 0.7, 0.2, 0.7, 0.5]
    assert FIGURES["calibration.ece"].value == pytest.approx(sum(distances) / 6)
    assert FIGURES["calibration.ece"].count == 6


def test_every_figure_lies_in_its_interval_and_has_a_name() -> None:
    for key, figure in FIGURES.items():
        assert texts_evaluation.figure_label(key)
        if figure.value is not None:
            assert figure.low is not None
            assert figure.high is not None
            assert figure.low <= figure.value <= figure.high, key


def test_without_probabilities_there_are_no_curves() -> None:
    results = (answerable("1", support=None), unanswerable("2", support=None))
    figures = compute_figures(results)
    for key in ("abstention.all.auroc", "abstention.all.aurc", "calibration.ece"):
        assert (figures[key].value, figures[key].low, figures[key].count) == (None, None, 0)
    assert figures["abstention.all.recall"].value == 1.0
    curves = compute_curves(results)
    assert (curves.bins, set(curves.risk.values())) == ((), {()})


def test_a_set_of_only_unanswerable_questions_has_no_retrieval() -> None:
    figures = compute_figures((unanswerable("1"),))
    assert figures["retrieval.passage.recall@1"].value is None
    assert figures["abstention.off.recall"].value == 1.0


def test_curve_and_bins_worked_out_by_hand() -> None:
    curves = compute_curves(RESULTS)
    near = [(p.threshold, p.coverage, p.risk) for p in curves.risk["near"]]
    assert near == [
        (0.9, 0.2, 0.0),
        (0.6, 0.4, 0.0),
        (0.5, pytest.approx(0.6), pytest.approx(1 / 3)),
        (0.3, 0.8, 0.25),
        (0.0, 1.0, 0.4),
    ]
    sixth = curves.bins[6]
    assert (sixth.low, sixth.count, sixth.answerable, sixth.happened) == (0.6, 1, 1, 1.0)
    assert sum(each.count for each in curves.bins) == 6
    assert (curves.bins[0].predicted, curves.bins[0].happened) == (None, None)
