"""Signing in with a real provider, and with one that lies."""

from __future__ import annotations

import base64
import hmac
import logging
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from joserfc.jwk import RSAKey

from assistent.database import open_database
from assistent.sessions import Sessions
from assistent.settings import load_settings
from assistent.web.server import create_app
from assistent.web.sign_in.provider import Provider
from tests.access.providers import (
    CLIENT,
    Claims,
    LyingProvider,
    honest_provider,
    lying_provider,
    register,
    way_back,
    way_in,
)
from tests.access.world import BASE
from tests.web.fake_assistant import FakeAssistant

SECRET = "en-hemmelighet"


@pytest.fixture(scope="module")
def honest() -> Iterator[str]:
    with honest_provider() as issuer:
        register(issuer, "kim", name="Kim Ansatt", groups=["alle"])
        register(issuer, "red", name="Ré Daktør", groups=["alle", "redaksjon"])
        register(issuer, "gjest", name="En Gjest", groups=["gjester"])
        register(issuer, "rar", name="<b>Kim</b>", groups="alle")
        yield issuer


@pytest.fixture(scope="module")
def liars() -> Iterator[LyingProvider]:
    with lying_provider() as provider:
        yield provider


@pytest.fixture
def liar(liars: LyingProvider) -> LyingProvider:
    liars.reset()
    return liars


def browser_of(issuer: str, folder: Path, base: str = BASE, **more: str) -> TestClient:
    """Return a browser at the app, which is set up for a provider."""
    settings = load_settings(
        {
            "ASSISTENT_DATABASE": f"sqlite:///{folder / 'assistent.db'}",
            "ASSISTENT_OIDC_UTSTEDER": issuer,
            "ASSISTENT_OIDC_KLIENT": CLIENT,
            "ASSISTENT_OIDC_HEMMELIGHET": SECRET,
            "ASSISTENT_KONTAKT": "kommunikasjonsstaben",
            **more,
        }
    )
    database = open_database(settings.database.get_secret_value())
    app = create_app(FakeAssistant(), settings, database=database)
    return TestClient(app, base_url=base, follow_redirects=False, headers={"Origin": base})


@pytest.fixture
def browser(honest: str, tmp_path: Path) -> Iterator[TestClient]:
    with browser_of(honest, tmp_path, ASSISTENT_GRUPPER_ANSATT="alle, redaksjon") as client:
        yield client


@pytest.fixture
def deceived(liar: LyingProvider, tmp_path: Path) -> Iterator[TestClient]:
    """A browser at the app behind which the lying provider stands."""
    with browser_of(liar.issuer, tmp_path) as client:
        yield client


def cookies(client: TestClient) -> set[str]:
    return {cookie.name for cookie in client.cookies.jar}


# --- With a provider that keeps its word ---------------------------------------------------------


def test_one_signs_in_looks_around_and_leaves(browser: TestClient, honest: str) -> None:
    assert browser.get("/om", headers={"Accept": "text/html"}).headers["Location"] == "/inn?til=/om"
    address = way_in(browser, "/om")
    query = parse_qs(urlsplit(address).query)
    assert query["redirect_uri"] == [f"{BASE}/inn/tilbake"]
    assert query["response_type"] == ["code"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["nonce"][0]) >= 43
    back = browser.get(way_back(address, "kim"))
    assert (back.status_code, back.headers["Location"]) == (303, "/om")
    assert "Logget inn som Kim Ansatt" in browser.get("/m").text
    token = browser.cookies["assistent"]
    left = browser.post("/ut")
    assert f"{honest}/oauth2/end_session?client_id={CLIENT}&amp;post_logout" in left.text
    # A page that leaves after a while leaves before some have read it.
    assert '<meta http-equiv="refresh" content="0; url=' in left.text
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert cookies(browser) == set()
    again = browser.get("/om", headers={"Cookie": f"assistent={token}"})
    assert again.status_code == 401


