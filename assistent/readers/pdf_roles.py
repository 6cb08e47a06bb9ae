"""What the blocks found on PDF pages are: headings with levels, list items, table rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistent.readers.assembly import DraftBlock
from assistent.readers.characters import one_line
from assistent.readers.heading_looks import Look, heading_levels, may_be_heading
from assistent.readers.pdf_blocks import Found
from assistent.readers.tables import looks_like_head, table_drafts
from assistent.types import BlockKind

_SAME_INDENT = 4.0  # points
_CONTENTS = {"innhold", "innholdsfortegnelse", "innhald"}


def settle_headings(found: Sequence[Found]) -> list[Found]:
    """Keep as headings only what reads like one; a heading over a table of contents goes too."""
    blocks: list[Found] = []
    for index, block in enumerate(found):
        if block.kind == "heading":
            after = found[index + 1] if index + 1 < len(found) else None
            if one_line(block.text).lower() in _CONTENTS and (
                after is None or after.kind == "heading"
            ):
                continue
            if not may_be_heading(block.text):
                block = replace(block, kind="text")
        blocks.append(block)
    return blocks


def drafts_of(blocks: Sequence[Found]) -> list[DraftBlock]:
    """Turn the blocks of a PDF into draft blocks."""
    levels = heading_levels(_look(block) for block in blocks if block.kind == "heading")
    drafts: list[DraftBlock] = []
    head: tuple[str, ...] = ()
    for index, block in enumerate(blocks):
        if block.kind == "table":
            head = _head(blocks, index, head)
            drafts += _table(block, head)
        elif block.kind == "heading":
            level = levels[_look(block)]
            drafts.append(DraftBlock(BlockKind.HEADING, block.text, level=level, page=block.page))
        elif block.kind == "item":
            level = _item_level(blocks, index)
            drafts.append(
                DraftBlock(BlockKind.LIST_ITEM, block.text, block.marker, level, block.page)
            )
        else:
            drafts.append(DraftBlock(BlockKind.PARAGRAPH, block.text, page=block.page))
    return drafts


def _look(block: Found) -> Look:
    return Look.of(block.text, block.size, bold=block.bold)


def _head(blocks: Sequence[Found], index: int, head: tuple[str, ...]) -> tuple[str, ...]:
    """Return the column heads of a table; one that goes on from the page before keeps its heads."""
    rows = blocks[index].rows
    before = blocks[index - 1] if index else None
    if (
        head
        and before is not None
        and before.kind == "table"
        and len(before.rows[0]) == len(rows[0])
    ):
        other = rows[0] != head and looks_like_head(rows) and before.page == blocks[index].page
        if not other:
            return head
    return rows[0] if looks_like_head(rows) else ()


def _table(block: Found, head: tuple[str, ...]) -> list[DraftBlock]:
    body = [row for row in block.rows if row != head]
    if not head:
        return table_drafts(body, has_head=False, page=block.page)
    return table_drafts([head, *body], has_head=True, page=block.page)


def _item_level(blocks: Sequence[Found], index: int) -> int:
    """Return how deep an item is nested: the place of its indent among those of its list."""
    start, end = index, index
    while start > 0 and blocks[start - 1].kind == "item":
        start -= 1
    while end + 1 < len(blocks) and blocks[end + 1].kind == "item":
        end += 1
    indents: list[float] = []
    for indent in sorted(block.indent for block in blocks[start : end + 1]):
        if not indents or indent - indents[-1] > _SAME_INDENT:
            indents.append(indent)
    own = blocks[index].indent
    return max(1, sum(1 for indent in indents if indent <= own + 0.01))
