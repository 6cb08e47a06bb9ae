"""A chat model behind one method that always ends in time."""

from __future__ import annotations

import asyncio
import contextvars
import functools
import logging
import queue
import threading
import time
from collections.abc import AsyncGenerator, Generator, Mapping
from concurrent.futures import Future
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, cast

from pydantic import SecretStr

from assistent.chat.faults import ChatError, ChatFault
from assistent.chat.gate import Gate
from assistent.chat.providers import Choice, build, call_options, choose
from assistent.chat.reading import bounded, fault_of, status_of, wait_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

_log = logging.getLogger(__name__)
# The client gives up a little after we do, should a call ever be forgotten.
_CLIENT_SECONDS = 130.0
_lock = threading.Lock()


class ChatModel(Protocol):
    """Writes text, one piece after the other."""

    @property
    def name(self) -> str:
        """«provider:model»."""
        ...

    def stream(
        self,
        system: str,
        user: str,
        *,
        seconds: float,
        schema: Mapping[str, Any] | None = None,
    ) -> Generator[str]:
        """Yield the pieces of the reply.

        It ends or raises within ``seconds`` whatever the server does, and closes the connection
        when the iterator is closed.

        Args:
            system: what the model is told to do.
            user: what it is to do it with.
            seconds: from the first piece asked for to the end of the reply.
            schema: the JSON schema that the reply has to fit; None for free text.

        Raises:
            ChatError: there is no usable reply; the pieces before it are not to be relied on.
        """
        ...


def load_chat_model(
    name: str, *, url: str | None = None, key: SecretStr | None = None, at_once: int = 8
) -> LangChainModel:
    """Return the chat model that is set. Nothing is imported or called yet.

    Args:
        name: «provider:model».
        url: the server's base address; the provider's own by default.
        key: what the server knows us by.
        at_once: how many replies may be read at the same time.

    Raises:
        SettingsError: it cannot work; says what is wrong and how to mend it.
    """
    return LangChainModel(choose(name, url, key), Gate(at_once))


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a reply: how it failed, if it did.

    ``wait`` is how many seconds the server wants to be left alone; ``cause`` says in our own words
    what happened, since the error's may repeat the prompt or the key.
    """

    fault: ChatFault | None = None
    wait: float | None = None
    cause: str = ""

    @classmethod
    def of(cls, error: Exception) -> _End:
        """Return the end that an exception means."""
        cause = f"{type(error).__name__}, status {status_of(error)}"
        return cls(fault_of(error), wait_of(error), cause)


_Pieces = queue.SimpleQueue[str | _End]


class LangChainModel:
    """A chat model of LangChain's.

    All calls run on one event loop in a thread of its own: there a call can be given up wherever
    it stands, be it in the middle of a read, and its connection is closed.
    """

    def __init__(self, choice: Choice, gate: Gate) -> None:
        self._choice = choice
        self._gate = gate
        self._building: asyncio.Future[BaseChatModel] | None = None

    @property
    def name(self) -> str:
        """«provider:model»."""
        return self._choice.name

    def prepare(self) -> Future[BaseChatModel]:
        """Begin to load LangChain in the background, so that the first reply need not wait.

        Returns:
            What is done when a reply can be asked for at once.
        """
        return asyncio.run_coroutine_threadsafe(self._ready(), _loop())

    def stream(
        self,
        system: str,
        user: str,
        *,
        seconds: float,
        schema: Mapping[str, Any] | None = None,
    ) -> Generator[str]:
        """Yield the pieces of the reply; see :class:`ChatModel`."""
        deadline = time.monotonic() + seconds
        self._gate.enter()
        end = _End()
        pieces: _Pieces = queue.SimpleQueue()
        call = self._call([("system", system), ("user", user)], schema, deadline, pieces)
        # In a context of its own: whoever traces our caller does not get to see the prompt.
        running = contextvars.Context().run(asyncio.run_coroutine_threadsafe, call, _loop())
        try:
            while isinstance(piece := _next(pieces, deadline), str):
                yield piece
            end = piece
        finally:
            running.cancel()
            self._gate.leave(end.fault, wait=end.wait)
        if end.fault is not None:
            _report(self.name, end)
            raise ChatError(end.fault)

    async def _call(
        self,
        messages: list[tuple[str, str]],
        schema: Mapping[str, Any] | None,
        deadline: float,
        pieces: _Pieces,
    ) -> None:
        end = _End(ChatFault.SLOW)
        try:
            async with asyncio.timeout(deadline - time.monotonic()):
                await self._read(messages, schema, pieces)
            end = _End()
        except Exception as error:
            # Whatever the server, a client library or LangChain makes of it: there is no reply.
            end = _End.of(error)
        finally:
            pieces.put(end)

    async def _read(
        self, messages: list[tuple[str, str]], schema: Mapping[str, Any] | None, pieces: _Pieces
    ) -> None:
        from langsmith import tracing_context

        model = await self._ready()
        options = call_options(self._choice, model, schema)
        with tracing_context(enabled=False):
            chunks = cast("AsyncGenerator[AIMessageChunk]", model.astream(messages, **options))
            async with aclosing(chunks), aclosing(bounded(chunks)) as texts:
                async for text in texts:
                    pieces.put(text)

    async def _ready(self) -> BaseChatModel:
        if self._building is None or (
            self._building.done() and self._building.exception() is not None
        ):
            work = functools.partial(build, self._choice, seconds=_CLIENT_SECONDS)
            self._building = asyncio.get_running_loop().run_in_executor(None, work)
        return await asyncio.shield(self._building)


def _next(pieces: _Pieces, deadline: float) -> str | _End:
    try:
        return pieces.get(timeout=max(deadline - time.monotonic(), 0))
    except queue.Empty:
        return _End(ChatFault.SLOW)


def _report(name: str, end: _End) -> None:
    if end.fault is ChatFault.REFUSED:
        _log.error(
            "%s refuses (%s): check the name, the address (it often ends with /v1), the key and "
            "the format in the settings",
            name,
            end.cause,
        )
    else:
        _log.warning("%s failed: %s (%s)", name, end.fault, end.cause or "out of time")


@functools.cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat", daemon=True).start()
    return loop


def _loop() -> asyncio.AbstractEventLoop:
    with _lock:
        return _started()
