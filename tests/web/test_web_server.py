import socket
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistent.errors import AssistantError
from assistent.settings import Settings, load_settings
from assistent.web.security import BODY_LIMIT
from assistent.web.server import create_app, serve
from assistent.web.shell import rewritten
from assistent.web.theme import CONTRASTS, DARK, LIGHT
from tests.web.fake_assistant import STRATEGY, FakeAssistant


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeAssistant(), load_settings({}))) as running:
        yield running


def test_the_start_page_is_norwegian_and_readable_before_any_script(client: TestClient) -> None:
    page = client.get("/").text
    assert '<html\n\tlang="nb"' in page
    assert "Kommunikasjonsassistenten" in page
    assert "KI-assistent" in page
    assert 'href="./om"' in page
    assert 'role="status"' in page
    assert "<noscript>" in page


def test_the_start_page_names_no_other_host(client: TestClient) -> None:
    page = client.get("/").text
    head = page[: page.index("window.gradio_config")] + page[page.index("</script>") :]
    assert "gradio.app" not in head.replace("window.gradio_api_info", "")
    assert "githubusercontent" not in page
    assert "huggingface" not in head


def test_each_script_of_the_start_page_has_the_nonce_of_its_response(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/")
    nonces = set()
    for response in (first, second):
        policy = response.headers["Content-Security-Policy"]
        nonce = policy.split("'nonce-")[1].split("'")[0]
        assert response.text.count("<script") == response.text.count(f'<script nonce="{nonce}"')
        nonces.add(nonce)
        script = policy.split("script-src")[1].split(";")[0]
        assert "'unsafe-inline'" not in script
        assert "default-src 'self'" in policy
    assert len(nonces) == 2


def test_only_the_start_page_is_rewritten() -> None:
    assert rewritten("<html><script>", nonce="x") == "<html><script>"


@pytest.mark.parametrize("path", ["/", "/om", f"/kilde/{STRATEGY}", "/finnes-ikke", "/theme.css"])
def test_every_response_carries_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/om", f"/kilde/{STRATEGY}", "/finnes-ikke"])
def test_our_own_pages_have_the_strict_policy(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for inline in ("<script", "<style", " style=", " onclick="):
        assert inline not in response.text


CLOSED = [
    ("POST", "/gradio_api/upload"),
    ("GET", "/gradio_api/upload_progress?upload_id=1"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/openapi.json"),
    ("GET", "/gradio_api/runs"),
    ("POST", "/gradio_api/run-history/connect"),
    ("GET", "/gradio_api/file=/etc/passwd"),
    ("GET", "/gradio_api/proxy=https://example.org/"),
    ("POST", "/gradio_api/run/predict"),
    ("POST", "/gradio_api/api/predict"),
    ("POST", "/gradio_api/call/predict"),
    ("POST", "/gradio_api/component_server"),
    ("POST", "/gradio_api/vibe-edit"),
    ("POST", "/gradio_api/process_recording"),
    ("GET", "/gradio_api/deep_link"),
    ("GET", "/?deep_link=abc"),
    ("GET", "/gradio_api/user"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/dev/reload"),
    ("GET", "/gradio_api/profiling/summary"),
    ("GET", "/config"),
    ("GET", "/monitoring"),
    ("GET", "/monitoring/summary"),
    ("POST", "/login"),
    ("GET", "/logout"),
    ("GET", "/pwa_icon"),
    ("GET", "/docs"),
    ("GET", "/openapi.json"),
    ("GET", "//gradio_api/info"),
    ("GET", "/gradio_api/queue/../info"),
    ("PUT", "/gradio_api/queue/join"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_what_the_page_does_not_need_is_closed(client: TestClient, method: str, path: str) -> None:
    response = client.request(method, path)
    assert response.status_code == 404
    assert "Fant ikke siden" in response.text


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    large = b'{"data": ["' + b"x" * BODY_LIMIT + b'"]}'
    headers = {"Content-Type": "application/json"}
    refused = client.post("/gradio_api/queue/join", content=large, headers=headers)
    assert refused.status_code == 413
    in_parts = client.post(
        "/gradio_api/queue/join", content=iter([large[:40_000], large[40_000:]]), headers=headers
    )
    assert in_parts.status_code == 413


def test_the_page_knows_no_way_to_call_the_handlers_from_outside(client: TestClient) -> None:
    page = client.get("/").text
    described = page[page.index("window.gradio_api_info") :].split("</script>")[0]
    assert '"named_endpoints":{}' in described


def test_hashed_assets_are_kept_by_the_browser(client: TestClient) -> None:
    page = client.get("/").text
    asset = page.split('src="./assets/')[1].split('"')[0]
    assert "immutable" in client.get(f"/assets/{asset}").headers["Cache-Control"]
    assert "immutable" not in client.get("/assets/none.js").headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", f"/kilde/{STRATEGY}", "/ressurser/felles.css"])
def test_pages_travel_compressed(client: TestClient, path: str) -> None:
    assert client.get(path).headers["Content-Encoding"] == "gzip"


def test_manifest_and_icons_are_ours(client: TestClient) -> None:
    manifest = client.get("/manifest.json").json()
    assert manifest["lang"] == "nb"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200
    assert client.get("/ressurser/ikon.svg").status_code == 200


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "needed"), CONTRASTS)
def test_colours_that_meet_have_enough_contrast(
    palette: dict[str, str], front: str, back: str, needed: float
) -> None:
    lighter, darker = sorted((luminance(palette[front]), luminance(palette[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= needed


def test_both_palettes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_a_port_in_use_is_explained_with_the_repair() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        settings = load_settings({"ASSISTENT_PORT": str(port)})
        with pytest.raises(AssistantError, match=f"Port {port} .*i bruk.*ASSISTENT_PORT"):
            serve(create_app(FakeAssistant(), settings), settings)


def test_an_address_that_is_not_ours_is_explained_with_the_repair() -> None:
    open_to_all = {"ASSISTENT_ADRESSE": "192.0.2.1", "ASSISTENT_UTEN_INNLOGGING": "ja"}
    settings = Settings.model_validate(open_to_all)
    app = create_app(FakeAssistant(), settings)
    with pytest.raises(AssistantError, match="ASSISTENT_ADRESSE"):
        serve(app, settings)
