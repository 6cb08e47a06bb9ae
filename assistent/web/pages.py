"""The pages beside the chat: «Slik virker den», the colours, and the 404 page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from assistent import texts_page
from assistent.answering import Assistant
from assistent.web.addresses import document_address
from assistent.web.kept import NOTHING, Kept
from assistent.web.rendering import render
from assistent.web.sources_html import standing_badge
from assistent.web.theme import palette_css


def build_pages(
    assistant: Assistant,
    *,
    contact: str,
    today: Callable[[], date] = date.today,
    kept: Kept = NOTHING,
) -> APIRouter:
    """Return the routes of these pages; ``kept`` is what «Slik virker den» says is kept."""
    router = APIRouter()

    @router.get("/om", response_class=HTMLResponse)
    def about(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        day = today()
        rows = [
            (
                f"{root}{document_address(each.info.path)}",
                each.info.title,
                Markup(standing_badge(each.info.standing_on(day))),
            )
            for each in assistant.documents()
        ]
        ask = texts_page.ABOUT_ASK.format(contact=contact)
        return render("about.html", root=root, ask=ask, documents=rows, kept=kept)

    @router.get("/ressurser/farger.css")
    def colours() -> Response:
        return Response(palette_css(), media_type="text/css")

    return router


def not_found(root: str) -> Response:
    """Return the Norwegian 404 page; ``root`` is the path that the whole app is mounted under."""
    return render("not_found.html", root=root, status=404)
