"""The HTML around the chat: Gradio's start page made Norwegian, with our header in place.

Gradio serves one static page and draws everything with JavaScript. This middleware sits inside its
compression and changes that page alone: language, title, our stylesheets, a header that is
readable before any script has run, a live region that is there from the start (one that is
inserted later is often not read aloud), and a nonce on each script.
"""

from __future__ import annotations

import json
import re
import secrets
from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent import texts_editors, texts_operation, texts_page, texts_sign_in, texts_tools
from assistent.texts_answer import BOKMAL
from assistent.web.security import chat_policy
from assistent.web.sign_in.person import Person, Role, person_of

_REMOTE_META = re.compile(r'\s*<meta\s+(?:property|name)="(?:og|twitter):[^>]*?/?>', re.DOTALL)


class NorwegianShell:
    """Rewrite the chat's start page; every other response passes untouched."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect the start page, rewrite it and send it on."""
        root = scope.get("root_path", "")
        if scope["type"] != "http" or scope["path"].removeprefix(root) not in ("", "/"):
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        start: list[Message] = []
        body: list[bytes] = []

        async def send_rewritten(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.append(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body", False):
                return
            html = b"".join(body).decode()
            page = rewritten(html, nonce=nonce, person=person_of(scope)).encode()
            headers = MutableHeaders(scope=start[0])
            if headers.get("Content-Length") != "0":
                headers["Content-Length"] = str(len(page))
            headers["Content-Security-Policy"] = chat_policy(nonce)
            headers["Cache-Control"] = "no-store"
            await send(start[0])
            await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, send_rewritten)


def rewritten(page: str, *, nonce: str, person: Person | None = None) -> str:
    """Return Gradio's start page with our language, head and header.

    Args:
        page: the start page.
        nonce: allows its scripts to run.
        person: whose name stands in the header.
    """
    if "<gradio-app" not in page:
        return page
    page = _REMOTE_META.sub("", page)
    page = page.replace('lang="en"', 'lang="nb"', 1)
    page = page.replace('href="/manifest.json"', 'href="./manifest.json"', 1)
    page = page.replace("</head>", f"{_head()}</head>", 1)
    page = page.replace("<gradio-app", f"{_header(person)}<gradio-app", 1)
    return page.replace("<script", f'<script nonce="{nonce}"')


def _head() -> str:
    # What the script says in place of Gradio's English messages, by the words it knows them by.
    troubles = {
        "Connection to the server was lost": texts_page.CONNECTION_LOST,
        "Connection errored out": texts_page.CONNECTION_LOST,
        "application is currently busy": texts_page.SERVICE_BUSY,
    }
    spoken = {
        "troubles": troubles,
        "failed": BOKMAL.failed,
        "quoteCode": texts_operation.QUOTE_CODE["nb"],
        "restarted": texts_page.STATUS_NEW_CONVERSATION,
        "writeFirst": texts_page.WRITE_FIRST,
        "waits": texts_page.WAITS,
    }
    return (
        f"<title>{escape(texts_page.PAGE_TITLE)}</title>"
        '<link rel="icon" href="./ressurser/ikon.svg" type="image/svg+xml">'
        '<link rel="stylesheet" href="./ressurser/farger.css">'
        '<link rel="stylesheet" href="./ressurser/felles.css">'
        '<link rel="stylesheet" href="./ressurser/svar.css">'
        '<link rel="stylesheet" href="./ressurser/samtale.css">'
        f'<meta name="assistent-texts" content="{escape(json.dumps(spoken, ensure_ascii=False))}">'
        '<script src="./ressurser/samtale.js"></script>'
        '<script src="./ressurser/svar.js"></script>'
    )


def _header(person: Person | None) -> str:
    return (
        f'<a class="skip" href="#question">{escape(texts_page.PAGE_SKIP)}</a>'
        '<header class="service">'
        f'<h1 class="name">{escape(texts_page.PAGE_TITLE)} '
        f'<span class="label">{escape(texts_page.PAGE_LABEL)}</span></h1>'
        '<div class="intro">'
        f"<p>{escape(texts_page.PAGE_CAN)}</p>"
        f"<p>{escape(texts_page.PAGE_CANNOT)} "
        f'<a href="./om">{escape(texts_page.PAGE_ABOUT_LINK)}</a></p>'
        f'</div><nav class="tools" aria-label="{escape(texts_tools.TOOLS_LABEL)}">'
        f'<a href="./kanal"><span>{escape(texts_tools.TO_CHANNEL)}{_new_tab()}</span></a>'
        f'<a href="./beslutning"><span>{escape(texts_tools.TO_DECISION)}{_new_tab()}</span></a>'
        f"</nav>{signed_in_as(person, '.')}</header>"
        '<div id="status" class="only-read" role="status" aria-live="polite"></div>'
        '<p id="trouble" class="notice" role="alert"></p>'
        f'<p class="loading">{escape(texts_page.PAGE_LOADING)}</p>'
        f'<noscript><p class="notice">{escape(texts_page.PAGE_NO_SCRIPT)}</p></noscript>'
    )


def signed_in_as(person: Person | None, root: str) -> str:
    """Return who is signed in with the way out; nothing where nobody is."""
    if person is None or not person.signed_in:
        return ""
    desk = ""
    if Role.EDITOR in person.roles:
        desk = f'<a href="{escape(root)}/redaksjon">{escape(texts_editors.TITLE)}</a> '
    return (
        f'<form class="who" method="post" action="{escape(root)}/ut">'
        f"<span>{escape(texts_sign_in.SIGNED_IN_AS)} {escape(person.name)}</span> {desk}"
        f"<button>{escape(texts_sign_in.SIGN_OUT)}</button></form>"
    )


def _new_tab() -> str:
    """Say that a link opens beside the conversation; shown once there is one."""
    return f' <span class="beside">{escape(texts_tools.NEW_TAB)}</span>'
