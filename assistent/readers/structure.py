"""Rebuild headings, paragraphs and lists from the lines of plain text.

Text that was extracted from a PDF has lost everything but its lines: headings look like short
lines, paragraphs are wrapped, list items are cut by empty lines and page breaks. Three steps
bring the structure back:

1. :func:`gather` joins lines that belong together into items,
2. :func:`classify` decides what each item is, looking at its neighbours,
3. :func:`_nest` gives headings their level.

The rules were written for Norwegian municipal documents; each says what it relies on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistent.readers.assembly import DraftBlock
from assistent.readers.joining import vocabulary
from assistent.readers.plain_items import HEADINGS, Item, Role, gather
from assistent.readers.plain_lines import read_lines, wrap_width
from assistent.readers.plain_roles import NAME, classify
from assistent.types import BlockKind


def blocks_from_plain_text(text: str) -> tuple[DraftBlock, ...]:
    """Rebuild the blocks of a plain text, in order.

    Args:
        text: decoded text with any kind of line ends; a form feed counts as a page break.
    """
    lines = read_lines(text)
    known = vocabulary(line.text for line in lines)
    items = gather(lines, wrap_width(lines), known)
    classify(items)
    return tuple(_nest(items))


def _nest(items: Sequence[Item]) -> list[DraftBlock]:
    drafts: list[DraftBlock] = []
    outline = _Outline()
    for item in _merge_signatures(items):
        role = item.role or Role.PARAGRAPH
        if role in HEADINGS:
            level = outline.enter(item, role)
            drafts.append(DraftBlock(BlockKind.HEADING, item.text, item.marker, level))
        elif role is Role.TITLE:
            drafts.append(DraftBlock(BlockKind.TITLE, item.text))
        elif role is Role.SIGNATURE:
            drafts.append(
                DraftBlock(BlockKind.SIGNATURE, item.text, depth=outline.resolution_level)
            )
        elif role in {Role.BULLET, Role.NUMBERED}:
            depth = outline.leave_for(item)
            drafts.append(DraftBlock(BlockKind.LIST_ITEM, item.text, item.marker, 1, depth=depth))
        else:
            drafts.append(DraftBlock(BlockKind.PARAGRAPH, item.text))
    return [_with_number(draft) for draft in drafts]


def _with_number(draft: DraftBlock) -> DraftBlock:
    """Keep a heading's number in its text: «5. Strategiske innsatsområder» is what people cite."""
    if draft.kind is not BlockKind.HEADING or not draft.marker:
        return draft
    return replace(draft, text=draft.marker + draft.text, marker="")


class _Outline:
    """Where in the tree of headings the reading has come to."""

    def __init__(self) -> None:
        self._base = 0  # level of the last chapter, template heading or decision
        self._label = 0  # level of the last label below it, 0 for none
        self._point: int | None = None  # last numbered point of a decision, 0 before the first
        self._listed = 0  # number of the last numbered list item under the current heading
        self.resolution_level = 0  # level of the decision's own heading, 0 outside a decision

    def enter(self, item: Item, role: Role) -> int:
        """Return the level of a heading and move there."""
        self._listed = 0
        if role is Role.SUBHEADING:
            return max(self._base, self._label) + 1
        if role is Role.LABEL:
            self._label = self._base + 1
            return self._label
        self._label = 0
        if role is Role.CHAPTER and self._point is not None:
            self._point = item.number[-1]
            self._base = self.resolution_level + 1
        elif role is Role.CHAPTER:
            self._base = len(item.number)
        else:
            self._base = 1
            self._point = 0 if role is Role.RESOLUTION else None
            self.resolution_level = 1 if role is Role.RESOLUTION else 0
        return self._base

    def leave_for(self, item: Item) -> int | None:
        """Return the depth of a list item: the next point of a decision closes the one before.

        «2. Byrådets vedtak 1091/18 oppheves.» belongs to the decision, not to the last subheading
        under point 1. A number that goes on a list under the current heading is no such point.
        """
        if not item.number:
            return None
        number, inner = item.number[-1], 0 < self._listed == item.number[-1] - 1
        self._listed = number
        if inner or self._point is None or number != self._point + 1:
            return None
        self._point = number
        return self.resolution_level


def _merge_signatures(items: Sequence[Item]) -> list[Item]:
    """Join each closing line with the date and the name that stand under it."""
    merged: list[Item] = []
    for item in items:
        last = merged[-1] if merged else None
        if (
            item.role is Role.SIGNATURE
            and last is not None
            and last.role is Role.SIGNATURE
            and not NAME.match(last.lines[-1])
        ):
            last.text = f"{last.text}\n{item.text}"
            last.lines.append(item.text)
        else:
            merged.append(item)
    return merged
