"""Lists whose numbers were typed by hand.

«1. Oslo kommune er én aktør» may be an item of a list although the file calls it a paragraph. It is
one if the next or the previous paragraph has the next or the previous number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistent.readers.assembly import DraftBlock
from assistent.types import BlockKind

_NUMBERED = re.compile(r"^(\d{1,2}|[a-zæøå])([.)])\s+(?=\S)")


def settle_typed_lists(drafts: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Turn runs of paragraphs with typed consecutive numbers or letters into list items."""
    settled = list(drafts)
    for index, draft in enumerate(drafts):
        match = _NUMBERED.match(draft.text)
        if draft.kind is not BlockKind.PARAGRAPH or match is None:
            continue
        before = drafts[index - 1] if index else None
        after = drafts[index + 1] if index + 1 < len(drafts) else None
        if _follows(before, draft) or _follows(draft, after):
            settled[index] = replace(
                draft,
                kind=BlockKind.LIST_ITEM,
                text=draft.text[match.end() :],
                marker=f"{match.group(1)}{match.group(2)} ",
                level=1,
            )
    return settled


def _follows(first: DraftBlock | None, second: DraftBlock | None) -> bool:
    return (
        first is not None
        and second is not None
        and (one := _order(first)) is not None
        and _order(second) == one + 1
    )


def _order(draft: DraftBlock) -> int | None:
    match = _NUMBERED.match(draft.marker + draft.text)
    if match is None or draft.kind not in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
        return None
    mark = match.group(1)
    return int(mark) if mark.isdigit() else ord(mark) + 1000
