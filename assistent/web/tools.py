"""The two guided tools as pages: kanalvelger and beslutningssjekk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter

from assistent.answering import Assistant
from assistent.web.channel_page import add_channel_page
from assistent.web.decision_page import add_decision_pages
from assistent.web.overview_pages import add_overview_pages

_HERE = ZoneInfo("Europe/Oslo")


def in_oslo() -> datetime:
    """Return the time now, as clocks in Oslo show it."""
    return datetime.now(_HERE)


def build_tools(assistant: Assistant, *, now: Callable[[], datetime] = in_oslo) -> APIRouter:
    """Return the routes of the guided tools."""

    def today() -> date:
        return now().date()

    router = APIRouter()
    add_overview_pages(router, assistant, today)
    add_channel_page(router, assistant, today)
    add_decision_pages(router, assistant, now)
    return router
