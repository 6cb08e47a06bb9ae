"""The boxes cover the words of the quote and no others, whatever the layout."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistent.pictures.drawing import Box, PagePictures
from assistent.pictures.placing import Placement, pages_of, place_quote
from assistent.pictures.streams import Pages, letters_of
from assistent.readers.row_cells import split_rows
from assistent.types import BlockKind, Document, Span
from tests.benchmarks.reader_pdf import LAYOUTS, write_pdf
from tests.benchmarks.reader_sources import source_documents
from tests.pictures.papers import LEFT, Paper, read_paper

LINE = "Kommunen skal gi informasjon som er lett å finne og forstå for alle, også på mobil"


@pytest.fixture(scope="module")
def pictures() -> Iterator[PagePictures]:
    drawer = PagePictures()
    yield drawer
    drawer.close()


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    return Paper(tmp_path / "notat.pdf")


class Placed:
    """A PDF and its document: where a quote is found, and what PDFium reads in the boxes."""

    def __init__(self, path: Path, document: Document, pictures: PagePictures) -> None:
        self.document = document
        self._pdf = pypdfium2.PdfDocument(path)
        self.pages = Pages(lambda number: pictures.words(path, str(path), number))

    def find(self, quote: Span | str, after: int = 0) -> Placement:
        if isinstance(quote, str):
            start = self.document.text.index(quote, after)
            quote = Span(start, start + len(quote))
        return place_quote(self.document, quote, self.pages)

    def read(self, placement: Placement) -> str:
        """Return the letters that stand in the boxes."""
        return "".join(
            letters_of(self._read(page, box))
            for page in sorted(placement.boxes)
            for box in placement.boxes[page]
        )

    def _read(self, number: int, box: Box) -> str:
        page = self._pdf[number - 1]
        if page.get_rotation() == 90:
            edges = (box.top, box.left, box.bottom, box.right)
        else:
            height = page.get_height()
            edges = (box.left, height - box.bottom, box.right, height - box.top)
        return page.get_textpage().get_text_bounded(*edges)


def said(document: Document, number: int) -> str:
    """The letters of a block as they stand on its page: a row's without its columns' names."""
    block = document.blocks[number]
    text = document.text[block.start : block.end]
    if block.kind is not BlockKind.TABLE_ROW:
        return letters_of(text)
    run = [
        document.text[each.start : each.end]
        for each in document.blocks
        if each.kind is BlockKind.TABLE_ROW
    ]
    cells = dict(zip(run, split_rows(run), strict=True))[text]
    return letters_of(" ".join(text[cell.body : cell.end] for cell in cells))


SOURCES = {0: "strategy", 2: "colours with tables"}


@pytest.mark.parametrize("source", SOURCES, ids=SOURCES.values())
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_block_of_every_layout_is_boxed_exactly(
    layout: str, source: int, tmp_path: Path, pictures: PagePictures
) -> None:
    path = tmp_path / "dokument.pdf"
    write_pdf(source_documents()[source], path, LAYOUTS[layout])
    placed = Placed(path, read_paper(path), pictures)
    faults = []
    for number, block in enumerate(placed.document.blocks):
        placement = placed.find(Span(block.start, block.end))
        if not placement.complete or placed.read(placement) != said(placed.document, number):
            faults.append(placed.document.text[block.start : block.end])
    assert len(placed.document.blocks) > 40
    assert faults == []


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory, pictures: PagePictures) -> Placed:
    """The strategy in two columns with words hyphenated at line ends."""
    path = tmp_path_factory.mktemp("spalter") / "strategi.pdf"
    write_pdf(source_documents()[0], path, LAYOUTS["to spalter"])
    return Placed(path, read_paper(path), pictures)


@settings(deadline=None)
@given(st.data())
def test_any_run_of_words_is_boxed_exactly(columns: Placed, data: st.DataObject) -> None:
    text = columns.document.text
    start = data.draw(st.integers(0, len(text) - 1))
    start = text.rfind(" ", 0, start) + 1
    end = text.find(" ", data.draw(st.integers(start, min(len(text), start + 600))))
    quote = Span(start, end if end > start else len(text))
    placement = columns.find(quote)
    assert placement.complete
    # A quote may begin with what is no word of a block: the mark of a list item.
    letters = "".join(
        letters_of(text[max(block.start, quote.start) : min(block.end, quote.end)])
        for block in columns.document.blocks
    )
    read = columns.read(placement)
    # Words at the edges are boxed whole, although the hyphen of a mended word parts them.
    assert letters in read
    assert len(read) - len(letters) < 60


def test_a_hyphenated_word_is_boxed_on_both_lines(paper: Paper, pictures: PagePictures) -> None:
    paper.heading("Språk")
    paper.paragraph("Strategien omfatter både intern og ekstern kommunika-", "sjon for alle byens.")
    placed = Placed(paper.path, paper.document(), pictures)
    placement = placed.find("kommunikasjon")
    first, second = placement.boxes[1]
    assert first.right > 300 > LEFT + 60 > second.right
    assert second.top > first.bottom - 2


def test_a_paragraph_over_two_pages_is_boxed_on_both(paper: Paper, pictures: PagePictures) -> None:
    paper.heading("Bakgrunn")
    paper.paragraph(LINE, LINE.lower())
    paper.canvas.setFont("Helvetica", 8)
    paper.canvas.drawString(LEFT, 30, "Side 1")
    paper.new_page()
    paper.paragraph("og den fortsetter på neste side før den endelig slutter.", "Mer står her.")
    paper.heading("Videre")
    paper.paragraph(LINE + ".")
    placed = Placed(paper.path, paper.document(), pictures)
    number, block = next(
        (number, block)
        for number, block in enumerate(placed.document.blocks)
        if "fortsetter" in placed.document.text[block.start : block.end]
    )
    assert "Kommunen skal" in placed.document.text[block.start : block.end]
    placement = placed.find("også på mobil og den fortsetter på neste side")
    assert placement.complete
    assert sorted(placement.boxes) == [1, 2]
    assert placed.read(placement) == letters_of("også på mobil og den fortsetter på neste side")
    assert pages_of(placed.document, number, placed.pages) == (1, 2)
    assert sorted(placed.find("før den endelig slutter").boxes) == [2]


def test_words_that_stand_several_times_are_boxed_where_they_are_meant(
    paper: Paper, pictures: PagePictures
) -> None:
    for name in ("Vann", "Vei", "Vakt"):
        paper.heading(name)
        paper.paragraph("Ansvar: leder for seksjonen.")
    placed = Placed(paper.path, paper.document(), pictures)
    tops, after = [], 0
    for _ in range(3):
        [box] = placed.find("Ansvar: leder", after).boxes[1]
        after = placed.document.text.index("Ansvar: leder", after) + 1
        tops.append(box.top)
    assert tops == sorted(set(tops))
    [heading] = placed.find("Vakt").boxes[1]
    assert tops[1] < heading.top < tops[2]


def test_rows_with_the_same_cells_are_told_apart(paper: Paper, pictures: PagePictures) -> None:
    paper.heading("Kanaler")
    paper.paragraph(LINE + ".")
    rows = [["Kanal", "Til alle", "Haster"], *([name, "Ja", "Nei"] for name in ("SMS", "Avis"))]
    paper.table(rows, [120, 120, 120])
    placed = Placed(paper.path, paper.document(), pictures)
    heights = {}
    for name in ("SMS", "Avis"):
        row = f"Kanal: {name}. Til alle: Ja. Haster: Nei."
        placement = placed.find(row)
        assert placed.read(placement) == f"{name}JaNei"
        tops = [box.top for box in placement.boxes[1]]
        assert max(tops) - min(tops) < 2
        heights[name] = tops[0]
    assert heights["Avis"] > heights["SMS"] + 10


def test_a_page_on_its_side_is_boxed_as_it_is_shown(paper: Paper, pictures: PagePictures) -> None:
    paper.heading("Oppreist")
    paper.paragraph(LINE + ".")
    paper.new_page(turned=True)
    paper.heading("Liggende")
    paper.paragraph("Tabellen er bred, og derfor ligger siden.", "Neste linje er kort.")
    placed = Placed(paper.path, paper.document(), pictures)
    page = placed.pages.words(2)
    assert page.width > page.height
    placement = placed.find("Tabellen er bred")
    [box] = placement.boxes[2]
    assert box.right - box.left > 3 * (box.bottom - box.top)
    assert box.left == pytest.approx(LEFT, abs=3)
    assert placed.read(placement) == "Tabellenerbred"


def test_nothing_is_boxed_where_the_file_says_something_else(
    paper: Paper, pictures: PagePictures
) -> None:
    paper.heading("Frister")
    paper.paragraph("Svar gis innen tre dager.")
    document = paper.document()
    other = Document(
        document.info, document.text.replace("tre dager", "fem dager"), document.blocks
    )
    placed = Placed(paper.path, other, pictures)
    assert placed.find("Svar gis innen fem dager.") == Placement({}, complete=False)
    # What is the same still stands once on the page, and is found by itself.
    assert placed.read(placed.find("Svar gis innen")) == "Svargisinnen"
