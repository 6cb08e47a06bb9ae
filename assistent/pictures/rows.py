"""Where the cells of a table's row stand on the page.

The stored row is a sentence («Farge: blå. Kode: #2a2859.»); its names are those of the columns and
stand once, at the head of the table. The boxes cover what the row itself says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistent.pictures.boxes import boxes_of
from assistent.pictures.drawing import Box, PageWords
from assistent.pictures.streams import Pages, Stream, letters_of
from assistent.readers.row_cells import CellSpan, split_rows
from assistent.types import Block, BlockKind, Document, Span

Run = tuple[int, ...]


def place_row(document: Document, number: int, part: Span, pages: Pages) -> list[Box] | None:
    """Return the boxes of a part of a row; None if a cell of it is not found.

    Args:
        number: of the row among the document's blocks.
    """
    page = document.blocks[number].page
    if page is None:
        return None
    words, streams = pages.words(page), pages.streams(page)
    rows = _table(document, number)
    block, cells = rows[-1]
    wanted = list(_letters(document.text, block, cells, part))
    candidates = [_runs(words, streams, letters) for letters in wanted]
    if not all(candidates):
        return None
    # The cell that stands in the fewest places tells where the row is.
    order = sorted(range(len(wanted)), key=lambda at: (len(candidates[at]), -len(wanted[at])))
    height: float | None = None
    boxes: dict[int, list[Box]] = {}
    for at in order:
        runs = candidates[at]
        if height is None:
            earlier = _rows_with(document.text, rows[:-1], wanted[at], page)
            run = runs[min(earlier, len(runs) - 1)]
            height = _middle(words, run)
        else:
            run = min(runs, key=lambda run: abs(_middle(words, run) - height))
        boxes[at] = boxes_of(words, run)
    return [box for at in sorted(boxes) for box in boxes[at]]


def _table(document: Document, number: int) -> list[tuple[Block, tuple[CellSpan, ...]]]:
    """Return the rows of a table, with their cells, up to the row that is block ``number``."""
    blocks = document.blocks
    first, last = number, number + 1
    while first > 0 and blocks[first - 1].kind is BlockKind.TABLE_ROW:
        first -= 1
    while last < len(blocks) and blocks[last].kind is BlockKind.TABLE_ROW:
        last += 1
    table = blocks[first:last]
    cells = split_rows([document.text[block.start : block.end] for block in table])
    return list(zip(table, cells, strict=True))[: number - first + 1]


def _letters(text: str, block: Block, cells: Sequence[CellSpan], part: Span) -> Iterator[str]:
    """Yield the letters of each cell in a part of a row, without the names of the columns."""
    for cell in cells:
        begin, end = max(block.start + cell.body, part.start), min(block.start + cell.end, part.end)
        if begin < end and (letters := letters_of(text[begin:end])):
            yield letters


def _rows_with(
    text: str, rows: Sequence[tuple[Block, tuple[CellSpan, ...]]], letters: str, page: int
) -> int:
    """Count the rows on a page that hold a cell."""
    return sum(
        letters in _letters(text, block, cells, Span(block.start, block.end))
        for block, cells in rows
        if block.page == page
    )


def _runs(page: PageWords, streams: Sequence[Stream], letters: str) -> list[Run]:
    """Return the runs of words that say ``letters``, from the top of the page down."""
    found: dict[frozenset[int], Run] = {}
    for stream in streams:
        for start in stream.find_all(letters):
            run = tuple(dict.fromkeys(stream.words(start, len(letters))))
            found.setdefault(frozenset(run), run)
    return sorted(found.values(), key=lambda run: _middle(page, run))


def _middle(page: PageWords, run: Run) -> float:
    boxes = [page.words[place].box for place in run]
    return (min(box.top for box in boxes) + max(box.bottom for box in boxes)) / 2
