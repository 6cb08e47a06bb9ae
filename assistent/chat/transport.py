"""The HTTP client for OpenAI-compatible servers: it reads no more than an answer can need.

Importing this imports the client's library, so it is done late.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx2
import openai

MAX_BYTES = 4_000_000


class ReplyTooLongError(Exception):
    """A server sends more than any answer can need."""


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MAX_BYTES
        async for part in self._stream:
            left -= len(part)
            if left < 0:
                raise ReplyTooLongError
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    stream = response.stream
    assert isinstance(stream, httpx2.AsyncByteStream)  # what an asynchronous client reads from
    response.stream = _Bounded(stream)


def bounded_client() -> httpx2.AsyncClient:
    """Return a client that bounds every reply and sends no prompt on to another address."""
    return openai.DefaultAsyncHttpxClient(
        follow_redirects=False, event_hooks={"response": [_bound]}
    )
