"""Where the words of a quote stand on the pages of its PDF.

The stored text was put together from the words of the pages: hyphens at line ends were mended,
list marks normalised, headers left out, rows of tables turned into sentences. Letters and digits
survive all that in their order, so a block is found on its page by them. Only what is found to the
last letter is shown: a box that covers other words than the quote would be worse than none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistent.pictures.boxes import boxes_of
from assistent.pictures.drawing import Box
from assistent.pictures.rows import place_row
from assistent.pictures.streams import Pages, Stream, letters_of
from assistent.types import Block, BlockKind, Document, Span

_MOST_PAGES = 4
"""Pages that one block may reach over."""
_SURE = 12  # letters: so much of a block's beginning is no coincidence


@dataclass(frozen=True, slots=True)
class Placement:
    """The boxes of a quote by page; ``complete`` says that every letter of it was found."""

    boxes: Mapping[int, tuple[Box, ...]]
    complete: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A run of words on one page that holds some letters of a block, counted from its first."""

    page: int
    first_letter: int
    letters: int
    words: tuple[int, ...]  # the word of each letter


def place_quote(document: Document, quote: Span, pages: Pages) -> Placement:
    """Find the words of a quote on the pages of its document."""
    boxes: dict[int, list[Box]] = {}
    complete = True
    for number, block in _blocks_of(document, quote):
        part = Span(max(block.start, quote.start), min(block.end, quote.end))
        placed = _place_part(document, number, part, pages)
        complete = complete and placed is not None
        for page, found in (placed or {}).items():
            boxes.setdefault(page, []).extend(found)
    return Placement({page: tuple(found) for page, found in boxes.items()}, complete)


def pages_of(document: Document, number: int, pages: Pages) -> tuple[int, ...]:
    """Return the pages that a block reaches over; the one it begins on if it is not found."""
    block = document.blocks[number]
    if block.page is None:
        return ()
    if block.kind is BlockKind.TABLE_ROW:
        return (block.page,)
    found = _find_block(document, number, pages)
    return tuple(run.page for run in found) or (block.page,)


def _blocks_of(document: Document, quote: Span) -> Iterator[tuple[int, Block]]:
    first = bisect_right(document.blocks, quote.start, key=lambda block: block.end)
    for number in range(first, len(document.blocks)):
        block = document.blocks[number]
        if block.start >= quote.end:
            return
        yield number, block


def _place_part(
    document: Document, number: int, part: Span, pages: Pages
) -> dict[int, list[Box]] | None:
    """Return the boxes of a part of one block by page; None if not every letter is found."""
    block = document.blocks[number]
    wanted = letters_of(document.text[part.start : part.end])
    if not wanted:
        return {}
    if block.page is None:
        return None
    if block.kind is BlockKind.TABLE_ROW:
        row = place_row(document, number, part, pages)
        return None if row is None else {block.page: row}
    before = len(letters_of(document.text[block.start : part.start]))
    runs = _find_block(document, number, pages)
    if sum(run.letters for run in runs) < len(letters_of(_text(document, block))):
        runs = _find_alone(wanted, block.page, pages)
        before = 0
    boxes: dict[int, list[Box]] = {}
    covered = 0
    for run in runs:
        first = max(before - run.first_letter, 0)
        last = min(before + len(wanted) - run.first_letter, run.letters)
        if first < last:
            covered += last - first
            words = tuple(dict.fromkeys(run.words[first:last]))
            boxes[run.page] = boxes_of(pages.words(run.page), words)
    return boxes if covered == len(wanted) else None


def _find_block(document: Document, number: int, pages: Pages) -> list[_Found]:
    """Find a block by its letters: whole on its page, or its beginning there and the rest after."""
    block = document.blocks[number]
    letters = letters_of(_text(document, block))
    if block.page is None or not letters:
        return []
    for stream in pages.streams(block.page):
        after = _end_of_earlier(document, number, stream)
        start = stream.find(letters, after)
        if start >= 0:
            return [_Found(block.page, 0, len(letters), stream.words(start, len(letters)))]
    return _find_across(document, number, letters, block.page, pages)


def _find_across(
    document: Document, number: int, letters: str, first: int, pages: Pages
) -> list[_Found]:
    """Follow a block that is not whole on the page where it begins over the next pages."""
    runs: list[_Found] = []
    done = 0
    last = min(first + _MOST_PAGES - 1, pages.words(first).pages)
    for reached in range(first, last + 1):
        stream, _ = pages.streams(reached)
        after = _end_of_earlier(document, number, stream) if reached == first else 0
        start, length = stream.longest(letters[done:], after)
        if length < min(_SURE, len(letters) - done):
            return []
        runs.append(_Found(reached, done, length, stream.words(start, length)))
        done += length
        if done == len(letters):
            return runs
    return []


def _find_alone(wanted: str, page: int, pages: Pages) -> list[_Found]:
    """Find a part of a block that a picture or a note has torn; only where it stands once."""
    for reached in range(page, min(page + 1, pages.words(page).pages) + 1):
        for stream in pages.streams(reached):
            starts = stream.find_all(wanted)
            if len(starts) == 1:
                return [_Found(reached, 0, len(wanted), stream.words(starts[0], len(wanted)))]
    return []


def _end_of_earlier(document: Document, number: int, stream: Stream) -> int:
    """Return where in a page's letters the blocks end that stand before a block on its page.

    «Ansvar» may stand ten times on a page; the one meant comes after what is read before it.
    """
    page = document.blocks[number].page
    first = number
    while first > 0 and document.blocks[first - 1].page == page:
        first -= 1
    end = 0
    for block in document.blocks[first:number]:
        letters = letters_of(_text(document, block))
        start = stream.find(letters, end) if letters else -1
        if start >= 0:
            end = start + len(letters)
    return end


def _text(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]
