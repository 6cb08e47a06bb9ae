"""The OpenID Connect provider: where to send people, and who came back.

Authorization code flow with PKCE and nonce. The provider's description and keys are fetched when
they are needed and kept for an hour; a token signed with a key that is not among them has the keys
fetched anew, at most once a minute.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from assistent.web.sign_in.policy import Policy, is_loopback

_log = logging.getLogger(__name__)

CALLBACK = "/inn/tilbake"
SIGNED_OUT = "/ut"

_SCOPE = "openid profile"
_SECONDS = 5.0
_KEPT_SECONDS = 3600.0
_KEYS_AGAIN_SECONDS = 60.0
_LEEWAY_SECONDS = 60
# A shared secret or no signature at all proves nothing about who made a token.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
_MAX_SUBJECT = 255
_NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ProviderDownError(Exception):
    """The provider does not answer, or not as one; the log says what came instead."""


class SignInRefusedError(Exception):
    """What the provider sent does not prove who somebody is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who came back. ``subject`` is unique with this provider and never changes."""

    subject: str
    name: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Kept:
    """Something that was fetched, and when."""

    content: Any
    fetched: float


class Provider:
    """One provider as its policy names it.

    Args:
        policy: how people sign in.
        clock: seconds that only grow, for how long things are kept.
        now: seconds since 1970, for the times in tokens.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._policy = policy
        self._clock = clock
        self._now = now
        self._description: _Kept | None = None
        self._keys: _Kept | None = None

    async def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where to send somebody who wants to sign in.

        Raises:
            ProviderDownError: the provider does not answer.
        """
        description = await self._described()
        async with self._client(description) as client:
            address, _ = client.create_authorization_url(
                description["authorization_endpoint"],
                state=state,
                nonce=nonce,
                code_verifier=verifier,
            )
        return str(address)

    async def identify(self, code: str, *, nonce: str, verifier: str) -> Identity:
        """Return who came back with a code.

        Raises:
            ProviderDownError: the provider does not answer.
            SignInRefusedError: the code or the token is not good.
        """
        description = await self._described()
        try:
            async with self._client(description) as client:
                token = await client.fetch_token(
                    description["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                )
        except (httpx2.HTTPError, ValueError) as error:
            raise _down(error) from error
        except OAuthError as error:
            raise _refused(str(error.error)) from error
        given = token.get("id_token")
        if not isinstance(given, str):
            raise _refused("no id_token")
        params = {
            "nonce": nonce,
            "client_id": self._policy.client,
            "access_token": token.get("access_token"),
        }
        return self._identity(await self._claims(given, description, params))

    async def sign_out_address(self) -> str | None:
        """Return where to send somebody who has signed out here; None if there is no such place."""
        try:
            description = await self._described()
        except ProviderDownError:
            return None
        place = description.get("end_session_endpoint")
        if not isinstance(place, str) or not self._trusted(place):
            return None
        query = urlencode(
            {
                "client_id": self._policy.client,
                "post_logout_redirect_uri": f"{self._policy.base}{SIGNED_OUT}",
            }
        )
        return f"{place}{'&' if urlsplit(place).query else '?'}{query}"

    async def _claims(
        self, token: str, description: Mapping[str, Any], params: Mapping[str, Any]
    ) -> CodeIDToken:
        """Return the proven claims of an id token."""
        offered = description.get("id_token_signing_alg_values_supported") or ["RS256"]
        algorithms = [name for name in _ALGORITHMS if name in offered]
        options = {
            "iss": {"essential": True, "value": self._policy.issuer},
            "aud": {"essential": True, "value": self._policy.client},
        }
        try:
            try:
                proven = jwt.decode(token, await self._key_set(description), algorithms)
            except InvalidKeyIdError:
                keys = await self._key_set(description, again=True)
                proven = jwt.decode(token, keys, algorithms)
            claims = CodeIDToken(proven.claims, proven.header, options, dict(params))
            claims.validate(now=int(self._now()), leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError) as error:
            raise _refused(type(error).__name__) from error
        return claims

    def _identity(self, claims: CodeIDToken) -> Identity:
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= _MAX_SUBJECT:
            raise _refused("sub")
        names = (claims.get(key) for key in ("name", "preferred_username"))
        name = next((each for each in names if isinstance(each, str) and each.strip()), "")
        return Identity(subject, name.strip() or subject, self._groups(claims))

    def _groups(self, claims: CodeIDToken) -> frozenset[str]:
        """Return a person's groups; none where the provider lists them elsewhere or not at all."""
        claim = self._policy.groups_claim
        listed = claims.get(claim, [])
        if claim in (claims.get("_claim_names") or {}):
            _log.warning("more groups than fit in an id token: limit them to those of this app")
        if isinstance(listed, str):
            listed = [listed]
        if not isinstance(listed, list):
            return frozenset()
        return frozenset(each for each in listed if isinstance(each, str) and each)

    async def _described(self) -> Mapping[str, Any]:
        """Return the provider's description of itself (OpenID Connect Discovery)."""
        kept = self._description
        if kept is None or self._clock() - kept.fetched >= _KEPT_SECONDS:
            place = f"{self._policy.issuer.rstrip('/')}/.well-known/openid-configuration"
            content = await self._fetched(place)
            if content.get("issuer") != self._policy.issuer:
                raise _down("the description is of another issuer")
            for name in _NEEDED:
                if not isinstance(content.get(name), str) or not self._trusted(content[name]):
                    raise _down(f"no usable {name} in the description")
            kept = self._description = _Kept(content, self._clock())
        described: Mapping[str, Any] = kept.content
        return described

    async def _key_set(self, description: Mapping[str, Any], *, again: bool = False) -> KeySet:
        kept = self._keys
        age = _KEPT_SECONDS if kept is None else self._clock() - kept.fetched
        if kept is None or age >= (_KEYS_AGAIN_SECONDS if again else _KEPT_SECONDS):
            content = await self._fetched(description["jwks_uri"])
            try:
                keys = KeySet.import_key_set({"keys": content["keys"]})
            except (JoseError, KeyError, TypeError, ValueError) as error:
                raise _down(error) from error
            kept = self._keys = _Kept(keys, self._clock())
        key_set: KeySet = kept.content
        return key_set

    async def _fetched(self, place: str) -> dict[str, Any]:
        try:
            async with httpx2.AsyncClient(timeout=_SECONDS, follow_redirects=False) as client:
                response = await client.get(place)
            response.raise_for_status()
            content = response.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise _down(error) from error
        if not isinstance(content, dict):
            raise _down("no JSON object")
        return content

    def _client(self, description: Mapping[str, Any]) -> AsyncOAuth2Client:
        methods = description.get("token_endpoint_auth_methods_supported") or []
        posted = "client_secret_post" in methods
        method = "client_secret_post" if posted else "client_secret_basic"
        return AsyncOAuth2Client(
            self._policy.client,
            self._policy.secret,
            token_endpoint_auth_method=method if self._policy.secret else "none",
            scope=_SCOPE,
            redirect_uri=f"{self._policy.base}{CALLBACK}",
            code_challenge_method="S256",
            timeout=_SECONDS,
            follow_redirects=False,
        )

    def _trusted(self, place: str) -> bool:
        """Whether an address of the description is as safe as the issuer's own."""
        parts = urlsplit(place)
        if parts.scheme == "https":
            return bool(parts.hostname)
        local = is_loopback(urlsplit(self._policy.issuer).hostname or "")
        return parts.scheme == "http" and local and is_loopback(parts.hostname or "")


def _down(cause: Exception | str) -> ProviderDownError:
    # The message of an exception may hold an address with a code in it.
    _log.error("sign-in provider unusable: %s", cause if isinstance(cause, str) else type(cause))
    return ProviderDownError()


def _refused(cause: str) -> SignInRefusedError:
    _log.warning("sign-in refused: %s", cause)
    return SignInRefusedError()
