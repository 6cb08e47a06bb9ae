"""Words of a PDF page with their place and type, from pypdfium2.

Coordinates are points from the upper left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!ctionary)", re.IGNORECASE)
_BOLD_WEIGHT = 600
_LINE_HYPHENS = {0x02, 0xFFFE}  # how PDFium marks a hyphen at the end of a line
_WHITE_SPACE = {0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x00}
_MIN_SIZE = 3.0  # points; nobody reads what is smaller
_SKEWED = 0.05  # radians off the axes: watermarks


@dataclass(slots=True)
class Word:
    """Letters without white space between them."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    spaced: bool  # white space stands before it
    first: int  # of its characters, counted in the text of the page
    last: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Turns PDF coordinates into those of the page as shown."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the page's own system as distances from the upper left corner."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.rotation in {90, 270} else (width, height)


def page_frame(page: Any) -> Frame:
    """Return the frame of a pypdfium2 page: its crop box and rotation."""
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def page_words(page: Any, frame: Frame) -> list[Word]:
    """Return the words of a page in the order of the file.

    What lies outside the page, is too small to read, or is skewed like a watermark is left out.
    """
    text_page = page.get_textpage()
    try:
        scan = _Scan(text_page.raw, frame)
        return [word for span in scan.spans() if (word := scan.word(*span)) is not None]
    finally:
        text_page.close()


class _Scan:
    """Reads one text page; the C variables are made once and used for every call."""

    def __init__(self, raw: Any, frame: Frame) -> None:
        self._raw = raw
        self._frame = frame
        self._width, self._height = frame.size
        self._doubles = [ctypes.c_double() for _ in range(4)]
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()
        self._codes: list[int] = []

    def spans(self) -> Iterator[tuple[int, int, bool]]:
        """Yield the first and the last character of each word, and whether a space is before."""
        read, raw = pdfium.FPDFText_GetUnicode, self._raw
        self._codes = [read(raw, index) for index in range(pdfium.FPDFText_CountChars(raw))]
        start, spaced = -1, True
        for index, code in enumerate(self._codes):
            if code in _WHITE_SPACE:
                if start >= 0:
                    yield start, index - 1, spaced
                start, spaced = -1, True
                continue
            if start < 0:
                start = index
            if code in _LINE_HYPHENS:
                yield start, index, spaced
                start, spaced = -1, False
        if start >= 0:
            yield start, len(self._codes) - 1, spaced

    def word(self, first: int, last: int, spaced: bool) -> Word | None:
        size = self._size(first)
        angle = pdfium.FPDFText_GetCharAngle(self._raw, first) % (math.pi / 2)
        if size < _MIN_SIZE or _SKEWED < angle < math.pi / 2 - _SKEWED:
            return None
        x, y = self._doubles[:2]
        pdfium.FPDFText_GetCharOrigin(self._raw, first, x, y)
        left, baseline = self._frame.place(x.value, y.value)
        right = max(self._right(last), left)
        if right < 0 or left > self._width or not 0 <= baseline <= self._height + size:
            return None
        text = "".join(
            "-" if code in _LINE_HYPHENS else chr(code)
            for code in self._codes[first : last + 1]
            if code < 0x110000 and not 0xD800 <= code < 0xE000
        )
        bold = self._bold(first)
        return Word(text, left, right, baseline, size, bold, spaced, first, last)

    def _right(self, index: int) -> float:
        left, right, bottom, top = self._doubles
        pdfium.FPDFText_GetCharBox(self._raw, index, left, right, bottom, top)
        one = self._frame.place(left.value, bottom.value)[0]
        other = self._frame.place(right.value, top.value)[0]
        return max(one, other)

    def _size(self, index: int) -> float:
        size = float(pdfium.FPDFText_GetFontSize(self._raw, index))
        if pdfium.FPDFText_GetMatrix(self._raw, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        return size

    def _bold(self, index: int) -> bool:
        if pdfium.FPDFText_GetFontWeight(self._raw, index) >= _BOLD_WEIGHT:
            return True
        length = pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, 256, self._flags)
        name = self._name.raw[: min(length, 256)].decode("utf-8", errors="replace")
        return bool(_BOLD.search(name.partition("+")[2] or name))
