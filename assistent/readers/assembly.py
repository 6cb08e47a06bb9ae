"""Put the blocks that a reader found into one stored text with exact offsets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistent.readers.characters import clean
from assistent.types import Block, BlockKind, ParsedText

_TIGHT = {BlockKind.LIST_ITEM, BlockKind.TABLE_ROW}


@dataclass(frozen=True, slots=True)
class DraftBlock:
    """A block before it has a place in the stored text.

    ``marker`` («• », «1. ») is written before the block but is no part of it, so that a quote of
    the block reads without it. The other fields are those of :class:`assistent.types.Block`.
    """

    kind: BlockKind
    text: str
    marker: str = ""
    level: int = 0
    page: int | None = None
    depth: int | None = None


def assemble(drafts: Iterable[DraftBlock], *, title: str | None = None) -> ParsedText:
    """Write the blocks one after the other and note where each came to stand.

    Items of one list stand on consecutive lines, everything else is set off by an empty line.
    The text is cleaned (see :mod:`assistent.readers.characters`); blocks without any text are left
    out.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    previous: BlockKind | None = None
    for draft in drafts:
        text = clean(draft.text).strip()
        if not text:
            continue
        if previous is not None:
            gap = "\n" if draft.kind in _TIGHT and previous is draft.kind else "\n\n"
            parts.append(gap)
            length += len(gap)
        parts.append(draft.marker)
        start = length + len(draft.marker)
        length = start + len(text)
        parts.append(text)
        blocks.append(Block(draft.kind, start, length, draft.level, draft.page, draft.depth))
        previous = draft.kind
    if parts:
        parts.append("\n")
    return ParsedText("".join(parts), tuple(blocks), title)
