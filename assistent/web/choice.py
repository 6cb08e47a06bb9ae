"""Phones get the light page by themselves; a visible link and a cookie let anybody choose.

The cookie holds one word and nothing about the person.
"""

from __future__ import annotations

import re
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "visning"
WIDE = "full"
LIGHT = "enkel"
_YEAR = 365 * 24 * 3600
# Phones say so; tablets do not, and get the wide page.
_PHONE = re.compile(r"iPhone|iPod|Android.+Mobile|Windows Phone|\bMobi", re.IGNORECASE)


class PageChoice:
    """Send whoever should have it from the chat's start page to ``/m``.

    What was chosen last (``/?visning=full`` or ``/?visning=enkel``) goes before what the browser
    says of itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect, or pass on; remember a choice for a year."""
        root = scope.get("root_path", "")
        if scope["type"] != "http" or scope["path"].removeprefix(root) not in ("", "/"):
            await self._app(scope, receive, send)
            return
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        asked = query.get(COOKIE, [""])[0]
        headers = Headers(scope=scope)
        choice = asked if asked in (WIDE, LIGHT) else _chosen(headers)
        cookie = f"{COOKIE}={asked}; Path={root}/; Max-Age={_YEAR}; SameSite=Lax; HttpOnly"

        async def send_remembering(message: Message) -> None:
            if message["type"] == "http.response.start":
                response = MutableHeaders(scope=message)
                response.add_vary_header("User-Agent, Sec-CH-UA-Mobile, Cookie")
                if asked in (WIDE, LIGHT):
                    response.append("Set-Cookie", cookie)
            await send(message)

        light = choice == LIGHT or (choice != WIDE and is_phone(headers))
        app = _to_light_page(root) if light else self._app
        await app(scope, receive, send_remembering)


def is_phone(headers: Headers) -> bool:
    """Whether the browser says that it runs on a phone."""
    hint = headers.get("sec-ch-ua-mobile")
    if hint in ("?0", "?1"):
        return hint == "?1"
    return bool(_PHONE.search(headers.get("user-agent", "")))


def _chosen(headers: Headers) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _to_light_page(root: str) -> ASGIApp:
    return RedirectResponse(f"{root}/m", 303, {"Cache-Control": "no-store"})
