"""An answer as server-sent events; the work stops when the reader goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from assistent.web.answer_streams import AnsweringFailedError, AnswerStream, Event

HEARTBEAT = 15.0
"""Seconds of silence after which a comment is sent, so that nothing between closes the line."""


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event as the browser sees it."""

    name: str
    data: str

    def encoded(self) -> bytes:
        """Return the event as it travels; every line break of the data begins a new line."""
        lines = "".join(f"data: {line}\n" for line in _lines(self.data))
        return f"event: {self.name}\n{lines}\n".encode()


class EventResponse(Response):
    """Sends the events of a stream as they come.

    Args:
        stream: the answer under way; closed at the end, however that comes about.
        tell: what is sent for an event of the stream.
        failed: what is sent if the assistant raises.
        heartbeat: seconds of silence before a comment is sent.
    """

    media_type = "text/event-stream"

    def __init__(
        self,
        stream: AnswerStream,
        tell: Callable[[Event], Iterable[ServerEvent]],
        failed: ServerEvent,
        *,
        heartbeat: float = HEARTBEAT,
    ) -> None:
        self._stream = stream
        self._told = tell
        self._failed = failed
        self._heartbeat = heartbeat
        self.status_code = 200
        self.background = None
        # Some proxies gather a response before they pass it on, unless told otherwise.
        self.init_headers({"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["Content-Length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send until the answer is there or the reader is gone."""
        with self._stream:
            await send(self._start())
            sending = asyncio.create_task(self._send_events(send))
            leaving = asyncio.create_task(gone(receive))
            try:
                await asyncio.wait({sending, leaving}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                leaving.cancel()
                sending.cancel()
            await asyncio.wait({sending})
            if not sending.cancelled():
                sending.result()

    def _start(self) -> Message:
        return {
            "type": "http.response.start",
            "status": self.status_code,
            "headers": self.raw_headers,
        }

    async def _send_events(self, send: Send) -> None:
        while True:
            try:
                async with asyncio.timeout(self._heartbeat):
                    event = await anext(self._stream)
                data = b"".join(each.encoded() for each in self._told(event))
            except StopAsyncIteration:
                break
            except TimeoutError:
                data = b":\n\n"
            except AnsweringFailedError:
                data = self._failed.encoded()
                await send({"type": "http.response.body", "body": data, "more_body": True})
                break
            await send({"type": "http.response.body", "body": data, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def gone(receive: Receive) -> None:
    """Return when the reader has gone away."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
