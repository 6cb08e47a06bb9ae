"""Where the forms for feedback lead: a page for people, and a few words for the pages' script."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from assistent import texts_feedback as texts
from assistent.web.feedback.desk import (
    FeedbackDesk,
    NotTakenError,
    Refusal,
    Sent,
    usable_contact,
)
from assistent.web.feedback.form_html import ADDRESS
from assistent.web.rendering import render
from assistent.web.request_log import code_line

_FIELD = Form()
_STATUS = {
    Refusal.UNREADABLE: 400,
    Refusal.TOO_LONG: 422,
    Refusal.BAD_CONTACT: 422,
    Refusal.PERSONAL_DATA: 422,
    Refusal.TOO_OFTEN: 429,
    Refusal.STORE_DOWN: 503,
}
RETRY_SECONDS = 60
_MOST_REASONS = 20


def build_feedback(desk: FeedbackDesk | None, *, contact: str) -> APIRouter:
    """Return the route.

    Args:
        desk: where feedback is handed in; None where nothing is kept.
        contact: whom to ask to have feedback erased.
    """
    router = APIRouter()

    @router.post(f"/{ADDRESS}")
    async def give(
        request: Request,
        svar: Annotated[str, _FIELD] = "",
        nyttig: Annotated[str, _FIELD] = "",
        setning: Annotated[str, _FIELD] = "",
        arsak: Annotated[list[str] | None, _FIELD] = None,
        tekst: Annotated[str, _FIELD] = "",
        epost: Annotated[str, _FIELD] = "",
    ) -> Response:
        sent = Sent(svar, nyttig, setning, tuple(arsak or ())[:_MOST_REASONS], tekst, epost)
        if desk is None:
            return _shown(request, 404, texts.TROUBLE_TITLE, [texts.OFF])
        try:
            identity = await run_in_threadpool(desk.take, sent)
        except NotTakenError as error:
            return _refused(request, sent, error)
        thanks = texts.THANKS_REPLY if sent.contact.strip() else texts.THANKS
        lines = [thanks, texts.erasable(identity, contact)]
        return _shown(request, 200, texts.THANKS_TITLE, lines)

    return router


def _refused(request: Request, sent: Sent, error: NotTakenError) -> Response:
    stopped = error.refusal is Refusal.PERSONAL_DATA
    title = texts.STOPPED_TITLE if stopped else texts.TROUBLE_TITLE
    again = _fields(sent, error.left) if stopped else ()
    status = _STATUS[error.refusal]
    lines = [error.text]
    if error.refusal is Refusal.STORE_DOWN and (line := code_line()):
        lines.append(line)
    response = _shown(request, status, title, lines, again=again, left=error.left)
    if error.refusal is Refusal.TOO_OFTEN:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _shown(
    request: Request,
    status: int,
    title: str,
    lines: Sequence[str],
    *,
    again: Sequence[tuple[str, str]] = (),
    left: str = "",
) -> Response:
    """Return a page, or the same as JSON to a script that asks for that."""
    if "application/json" in request.headers.get("Accept", ""):
        content = {"tekst": "\n".join(lines), "rest": left}
        response: Response = JSONResponse(content, status)
    else:
        response = render(
            "tilbakemelding.html",
            status=status,
            root=request.scope.get("root_path", ""),
            f=texts,
            title=title,
            lines=lines,
            again=again,
            left=left,
        )
    response.headers["Cache-Control"] = "no-store"
    return response


def _fields(sent: Sent, left: str) -> tuple[tuple[str, str], ...]:
    """Return what is sent again, with what is left of the text."""
    given = (
        ("svar", sent.reference),
        ("nyttig", sent.useful),
        ("setning", sent.claim),
        *(("arsak", reason) for reason in sent.reasons),
        ("tekst", left),
        ("epost", usable_contact(sent.contact)),
    )
    return tuple((name, value) for name, value in given if value)