def test_who_is_in_no_group_of_staff_is_told_whom_to_ask(browser: TestClient) -> None:
    response = browser.get(way_back(way_in(browser), "gjest"))
    assert response.status_code == 403
    assert "kommunikasjonsstaben" in response.text
    assert "assistent" not in cookies(browser)
    # The provider remembers who this is; only from there does anybody else come in.
    assert "/oauth2/end_session?" in response.text


def test_a_name_is_shown_as_text(browser: TestClient) -> None:
    browser.get(way_back(way_in(browser), "rar"))
    for address in ("/", "/m"):
        page = browser.get(address).text
        assert "&lt;b&gt;Kim&lt;/b&gt;" in page
        assert "<b>Kim" not in page


def test_the_session_is_new_whatever_the_browser_had(browser: TestClient) -> None:
    browser.get(way_back(way_in(browser), "kim"))
    former = browser.cookies["assistent"]
    browser.get(way_back(way_in(browser), "red"))
    assert browser.cookies["assistent"] != former
    assert browser.get("/om", headers={"Cookie": f"assistent={former}"}).status_code == 401


def test_two_tabs_may_sign_in_at_once(browser: TestClient) -> None:
    one, other = way_in(browser, "/kanal"), way_in(browser, "/om")
    for address, target in ((other, "/om"), (one, "/kanal")):
        assert browser.get(way_back(address, "kim")).headers["Location"] == target


def test_a_way_back_is_good_once(browser: TestClient) -> None:
    address = way_back(way_in(browser), "kim")
    assert browser.get(address).status_code == 303
    again = browser.get(address)
    assert again.status_code == 400
    assert "Prøv å logge inn på nytt" in again.text


def test_another_browser_cannot_be_signed_in_by_a_link(
    browser: TestClient, honest: str, tmp_path: Path
) -> None:
    address = way_back(way_in(browser), "kim")
    with browser_of(honest, tmp_path) as victim:
        assert victim.get(address).status_code == 400
        way_in(victim)
        assert victim.get(address).status_code == 400
        assert "assistent" not in cookies(victim)


@pytest.mark.parametrize("state", ["", "x", "A" * 43, "æ" * 43, "A" * 5000, "' OR 1=1 --"])
def test_a_state_that_is_not_ours_leads_nowhere(browser: TestClient, state: str) -> None:
    way_in(browser)
    response = browser.get("/inn/tilbake", params={"code": "kode", "state": state})
    assert response.status_code == 400


def test_who_declines_is_told_so_and_nothing_of_the_provider_is_repeated(
    browser: TestClient,
) -> None:
    state = parse_qs(urlsplit(way_in(browser)).query)["state"][0]
    said = {"error": "access_denied", "error_description": "<script>", "state": state}
    response = browser.get("/inn/tilbake", params=said)
    assert response.status_code == 403
    assert "script" not in response.text


def test_with_https_the_cookies_are_for_this_host_alone(honest: str, tmp_path: Path) -> None:
    base = "https://assistent.example"
    with browser_of(honest, tmp_path, base, ASSISTENT_UTADRESSE=f"{base}/") as client:
        address = way_in(client)
        assert parse_qs(urlsplit(address).query)["redirect_uri"] == [f"{base}/inn/tilbake"]
        back = client.get(way_back(address, "kim"))
    for cookie in back.headers.get_list("set-cookie"):
        assert cookie.startswith("__Host-assistent")
        for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert part in cookie
        assert "Domain" not in cookie


