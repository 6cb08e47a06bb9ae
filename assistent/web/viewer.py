"""The source viewer: a document's whole text with the quoted place marked.

Every visible character of the stored text is shown, list markers included, so that what is marked
is exactly the quote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from assistent import texts
from assistent.types import Block, BlockKind, Document, DocumentInfo, Span

CELL_SEPARATORS = (" | ", "\t")

_EDGES = " \t\r\n\f\v\u00a0|"
"""What is not shown as text, and so cannot bound a mark."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked or not; ``first`` and ``last`` bound the whole mark."""

    text: str
    marked: bool = False
    first: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """One block as the template shows it. ``cells`` has one entry unless it is a table row."""

    kind: BlockKind
    level: int
    page: int | None
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that belong together: one paragraph or heading, or a whole list or table."""

    kind: BlockKind
    blocks: tuple[ShownBlock, ...]


def quoted_span(document: Document, start: str | None, end: str | None) -> Span | None:
    """Read the range from the address; None when it is absent, malformed or outside the text."""
    try:
        span = Span(int(start or ""), int(end or ""))
    except ValueError:
        return None
    if not 0 <= span.start < span.end <= len(document.text):
        return None
    text = document.text[span.start : span.end]
    if not text.strip(_EDGES):
        return None
    lead = len(text) - len(text.lstrip(_EDGES))
    trail = len(text) - len(text.rstrip(_EDGES))
    return Span(span.start + lead, span.end - trail)


def shown_groups(document: Document, mark: Span | None) -> tuple[Group, ...]:
    """Return the document's blocks for the template, with ``mark`` cut out of them."""
    shown = list(_shown_blocks(document, mark))
    groups: list[Group] = []
    for kind, run in groupby(shown, key=lambda block: block.kind):
        if kind in (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW):
            groups.append(Group(kind, tuple(run)))
        else:
            groups.extend(Group(kind, (block,)) for block in run)
    return tuple(groups)


def facts(info: DocumentInfo, titles: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what the catalogue knows, as pairs of name and value; ``titles`` is by path."""
    rows: Sequence[tuple[str, str | date | None]] = (
        (texts.FACT_OWNER, info.owner),
        (texts.FACT_APPLIES_TO, info.applies_to),
        (texts.FACT_CASE, info.case_number),
        (texts.FACT_ADOPTED, info.adopted),
        (texts.FACT_VALID_FROM, info.valid_from),
        (texts.FACT_VALID_TO, info.valid_to),
        (texts.FACT_REPEALED_BY, titles.get(info.repealed_by, info.repealed_by)),
        (texts.FACT_NOTE, info.note),
    )
    return tuple(
        (name, texts.long_date(value) if isinstance(value, date) else value)
        for name, value in rows
        if value
    )


def _shown_blocks(document: Document, mark: Span | None) -> Iterator[ShownBlock]:
    covered = 0
    heading = 1
    for block in document.blocks:
        # What lies between two blocks is white space or a list marker, and is shown too.
        gap = document.text[covered : block.start]
        start = covered + len(gap) - len(gap.lstrip())
        covered = block.end
        level = block.level
        if block.kind is BlockKind.TITLE:
            level = heading = 2
        if block.kind is BlockKind.HEADING:
            # A heading never skips a level on the page, whatever the document does.
            level = heading = min(block.level + 1, heading + 1, 4)
        spans = _cell_spans(document.text, start, block)
        cells = tuple(tuple(_pieces(document.text, span, mark)) for span in spans)
        yield ShownBlock(block.kind, level, block.page, cells)


def _cell_spans(text: str, start: int, block: Block) -> tuple[Span, ...]:
    row = text[start : block.end]
    separator = next((each for each in CELL_SEPARATORS if each in row), None)
    if block.kind is not BlockKind.TABLE_ROW or separator is None:
        return (Span(start, block.end),)
    spans = []
    for cell in row.split(separator):
        spans.append(Span(start, start + len(cell)))
        start += len(cell) + len(separator)
    return tuple(spans)


def _pieces(text: str, span: Span, mark: Span | None) -> Iterator[Piece]:
    start = end = span.end
    if mark is not None and mark.start < span.end and span.start < mark.end:
        start, end = max(span.start, mark.start), min(span.end, mark.end)
    if span.start < start:
        yield Piece(text[span.start : start])
    if start < end and mark is not None:
        yield Piece(text[start:end], True, start == mark.start, end == mark.end)
    if end < span.end:
        yield Piece(text[end : span.end])
