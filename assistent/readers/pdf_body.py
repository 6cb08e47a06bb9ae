"""What is usual in a PDF, so that what differs can be told."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistent.readers.pdf_lines import Piece

_LARGER = 0.9  # points above the body size


@dataclass(frozen=True, slots=True)
class Body:
    """What is usual in a document: type size, weight, line distance in type sizes, line width."""

    size: float
    bold: bool
    leading: float
    width: float

    def stands_out(self, piece: Piece) -> bool:
        """Whether a line is larger than the text around it, or bold where that is not."""
        larger = piece.size >= self.size + _LARGER
        return larger or (piece.bold and not self.bold and piece.size > self.size - _LARGER)


def usual_body(pages: Iterable[Sequence[Piece]]) -> Body:
    """Measure the body text: the most common type size and weight by characters."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    pages = list(pages)
    for pieces in pages:
        for piece in pieces:
            if not piece.rows:
                sizes[round(piece.size * 2) / 2] += len(piece.text)
                bold[piece.bold] += len(piece.text)
    size = sizes.most_common(1)[0][0] if sizes else 10.0
    steps = [
        (after.baseline - before.baseline) / size
        for pieces in pages
        for before, after in pairwise(pieces)
        if abs(before.size - size) < 0.5 and abs(after.size - size) < 0.5
    ]
    near = [step for step in steps if 0.9 < step < 2.2]
    leading = statistics.median_low(near) if near else 1.2
    widths = [p.right - p.left for pieces in pages for p in pieces if abs(p.size - size) < 0.5]
    width = statistics.quantiles(widths, n=4)[-1] if len(widths) > 1 else 0.0
    return Body(size, bold[True] > bold[False], leading, width)
