"""All channels and all duties on one page each: complete, proven, and reachable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from lxml import html

from assistent import texts_overview as words
from assistent.guidance import Library
from assistent.settings import load_settings
from assistent.types import ChannelStatus
from assistent.web.server import create_app
from assistent.web.tools import build_tools
from tests.guidance_library import small_library
from tests.web.fake_assistant import FakeAssistant
from tests.web.html_select import select

LIBRARY = FakeAssistant().library()
GONE = (ChannelStatus.CLOSED, ChannelStatus.PLANNED)
PAGES = ("/kanal/alle", "/beslutning/alle")


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(FakeAssistant(), load_settings({}))) as running:
        yield running


def page_of(client: TestClient, path: str) -> html.HtmlElement:
    response = client.get(path)
    assert response.status_code == 200
    return html.fromstring(response.text)


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_channel_is_there_and_the_closed_ones_stand_apart(client: TestClient) -> None:
    page = page_of(client, "/kanal/alle")
    shown = [text_of(each) for each in select(page, "summary h3")]
    channels = LIBRARY.registers.channels
    assert sorted(shown) == sorted(channel.name for channel in channels)
    gone = {c.name for c in channels if c.status_on(date.today()) in GONE}
    assert gone
    usable, others = select(page, ".entries")
    assert {text_of(each) for each in select(others, "h3")} == gone
    assert not {text_of(each) for each in select(usable, "h3")} & gone


def test_every_rule_of_a_channel_is_there(client: TestClient) -> None:
    page = page_of(client, "/kanal/alle")
    shown = text_of(page)
    for channel in LIBRARY.registers.channels:
        for rule in (*channel.suited, *channel.unsuited, *channel.demands):
            assert " ".join(rule.text.split()) in shown
    for rule in LIBRARY.registers.demands:
        assert " ".join(rule.text.split()) in shown


def test_every_duty_is_there(client: TestClient) -> None:
    page = page_of(client, "/beslutning/alle")
    shown = {text_of(each) for each in select(page, "summary h3")}
    assert shown == {duty.title for duty in LIBRARY.registers.duties}


@pytest.mark.parametrize("path", PAGES)
def test_every_line_is_proven_where_its_link_points(client: TestClient, path: str) -> None:
    sources = select(page_of(client, path), "details.source")
    assert len(sources) > 20
    for source in sources:
        [quote] = select(source, "blockquote")
        address = urlsplit(select(source, "a.open")[0].get("href"))
        place = parse_qs(address.query)
        text = LIBRARY.documents[unquote(address.path).removeprefix("/kilde/")].text
        assert text[int(place["fra"][0]) : int(place["til"][0])] == quote.text_content()


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_have_the_strict_policy_and_no_script(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "<script" not in response.text


@pytest.mark.parametrize(
    ("tool", "overview"),
    [
        ("/kanal", "/kanal/alle"),
        ("/kanal?maalgruppe=innbyggere&melding=nyhet&hast=god+tid&vis=1", "/kanal/alle"),
        ("/beslutning", "/beslutning/alle"),
    ],
)
def test_the_tools_and_the_overviews_lead_to_each_other(
    client: TestClient, tool: str, overview: str
) -> None:
    assert select(page_of(client, tool), f"a[href='{overview}']")
    assert select(page_of(client, overview), f"a[href='{urlsplit(tool).path}']")


def test_a_channel_of_which_nothing_is_said_says_so(tmp_path: Path) -> None:
    library = small_library(tmp_path, kanaler=BOARD)
    app = FastAPI()
    app.include_router(build_tools(Librarian(library)))
    with TestClient(app) as client:
        [entry] = select(page_of(client, "/kanal/alle"), "details.fold")
    assert text_of(entry) == f"Tavla {words.NOTHING}"


BOARD = """[[kanal]]
id = "tavla"
navn = "Tavla"
retning = "intern"
maalgrupper = ["ansatte"]
status = "i bruk"
"""


class Librarian:
    """Stands in for the assistant; the pages ask it for the library only."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def library(self) -> Library:
        return self._library
