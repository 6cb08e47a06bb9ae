"""Hostile strings in documents and in the catalogue: on every page they are text and no more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Dialog, Page, expect

from assistent.answering import Assistant
from tests.browser import phone_page, test_page_in_browser
from tests.browser.conftest import OpenPage, served
from tests.fakes import TODAY, WordEmbedder, build
from tests.web.vectors import VECTORS

pytestmark = pytest.mark.browser

# What a document could add to a page: none of our pages with documents has any of it in its text.
FOREIGN = """(own) => [...document.querySelectorAll(own + ' *')].filter(each =>
    each.matches('script, img:not([src^="/"]), iframe, object, embed, base, style, meta, link, '
      + 'video, audio, math, marquee, form:not([action^="/"]), [formaction], [srcdoc], select')
    || each.matches('a[href]') && each.origin !== location.origin
    || [...each.attributes].some(attribute => attribute.name.startsWith('on')))
  .map(each => each.outerHTML.slice(0, 120))"""


# One ware for each vector, so that a question about it finds its document.
WARES = """
eple banan appelsin plomme moreller bringebær jordbær blåbær tyttebær
rips solbær stikkelsbær fersken nektarin mango ananas melon druer
sitron fiken gulrot potet kålrot sellerirot pastinakk rødbete neslesuppe
tomat agurk squash gresskar brokkoli blomkål hodekål rosenkål spinat
ruccola salat purre hvitløk reddik mais erter bønner linser
ris pasta havregryn knekkebrød rundstykke lefse vaffel pannekake yoghurt
brunost geitost
""".split()


def question(number: int) -> str:
    return f"Hva koster {WARES[number]} i kantinen?"


def path(number: int) -> str:
    return f"vare-{number:02}.md"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over documents that hold a vector each, in the text and in the catalogue."""
    folder = tmp_path_factory.mktemp("fiendtlig")
    with served(
        Assistant(hostile_index(folder), WordEmbedder(), today=lambda: TODAY),
        ASSISTENT_KORPUS=str(folder / "korpus"),
    ) as started:
        yield started


def hostile_index(folder: Path) -> Path:
    corpus = folder / "korpus"
    corpus.mkdir()
    entries = []
    for number, vector in enumerate(VECTORS):
        plain = vector.replace("\n", " ")
        written = json.dumps(plain, ensure_ascii=False)
        (corpus / path(number)).write_text(
            f"# Prisliste {plain}\n\n## Pris på {WARES[number]} {plain}\n\n"
            f"I kantinen koster {WARES[number]} fem kroner. {plain}\n",
            encoding="utf-8",
        )
        entries.append(
            f'[[dokument]]\nfil = "{path(number)}"\ntittel = {written}\ntype = {written}\n'
            f"eier = {written}\ngjelder_for = {written}\nsaksnummer = {written}\n"
            f"merknad = {written}\nlisens = {written}\n"
            "gyldig_fra = 2020-01-01\ngyldig_til = 2024-12-31\n"
        )
    (corpus / "katalog.toml").write_text("\n".join(entries), encoding="utf-8")
    build(corpus, folder / "indeks")
    return folder / "indeks"


def watched(page: Page) -> list[str]:
    """Note every dialog that opens on a page."""
    opened: list[str] = []

    def note(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return opened


def test_there_are_enough_of_them() -> None:
    assert len(set(VECTORS)) == len(VECTORS) >= 40


@pytest.mark.parametrize("start", range(0, len(VECTORS), 14))
def test_in_the_viewer(open_page: OpenPage, start: int) -> None:
    page = open_page("/om")
    opened = watched(page)
    for number in range(start, min(start + 14, len(VECTORS))):
        page.goto(f"/kilde/{path(number)}")
        assert page.evaluate(FOREIGN, "main") == []
        expect(page.locator("main")).to_contain_text("fem kroner")
    assert opened == []


@pytest.mark.parametrize("address_of", ["/om", "/kanal/alle", "/beslutning/alle", "/beslutning"])
def test_in_the_lists(open_page: OpenPage, address_of: str) -> None:
    page = open_page(address_of)
    opened = watched(page)
    page.reload()
    assert page.evaluate(FOREIGN, "main") == []
    assert opened == []


def test_in_the_answers_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("/m", **phone_page.TOUCH)
    opened = watched(page)
    quoted = 0
    for number in range(len(VECTORS)):
        phone_page.ask(page, question(number), number + 1)
        phone_page.open_folds(page)
        quoted += phone_page.newest(page).locator("blockquote").count() > 0
        assert page.evaluate(FOREIGN, ".exchange:last-of-type") == []
    assert quoted >= 40
    assert opened == []


def test_in_the_answers_on_a_wide_screen(open_page: OpenPage) -> None:
    page = open_page("/")
    opened = watched(page)
    for number in range(0, len(VECTORS), 4):
        test_page_in_browser.ask(page, question(number), number // 4 + 1)
        assert page.evaluate(FOREIGN, ".conversation") == []
    assert page.locator(".conversation blockquote").count() >= 10
    assert opened == []


def test_the_api_sends_them_as_data(address: str) -> None:
    """JSON is never taken for a page, whatever stands in it."""
    quoted = 0
    with httpx.Client(base_url=address, timeout=30) as client:
        for number in range(len(VECTORS)):
            answer = client.post("/api/svar", json={"question": question(number)})
            assert answer.headers["content-type"].startswith("application/json")
            assert answer.headers["x-content-type-options"] == "nosniff"
            quoted += bool(answer.json()["sources"])
    assert quoted >= 40
