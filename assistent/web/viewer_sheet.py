"""One page of a PDF as the viewer shows it: its picture, the boxes on it, and which text is its."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from assistent.originals import Original
from assistent.pictures.drawing import Box, PagePictures, PageWords, PictureError, PictureFault
from assistent.pictures.placing import Placement, pages_of, place_quote
from assistent.pictures.streams import Pages
from assistent.types import Block, Document, Span

_PAD = 1.0  # points around the letters


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of ``pages``; sizes and boxes are in points.

    ``text`` is what of the stored text stands on it, None where nothing does. ``other_pages`` are
    those that hold more of the quote. ``boxed`` says that every word of the quote was found.
    """

    number: int
    pages: int
    width: float
    height: float
    boxes: tuple[Box, ...]
    text: Span | None
    other_pages: tuple[int, ...]
    boxed: bool


def read_sheet(
    document: Document,
    original: Original,
    pictures: PagePictures,
    quote: Span | None,
    wanted: int | None,
) -> Sheet:
    """Return the page that is wanted, or the one on which the quote begins, or the first.

    Raises:
        PictureError: the page cannot be shown as a picture.
    """
    pages = Pages(lambda number: pictures.words(original.path, document.checksum, number))
    placement = place_quote(document, quote, pages) if quote else Placement({}, complete=False)
    number = wanted or min(placement.boxes, default=0) or _page_at(document, quote)
    page = _nearest(pages, max(1, number))
    number = page.number
    boxes = placement.boxes.get(number, ()) if placement.complete else ()
    return Sheet(
        number=number,
        pages=page.pages,
        width=page.width,
        height=page.height,
        boxes=tuple(_padded(box) for box in boxes),
        text=_text_on(document, number, pages),
        other_pages=tuple(other for other in sorted(placement.boxes) if other != number),
        boxed=placement.complete,
    )


def _nearest(pages: Pages, number: int) -> PageWords:
    """Return a page, or the last one if there are not so many."""
    try:
        return pages.words(number)
    except PictureError as error:
        if error.fault is not PictureFault.NO_PAGE or number == 1:
            raise
    return pages.words(pages.words(1).pages)


def _page_at(document: Document, quote: Span | None) -> int:
    if quote is None:
        return 1
    at = bisect_right(document.blocks, quote.start, key=lambda block: block.start) - 1
    return (document.blocks[at].page if at >= 0 else None) or 1


def _text_on(document: Document, number: int, pages: Pages) -> Span | None:
    """Return the part of the stored text on a page, with a paragraph that goes on there."""
    blocks = document.blocks
    first = bisect_left(blocks, number, key=lambda block: block.page or 0)
    last = first + len(_run(blocks[first:], number))
    if first > 0 and number in pages_of(document, first - 1, pages):
        first -= 1
    if first == last:
        return None
    return Span(blocks[first - 1].end if first else 0, blocks[last - 1].end)


def _run(blocks: Sequence[Block], number: int) -> list[Block]:
    return list(takewhile(lambda block: block.page == number, blocks))


def _padded(box: Box) -> Box:
    return Box(box.left - _PAD, box.top - _PAD, box.right + _PAD, box.bottom + _PAD)
