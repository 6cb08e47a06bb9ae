"""Headers, footers and page numbers that repeat from page to page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from assistent.readers.pdf_lines import Piece

_MARGIN = 0.13  # of the page height, above and below
_SAME_HEIGHT = 8.0  # points
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"^(?:(?:side|s\.|page)\s*)?[–-]?\s*\d{1,4}\s*[–-]?(?:\s*(?:av|/|of)\s*\d{1,4})?$",
    re.IGNORECASE,
)
_SAID_PAGE_NUMBER = re.compile(r"^side\s+\d+(?:\s*(?:av|/)\s*\d+)?$", re.IGNORECASE)


def without_running_lines(
    pages: Sequence[Sequence[Piece]], heights: Sequence[float], body_size: float
) -> list[list[Piece]]:
    """Take out the lines that repeat in the margins of the pages.

    A line repeats if the same words stand at the same height on enough pages, where a number that
    grows with the pages counts as the same. In a document of one page «1» and «Side 1 av 1» go.
    """
    spots: dict[tuple[str, bool], list[tuple[int, float, Piece]]] = defaultdict(list)
    for number, (pieces, height) in enumerate(zip(pages, heights, strict=True)):
        for piece in pieces:
            upper, lower = (
                piece.baseline < _MARGIN * height,
                piece.baseline > (1 - _MARGIN) * height,
            )
            if not piece.rows and (upper or lower):
                y = piece.baseline if upper else piece.baseline - height
                spots[(_template(piece.text, number), upper)].append((number, y, piece))
    dropped: set[int] = set()
    for found in spots.values():
        for group in _at_one_height(found):
            if _repeats(group, len(pages), body_size):
                dropped.update(id(piece) for _, _, piece in group)
    return [[piece for piece in pieces if id(piece) not in dropped] for pieces in pages]


def _template(text: str, page: int) -> str:
    """Write a number as its distance from the page's, so that page numbers become alike."""
    if _PAGE_NUMBER.match(text):
        first = _NUMBER.search(text)
        distance = int(first.group()) - page if first else 0
        return f"#{distance}"
    return _NUMBER.sub(
        lambda match: (
            f"#{int(match.group()) - page}"
            if abs(int(match.group()) - page) <= 2
            else match.group()
        ),
        text,
    )


def _at_one_height(
    found: Sequence[tuple[int, float, Piece]],
) -> list[list[tuple[int, float, Piece]]]:
    groups: list[list[tuple[int, float, Piece]]] = []
    for entry in sorted(found, key=lambda entry: entry[1]):
        if groups and entry[1] - groups[-1][-1][1] <= _SAME_HEIGHT:
            groups[-1].append(entry)
        else:
            groups.append([entry])
    return groups


def _repeats(group: Sequence[tuple[int, float, Piece]], pages: int, body_size: float) -> bool:
    count = len({number for number, _, _ in group})
    text, large = group[0][2].text, group[0][2].size > body_size + 0.6
    if _SAID_PAGE_NUMBER.match(text) and not large:
        return True
    grows = len({piece.text for _, _, piece in group}) > 1
    if grows and (large or group[0][2].bold):
        return False  # «Mål 1», «Mål 2» are headings
    if pages == 1:
        return text.strip("–- ") == "1" and not large
    if pages <= 3:
        return count == pages and not large
    if large:
        return count >= 0.6 * pages
    return count >= max(3, 0.3 * pages) or (count >= 3 and bool(_PAGE_NUMBER.match(text)))
