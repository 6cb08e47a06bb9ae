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
from contextvars import Context, copy_context
from dataclasses import replace
from functools import partial
from types import TracebackType
from typing import TypeVar

from assistent.answering import Assistant
from assistent.journal import Entrance
from assistent.types import Answer, Outcome, Progress, Step, Turn
from assistent.web.recording import Recorder
from assistent.web.request_log import code_line

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

Observe = Callable[[Answer], None]
"""Is told of every finished answer, in the thread that made it."""


class TooBusyError(Exception):
    """All places are taken, or the server stops; ask again after :data:`RETRY_SECONDS`."""


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

    def __init__(
        self, interval: float, *, entrance: Entrance = Entrance.PAGE, reference: str = ""
    ) -> None:
        self.entrance = entrance
        self.reference = reference
        self._loop = asyncio.get_running_loop()
        self._interval = interval
        self._step = Step.SEARCHING
        self._pending: list[Event] = [Progress(self._step)]
        self._shown_at = float("-inf")
        self._news = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None
        self._closed = threading.Event()
        self._plain: Answer | None = None
        self._settling = threading.Lock()
        self._settled = False

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

    def put(self, event: Event) -> bool:
        """Hand over an event; return whether it is one that readers may still get."""
        with self._settling:
            if self._settled:
                return False
            if isinstance(event, Answer):
                self._settled = not event.provisional
                self._plain = self._plain or event
        self._tell(self._arrive, event)
        return True

    def short(self) -> Answer | None:
        """Return the documents' own sentences as the answer that stays; None before there is one.

        For when there is no time to wait for a chat model. The stream takes it by :meth:`put`.
        """
        return replace(self._plain, provisional=False) if self._plain else None

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
        recorder: has answers written into the journal; None where none is kept.
        observe: is told of every finished answer.
    """

    def __init__(
        self,
        assistant: Assistant,
        *,
        computing: int = COMPUTING,
        held: int = HELD,
        interval: float = INTERVAL,
        recorder: Recorder | None = None,
        observe: Observe = lambda answer: None,
    ) -> None:
        self._assistant = assistant
        self._computing = ThreadPoolExecutor(computing, thread_name_prefix="computing")
        self._held = held
        self._counting = threading.Lock()
        self._running = 0
        self._refused = 0
        self._stopping = False
        self._streams: dict[AnswerStream, Context] = {}
        self._interval = interval
        self._recorder = recorder
        self._observe = observe

    @property
    def running(self) -> int:
        """How many questions are held now."""
        return self._running

    @property
    def refused(self) -> int:
        """How many were turned away so far."""
        return self._refused

    @property
    def stopping(self) -> bool:
        """Whether no more questions are taken."""
        return self._stopping

    def stop_taking(self) -> None:
        """Turn away every question from now on; those under way go on."""
        self._stopping = True

    def cut_short(self) -> None:
        """End the answers that wait for a chat model with the documents' own sentences."""
        with self._counting:
            streams = tuple(self._streams.items())
        for stream, asker in streams:
            short = stream.short()
            if short is not None and asker.run(self._put, stream, short):
                stream.end()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        entrance: Entrance = Entrance.PAGE,
    ) -> AnswerStream:
        """Begin to answer; iterate inside ``with`` so that the work stops when nobody listens.

        Raises:
            TooBusyError: all places are taken; nothing was begun.
        """
        self._take_place()
        reference = self._recorder.reference() if self._recorder else ""
        stream = AnswerStream(self._interval, entrance=entrance, reference=reference)
        with self._counting:
            self._streams[stream] = copy_context()
        # What may be seen depends on who asks, which the thread has to know.
        asker = copy_context()
        self._computing.submit(asker.run, self._compute, stream, question, history)
        return stream

    async def call(self, function: Callable[[], T]) -> T:
        """Return what a short computation returns.

        Raises:
            TooBusyError: all places are taken; nothing was begun.
        """
        self._take_place()
        try:
            work = partial(copy_context().run, function)
            return await asyncio.get_running_loop().run_in_executor(self._computing, work)
        finally:
            self._leave_place()

    def _take_place(self) -> None:
        with self._counting:
            if self._stopping or self._running >= self._held:
                self._refused += 1
                raise TooBusyError
            self._running += 1

    def _leave_place(self, stream: AnswerStream | None = None) -> None:
        with self._counting:
            self._running -= 1
            if stream is not None:
                self._streams.pop(stream, None)

    def _compute(self, stream: AnswerStream, question: str, history: Sequence[Turn]) -> None:
        """Answer from the documents; what waits for a chat model goes on in another thread."""
        events = self._assistant.stream(question, history)
        if not self._carry(stream, events, until=Progress(Step.WRITING)):
            return
        # A daemon, for a silent chat model must not keep the process from ending. Started here
        # and not by the event loop, which would have to wait for it while others compute.
        try:
            rest = partial(copy_context().run, self._carry, stream, events)
            threading.Thread(target=rest, daemon=True).start()
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
                taken = self._put(stream, event)
                if event == until and taken:
                    return True
                if stream.closed or not taken:
                    break
        except Exception as error:  # carried to the event loop, as a future would
            log.exception("answering failed")
            return self._end(stream, error)
        return self._end(stream)

    def _put(self, stream: AnswerStream, event: Event) -> bool:
        if not isinstance(event, Answer):
            return stream.put(event)
        answer = replace(event, reference=stream.reference)
        if answer.outcome is Outcome.FAILED and (line := code_line(answer.language)):
            answer = replace(answer, contact=line)
        # Asked before: whoever is given the last answer leaves with it.
        heard = not stream.closed
        if not stream.put(answer):
            return False
        if heard and not answer.provisional:
            self._observe(answer)
            if self._recorder:
                self._recorder.record(answer, stream.entrance)
        return True

    def _end(self, stream: AnswerStream, error: Exception | None = None) -> bool:
        self._leave_place(stream)
        stream.end(error)
        return False
