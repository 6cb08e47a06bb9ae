"""A PDF is shown as its page with the quote framed, and the page's text beside it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from assistent import texts_viewer
from assistent.answering import Assistant
from assistent.types import BlockKind
from assistent.web.addresses import ViewerAddress, quote_mark, viewer_address
from tests.web.html_select import select
from tests.web.viewed import (
    COLUMNS,
    CROSSING,
    TABLES,
    assistant_over,
    client_of,
    marked,
    quote_of,
    shown,
    viewed_corpus,
    words,
)

LIMIT = 60_000  # bytes of the page without the picture


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return viewed_corpus(tmp_path_factory.mktemp("vist"), chapters=2)


@pytest.fixture(scope="module")
def assistant(corpus: Path) -> Assistant:
    return assistant_over(corpus, corpus.parent / "indeks")


@pytest.fixture(scope="module")
def client(assistant: Assistant, corpus: Path) -> TestClient:
    return client_of(assistant, corpus)


def link(assistant: Assistant, path: str, quote: str) -> str:
    return viewer_address(quote_of(assistant.document(path), quote))


def boxes(page) -> list[tuple[float, ...]]:
    return [
        tuple(float(rect.get(name)) for name in ("x", "y", "width", "height"))
        for rect in select(page, "svg rect")
    ]


def picture_size(client: TestClient, address: str) -> tuple[int, int]:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    with Image.open(BytesIO(response.content)) as image:
        return image.size


def test_every_block_of_the_pdf_files_is_marked_and_framed(
    client: TestClient, assistant: Assistant
) -> None:
    faults = []
    for path in (COLUMNS, TABLES, CROSSING):
        document = assistant.document(path)
        assert len(document.checksum) == 64
        for block in document.blocks:
            quote = document.text[block.start : block.end]
            address = ViewerAddress(path, block.start, block.end, quote_mark(quote)).to()
            page = shown(client.get(address).text)
            if marked(page) != quote or not boxes(page):
                faults.append(quote)
    assert faults == []


def test_a_quote_is_framed_on_its_page_and_marked_beside_it(
    client: TestClient, assistant: Assistant
) -> None:
    quote = "Kommunens viktigste kanaler for å nå innbyggerne og andre målgrupper"
    response = client.get(link(assistant, COLUMNS, quote))
    assert len(response.content) < LIMIT
    page = shown(response.text)
    assert marked(page) == quote
    [image] = select(page, "figure img")
    number = int(re.search(r"/side/(\d+)\?", image.get("src"))[1])
    assert number > 1
    assert words(select(page, ".pages .count")) == texts_viewer.page_of(number, 6)
    title = "Kommunikasjonsstrategi i to spalter"
    assert image.get("alt") == texts_viewer.page_picture(number, title, boxed=True)
    assert image.get("width") == "595"
    [drawing] = select(page, "svg")
    _, _, across, down = map(
        float, drawing.get("viewBox" if "viewBox" in drawing.attrib else "viewbox").split()
    )
    for left, top, width, height in boxes(page):
        assert 0 < left < left + width < across / 2  # in the left column
        assert 0 < top < top + height < down
    assert " style=" not in response.text
    assert "<script" not in response.text


def test_the_picture_comes_in_two_sizes_and_is_kept_by_the_browser(
    client: TestClient, assistant: Assistant
) -> None:
    page = shown(client.get(link(assistant, COLUMNS, "Kommunens viktigste kanaler")).text)
    [image] = select(page, "figure img")
    small, large = (each.split()[0] for each in image.get("srcset").split(", "))
    assert small == image.get("src")
    assert picture_size(client, small)[0] == pytest.approx(800, abs=1)
    assert picture_size(client, large)[0] == pytest.approx(1600, abs=1)
    assert "immutable" in client.get(small).headers["Cache-Control"]
    assert "immutable" not in client.get(small.partition("?")[0]).headers["Cache-Control"]
    assert len(client.get(small).content) < 150_000


def test_a_quote_over_two_pages_shows_both(client: TestClient, assistant: Assistant) -> None:
    quote = "også på mobil og den fortsetter på neste side"
    page = shown(client.get(link(assistant, CROSSING, quote)).text)
    assert words(select(page, ".pages .count")) == "Side 1 av 4"
    assert texts_viewer.quote_goes_on(2) in words(select(page, ".notice"))
    assert marked(page) == quote
    assert boxes(page)
    [onward] = select(page, ".notice a")
    page = shown(client.get(onward.get("href")).text)
    assert words(select(page, ".pages .count")) == "Side 2 av 4"
    assert marked(page) == quote  # the paragraph stands on this page, too
    assert boxes(page)
    assert texts_viewer.quote_goes_on(1) in words(select(page, ".notice"))


def test_pages_lead_to_each_other_and_back_to_the_quote(
    client: TestClient, assistant: Assistant
) -> None:
    page = shown(client.get(link(assistant, CROSSING, "Mer står her.")).text)
    [following] = select(page, ".pages a[rel='next']")
    page = shown(client.get(following.get("href")).text)
    assert words(select(page, ".pages .count")) == "Side 3 av 4"
    assert not marked(page)
    assert not boxes(page)
    assert "Tabellen er bred" in words(select(page, ".text"))
    [image] = select(page, "figure img")
    assert int(image.get("width")) > int(image.get("height"))
    [back] = [each for each in select(page, ".notice a") if "#sitat" in each.get("href")]
    assert marked(client.get(back.get("href")).text) == "Mer står her."
    [before] = select(page, ".pages a[rel='prev']")
    assert "Side 2 av 4" in client.get(before.get("href")).text


def test_a_page_without_text_is_a_picture_that_says_so(client: TestClient) -> None:
    page = shown(client.get(f"/kilde/{CROSSING}?side=4").text)
    assert words(select(page, ".text")) == texts_viewer.PAGE_EMPTY
    assert select(page, "figure img")
    assert not select(page, ".pages a[rel='next']")


@pytest.mark.parametrize(
    ("side", "shown_page"), [("0", 1), ("1", 1), ("99999", 4), ("-3", 1), ("x", 1), ("", 1)]
)
def test_any_page_can_be_asked_for(client: TestClient, side: str, shown_page: int) -> None:
    page = shown(client.get(f"/kilde/{CROSSING}", params={"side": side}).text)
    assert words(select(page, ".pages .count")) == texts_viewer.page_of(shown_page, 4)


@pytest.mark.parametrize("page", ["0", "5", "99999999", "x", "1.5", "-1", "1%00", "²"])
def test_a_picture_that_is_not_there_is_a_404(client: TestClient, page: str) -> None:
    assert client.get(f"/kilde/{CROSSING}/side/{page}").status_code == 404


def test_a_document_of_another_kind_has_no_pictures(client: TestClient) -> None:
    assert client.get("/kilde/regler/kantine.md/side/1").status_code == 404


def test_the_form_leads_to_a_page_and_keeps_the_quote(
    client: TestClient, assistant: Assistant
) -> None:
    page = shown(client.get(link(assistant, CROSSING, "Mer står her.")).text)
    [form] = select(page, "form")
    fields = {
        each.get("name"): each.get("value") for each in select(form, "input") if each.get("name")
    }
    assert fields["side"] == "2"
    there = client.get(form.get("action"), params={**fields, "side": "1"}).text
    assert "Side 1 av 4" in there
    assert texts_viewer.BACK_TO_QUOTE in there


def test_the_contents_lead_to_pages(client: TestClient) -> None:
    page = shown(client.get(f"/kilde/{CROSSING}").text)
    links = {each.text_content(): each.get("href") for each in select(page, ".contents a")}
    there = shown(client.get(links["Vedlegg"]).text)
    assert words(select(there, ".pages .count")) == "Side 3 av 4"
    assert select(there, f"#{links['Vedlegg'].partition('#')[2]}")


def test_a_row_of_a_table_is_framed_cell_by_cell(client: TestClient, assistant: Assistant) -> None:
    document = assistant.document(TABLES)
    row = next(
        document.text[each.start : each.end]
        for each in document.blocks
        if each.kind is BlockKind.TABLE_ROW
        and "dark-blue-1000" in document.text[each.start : each.end]
    )
    page = shown(client.get(link(assistant, TABLES, row)).text)
    assert marked(page) == row
    tops = [top for _, top, _, _ in boxes(page)]
    assert len(tops) >= 2
    assert max(tops) - min(tops) < 20


def test_without_its_file_the_text_is_shown_and_says_why(tmp_path: Path) -> None:
    corpus = viewed_corpus(tmp_path, chapters=1)
    assistant = assistant_over(corpus, tmp_path / "indeks")
    client = client_of(assistant, corpus)
    quote = "Mer står her."
    (corpus / CROSSING).write_bytes((corpus / TABLES).read_bytes())
    page = shown(client.get(link(assistant, CROSSING, quote)).text)
    assert marked(page) == quote
    assert not select(page, "img")
    assert texts_viewer.ORIGINAL_CHANGED in page.text_content()
    assert client.get(f"/kilde/{CROSSING}/side/1").status_code == 404
    (corpus / CROSSING).unlink()
    page = shown(client.get(link(assistant, CROSSING, quote)).text)
    assert marked(page) == quote
    assert texts_viewer.ORIGINAL_MISSING in page.text_content()
