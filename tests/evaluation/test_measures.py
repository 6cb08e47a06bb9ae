from __future__ import annotations

import numpy as np
import pytest

from assistent.evaluation.measures import (
    RESAMPLES,
    Statistic,
    aurc,
    auroc,
    bin_of,
    calibration_error,
    interval,
    mean,
    quantile,
    ratio,
    resamples,
)

ALL = np.ones(4, dtype=np.bool_)


def drawn(statistic: Statistic, *times: int) -> float:
    """The figure when each question was drawn so many times."""
    return float(statistic.compute(np.array([times], dtype=np.float64))[0])


def test_a_share_counts_only_the_questions_it_is_about() -> None:
    share = mean(np.array([1, 0, 1, 1]), np.array([True, True, True, False]))
    assert share.value() == pytest.approx(2 / 3)
    assert drawn(share, 3, 1, 0, 5) == pytest.approx(3 / 4)
    assert np.isnan(drawn(share, 0, 0, 0, 9))


def test_a_ratio_of_nothing_is_undefined() -> None:
    assert np.isnan(ratio(np.zeros(3), np.zeros(3)).value())


def test_auroc_counts_ties_half() -> None:
    scores = np.array([0.9, 0.5, 0.5, 0.1])
    positive = np.array([True, True, False, False])
    # Pairs: .9>.5, .9>.1, .5=.5 (half), .5>.1 → 3.5 of 4.
    figure = auroc(scores, positive, ALL)
    assert figure.value() == pytest.approx(3.5 / 4)
    # The first question drawn out: .5=.5 and .5>.1.
    assert drawn(figure, 0, 1, 1, 1) == pytest.approx(1.5 / 2)
    assert np.isnan(drawn(figure, 1, 1, 0, 0))
    assert auroc(-scores, positive, ALL).value() == pytest.approx(0.5 / 4)


def test_aurc_is_the_mean_risk() -> None:
    scores = np.array([0.2, 0.8, 0.6, 0.4])
    wrong = np.array([True, False, True, False])
    # By falling score: right, wrong, right, wrong → risks 0, 1/2, 1/3, 2/4.
    figure = aurc(scores, wrong, ALL)
    assert figure.value() == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert drawn(figure, 0, 1, 1, 0) == pytest.approx((0 + 1 / 2) / 2)
    # Equal scores are answered together: all four have the risk of all four.
    assert aurc(np.zeros(4), wrong, ALL).value() == pytest.approx(1 / 2)


def test_calibration_error_worked_out_by_hand() -> None:
    probabilities = np.array([0.91, 0.95, 0.15, 1.0])
    happened = np.array([True, False, False, True])
    # Last bin: three of mean .9533…, two happened; second bin: one of .15, none happened.
    expected = (abs(0.91 + 0.95 + 1.0 - 2) + 0.15) / 4
    assert calibration_error(probabilities, happened, ALL).value() == pytest.approx(expected)


def test_bins_are_closed_below_and_the_last_one_above() -> None:
    assert bin_of(np.array([0.0, 0.0999, 0.1, 0.95, 1.0])).tolist() == [0, 0, 1, 9, 9]


def test_quantiles_are_values_that_were_measured() -> None:
    values = np.arange(20, 0, -1, dtype=np.float64)
    over = np.ones(20, dtype=np.bool_)
    assert quantile(values, 0.5, over).value() == 10
    assert quantile(values, 0.95, over).value() == 19
    over[:10] = False  # 10 … 1 are left
    assert quantile(values, 0.95, over).value() == 10
    # 4 drawn three times and 1 once.
    assert drawn(quantile(np.array([4.0, 1.0]), 0.5, over[10:12]), 3, 1) == 4


def test_resamples_draw_as_many_questions_as_there_are() -> None:
    weights = resamples(7)
    assert weights.shape == (RESAMPLES, 7)
    assert set(weights.sum(axis=1)) == {7.0}
    assert np.array_equal(weights, resamples(7))
    assert weights.mean(axis=0) == pytest.approx(np.ones(7), abs=0.1)


def test_the_interval_of_a_share_is_that_of_theory() -> None:
    hits = np.r_[np.ones(80), np.zeros(20)]
    share = mean(hits, np.ones(100, dtype=np.bool_))
    spread = interval(share.compute(resamples(100)))
    assert spread is not None
    assert spread == pytest.approx((0.8 - 1.96 * 0.04, 0.8 + 1.96 * 0.04), abs=0.015)


def test_the_interval_leaves_undefined_values_out() -> None:
    assert interval(np.full(5, np.nan)) is None
    assert interval(np.array([1.0, np.nan, 1.0])) == (1.0, 1.0)
