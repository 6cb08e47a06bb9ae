"""Who gets the light page, and how anybody chooses otherwise."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistent.settings import load_settings
from assistent.web.server import create_app
from tests.web.fake_assistant import FakeAssistant

PHONES = {
    "iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Android": "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Mobile Safari/537.36",
    "Firefox": "Mozilla/5.0 (Android 15; Mobile; rv:141.0) Gecko/141.0 Firefox/141.0",
    "Teams": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Mobile/15E148 TeamsMobile-iOS",
}
OTHERS = {
    "desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36",
    "iPad": "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Safari/604.1",
    "tablet": "Mozilla/5.0 (Linux; Android 15; SM-X710) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36",
    "nothing": "",
}


@pytest.fixture(scope="module")
def app() -> Iterator[TestClient]:
    with TestClient(create_app(FakeAssistant(), load_settings({}))) as running:
        yield running


@pytest.fixture
def client(app: TestClient) -> TestClient:
    app.cookies.clear()
    app.follow_redirects = False
    return app


def goes_to_light(client: TestClient, path: str = "/", agent: str = "", **headers: str) -> bool:
    response = client.get(path, headers={"User-Agent": agent, **headers})
    assert response.status_code in (200, 303)
    if response.status_code == 200:
        return False
    assert response.headers["Location"] == "/m"
    assert response.headers["Cache-Control"] == "no-store"
    return True


@pytest.mark.parametrize("agent", PHONES.values(), ids=PHONES)
def test_phones_get_the_light_page(client: TestClient, agent: str) -> None:
    assert goes_to_light(client, agent=agent)


@pytest.mark.parametrize("agent", OTHERS.values(), ids=OTHERS)
def test_others_get_the_wide_page(client: TestClient, agent: str) -> None:
    assert not goes_to_light(client, agent=agent)


def test_what_the_browser_says_outright_goes_before_its_name(client: TestClient) -> None:
    assert goes_to_light(client, agent=OTHERS["desktop"], **{"Sec-CH-UA-Mobile": "?1"})
    assert not goes_to_light(client, agent=PHONES["Android"], **{"Sec-CH-UA-Mobile": "?0"})


def test_a_phone_that_chose_the_wide_page_keeps_it(client: TestClient) -> None:
    assert not goes_to_light(client, "/?visning=full", PHONES["iPhone"])
    assert not goes_to_light(client, "/", PHONES["iPhone"])
    assert goes_to_light(client, "/?visning=enkel", PHONES["iPhone"])
    assert goes_to_light(client, "/", PHONES["iPhone"])


def test_a_desktop_that_chose_the_light_page_keeps_it(client: TestClient) -> None:
    assert goes_to_light(client, "/?visning=enkel", OTHERS["desktop"])
    assert goes_to_light(client, "/", OTHERS["desktop"])
    assert not goes_to_light(client, "/?visning=full", OTHERS["desktop"])
    assert not goes_to_light(client, "/", OTHERS["desktop"])


def test_the_cookie_says_one_word(client: TestClient) -> None:
    cookie = client.get("/?visning=full").headers["Set-Cookie"]
    name, *attributes = cookie.split("; ")
    assert name == "visning=full"
    assert {"Path=/", "SameSite=Lax", "HttpOnly"} <= set(attributes)
    assert "Set-Cookie" not in client.get("/").headers


@pytest.mark.parametrize("choice", ["annet", "", "full%0d%0aX-Ny:1", "<script>"])
def test_no_other_choice_is_remembered(client: TestClient, choice: str) -> None:
    response = client.get(f"/?visning={choice}", headers={"User-Agent": PHONES["iPhone"]})
    assert response.status_code == 303
    assert "Set-Cookie" not in response.headers
    assert "X-Ny" not in response.headers


@pytest.mark.parametrize("cookie", ["visning=annet", "visning=", "=;;=", "visning", "\x7f=1"])
def test_a_spoilt_cookie_is_none(client: TestClient, cookie: str) -> None:
    assert goes_to_light(client, agent=PHONES["iPhone"], Cookie=cookie)


def test_caches_are_told_what_it_depends_on(client: TestClient) -> None:
    for agent in (PHONES["iPhone"], OTHERS["desktop"]):
        vary = client.get("/", headers={"User-Agent": agent}).headers["Vary"]
        for name in ("User-Agent", "Sec-CH-UA-Mobile", "Cookie"):
            assert name in vary


@pytest.mark.parametrize("path", ["/m", "/om", "/kanal", "/theme.css"])
def test_only_the_start_page_is_chosen_for(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"User-Agent": PHONES["iPhone"]})
    assert response.status_code == 200


def test_both_pages_lead_to_the_other(client: TestClient) -> None:
    assert 'href="/?visning=full"' in client.get("/m").text
