"""Typing errors in a question: words that are almost one of the documents' words.

A word that stands neither in the documents nor in the thesaurus, and is one slip from a word that
does, is read as that word («plakatt», «kommunikasjonstrategien»). The respelled question is what
the user sees as searched for. Distance: optimal string alignment (Boytsov 2011).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistent.words import STOP_WORDS, english_stem, normalise, stem

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 5
_SHORTEST_PART = 4
# In a shorter word a wrong or added letter often makes another word («kjøre», «kjøpe»); a missing,
# doubled or swapped one seldom does.
_SURE = 8
_DOUBLED = re.compile(r"(.)\1+")
# A longer word one slip from a known one is that word, even if it could be a compound:
# «kommunikasjonstrategien».
_LONG = 11
# Slips allowed in a word of at least so many letters. «direktør» is two slips from «direkte».
_ALLOWED = ((18, 3), (11, 2), (_SHORTEST, 1))


class SpellingGuide:
    """Knows the words that a question may mean.

    Args:
        words: case-folded words of the documents and of the thesaurus.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._stems = frozenset(map(stem, self._words)) | frozenset(map(english_stem, self._words))
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._words):
            if word.isalpha() and len(word) >= _SHORTEST - 1:
                self._by_letter.setdefault(word[0], []).append(word)
        self._nearest = functools.lru_cache(maxsize=4096)(self._find)

    def respell(self, text: str) -> str:
        """Return a text with its slips mended; a word with a capital inside a sentence is a name.

        Everything but the mended words stays as it is.
        """

        def mend(match: re.Match[str]) -> str:
            word = match.group()
            if match.start() > 0 and word[0].isupper():
                return word
            right = self.nearest(normalise(word))
            return (right.capitalize() if word[0].isupper() else right) or word

        return _WORD.sub(mend, text)

    def nearest(self, word: str) -> str:
        """Return the word that a case-folded word is a slip for; empty if none or unclear.

        People seldom get the first letter wrong, so only words with the same one are compared.
        """
        return self._nearest(word)

    def _find(self, word: str) -> str:
        if len(word) < _SHORTEST or self._is_form(word):
            return ""
        compound = self._is_compound(word)
        if compound and len(word) < _LONG:
            return ""
        allowed = next(slips for length, slips in _ALLOWED if len(word) >= length)
        found = process.extract(
            word,
            self._by_letter.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=1 if compound else allowed,
            limit=5,
        )
        likely = [(known, slips) for known, slips, _ in found if _is_likely(word, known)]
        if not likely:
            return ""
        best = [known for known, slips in likely if slips == likely[0][1]]
        # Two words of one stem are one word; two others, and nobody knows which is meant.
        return str(best[0]) if len({stem(known) for known in best}) == 1 else ""

    def _is_form(self, word: str) -> bool:
        """Whether a word or another form of it is known."""
        if word in self._words or word in STOP_WORDS:
            return True
        return stem(word) in self._stems or english_stem(word) in self._stems

    def _is_compound(self, word: str) -> bool:
        """Whether a word is put together of two known words."""
        return any(
            word[:cut] in self._words and self._is_tail(word[cut:])
            for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        )

    def _is_tail(self, rest: str) -> bool:
        tails = [rest]
        if rest.startswith("s") and len(rest) > _SHORTEST_PART:
            tails.append(rest[1:])
        return any(
            tail in self._words or (len(tail) > _SHORTEST and stem(tail) in self._stems)
            for tail in tails
        )


def _is_likely(word: str, known: str) -> bool:
    """Whether a slip is one that people make in a word of this length."""
    if len(word) >= _SURE:
        return True
    if len(word) == len(known):
        return sorted(word) == sorted(known)
    return len(word) < len(known) or _DOUBLED.sub(r"\1", word) == _DOUBLED.sub(r"\1", known)
