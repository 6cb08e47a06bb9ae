"""Boxes around words, one for each run of words on a line."""

from __future__ import annotations

from collections.abc import Sequence

from assistent.pictures.drawing import Box, PageWords


def boxes_of(page: PageWords, words: Sequence[int]) -> list[Box]:
    """Return the boxes around words, given by their places in ``page.words``."""
    boxes: list[Box] = []
    for place in words:
        box = page.words[place].box
        if boxes and _beside(boxes[-1], box):
            last = boxes[-1]
            upper, lower = min(last.top, box.top), max(last.bottom, box.bottom)
            boxes[-1] = Box(last.left, upper, max(last.right, box.right), lower)
        else:
            boxes.append(box)
    return boxes


def _beside(last: Box, box: Box) -> bool:
    """Whether a word follows on the line of the words before it."""
    height = min(last.bottom - last.top, box.bottom - box.top)
    common = min(last.bottom, box.bottom) - max(last.top, box.top)
    return common > height / 2 and -height < box.left - last.right < 2 * height
