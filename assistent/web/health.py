"""Signs of life: whether the process lives, whether it can answer, and its figures.

    /helse/live     200 as long as the event loop turns
    /helse/klar     200, or 503 with one word that says what is missing
    /helse/metrikk  figures for Prometheus; role drift, a machine with the key, or whoever sits
                    at this very machine

The first two are open to everyone, so that they say no more than that.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from starlette.responses import PlainTextResponse

from assistent import texts_operation as texts
from assistent.answering import Assistant
from assistent.database import Database
from assistent.errors import DatabaseError
from assistent.web.answer_streams import Answers
from assistent.web.metrics import CONTENT_TYPE, Metrics
from assistent.web.sign_in.person import Person, Role, require

LIVE = "/helse/live"
READY = "/helse/klar"
METRICS = "/helse/metrikk"

_log = logging.getLogger(__name__)
_NO_STORE = {"Cache-Control": "no-store"}
# Anyone may ask; the parts themselves are asked no more often than this.
_FRESH_SECONDS = 2.0
_OPERATOR = Depends(require(Role.OPERATOR))


class Readiness:
    """Knows what is missing for an answer.

    Args:
        assistant: has to find something.
        answers: no longer takes questions when the server stops.
        database: has to answer where there is one.
        clock: tells seconds.
    """

    def __init__(
        self,
        assistant: Assistant,
        answers: Answers,
        database: Database | None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._assistant = assistant
        self._answers = answers
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._missing = ""
        self._looked_at = float("-inf")

    def missing(self) -> str:
        """Return in one word what is missing; empty if nothing is. Takes a while, seldom."""
        if self._answers.stopping:
            return texts.NOT_READY_STOPPING
        with self._lock:
            if self._clock() - self._looked_at >= _FRESH_SECONDS:
                before, self._missing = self._missing, self._look()
                self._looked_at = self._clock()
                if self._missing != before:
                    _log.warning("ready again" if before else f"not ready: {self._missing}")
            return self._missing

    def _look(self) -> str:
        try:
            self._assistant.vectors([texts.READY])
        except Exception:  # whatever the model's library makes of it
            _log.exception("the embedding model fails")
            return texts.NOT_READY_MODEL
        try:
            found = self._assistant.finds()
        except Exception:  # whatever Chroma makes of it
            _log.exception("the index fails")
            found = False
        if not found:
            return texts.NOT_READY_INDEX
        try:
            if self._database is not None:
                self._database.check()
        except DatabaseError:
            return texts.NOT_READY_DATABASE
        return ""


def build_health(readiness: Readiness, metrics: Metrics) -> APIRouter:
    """Return the routes."""
    router = APIRouter(include_in_schema=False)

    @router.get(LIVE)
    async def live() -> Response:
        return PlainTextResponse(texts.ALIVE, headers=_NO_STORE)

    @router.get(READY)
    def ready() -> Response:
        missing = readiness.missing()
        status = 503 if missing else 200
        return PlainTextResponse(missing or texts.READY, status, headers=_NO_STORE)

    @router.get(METRICS)
    def figures(person: Person = _OPERATOR) -> Response:  # noqa: ARG001
        return Response(metrics.text(), media_type=CONTENT_TYPE, headers=_NO_STORE)

    return router
