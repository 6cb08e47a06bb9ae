"""Tables with ruling lines on PDF pages, found by pdfplumber.

pdfplumber is slow, so it sees only pages on which PDFium finds enough lines or boxes. It gives the
cells; the words in them are those of :mod:`assistent.readers.pdf_words`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2.raw as pdfium

from assistent.readers.joining import join_lines
from assistent.readers.pdf_lines import Piece, lines_of
from assistent.readers.pdf_words import Frame, Word

_THIN = 3.0  # points: a ruling line
_MIN_SIDE = 15.0  # points: a line or box shorter than this is an ornament
_MAX_PATHS = 4000  # more are a map or a chart
_MIN_LINES = 4
_SEGMENTS_OF_A_BOX = 3  # in a path that holds a whole grid: lines are shared
_MIN_GRID = 150.0  # points; a smaller path of many lines is a drawing, such as a logo
_MAX_CELL_CHARACTERS = 800  # on average; larger cells are a page layout
_TEXT_CENTRE = 0.3  # of the type size above the baseline

Box = tuple[float, float, float, float]


class TableFinder:
    """Finds the tables of one PDF; pdfplumber opens the file when the first page needs it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pdf: Any = None

    def close(self) -> None:
        """Let go of the file."""
        if self._pdf is not None:
            self._pdf.close()

    def tables(self, page: Any, number: int, frame: Frame, words: Sequence[Word]) -> list[Piece]:
        """Return the tables of a page, each as a piece with its rows.

        Args:
            page: the pypdfium2 page.
            number: its index, from 0.
            frame: how the page lies.
            words: the words of the page.
        """
        if frame.rotation or not _may_have_table(page):
            return []
        if self._pdf is None:
            self._pdf = pdfplumber.open(self._path)
        plumbed = self._pdf.pages[number]
        try:
            shift_x, shift_y = frame.left, plumbed.mediabox[3] - frame.top
            found = [
                [[_shifted(cell, shift_x, shift_y) for cell in row.cells] for row in table.rows]
                for table in plumbed.find_tables()
            ]
        finally:
            plumbed.close()
        pieces = [_table_piece(rows, words) for rows in found]
        return [piece for piece in pieces if piece is not None]


def words_outside(words: Sequence[Word], tables: Sequence[Piece]) -> list[Word]:
    """Return the words that stand in none of the tables."""
    boxes = [(table.left, table.top, table.right, table.baseline) for table in tables]
    return [word for word in words if not any(_inside(word, box) for box in boxes)]


def _may_have_table(page: Any) -> bool:
    """Whether a page has enough lines or boxes; a path of many lines may be a whole grid."""
    horizontal = vertical = boxes = 0
    found = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3)
    for paths, item in enumerate(found, start=1):
        if paths > _MAX_PATHS:
            return False
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if height < _THIN:
            horizontal += width > _MIN_SIDE
        elif width < _THIN:
            vertical += height > _THIN
        elif width > _MIN_SIDE and height > _THIN * 2:
            segments = pdfium.FPDFPath_CountSegments(item.raw) if width > _MIN_GRID else 0
            boxes += max(1, segments // _SEGMENTS_OF_A_BOX)
    lines = horizontal + vertical
    ruled = horizontal >= 2 and vertical >= 2 and lines >= _MIN_LINES
    return ruled or boxes >= _MIN_LINES or (boxes > 0 and lines >= 2)


def _shifted(cell: Box | None, x: float, y: float) -> Box | None:
    return None if cell is None else (cell[0] - x, cell[1] - y, cell[2] - x, cell[3] - y)


def _table_piece(rows: Sequence[Sequence[Box | None]], words: Sequence[Word]) -> Piece | None:
    """Fill the cells; None if the ruling lines turn out to be no table."""
    boxes = [cell for row in rows for cell in row if cell is not None]
    if len(rows) < 2 or max(map(len, rows)) < 2 or not boxes:
        return None
    texts = tuple(tuple(_cell_text(cell, words) for cell in row) for row in rows)
    filled = [text for row in texts for text in row if text]
    columns = sum(1 for column in zip(*texts, strict=True) if any(column))
    if columns < 2 or sum(map(len, filled)) > _MAX_CELL_CHARACTERS * len(filled):
        return None
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    return Piece("", left, right, bottom, 0.0, bold=False, rows=texts, top=top)


def _cell_text(cell: Box | None, words: Sequence[Word]) -> str:
    if cell is None:
        return ""
    text = ""
    for line in lines_of([word for word in words if _inside(word, cell)]):
        text = join_lines(text, line.text)
    return text


def _inside(word: Word, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, word.baseline - _TEXT_CENTRE * word.size
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
