"""Server-sent events: how they travel, heartbeats, failures, and readers who go away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

from assistent.types import Answer, Progress
from assistent.web.answer_streams import Answers
from assistent.web.event_response import EventResponse, ServerEvent
from tests.web.scripted import PATIENCE, WRITING, Gate, ScriptedAssistant, answered

FINAL = answered("til slutt")
FAILED = ServerEvent("feil", "Noe gikk galt.")


def tell(event: Progress | Answer) -> Iterator[ServerEvent]:
    if isinstance(event, Progress):
        yield ServerEvent("status", event.step)
    else:
        yield ServerEvent("svar", event.text)


class Reader:
    """The other end of an ASGI response; stays until ``leave`` is set."""

    def __init__(self) -> None:
        self.start: dict[str, Any] = {}
        self.body = b""
        self.complete = False
        self.leave = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.leave.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        self.body += message["body"]
        self.complete = not message.get("more_body", False)


def respond(assistant: ScriptedAssistant, *, heartbeat: float = 10 * PATIENCE) -> EventResponse:
    return EventResponse(Answers(assistant).stream("q"), tell, FAILED, heartbeat=heartbeat)


def test_an_event_travels_line_by_line() -> None:
    event = ServerEvent("svar", "<p>\næ\r\n\rø</p>")
    assert event.encoded().decode() == ("event: svar\ndata: <p>\ndata: æ\ndata: \ndata: ø</p>\n\n")


def test_events_are_sent_as_they_come_and_kept_by_nobody() -> None:
    async def work() -> Reader:
        reader = Reader()
        response = respond(ScriptedAssistant(lambda question: (WRITING, FINAL)))
        await asyncio.wait_for(response({}, reader.receive, reader.send), PATIENCE)
        return reader

    reader = asyncio.run(work())
    headers = {name.decode(): value.decode() for name, value in reader.start["headers"]}
    assert headers["content-type"].startswith("text/event-stream")
    assert headers["cache-control"] == "no-store"
    assert "content-length" not in headers
    assert reader.complete
    first, *_, last, rest = reader.body.decode().split("\n\n")
    assert first == "event: status\ndata: searching"
    assert (last, rest) == ("event: svar\ndata: til slutt", "")


def test_silence_is_broken_by_comments() -> None:
    gate = Gate()

    async def work() -> Reader:
        reader = Reader()

        async def send(message: Any) -> None:
            await reader.send(message)
            if reader.body.count(b":\n\n") == 2:
                gate.open()

        response = respond(ScriptedAssistant(lambda question: (gate, FINAL)), heartbeat=0.01)
        await asyncio.wait_for(response({}, reader.receive, send), PATIENCE)
        return reader

    reader = asyncio.run(work())
    assert b":\n\n:\n\n" in reader.body
    assert reader.body.endswith(b"event: svar\ndata: til slutt\n\n")


def test_a_failure_is_an_event_too() -> None:
    async def work() -> Reader:
        reader = Reader()
        response = respond(ScriptedAssistant(lambda question: (WRITING, RuntimeError("hemmelig"))))
        await asyncio.wait_for(response({}, reader.receive, reader.send), PATIENCE)
        return reader

    reader = asyncio.run(work())
    assert reader.body.endswith(FAILED.encoded())
    assert reader.complete
    assert b"hemmelig" not in reader.body


def test_the_work_stops_when_the_reader_goes_away() -> None:
    gate, too_far = Gate(), Gate()
    provisional = answered("foreløpig", provisional=True)
    assistant = ScriptedAssistant(lambda question: (WRITING, gate, provisional, too_far, FINAL))

    async def work() -> Reader:
        reader = Reader()
        responding = asyncio.create_task(respond(assistant)({}, reader.receive, reader.send))
        assert await asyncio.to_thread(gate.reached.wait, PATIENCE)
        reader.leave.set()
        await asyncio.wait_for(responding, PATIENCE)
        gate.open()
        assert await asyncio.to_thread(assistant.ended.wait, PATIENCE)
        return reader

    reader = asyncio.run(work())
    assert not too_far.reached.is_set()
    assert not reader.complete
