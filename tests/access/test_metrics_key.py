"""The key for the figures: a machine that has it gets them, and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistent.database import open_database
from assistent.settings import Settings, load_settings
from assistent.web.server import create_app
from tests.access.walking import ACCEPTED, METHODS, all_addresses, closed, is_let_in
from tests.access.world import BASE
from tests.web.fake_assistant import FakeAssistant

KEY = "vakt-0123456789abcdefghijklmnopqrstuvwxyz=="
FIGURES = "/helse/metrikk"
WITH_KEY = {"Authorization": f"Bearer {KEY}"}


def settings_with(folder: Path, **environment: str) -> Settings:
    return load_settings(
        {
            "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": "http://127.0.0.1:1",
            "ASSISTENT_OIDC_KLIENT": "assistent",
            **environment,
        }
    )


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client on another machine, in front of an app that has a key."""
    settings = settings_with(tmp_path_factory.mktemp("nokkel"), ASSISTENT_METRIKK_NOEKKEL=KEY)
    database = open_database(settings.database.get_secret_value())
    app = create_app(FakeAssistant(), settings, database=database)  # type: ignore[arg-type]
    client = TestClient(
        app,
        base_url=BASE,
        client=("192.0.2.7", 5000),
        follow_redirects=False,
        raise_server_exceptions=False,
    )
    with client:
        yield client
    database.close()


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_with_the_key_the_figures_are_there(machine: TestClient, scheme: str) -> None:
    response = machine.get(FIGURES, headers={"Authorization": f"{scheme} {KEY}"})
    assert response.status_code == 200
    assert "assistent_answers_running" in response.text
    assert response.headers["Cache-Control"] == "no-store"
    by_address = machine.get(FIGURES, headers={**WITH_KEY, "Host": "10.0.0.9:7860"})
    assert by_address.status_code == 200  # as a machine inside asks for it


WRONG = (
    {},
    {"Authorization": ""},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer "},
    {"Authorization": KEY},
    {"Authorization": f"Basic {KEY}"},
    {"Authorization": f"Bearer {KEY[:-1]}"},
    {"Authorization": f"Bearer {KEY}="},
    {"Authorization": f"Bearer {KEY.upper()}"},
    {"Authorization": f"Bearer {KEY}, Bearer {KEY}"},
    {"Authorization": f'Bearer "{KEY}"'},
    {"X-Authorization": f"Bearer {KEY}"},
    {"Cookie": f"Authorization=Bearer {KEY}"},
)


@pytest.mark.parametrize("headers", WRONG, ids=str)
def test_a_wrong_key_is_answered_like_none(machine: TestClient, headers: dict[str, str]) -> None:
    for accept in ("*/*", "text/html"):
        plain = machine.get(FIGURES, headers={"Accept": accept})
        response = machine.get(FIGURES, headers={"Accept": accept, **headers})
        assert response.status_code == plain.status_code in (303, 401)
        assert response.content == plain.content
        assert set(response.headers) == set(plain.headers)


def test_two_keys_are_no_key(machine: TestClient) -> None:
    twice = [("Authorization", f"Bearer {KEY}"), ("Authorization", f"Bearer {KEY}")]
    assert machine.get(FIGURES, headers=twice).status_code == 401


def test_a_key_that_is_no_text_is_wrong(machine: TestClient) -> None:
    odd = [(b"authorization", b"Bearer \xe6\xf8\xe5" + KEY.encode())]
    assert machine.get(FIGURES, headers=odd).status_code == 401


@pytest.mark.parametrize("accept", ACCEPTED)
def test_the_key_opens_nothing_else(machine: TestClient, accept: str) -> None:
    headers = {**WITH_KEY, "Accept": accept, "Origin": BASE}
    let_in = {
        (method, address)
        for address in closed(all_addresses(machine))
        for method in METHODS
        if is_let_in(machine.request(method, address, headers=headers))
    }
    assert let_in == {("GET", FIGURES), ("HEAD", FIGURES)}


@pytest.mark.parametrize(
    "path",
    ["/helse/metrikk/", "/helse/metrikk/../../om", "/helse//metrikk", "/helse/metrikkx", "/helse/"],
)
def test_the_address_is_that_very_one(machine: TestClient, path: str) -> None:
    assert machine.get(path, headers=WITH_KEY).status_code in (401, 404)


def test_the_key_is_neither_logged_nor_told(
    machine: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = [
        machine.request(method, address, headers={"Authorization": value})
        for value in (f"Bearer {KEY}", f"Bearer {KEY}x")
        for method, address in (("GET", FIGURES), ("GET", "/om"), ("POST", "/api/svar"))
    ]
    assert KEY not in caplog.text
    assert not [each for each in told if KEY in each.text or KEY in str(each.headers)]


def test_without_a_key_set_none_opens(tmp_path: Path) -> None:
    settings = settings_with(tmp_path)
    database = open_database(settings.database.get_secret_value())
    app = create_app(FakeAssistant(), settings, database=database)  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE) as client:
        for value in ("Bearer ", "Bearer None", f"Bearer {KEY}"):
            assert client.get(FIGURES, headers={"Authorization": value}).status_code == 401
    database.close()


def test_where_nobody_signs_in_the_key_opens_from_other_machines() -> None:
    app = create_app(FakeAssistant(), load_settings({"ASSISTENT_METRIKK_NOEKKEL": KEY}))  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE, client=("192.0.2.7", 5000)) as stranger:
        assert stranger.get(FIGURES).status_code == 403
        assert stranger.get(FIGURES, headers=WITH_KEY).status_code == 200
