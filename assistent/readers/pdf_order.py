"""The order in which the lines of a PDF page are read.

A file may draw its lines in any order. They are read from the top down; where lines stand side by
side with an empty gutter between them, the left column is read to its end before the right one. A
line that crosses the gutter ends both columns above it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistent.readers.pdf_lines import Piece

_MIN_COLUMN_LINES = 3
_MIN_LINES_BESIDE = 2
_MIN_COLUMN_CHARACTERS = 12  # on average in a line: less is a column of numbers or marks
_SAME_EDGE = 2.0  # points
_MAX_INDENT = 40.0  # points from the edge of a column to where its list items begin
_MAX_DEPTH = 3
_MIN_FILLING_LINES = 3


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines that are read one after the other in one column."""

    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        """The left edge of its text."""
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        """The right edge of its text."""
        return max(piece.right for piece in self.pieces)

    def width(self, usual: float) -> float:
        """Return the width its lines could have: its own, or the usual one if few lines fill it."""
        own = self.right - self.left
        filling = sum(1 for piece in self.pieces if piece.right > self.right - 0.15 * own)
        return own if filling >= _MIN_FILLING_LINES else max(own, usual)


def reading_zones(pieces: Sequence[Piece], depth: int = 0) -> list[Zone]:
    """Sort the lines of a page into zones in reading order."""
    if not pieces:
        return []
    ordered = sorted(pieces, key=lambda piece: (round(piece.upper + piece.size), piece.left))
    gutter = _gutter(ordered) if depth < _MAX_DEPTH else None
    if gutter is None:
        return [Zone(tuple(ordered))]
    zones: list[Zone] = []
    band: list[Piece] = []
    for piece in ordered:
        if piece.left < gutter < piece.right:
            zones += _columns(band, gutter, depth)
            zones += [Zone((piece,))]
            band = []
        else:
            band.append(piece)
    return _merged([*zones, *_columns(band, gutter, depth)])


def _columns(band: Sequence[Piece], gutter: float, depth: int) -> list[Zone]:
    left = [piece for piece in band if piece.right <= gutter]
    right = [piece for piece in band if piece.left >= gutter]
    if _side_by_side(left, right) < _MIN_LINES_BESIDE:
        return [Zone(tuple(band))] if band else []
    return [*reading_zones(left, depth + 1), *reading_zones(right, depth + 1)]


def _merged(zones: Sequence[Zone]) -> list[Zone]:
    """Join full-width lines that follow each other into one zone."""
    merged: list[Zone] = []
    for zone in zones:
        overlap = merged and zone.left < merged[-1].right and merged[-1].left < zone.right
        below = merged and zone.pieces[0].upper >= merged[-1].pieces[-1].upper
        if overlap and below:
            merged[-1] = Zone((*merged[-1].pieces, *zone.pieces))
        else:
            merged.append(zone)
    return merged


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Find where the right column begins: a left edge that parts the most lines.

    Lines must run beside each other on both sides of it, most lines must not cross it, and both
    sides must hold text rather than numbers.
    """
    best: tuple[int, float] | None = None
    for edge in sorted({round(piece.left) for piece in pieces}):
        gutter = edge - _SAME_EDGE
        right = [piece for piece in pieces if piece.left >= gutter]
        left = [piece for piece in pieces if piece.right <= gutter]
        near = sum(1 for piece in right if piece.left <= edge + _MAX_INDENT)
        if min(near, len(left)) < _MIN_COLUMN_LINES:
            continue
        crossing = len(pieces) - len(left) - len(right)
        beside = _side_by_side(left, right)
        gain = beside - 2 * crossing
        if (
            beside >= _MIN_LINES_BESIDE
            and crossing <= len(pieces) / 2
            and (best is None or gain > best[0])
            and _is_text(left)
            and _is_text(right)
        ):
            best = (gain, gutter)
    return best[1] if best else None


def _is_text(pieces: Sequence[Piece]) -> bool:
    return sum(len(piece.text) for piece in pieces) >= _MIN_COLUMN_CHARACTERS * len(pieces)


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> int:
    """Count the lines of the shorter side that lie within the height of the other."""
    if not left or not right:
        return 0
    top = max(min(p.upper for p in left), min(p.upper for p in right)) - 1
    bottom = min(max(p.baseline for p in left), max(p.baseline for p in right)) + 1
    return min(
        sum(1 for piece in side if top <= piece.upper and piece.baseline <= bottom)
        for side in (left, right)
    )
