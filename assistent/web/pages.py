"""The pages beside the chat: the source viewer, «Slik virker den», and the 404 page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import quote as percent_encoded

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from markupsafe import Markup

from assistent import texts
from assistent.answering import Assistant
from assistent.types import Document
from assistent.web.answer_html import standing_badge
from assistent.web.rendering import render
from assistent.web.theme import LIGHT, palette_css
from assistent.web.viewer import facts, quoted_span, shown_groups


def build_pages(
    assistant: Assistant, *, contact: str, today: Callable[[], date] = date.today
) -> APIRouter:
    """Return the routes of the pages that are not the chat."""
    router = APIRouter()

    @router.get("/kilde/{path:path}", response_class=HTMLResponse)
    def source(
        request: Request, path: str, fra: str | None = None, til: str | None = None
    ) -> Response:
        document = assistant.document(path)
        if document is None:
            return not_found(request.scope.get("root_path", ""))
        titles = {each.info.path: each.info.title for each in assistant.documents()}
        return _viewer_page(request, document, titles, fra=fra, til=til, today=today())

    @router.get("/om", response_class=HTMLResponse)
    def about(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        day = today()
        rows = [
            (
                f"{root}/kilde/{percent_encoded(each.info.path)}",
                each.info.title,
                Markup(standing_badge(each.info.standing_on(day))),
            )
            for each in assistant.documents()
        ]
        ask = texts.ABOUT_ASK.format(contact=contact)
        return render("about.html", root=root, ask=ask, documents=rows)

    @router.get("/ressurser/farger.css")
    def colours() -> Response:
        return Response(palette_css(), media_type="text/css")

    @router.get("/manifest.json")
    def manifest(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        icon = {"src": f"{root}/ressurser/ikon.png", "sizes": "192x192", "type": "image/png"}
        content = {
            "name": texts.PAGE_TITLE,
            "short_name": texts.PAGE_LABEL,
            "lang": "nb",
            "start_url": f"{root}/",
            "display": "standalone",
            "background_color": LIGHT["background"],
            "theme_color": LIGHT["text"],
            "icons": [icon],
        }
        return JSONResponse(content, media_type="application/manifest+json")

    return router


def not_found(root: str) -> Response:
    """Return the Norwegian 404 page; ``root`` is the path that the whole app is mounted under."""
    return render("not_found.html", root=root, status=404)


def _viewer_page(
    request: Request,
    document: Document,
    titles: dict[str, str],
    *,
    fra: str | None,
    til: str | None,
    today: date,
) -> Response:
    info = document.info
    mark = quoted_span(document, fra, til)
    return render(
        "viewer.html",
        root=request.scope.get("root_path", ""),
        document=document,
        facts=facts(info, titles),
        badge=Markup(standing_badge(info.standing_on(today))),
        public_url=info.url if info.url.startswith(("https://", "http://")) else "",
        language=info.language or "nb",
        marked=mark is not None,
        asked=fra is not None or til is not None,
        groups=shown_groups(document, mark),
    )
