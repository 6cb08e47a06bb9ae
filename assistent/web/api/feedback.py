"""Feedback by the API; the same desk as for the pages takes it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from assistent import texts_api, texts_feedback
from assistent.exchange.replies import FeedbackReply
from assistent.exchange.requests import FeedbackRequest
from assistent.web.api.described import described
from assistent.web.api.place import api_root
from assistent.web.api.problems import ProblemError, problem
from assistent.web.feedback.desk import FeedbackDesk, NotTakenError, Refusal, Sent
from assistent.web.feedback.routes import RETRY_SECONDS


def add_feedback_route(router: APIRouter, desk: FeedbackDesk | None) -> None:
    """Add the route; without a desk it says that feedback is not taken."""
    operation = described("tilbakemelding", texts_api.TAG_ASK, FeedbackReply)

    @router.post("/tilbakemelding", **operation)
    async def give(request: Request, given: FeedbackRequest) -> Response:
        if desk is None:
            raise ProblemError("tilbakemelding-av")
        sent = Sent(
            reference=given.reference,
            useful="ja" if given.useful else "nei",
            claim="" if given.claim is None else str(given.claim),
            reasons=given.reasons,
            text=given.text,
            contact=given.contact,
        )
        try:
            identity = await run_in_threadpool(desk.take, sent)
        except NotTakenError as error:
            if error.refusal is Refusal.TOO_OFTEN:
                wait = {"Retry-After": str(RETRY_SECONDS)}
                root = api_root(request)
                return problem(root, "for-ofte", headers=wait, seconds=RETRY_SECONDS)
            if error.refusal is Refusal.STORE_DOWN:
                raise ProblemError("ikke-lagret") from error
            raise ProblemError("tilbakemelding-stoppet", error.text) from error
        thanks = texts_feedback.THANKS_REPLY if given.contact else texts_feedback.THANKS
        return JSONResponse({"id": identity, "text": thanks})
