"""Which part of a long document is sent at once, and its table of contents.

A document of a thousand pages is some megabytes of text. What is sent is a window of it around
the place that is asked for, cut at headings where there are any.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assistent.types import BlockKind, Document, Span
from assistent.web.viewer import ShownHeading

WHOLE = 30_000
"""Characters of a document that is sent in one piece."""

PART = 20_000
"""Characters of a window into a longer one."""

MOST_HEADINGS = 80

_LEAD = 4_000  # characters before a quote that are worth showing
_LONGEST_WORD = 200


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a document's text and where the parts before and after it begin, if there are."""

    span: Span
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Contents:
    """Headings for a table of contents; ``total`` counts those of the same levels in all."""

    entries: tuple[ShownHeading, ...]
    total: int


def window_at(document: Document, place: int, quote: Span | None) -> Window:
    """Return the window that begins with the block at ``place``, or a little before a quote.

    Args:
        document: what is read.
        place: an offset into its text; what lies outside is taken as the nearest end.
        quote: shown whole where the window is meant to show it.
    """
    length = len(document.text)
    if length <= WHOLE:
        return Window(Span(0, length))
    cuts = _Cuts(document)
    place = max(0, min(place, length - 1))
    start = cuts.start_of_block(place)
    if quote is not None:
        start = cuts.backward(quote.start, _LEAD)
    end = max(cuts.forward(start), quote.end if quote else 0)
    return Window(
        Span(start, end),
        before=cuts.backward(start - 1, PART) if start > 0 else None,
        after=end if end < length else None,
    )


def contents(shown: Sequence[ShownHeading], place: int) -> Contents:
    """Return the headings of as many levels as fit, or else those nearest to ``place``."""
    if not shown:
        return Contents((), 0)
    for deepest in range(6, 1, -1):
        kept = [heading for heading in shown if heading.level <= deepest]
        if 1 < len(kept) <= MOST_HEADINGS:
            return Contents(tuple(kept), len(kept))
    highest = min(heading.level for heading in shown)
    kept = [heading for heading in shown if heading.level == highest]
    if len(kept) < 2:
        kept = list(shown)
    here = bisect_right(kept, place, key=lambda heading: heading.start)
    first = max(0, min(here - MOST_HEADINGS // 2, len(kept) - MOST_HEADINGS))
    return Contents(tuple(kept[first : first + MOST_HEADINGS]), len(kept))


class _Cuts:
    """Where a document can be cut: before a heading, before a block, or else between words."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._blocks = [block.start for block in document.blocks]
        self._headings = [
            block.start for block in document.blocks if block.kind is BlockKind.HEADING
        ]

    def start_of_block(self, place: int) -> int:
        """Return a place that begins a word, or else where the block begins that holds it."""
        if place == 0 or self._text[place - 1].isspace():
            return place
        at = bisect_right(self._blocks, place) - 1
        start = self._blocks[at] if at >= 0 else 0
        return self._line(start) if place - start <= PART else self._space(place)

    def forward(self, start: int) -> int:
        """Return where a window that begins at ``start`` ends."""
        goal = start + PART
        if goal >= len(self._text):
            return len(self._text)
        for places in (self._headings, self._blocks):
            at = bisect_right(places, goal) - 1
            # A cut near the beginning would make windows of a few lines.
            if at >= 0 and places[at] > start + PART // 2:
                return self._line(places[at])
        return self._space(goal)

    def backward(self, end: int, reach: int) -> int:
        """Return where a window begins that ends at ``end`` and is ``reach`` long at most."""
        goal = end - reach
        if goal <= 0:
            return 0
        for places in (self._headings, self._blocks):
            at = bisect_left(places, goal)
            if at < len(places) and places[at] <= end:
                return self._line(places[at])
        return self._space(goal)

    def _line(self, place: int) -> int:
        """Return where the line of a block begins: its list marker belongs to it."""
        return self._text.rfind("\n", 0, place) + 1

    def _space(self, place: int) -> int:
        """Return where the word begins that holds a place; the place in an endless word."""
        found = self._text.rfind(" ", max(0, place - _LONGEST_WORD), place)
        return found + 1 if found >= 0 or place <= _LONGEST_WORD else place
