"""Every address of the app, Gradio's included, and who gets in there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import httpx
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from assistent.web.sign_in.gate import is_open
from tests.access.world import PLAN
from tests.fakes import STRATEGY

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KEPT_OUT = (401, 403, 421)
ACCEPTED = ("text/html", "application/json", "text/event-stream", "*/*")

SPOOFED: Sequence[dict[str, str]] = (
    {"X-Forwarded-User": "drift"},
    {"X-Remote-User": "drift", "Remote-User": "drift"},
    {"X-User": "drift", "X-Groups": "drift", "X-Roles": "drift"},
    {"X-MS-CLIENT-PRINCIPAL-NAME": "drift", "X-MS-CLIENT-PRINCIPAL": "e30="},
    {"X-Forwarded-For": "127.0.0.1", "X-Real-IP": "127.0.0.1"},
    {"X-Forwarded-Host": "127.0.0.1:7860", "X-Forwarded-Proto": "https"},
    {"Forwarded": "for=127.0.0.1;host=127.0.0.1:7860;proto=https"},
    {"X-Original-URL": "/manifest.json", "X-Rewrite-URL": "/manifest.json"},
    {"X-Forwarded-Prefix": "/helse", "X-Script-Name": "/helse", "X-Forwarded-Path": "/helse/live"},
    {"X-HTTP-Method-Override": "GET"},
    {"Authorization": "Basic ZHJpZnQ6ZHJpZnQ="},
    {"Authorization": "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJkcmlmdCJ9."},
    {"Cookie": "assistent=; assistent.person=drift"},
    {"Cookie": f"assistent={'A' * 43}"},
    {"Cookie": f"__Host-assistent={'A' * 43}; session=drift; access-token=drift"},
)

_FILLED = {
    "path": STRATEGY,
    "document": PLAN,
    "page": "1",
    "rest": "kvittering",
    "name": "plan",
    "ending": "pdf",
    "session_hash": "abc",
}


def addresses(routes: Sequence[BaseRoute], prefix: str = "") -> Iterator[str]:
    """Yield the address of every route, into every app that is mounted."""
    for context in iter_route_contexts(routes):
        route = context.original_route
        if isinstance(route, Mount):
            inner = getattr(route.app, "routes", None)
            if inner is None:
                yield f"{prefix}{route.path}/felles.css"
            else:
                yield from addresses(inner, f"{prefix}{route.path}")
        else:
            yield _filled(f"{prefix}{context.path}")


def all_addresses(client: TestClient) -> list[str]:
    """Return every address once, in order."""
    return sorted(set(addresses(client.app.routes)))


def is_let_in(response: httpx.Response) -> bool:
    """Whether a response is anything but a closed door."""
    to_the_door = response.status_code == 303 and response.headers["Location"].startswith("/inn?")
    return not to_the_door and response.status_code not in KEPT_OUT


def closed(found: Sequence[str]) -> list[str]:
    """Return the addresses that need a session."""
    return [address for address in found if not is_open(address)]


def _filled(address: str) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: _FILLED.get(found[1], "x"), address)
