"""Read a PDF in which nothing stands out by its type as plain text.

Headings are then told by what they say and how the lines stand. The plain text reader knows no
pages, so they are found again by counting letters, which it keeps in order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from assistent.readers.assembly import DraftBlock
from assistent.readers.pdf_body import Body
from assistent.readers.pdf_lines import Piece
from assistent.readers.pdf_order import reading_zones
from assistent.readers.structure import blocks_from_plain_text
from assistent.readers.tables import table_drafts

_GAP = 1.3  # of the usual line distance: farther apart is an empty line


def drafts_from_lines(pages: Sequence[Sequence[Piece]], body: Body) -> list[DraftBlock]:
    """Rebuild the blocks from the words of the lines alone."""
    drafts: list[DraftBlock] = []
    lines: list[str] = []
    counts: list[int] = []  # letters before each page begins, since the last table
    first = 1
    letters = 0
    for number, pieces in enumerate(pages, start=1):
        counts.append(letters)
        for zone in reading_zones(pieces):
            before: Piece | None = None
            for piece in zone.pieces:
                if piece.rows:
                    drafts += _with_pages(lines, counts, first)
                    drafts += table_drafts(piece.rows, page=number)
                    lines, counts, first, letters, before = [], [0], number, 0, None
                    continue
                if before is not None and _apart(before, piece, body):
                    lines.append("")
                lines.append(piece.text)
                letters += _letters(piece.text)
                before = piece
    return drafts + _with_pages(lines, counts, first)


def _apart(before: Piece, piece: Piece, body: Body) -> bool:
    return piece.baseline - before.baseline > _GAP * body.leading * body.size


def _with_pages(lines: Sequence[str], counts: Sequence[int], first: int) -> list[DraftBlock]:
    drafts: list[DraftBlock] = []
    letters = 0
    for draft in blocks_from_plain_text("\n".join(lines)):
        page = first + bisect_right(counts, letters) - 1
        drafts.append(replace(draft, page=page))
        letters += _letters(draft.marker) + _letters(draft.text)
    return drafts


def _letters(text: str) -> int:
    return sum(1 for character in text if character.isalnum())
