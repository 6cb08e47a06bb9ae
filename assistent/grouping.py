"""Groups texts that mean the same, by the likeness of their vectors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.89
"""Mean cosine from which two groups are one; see ``python -m tests.experiments.grouping``."""

_NEVER = -2.0


def groups_of(vectors: NDArray[np.float32], *, alike: float = ALIKE) -> list[list[int]]:
    """Return groups of rows, the biggest first, and in each group the most central row first.

    Agglomerative with average linkage: the two groups whose members are most alike on average are
    joined, as long as that is alike enough. Takes n³ steps of a few nanoseconds; some hundreds of
    texts take well below a second.

    Args:
        vectors: one unit vector per text, shape (n, dimensions).
        alike: the mean cosine that two groups need.
    """
    count = len(vectors)
    if not count:
        return []
    cosines = np.asarray(vectors @ vectors.T, dtype=np.float64)
    between = cosines.copy()
    np.fill_diagonal(between, _NEVER)
    members = [[row] for row in range(count)]
    sizes = np.ones(count)
    while True:
        one, other = divmod(int(between.argmax()), count)
        if between[one, other] < alike:
            break
        # The mean cosine to the joined group, from those to its halves.
        mean = (sizes[one] * between[one] + sizes[other] * between[other]) / (
            sizes[one] + sizes[other]
        )
        gone = between[one] == _NEVER
        mean[gone | (between[other] == _NEVER)] = _NEVER
        between[one], between[:, one] = mean, mean
        between[other], between[:, other] = _NEVER, _NEVER
        between[one, one] = _NEVER
        sizes[one] += sizes[other]
        members[one] += members[other]
        members[other] = []
    found = [_central_first(group, cosines) for group in members if group]
    return sorted(found, key=lambda group: (-len(group), min(group)))


def _central_first(group: list[int], cosines: NDArray[np.float64]) -> list[int]:
    rows = np.array(sorted(group))
    central = cosines[np.ix_(rows, rows)].sum(axis=1)
    order = np.argsort(-central, kind="stable")
    return [int(rows[place]) for place in order]
