"""Table rows as sentences that can be read and quoted alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistent.readers.assembly import DraftBlock
from assistent.readers.characters import one_line
from assistent.types import BlockKind

Row = Sequence[str]

_MAX_HEAD_CHARACTERS = 60
_VALUE = re.compile(r"^[\d\s.,:/%§+–-]+$")
_ENDED = (".", "!", "?", ":", ";", "…")


def table_drafts(
    rows: Sequence[Row], *, has_head: bool | None = None, page: int | None = None
) -> list[DraftBlock]:
    """Turn the rows of a table into blocks, one per row.

    Args:
        rows: cells by row; rows may differ in length.
        has_head: whether the first row holds the column heads; None lets the cells decide.
        page: the page on which the table stands.
    """
    cleaned = _without_empty([[one_line(cell) for cell in row] for row in rows])
    if has_head is None:
        has_head = looks_like_head(cleaned)
    head: Row = cleaned[0] if cleaned and has_head else ()
    body = cleaned[1:] if head and len(cleaned) > 1 else cleaned
    if body is cleaned:
        head = ()
    return [
        DraftBlock(BlockKind.TABLE_ROW, row_sentence(row, head), page=page)
        for row in body
        if any(row)
    ]


def row_sentence(row: Row, head: Row = ()) -> str:
    """Write one row: «Farge: dark-blue-1000. Kode: #2a2859.», or «Eier – Byrådet» without heads.

    A cell under an empty head, or alone in its row, is written without one.
    """
    filled = [(index, cell) for index, cell in enumerate(row) if cell]
    if not any(head) or (len(filled) == 1 and len(row) > 1 and filled[0][0] == 0):
        return " – ".join(cell for _, cell in filled)
    return " ".join(
        _sentence(head[index] if index < len(head) else "", cell) for index, cell in filled
    )


def looks_like_head(rows: Sequence[Row]) -> bool:
    """Whether the first row reads like column heads: short, distinct names over other values.

    Two columns whose first one ends in colons are names and values, and have no heads.
    """
    if len(rows) < 2:
        return False
    first = rows[0]
    names = [cell for cell in first if cell]
    if len(names) < max(1, len(first) - 1) or len(set(names)) < len(names):
        return False
    if any(
        len(cell) > _MAX_HEAD_CHARACTERS or _VALUE.match(cell) or cell.endswith((".", ";", "!"))
        for cell in names
    ):
        return False
    labels = [row[0] for row in rows if row and row[0]]
    return not (
        len(first) == 2
        and (first[0].endswith(":") or sum(1 for x in labels if x.endswith(":")) > len(labels) / 2)
    )


def _sentence(name: str, cell: str) -> str:
    if not name:
        text = cell
    elif name.endswith((":", "?", "!")):
        text = f"{name} {cell}"
    else:
        text = f"{name}: {cell}"
    return text if text.endswith(_ENDED) else f"{text}."


def _without_empty(rows: Sequence[Row]) -> list[Row]:
    """Leave out rows and columns in which nothing stands."""
    width = max((len(row) for row in rows), default=0)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    used = [index for index in range(width) if any(row[index] for row in padded)]
    return [kept for row in padded if any(kept := [row[index] for index in used])]
