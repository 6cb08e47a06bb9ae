"""Two runs, compared over the questions that both asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistent.evaluation.asking import QuestionResult
from assistent.evaluation.figures import statistics
from assistent.evaluation.measures import Unit, interval, resamples
from assistent.evaluation.runs import Group, Run


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure in both runs, over common questions, and the 95 % interval of the difference.

    The interval is paired: both figures are taken of the same resampled questions.
    """

    before: float
    after: float
    low: float
    high: float
    count: int
    unit: Unit
    better: int

    @property
    def change(self) -> float:
        """How much higher the figure is now."""
        return self.after - self.before

    @property
    def certain(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class GroupComparison:
    """The differences of one group, and the questions that were won and lost."""

    name: str
    together: bool
    common: int
    differences: dict[str, Difference]
    won: tuple[QuestionResult, ...]
    lost: tuple[QuestionResult, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A run against an earlier one.

    ``changed_sets`` are the sets whose files are no longer the same: a difference may come from
    the questions or their gold.
    """

    earlier: Run
    changed_sets: tuple[str, ...]
    groups: tuple[GroupComparison, ...]


def compare(run: Run, groups: Sequence[Group], earlier: Run) -> Comparison:
    """Compare a run with an earlier one, group by group.

    A question is common if its set, id and wording are the same. Groups without a common question
    are left out.
    """
    checksums = {each.name: each.sha256 for each in earlier.sets}
    compared = (_compare_group(group, earlier) for group in groups)
    return Comparison(
        earlier=earlier,
        changed_sets=tuple(
            each.name for each in run.sets if checksums.get(each.name, each.sha256) != each.sha256
        ),
        groups=tuple(each for each in compared if each.common),
    )


def _compare_group(group: Group, earlier: Run) -> GroupComparison:
    old = {(*result.key, result.question): result for result in earlier.results}
    pairs = [
        (old[(*result.key, result.question)], result)
        for result in group.results
        if (*result.key, result.question) in old
    ]
    return GroupComparison(
        name=group.name,
        together=group.together,
        common=len(pairs),
        differences=_differences([o for o, _ in pairs], [n for _, n in pairs]),
        won=tuple(n for o, n in pairs if n.right and not o.right),
        lost=tuple(n for o, n in pairs if o.right and not n.right),
    )


def _differences(
    old: Sequence[QuestionResult], new: Sequence[QuestionResult]
) -> dict[str, Difference]:
    weights = resamples(len(new))
    before = statistics(old)
    differences = {}
    for key, after in statistics(new).items():
        values = (before[key].value(), after.value()) if key in before else (np.nan, np.nan)
        if np.isnan(values).any():
            continue
        spread = interval(after.compute(weights) - before[key].compute(weights))
        if spread is None:
            continue
        differences[key] = Difference(
            before=values[0],
            after=values[1],
            low=spread[0],
            high=spread[1],
            count=int(after.over.sum()),
            unit=after.unit,
            better=after.better,
        )
    return differences
