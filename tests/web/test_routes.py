"""Every address of the app: which there are, how they answer HEAD, and what they never tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient
from starlette.routing import BaseRoute, Mount

from assistent.answering import Assistant
from assistent.database import open_database
from assistent.settings import load_settings
from assistent.web.server import create_app
from tests.fakes import STRATEGY
from tests.web.fake_assistant import FakeAssistant


@pytest.fixture(scope="module")
def client(starter_by_words: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(starter_by_words, load_settings({}))) as running:
        yield running


def walk(routes: Sequence[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield method and address of every route; what is mounted at the root is Gradio."""
    for context in iter_route_contexts(routes):
        route = context.original_route
        if isinstance(route, Mount):
            inner = getattr(route.app, "routes", None)
            if route.path and inner is not None:
                yield from walk(inner, f"{prefix}{route.path}")
            else:
                yield "MOUNT", f"{prefix}{route.path}"
            continue
        for method in sorted(context.methods or ()):
            yield method, f"{prefix}{context.path}"


ROUTES = {
    "/om": "GET",
    "/helse/live": "GET",
    "/helse/klar": "GET",
    "/helse/metrikk": "GET",
    "/ressurser/farger.css": "GET",
    "/kilde/{path:path}": "GET",
    "/kilde/{path:path}/original": "GET",
    "/kilde/{path:path}/side/{page}": "GET",
    "/kanal": "GET",
    "/kanal/alle": "GET",
    "/beslutning": "GET POST",
    "/beslutning/alle": "GET",
    "/beslutning/kvittering": "POST",
    "/beslutning/{name}.{ending}": "POST",
    "/beslutning/{rest:path}": "GET",
    "/tilbakemelding": "POST",
    "/redaksjon": "GET",
    "/redaksjon/ubesvart": "GET",
    "/redaksjon/dokumenter": "GET",
    "/redaksjon/tilbakemeldinger": "GET",
    "/redaksjon/tilbakemeldinger/{identity}": "POST",
    "/redaksjon/sporsmal": "GET POST",
    "/redaksjon/eksport/{name}.csv": "GET",
    "/m": "GET POST",
    "/m/svar": "POST",
    "/m/stil.css": "GET",
    "/m/side.js": "GET",
    "/m/frakoblet": "GET",
    "/sw.js": "GET",
    "/manifest.json": "GET",
    "/ikon/180.png": "GET",
    "/ikon/192.png": "GET",
    "/ikon/512.png": "GET",
    "/ikon/512-maske.png": "GET",
    "/api/svar": "POST",
    "/api/finn": "GET POST",
    "/api/kilder": "GET",
    "/api/kilder/{document:path}": "GET",
    "/api/kanal": "POST",
    "/api/sjekk": "POST",
    "/api/tilbakemelding": "POST",
    "/api/openapi.json": "GET",
    "/api/docs": "GET",
    "/ressurser": "MOUNT",
    "": "MOUNT",  # Gradio, behind a list of its own: see test_web_server.py
}
"""Every address that there is. Whoever adds one, adds it here."""

SIGN_IN_ROUTES = {"/inn": "GET", "/inn/tilbake": "GET", "/ut": "GET POST"}
"""What comes in addition where people sign in."""

PAGES = [
    address.replace("{path:path}", STRATEGY)
    .replace("{document:path}", STRATEGY)
    .replace("{page}", "1")
    .replace("{rest:path}", "kvittering")
    .replace("{name}.csv", "utfall.csv")
    for address, methods in ROUTES.items()
    if "GET" in methods
]
NOT_THERE = [
    "/finnes-ikke",
    "/kilde/finnes-ikke.md",
    "/kilde/../../etc/passwd",
    "/kilde/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "/kilde/%2fetc%2fpasswd/original",
    "/ressurser/../server.py",
    "/ressurser/%2e%2e/server.py",
    "/api",
    "/api/",
    "/api/kilder/%2e%2e%2fkatalog.toml",
    "/m/finnes-ikke",
    "/ikon/1.png",
]


def test_the_app_has_these_addresses_and_no_others(client: TestClient) -> None:
    assert routes_of(client) == ROUTES


def test_where_people_sign_in_there_is_a_way_in_and_out(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "ASSISTENT_DATABASE": f"sqlite:///{tmp_path / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": "https://logginn.example",
            "ASSISTENT_OIDC_KLIENT": "assistent",
        }
    )
    database = open_database(settings.database.get_secret_value())
    client = TestClient(create_app(FakeAssistant(), settings, database=database))
    assert routes_of(client) == {**ROUTES, **SIGN_IN_ROUTES}
    database.close()


def routes_of(client: TestClient) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for method, address in walk(client.app.routes):
        found.setdefault(address, []).append(method)
    return {address: " ".join(sorted(methods)) for address, methods in found.items()}


@pytest.mark.parametrize("address", PAGES)
def test_a_head_request_is_answered_like_a_get_without_the_body(
    client: TestClient, address: str
) -> None:
    got = client.get(address, follow_redirects=False)
    head = client.head(address, follow_redirects=False)
    assert head.status_code == got.status_code < 500
    assert head.content == b""
    for name in ("Content-Type", "Content-Security-Policy", "Cache-Control", "Location"):
        assert head.headers.get(name) == got.headers.get(name)


@pytest.mark.parametrize("address", [*PAGES, *NOT_THERE])
def test_every_address_is_strict_about_what_may_run(client: TestClient, address: str) -> None:
    headers = client.get(address, follow_redirects=False).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not re.search(r"https?:|\*", policy)
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_not_found(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", [*PAGES, *NOT_THERE])
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS", "DELETE"])
def test_no_address_tells_where_files_lie(
    client: TestClient,
    tmp_path_factory: pytest.TempPathFactory,
    method: str,
    address: str,
) -> None:
    response = client.request(method, address, follow_redirects=False)
    assert response.status_code < 500
    told = response.text + str(response.headers)
    for place in (Path.cwd(), tmp_path_factory.getbasetemp()):
        assert str(place) not in told
    assert "Traceback" not in told
    assert "site-packages" not in told
