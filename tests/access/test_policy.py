"""What the settings say about who may come in, and who is at home without sign-in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import Depends, FastAPI
from fastapi.testclient import TestClient

from assistent.errors import SettingsError
from assistent.settings import load_settings
from assistent.web.server import create_app, server_config
from assistent.web.sign_in.gate import local_person
from assistent.web.sign_in.person import (
    KEY,
    Person,
    Role,
    acting_for,
    person_of,
    present_groups,
    require,
)
from assistent.web.sign_in.policy import read_policy
from assistent.web.starting import start
from tests.access.world import BASE, World, person_in
from tests.web.fake_assistant import FakeAssistant

PROVIDER = {
    "ASSISTENT_OIDC_UTSTEDER": "https://logginn.example/leietaker/v2.0",
    "ASSISTENT_OIDC_KLIENT": "assistent",
}


def policy_of(**environment: str) -> Any:
    return read_policy(load_settings({**PROVIDER, **environment}))


def test_without_a_provider_nobody_signs_in_on_this_machine() -> None:
    for address in ("127.0.0.1", "::1", "127.1.2.3", "localhost"):
        assert read_policy(load_settings({"ASSISTENT_ADRESSE": address})) is None


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "10.0.0.5", "192.0.2.1", "assistent.example"])
def test_other_machines_are_not_served_without_sign_in(address: str) -> None:
    settings = load_settings({"ASSISTENT_ADRESSE": address})
    for begin in (
        lambda: create_app(FakeAssistant(), settings),
        lambda: start(settings),
    ):
        with pytest.raises(SettingsError, match="ASSISTENT_UTEN_INNLOGGING=ja"):
            begin()


def test_other_machines_are_served_when_that_is_said() -> None:
    said = {"ASSISTENT_ADRESSE": "0.0.0.0", "ASSISTENT_UTEN_INNLOGGING": "ja"}
    assert read_policy(load_settings(said)) is None


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ({"ASSISTENT_OIDC_KLIENT": ""}, "ASSISTENT_OIDC_KLIENT"),
        ({"ASSISTENT_OIDC_UTSTEDER": ""}, "ASSISTENT_OIDC_UTSTEDER"),
        ({"ASSISTENT_UTEN_INNLOGGING": "ja"}, "ASSISTENT_UTEN_INNLOGGING"),
        ({"ASSISTENT_ADRESSE": "0.0.0.0"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_UTADRESSE": "http://assistent.example"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_UTADRESSE": "assistent.example"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_UTADRESSE": "https://assistent.example/sti"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_UTADRESSE": "https://a:b@assistent.example"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_UTADRESSE": "https://assistent.example:x"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_UTADRESSE": "https://"}, "ASSISTENT_UTADRESSE"),
        ({"ASSISTENT_OIDC_UTSTEDER": "http://logginn.example"}, "ASSISTENT_OIDC_UTSTEDER"),
        ({"ASSISTENT_OIDC_UTSTEDER": "logginn"}, "ASSISTENT_OIDC_UTSTEDER"),
        ({"ASSISTENT_OIDC_UTSTEDER": "https://l.example?a=b"}, "ASSISTENT_OIDC_UTSTEDER"),
        ({"ASSISTENT_PROXYER": "*"}, "ASSISTENT_PROXYER"),
        ({"ASSISTENT_PROXYER": "proxy.example"}, "ASSISTENT_PROXYER"),
        ({"ASSISTENT_PROXYER": "10.0.0.1, 10.0.0.300"}, "ASSISTENT_PROXYER"),
    ],
)
def test_what_contradicts_itself_is_said_with_its_name(
    environment: dict[str, str], names: str
) -> None:
    with pytest.raises(SettingsError, match=names):
        policy_of(**environment)


@pytest.mark.parametrize(
    "name",
    [
        "ASSISTENT_OIDC_HEMMELIGHET",
        "ASSISTENT_GRUPPER_ANSATT",
        "ASSISTENT_GRUPPER_REDAKTOER",
        "ASSISTENT_GRUPPER_DRIFT",
    ],
)
def test_what_only_sign_in_uses_is_a_slip_without_it(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} er satt, men ikke ASSISTENT_OIDC_UTSTEDER"):
        read_policy(load_settings({name: "x"}))


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ({}, "http://127.0.0.1:7860"),
        ({"ASSISTENT_ADRESSE": "::1", "ASSISTENT_PORT": "80"}, "http://[::1]:80"),
        ({"ASSISTENT_UTADRESSE": "https://A.example:443/"}, "https://a.example"),
        ({"ASSISTENT_UTADRESSE": "https://a.example:8443"}, "https://a.example:8443"),
        ({"ASSISTENT_UTADRESSE": "http://localhost:80"}, "http://localhost"),
    ],
)
def test_where_people_come_back_to_is_known(given: dict[str, str], base: str) -> None:
    policy = policy_of(**given)
    assert policy.base == base
    assert policy.secure == base.startswith("https")


def test_groups_give_roles_as_the_settings_say() -> None:
    policy = policy_of(ASSISTENT_GRUPPER_REDAKTOER="red, komm", ASSISTENT_GRUPPER_DRIFT=" drift ,")
    assert policy.roles(frozenset()) == {Role.STAFF}
    assert policy.roles(frozenset({"komm"})) == {Role.STAFF, Role.EDITOR}
    assert policy.roles(frozenset({"drift", "red"})) == frozenset(Role)
    only = policy_of(ASSISTENT_GRUPPER_ANSATT="alle", ASSISTENT_GRUPPER_DRIFT="drift")
    assert only.roles(frozenset({"drift"})) == frozenset()
    assert only.roles(frozenset({"drift", "alle"})) == {Role.STAFF, Role.OPERATOR}


def test_sign_in_without_a_place_for_sessions_does_not_start() -> None:
    with pytest.raises(ValueError, match="database"):
        create_app(FakeAssistant(), load_settings(PROVIDER))


def test_nobody_is_believed_to_be_a_proxy_unless_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")
    app = FastAPI()
    plain = server_config(app, load_settings({}))
    assert (plain.proxy_headers, plain.forwarded_allow_ips) == (False, [])
    named = server_config(app, load_settings({"ASSISTENT_PROXYER": "10.0.0.2, 10.1.0.0/16"}))
    assert (named.proxy_headers, named.forwarded_allow_ips) == (True, ["10.0.0.2", "10.1.0.0/16"])


def scope_from(client: str, host: str, **headers: str) -> dict[str, Any]:
    given = {"host": host, **headers}
    return {
        "type": "http",
        "client": (client, 4000),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }


@pytest.mark.parametrize(
    ("client", "host"),
    [("127.0.0.1", "127.0.0.1:7860"), ("::1", "[::1]:7860"), ("127.0.0.1", "localhost")],
)
def test_at_this_machine_one_has_every_role_and_no_group(client: str, host: str) -> None:
    person = local_person(scope_from(client, host))
    assert (person.roles, person.groups, person.signed_in) == (frozenset(Role), frozenset(), False)


@pytest.mark.parametrize(
    ("client", "host", "headers"),
    [
        ("10.0.0.7", "127.0.0.1:7860", {}),
        ("127.0.0.1", "assistent.example", {}),
        ("127.0.0.1", "127.0.0.1.ond.example:7860", {}),
        ("127.0.0.1", "", {}),
        ("127.0.0.1", "127.0.0.1", {"x-forwarded-for": "10.0.0.7"}),
        ("127.0.0.1", "127.0.0.1", {"forwarded": "for=10.0.0.7"}),
        ("127.0.0.1", "127.0.0.1", {"x-real-ip": "127.0.0.1"}),
        ("127.0.0.1", "127.0.0.1", {"via": "1.1 nginx"}),
    ],
)
def test_anybody_else_is_staff(client: str, host: str, headers: dict[str, str]) -> None:
    assert local_person(scope_from(client, host, **headers)).roles == {Role.STAFF}


# --- Roles reach the pages -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def page_for_editors(world: World) -> Iterator[World]:
    """The app with one more page, which needs a role."""

    @world.app.get("/redaksjon-prøve")
    def page(person: Person = Depends(require(Role.EDITOR))) -> str:  # noqa: B008
        return person.name

    routes = world.app.router.routes
    routes.insert(0, routes.pop())  # before Gradio, which takes every address
    yield world
    del routes[0]


def test_a_page_that_needs_a_role_is_for_those_who_have_it(page_for_editors: World) -> None:
    expected = {("redaksjon",): 200, (): 403, ("drift",): 403}
    for groups, status in expected.items():
        with page_for_editors.client(*groups) as client:
            response = client.get("/redaksjon-prøve")
        assert response.status_code == status
        if status == 403:
            assert "Du har ikke tilgang" in response.text
            assert "kommunikasjonsstaben" in response.text
    with page_for_editors.client(signed_in=False) as client:
        assert client.get("/redaksjon-prøve").status_code == 401


def test_what_is_computed_for_nobody_sees_what_is_open_to_all() -> None:
    assert present_groups() == frozenset()
    with acting_for(person_in("ledelsen")):
        assert present_groups() == {"ledelsen"}
        with acting_for(None):
            assert present_groups() == frozenset()
    assert present_groups() == frozenset()


def test_only_the_gate_can_name_a_person() -> None:
    assert person_of({"type": "http", KEY: {"roles": ["drift"]}}) is None


def test_with_a_public_address_other_hosts_are_refused_without_sign_in_too() -> None:
    settings = load_settings({"ASSISTENT_UTADRESSE": "https://assistent.example"})
    with TestClient(create_app(FakeAssistant(), settings), base_url=BASE) as client:
        assert client.get("/om").status_code == 421
        assert client.get("/om", headers={"Host": "assistent.example"}).status_code == 200
        assert client.get("/helse/live").status_code != 421
