"""HEAD as HTTP means it: GET without the body, on every address of ours. Pure ASGI middleware."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_STREAMS = "/gradio_api/"


class HeadIsGet:
    """Answer HEAD as GET, without the body; FastAPI knows a route by the methods it names only.

    Gradio's own addresses are left alone: some of them are streams that never end.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, a HEAD as a GET."""
        is_head = scope["type"] == "http" and scope["method"] == "HEAD"
        root = scope.get("root_path", "")
        if not is_head or scope["path"].removeprefix(root).startswith(_STREAMS):
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, send_head)
