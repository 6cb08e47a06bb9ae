"""A provider that keeps its word, and one that says whatever a test has it say."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import oidc_provider_mock
from authlib.deprecate import AuthlibDeprecationWarning
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.serving import served

CLIENT = "assistent"
Claims = dict[str, Any]


@contextmanager
def honest_provider() -> Iterator[str]:
    """Run a real provider on loopback and give its address."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AuthlibDeprecationWarning)
        with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
            yield f"http://localhost:{server.server_port}"


def register(issuer: str, subject: str, **claims: object) -> None:
    """Tell the honest provider of a person."""
    httpx.put(f"{issuer}/users/{quote(subject)}", json=claims).raise_for_status()


def way_in(client: TestClient, target: str = "/") -> str:
    """Begin to sign in and return where the browser is sent."""
    response = client.get("/inn", params={"til": target})
    assert response.status_code == 303, response.text
    return response.headers["Location"]


def way_back(address: str, subject: str) -> str:
    """Sign in at the honest provider and return where the browser is sent then."""
    response = httpx.post(address, data={"sub": subject})
    assert response.status_code == 302, response.text
    return local(response.headers["Location"])


def local(address: str) -> str:
    """Return path and query of an address."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


class LyingProvider:
    """Answers a token request with what a test wants; otherwise as the protocol says.

    ``claims`` changes the claims, ``header`` and ``key`` those of the signature, ``description``
    what it says of itself; ``token_status`` is that of its token endpoint.
    """

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, parameters={"kid": "en", "use": "sig"})
        self.issuer = ""
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._describe),
                Route("/nøkler", self._keys),
                Route("/bytt", self._token, methods=["POST"]),
            ]
        )

    def reset(self) -> None:
        self.claims: Callable[[Claims], Claims] = lambda claims: claims
        self.header: Claims = {"alg": "RS256", "kid": "en"}
        self.signing: Any = self.key
        self.published: list[Any] = [self.key]
        self.description: Claims = {}
        self.token_status = 200
        self.whole: Callable[[str], object] = lambda token: token
        self.nonce = self.challenge = ""
        self.asked: list[dict[str, str]] = []
        self.key_requests = 0

    def expect(self, address: str) -> str:
        """Take somebody in who was sent here, and return the query that they go back with."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce, self.challenge = query["nonce"], query["code_challenge"]
        assert query["code_challenge_method"] == "S256"
        return f"/inn/tilbake?code=kode&state={query['state']}"

    def token(self) -> str:
        """Return the id token as it is told to make it."""
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "nr-1",
            "aud": CLIENT,
            "exp": now + 600,
            "iat": now,
            "nonce": self.nonce,
            "name": "Kim Ansatt",
        }
        return jwt.encode(self.header, self.claims(claims), self.signing, [self.header["alg"]])

    def _describe(self, request: Request) -> Response:  # noqa: ARG002
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/inn",
                "token_endpoint": f"{self.issuer}/bytt",
                "jwks_uri": f"{self.issuer}/nøkler",
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.description,
            }
        )

    def _keys(self, request: Request) -> Response:  # noqa: ARG002
        self.key_requests += 1
        return JSONResponse({"keys": [key.as_dict(private=False) for key in self.published]})

    async def _token(self, request: Request) -> Response:
        form = {name: str(value) for name, value in (await request.form()).items()}
        self.asked.append(form)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        proven = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == self.challenge
        if not proven:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if self.token_status != 200:
            return JSONResponse({"error": "invalid_grant"}, self.token_status)
        content: dict[str, object] = {"access_token": "a", "token_type": "Bearer"}
        made = self.whole(self.token())
        if made is not None:
            content["id_token"] = made
        return JSONResponse(content)


@contextmanager
def lying_provider() -> Iterator[LyingProvider]:
    """Run one on loopback."""
    provider = LyingProvider()
    with served(provider.app) as (host, port):
        provider.issuer = f"http://{host}:{port}"
        yield provider
