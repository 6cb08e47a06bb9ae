"""Whether the time of a refusal tells that a document exists."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi.testclient import TestClient

from tests.access.tries import NOT_THERE
from tests.access.world import HIDDEN

ADDRESSES = ("/kilde/{}", "/kilde/{}/original", "/kilde/{}/side/1", "/api/kilder/{}")


@dataclass(frozen=True)
class Told:
    """How well one can guess by time; medians in milliseconds.

    ``right`` is the share of pairs, one document that is hidden and one that is not there, where
    the slower answer is the hidden one's: .5 is chance (the area under the ROC curve).
    """

    address: str
    hidden: float
    absent: float
    right: float


def told_apart(client: TestClient, times: int = 200) -> list[Told]:
    """Ask for hidden and for made-up documents in turn, so that what else runs hits both alike."""
    return [_told(client, address, times) for address in ADDRESSES]


def _told(client: TestClient, address: str, times: int) -> Told:
    hidden, absent = [], []
    for turn in range(times):
        path = HIDDEN[turn % len(HIDDEN)]
        pair = [(hidden, path), (absent, NOT_THERE[path])]
        for spent, each in pair if turn % 2 else reversed(pair):
            started = time.perf_counter()
            client.get(address.format(each))
            spent.append(1000 * (time.perf_counter() - started))
    return Told(address, _median(hidden), _median(absent), _share_slower(hidden, absent))


def _median(spent: Sequence[float]) -> float:
    return sorted(spent)[len(spent) // 2]


def _share_slower(ours: Sequence[float], others: Sequence[float]) -> float:
    wins = sum((a > b) + 0.5 * (a == b) for a in ours for b in others)
    return wins / (len(ours) * len(others))
