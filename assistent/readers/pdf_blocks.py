"""From the lines of PDF pages to blocks: paragraphs, list items, headings and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistent.readers.heading_looks import may_be_heading
from assistent.readers.joining import Vocabulary, join_lines, vocabulary
from assistent.readers.pdf_body import Body
from assistent.readers.pdf_lines import Piece
from assistent.readers.pdf_order import Zone, reading_zones

_BULLET = re.compile(r"^(?:[•●▪◦‣∙·○■□➢✓\uf000-\uf0ff]\s*|o\s+(?=[A-ZÆØÅ]))(?=\S)")
_DASH = re.compile(r"^[–-]\s+(?=\S)")
_NUMBER = re.compile(r"^(\d{1,2}[.)]|[a-zæøå]\))\s+(?=[A-ZÆØÅ«§\d]|[a-zæøå]{2})")
_ORDINAL_AHEAD = re.compile(r"^\d{1,2}\.\s+[a-zæøå]")
_CHAPTER = re.compile(r"^(?:Kapittel\s+)?(\d{1,2}(?:\.\d{1,2})*)\.?\s+(?=[A-ZÆØÅ«§])")
_ENDED = re.compile(r"[.!?:;…][»”\")]*$")
_CONTENTS_LINE = re.compile(r"(?:\.\s?){4,}\s*\d+\s*$")
_OTHER_SIZE = 0.7
_FULL = 0.75  # of the width: a shorter line is the last of its paragraph
_LOOSE = 1.3  # of the usual line distance: farther apart is a new paragraph


@dataclass(slots=True)
class Found:
    """A block as found on the pages, with the page it begins on (from 1)."""

    kind: str  # «text», «item», «heading», «table»
    text: str
    page: int
    last: Piece
    zone: Zone
    marker: str = ""
    marker_left: float = 0.0
    indent: float = 0.0  # of a list marker, from the left edge of its column
    lines: int = 1
    rows: list[tuple[str, ...]] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The type size of its last line."""
        return self.last.size

    @property
    def bold(self) -> bool:
        """Whether its last line is bold."""
        return self.last.bold

    @property
    def ended(self) -> bool:
        """Whether its text ends as a sentence does."""
        return bool(_ENDED.search(self.text))


def find_blocks(pages: Sequence[Sequence[Piece]], body: Body) -> list[Found]:
    """Group the lines of all pages into blocks, in reading order."""
    known = vocabulary(piece.text for pieces in pages for piece in pieces)
    grouping = _Grouping(body, known)
    for number, pieces in enumerate(pages, start=1):
        for zone in reading_zones(pieces):
            fresh = True
            for piece in zone.pieces:
                if not _CONTENTS_LINE.search(piece.text):
                    grouping.add(piece, zone, number, fresh=fresh)
                    fresh = False
    return grouping.blocks


@dataclass(frozen=True, slots=True)
class _Grouping:
    """The blocks found so far, and what is needed to go on."""

    body: Body
    known: Vocabulary
    blocks: list[Found] = field(default_factory=list)

    def add(self, piece: Piece, zone: Zone, page: int, *, fresh: bool) -> None:
        """Append a line to the last block or begin a new one with it.

        ``fresh`` says that the line is the first of a page or column.
        """
        last = self.blocks[-1] if self.blocks else None
        if piece.rows:
            self.blocks.append(Found("table", "", page, piece, zone, rows=list(piece.rows)))
        elif self.body.stands_out(piece) and not _BULLET.match(piece.text):
            if last is not None and _continues_heading(last, piece, fresh=fresh):
                self._extend(last, piece, zone)
            else:
                self.blocks.append(Found("heading", piece.text, page, piece, zone))
        elif (marker := _marker(piece, last, self.body)) is not None:
            length, shown = marker
            indent = piece.left - zone.left
            self.blocks.append(
                Found("item", piece.text[length:], page, piece, zone, shown, piece.left, indent)
            )
        elif last is not None and _continues(last, piece, zone, self.body, fresh=fresh):
            self._extend(last, piece, zone)
        else:
            self.blocks.append(Found("text", piece.text, page, piece, zone))

    def _extend(self, block: Found, piece: Piece, zone: Zone) -> None:
        block.text = join_lines(block.text, piece.text, self.known)
        block.last, block.zone = piece, zone
        block.lines += 1


def _continues_heading(last: Found, piece: Piece, *, fresh: bool) -> bool:
    same = last.kind == "heading" and abs(last.last.size - piece.size) < _OTHER_SIZE
    near = 0 < piece.baseline - last.last.baseline < 1.6 * piece.size
    return (
        same
        and last.last.bold == piece.bold
        and near
        and not fresh
        and not _CHAPTER.match(piece.text)
        and (not last.ended or not may_be_heading(last.text))
    )


def _marker(piece: Piece, last: Found | None, body: Body) -> tuple[int, str] | None:
    """Return the length of a list marker and how it is written, None if there is none."""
    bullet = _BULLET.match(piece.text)
    if bullet:
        return bullet.end(), "• "
    begins = (
        last is None
        or last.kind in {"heading", "table"}
        or last.ended
        or last.kind == "item"
        or piece.baseline - last.last.baseline > _LOOSE * body.leading * body.size
        or piece.left > last.last.left + body.size
    )
    dash = _DASH.match(piece.text)
    if dash and begins and (piece.marker_gap > 0.6 * piece.size or _after_dash(last, piece)):
        return dash.end(), "• "
    number = _NUMBER.match(piece.text)
    if number and begins and not _ORDINAL_AHEAD.match(piece.text):
        return number.end(), f"{number.group(1)} "
    return None


def _after_dash(last: Found | None, piece: Piece) -> bool:
    if last is None or last.kind in {"heading", "table"}:
        return True
    beside = last.kind == "item" and abs(last.marker_left - piece.left) < 2
    return beside or last.text.endswith(":")


def _continues(last: Found, piece: Piece, zone: Zone, body: Body, *, fresh: bool) -> bool:
    """Whether a line goes on with the paragraph or list item before it."""
    if last.kind in {"heading", "table"} or abs(last.last.size - piece.size) > _OTHER_SIZE:
        return False
    lower = piece.text[0].islower()
    full = last.last.right - last.zone.left > _FULL * last.zone.width(body.width)
    if fresh:  # a new page or column
        return not last.ended and (lower or full or last.text.endswith("-"))
    step = piece.baseline - last.last.baseline
    if step > _LOOSE * body.leading * body.size:
        return False
    if last.kind == "item" and piece.left < last.marker_left + 2 and not lower:
        return not last.ended and full
    if last.ended and not lower:
        indented = piece.left > zone.left + 0.8 * body.size and last.last.left < zone.left + 2
        if (indented and last.kind == "text") or not full:
            return False
    return last.lines > 1 or full or lower or last.kind == "item"
