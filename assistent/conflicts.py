"""Documents that disagree, and which of them prevails.

Two statements disagree when they speak of the same thing in mostly the same words but differ in
what binds: their numbers, their modality (skal, bør, kan), or a negation. It takes different
documents; inside one document the later sentence explains the earlier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistent.evidence import Candidate
from assistent.types import DocumentInfo
from assistent.words import content_stems

_MIN_SHARED = 4
_MIN_OVERLAP = 0.7
_NUMBER = re.compile(r"(?<![§\w/.-])\d+(?:[ .,]\d+)*(?![\w/])")
_MODALITY = (
    frozenset(("skal", "må")),
    frozenset(("bør",)),
    frozenset(("kan",)),
)
_NEGATION = re.compile(r"\b(?:ikke|aldri|ingen)\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Precedence:
    """Which of two documents prevails; ``by`` is ``rang``, ``dato`` or empty if neither does."""

    first: DocumentInfo
    second: DocumentInfo
    by: str


def opponents(
    chosen: Sequence[Candidate], candidates: Iterable[Candidate]
) -> list[tuple[Candidate, Candidate]]:
    """Return the pairs of a chosen statement and one of another document that disagrees."""
    return [
        (candidate, other)
        for other in candidates
        for candidate in chosen
        if other.passage.document != candidate.passage.document
        and disagree(candidate.text, other.text)
    ]


def disagree(first: str, second: str) -> bool:
    """Whether two statements say different things about the same."""
    one, other = (set(content_stems(_NUMBER.sub(" ", text))) for text in (first, second))
    shared = len(one & other)
    if shared < _MIN_SHARED or shared < _MIN_OVERLAP * max(len(one), len(other)):
        return False
    numbers = [set(_NUMBER.findall(text)) for text in (first, second)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return True
    modality = [_modality(text) for text in (first, second)]
    if all(modality) and modality[0] != modality[1]:
        return True
    return bool(_NEGATION.search(first)) != bool(_NEGATION.search(second))


def prevailing(first: DocumentInfo, second: DocumentInfo) -> Precedence:
    """Order two documents: the higher precedence prevails, then the later date."""
    if first.precedence != second.precedence:
        ordered = sorted((first, second), key=lambda info: -info.precedence)
        return Precedence(ordered[0], ordered[1], "rang")
    dates = [info.adopted or info.valid_from or date.min for info in (first, second)]
    if dates[0] == dates[1]:
        return Precedence(first, second, "")
    later_first = (first, second) if dates[0] > dates[1] else (second, first)
    return Precedence(*later_first, "dato")


def _modality(text: str) -> frozenset[str]:
    words = {word.lower() for word in _WORD.findall(text)}
    return next((group for group in _MODALITY if words & group), frozenset())
