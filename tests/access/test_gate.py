"""The gate: nobody gets in without a session, whatever a request says of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistent.sessions import new_token
from assistent.web.sign_in.gate import OPEN_PATHS, OPEN_PREFIXES, is_open
from tests.access.walking import (
    ACCEPTED,
    METHODS,
    SPOOFED,
    all_addresses,
    closed,
    is_let_in,
)
from tests.access.world import BASE, World

OPEN = {
    "/inn",
    "/inn/tilbake",
    "/ut",
    "/manifest.json",
    "/sw.js",
    "/m/stil.css",
    "/m/side.js",
    "/ressurser/farger.css",
    "/ressurser/felles.css",
    "/ikon/180.png",
    "/ikon/192.png",
    "/ikon/512.png",
    "/ikon/512-maske.png",
}
"""Every route that everybody may fetch. Whoever opens one, adds it here, too."""


@pytest.fixture(scope="module")
def stranger(world: World) -> Iterator[TestClient]:
    with world.client(signed_in=False) as client:
        yield client


def test_these_addresses_are_open_and_no_others(stranger: TestClient) -> None:
    found = all_addresses(stranger)
    assert {address for address in found if is_open(address) and "/helse/" not in address} == OPEN
    assert len(closed(found)) > 60  # Gradio's are among them


@pytest.mark.parametrize("accept", ACCEPTED)
@pytest.mark.parametrize("method", METHODS)
def test_no_route_lets_a_stranger_in(stranger: TestClient, method: str, accept: str) -> None:
    let_in = [
        address
        for address in closed(all_addresses(stranger))
        if is_let_in(stranger.request(method, address, headers={"Accept": accept}))
    ]
    assert let_in == []


@pytest.mark.parametrize("spoofed", SPOOFED, ids=lambda headers: " ".join(headers))
def test_no_header_says_who_somebody_is(stranger: TestClient, spoofed: dict[str, str]) -> None:
    let_in = [
        (method, address)
        for address in closed(all_addresses(stranger))
        for method in ("GET", "POST")
        if is_let_in(stranger.request(method, address, headers=spoofed))
    ]
    assert let_in == []


@pytest.mark.parametrize(
    "path",
    [
        "/ressurser/../om",
        "/ressurser/../api/kilder",
        "/ikon/../om",
        "/helse/../om",
        "/helse/./../api/kilder",
        "/ressurser//../../om",
        "//ressurser/felles.css",
        "//om",
        "/./om",
        "/om/",
        "/sw.js/../om",
        "/manifest.json/../om",
        "/inn/../om",
        "/inn/tilbake/../../om",
        "/ressurser\\..\\om",
        "/ressurser/\x00",
        "/m/side.js/../svar",
        "/ressurserx",
        "/ikonx/180.png",
        "/inn/annet",
        "/SW.JS/../om",
        "",
    ],
)
def test_a_path_that_winds_is_not_open(world: World, path: str) -> None:
    assert not is_open(path)
    status = asyncio.run(status_of(world, path))
    assert status in (303, 401)


async def status_of(world: World, path: str, **more: Any) -> int:
    """Send a request as it is, without a client that would tidy it up first."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:7860"), (b"accept", b"text/html")],
        "client": ("127.0.0.1", 40000),
        "server": ("127.0.0.1", 7860),
        **more,
    }

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await world.app(scope, receive, send)
    return next((each["status"] for each in sent if "status" in each), sent[0].get("code", 0))


def test_a_scope_that_names_a_person_is_not_believed(world: World) -> None:
    from tests.access.world import person_in

    status = asyncio.run(status_of(world, "/om", **{"assistent.person": person_in("drift")}))
    assert status == 303


def test_a_websocket_is_refused(world: World) -> None:
    assert asyncio.run(status_of(world, "/", type="websocket")) == 1008


def test_with_a_session_the_pages_are_there(world: World) -> None:
    with world.client() as client:
        for address in ("/", "/om", "/m", "/kanal", "/beslutning", "/api/kilder", "/api/docs"):
            response = client.get(address)
            assert response.status_code == 200, address
            assert "Cookie" in response.headers["Vary"]
            assert "public" not in response.headers.get("Cache-Control", "")


@pytest.mark.parametrize("address", ["/", "/m"])
def test_the_page_says_who_is_signed_in_and_how_to_leave(world: World, address: str) -> None:
    with world.client() as client:
        page = client.get(address).text
    assert "Logget inn som Kim ansatt" in page
    assert 'action="./ut"' in page or 'action="/ut"' in page


