"""A document's stored text as the viewer shows it, with the quoted place cut out.

Every visible character of the stored text is shown, list markers included, and what is marked is
exactly the quote, character for character.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from assistent.readers.row_cells import CellSpan, split_rows
from assistent.types import Block, BlockKind, Document, Span

DEEPEST_HEADING = 6
_HEADINGS = (BlockKind.HEADING, BlockKind.TITLE)


class Part(StrEnum):
    """What a run of text is in its block; only tables have more than words."""

    WORDS = "words"
    NAME = "name"  # of the column that a cell stands in
    SEPARATOR = "separator"  # what parts two cells in the stored text


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked or not; ``first`` and ``last`` bound the whole mark."""

    text: str
    marked: bool = False
    first: bool = False
    last: bool = False
    part: Part = Part.WORDS


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block as the template shows it.

    ``start`` is where it begins in the stored text. ``level`` is that of a heading on the page
    (2 to 6) or of a list item. ``cells`` has one entry unless it is a table row; a cell that the
    row lacks is empty. ``items`` are the list items nested below.
    """

    kind: BlockKind
    level: int
    start: int
    cells: tuple[tuple[Piece, ...], ...]
    items: tuple[ShownBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together: one paragraph or heading, or a whole list or table."""

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]


@dataclass(frozen=True, slots=True)
class ShownHeading:
    """A heading of the document: its level on the page, its words and where it begins."""

    level: int
    title: str
    start: int


def headings(document: Document) -> tuple[ShownHeading, ...]:
    """Return all headings; none skips a level on the page, whatever the document does."""
    shown: list[ShownHeading] = []
    level = 1
    for block in document.blocks:
        if block.kind in _HEADINGS:
            own = 2 if block.kind is BlockKind.TITLE else block.level + 1
            level = max(2, min(own, level + 1, DEEPEST_HEADING))
            title = " ".join(document.text[block.start : block.end].split())
            shown.append(ShownHeading(level, title, block.start))
    return tuple(shown)


def headings_above(shown: Sequence[ShownHeading], place: int) -> tuple[ShownHeading, ...]:
    """Return the headings that a place in the text stands under, the outermost first."""
    path: list[ShownHeading] = []
    for heading in shown:
        if heading.start >= place:
            break
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(path)


def shown_groups(
    document: Document, mark: Span | None, window: Span | None = None
) -> tuple[Group, ...]:
    """Return the document's blocks for the template, with ``mark`` cut out of them.

    Args:
        document: what to show.
        mark: the quote.
        window: the part of the text to show; all of it by default.
    """
    window = window or Span(0, len(document.text))
    levels = {heading.start: heading.level for heading in headings(document)}
    places = [
        number
        for number, block in enumerate(document.blocks)
        if block.start < window.end and window.start < block.end
    ]
    groups: list[Group] = []
    for kind, run in groupby(places, key=lambda number: document.blocks[number].kind):
        numbers = tuple(run)
        blocks = tuple(_shown(document, numbers, mark, window, levels))
        if kind is BlockKind.LIST_ITEM:
            groups.append(Group(kind, _nested(blocks)))
        elif kind is BlockKind.TABLE_ROW:
            groups.append(Group(kind, blocks))
        else:
            groups.extend(Group(kind, (block,)) for block in blocks)
    return tuple(groups)


def _shown(
    document: Document,
    numbers: Sequence[int],
    mark: Span | None,
    window: Span,
    levels: dict[int, int],
) -> Iterator[ShownBlock]:
    """Yield neighbouring blocks of one kind."""
    blocks = [document.blocks[number] for number in numbers]
    rows = _rows(document.text, blocks)
    columns = 1 + max((cell.column for row in rows for cell in row), default=0)
    for number, block, row in zip(numbers, blocks, rows, strict=True):
        start = max(_begin(document, number), window.start)
        end = min(_end(document, number, mark), window.end)
        cells: list[tuple[Piece, ...]] = [()] * columns
        for cell, last in _to_the_end(row, end - block.start):
            runs = _runs(block.start, start, end, cell, last)
            cells[cell.column] = tuple(
                piece for part, run in runs for piece in _pieces(document.text, run, mark, part)
            )
        level = levels.get(block.start, block.level)
        yield ShownBlock(block.kind, level, block.start, tuple(cells))


def _rows(text: str, blocks: Sequence[Block]) -> list[tuple[CellSpan, ...]]:
    words = [text[block.start : block.end] for block in blocks]
    if blocks[0].kind is BlockKind.TABLE_ROW:
        return split_rows(words)
    return [(CellSpan(0, 0, 0, len(each)),) for each in words]


def _begin(document: Document, number: int) -> int:
    """Return where a block's list marker begins, or the block; it is shown, too."""
    block = document.blocks[number]
    before = document.blocks[number - 1].end if number else 0
    gap = document.text[before : block.start]
    return before + len(gap) - len(gap.lstrip())


def _end(document: Document, number: int, mark: Span | None) -> int:
    """Return where a block ends; a mark that goes on takes the white space after it along."""
    end = document.blocks[number].end
    if mark is None or mark.end <= end or mark.start >= end:
        return end
    last = number + 1 == len(document.blocks)
    after = len(document.text) if last else _begin(document, number + 1)
    return min(mark.end, after)


def _to_the_end(row: Sequence[CellSpan], length: int) -> Iterator[tuple[CellSpan, int]]:
    """Yield each cell with where what parts it from the next one ends."""
    for cell, after in pairwise(row):
        yield cell, after.start
    yield row[-1], max(length, row[-1].end)


def _runs(
    block: int, start: int, end: int, cell: CellSpan, last: int
) -> Iterator[tuple[Part, Span]]:
    """Yield the name, the words and the separator of a cell as far as they are shown."""
    begin = start if cell.start == 0 else block + cell.start
    body = block + cell.body if cell.body > cell.start else begin
    stop = block + cell.end
    trail = Part.SEPARATOR if stop < block + last <= end else Part.WORDS
    for part, one, other in (
        (Part.NAME, begin, body),
        (Part.WORDS, body, stop),
        (trail, stop, block + last),
    ):
        run = Span(max(one, start), min(other, end))
        if run.start < run.end:
            yield part, run


def _pieces(text: str, span: Span, mark: Span | None, part: Part) -> Iterator[Piece]:
    start = end = span.end
    if mark is not None and mark.start < span.end and span.start < mark.end:
        start, end = max(span.start, mark.start), min(span.end, mark.end)
    if span.start < start:
        yield Piece(text[span.start : start], part=part)
    if start < end and mark is not None:
        yield Piece(text[start:end], True, start == mark.start, end == mark.end, part)
    if end < span.end:
        yield Piece(text[end : span.end], part=part)


def _nested(items: Sequence[ShownBlock]) -> tuple[ShownBlock, ...]:
    """Put list items of a deeper level below the item they follow."""
    nested: list[ShownBlock] = []
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end].level > items[at].level:
            end += 1
        item = items[at]
        below = _nested(items[at + 1 : end])
        nested.append(ShownBlock(item.kind, item.level, item.start, item.cells, below))
        at = end
    return tuple(nested)
