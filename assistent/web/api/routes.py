"""The routes of the API. What computes does so beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from assistent import guard
from assistent import texts_api as texts
from assistent.answering import Assistant
from assistent.channels import choose_channel
from assistent.duties import check_decision
from assistent.exchange import records, replies
from assistent.exchange.requests import (
    AnswerRequest,
    ChannelRequest,
    DecisionRequest,
    SearchQuery,
    SearchRequest,
)
from assistent.journal import Entrance
from assistent.types import Document, Source, Turn
from assistent.web.addresses import document_address, viewer_address
from assistent.web.answer_streams import Answers, AnswerStream
from assistent.web.api.described import described
from assistent.web.api.events import failure, teller, wants_events
from assistent.web.api.place import api_root, page_root
from assistent.web.api.problems import ProblemError
from assistent.web.event_response import EventResponse, gone


def add_routes(
    router: APIRouter, assistant: Assistant, answers: Answers, today: Callable[[], date]
) -> None:
    """Add the routes; the paths are below where the API is mounted."""

    @router.post("/svar", **described("svar", texts.TAG_ASK, replies.AnswerReply))
    async def answer(request: Request, asked: AnswerRequest) -> Response:
        stream = answers.stream(asked.question, asked.turns(), entrance=Entrance.API)
        viewer = _viewer(request)
        if wants_events(request.headers.get("Accept", "")):
            return EventResponse(stream, teller(viewer), failure(api_root(request)))
        return await _last(request, stream, viewer)

    @router.get("/finn", **described("finn", texts.TAG_ASK, replies.FoundReply, "finn-adresse"))
    async def find_by_address(request: Request, asked: Annotated[SearchQuery, Query()]) -> Response:
        return await _found(request, asked.question, (), asked.k)

    @router.post("/finn", **described("finn", texts.TAG_ASK, replies.FoundReply))
    async def find(request: Request, asked: SearchRequest) -> Response:
        return await _found(request, asked.question, asked.turns(), asked.k)

    async def _found(
        request: Request, question: str, history: tuple[Turn, ...], count: int
    ) -> Response:
        def search() -> records.Record:
            stopped = guard.check(guard.clean(question))
            if stopped is not None:
                raise ProblemError("stoppet", stopped.text)
            found = assistant.find(question, history, count=count)
            return records.found_as_json(assistant, found, _viewer(request))

        return JSONResponse(await answers.call(search))

    @router.get("/kilder", **described("kilder", texts.TAG_SOURCES, replies.DocumentsReply))
    async def documents(request: Request) -> Response:
        day = today()
        listed = [_document(request, document, day) for document in assistant.documents()]
        content = {"edition": assistant.edition, "day": day.isoformat(), "documents": listed}
        return JSONResponse(content)

    @router.get(
        "/kilder/{document:path}",
        **described("kilde", texts.TAG_SOURCES, replies.DocumentTextReply),
    )
    async def one_document(request: Request, document: str) -> Response:
        found = assistant.document(document)
        if found is None:
            raise ProblemError("dokument-finnes-ikke")
        return JSONResponse({**_document(request, found, today()), "text": found.text})

    @router.post("/kanal", **described("kanal", texts.TAG_GUIDANCE, replies.AdviceReply))
    async def channel(request: Request, asked: ChannelRequest) -> Response:
        def choose() -> records.Record:
            advice = choose_channel(asked.answers(), assistant.library(), today())
            return records.advice_as_json(advice, _viewer(request))

        return JSONResponse(await answers.call(choose))

    @router.post("/sjekk", **described("sjekk", texts.TAG_GUIDANCE, replies.CheckReply))
    async def check(request: Request, asked: DecisionRequest) -> Response:
        def look() -> records.Record:
            result = check_decision(asked.answers(), assistant.library(), today())
            return records.check_as_json(result, _viewer(request))

        return JSONResponse(await answers.call(look))


async def _last(request: Request, stream: AnswerStream, viewer: records.Viewer) -> Response:
    """Return the answer; an empty response if nobody waits for it any more."""
    with stream:
        answering = asyncio.create_task(stream.last())
        leaving = asyncio.create_task(gone(request.receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            answering.cancel()
        if not answering.done():
            return Response()
        return JSONResponse(records.answer_as_json(answering.result(), viewer))


def _document(request: Request, document: Document, day: date) -> records.Record:
    place = f"{page_root(request)}{document_address(document.info.path)}"
    return {**records.document_as_json(document, day), "viewer": place}


def _viewer(request: Request) -> records.Viewer:
    root = page_root(request)

    def address(source: Source) -> str:
        return f"{root}{viewer_address(source)}"

    return address
