"""A chat server on loopback that behaves as its scenario says.

It speaks as much of OpenAI's protocol as clients use (``/v1/models``, ``/v1/chat/completions``,
streamed or not; Mistral's is the same) and Anthropic's ``/v1/messages``. It is plain asyncio, since
a web framework would not let a reply be broken on the way.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import socket
import struct
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

from tests.chat_servers.replies import Prompt, Reply, Scenario, as_json, reply_of

_TOKEN = re.compile(r"\s*\S+|\s+")
_FLOOD_TOKENS = 100_000
_STEADY_TOKENS = 20
_STEADY_SECONDS = 0.03
_DRIP_SECONDS = 0.2
# What a client that waits for the first byte has to wait; nobody waits so long.
_LONG_SECONDS = 60.0
_MAX_BODY = 4_000_000
RETRY_AFTER = 7
# What begins every TLS handshake; this server speaks in the clear.
_TLS = b"\x16"
_STATUS = {
    Scenario.QUOTA: (429, "Too Many Requests"),
    Scenario.OVERLOADED: (503, "Service Unavailable"),
    Scenario.SERVER_ERROR: (500, "Internal Server Error"),
    Scenario.DENIED: (401, "Unauthorized"),
    Scenario.NOT_FOUND: (404, "Not Found"),
}


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def prompt(self) -> Prompt:
        """The messages of a chat request."""
        return Prompt.of(self.body)


@dataclass
class ScriptedServer:
    """A running server, from ``with`` to its end.

    ``scenario`` may be changed between requests. ``seen`` holds the chat requests so far,
    ``connections`` counts whoever came, whatever for.
    """

    scenario: Scenario | Reply
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0

    def __post_init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._open = 0
        self._changed = threading.Condition()
        self._port = 0

    @property
    def url(self) -> str:
        """The base address, as a client wants it."""
        return f"http://127.0.0.1:{self._port}/v1"

    @property
    def open_connections(self) -> int:
        """How many clients are connected now."""
        return self._open

    def wait_until_idle(self, seconds: float = 10.0) -> bool:
        """Wait until every client has gone; False if one is still there after the time."""
        with self._changed:
            return self._changed.wait_for(lambda: self._open == 0, seconds)

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        self._port = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    # --- The connection --------------------------------------------------------------------------

    async def _listen(self) -> int:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_MAX_BODY)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _stop(self) -> None:
        self._server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._count(+1)
        try:
            # Cancelled only when the server stops; the streams of 3.11 would complain loudly.
            with contextlib.suppress(
                ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError
            ):
                seen = await _read(reader)
                answering = asyncio.create_task(self._answer(seen, writer))
                leaving = asyncio.create_task(reader.read())
                await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
                for task in (answering, leaving):
                    task.cancel()
                await asyncio.gather(answering, leaving, return_exceptions=True)
        finally:
            writer.close()
            self._count(-1)

    def _count(self, change: int) -> None:
        with self._changed:
            self._open += change
            self._changed.notify_all()

    # --- The reply -------------------------------------------------------------------------------

    async def _answer(self, seen: Seen, writer: asyncio.StreamWriter) -> None:
        if seen.method == "GET":
            models = {"object": "list", "data": [{"id": "skript", "object": "model"}]}
            await _send(writer, _head(200, "OK", "application/json"), _json(models))
            return
        self.seen.append(seen)
        scenario = self.scenario
        if scenario is Scenario.HANG_BEFORE_HEADERS:
            await asyncio.Event().wait()
        if scenario is Scenario.GARBAGE_BEFORE_HEADERS:
            await _send(writer, bytes(range(256)) * 20)
            return
        if scenario is Scenario.SLOW_FIRST_BYTE:
            await asyncio.sleep(_LONG_SECONDS)
        if isinstance(scenario, Scenario) and (refused := _refusal(scenario, seen)):
            await _send(writer, refused)
            return
        reply = reply_of(scenario)(seen.prompt)
        wants_json = "json_schema" in json.dumps(seen.body)
        if wants_json and scenario not in {Scenario.WHITESPACE, Scenario.EMPTY}:
            reply = as_json(reply)
        await self._say(reply, seen, writer)

    async def _say(self, reply: str, seen: Seen, writer: asyncio.StreamWriter) -> None:
        scenario = self.scenario
        form = _Anthropic() if seen.path.endswith("/messages") else _OpenAI()
        finish = "length" if scenario is Scenario.CUT_AT_LIMIT else "stop"
        if not seen.body.get("stream"):
            await _send(writer, _head(200, "OK", "application/json"), form.whole(reply, finish))
            return
        await _send(writer, _head(200, "OK", "text/event-stream"), form.begin())
        if scenario is Scenario.GARBAGE:
            await _send(writer, b"\x00\xff\xfe garbage \r\n\r\n" * 500)
            return
        if scenario is Scenario.ENDLESS_LINE:
            while True:
                await _send(writer, b"data: " + b"x" * 65_536)
        halfway = max(len(_tokens(reply)) // 2, 1)
        position = 0
        async for token in self._paced(reply):
            if position == halfway and await _break(scenario, writer):
                return
            await _send(writer, form.piece(token))
            position += 1
        await _send(writer, form.end(finish))

    async def _paced(self, reply: str) -> AsyncIterator[str]:
        if self.scenario is Scenario.FLOOD:
            for number in range(_FLOOD_TOKENS):
                yield f" ord{number}" if number % 12 else f" [1]\nord{number}"
        elif self.scenario is Scenario.SLOW_DRIP:
            for character in reply:
                await asyncio.sleep(_DRIP_SECONDS)
                yield character
        elif self.scenario is Scenario.STEADY:
            size = -(-len(reply) // _STEADY_TOKENS)
            for start in range(0, len(reply), max(size, 1)):
                await asyncio.sleep(_STEADY_SECONDS)
                yield reply[start : start + size]
        else:
            for token in _tokens(reply):
                yield token


@contextlib.contextmanager
def scripted_server(scenario: Scenario | Reply) -> Iterator[str]:
    """Run a server; yields its base address.

    Args:
        scenario: how it behaves, or a function from the :class:`Prompt` to the text it says.
    """
    with ScriptedServer(scenario) as server:
        yield server.url


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


async def _break(scenario: Scenario | Reply, writer: asyncio.StreamWriter) -> bool:
    """Do what a scenario does halfway; whether the reply ends here."""
    if scenario is Scenario.HANG_MID_STREAM:
        await asyncio.Event().wait()
    elif scenario is Scenario.RESET_MID_STREAM:
        connection: socket.socket = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    elif scenario is Scenario.BROKEN_JSON:
        await _send(writer, b'data: {"choices": [{"delta": {"content": "abc\n\n')
    elif scenario is Scenario.ERROR_IN_STREAM:
        await _send(writer, b'data: {"error": {"message": "sk-hemmelig", "code": 500}}\n\n')
    elif scenario is not Scenario.CLOSED_MID_STREAM:
        return False
    return True


def _refusal(scenario: Scenario, seen: Seen) -> bytes:
    """Return the reply of a scenario that never gets as far as an answer; empty for others."""
    if scenario is Scenario.NO_SCHEMA and "response_format" in seen.body:
        return _head(400, "Bad Request", "application/json") + _json(_error("response_format"))
    if scenario is Scenario.REDIRECT:
        location = f"Location: http://{seen.headers.get('host', '')}/v1/elsewhere\r\n"
        return _head(307, "Temporary Redirect", "text/plain", location)
    if scenario not in _STATUS:
        return b""
    code, phrase = _STATUS[scenario]
    later = scenario in {Scenario.QUOTA, Scenario.OVERLOADED}
    extra = f"Retry-After: {RETRY_AFTER}\r\n" if later else ""
    # Servers are known to repeat the key; nothing of this may reach a log.
    told = _error(f"{phrase}: {seen.headers.get('authorization', '')}")
    return _head(code, phrase, "application/json", extra) + _json(told)


async def _read(reader: asyncio.StreamReader) -> Seen:
    first = await reader.readexactly(1)
    if first == _TLS:
        raise ConnectionError
    head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request, *lines = head.strip().split("\r\n")
    method, path, _ = request.split(" ", 2)
    headers = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(method, path, headers, json.loads(body) if body else {})


async def _send(writer: asyncio.StreamWriter, *parts: bytes) -> None:
    for part in parts:
        writer.write(part)
    await writer.drain()


def _head(code: int, phrase: str, kind: str, extra: str = "") -> bytes:
    # Without a length the body ends where the connection ends.
    return (
        f"HTTP/1.1 {code} {phrase}\r\nContent-Type: {kind}\r\nConnection: close\r\n{extra}\r\n"
    ).encode("latin-1")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _error(message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "error", "code": None, "param": None}}


# --- Two dialects --------------------------------------------------------------------------------


class _OpenAI:
    """How OpenAI's servers, those like them, and Mistral's write a reply."""

    def begin(self) -> bytes:
        return self._event({"role": "assistant", "content": ""}, None)

    def piece(self, text: str) -> bytes:
        return self._event({"content": text}, None)

    def end(self, finish: str) -> bytes:
        return self._event({}, finish) + b"data: [DONE]\n\n"

    def whole(self, text: str, finish: str) -> bytes:
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": finish}
        return _json({**self._frame("chat.completion"), "choices": [choice]})

    def _event(self, delta: dict[str, Any], finish: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        frame = {**self._frame("chat.completion.chunk"), "choices": [choice]}
        return b"data: " + _json(frame) + b"\n\n"

    def _frame(self, kind: str) -> dict[str, Any]:
        return {"id": "chatcmpl-1", "object": kind, "created": 1, "model": "skript"}


class _Anthropic:
    """How Anthropic's server writes a reply."""

    _MESSAGE = {  # noqa: RUF012
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "skript",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }

    def begin(self) -> bytes:
        block = {"type": "text", "text": ""}
        return self._event("message_start", message=self._MESSAGE) + self._event(
            "content_block_start", index=0, content_block=block
        )

    def piece(self, text: str) -> bytes:
        delta = {"type": "text_delta", "text": text}
        return self._event("content_block_delta", index=0, delta=delta)

    def end(self, finish: str) -> bytes:
        delta = {"stop_reason": self._reason(finish), "stop_sequence": None}
        return (
            self._event("content_block_stop", index=0)
            + self._event("message_delta", delta=delta, usage={"output_tokens": 1})
            + self._event("message_stop")
        )

    def whole(self, text: str, finish: str) -> bytes:
        content = [{"type": "text", "text": text}]
        return _json({**self._MESSAGE, "content": content, "stop_reason": self._reason(finish)})

    def _reason(self, finish: str) -> str:
        return "max_tokens" if finish == "length" else "end_turn"

    def _event(self, kind: str, **fields: Any) -> bytes:
        return f"event: {kind}\ndata: ".encode() + _json({"type": kind, **fields}) + b"\n\n"
