"""Manifest, icons and service worker: what makes the page an app."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assistent.errors import SettingsError
from assistent.settings import load_settings
from assistent.web import installable
from assistent.web.installable import ICONS, build_installable
from assistent.web.server import create_app
from tests.web.fake_assistant import EDITION, FakeAssistant

OWN = Path(installable.__file__).parent / "static" / "ikoner"


def app_of(**variables: str) -> TestClient:
    return TestClient(create_app(FakeAssistant(), load_settings(variables)))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with app_of() as running:
        yield running


# --- Manifest and icons --------------------------------------------------------------------------


def test_the_manifest_describes_an_app_of_its_own(client: TestClient) -> None:
    response = client.get("/manifest.json")
    assert response.headers["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert (manifest["lang"], manifest["display"]) == ("nb", "standalone")
    assert manifest["start_url"] == "/m"
    assert len(manifest["short_name"]) <= 13  # a launcher cuts longer ones
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        image = Image.open(BytesIO(client.get(icon["src"]).content))
        assert (image.format, icon["sizes"]) == ("PNG", f"{image.width}x{image.height}")
    for shortcut in manifest["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200


def test_the_page_names_manifest_and_icons_that_exist(client: TestClient) -> None:
    links = re.findall(r'<link rel="[a-z- ]+" href="([^"]+)"', client.get("/m").text)
    assert "/manifest.json" in links
    assert "/ikon/180.png" in links
    for link in links:
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(("name", "size"), ICONS.items())
def test_our_icons_have_the_right_size(name: str, size: int) -> None:
    assert Image.open(OWN / f"{name}.png").size == (size, size)


@pytest.mark.parametrize("name", ["180", "512-maske"])
def test_icons_that_get_cut_have_no_holes(name: str) -> None:
    assert Image.open(OWN / f"{name}.png").convert("RGBA").getextrema()[3] == (255, 255)


def own_icons(folder: Path) -> Path:
    shutil.copytree(OWN, folder)
    Image.new("RGB", (192, 192), "red").save(folder / "192.png")
    return folder


def test_the_municipality_can_have_its_own_icons(tmp_path: Path) -> None:
    folder = own_icons(tmp_path / "ikoner")
    with app_of(ASSISTENT_IKONER=str(folder)) as client:
        assert client.get("/ikon/192.png").content == (folder / "192.png").read_bytes()


def test_a_missing_icon_is_told_at_the_start(tmp_path: Path) -> None:
    folder = own_icons(tmp_path / "ikoner")
    (folder / "512.png").unlink()
    with pytest.raises(SettingsError) as caught:
        build_installable(FakeAssistant(), icons=folder)
    assert str(caught.value).startswith("Innstillingen ASSISTENT_IKONER: fant ikke «")
    assert "512.png" in str(caught.value)
    with pytest.raises(SettingsError):
        build_installable(FakeAssistant(), icons=tmp_path / "finnes-ikke")


@pytest.mark.parametrize("fault", ["no picture", "empty", "another size", "another format"])
def test_an_icon_that_cannot_be_used_is_told_at_the_start(tmp_path: Path, fault: str) -> None:
    folder = own_icons(tmp_path / "ikoner")
    icon = folder / "192.png"
    if fault == "another size":
        Image.new("RGB", (191, 192)).save(icon)
    elif fault == "another format":
        Image.new("RGB", (192, 192)).save(icon, format="JPEG")
    else:
        icon.write_bytes(b"" if fault == "empty" else b"GIF89a tull")
    with pytest.raises(SettingsError, match=r"192\.png» må være et PNG-bilde på 192 × 192 piksler"):
        build_installable(FakeAssistant(), icons=folder)


# --- Service worker ------------------------------------------------------------------------------


def filled(script: str, name: str) -> object:
    found = re.search(rf"^const {name} = (.+);$", script, re.MULTILINE)
    assert found
    return json.loads(found.group(1))


def test_the_worker_may_serve_the_whole_app_and_asks_only_us(client: TestClient) -> None:
    response = client.get("/sw.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Service-Worker-Allowed"] == "/"
    assert response.headers["Cache-Control"] == "no-cache"
    policy = response.headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert "{{" not in response.text.replace("{{…}}", "")
    assert "://" not in response.text


def test_what_the_worker_fetches_beforehand_exists(client: TestClient) -> None:
    script = client.get("/sw.js").text
    shell = filled(script, "SHELL")
    assert {"/m", "/kanal/alle", "/beslutning/alle", "/m/frakoblet"} <= set(shell)
    pages = "".join(client.get(path).text for path in shell if "." not in path)
    for path in shell:
        assert client.get(path).status_code == 200
    # And what those pages need is there as well.
    for address in re.findall(r'(?:rel="stylesheet" href|script src)="([^"]+)"', pages):
        assert address in shell


def test_a_new_edition_makes_the_phone_fetch_everything_again(client: TestClient) -> None:
    store = filled(client.get("/sw.js").text, "STORE")
    assert isinstance(store, str)
    assert store.startswith("assistent-")
    assert store.endswith(EDITION)


def test_the_worker_knows_where_the_app_is_mounted() -> None:
    app = create_app(FakeAssistant(), load_settings({}))
    with TestClient(app, root_path="/assistent") as client:
        script = client.get("/assistent/sw.js")
        assert script.headers["Service-Worker-Allowed"] == "/assistent/"
        assert filled(script.text, "ROOT") == "/assistent"
        manifest = client.get("/assistent/manifest.json").json()
        assert manifest["start_url"] == "/assistent/m"
        assert manifest["icons"][0]["src"].startswith("/assistent/ikon/")
        page = client.get("/assistent/m").text
        for address in re.findall(r'(?:href|src|action)="([^"#]+)"', page):
            assert address.startswith("/assistent/")


def test_the_offline_page_leads_to_what_is_stored(client: TestClient) -> None:
    page = client.get("/m/frakoblet").text
    for path in ("/m", "/kanal/alle", "/beslutning/alle"):
        assert f'href="{path}"' in page
