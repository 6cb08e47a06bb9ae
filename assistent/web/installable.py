"""What makes the page an app on the phone: manifest, icons and service worker."""

from __future__ import annotations

import json
import struct
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

from assistent import texts_overview, texts_page, texts_phone, texts_tools
from assistent.answering import Assistant
from assistent.errors import SettingsError
from assistent.settings import variable_names
from assistent.web.phone import assets
from assistent.web.rendering import render
from assistent.web.security import PHONE_POLICY
from assistent.web.theme import LIGHT

ICONS = {"180": 180, "192": 192, "512": 512, "512-maske": 512}
"""Pixels of each icon; 180 is what iPhones ask for, the mask has room around the mark."""
_IN_MANIFEST = {"192": "any", "512": "any", "512-maske": "maskable"}
_STATIC = Path(__file__).parent / "static"
_OWN_ICONS = _STATIC / "ikoner"
_PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
# What is there without a network from the first visit on.
_PAGES = ("/m", "/kanal", "/beslutning", "/m/frakoblet", "/kanal/alle", "/beslutning/alle")
_STYLES = tuple(f"/ressurser/{name}.css" for name in ("farger", "felles", "verktoy"))


def build_installable(assistant: Assistant, *, icons: Path | None = None) -> APIRouter:
    """Return the routes of manifest, icons and service worker.

    Args:
        assistant: its edition decides when a phone's copies are out of date.
        icons: a folder with the municipality's own icons; None for our neutral mark.

    Raises:
        SettingsError: an icon is missing or cannot be used.
    """
    router = APIRouter()
    folder = _OWN_ICONS if icons is None else icons
    for name, size in ICONS.items():
        _require_icon(folder / f"{name}.png", size)

    @router.get("/manifest.json")
    def manifest(request: Request) -> Response:
        content = _manifest(request.scope.get("root_path", ""))
        return JSONResponse(content, media_type="application/manifest+json")

    for name in ICONS:
        path = folder / f"{name}.png"

        def icon(path: Path = path) -> Response:
            return FileResponse(path, media_type="image/png")

        router.add_api_route(f"/ikon/{name}.png", icon, methods=["GET"])

    worker = (_STATIC / "sw.js").read_text("utf-8")
    files = sorted(_STATIC.glob("*.css")) + sorted(_STATIC.glob("*.js"))
    content = sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]

    @router.get("/sw.js")
    def service_worker(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        filled = {
            # A new edition makes every copy old, so that the phone fetches all of them again.
            '"assistent-{{version}}"': f"assistent-{content}-{assistant.edition}",
            "{{root}}": root,
            "{{words}}": _WORDS,
            "{{shell}}": [*_PAGES, *assets.ADDRESSES, *_STYLES],
        }
        script = worker
        for key, value in filled.items():
            script = script.replace(key, json.dumps(value, ensure_ascii=False))
        # A worker may fetch only what the policy of its own script allows.
        headers = {
            "Cache-Control": "no-cache",
            "Content-Security-Policy": PHONE_POLICY,
            "Service-Worker-Allowed": f"{root}/",
        }
        return Response(script, media_type="text/javascript", headers=headers)

    @router.get("/m/frakoblet", response_class=HTMLResponse)
    def offline(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        return render("frakoblet.html", root=root, p=texts_phone, o=texts_overview)

    return router


_WORDS = {
    "copy": texts_phone.OFFLINE_COPY,
    "/kanal/alle": texts_phone.OFFLINE_ALL_CHANNELS,
    "/beslutning/alle": texts_phone.OFFLINE_ALL_DUTIES,
}


def _manifest(root: str) -> dict[str, object]:
    shortcuts = {texts_tools.TO_CHANNEL: "/kanal", texts_tools.TO_DECISION: "/beslutning"}
    return {
        "id": f"{root}/m",
        "name": texts_page.PAGE_TITLE,
        "short_name": texts_phone.INSTALL_NAME,
        "description": texts_phone.INTRO,
        "lang": "nb",
        "dir": "ltr",
        "start_url": f"{root}/m",
        "scope": f"{root}/",
        "display": "standalone",
        "background_color": LIGHT["background"],
        "theme_color": LIGHT["background"],
        "icons": [
            {
                "src": f"{root}/ikon/{name}.png",
                "sizes": f"{ICONS[name]}x{ICONS[name]}",
                "type": "image/png",
                "purpose": purpose,
            }
            for name, purpose in _IN_MANIFEST.items()
        ],
        "shortcuts": [{"name": name, "url": f"{root}{path}"} for name, path in shortcuts.items()],
    }


def _require_icon(path: Path, size: int) -> None:
    """Raise SettingsError unless the file begins as a square PNG of ``size`` pixels does."""
    variable = variable_names()["icons"]
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_PNG) + 8)
    except OSError as error:
        raise SettingsError(texts_phone.icon_missing(variable, str(path))) from error
    if beginning != _PNG + struct.pack(">II", size, size):
        raise SettingsError(texts_phone.icon_unusable(variable, str(path), size))
