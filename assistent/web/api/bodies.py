"""What is settled before a request of the API is read: pure ASGI middleware."""

from __future__ import annotations

from email.message import Message as Header

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent.web.api.problems import problem

LIMIT_KILOBYTES = 64
"""What is taken; a question with its history is far shorter."""


class JsonBodies:
    """Refuse what is no JSON by its type or is too large, and keep every answer out of caches."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the body and pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_uncached(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault("Cache-Control", "no-store")
            await send(message)

        if scope["method"] != "POST":
            await self._app(scope, receive, send_uncached)
            return
        root = scope.get("root_path", "")
        headers = Headers(scope=scope)
        if not _is_json(headers.get("Content-Type", "")):
            await problem(root, "feil-innholdstype")(scope, receive, send_uncached)
            return
        body = await _read(headers, receive)
        if body is None:
            refusal = problem(root, "for-stort", limit=LIMIT_KILOBYTES)
            await refusal(scope, receive, send_uncached)
            return
        unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive_again() -> Message:
            return unread.pop() if unread else await receive()

        await self._app(scope, receive_again, send_uncached)


async def _read(headers: Headers, receive: Receive) -> bytes | None:
    """Return the whole body; None if it is too large, or says that it is."""
    limit = 1000 * LIMIT_KILOBYTES
    announced = headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced) > limit:
        return None
    body = b""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return body
        piece: bytes = message.get("body", b"")
        body += piece
        if len(body) > limit:
            return None
        if not message.get("more_body", False):
            return body


def _is_json(content_type: str) -> bool:
    header = Header()
    header["Content-Type"] = content_type
    charset = header.get_content_charset("utf-8")
    return header.get_content_type() == "application/json" and charset in ("utf-8", "utf8")
