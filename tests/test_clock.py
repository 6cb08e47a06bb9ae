from __future__ import annotations

import pytest

from assistent import clock as module
from assistent.clock import Clock, watched_by


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A hand-wound time: each look at the clock takes the first of these."""
    times: list[float] = []
    monkeypatch.setattr(module.time, "perf_counter", lambda: times.pop(0))
    return times


def test_steps_are_added_up_and_the_total_covers_them(seconds: list[float]) -> None:
    seconds += [0.0, 1.0, 1.5, 2.0, 2.25, 3.0, 3.1, 10.0]
    clock = Clock()
    for name in ("search", "write", "search"):
        with clock.step(name):
            pass
    assert clock.milliseconds() == {"search": 600.0, "write": 250.0, "total": 10000.0}


def test_whoever_watches_is_told_of_each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.time, "time_ns", lambda: 7)
    told: list[tuple[str, int, bool]] = []
    with watched_by(lambda name, began, seconds: told.append((name, began, seconds >= 0))):
        clock = Clock()
        with clock.step("search"):
            pass
        with pytest.raises(ValueError, match="broken"), clock.step("write"):
            raise ValueError("broken")
    with clock.step("verify"):
        pass
    assert told == [("search", 7, True), ("write", 7, True)]


def test_step_that_fails_is_timed_too(seconds: list[float]) -> None:
    seconds += [0.0, 1.0, 3.0, 4.0]
    clock = Clock()
    with pytest.raises(ValueError, match="broken"), clock.step("search"):
        raise ValueError("broken")
    assert clock.milliseconds() == {"search": 2000.0, "total": 4000.0}
