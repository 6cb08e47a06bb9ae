"""«Alle kanaler» and «Alle plikter»: what the phone keeps for when there is no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from assistent import texts_guidance, texts_overview, texts_tools
from assistent.answering import Assistant
from assistent.duties import DecisionAnswers, Part, check_decision
from assistent.overview import all_channels
from assistent.web.rendering import render
from assistent.web.sources import SOURCE_TOOLS


def add_overview_pages(router: APIRouter, assistant: Assistant, today: Callable[[], date]) -> None:
    """Add both pages to the routes."""

    @router.get("/kanal/alle", response_class=HTMLResponse)
    def channels(request: Request) -> Response:
        overview = all_channels(assistant.library(), today())
        return _page(request, "kanal_alle.html", overview=overview)

    @router.get("/beslutning/alle", response_class=HTMLResponse)
    def duties(request: Request) -> Response:
        # Whoever is unsure about everything is shown everything.
        check = check_decision(DecisionAnswers(), assistant.library(), today())
        parts = [(part, check.part(part)) for part in Part]
        return _page(request, "beslutning_alle.html", check=check, parts=parts)


def _page(request: Request, template: str, **values: Any) -> Response:
    return render(
        template,
        root=request.scope.get("root_path", ""),
        w=texts_guidance,
        x=texts_tools,
        o=texts_overview,
        **SOURCE_TOOLS,
        **values,
    )
