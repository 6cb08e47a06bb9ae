"""A document of a thousand pages is shown a part at a time, and all of it can be reached."""

import gzip
from itertools import pairwise
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from assistent import texts_viewer
from assistent.originals import checksum_of
from assistent.readers import read_file
from assistent.types import Block, BlockKind, Document, DocumentInfo, Span
from assistent.web.addresses import viewer_address
from assistent.web.viewer import headings
from assistent.web.viewer_window import MOST_HEADINGS, PART, WHOLE, contents, window_at
from tests.conftest import Built
from tests.web.html_select import select
from tests.web.viewed import LONG, RULES, client_of, long_text, marked, quote_of, shown, words

CHAPTERS = 500
LIMIT = 60_000  # bytes of the page, uncompressed


class Shelf:
    """Documents that nobody asks questions about."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {each.info.path: each for each in documents}

    def document(self, path: str) -> Document | None:
        return self._documents.get(path)

    def documents(self) -> tuple[Document, ...]:
        return tuple(self._documents.values())


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lang")
    (folder / "rapport").mkdir()
    (folder / LONG).write_text(long_text(CHAPTERS), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def document(corpus: Path) -> Document:
    parsed = read_file(corpus / LONG)
    info = DocumentInfo(LONG, "Lang rapport", valid_from=None)
    return Document(info, parsed.text, parsed.blocks, checksum_of(corpus / LONG))


@pytest.fixture(scope="module")
def client(corpus: Path, document: Document) -> TestClient:
    return client_of(Shelf(document), corpus)


def sentence(number: int, part: int, chapter: int) -> str:
    return f"Setning {number} i del {part} av kapittel {chapter} sier noe om kanaler."


@pytest.mark.parametrize("chapter", [1, 7, 250, CHAPTERS])
@pytest.mark.parametrize("part", [1, 5])
def test_a_page_is_light_and_shows_the_quote_in_its_place(
    client: TestClient, document: Document, chapter: int, part: int
) -> None:
    assert len(document.text) > 2_500_000  # some thousand pages
    source = quote_of(document, sentence(8, part, chapter))
    response = client.get(viewer_address(source, [source]))
    assert len(response.content) < LIMIT
    assert len(gzip.compress(response.content)) < LIMIT / 4
    page = shown(response.text)
    assert marked(page) == source.quote
    assert words(select(page, ".bar-section")).endswith(
        f"Kapittel {chapter} › Del {chapter}.{part}"
    )
    text = words(select(page, ".text"))
    assert f"Del {chapter}.{part}" in text
    assert sentence(7, part, chapter) in text
    levels = [int(each.tag[1]) for each in select(page, "h1, h2, h3, h4, h5, h6")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_going_on_shows_every_word_of_the_document(client: TestClient, document: Document) -> None:
    address, text, steps = f"/kilde/{LONG}", "", 0
    while address and steps < 12:
        page = shown(client.get(address).text)
        text += words(each for each in select(page, ".text")[0] if each.get("class") != "above")
        following = select(page, ".more a[rel='next']")
        address, steps = (following[0].get("href") if following else ""), steps + 1
    squeezed = "".join(text.split())
    assert "".join(document.text.split()).startswith(squeezed)
    assert len(squeezed) > 100_000


def test_going_back_comes_to_the_beginning(client: TestClient, document: Document) -> None:
    source = quote_of(document, sentence(3, 2, 5))
    page = shown(client.get(viewer_address(source)).text)
    for _ in range(20):
        before = select(page, ".more a[rel='prev']")
        if not before:
            break
        page = shown(client.get(before[0].get("href")).text)
        assert not marked(page)
        assert texts_viewer.QUOTE_ELSEWHERE in words(select(page, ".notice"))
    assert sentence(1, 1, 1) in words(select(page, ".text"))
    [back] = select(page, ".notice a")
    assert marked(client.get(back.get("href")).text) == source.quote


def test_the_contents_lead_out_of_the_window(client: TestClient, document: Document) -> None:
    source = quote_of(document, sentence(3, 2, 300))
    page = shown(client.get(viewer_address(source)).text)
    links = select(page, "details.contents a")
    assert len(links) == MOST_HEADINGS
    assert texts_viewer.contents_nearest(MOST_HEADINGS, CHAPTERS + 1) in page.text_content()
    [link] = [each for each in links if each.text_content() == "Kapittel 320"]
    there = client.get(link.get("href")).text
    assert sentence(1, 1, 320) in words(select(shown(there), ".text"))
    anchor = link.get("href").partition("#")[2]
    assert select(shown(there), f"#{anchor}")[0].text_content() == "Kapittel 320"


@pytest.mark.parametrize("place", ["0", "999999999", "x", "-1", "1000", "²"])
def test_any_place_can_be_asked_for(client: TestClient, place: str) -> None:
    response = client.get(f"/kilde/{LONG}", params={"ved": place})
    assert response.status_code == 200
    assert len(response.content) < LIMIT
    assert select(shown(response.text), ".text p")


def test_a_short_document_is_shown_whole(tmp_path: Path, small_index: Built) -> None:
    parsed = read_file(small_index.corpus / RULES)
    short = Document(DocumentInfo(RULES, "Kantine"), parsed.text, parsed.blocks)
    assert len(short.text) < WHOLE
    page = shown(client_of(Shelf(short), tmp_path).get(f"/kilde/{RULES}?ved=50").text)
    assert not select(page, ".more")
    assert "Kantineordningen" in words(select(page, ".text"))


# --- Windows -------------------------------------------------------------------------------------


def made(lengths: list[tuple[BlockKind, int]]) -> Document:
    blocks, parts, at = [], [], 0
    for kind, length in lengths:
        text = ("ord " * length)[: max(1, length - 1)] + "."
        blocks.append(Block(kind, at, at + len(text), 1 if kind is BlockKind.HEADING else 0))
        parts.append(text)
        at += len(text) + 2
    return Document(DocumentInfo("a.md", "A"), "\n\n".join(parts), tuple(blocks))


_BLOCKS = st.lists(
    st.tuples(
        st.sampled_from([BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM]),
        st.integers(1, 3000) | st.integers(20_000, 70_000),
    ),
    min_size=1,
    max_size=40,
)


@given(_BLOCKS, st.integers(0, 10**6))
def test_windows_are_small_and_lie_side_by_side(
    lengths: list[tuple[BlockKind, int]], place: int
) -> None:
    document = made(lengths)
    window = window_at(document, place, None)
    span = window.span
    assert 0 <= span.start < span.end <= len(document.text)
    assert span.end - span.start <= max(WHOLE, PART)
    if window.after is not None:
        assert window_at(document, window.after, None).span.start == span.end == window.after
    else:
        assert span.end == len(document.text)
    if window.before is not None:
        before = window_at(document, window.before, None).span
        assert before.start < span.start
        assert before.start == window.before
    else:
        assert span.start == 0


@given(_BLOCKS, st.data())
def test_a_quote_is_whole_in_its_window(
    lengths: list[tuple[BlockKind, int]], data: st.DataObject
) -> None:
    document = made(lengths)
    start = data.draw(st.integers(0, len(document.text) - 1))
    quote = Span(start, data.draw(st.integers(start + 1, min(len(document.text), start + 900))))
    span = window_at(document, quote.start, quote).span
    assert span.start <= quote.start < quote.end <= span.end
    assert span.end - span.start <= WHOLE + 900


def test_contents_take_as_many_levels_as_fit(document: Document) -> None:
    shown_headings = headings(document)
    assert contents(shown_headings, 0).total == CHAPTERS + 1
    few = contents(shown_headings[:60], 0)
    assert {each.level for each in few.entries} == {2, 3}
    assert few.total == len(few.entries) == 60
    assert contents((), 0).entries == ()
