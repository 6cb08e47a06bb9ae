"""What may come in and what the browser may do: pure ASGI middleware.

Gradio opens more than a chat page needs (upload, API description, monitoring, a file server).
:class:`OnlyWhatThePageNeeds` lets through a closed list and answers 404 to the rest; it sits
inside the Gradio app, so that our own routes never meet it. :class:`SecurityHeaders` sits outermost
and puts the strict policy on every response that has not set its own.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent.web.pages import not_found

BODY_LIMIT = 64 * 1024
"""Bytes. A question is far shorter; the conversation itself never travels to the server."""

COMMON_POLICY = "base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

# For the phone page and its service worker: own scripts and requests to ourselves, nothing inline.
PHONE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    f"manifest-src 'self'; worker-src 'self'; {COMMON_POLICY}"
)

STRICT_POLICY = (
    f"default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; {COMMON_POLICY}"
)

_OPEN = re.compile(
    r"""
    (?:GET|HEAD)\ /(?:
        | assets/.+ | static/.+ | svelte/.+ | theme\.css | favicon\.ico | robots\.txt
        | gradio_api/heartbeat/[^/]+ | gradio_api/queue/data | gradio_api/startup-events
        | gradio_api/app_id/? | gradio_api/theme\.css
    )
    | POST\ /gradio_api/(?: queue/join | cancel | reset )/?
    """,
    re.VERBOSE,
)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}


def chat_policy(nonce: str) -> str:
    """Return the policy of the chat page.

    Gradio's templates need ``unsafe-eval`` and its components ``unsafe-inline`` styles. A script
    in the page runs only with the nonce of this very response.
    """
    return (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        f"connect-src 'self'; worker-src 'none'; frame-src 'none'; {COMMON_POLICY}"
    )


class SecurityHeaders:
    """Add the headers to every response, and let hashed assets be kept for a year."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with a ``send`` that adds headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", STRICT_POLICY)
                for name, value in _HEADERS.items():
                    headers[name] = value
                if scope["path"].startswith("/assets/") and message["status"] == 200:
                    headers["Cache-Control"] = "public, max-age=31536000, immutable"
            await send(message)

        await self._app(scope, receive, send_with_headers)


class OnlyWhatThePageNeeds:
    """Answer 404 to every path of Gradio's that the chat does not use."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 404."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        root = scope.get("root_path", "")
        path = scope["path"].removeprefix(root)
        if not _OPEN.fullmatch(f"{scope['method']} {path or '/'}") or b"deep_link" in scope.get(
            "query_string", b""
        ):
            await not_found(root)(scope, receive, send)
            return
        await self._app(scope, receive, send)
