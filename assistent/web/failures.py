"""What is sent when something breaks that nobody expected: a few words with the request's code.

Pure ASGI, inside the request log: what the framework would send is English, has neither code nor
security headers, and its line in the log comes when the code is forgotten.
"""

from __future__ import annotations

import logging

from fastapi.responses import PlainTextResponse, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent import texts_page
from assistent.web.api import MOUNT
from assistent.web.request_log import code_line
from assistent.web.sign_in.pages import NO_STORE, message, problem_response

_log = logging.getLogger(__name__)


class CodedFailures:
    """Answer what breaks with 500 and the code by which the log tells more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and answer it here if that fails."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = ended = False

        async def send_noted(message: Message) -> None:
            nonlocal begun, ended
            begun = True
            is_body = message["type"] == "http.response.body"
            ended = is_body and not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, send_noted)
        except Exception:
            _log.exception("a request failed")
            if begun and not ended:
                raise  # the server cuts the line, or what came would pass for the whole
            if not begun:
                await _failed(scope)(scope, receive, send)


def _failed(scope: Scope) -> Response:
    headers, root = Headers(scope=scope), scope.get("root_path", "")
    if scope["path"].removeprefix(root).startswith(f"{MOUNT}/"):
        return problem_response(root, "intern-feil")
    if "text/html" in headers.get("accept", ""):
        return message(root, 500, texts_page.FAILED_TITLE, texts_page.FAILED_TEXT)
    text = f"{texts_page.FAILED_TEXT} {code_line()}".rstrip()
    return PlainTextResponse(text, 500, NO_STORE)
