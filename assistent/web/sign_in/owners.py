"""Whose a conversation of the chat page is.

Gradio knows a conversation by a random word that the browser chooses, and shows it to whoever has
the word. Here the word belongs to whoever used it first.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent.web.pages import not_found
from assistent.web.security import BODY_LIMIT
from assistent.web.sign_in.person import person_of

_REMEMBERED = 20_000
_HEARTBEAT = "/gradio_api/heartbeat/"
_FIELD = "session_hash"


class Owners:
    """Remembers who used each word first; the least recently used are forgotten."""

    def __init__(self, most: int = _REMEMBERED) -> None:
        self._owner: OrderedDict[str, str] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def claim(self, word: str, subject: str) -> bool:
        """Whether a word is this person's, as it is from now on if it was nobody's."""
        with self._lock:
            owner = self._owner.setdefault(word, subject)
            self._owner.move_to_end(word)
            if len(self._owner) > self._most:
                self._owner.popitem(last=False)
        return owner == subject


class OwnConversations:
    """Answer 404 to whoever names another person's conversation; sits inside the Gradio app."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners = Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 404."""
        person = person_of(scope) if scope["type"] == "http" else None
        if person is None or not person.signed_in:
            await self._app(scope, receive, send)
            return
        root = scope.get("root_path", "")
        words = _named(scope, root)
        if scope["method"] == "POST":
            messages, body = await _read(receive)
            if len(body) > BODY_LIMIT:
                await Response(status_code=413)(scope, receive, send)
                return
            words += _in_body(body)
            receive = _again(messages, receive)
        if all(self._owners.claim(word, person.subject) for word in words):
            await self._app(scope, receive, send)
        else:
            await not_found(root)(scope, receive, send)


def _named(scope: Scope, root: str) -> list[str]:
    """Return the conversations that an address names."""
    query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
    path = scope["path"].removeprefix(root)
    beat = [path.removeprefix(_HEARTBEAT)] if path.startswith(_HEARTBEAT) else []
    return beat + query.get(_FIELD, [])


def _in_body(body: bytes) -> list[str]:
    """Return the conversation that a body names."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        return []
    word = content.get(_FIELD) if isinstance(content, dict) else None
    return [word] if isinstance(word, str) else []


async def _read(receive: Receive) -> tuple[list[Message], bytes]:
    """Return the messages of a body, and the body; one that is too long is cut off."""
    messages: list[Message] = []
    body = b""
    while len(body) <= BODY_LIMIT:
        message = await receive()
        messages.append(message)
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body", False):
            break
    return messages, body


def _again(messages: list[Message], receive: Receive) -> Receive:
    """Give the messages that were read once more, then whatever follows."""
    left = iter(messages)

    async def receive_again() -> Message:
        for message in left:
            return message
        return await receive()

    return receive_again
