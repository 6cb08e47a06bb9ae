"""One line in the log for each request, and the id by which its other lines are found.

The id is our own and random; what a stranger sends as one is not looked at. Neither query, body,
address nor name is ever logged, and of the path only the route's template.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent import texts_operation

HEADER = "X-Forespoersel-Id"
KEY = "assistent.request"
"""Where a request's scope holds its id."""

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken when read out
_LENGTH = 10
_UNKNOWN = "-"

present_request: ContextVar[str] = ContextVar("present_request", default="")
"""The id of the request that is worked for; empty outside of one."""

_log = logging.getLogger(__name__)


@contextmanager
def working_for(identity: str) -> Iterator[None]:
    """Let what is begun inside carry a request's id."""
    token = present_request.set(identity)
    try:
        yield
    finally:
        present_request.reset(token)


def code_line(language: str = "nb") -> str:
    """Return the sentence that goes with a failure of ours: by which code the log tells of it.

    Empty outside of a request.
    """
    identity = present_request.get()
    return texts_operation.QUOTE_CODE[language].format(code=identity) if identity else ""


class RequestLog:
    """Give every request an id and log how it ended; stands outermost."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its id, and log it when it is over."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        identity = new_identity()
        scope[KEY] = identity
        token = present_request.set(identity)
        started = time.perf_counter()
        status = 500  # what the server sends if nothing has been sent when an error comes up

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = identity
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            fields = {
                "method": method_of(scope),
                "route": template_of(scope),
                "status": status,
                "ms": round(1000 * (time.perf_counter() - started), 1),
            }
            _log.info("%(method)s %(route)s %(status)s %(ms)s ms", fields, extra={"fields": fields})
            present_request.reset(token)


_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def new_identity() -> str:
    """Return an id that can be read out on the telephone."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def method_of(scope: Scope) -> str:
    """Return the method of a request; «-» for one that is no method, which may be any text."""
    return scope["method"] if scope["method"] in _METHODS else _UNKNOWN


def template_of(scope: Scope) -> str:
    """Return the template of the route that a request went to; «-» if it went to none.

    Never the path itself: people ask about documents and persons by it.
    """
    path = getattr(scope.get("route"), "path", None)
    root = scope.get("app_root_path", "")
    prefix = scope.get("root_path", "").removeprefix(root)
    return f"{prefix}{path}" if isinstance(path, str) else _UNKNOWN
