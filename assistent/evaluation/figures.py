"""Which figures are computed of results, and the curves behind some of them.

Each figure has a key whose first part names its group:

    retrieval.LEVEL.MEASURE     LEVEL: passage, section, document; MEASURE: see ranking.NAMES
    sources.…                   what was shown, over answerable questions
    abstention.answered         the share of answerable questions that were answered
    abstention.MISS.…           refusing, with MISS: all, off (off topic), near (near miss)
    calibration.ece             how well ``support`` is a probability
    outcome.accuracy            the expected outcome
    by.outcome.FIELD.VALUE      the same for one language, user, style or miss
    by.gold.FIELD.VALUE         the gold quote shown, likewise
    time.STEP.median, .p95      wall time; the step ``cpu`` is processor time
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from assistent.evaluation.asking import LEVELS, QuestionResult
from assistent.evaluation.measures import (
    BINS,
    Flags,
    Floats,
    Statistic,
    Unit,
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
from assistent.evaluation.ranking import NAMES

MISSES = ("all", "off", "near")
FIELDS = ("language", "user", "style", "miss")
CPU = "cpu"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95 % bootstrap interval; None where it is undefined.

    ``count`` says how many questions it speaks of.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int
    unit: Unit
    better: int


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of a risk–coverage curve.

    ``coverage`` is the share of questions that are answered when all with at least ``threshold``
    are, ``risk`` the share of those that have no answer in the documents.
    """

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose probability is in [low, high); the last bin holds 1 too.

    ``predicted`` is the mean of their probabilities and ``happened`` the share that is answerable,
    None where the bin is empty.
    """

    low: float
    high: float
    answerable: int
    off: int
    near: int
    predicted: float | None
    happened: float | None

    @property
    def count(self) -> int:
        """How many questions the bin holds."""
        return self.answerable + self.off + self.near


@dataclass(frozen=True, slots=True)
class Curves:
    """What the charts show: a curve for each of :data:`MISSES`, and the bins."""

    risk: dict[str, tuple[CurvePoint, ...]]
    bins: tuple[Bin, ...]


def compute_figures(results: Sequence[QuestionResult]) -> dict[str, Figure]:
    """Compute every figure with its interval, in the order in which they are shown."""
    weights = resamples(len(results))
    return {key: _figure(each, weights) for key, each in statistics(results).items()}


def _figure(statistic: Statistic, weights: Floats) -> Figure:
    count = int(statistic.over.sum())
    value = statistic.value()
    if math.isnan(value):
        return Figure(None, None, None, count, statistic.unit, statistic.better)
    low, high = interval(statistic.compute(weights)) or (None, None)
    return Figure(value, low, high, count, statistic.unit, statistic.better)


def statistics(results: Sequence[QuestionResult]) -> dict[str, Statistic]:
    """Return every figure as a function of weights, under its key."""
    return dict(
        pair
        for group in (_retrieval, _sources, _abstention, _outcomes, _breakdown, _times)
        for pair in group(results)
    )


Pairs = Iterator[tuple[str, Statistic]]


def _retrieval(results: Sequence[QuestionResult]) -> Pairs:
    answerable = _flags(r.answerable for r in results)
    for level in LEVELS:
        for name in NAMES:
            key = f"{level}.{name}"
            values = _column(r.ranking.get(key, 0.0) for r in results)
            yield f"retrieval.{key}", mean(values, answerable)


def _sources(results: Sequence[QuestionResult]) -> Pairs:
    answerable = _flags(r.answerable for r in results)
    answered = _flags(r.answerable and r.answered for r in results)
    lists = _flags(r.items is not None for r in results)
    quotes = np.where(answered, _column(r.quotes for r in results), 0)
    beside = np.where(answered, _column(r.beside for r in results), 0)
    lines = _column(r.lines for r in results)
    yield "sources.gold", mean(_flags(r.gold_shown for r in results), answerable)
    yield "sources.first_line", mean(_flags(r.gold_line == 1 for r in results), answerable)
    yield "sources.two_lines", mean(_flags(0 < r.gold_line <= 2 for r in results), answerable)
    yield "sources.section", mean(_flags(r.section_shown for r in results), answerable)
    yield "sources.items", mean(_column(r.items or 0.0 for r in results), lists)
    yield "sources.beside", ratio(beside, quotes, better=-1)
    yield "sources.beside_each", mean(beside, answered, unit=Unit.NUMBER, better=-1)
    yield "sources.quotes", mean(quotes, answered, unit=Unit.NUMBER, better=0)
    yield "sources.lines", mean(lines, answered, unit=Unit.NUMBER, better=0)


def _abstention(results: Sequence[QuestionResult]) -> Pairs:
    answerable = _flags(r.answerable for r in results)
    refused = _flags(not r.answered for r in results)
    scores, scored = _scores(results)
    yield "abstention.answered", mean(~refused, answerable)
    for miss in MISSES:
        wanted = _of_miss(results, miss)
        asked = answerable | wanted
        caught, refusals = refused & wanted, refused & asked
        both = refusals.astype(float) + wanted.astype(float)
        yield f"abstention.{miss}.recall", ratio(caught, wanted)
        yield f"abstention.{miss}.precision", ratio(caught, refusals)
        yield f"abstention.{miss}.f1", ratio(2.0 * caught, both, unit=Unit.SHARE)
        yield f"abstention.{miss}.auroc", auroc(scores, answerable, scored & asked)
        yield f"abstention.{miss}.aurc", aurc(scores, wanted, scored & asked)
    judged = _flags(r.support is not None for r in results)
    yield "calibration.ece", calibration_error(scores, answerable, judged)


def _outcomes(results: Sequence[QuestionResult]) -> Pairs:
    every = np.ones(len(results), dtype=np.bool_)
    yield "outcome.accuracy", mean(_flags(r.right_outcome for r in results), every)


def _breakdown(results: Sequence[QuestionResult]) -> Pairs:
    right = _flags(r.right_outcome for r in results)
    gold = _flags(r.gold_shown for r in results)
    answerable = _flags(r.answerable for r in results)
    for field in FIELDS:
        for value in sorted({getattr(result, field) for result in results} - {""}):
            chosen = _flags(getattr(r, field) == value for r in results)
            yield f"by.outcome.{field}.{value}", mean(right, chosen)
            if field != "miss":
                yield f"by.gold.{field}.{value}", mean(gold, chosen & answerable)


def _times(results: Sequence[QuestionResult]) -> Pairs:
    steps = dict.fromkeys(step for result in results for step in result.milliseconds)
    every = np.ones(len(results), dtype=np.bool_)
    for step in steps:
        # A step that a question never reached took no time; it is left out, not counted as 0.
        taken = _flags(step in r.milliseconds for r in results)
        values = _column(r.milliseconds.get(step, 0.0) for r in results)
        yield f"time.{step}.median", quantile(values, 0.5, taken)
        yield f"time.{step}.p95", quantile(values, 0.95, taken)
    yield f"time.{CPU}.median", quantile(_column(r.cpu_milliseconds for r in results), 0.5, every)


# --- Curves --------------------------------------------------------------------------------------


def compute_curves(results: Sequence[QuestionResult]) -> Curves:
    """Compute the points of the charts; nothing where no question was judged."""
    scores, scored = _scores(results)
    answerable = _flags(r.answerable for r in results)
    risk = {}
    for miss in MISSES:
        wanted = _of_miss(results, miss)
        risk[miss] = _risk_curve(scores, wanted, scored & (answerable | wanted))
    return Curves(risk, _bins(results))


def _risk_curve(scores: Floats, wrong: Flags, over: Flags) -> tuple[CurvePoint, ...]:
    points: list[CurvePoint] = []
    if not wrong.any():
        return ()
    for threshold in sorted(set(scores[over].tolist()), reverse=True):
        taken = over & (scores >= threshold)
        points.append(
            CurvePoint(
                threshold=float(threshold),
                coverage=float(taken.sum() / over.sum()),
                risk=float(wrong[taken].mean()),
            )
        )
    return tuple(points)


def _bins(results: Sequence[QuestionResult]) -> tuple[Bin, ...]:
    judged = [result for result in results if result.support is not None]
    if not judged:
        return ()
    numbers = bin_of(_column(r.support or 0.0 for r in judged))
    members: list[list[QuestionResult]] = [[] for _ in range(BINS)]
    for number, result in zip(numbers, judged, strict=True):
        members[number].append(result)
    return tuple(_bin(number, each) for number, each in enumerate(members))


def _bin(number: int, members: Sequence[QuestionResult]) -> Bin:
    kinds = Counter("answerable" if r.answerable else r.miss for r in members)
    total = len(members)
    return Bin(
        low=number / BINS,
        high=(number + 1) / BINS,
        answerable=kinds["answerable"],
        off=kinds["off"],
        near=kinds["near"],
        predicted=sum(r.support or 0.0 for r in members) / total if total else None,
        happened=kinds["answerable"] / total if total else None,
    )


# --- Columns -------------------------------------------------------------------------------------


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, dtype=np.bool_)


def _column(values: Iterable[float]) -> Floats:
    return np.fromiter(values, dtype=np.float64)


def _of_miss(results: Sequence[QuestionResult], miss: str) -> Flags:
    return _flags(not r.answerable and miss in ("all", r.miss) for r in results)


def _scores(results: Sequence[QuestionResult]) -> tuple[Floats, Flags]:
    """Return the scores to rank questions by, and which questions have one.

    What was refused without being judged would be refused at any threshold: it scores 0. Where
    nothing was judged at all there are no scores.
    """
    some = any(result.support is not None for result in results)
    scores = _column(r.support or 0.0 for r in results)
    return scores, _flags(some and (r.support is not None or not r.answered) for r in results)
