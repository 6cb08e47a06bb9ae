"""Where a quote stands now: at the place an address gives, or where it has moved to since."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistent.types import Span
from assistent.web.addresses import ViewerAddress, quote_mark

_LONGEST_QUOTE = 20_000  # characters
_LARGEST_TEXT = 5_000_000  # characters that are searched for a quote that has moved
_WORD_START = re.compile(r"(?<!\w)\S")


class Fate(StrEnum):
    """What has become of a quote since its link was made."""

    THERE = "there"
    MOVED = "moved"
    GONE = "gone"
    DOUBTFUL = "doubtful"  # its words stand in several places, none of them the old one
    NOWHERE = "nowhere"  # the address names no place in the document


@dataclass(frozen=True, slots=True)
class Located:
    """A quote's place in the stored text, None where there is none to mark."""

    fate: Fate
    span: Span | None = None


def locate(text: str, address: ViewerAddress) -> Located:
    """Find the quote of an address in a document's stored text."""
    span = Span(address.start, address.end)
    length = span.end - span.start
    if not 0 < length <= _LONGEST_QUOTE:
        return Located(Fate.NOWHERE)
    quote = text[span.start : span.end]
    fits = len(quote) == length
    if not address.mark:
        # An address from before there were check marks, or one typed by hand.
        return Located(Fate.THERE, span) if fits and quote.strip() else Located(Fate.NOWHERE)
    if fits and quote_mark(quote) == address.mark:
        return Located(Fate.THERE, span) if quote.strip() else Located(Fate.NOWHERE)
    found = _search(text, length, address.mark)
    if len(found) == 1:
        return Located(Fate.MOVED, Span(found[0], found[0] + length))
    return Located(Fate.DOUBTFUL if found else Fate.GONE)


def _search(text: str, length: int, mark: str) -> list[int]:
    """Return where words of this length and check mark begin; one more than one is enough."""
    found: list[int] = []
    if len(text) > _LARGEST_TEXT:
        return found
    for match in _WORD_START.finditer(text):
        start = match.start()
        if start + length > len(text) or len(found) > 1:
            break
        if quote_mark(text[start : start + length]) == mark:
            found.append(start)
    return found
