"""Figures over questions that can be weighted, so that one function serves value and bootstrap.

A resample of n questions with replacement is a row of n weights: how often each was drawn. A
statistic turns weights of shape (resamples, n) into values of shape (resamples,); a row of ones
gives the figure itself. Where a figure is undefined, such as a share of nothing, it is NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
_SEED = 0
BINS = 10

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Unit(StrEnum):
    """What a figure counts, and thereby how it is written."""

    SHARE = "share"
    NUMBER = "number"
    SCORE = "score"
    MILLISECONDS = "milliseconds"


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure of which the value depends on how much each question counts.

    ``over`` marks the questions that it speaks of; ``better`` is 1 where higher is better, -1
    where lower is, and 0 where neither is.
    """

    over: Flags
    compute: Callable[[Floats], Floats]
    unit: Unit = Unit.SHARE
    better: int = 1

    def value(self) -> float:
        """Return the figure itself; NaN where it is undefined."""
        if not self.over.any():
            return float("nan")
        return float(self.compute(np.ones((1, len(self.over))))[0])


def resamples(count: int) -> Floats:
    """Return the weights of the bootstrap: shape (RESAMPLES, count), the same every time."""
    if count == 0:
        return np.zeros((RESAMPLES, 0))
    random = np.random.default_rng(_SEED)
    return random.multinomial(count, np.full(count, 1 / count), size=RESAMPLES).astype(np.float64)


def interval(values: Floats) -> tuple[float, float] | None:
    """Return the middle 95 % of resampled values; None where they are undefined."""
    defined = values[~np.isnan(values)]
    if not len(defined):
        return None
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def ratio(
    top: NDArray[np.generic],
    bottom: NDArray[np.generic],
    *,
    unit: Unit = Unit.SHARE,
    better: int = 1,
) -> Statistic:
    """Return the sum of one column divided by that of another: shares, means, precision, F1."""
    above, below = top.astype(np.float64), bottom.astype(np.float64)

    def compute(weights: Floats) -> Floats:
        return _divided(weights @ above, weights @ below)

    return Statistic(below > 0, compute, unit, better)


def mean(
    values: NDArray[np.generic], over: Flags, *, unit: Unit = Unit.SHARE, better: int = 1
) -> Statistic:
    """Return the mean of a column over the marked questions."""
    return ratio(np.where(over, values, 0), over, unit=unit, better=better)


def quantile(values: Floats, share: float, over: Flags) -> Statistic:
    """Return the smallest value that at least ``share`` of the questions do not exceed."""
    rows = np.flatnonzero(over)
    rows = rows[np.argsort(values[rows], kind="stable")]

    def compute(weights: Floats) -> Floats:
        reached = np.cumsum(weights[:, rows], axis=1)
        total = reached[:, -1:]
        # Weights are whole numbers; the small number keeps 0.95 × 20 from becoming 19.000000004.
        places = (reached >= share * total - 1e-9).argmax(axis=1)
        return np.where(total[:, 0] > 0, values[rows][places], np.nan)

    return Statistic(over, compute, Unit.MILLISECONDS, better=-1)


def auroc(scores: Floats, positive: Flags, over: Flags) -> Statistic:
    """Return the chance that a positive scores above a negative; ties count half."""
    rows, starts = _by_score(scores, over)

    def compute(weights: Floats) -> Floats:
        ups = np.add.reduceat(weights[:, rows] * positive[rows], starts, axis=1)
        downs = np.add.reduceat(weights[:, rows] * ~positive[rows], starts, axis=1)
        below = np.cumsum(downs, axis=1) - downs
        won = (ups * (below + downs / 2)).sum(axis=1)
        return _divided(won, ups.sum(axis=1) * downs.sum(axis=1))

    return Statistic(over, compute, Unit.SCORE)


def aurc(scores: Floats, wrong: Flags, over: Flags) -> Statistic:
    """Return the area under the risk–coverage curve: the mean risk, best scores answered first.

    The risk at a question is the share of wrong ones among those that score at least as high.
    """
    rows, starts = _by_score(-scores, over)

    def compute(weights: Floats) -> Floats:
        sizes = np.add.reduceat(weights[:, rows], starts, axis=1)
        errors = np.add.reduceat(weights[:, rows] * wrong[rows], starts, axis=1)
        risks = _divided(np.cumsum(errors, axis=1), np.cumsum(sizes, axis=1))
        return _divided((sizes * np.nan_to_num(risks)).sum(axis=1), sizes.sum(axis=1))

    return Statistic(over, compute, Unit.SCORE, better=-1)


def calibration_error(probabilities: Floats, happened: Flags, over: Flags) -> Statistic:
    """Return the expected calibration error over :data:`BINS` bins of equal width.

    The mean distance between what was predicted for a bin and what happened in it, each bin
    counting as much as it has questions.
    """
    rows = np.flatnonzero(over)
    bins = bin_of(probabilities[rows])
    member = np.eye(BINS)[bins]  # (questions, BINS)
    distance = member * (probabilities[rows] - happened[rows])[:, None]

    def compute(weights: Floats) -> Floats:
        judged = weights[:, rows]
        return _divided(np.abs(judged @ distance).sum(axis=1), judged.sum(axis=1))

    return Statistic(over, compute, Unit.SCORE, better=-1)


def bin_of(probabilities: Floats) -> NDArray[np.intp]:
    """Return the bin of each probability, 0 to BINS - 1; 1.0 belongs to the last."""
    return np.minimum((np.nan_to_num(probabilities) * BINS).astype(np.intp), BINS - 1)


def _by_score(scores: Floats, over: Flags) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the marked rows by rising score, and where each group of equal scores begins."""
    rows = np.flatnonzero(over)
    rows = rows[np.argsort(scores[rows], kind="stable")]
    ordered = scores[rows]
    return rows, np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]][: len(rows)])


def _divided(above: Floats, below: Floats) -> Floats:
    quotients: Floats = np.full(above.shape, np.nan)
    np.divide(above, below, out=quotients, where=below != 0)
    return quotients
