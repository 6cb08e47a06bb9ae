"""Our own pages: Jinja templates that escape everything."""

from __future__ import annotations

from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistent import texts_page

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
)


def render(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    """Return a page; every template knows the texts as ``t``."""
    html = _TEMPLATES.get_template(template).render(t=texts_page, **values)
    return HTMLResponse(html, status_code=status)
