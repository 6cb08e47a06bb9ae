"""The end of a municipal case: numbered decisions, and the lines that sign them.

In a case the decision often holds a whole strategy under its point 1. The next point and the
signatures stand after the strategy's last subheading but belong to the decision itself. The plain
text reader sees to this on its own; here it is done for formats that know their headings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistent.readers.assembly import DraftBlock
from assistent.readers.plain_roles import NAME, RESOLUTION, SIGNED
from assistent.types import BlockKind

_SIGNER = r"(?:[A-ZÆØÅ][\w.’'-]*\s+){1,4}[A-ZÆØÅ][\w’'-]*"
_SIGNED = re.compile(rf"(?i:{SIGNED.pattern.removesuffix('$')})(?:\s+{_SIGNER})?$")
_CLOSED = re.compile(rf"(?:^|\d\s+){_SIGNER}$")  # ends with the name under the date
_POINT = re.compile(r"^(\d{1,2})[.)]\s+(?=\S)")


def settle_decisions(drafts: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Give later points of a decision and its signatures the depth of the decision's heading."""
    settled: list[DraftBlock] = []
    levels: list[int] = []  # of the headings in force, the decision's own included
    decision = 0  # how many of them apply to the decision, 0 outside one
    point = listed = 0
    signing = False
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            while levels and levels[-1] >= draft.level:
                levels.pop()
            levels.append(draft.level)
            decision = 0 if len(levels) <= decision else decision
            if RESOLUTION.search(draft.text):
                decision, point = len(levels), 0
            elif decision and (number := _number(draft)) == point + 1:
                point = number
            listed, signing = 0, False
            settled.append(draft)
            continue
        number = _number(draft)
        if decision and point and number == point + 1 and listed != point:
            point = number
            settled.append(_as_point(draft, decision))
            continue
        listed = number or listed
        signing = _signs(draft, signing)
        if signing:
            settled.append(replace(draft, kind=BlockKind.SIGNATURE, depth=decision or draft.depth))
        else:
            settled.append(draft)
    return _joined(settled)


def _number(draft: DraftBlock) -> int:
    match = _POINT.match(draft.marker + draft.text)
    return int(match.group(1)) if match else 0


def _as_point(draft: DraftBlock, depth: int) -> DraftBlock:
    if draft.kind is BlockKind.LIST_ITEM:
        return replace(draft, depth=depth)
    match = _POINT.match(draft.text)
    length = match.end() if match else 0
    return DraftBlock(
        BlockKind.LIST_ITEM, draft.text[length:], draft.text[:length], 1, draft.page, depth
    )


def _signs(draft: DraftBlock, signing: bool) -> bool:
    """Whether a block signs: place and date, or, after such a line, a name or a short line."""
    if draft.kind is not BlockKind.PARAGRAPH:
        return False
    if _SIGNED.match(" ".join(draft.text.split())):
        return True
    return signing and (bool(NAME.match(draft.text)) or len(draft.text.split()) <= 8)


def _joined(drafts: Sequence[DraftBlock]) -> list[DraftBlock]:
    """Join each closing line with the date and the name that stand under it."""
    joined: list[DraftBlock] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and draft.kind is last.kind is BlockKind.SIGNATURE
            and not _CLOSED.search(last.text.split("\n")[-1])
        ):
            joined[-1] = replace(last, text=f"{last.text}\n{draft.text}")
        else:
            joined.append(draft)
    return joined
