"""Stylesheet and script of the phone page, each one file with a version in its address."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from assistent.web.theme import palette_css

_STATIC = Path(__file__).parent.parent / "static"
_STYLES = ("felles.css", "svar.css", "m.css")
_SCRIPTS = ("m_kort.js", "m_lager.js", "m.js", "m_deling.js", "m_igjen.js")


def _joined(names: tuple[str, ...]) -> str:
    return "".join((_STATIC / name).read_text("utf-8") for name in names)


STYLE = palette_css() + _joined(_STYLES)
# One function around the page's own files, so that they see each other and nobody else does.
SCRIPT = f'{_joined(("svar.js",))}(function () {{\n"use strict";\n{_joined(_SCRIPTS)}}})();\n'
VERSION = sha256((STYLE + SCRIPT).encode()).hexdigest()[:12]
"""Changes whenever one of them does, so that browsers may keep them for a year."""

ADDRESSES = (f"/m/stil.css?v={VERSION}", f"/m/side.js?v={VERSION}")
