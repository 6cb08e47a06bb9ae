"""Every word the assistant knows, for reading questions: thesaurus, nicknames, spelling.

Made once per edition, as the documents' words and the channels' nicknames belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistent.spelling import SpellingGuide
from assistent.thesaurus import Concept, Thesaurus, load_terms
from assistent.types import Channel
from assistent.words import tokens


class WordBook:
    """Reads the words of questions to one edition of the documents.

    Args:
        words: the case-folded words of the documents.
        channels: the register's channels, whose nicknames stand for their names.
    """

    def __init__(self, words: Iterable[str], channels: Iterable[Channel] = ()) -> None:
        terms = dict(load_terms())
        for name, sayings in _nicknames(channels).items():
            terms[name] = [*terms.get(name, ()), *sayings]
        self._thesaurus = Thesaurus(terms)
        said = (word for pair in terms.items() for word in _words_of(*pair))
        self._spelling = SpellingGuide({*words, *said})

    def respell(self, text: str) -> str:
        """Return a question with its typing errors mended."""
        return self._spelling.respell(text)

    def concepts(self, question: str, *, english: bool = False) -> tuple[Concept, ...]:
        """Return the question's weighty words, widened with the documents' words."""
        return self._thesaurus.concepts(question, english=english)


def _words_of(term: str, sayings: Sequence[str]) -> Iterable[str]:
    for text in (term, *sayings):
        yield from tokens(text)


def _nicknames(channels: Iterable[Channel]) -> Mapping[str, list[str]]:
    """Return what people call each channel; a name with a note in brackets is cut before it."""
    return {
        re.split(r" ?[(/–]", channel.name)[0].strip().casefold(): list(channel.nicknames)
        for channel in channels
        if channel.nicknames
    }
