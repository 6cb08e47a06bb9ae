"""How often something may be done in this process, whoever does it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Limit:
    """Lets through so many at once, and so many a second on the whole.

    Args:
        at_once: how many may come together after a quiet time.
        per_second: how many more are let through each second.
        clock: seconds that only grow.
    """

    def __init__(
        self, at_once: int, per_second: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = float(at_once)
        self._per_second = per_second
        self._clock = clock
        self._left = self._most
        self._seen = clock()
        self._lock = threading.Lock()

    def passes(self) -> bool:
        """Return whether one more may pass now, and count it if so."""
        with self._lock:
            now = self._clock()
            self._left = min(self._most, self._left + (now - self._seen) * self._per_second)
            self._seen = now
            if self._left < 1:
                return False
            self._left -= 1
            return True
