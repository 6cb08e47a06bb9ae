"""The gate in front of the whole app: nobody comes in who is not known.

Pure ASGI, so that it stands before every route there is or will be: our own, the API's, Gradio's
and its event stream. What is not on the list of open addresses needs a session. No header says who
somebody is but the session's cookie, and for the one address of ``machines``, its key.
"""

from __future__ import annotations

import logging
import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistent import texts_sign_in as texts
from assistent.errors import DatabaseError
from assistent.sessions import Session, Sessions
from assistent.web.sign_in.cookies import Cookies
from assistent.web.sign_in.machines import WatchKey
from assistent.web.sign_in.origins import is_own, is_own_host
from assistent.web.sign_in.pages import NO_STORE, Way, message, problem_response
from assistent.web.sign_in.person import KEY, Person, Role, acting_for
from assistent.web.sign_in.policy import Policy, is_loopback
from assistent.web.sign_in.targets import local_target

_log = logging.getLogger(__name__)

SIGN_IN = "/inn"
OPEN_PATHS = frozenset(
    {
        *("/inn", "/inn/tilbake", "/ut"),
        *("/manifest.json", "/sw.js", "/m/stil.css", "/m/side.js"),
        *("/helse/live", "/helse/klar"),
    }
)
"""What everybody may fetch: the way in and out, signs of life, and files that reveal nothing."""

SIGNS_OF_LIFE = "/helse/"
OPEN_PREFIXES = ("/ressurser/", "/ikon/")
"""The same for everything below: our stylesheets, scripts and icons."""

# Whoever is behind a proxy is not at this machine, whatever the address says.
_OF_PROXIES = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
_EVERY_ROLE = frozenset(Role)
_GUEST = Person("", "", frozenset({Role.STAFF}))
_AT_THIS_MACHINE = Person("", "", _EVERY_ROLE)


@dataclass(frozen=True, slots=True)
class Door:
    """How people come in: the policy, their sessions, and the cookies these are known by."""

    policy: Policy
    sessions: Sessions
    cookies: Cookies


class Gate:
    """Let through who may come in, and say who it is.

    Args:
        app: what stands behind it.
        door: how people sign in; None where nobody has to.
        base: where people reach the app, as an origin; None if only the request itself tells.
        watch: lets in the machine that has the key to one address; None where there is no key.
    """

    def __init__(
        self, app: ASGIApp, *, door: Door | None, base: str | None, watch: WatchKey | None = None
    ) -> None:
        self._app = app
        self._door = door
        self._base = base
        self._watch = watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on in the person's name, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            # The app has no other kind; a refused handshake is what a browser understands.
            await send({"type": "websocket.close", "code": 1008})
            return
        scope.pop(KEY, None)
        person, answer = None, self._stopped(scope)
        if answer is None:
            person, answer = await self._coming(scope)
        if answer is not None:
            await answer(scope, receive, send)
            return
        scope[KEY] = person
        with acting_for(person):
            await self._app(scope, receive, _kept_private(send) if self._door else send)

    def _stopped(self, scope: Scope) -> Response | None:
        """Return the answer to a request that is not meant for us or not sent from here."""
        headers, root = Headers(scope=scope), scope.get("root_path", "")
        # Whoever looks after the machine asks it by its address.
        watched = path_of(scope).startswith(SIGNS_OF_LIFE)
        if not watched and not is_own_host(headers, self._base):
            text = texts.WRONG_HOST.format(address=self._base)
            way = Way(f"{self._base}/", texts.TO_START)
            return message(root, 421, texts.WRONG_HOST_TITLE, text, way)
        with_session = self._door is not None and self._door.cookies.session(scope) is not None
        if is_own(scope["method"], headers, self._base, with_session=with_session):
            return None
        if _wants_page(headers):
            return message(root, 403, texts.FOREIGN_TITLE, texts.FOREIGN)
        return problem_response(root, "fremmed")

    async def _coming(self, scope: Scope) -> tuple[Person | None, Response | None]:
        """Return who comes in, or the answer for whoever does not; neither where everybody may."""
        path = path_of(scope)
        if self._watch is not None and (machine := self._watch.holder(scope, path)):
            return machine, None
        if self._door is None:
            return local_person(scope), None
        if is_open(path):
            return None, None
        found = await self._known(scope, self._door)
        return (found, None) if isinstance(found, Person) else (None, found)

    async def _known(self, scope: Scope, door: Door) -> Person | Response:
        """Return who comes in, or the answer for somebody who does not."""
        root = scope.get("root_path", "")
        token = door.cookies.session(scope)
        try:
            session = await run_in_threadpool(door.sessions.find, token) if token else None
        except DatabaseError as error:
            _log.error("nobody can come in: %s", error)
            return _store_down(root, Headers(scope=scope))
        person = person_in(session, door.policy) if session else None
        return person or _not_signed_in(scope, root)


def person_in(session: Session, policy: Policy) -> Person | None:
    """Return whose session it is; None if the settings give other roles than when it began."""
    roles = policy.roles(session.groups)
    if Role.STAFF not in roles or roles != session.roles:
        return None
    return Person(session.subject, session.name, roles, session.groups)


def local_person(scope: Scope) -> Person:
    """Return who comes in where nobody signs in: all roles for somebody at this very machine."""
    headers = Headers(scope=scope)
    client = scope.get("client")
    host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
    at_home = client is not None and is_loopback(client[0]) and is_loopback(host)
    if at_home and not any(name in headers for name in _OF_PROXIES):
        return _AT_THIS_MACHINE
    return _GUEST


def path_of(scope: Scope) -> str:
    """Return the path below where the app is mounted, as the routes see it."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", ""))


def is_open(path: str) -> bool:
    """Whether everybody may fetch a path; one that winds is looked at by nobody."""
    if posixpath.normpath(path) != path.rstrip("/") or "\\" in path or "\0" in path:
        return False
    return path in OPEN_PATHS or path.startswith(OPEN_PREFIXES)


def _not_signed_in(scope: Scope, root: str) -> Response:
    """Send a person to sign in; say to everything else that it has to."""
    headers, path = Headers(scope=scope), path_of(scope)
    if not _wants_page(headers) or path.startswith("/api/"):
        return problem_response(root, "ikke-innlogget")
    query = scope.get("query_string", b"").decode("latin-1")
    there = local_target(quote(path, safe="/:@!$&'()*+,;=~") + (f"?{query}" if query else ""))
    way_in = f"{root}{SIGN_IN}?til={quote(there, safe='/')}"
    if scope["method"] in ("GET", "HEAD"):
        return RedirectResponse(way_in, 303, NO_STORE)
    way = Way(way_in, texts.SIGN_IN)
    return message(root, 401, texts.NOT_SIGNED_IN_TITLE, texts.NOT_SIGNED_IN, way)


def _store_down(root: str, headers: Headers) -> Response:
    if _wants_page(headers):
        return message(root, 503, texts.PROVIDER_DOWN_TITLE, texts.STORE_DOWN)
    return problem_response(root, "intern-feil")


def _wants_page(headers: Headers) -> bool:
    """Whether somebody looks at the answer, and not a script."""
    mode = headers.get("sec-fetch-mode", "navigate")
    return mode == "navigate" and "text/html" in headers.get("accept", "")


def _kept_private(send: Send) -> Send:
    """Have no store on the way keep what one person was sent for another."""

    async def send_private(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("Cache-Control", "private, no-cache")
            headers.add_vary_header("Cookie")
        await send(message)

    return send_private
