"""A server that finishes its answers when it is told to stop.

Told to stop (SIGTERM, Ctrl-C), it takes no more questions: they are refused in words, for the
address still answers. What is under way goes on for :data:`LAST_SECONDS`; an answer that waits for
a chat model longer than that ends with the documents' own sentences. Told twice, it stops at once.
All of it takes less than ten seconds.
"""

from __future__ import annotations

import time
from types import FrameType

import uvicorn

from assistent.web.answer_streams import Answers

LAST_SECONDS = 6.0
"""For the answers under way."""

GRACE = 2
"""Seconds for what else is being sent, once the answers are there."""


class StoppingServer(uvicorn.Server):
    """Serves until it is told to stop and the answers under way are finished.

    Args:
        config: how it is served.
        answers: what is waited for.
    """

    def __init__(self, config: uvicorn.Config, answers: Answers) -> None:
        super().__init__(config)
        self._answers = answers
        self._stop_at: float | None = None

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to stop."""
        if self._stop_at is not None:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self._stop_at = time.monotonic() + LAST_SECONDS
        self._answers.stop_taking()

    async def on_tick(self, counter: int) -> bool:
        """Look, ten times a second, whether it is time to go."""
        if self._stop_at is not None and not self.should_exit:
            late = time.monotonic() >= self._stop_at
            if late:
                self._answers.cut_short()
            self.should_exit = late or not self._answers.running
        return await super().on_tick(counter)
