"""Tell headings by how they look: size and weight, where nothing marks them as headings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MAX_WORDS = 22
_MAX_CHARACTERS = 180
_MAX_WORDS_BEFORE_STOP = 3
_SENTENCE_END = re.compile(r"[.,;]$")
_WORD = re.compile(r"[^\W\d_]{2}")
_CHAPTER = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s+\S")
_SAME_SIZE = 0.6  # points


@dataclass(frozen=True, slots=True)
class Look:
    """How a heading looks: size in points, weight, and how deep its number is («1.2» is 2)."""

    size: float
    bold: bool
    depth: int = 1

    @classmethod
    def of(cls, text: str, size: float, *, bold: bool) -> Look:
        """Return the look of a heading with this text; one without a number has depth 1."""
        number = _CHAPTER.match(text)
        return cls(round(size * 2) / 2, bold, number.group(1).count(".") + 1 if number else 1)


def may_be_heading(text: str) -> bool:
    """Whether a line that stands out can be a heading: short, with words, not a sentence."""
    words = len(text.split())
    if len(text) > _MAX_CHARACTERS or words > _MAX_WORDS or not _WORD.search(text):
        return False
    return not _SENTENCE_END.search(text) or (
        text.endswith(".") and words <= _MAX_WORDS_BEFORE_STOP
    )


def heading_levels(looks: Iterable[Look]) -> dict[Look, int]:
    """Give each look its level: larger before smaller, bold before regular, «1» before «1.1».

    Sizes that differ by about half a point are one size.
    """
    ordered = sorted(set(looks), key=lambda look: -look.size)
    keys: dict[Look, tuple[float, bool, int]] = {}
    size = 0.0
    for look in ordered:
        size = size if size - look.size < _SAME_SIZE and size else look.size
        keys[look] = (-size, not look.bold, look.depth)
    numbers = {key: level for level, key in enumerate(sorted(set(keys.values())), start=1)}
    return {look: numbers[key] for look, key in keys.items()}
