"""Answers beside the event loop: what `/api/svar` and the phone page iterate over.

An answer is some 40 ms of computing and, with a chat model, seconds of waiting. Few threads
compute, or two hundred would keep the interpreter from the event loop; an answer that waits for a
model has a thread of its own.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TypeVar

from assistent.answering import Assistant
from assistent.types import Answer, Progress, Step, Turn

log = logging.getLogger(__name__)

T = TypeVar("T")
Event = Progress | Answer

COMPUTING = 2
"""Questions searched for at once; more would only take turns on the interpreter."""

HELD = 300
"""Questions held at once, whether computing, waiting their turn or waiting for a chat model."""

RETRY_SECONDS = 5
"""When to ask again after :class:`TooBusyError`; about what a full house takes to be served."""

INTERVAL = 0.25
"""Seconds between two provisional answers of a stream."""


class TooBusyError(Exception):
    """All places are taken; ask again after :data:`RETRY_SECONDS`."""


class AnsweringFailedError(Exception):
    """The assistant raised; the cause says what, and the log holds its trace."""


class AnswerStream:
    """The events of one answer, in order, as an asynchronous iterator that ends with the answer.

    It begins with ``Progress(SEARCHING)``. Provisional answers come at most every ``interval``
    seconds, and only the latest; the last answer comes at once. Leaving the ``with`` block stops
    the work: at the next event of the assistant nothing more is done.

    Raises:
        AnsweringFailedError: while iterating, if the assistant raised.
    """

    def __init__(self, interval: float) -> None:
        self._loop = asyncio.get_running_loop()
        self._interval = interval
        self._step = Step.SEARCHING
        self._pending: list[Event] = [Progress(self._step)]
        self._shown_at = float("-inf")
        self._news = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None
        self._closed = threading.Event()

    def __enter__(self) -> AnswerStream:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __aiter__(self) -> AnswerStream:
        return self

    async def __anext__(self) -> Event:
        # What is taken is returned at once, so that a cancelled wait loses nothing.
        while (wait := self._wait()) != 0:
            if self._ended and not self._pending:
                if self._error is not None:
                    raise AnsweringFailedError from self._error
                raise StopAsyncIteration
            self._news.clear()
            try:
                async with asyncio.timeout(wait):
                    await self._news.wait()
            except TimeoutError:
                continue
        event = self._pending.pop(0)
        if isinstance(event, Answer):
            self._shown_at = self._loop.time()
        return event

    async def last(self) -> Answer:
        """Return the answer that the stream ends with.

        Raises:
            AnsweringFailedError: the assistant raised.
        """
        answer: Answer | None = None
        async for event in self:
            answer = event if isinstance(event, Answer) else answer
        if answer is None:
            raise AnsweringFailedError
        return answer

    def close(self) -> None:
        """Stop the work; may be called more than once."""
        self._closed.set()

    def _wait(self) -> float | None:
        """Return the seconds until the next event may be shown; None until there is one."""
        if not self._pending:
            return None
        event = self._pending[0]
        if isinstance(event, Progress) or not event.provisional:
            return 0
        return max(0, self._shown_at + self._interval - self._loop.time())

    # --- Called by the thread ----------------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether nobody listens any more."""
        return self._closed.is_set()

    def put(self, event: Event) -> None:
        """Hand over an event."""
        self._tell(self._arrive, event)

    def end(self, error: Exception | None = None) -> None:
        """Say that no more events come, and why if something went wrong."""
        self._tell(self._end, error)

    def _tell(self, function: Callable[[T], None], argument: T) -> None:
        try:
            self._loop.call_soon_threadsafe(function, argument)
        except RuntimeError:  # the server has stopped
            self.close()

    def _arrive(self, event: Event) -> None:
        if isinstance(event, Progress):
            if event.step is self._step:
                return
            self._step = event.step
        else:
            self._pending = [each for each in self._pending if isinstance(each, Progress)]
        self._pending.append(event)
        self._news.set()

    def _end(self, error: Exception | None) -> None:
        self._error = error
        self._ended = True
        self._news.set()


class Answers:
    """Runs an assistant's work beside the event loop; one for the whole app.

    Args:
        assistant: does the work.
        computing: how many questions are computed on at once.
        held: how many questions are held before the next one is turned away.
        interval: seconds between two provisional answers.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        computing: int = COMPUTING,
        held: int = HELD,
        interval: float = INTERVAL,
    ) -> None:
        self._assistant = assistant
        self._computing = ThreadPoolExecutor(computing, thread_name_prefix="computing")
        self._places = threading.BoundedSemaphore(held)
        self._interval = interval

    def stream(self, question: str, history: Sequence[Turn] = ()) -> AnswerStream:
        """Begin to answer; iterate inside ``with`` so that the work stops when nobody listens.

        Raises:
            TooBusyError: all places are taken; nothing was begun.
        """
        self._take_place()
        stream = AnswerStream(self._interval)
        self._computing.submit(self._compute, stream, question, history)
        return stream

    async def call(self, function: Callable[[], T]) -> T:
        """Return what a short computation returns.

        Raises:
            TooBusyError: all places are taken; nothing was begun.
        """
        self._take_place()
        try:
            return await asyncio.get_running_loop().run_in_executor(self._computing, function)
        finally:
            self._places.release()

    def _take_place(self) -> None:
        if not self._places.acquire(blocking=False):
            raise TooBusyError

    def _compute(self, stream: AnswerStream, question: str, history: Sequence[Turn]) -> None:
        """Answer from the documents; what waits for a chat model goes on in another thread."""
        events = self._assistant.stream(question, history)
        if not self._carry(stream, events, until=Progress(Step.WRITING)):
            return
        # A daemon, for a silent chat model must not keep the process from ending. Started here
        # and not by the event loop, which would have to wait for it while others compute.
        try:
            threading.Thread(target=self._carry, args=(stream, events), daemon=True).start()
        except RuntimeError as error:  # the system has no thread left
            self._end(stream, error)

    def _carry(
        self, stream: AnswerStream, events: Iterator[Event], until: Event | None = None
    ) -> bool:
        """Carry events to their stream; return whether it was left at ``until``.

        The generator is closed when nothing refers to it any more, and with it what it holds open.
        """
        if stream.closed:  # nobody waited for the turn
            return self._end(stream)
        try:
            for event in events:
                stream.put(event)
                if event == until:
                    return True
                if stream.closed:
                    break
        except Exception as error:  # carried to the event loop, as a future would
            log.exception("answering failed")
            return self._end(stream, error)
        return self._end(stream)

    def _end(self, stream: AnswerStream, error: Exception | None = None) -> bool:
        self._places.release()
        stream.end(error)
        return False
