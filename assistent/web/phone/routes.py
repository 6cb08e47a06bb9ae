"""The routes of the phone page: a page that works as plain forms, and the same as events.

Without a script the form is posted and the whole page comes back. The script posts the same
fields to ``/m/svar`` and puts each card it receives in the place of the one before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from assistent import guard, texts_operation, texts_page, texts_phone, texts_tools
from assistent.answering import Assistant
from assistent.journal import Entrance
from assistent.texts_answer import BOKMAL
from assistent.types import Answer, Progress, Step, Turn
from assistent.web.answer_streams import (
    RETRY_SECONDS,
    AnsweringFailedError,
    Answers,
    AnswerStream,
    TooBusyError,
)
from assistent.web.event_response import EventResponse, ServerEvent
from assistent.web.kept import NOTHING, Kept
from assistent.web.phone import assets
from assistent.web.phone.cards import as_json, card, facts
from assistent.web.phone.history import extended, read_history, write_history
from assistent.web.rendering import render
from assistent.web.request_log import code_line
from assistent.web.security import PHONE_POLICY
from assistent.web.shell import signed_in_as
from assistent.web.sign_in.person import person_of
from assistent.web.theme import DARK, LIGHT

_FOR_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}
_MOST_EXCHANGES = 10_000
_FIELD = Form()
_EMPTY: Mapping[str, object] = {
    "question": "",
    "history": "",
    "earlier": (),
    "exchange": None,
    "known": "",
    "trouble": "",
}


def build_phone(assistant: Assistant, answers: Answers, *, kept: Kept = NOTHING) -> APIRouter:
    """Return the routes of the phone page; ``kept`` is what it says is kept."""
    router = APIRouter()

    @router.get("/m", response_class=HTMLResponse)
    async def start(request: Request, q: str = "", skriv: str = "") -> Response:
        if q.strip():
            # A link must open at once. Where a chat model goes on writing, the script asks for it.
            return await _answered(request, q, "", wait=False)
        # Where nothing of anybody's is in the page, the browser may show it again as it was left.
        cache = "no-store" if skriv else "no-cache"
        return _page(request, {"question": guard.presentable(skriv)}, cache=cache)

    @router.post("/m", response_class=HTMLResponse)
    async def ask(
        request: Request,
        sporsmal: Annotated[str, _FIELD] = "",
        samtale: Annotated[str, _FIELD] = "",
    ) -> Response:
        return await _answered(request, sporsmal, samtale, wait=True)

    async def _answered(request: Request, question: str, samtale: str, *, wait: bool) -> Response:
        turns = read_history(samtale)
        earlier = [guard.presentable(turn.content) for turn in turns if turn.role == "user"]
        unanswered = {
            "question": guard.presentable(question),
            "history": write_history(turns),
            "earlier": earlier,
        }
        try:
            with answers.stream(question, turns, entrance=Entrance.PHONE) as stream:
                answer = await (stream.last() if wait else _first(stream))
        except TooBusyError:
            return _page(request, {**unanswered, "trouble": texts_page.SERVICE_BUSY}, 503)
        except AnsweringFailedError:
            return _page(request, {**unanswered, "trouble": _failed()}, 500)
        answered = {
            "history": write_history(extended(turns, answer)),
            "earlier": earlier,
            "exchange": Markup(card(question, answer, len(turns) + 1)),
            "known": as_json(facts(answer, turns)),
        }
        return _page(request, answered)

    def _page(
        request: Request,
        values: Mapping[str, object],
        status: int = 200,
        *,
        cache: str = "no-store",
    ) -> Response:
        filled: dict[str, Any] = {**_EMPTY, **values}
        response = render(
            "m.html",
            status=status,
            root=request.scope.get("root_path", ""),
            p=texts_phone,
            tools=texts_tools,
            version=assets.VERSION,
            edition=assistant.edition,
            kept=kept,
            words=as_json(_WORDS),
            colours=(LIGHT["background"], DARK["background"]),
            who=Markup(signed_in_as(person_of(request.scope), request.scope.get("root_path", ""))),
            **filled,
        )
        response.headers["Content-Security-Policy"] = PHONE_POLICY
        response.headers["Cache-Control"] = cache
        if status == 503:
            response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response

    @router.post("/m/svar")
    async def events(
        sporsmal: Annotated[str, _FIELD] = "",
        samtale: Annotated[str, _FIELD] = "",
        nummer: Annotated[str, _FIELD] = "",
    ) -> Response:
        turns = read_history(samtale)
        try:
            stream = answers.stream(sporsmal, turns, entrance=Entrance.PHONE)
        except TooBusyError:
            wait = {"Retry-After": str(RETRY_SECONDS)}
            return Response(texts_page.SERVICE_BUSY, 503, wait, "text/plain")
        teller = _Teller(sporsmal, turns, _number(nummer))
        return EventResponse(stream, teller.tell, _event("feil", {"tekst": _failed()}))

    @router.get("/m/stil.css")
    def stylesheet() -> Response:
        return Response(assets.STYLE, media_type="text/css", headers=_FOR_A_YEAR)

    @router.get("/m/side.js")
    def javascript() -> Response:
        return Response(assets.SCRIPT, media_type="text/javascript", headers=_FOR_A_YEAR)

    return router


class _Teller:
    """Turns the events of one answer into what the script is sent."""

    def __init__(self, question: str, turns: tuple[Turn, ...], number: int) -> None:
        self._question = question
        self._turns = turns
        self._number = number
        self._step = Step.WRITING

    def tell(self, event: Progress | Answer) -> Iterator[ServerEvent]:
        """Yield a status line or a card; with the card goes what the script may keep."""
        if isinstance(event, Progress):
            self._step = event.step
            yield _event("status", {"tekst": BOKMAL.steps[event.step]})
            return
        # The search is over once there is an answer.
        step = max(self._step, Step.WRITING, key=list(Step).index) if event.provisional else None
        html = card(self._question, event, self._number, step)
        name = "kort" if event.provisional else "ferdig"
        yield _event(name, {"html": html, **facts(event, self._turns)})


async def _first(stream: AnswerStream) -> Answer:
    """Return the first answer, which is complete in itself.

    Raises:
        AnsweringFailedError: the assistant raised.
    """
    async for event in stream:
        if isinstance(event, Answer):
            return event
    raise AnsweringFailedError


def _failed() -> str:
    """Return what is said when the assistant raised."""
    return f"{BOKMAL.failed} {code_line()}".rstrip()


def _number(field: str) -> int:
    """Return which exchange of the page a question begins; the first for anything else."""
    number = int(field) if field.isdecimal() and len(field) < 6 else 1
    return min(max(number, 1), _MOST_EXCHANGES)


def _event(kind: str, content: dict[str, str]) -> ServerEvent:
    return ServerEvent(kind, as_json(content))


_WORDS = {
    **{
        name.lower(): value
        for name, value in vars(texts_phone).items()
        if name.startswith(("STATUS_", "FAILED_", "TRY_", "RECENT_", "ASK_", "SHARE"))
    },
    "failed": BOKMAL.failed,
    "quote_code": texts_operation.QUOTE_CODE["nb"],
    "you_asked": BOKMAL.you_asked,
}
