"""The way in and out: ``/inn``, ``/inn/tilbake`` and ``/ut``.

What connects the way out with the way back is in two places: the state in the address, and a cookie
of the browser that set out. Either alone is worth nothing, so that nobody can be signed in as
somebody else by a link; and each state is good for once.
"""

from __future__ import annotations

import logging

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from assistent import texts_sign_in as texts
from assistent.errors import DatabaseError
from assistent.sessions import Sessions, SignIn, is_token, new_token
from assistent.web.sign_in.gate import SIGN_IN, Door
from assistent.web.sign_in.pages import NO_STORE, Way, message
from assistent.web.sign_in.person import Role
from assistent.web.sign_in.provider import (
    CALLBACK,
    SIGNED_OUT,
    Identity,
    Provider,
    ProviderDownError,
    SignInRefusedError,
)
from assistent.web.sign_in.targets import START, local_target

_log = logging.getLogger(__name__)
# Pages that somebody has looked at are kept for when there is no network; they go with the person.
_FORGET = {**NO_STORE, "Clear-Site-Data": '"cache", "storage"'}


def build_sign_in_routes(door: Door, provider: Provider, *, contact: str) -> APIRouter:
    """Return the routes for signing in and out.

    Args:
        door: how people come in.
        provider: where they sign in.
        contact: who to ask for access, as shown to the user.
    """
    router = APIRouter()

    @router.get(SIGN_IN)
    async def begin(request: Request, til: str = START) -> Response:
        root = request.scope.get("root_path", "")
        browser = door.cookies.browser(request.scope) or new_token()
        state, nonce, verifier = new_token(), new_token(), new_token()
        sign_in = SignIn(nonce, verifier, local_target(til))
        try:
            address = await provider.address(state=state, nonce=nonce, verifier=verifier)
            await run_in_threadpool(door.sessions.begin_sign_in, f"{browser}.{state}", sign_in)
        except ProviderDownError:
            return _trouble(root, 503, texts.PROVIDER_DOWN_TITLE, texts.PROVIDER_DOWN)
        except DatabaseError as error:
            return _store_down(root, error)
        if request.headers.get("sec-fetch-site") == "same-origin":
            # A form of ours may have led here, and browsers let none lead on to another site.
            way = Way(address, texts.SIGN_IN)
            title, text = texts.SIGNING_IN_TITLE, texts.SIGNING_IN
            response = message(root, 200, title, text, way, ahead=address)
        else:
            response = RedirectResponse(address, 303, NO_STORE)
        door.cookies.set_browser(response, browser)
        return response

    @router.get(CALLBACK)
    async def come_back(
        request: Request, code: str = "", state: str = "", error: str = "", iss: str = ""
    ) -> Response:
        root = request.scope.get("root_path", "")
        browser = door.cookies.browser(request.scope)
        try:
            sign_in = await _taken(door.sessions, browser, state)
            if sign_in is None:
                return _trouble(root, 400, texts.ABORTED_TITLE, texts.ABORTED)
            if error or not code:
                return _trouble(root, 403, texts.ABORTED_TITLE, texts.DECLINED)
            if iss and iss != door.policy.issuer:
                raise SignInRefusedError
            identity = await provider.identify(code, nonce=sign_in.nonce, verifier=sign_in.verifier)
            return await _entered(request, identity, sign_in.target)
        except SignInRefusedError:
            return _trouble(root, 403, texts.ABORTED_TITLE, texts.REFUSED, coded=True)
        except ProviderDownError:
            return _trouble(root, 503, texts.PROVIDER_DOWN_TITLE, texts.PROVIDER_DOWN)
        except DatabaseError as failure:
            return _store_down(root, failure)

    async def _entered(request: Request, identity: Identity, target: str) -> Response:
        """Begin a session, never one that somebody could have prepared."""
        root = request.scope.get("root_path", "")
        former = door.cookies.session(request.scope)
        if former is not None:
            await run_in_threadpool(door.sessions.end, former)
        roles = door.policy.roles(identity.groups)
        if Role.STAFF not in roles:
            text = texts.NOT_STAFF.format(contact=contact)
            # Without this the provider would let the same person in again, without a word.
            elsewhere = await provider.sign_out_address()
            way = Way(elsewhere or f"{root}{SIGN_IN}", texts.OTHER_USER)
            return message(root, 403, texts.NO_ACCESS_TITLE, text, way)
        token = await run_in_threadpool(
            door.sessions.create,
            identity.subject,
            identity.name,
            roles=roles,
            groups=identity.groups,
        )
        response = RedirectResponse(f"{root}{target}", 303, NO_STORE)
        door.cookies.set_session(response, token)
        return response

    @router.post(SIGNED_OUT)
    async def leave(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        token = door.cookies.session(request.scope)
        try:
            if token is not None:
                await run_in_threadpool(door.sessions.end, token)
        except DatabaseError as error:
            return _store_down(root, error)
        elsewhere = await provider.sign_out_address()
        if elsewhere is None:
            response = _signed_out(root)
        else:
            # A page and no redirect: browsers do not let a form lead to another site.
            way = Way(elsewhere, texts.SIGN_OUT_ELSEWHERE)
            text = f"{texts.SIGNED_OUT} {texts.SIGNED_OUT_ELSEWHERE}"
            title = texts.SIGNED_OUT_TITLE
            response = message(root, 200, title, text, way, ahead=elsewhere)
        response.headers.update(_FORGET)
        door.cookies.drop_all(response)
        return response

    @router.get(SIGNED_OUT)
    async def left(request: Request) -> Response:
        return _signed_out(request.scope.get("root_path", ""))

    return router


async def _taken(sessions: Sessions, browser: str | None, state: str) -> SignIn | None:
    if browser is None or not is_token(state):
        return None
    return await run_in_threadpool(sessions.take_sign_in, f"{browser}.{state}")


def _trouble(root: str, status: int, title: str, text: str, *, coded: bool = False) -> Response:
    way = Way(f"{root}{SIGN_IN}", texts.TRY_AGAIN)
    return message(root, status, title, text, way, coded=coded)


def _store_down(root: str, error: DatabaseError) -> Response:
    _log.error("nobody can come in: %s", error)
    return _trouble(root, 503, texts.PROVIDER_DOWN_TITLE, texts.STORE_DOWN)


def _signed_out(root: str) -> Response:
    way = Way(f"{root}{SIGN_IN}", texts.SIGN_IN)
    return message(root, 200, texts.SIGNED_OUT_TITLE, texts.SIGNED_OUT, way)
