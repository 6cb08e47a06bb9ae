import re
from itertools import pairwise

import pytest
from fake_assistant import (
    ATTACK,
    HOSTILE,
    HOW_TO_WRITE,
    REGION,
    STRATEGY,
    FakeAssistant,
    hostile,
    region,
    strategy,
)
from fastapi import FastAPI
from fastapi.testclient import TestClient
from html_select import select
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from assistent.types import BlockKind, Document
from assistent.web.answer_html import viewer_address
from assistent.web.pages import build_pages
from assistent.web.viewer import quoted_span, shown_groups

DOCUMENTS = {STRATEGY: strategy(), REGION: region()}


@pytest.fixture(scope="module")
def client() -> TestClient:
    app = FastAPI()
    app.include_router(build_pages(FakeAssistant(), contact="oss"))
    return TestClient(app)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def marks(page: str) -> list[str]:
    return [each.text_content() for each in select(html.document_fromstring(page), "mark")]


def marked_text(document: Document, start: int, end: int) -> str:
    span = quoted_span(document, str(start), str(end))
    return "".join(
        piece.text
        for group in shown_groups(document, span)
        for block in group.blocks
        for cell in block.cells
        for piece in cell
        if piece.marked
    )


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=["ours", "theirs"])
def test_every_character_of_the_document_is_shown(document: Document) -> None:
    shown = "".join(
        piece.text
        for group in shown_groups(document, None)
        for block in group.blocks
        for cell in block.cells
        for piece in cell
    )
    assert squeezed(shown) == squeezed(document.text)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=["ours", "theirs"])
def test_each_block_is_marked_exactly(document: Document) -> None:
    for block in document.blocks:
        quote = document.text[block.start : block.end]
        assert marked_text(document, block.start, block.end) == quote


@given(st.data())
def test_any_range_is_marked_exactly(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from(list(DOCUMENTS.values())))
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(document.text), start + 3000)))
    quote = document.text[start:end]
    assert squeezed(marked_text(document, start, end)) == squeezed(quote)


@pytest.mark.parametrize("number", [0, 1])
def test_the_link_of_an_answer_marks_its_quote(client: TestClient, number: int) -> None:
    source = FakeAssistant().answer(HOW_TO_WRITE).sources[number]
    page = client.get(viewer_address(source))
    assert page.status_code == 200
    assert squeezed("".join(marks(page.text))) == squeezed(source.quote)
    assert select(html.document_fromstring(page.text), "mark#sitat[tabindex='-1']")


def test_a_quote_over_several_blocks_has_one_anchor(client: TestClient) -> None:
    document = DOCUMENTS[STRATEGY]
    items = [each for each in document.blocks if each.kind is BlockKind.LIST_ITEM]
    start, end = items[0].start, items[2].end
    page = client.get(f"/kilde/{STRATEGY}", params={"fra": start, "til": end})
    assert len(marks(page.text)) == 3
    assert squeezed("".join(marks(page.text))) == squeezed(document.text[start:end])
    assert page.text.count('id="sitat"') == 1
    assert page.text.count("Sitatet starter.") == page.text.count("Sitatet slutter.") == 1


def test_headings_lists_and_signatures_keep_their_role(client: TestClient) -> None:
    page = html.document_fromstring(client.get(f"/kilde/{STRATEGY}").text)
    headings = [each.text_content() for each in select(page, ".text h2, .text h3, .text h4")]
    assert "3. Kommunikasjonsmål" in headings
    assert len(select(page, ".text li")) > 30
    assert select(page, ".text p.signature")
    levels = [int(each.tag[1]) for each in select(page, "h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_the_top_says_what_the_document_is(client: TestClient) -> None:
    page = html.document_fromstring(client.get(f"/kilde/{STRATEGY}").text)
    assert page.get("lang") == "nb"
    assert "Kommunikasjonsstrategi for Oslo kommune" in select(page, "h1")[0].text_content()
    assert "gjeldende" in select(page, "h1 .badge")[0].text_content()
    facts = select(page, "dl.facts")[0].text_content()
    for fact in ("Byrådssak 1038/25", "22. mai 2025", "Oslo kommune", "Erstatter byrådssak"):
        assert fact in facts
    theirs = html.document_fromstring(client.get(f"/kilde/{REGION}").text)
    assert "utløpt" in select(theirs, "h1 .badge")[0].text_content()
    assert "31. desember 2024" in select(theirs, "dl.facts")[0].text_content()


@pytest.mark.parametrize(
    "query",
    [
        "fra=5",
        "fra=10&til=5",
        "fra=-3&til=5",
        "fra=0&til=99999999",
        "fra=a&til=b",
        f"fra={'9' * 5000}&til=1",
        "fra={gap}&til={gap_end}",
    ],
)
def test_a_bad_range_shows_the_document_without_a_mark(client: TestClient, query: str) -> None:
    first, second = DOCUMENTS[STRATEGY].blocks[:2]
    page = client.get(f"/kilde/{STRATEGY}?{query.format(gap=first.end, gap_end=second.start)}")
    assert page.status_code == 200
    assert not marks(page.text)
    assert "Fant ikke sitatet" in page.text


def test_no_range_is_no_fault(client: TestClient) -> None:
    page = client.get(f"/kilde/{STRATEGY}")
    assert not marks(page.text)
    assert "Fant ikke sitatet" not in page.text


@pytest.mark.parametrize("path", ["finnes/ikke.txt", "../../etc/passwd", "%2e%2e%2fapp.py", ""])
def test_an_unknown_document_is_a_norwegian_404_with_the_way_back(
    client: TestClient, path: str
) -> None:
    page = client.get(f"/kilde/{path}")
    assert page.status_code == 404
    if page.headers["content-type"].startswith("text/html"):
        assert "Fant ikke siden" in page.text
        assert select(html.document_fromstring(page.text), "a[href='/']")


def test_hostile_documents_are_shown_as_text(client: TestClient) -> None:
    document = hostile()
    source = FakeAssistant().answer(ATTACK).sources[0]
    assert source.document == HOSTILE
    response = client.get(viewer_address(source))
    page = html.document_fromstring(response.text)
    assert not select(page, "img, script, iframe, form, style, a[href^='javascript']")
    assert ATTACK in select(page, "h1")[0].text_content()
    assert "".join(marks(response.text)) == ATTACK
    assert len(select(page, "td")) == 4
    table = document.text.index("Kanal")
    assert squeezed(marked_text(document, table, len(document.text))) == squeezed(
        document.text[table:].replace("|", "")
    )


def test_about_names_limits_documents_and_who_to_ask(client: TestClient) -> None:
    page = html.document_fromstring(client.get("/om").text)
    text = page.text_content()
    assert "spør oss" in text
    assert "ordrett sitat" in text
    links = [each.get("href") for each in select(page, "ul.documents a")]
    assert f"/kilde/{STRATEGY}" in links
    assert all(client.get(link).status_code == 200 for link in links)
