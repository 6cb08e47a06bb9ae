"""Which language a claim is in, told by its closed-class words."""

from __future__ import annotations

import re

from assistent.verify.lexicon import NORWEGIAN, grammar, known_languages
from assistent.words import normalise

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_FEWEST = 4
_LEAST_SHARE = 0.1
_CLEARLY = 2


def language_of(claim: str, asked: str) -> str | None:
    """Return the language to read a claim in; None if it is none whose rules are known.

    Args:
        asked: the language the claim was asked for in, BCP 47. It holds unless the words say
            clearly otherwise.
    """
    words = [normalise(word) for word in _WORD.findall(claim)]
    counts = {language: _closed_words(words, language) for language in known_languages()}
    best = max(counts, key=lambda language: counts[language])
    asked = asked.split("-")[0].lower()
    home = "nb" if asked in NORWEGIAN else asked
    other = home not in counts or counts[best] >= counts[home] + _CLEARLY
    chosen = best if other else home
    if len(words) >= _FEWEST and counts[chosen] < _LEAST_SHARE * len(words):
        return None
    if home not in counts and counts[chosen] < _CLEARLY:
        return None
    return asked if chosen == "nb" and asked in NORWEGIAN else chosen


def _closed_words(words: list[str], language: str) -> int:
    rules = grammar(language)
    assert rules is not None
    known = rules.function_words | rules.carriers
    return sum(word in known or (word,) in rules.marks for word in words)