def tampered(token: str) -> Iterator[str]:
    yield token[:-1] + ("A" if token[-1] != "A" else "B")
    yield token[1:]
    yield token + "A"
    yield token.swapcase()
    yield f'"{token}"'
    yield f" {token} x"
    yield token[::-1]
    yield "' OR '1'='1"
    yield "\u00e6" * 43
    yield new_token()
    yield ""
    yield "../../" + token


def test_a_cookie_that_was_changed_opens_nothing(world: World) -> None:
    token = world.token()
    with world.client(signed_in=False) as client:
        for value in tampered(token):
            cookie = f"assistent={value}".encode()
            assert client.get("/om", headers=[(b"cookie", cookie)]).status_code == 401, value
        twice = f"assistent={token}; assistent={new_token()}"
        assert client.get("/om", headers={"Cookie": twice}).status_code == 401
        assert client.get("/om", headers={"Cookie": f"assistent={token}"}).status_code == 200


def test_an_odd_cookie_of_somebody_else_does_not_lock_out(world: World) -> None:
    with world.client(signed_in=False) as client:
        cookie = f'x[y]=z; q="a b; ;=; assistent={world.token()}'
        assert client.get("/om", headers={"Cookie": cookie}).status_code == 200


def test_a_session_with_other_roles_than_the_settings_give_is_over(world: World) -> None:
    token = world.sessions.create("nr", "Kim", roles={"ansatt", "drift"}, groups={"redaksjon"})
    with world.client(signed_in=False) as client:
        headers = {"Cookie": f"assistent={token}"}
        assert client.get("/om", headers=headers).status_code == 401


ELSEWHERE = (
    {"Origin": "https://ond.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:7861"},
    {"Origin": "https://127.0.0.1:7860"},
    {"Origin": "http://127.0.0.1:7860.ond.example"},
    {"Origin": f"{BASE}/"},
    {"Origin": ""},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": BASE},
    {},
)


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
@pytest.mark.parametrize("signed_in", [True, False])
def test_other_sites_can_change_nothing(
    world: World, signed_in: bool, headers: dict[str, str]
) -> None:
    with world.client(signed_in=signed_in) as client:
        del client.headers["Origin"]
        for method, address in (
            ("POST", "/api/svar"),
            ("POST", "/m"),
            ("POST", "/ut"),
            ("POST", "/beslutning"),
            ("POST", "/gradio_api/queue/join"),
            ("PUT", "/api/svar"),
            ("DELETE", "/om"),
        ):
            response = client.request(method, address, headers=headers)
            if headers or signed_in:
                assert response.status_code == 403, address
            else:  # no browser, and nobody's session
                assert response.status_code in (200, 401), address


@pytest.mark.parametrize("headers", [{"Origin": BASE}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_our_own_pages_can(world: World, headers: dict[str, str]) -> None:
    with world.client() as client:
        del client.headers["Origin"]
        assert client.post("/m", data={"sporsmal": "Hei"}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host", ["ond.example", "127.0.0.1:7861", "127.0.0.1:7860.ond.example", "localhost:7860", ""]
)
def test_another_host_name_is_refused(world: World, host: str) -> None:
    with world.client() as client:
        response = client.get("/om", headers={"Host": host, "Accept": "text/html"})
    assert response.status_code == 421
    assert BASE in response.text


def test_one_persons_conversation_is_not_anothers(world: World) -> None:
    join = {"data": [None], "fn_index": 99, "session_hash": "felles"}
    with world.client() as one, world.client("drift") as other:
        assert one.post("/gradio_api/queue/join", json=join).status_code != 404
        assert other.post("/gradio_api/queue/join", json=join).status_code == 404
        for address in (
            "/gradio_api/queue/data?session_hash=felles",
            "/gradio_api/heartbeat/felles",
            "/gradio_api/queue/data?session_hash=annen&session_hash=felles",
        ):
            assert other.get(address).status_code == 404
        long = f'{{"session_hash": "felles"{" " * 70_000}}}'
        assert other.post("/gradio_api/queue/join", content=long).status_code == 413


def test_what_is_open_is_said_in_one_place() -> None:
    assert "/" not in OPEN_PATHS
    assert all(prefix.startswith("/") and prefix.endswith("/") for prefix in OPEN_PREFIXES)
