"""How long each step of a question took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str, int, float], None]
"""Is told of a step that is over: its name, when it began (nanoseconds since 1970), its seconds."""

watching: ContextVar[Watcher | None] = ContextVar("watching", default=None)
"""Who is told of the steps of this question; nobody by default. Must not raise."""


@contextmanager
def watched_by(watcher: Watcher | None) -> Iterator[None]:
    """Let what is begun inside tell somebody of its steps."""
    token = watching.set(watcher)
    try:
        yield
    finally:
        watching.reset(token)


class Clock:
    """Times the steps of one question."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._steps: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Add the time spent inside to a step."""
        began, started = time.time_ns(), time.perf_counter()
        try:
            yield
        finally:
            seconds = time.perf_counter() - started
            self._steps[name] = self._steps.get(name, 0.0) + seconds
            if tell := watching.get():
                tell(name, began, seconds)

    def milliseconds(self) -> dict[str, float]:
        """Return the time per step and in total, in milliseconds."""
        total = time.perf_counter() - self._started
        return {name: round(1000 * s, 2) for name, s in {**self._steps, "total": total}.items()}
