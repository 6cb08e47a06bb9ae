"""Join the lines of a paragraph again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_CONJUNCTION = re.compile(r"(?:og|eller|samt)\b")
_WORD_START = re.compile(r"[\s/(«-]")
_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W_]+)*")
_NAME = re.compile(r"(?<=[a-zæøå,] )[A-ZÆØÅ][^\W\d_]+")  # capitalised inside a sentence
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_GOES_ON_TO_NUMBER = re.compile(r"[^\W\d_]+-\d")
_SAME_BEGINNING = 5  # letters: «pakken» and «pakkene» are one word in two forms


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the lines of a document say about its words.

    ``words`` are those written without a hyphen, ``pairs`` the two parts on each side of a hyphen
    inside a line («warm-blue» gives «warm» and the beginning of «blue»), ``names`` the words that
    are capitalised inside a sentence. All in lower case.
    """

    words: frozenset[str] = frozenset()
    pairs: frozenset[tuple[str, str]] = frozenset()
    names: frozenset[str] = frozenset()


def vocabulary(lines: Iterable[str]) -> Vocabulary:
    """Collect the words of a document from its lines; the ends of lines prove nothing."""
    words: set[str] = set()
    pairs: set[tuple[str, str]] = set()
    names: set[str] = set()
    rest = False  # the line begins with the rest of a word that was cut
    for line in lines:
        names.update(name.lower() for name in _NAME.findall(line))
        found = _WORD.findall(line.lower())[int(rest) :]
        rest = line.endswith(("-", "\u00ad"))
        for word in found[:-1] if rest else found:
            if "-" not in word:
                words.add(word)
            else:
                pairs |= {(a, b[:_SAME_BEGINNING]) for a, b in pairwise(word.split("-"))}
    return Vocabulary(frozenset(words), frozenset(pairs), frozenset(names))


def join_lines(before: str, after: str, known: Vocabulary | None = None) -> str:
    """Join two lines, mending a word that was hyphenated at the line end.

    The hyphen stays where it is the writer's own: before «og» and «eller», after a digit, an
    acronym or a single letter, before a capital letter or another mark, in a name that ends in a
    number («warm-blue-1000»), where the same two parts are hyphenated inside a line, and after a
    name («Punkt-pakken»). It goes where the whole word stands elsewhere («Osloregionen»).

    Args:
        before: the text so far.
        after: the next line.
        known: the words of the document, see :func:`vocabulary`.
    """
    if not before or not after:
        return before + after
    if not before.endswith(("-", "\u00ad")) or before.endswith(" -"):
        return f"{before} {after}"
    if _CONJUNCTION.match(after):
        return f"{before} {after}"
    stem = _WORD_START.split(before[:-1])[-1]
    if not after[0].islower() or not stem[-1:].isalpha() or len(stem) < 2 or stem.isupper():
        return before + after
    if _GOES_ON_TO_NUMBER.match(after) or _is_own(stem, after, known or Vocabulary()):
        return before + after
    return before[:-1] + after


def _is_own(stem: str, after: str, known: Vocabulary) -> bool:
    """Whether the document's other words show that a hyphen is the writer's own."""
    match = _FIRST_WORD.match(after)
    first, second = stem.lower(), match.group().lower() if match else ""
    if first + second in known.words:
        return False
    if (first, second[:_SAME_BEGINNING]) in known.pairs:
        return True
    return stem[0].isupper() and first in known.names
