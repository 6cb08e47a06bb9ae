"""Who may call the chat model now: not too many at once, and nobody while it is known to be down.

A server that is down or over its quota is left alone for a while, so that nobody waits for it in
vain. After the pause one call tries; the others are let in again when it has come through.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from assistent.chat.faults import ChatError, ChatFault

# So many failures in a row are no accident.
_FAILURES = 3
_FIRST_PAUSE = 10.0
_LONGEST_PAUSE = 120.0
# A wrong key or name stays wrong until somebody mends it.
_REFUSED_PAUSE = 60.0
_QUOTA_PAUSE = 10.0


class Gate:
    """Counts calls and failures; safe to use from several threads.

    Args:
        at_once: how many calls may run at the same time.
        clock: seconds from any fixed point.
    """

    def __init__(self, at_once: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once = at_once
        self._clock = clock
        self._lock = threading.Lock()
        self._running = 0
        self._failures = 0
        self._closed_until = 0.0
        self._why: ChatFault | None = None
        self._trying = False

    def enter(self) -> None:
        """Begin a call; :meth:`leave` must follow.

        Raises:
            ChatError: BUSY with too many calls at once; during a pause what led to it.
        """
        with self._lock:
            if self._why is not None:
                if self._trying or self._clock() < self._closed_until:
                    raise ChatError(self._why)
                self._trying = True
            if self._running >= self._at_once:
                self._trying = False
                raise ChatError(ChatFault.BUSY)
            self._running += 1

    def leave(self, fault: ChatFault | None, *, wait: float | None = None) -> None:
        """End a call.

        Args:
            fault: how it failed; None if it went well or nobody waited for its end.
            wait: the seconds that the server asks us to stay away.
        """
        with self._lock:
            self._running -= 1
            self._trying = False
            if fault is None:
                self._failures, self._why = 0, None
                return
            self._failures += 1
            pause = self._pause(fault, wait)
            if pause:
                self._why = fault
                self._closed_until = self._clock() + pause

    def _pause(self, fault: ChatFault, wait: float | None) -> float:
        if wait is not None or fault is ChatFault.QUOTA:
            return min(max(wait or _QUOTA_PAUSE, 1.0), _LONGEST_PAUSE)
        if fault is ChatFault.REFUSED:
            return _REFUSED_PAUSE
        beyond = self._failures - _FAILURES
        return min(_FIRST_PAUSE * 2**beyond, _LONGEST_PAUSE) if beyond >= 0 else 0.0
