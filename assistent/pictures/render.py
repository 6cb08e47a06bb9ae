"""What a PDF page looks like: its words with their boxes, and its picture, from pypdfium2.

Runs in the worker process only; see :mod:`assistent.pictures.worker`. Boxes are points from the
upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from assistent.readers.pdf_lines import Piece, lines_of
from assistent.readers.pdf_order import reading_zones
from assistent.readers.pdf_words import Frame, Word, page_words

MAX_PIXELS = 4_000_000
MAX_SIDE = 8000  # pixels; WebP ends at 16 383
MAX_SCALE = 8.0
MAX_WORDS = 20_000
_FEW_COLOURS = 2048
"""Up to so many colours a page is text and drawings, which are smaller and sharper without loss."""

Row = tuple[str, float, float, float, float, int]


class NoPageError(Exception):
    """The file has no page of that number, or the page has no size."""


def describe(path: Path, number: int) -> dict[str, Any]:
    """Return a page's size in points, the number of pages and the words in reading order.

    Args:
        path: the PDF file.
        number: the page, from 1.

    Returns:
        ``pages``, ``width``, ``height`` and ``words``; of each word its text, its box (left, top,
        right, bottom) and its place in the order of the file.

    Raises:
        NoPageError: there is no such page.
        pypdfium2.PdfiumError: the file cannot be read.
    """
    with _page(path, number) as (page, pages):
        frame = _frame(page)
        words = page_words(page, frame)[:MAX_WORDS]
        width, height = frame.size
        return {
            "pages": pages,
            "width": round(width, 2),
            "height": round(height, 2),
            "words": list(_rows(page, frame, words)),
        }


def picture(path: Path, number: int, width: int) -> bytes:
    """Return a page as a WebP picture of about ``width`` pixels.

    Raises:
        NoPageError: there is no such page.
        pypdfium2.PdfiumError: the file cannot be read.
    """
    with _page(path, number) as (page, _):
        across, down = page.get_size()
        scale = min(
            width / across,
            MAX_SIDE / across,
            MAX_SIDE / down,
            (MAX_PIXELS / (across * down)) ** 0.5,
            MAX_SCALE,
        )
        image = page.render(scale=scale).to_pil().convert("RGB")
        buffer = BytesIO()
        if image.getcolors(_FEW_COLOURS) is None:
            image.save(buffer, "WEBP", quality=80, method=3)
        else:
            image.save(buffer, "WEBP", lossless=True, quality=30, method=2)
        return buffer.getvalue()


@contextmanager
def _page(path: Path, number: int) -> Iterator[tuple[Any, int]]:
    document = pypdfium2.PdfDocument(path)
    try:
        if not 1 <= number <= len(document):
            raise NoPageError
        page = document[number - 1]
        try:
            if min(page.get_size()) < 1:
                raise NoPageError
            yield page, len(document)
        finally:
            page.close()
    finally:
        document.close()


def _frame(page: Any) -> Frame:
    """Return the part of the page that is drawn: what lies in both its boxes."""
    media, crop = page.get_mediabox(), page.get_cropbox()
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if left >= right or bottom >= top:
        left, bottom, right, top = media
    return Frame(left, bottom, right, top, page.get_rotation())


def _rows(page: Any, frame: Frame, words: Sequence[Word]) -> Iterator[Row]:
    text_page = page.get_textpage()
    try:
        for place in _reading_order(words):
            word = words[place]
            box = [round(each, 2) for each in _box(text_page.raw, frame, word)]
            yield word.text, box[0], box[1], box[2], box[3], place
    finally:
        text_page.close()


def _reading_order(words: Sequence[Word]) -> list[int]:
    """Return the places of the words in the order in which the reader puts them together."""
    by_height = sorted(range(len(words)), key=lambda place: words[place].baseline)
    heights = [words[place].baseline for place in by_height]
    taken: set[int] = set()
    order: list[int] = []
    for zone in reading_zones(lines_of(list(words))):
        for piece in zone.pieces:
            first = bisect_left(heights, piece.baseline - piece.size)
            last = bisect_left(heights, piece.baseline + piece.size)
            found = [
                place
                for place in by_height[first:last]
                if place not in taken and _belongs(words[place], piece)
            ]
            found.sort(key=lambda place: (words[place].left, place))
            taken.update(found)
            order += found
    return [*order, *(place for place in range(len(words)) if place not in taken)]


def _belongs(word: Word, piece: Piece) -> bool:
    near = abs(word.baseline - piece.baseline) <= 0.4 * max(word.size, piece.size)
    return near and piece.left - 0.1 <= word.left and word.right <= piece.right + 0.1


def _box(raw: Any, frame: Frame, word: Word) -> tuple[float, float, float, float]:
    """Return the box around the letters of a word, at least as high as small letters are."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    corners: list[tuple[float, float]] = []
    for index in range(word.first, word.last + 1):
        if pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top):
            corners.append(frame.place(left.value, bottom.value))
            corners.append(frame.place(right.value, top.value))
    across = [x for x, _ in corners] or [word.left, word.right]
    down = [y for _, y in corners] or [word.baseline]
    upper, lower = min(down), max(down)
    if abs(lower - word.baseline) < 0.5 * word.size:  # the word does not stand upright
        upper = min(upper, word.baseline - 0.7 * word.size)
        lower = max(lower, word.baseline + 0.2 * word.size)
    return min(across), upper, max(across), lower