def test_a_form_of_ours_is_led_on_by_a_page(browser: TestClient) -> None:
    response = browser.get("/inn", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 200
    assert '<meta http-equiv="refresh"' in response.text
    assert "<script" not in response.text


TARGETS = (
    "//ond.example",
    "///ond.example",
    "/\\ond.example",
    "\\\\ond.example",
    "/\t/ond.example",
    "/\n/ond.example",
    "https://ond.example",
    "http:ond.example",
    "https:/ond.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "ond.example",
    "@ond.example",
    " //ond.example",
    "/ /ond.example",
    "/%09/ond.example\x00",
    "",
    "?x=//ond.example",
    "#//ond.example",
    "/om\r\nSet-Cookie: a=b",
    "/" + "a" * 3000,
    "/ut",
    "/inn?til=/om",
    "/inn/tilbake?code=x",
    "/\u2028/ond.example\\",
)


@pytest.mark.parametrize("target", TARGETS)
def test_signing_in_never_leads_to_another_site(browser: TestClient, target: str) -> None:
    back = browser.get(way_back(way_in(browser, target), "kim"))
    assert back.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/kilde/a/b.md?fra=1&til=2", "/kilde/a/b.md?fra=1&til=2"),
        ("/kanal?maalgruppe=ansatte", "/kanal?maalgruppe=ansatte"),
        ("/m?q=Kari+Nordmann+01017012345", "/m"),
        ("/?visning=full", "/"),
        ("/api/finn?question=noe", "/api/finn"),
    ],
)
def test_signing_in_leads_where_one_wanted_to_go_without_the_question(
    browser: TestClient, target: str, shown: str, tmp_path: Path
) -> None:
    address = way_in(browser, target)
    for file in tmp_path.glob("assistent.db*"):
        assert b"01017012345" not in file.read_bytes()
    assert browser.get(way_back(address, "kim")).headers["Location"] == shown


def test_a_question_in_an_address_is_not_carried_along(browser: TestClient) -> None:
    response = browser.get("/m?q=01017012345", headers={"Accept": "text/html"})
    assert response.headers["Location"] == "/inn?til=/m"


def test_no_token_ends_up_on_disk_or_in_a_log(
    browser: TestClient, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="assistent")
    address = way_in(browser)
    state = parse_qs(urlsplit(address).query)["state"][0]
    mark = browser.cookies["assistent-inn"]
    browser.get(way_back(address, "kim"))
    secrets = (browser.cookies["assistent"], state, mark, SECRET)
    stored = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    said = "".join(r.getMessage() for r in caplog.records if r.name.startswith("assistent"))
    for secret in secrets:
        assert secret.encode() not in stored
        assert secret not in said


# --- With a provider that lies -------------------------------------------------------------------


def come_back(client: TestClient, liar: LyingProvider) -> int:
    """Sign in as far as it goes and return the status of coming back."""
    response = client.get(liar.expect(way_in(client)))
    signed_in = "assistent" in cookies(client)
    assert signed_in == (response.status_code == 303)
    return response.status_code


def test_what_the_others_are_measured_against_is_let_in(
    deceived: TestClient, liar: LyingProvider
) -> None:
    assert come_back(deceived, liar) == 303
    assert liar.asked[0]["redirect_uri"] == f"{BASE}/inn/tilbake"


def test_without_a_secret_the_client_names_itself(liar: LyingProvider, tmp_path: Path) -> None:
    with browser_of(liar.issuer, tmp_path, ASSISTENT_OIDC_HEMMELIGHET="") as client:
        assert come_back(client, liar) == 303
    assert liar.asked[0]["client_id"] == CLIENT
    assert "client_secret" not in liar.asked[0]


def changed(**values: object) -> Callable[[Claims], Claims]:
    return lambda claims: {**claims, **values}


def without(name: str) -> Callable[[Claims], Claims]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


