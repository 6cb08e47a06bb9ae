"""The viewer of text: what is shown, what is marked, and what stands above it."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistent import texts_viewer
from assistent.types import Block, BlockKind, Document, DocumentInfo, Span, Standing
from assistent.web.addresses import ViewerAddress, viewer_address
from assistent.web.viewer import Part, headings, shown_groups
from tests.web.fake_assistant import (
    ATTACK,
    CORPUS,
    HOSTILE,
    HOW_TO_WRITE,
    REGION,
    STRATEGY,
    FakeAssistant,
    hostile,
    region,
    strategy,
)
from tests.web.html_select import select
from tests.web.viewed import client_of, marked, shown, words

DOCUMENTS = {STRATEGY: strategy(), REGION: region()}
DAY = date(2025, 11, 20)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return client_of(FakeAssistant(), CORPUS, DAY)


def runs(document: Document, mark: Span | None = None):
    """Every piece of text in the order of the document."""

    def below(blocks):
        for block in blocks:
            for cell in block.cells:
                yield from cell
            yield from below(block.items)

    for group in shown_groups(document, mark):
        yield from below(group.blocks)


def marked_text(document: Document, start: int, end: int) -> str:
    return "".join(each.text for each in runs(document, Span(start, end)) if each.marked)


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=["ours", "theirs"])
def test_every_character_of_the_document_is_shown(document: Document) -> None:
    text = "".join(each.text for each in runs(document))
    assert "".join(text.split()) == "".join(document.text.split())


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=["ours", "theirs"])
def test_each_block_is_marked_exactly(document: Document) -> None:
    for block in document.blocks:
        quote = document.text[block.start : block.end]
        assert marked_text(document, block.start, block.end) == quote


@given(st.data())
def test_any_range_is_marked_to_the_letter(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from([*DOCUMENTS.values(), hostile()]))
    text = document.text.rstrip()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 3000)))
    # A range may begin in the white space between two blocks, which belongs to the one before.
    start += len(text[start:end]) - len(text[start:end].lstrip())
    if start < end:
        assert marked_text(document, start, end) == text[start:end]


@pytest.mark.parametrize("number", [0, 1])
def test_the_link_of_an_answer_marks_its_quote(client: TestClient, number: int) -> None:
    source = FakeAssistant().answer(HOW_TO_WRITE).sources[number]
    page = client.get(viewer_address(source))
    assert page.status_code == 200
    assert marked(page.text) == source.quote
    assert len(select(shown(page.text), "mark#sitat[tabindex='-1']")) == 1


def test_a_quote_over_several_blocks_has_one_anchor(client: TestClient) -> None:
    document = DOCUMENTS[STRATEGY]
    items = [each for each in document.blocks if each.kind is BlockKind.LIST_ITEM]
    start, end = items[0].start, items[2].end
    page = client.get(f"/kilde/{STRATEGY}", params={"fra": start, "til": end})
    assert marked(page.text) == document.text[start:end]
    assert page.text.count('id="sitat"') == 1
    for announced in (texts_viewer.QUOTE_START, texts_viewer.QUOTE_END):
        assert page.text.count(announced) == 1


def test_headings_lists_and_signatures_keep_their_role(client: TestClient) -> None:
    page = shown(client.get(f"/kilde/{STRATEGY}").text)
    assert "3. Kommunikasjonsmål" in [
        each.text_content() for each in select(page, ".text h2, .text h3, .text h4")
    ]
    assert len(select(page, ".text li")) > 30
    assert select(page, ".text p.signature")
    levels = [int(each.tag[1]) for each in select(page, "h1, h2, h3, h4, h5, h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def block(kind: BlockKind, text: str, level: int = 0) -> tuple[BlockKind, str, int]:
    return kind, text, level


def made(*lines: tuple[BlockKind, str, int]) -> Document:
    blocks, parts, at = [], [], 0
    for kind, text, level in lines:
        blocks.append(Block(kind, at, at + len(text), level))
        parts.append(text)
        at += len(text) + 1
    return Document(DocumentInfo("a.md", "A"), "\n".join(parts), tuple(blocks))


def test_headings_go_down_to_the_sixth_level_and_skip_none() -> None:
    levels = [1, 4, 2, 3, 4, 5, 6, 7, 1]
    document = made(*(block(BlockKind.HEADING, f"H{level}", level) for level in levels))
    assert [each.level for each in headings(document)] == [2, 3, 3, 4, 5, 6, 6, 6, 2]


def test_lists_are_nested_as_the_document_nests_them() -> None:
    item = BlockKind.LIST_ITEM
    document = made(
        block(item, "a", 1), block(item, "b", 2), block(item, "c", 3), block(item, "d", 2),
        block(item, "e", 1),
    )  # fmt: skip
    [group] = shown_groups(document, None)

    def outline(blocks):
        return [(each.cells[0][0].text, outline(each.items)) for each in blocks]

    assert outline(group.blocks) == [("a", [("b", [("c", [])]), ("d", [])]), ("e", [])]


def test_rows_become_cells_and_a_missing_one_stays_empty() -> None:
    row = BlockKind.TABLE_ROW
    document = made(
        block(row, "Kanal: SMS. Eier: UKE. Frist: mai."),
        block(row, "Kanal: Plakat. Frist: juni."),
        block(row, "Kanal: Film. Eier: UKE. Frist: juli."),
    )
    [group] = shown_groups(document, None)
    said = [["".join(piece.text for piece in cell) for cell in each.cells] for each in group.blocks]
    assert [[cell.strip() for cell in each] for each in said] == [
        ["Kanal: SMS.", "Eier: UKE.", "Frist: mai."],
        ["Kanal: Plakat.", "", "Frist: juni."],
        ["Kanal: Film.", "Eier: UKE.", "Frist: juli."],
    ]
    names = [piece.text for piece in group.blocks[1].cells[2] if piece.part is Part.NAME]
    assert names == ["Frist: "]


def test_the_top_says_what_the_document_is(client: TestClient) -> None:
    page = shown(client.get(f"/kilde/{STRATEGY}").text)
    assert page.get("lang") == "nb"
    assert words(select(page, "h1")) == "Kommunikasjonsstrategi for Oslo kommune"
    assert words(select(page, ".standing")).endswith("gjeldende Gjelder fra 22. mai 2025.")
    facts = words(select(page, "dl.facts"))
    for fact in ("Byrådssak 1038/25", "22. mai 2025", "Oslo kommune", "Erstatter byrådssak"):
        assert fact in facts
    theirs = shown(client.get(f"/kilde/{REGION}").text)
    assert words(select(theirs, ".standing")).endswith(
        "utløpt Gjaldt til 31. desember 2024. Gjelder ikke lenger."
    )


@pytest.mark.parametrize(
    ("info", "standing", "meaning"),
    [
        ({}, Standing.IN_FORCE, "Gjelder nå."),
        ({"inferred": True}, Standing.IN_FORCE, texts_viewer.INFERRED),
        (
            {"valid_from": date(2025, 1, 2), "valid_to": date(2026, 3, 4)},
            Standing.IN_FORCE,
            "Gjelder fra 2. januar 2025 til 4. mars 2026.",
        ),
        ({}, Standing.EXPIRED, "Gjelder ikke lenger."),
        ({"valid_from": date(2027, 1, 2)}, Standing.DRAFT, "Gjelder først fra 2. januar 2027."),
        ({}, Standing.DRAFT, "Gjelder ikke ennå."),
        (
            {"repealed_on": date(2025, 5, 22)},
            Standing.REPEALED,
            "Opphevet 22. mai 2025 av «Ny». Gjelder ikke lenger.",
        ),
        ({}, Standing.SUMMARY, "Vår egen sammenfatning av offentlige fakta, ikke en regel."),
    ],
)
def test_a_standing_is_said_in_words(info: dict, standing: Standing, meaning: str) -> None:
    entry = DocumentInfo("a.md", "A", **info)
    assert texts_viewer.standing_meaning(entry, standing, "Ny") == meaning


@pytest.mark.parametrize(
    "query",
    [
        "fra=5",
        "fra=10&til=5",
        "fra=10&til=10",
        "fra=-3&til=5",
        "fra=0&til=99999999",
        "fra=a&til=b",
        "fra=%D9%A1&til=%D9%A5",
        "fra=1.5&til=9",
        f"fra={'9' * 5000}&til=1",
        "fra={gap}&til={gap_end}",
        "fra=%00&til=%ff",
    ],
)
def test_a_bad_range_shows_the_document_without_a_mark(client: TestClient, query: str) -> None:
    first, second = DOCUMENTS[STRATEGY].blocks[:2]
    page = client.get(f"/kilde/{STRATEGY}?{query.format(gap=first.end, gap_end=second.start)}")
    assert page.status_code == 200
    assert not marked(page.text)
    assert texts_viewer.QUOTE_NOWHERE in page.text
    assert not select(shown(page.text), ".bar")


def test_no_range_is_no_fault(client: TestClient) -> None:
    page = client.get(f"/kilde/{STRATEGY}")
    assert not marked(page.text)
    assert not select(shown(page.text), ".notice")


@given(
    st.dictionaries(
        st.sampled_from(["fra", "til", "merke", "svar", "side", "ved", "v"]),
        st.text(max_size=40) | st.integers(-5, 10**12).map(str),
    )
)
def test_whatever_is_asked_a_page_is_shown(client: TestClient, query: dict[str, str]) -> None:
    page = client.get(f"/kilde/{STRATEGY}", params=query)
    assert page.status_code == 200
    assert "Kommunikasjonsstrategi" in page.text


@pytest.mark.parametrize(
    "path",
    [
        *("finnes/ikke.txt", "../../etc/passwd", "%2e%2e%2fapp.py", "%00", "finnes/ikke/original"),
        *("finnes/ikke/side/1", "original", "a/side/x"),
    ],
)
def test_an_unknown_document_is_a_norwegian_404_with_the_way_back(
    client: TestClient, path: str
) -> None:
    page = client.get(f"/kilde/{path}")
    assert page.status_code == 404
    if page.headers["content-type"].startswith("text/html"):
        assert "Fant ikke siden" in page.text
        assert select(shown(page.text), "a[href='/']")


def test_hostile_documents_are_shown_as_text(client: TestClient) -> None:
    document = hostile()
    start = document.text.index(ATTACK)
    address = ViewerAddress(HOSTILE, start, start + len(ATTACK)).to()
    response = client.get(address)
    page = shown(response.text)
    assert not select(page, "img, script, iframe, form, style, a[href^='javascript']")
    assert ATTACK in words(select(page, "h1"))
    assert marked(page) == ATTACK
    assert len(select(page, "td")) == 4


def test_the_order_of_landmarks_and_the_way_around(client: TestClient) -> None:
    source = FakeAssistant().answer(HOW_TO_WRITE).sources[0]
    page = shown(client.get(viewer_address(source)).text)
    assert [each.tag for each in select(page, "header, main, footer")] == [
        "header", "main", "footer",
    ]  # fmt: skip
    links = [each.get("href") for each in select(page, "a")]
    assert links[:3] == ["#innhold", "#sitat", "/"]
    for anchor in (link[1:] for link in links if link.startswith("#")):
        assert select(page, f"#{anchor}"), anchor


def test_the_table_of_contents_leads_to_every_heading(client: TestClient) -> None:
    page = shown(client.get(f"/kilde/{STRATEGY}").text)
    links = select(page, "details.contents a")
    assert [link.text_content() for link in links] == [
        " ".join(each.text_content().split())
        for each in select(page, ".text h2, .text h3, .text h4, .text h5, .text h6")
    ]
    for link in links:
        assert select(page, link.get("href"))


def test_a_link_to_the_web_leads_to_the_web() -> None:
    document = replace(
        DOCUMENTS[STRATEGY], info=replace(DOCUMENTS[STRATEGY].info, url="https://eksempel.no/x")
    )
    assistant = FakeAssistant()
    assistant._documents[STRATEGY] = document
    page = shown(client_of(assistant, CORPUS).get(f"/kilde/{STRATEGY}").text)
    assert [link.get("rel") for link in select(page, "a[href^='https://eksempel.no']")] == [
        "noopener noreferrer"
    ]
