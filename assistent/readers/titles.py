"""Tell a document's title from its headings, and number their levels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistent.readers.assembly import DraftBlock
from assistent.readers.characters import one_line
from assistent.readers.decisions import settle_decisions
from assistent.readers.plain_roles import RESOLUTION
from assistent.readers.typed_lists import settle_typed_lists
from assistent.types import BlockKind

_MAX_BLOCKS_ABOVE = 3
_MAX_TITLE_LINES = 3
_CASE_NUMBER = re.compile(r"^\D{0,30}\d+/\d+\D{0,3}$")  # «Byrådssak 1038/25»
_CHAPTER = re.compile(r"^\d")


def settle(
    drafts: Sequence[DraftBlock], *, metadata_title: str = ""
) -> tuple[list[DraftBlock], str | None]:
    """Settle what only the whole document tells: title, heading levels, lists, decisions.

    A single heading of the highest level with nothing much above it is the document's title: every
    section would carry it in its path and say nothing by it. So are two or three right under each
    other. Where headings further down share the highest level they all stay.

    Returns:
        The blocks, with the highest remaining heading at level 1, and the title: the title
        block at the top, else the only top heading, else ``metadata_title``, else the first
        top heading unless it is a numbered chapter, else None.
    """
    blocks = list(drafts)
    title = main_title(blocks)
    tops = _top_headings(blocks)
    if not title and tops and _stand_alone(blocks, tops):
        for index in tops:
            blocks[index] = replace(blocks[index], kind=BlockKind.TITLE, level=0)
        title = main_title(blocks)
    elif not title and tops and not metadata_title:
        first = blocks[tops[0]].text
        title = "" if _CHAPTER.match(first) else first
    return settle_decisions(settle_typed_lists(close_gaps(blocks))), one_line(
        title or metadata_title
    ) or None


def main_title(drafts: Sequence[DraftBlock]) -> str:
    """Return the title among the title blocks at the top: the first that is no case number."""
    titles: list[str] = []
    for draft in drafts:
        if draft.kind is BlockKind.TITLE:
            titles.append(draft.text)
        elif titles:
            break
    return next((title for title in titles if not _CASE_NUMBER.search(title)), "".join(titles[-1:]))


def close_gaps(drafts: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Number the heading levels that are used 1, 2, 3 … without gaps."""
    levels = sorted({draft.level for draft in drafts if draft.kind is BlockKind.HEADING})
    number = {level: index for index, level in enumerate(levels, start=1)}
    return [
        replace(draft, level=number[draft.level]) if draft.kind is BlockKind.HEADING else draft
        for draft in drafts
    ]


def _top_headings(drafts: Sequence[DraftBlock]) -> list[int]:
    """Return where the headings of the highest level stand."""
    levels = [draft.level for draft in drafts if draft.kind is BlockKind.HEADING]
    return [
        index
        for index, draft in enumerate(drafts)
        if draft.kind is BlockKind.HEADING and draft.level == min(levels)
    ]


def _stand_alone(drafts: Sequence[DraftBlock], tops: Sequence[int]) -> bool:
    """Whether the top headings are one, or one in several lines, at the head of the document."""
    first, last = tops[0], tops[-1]
    return (
        last - first == len(tops) - 1 < _MAX_TITLE_LINES
        and drafts[first].level == 1
        and first <= _MAX_BLOCKS_ABOVE
        and not any(draft.kind is BlockKind.HEADING for draft in drafts[:first])
        and not RESOLUTION.search(drafts[first].text)
    )