LIES: dict[str, Callable[[Claims], Claims]] = {
    "another issuer": changed(iss="https://ond.example"),
    "an issuer with a slash": lambda claims: {**claims, "iss": claims["iss"] + "/"},
    "a list of issuers": lambda claims: {**claims, "iss": [claims["iss"]]},
    "another audience": changed(aud="annen"),
    "a list with another audience": changed(aud=["annen"]),
    "two audiences without a party": changed(aud=[CLIENT, "annen"]),
    "two audiences and another party": changed(aud=[CLIENT, "annen"], azp="annen"),
    "another party": changed(azp="annen"),
    "an expired token": changed(exp=int(time.time()) - 600),
    "an expiry that is text": changed(exp="9999999999"),
    "an expiry that is true": changed(exp=True),
    "a token from tomorrow": changed(iat=int(time.time()) + 86_400),
    "a token not valid yet": changed(nbf=int(time.time()) + 86_400),
    "another nonce": changed(nonce="x" * 43),
    "an empty nonce": changed(nonce=""),
    "a nonce that is no text": changed(nonce=1),
    "an empty subject": changed(sub=""),
    "a subject that is a number": changed(sub=7),
    "a long subject": changed(sub="x" * 300),
    **{f"no {name}": without(name) for name in ("iss", "sub", "aud", "exp", "iat", "nonce")},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_false_claim_is_refused(deceived: TestClient, liar: LyingProvider, lie: str) -> None:
    liar.claims = LIES[lie]
    assert come_back(deceived, liar) == 403


@pytest.mark.parametrize("seconds", [-50, 50])
def test_clocks_may_differ_by_less_than_a_minute(
    deceived: TestClient, liar: LyingProvider, seconds: int
) -> None:
    now = int(time.time())
    times = {"exp": now + seconds, "iat": now + seconds} if seconds > 0 else {"exp": now + seconds}
    liar.claims = changed(**times)
    assert come_back(deceived, liar) == 303


def none_signed(token: str) -> str:
    header = encoded(b'{"alg":"none"}')
    return f"{header}.{token.split('.')[1]}."


def signed_with_the_public_key(liar: LyingProvider) -> Callable[[str], str]:
    """The old trick: a public key is known to all, so let it be the shared secret."""

    def sign(token: str) -> str:
        header = encoded(b'{"alg":"HS256","kid":"en"}')
        signed = f"{header}.{token.split('.')[1]}"
        digest = hmac.digest(liar.key.as_pem(private=False), signed.encode(), "sha256")
        return f"{signed}.{encoded(digest)}"

    return sign


def encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def test_a_token_without_a_proper_signature_is_refused(
    deceived: TestClient, liar: LyingProvider
) -> None:
    forged: list[Callable[[str], object]] = [
        none_signed,
        signed_with_the_public_key(liar),
        lambda token: token[:-4] + "AAAA",
        lambda token: token.rsplit(".", 1)[0] + ".",
        lambda token: token.split(".")[1],
        lambda token: "",
        lambda token: "a.b.c",
        lambda token: "æ",
        lambda token: {"token": token},
        lambda token: [token],
        lambda token: 5,
        lambda token: None,
        lambda token: "e30.e30.e30",
        lambda token: token + ".x",
    ]
    for number, whole in enumerate(forged):
        liar.reset()
        liar.whole = whole
        assert come_back(deceived, liar) == 403, number


def test_a_key_that_is_not_published_is_refused_and_one_that_is_new_is_fetched(
    deceived: TestClient, liar: LyingProvider
) -> None:
    assert come_back(deceived, liar) == 303
    deceived.post("/ut")
    new = RSAKey.generate_key(2048, parameters={"kid": "to", "use": "sig"})
    liar.signing, liar.header = new, {"alg": "RS256", "kid": "to"}
    assert come_back(deceived, liar) == 403
    assert liar.key_requests == 1  # fetched less than a minute ago
    liar.header = {"alg": "RS256", "kid": "en"}
    assert come_back(deceived, liar) == 403


def test_new_keys_are_fetched_when_a_minute_has_passed(
    liar: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = 0.0
    monkeypatch.setattr(
        "assistent.web.server.Provider", lambda policy: Provider(policy, clock=lambda: passed)
    )
    with browser_of(liar.issuer, tmp_path) as client:
        assert come_back(client, liar) == 303
        client.post("/ut")
        new = RSAKey.generate_key(2048, parameters={"kid": "to", "use": "sig"})
        liar.signing, liar.header = new, {"alg": "RS256", "kid": "to"}
        liar.published = [liar.key, new]
        passed = 61.0
        assert come_back(client, liar) == 303


@pytest.mark.parametrize("status", [400, 401, 500, 502])
def test_a_code_that_is_not_good_lets_nobody_in(
    deceived: TestClient, liar: LyingProvider, status: int
) -> None:
    liar.token_status = status
    assert come_back(deceived, liar) == (503 if status >= 500 else 403)


def test_the_verifier_proves_who_began(deceived: TestClient, liar: LyingProvider) -> None:
    back = liar.expect(way_in(deceived))
    liar.challenge = "x"
    assert deceived.get(back).status_code == 403


def test_an_answer_of_another_provider_is_refused(
    deceived: TestClient, liar: LyingProvider
) -> None:
    back = liar.expect(way_in(deceived))
    assert deceived.get(f"{back}&iss=https://ond.example").status_code == 403


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://ond.example"},
        {"authorization_endpoint": "http://ond.example/inn"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"token_endpoint": "http://ond.example/bytt"},
        {"token_endpoint": None},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_provider_that_describes_itself_wrongly_is_down(
    deceived: TestClient, liar: LyingProvider, described: Claims
) -> None:
    liar.description = described
    response = deceived.get("/inn")
    assert response.status_code == 503
    assert "Innloggingen virker ikke akkurat nå" in response.text


def test_a_provider_that_is_down_is_said_with_what_to_do(tmp_path: Path) -> None:
    with browser_of("http://127.0.0.1:1", tmp_path) as client:
        response = client.get("/inn")
    assert response.status_code == 503
    assert "Vent noen minutter" in response.text
    assert "Prøv å logge inn på nytt" in response.text


@pytest.mark.parametrize("groups", [["alle"], "alle"])
def test_groups_give_roles(liar: LyingProvider, tmp_path: Path, groups: object) -> None:
    liar.claims = changed(roller=groups)
    more = {"ASSISTENT_OIDC_GRUPPEFELT": "roller", "ASSISTENT_GRUPPER_ANSATT": "alle"}
    with browser_of(liar.issuer, tmp_path, **more) as client:
        assert come_back(client, liar) == 303


@pytest.mark.parametrize(
    "more",
    [
        {"groups": {"alle": True}},
        {"groups": [["alle"], 1, None]},
        {"groups": None},
        {"_claim_names": {"groups": "src1"}},
        {"groups": "alle "},
    ],
)
def test_groups_that_cannot_be_read_give_nothing(
    liar: LyingProvider, tmp_path: Path, more: Claims
) -> None:
    liar.claims = changed(**more)
    with browser_of(liar.issuer, tmp_path, ASSISTENT_GRUPPER_ANSATT="alle") as client:
        assert come_back(client, liar) == 403


def test_a_session_ends_by_itself(
    liar: LyingProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    monkeypatch.setattr(
        "assistent.web.sign_in.building.Sessions", partial(Sessions, now=lambda: now)
    )
    with browser_of(liar.issuer, tmp_path) as client:
        assert come_back(client, liar) == 303
        assert client.get("/om").status_code == 200
        now += timedelta(hours=3)
        assert client.get("/om").status_code == 401


def test_without_the_database_nobody_comes_in(liar: LyingProvider, tmp_path: Path) -> None:
    with browser_of(liar.issuer, tmp_path) as client:
        assert come_back(client, liar) == 303
        for file in tmp_path.glob("assistent.db*"):
            file.write_bytes(b"ikke en database" * 4000)
        page = client.get("/om", headers={"Accept": "text/html"})
        assert page.status_code == 503
        assert "Vent noen minutter" in page.text
        assert client.get("/api/kilder").status_code == 500
        assert client.get("/inn").status_code == 503
