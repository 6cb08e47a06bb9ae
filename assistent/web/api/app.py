"""The API as an app to be mounted, with its own description."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import FastAPI, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response

from assistent import texts_api as texts
from assistent.answering import Assistant
from assistent.exchange.replies import ProblemReply
from assistent.web.answer_streams import Answers
from assistent.web.api.bodies import JsonBodies
from assistent.web.api.description import completed
from assistent.web.api.feedback import add_feedback_route
from assistent.web.api.page import description_page
from assistent.web.api.place import api_root
from assistent.web.api.problems import add_problem_handlers
from assistent.web.api.routes import add_routes
from assistent.web.feedback.desk import FeedbackDesk

VERSION = "1"

_NO_LIMIT = 2**40


def build_api(
    assistant: Assistant,
    answers: Answers,
    *,
    today: Callable[[], date] = date.today,
    desk: FeedbackDesk | None = None,
) -> FastAPI:
    """Return the app for ``/api``.

    Args:
        assistant: whose documents and rules are served.
        answers: runs what computes; the same one as everywhere else in the process.
        today: the day for which standings and rules are judged.
        desk: takes feedback; None where nothing is kept.
    """
    api = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # The limit on bodies is our own, for FastAPI's answers with plain English text.
        max_body_size=_NO_LIMIT,
        # A problem may come of any request.
        responses={"default": {"model": ProblemReply}},
    )
    add_routes(api.router, assistant, answers, today)
    add_feedback_route(api.router, desk)
    described: dict[str, Any] = {}

    def description() -> dict[str, Any]:
        if not described:
            whole = get_openapi(
                title=texts.API_TITLE,
                version=VERSION,
                description=texts.API_DESCRIPTION,
                routes=api.routes,
            )
            described.update(completed(whole))
        return described

    @api.get("/openapi.json", include_in_schema=False)
    async def openapi(request: Request) -> Response:
        return JSONResponse({**description(), "servers": [{"url": api_root(request)}]})

    @api.get("/docs", include_in_schema=False)
    async def docs(request: Request) -> Response:
        return description_page(request, description())

    add_problem_handlers(api)
    api.add_middleware(JsonBodies)
    return api
