"""Put the words of a PDF page together to lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from assistent.readers.pdf_words import Word

_JOIN_GAP = 1.2  # of the type size: words farther apart are not on one line of text
_MARKER = re.compile(
    r"^(?:[•●▪◦‣∙·○■□➢✓\uf000-\uf0ff\u2013-]|o|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zæøå])[.)]?)$"
)
_MARKER_GAP = 60.0  # points between a list marker and its text


@dataclass(slots=True)
class Piece:
    """A line of text, or the part of it that stands in one column."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    marker_gap: float = 0.0  # between the first word and the second
    rows: tuple[tuple[str, ...], ...] = ()  # a table in the place of a line
    top: float = 0.0  # of a table

    @property
    def upper(self) -> float:
        """The upper edge."""
        return self.top if self.rows else self.baseline - self.size


def lines_of(words: list[Word]) -> list[Piece]:
    """Put words that follow each other on one baseline together, and markers with their text."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _follows(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return _mend([_piece(group) for group in groups])


def _follows(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    gap = word.left - before.right
    return (
        abs(word.baseline - before.baseline) < 0.4 * size and -0.5 * size < gap < _JOIN_GAP * size
    )


def _piece(words: list[Word]) -> Piece:
    text = words[0].text
    for before, word in pairwise(words):
        text += word.text if not _apart(before, word) else f" {word.text}"
    by_size: dict[float, int] = {}
    for word in words:
        by_size[round(word.size, 1)] = by_size.get(round(word.size, 1), 0) + len(word.text)
    total = sum(by_size.values())
    bold = sum(len(word.text) for word in words if word.bold)
    return Piece(
        text=text,
        left=words[0].left,
        right=max(word.right for word in words),
        baseline=max(words, key=lambda word: word.size).baseline,
        size=max(by_size, key=lambda size: by_size[size]),
        bold=bold > 0.9 * total,
        marker_gap=words[1].left - words[0].right if len(words) > 1 else 0.0,
    )


def _apart(before: Word, word: Word) -> bool:
    return word.spaced or word.left - before.right > 0.15 * word.size


def _mend(pieces: list[Piece]) -> list[Piece]:
    """Join a list marker, and what was drawn out of order, with what stands right of it."""
    result: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (round(piece.baseline), piece.left)):
        last = result[-1] if result else None
        if last is not None and _belongs(last, piece):
            gap = piece.left - last.right
            glue = " " if gap > 0.15 * piece.size else ""
            result[-1] = Piece(
                text=last.text + glue + piece.text,
                left=last.left,
                right=max(last.right, piece.right),
                baseline=piece.baseline,
                size=max((last, piece), key=lambda p: len(p.text)).size,
                bold=piece.bold if _MARKER.match(last.text) else last.bold and piece.bold,
                marker_gap=last.marker_gap if " " in last.text else gap,
            )
        else:
            result.append(piece)
    return result


def _belongs(last: Piece, piece: Piece) -> bool:
    gap = piece.left - last.right
    size = max(last.size, piece.size)
    if abs(last.baseline - piece.baseline) > 0.4 * size or gap < -0.5 * size:
        return False
    return gap < (_MARKER_GAP if _MARKER.match(last.text) else 0.6 * size)
