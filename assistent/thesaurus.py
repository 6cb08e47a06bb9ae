"""What people say and what the documents say for the same (``assistent/data/ordliste.toml``).

Employees ask with other words than a strategy uses: «sjefen» for «leder», «nettsida» for
«oslo.kommune.no», «staff» for «ansatt». A question's words are widened with the documents' own;
the words themselves stay, so that nothing is lost where the list is wrong.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from assistent.words import STOP_WORDS, english_stem, stem, tokens


@dataclass(frozen=True, slots=True)
class Concept:
    """One weighty word of a question and what the documents may call it.

    ``alternatives`` are stems, the question's own first. ``term`` is the documents' word, empty
    where the list knows none. ``share`` is how much the word counts, in (0, 1].
    """

    alternatives: tuple[str, ...]
    term: str = ""
    share: float = 1.0


class Thesaurus:
    """Looks up the documents' words for the words of a question."""

    def __init__(self, terms: Mapping[str, Sequence[str]]) -> None:
        self._phrases: dict[tuple[str, ...], list[str]] = {}
        for term, sayings in terms.items():
            for saying in sayings:
                for stemmer in (stem, english_stem):
                    known = self._phrases.setdefault(_stems(saying, stemmer), [])
                    if term not in known:
                        known.append(term)
        self._longest = max((len(phrase) for phrase in self._phrases), default=0)

    def concepts(self, question: str, *, english: bool = False) -> tuple[Concept, ...]:
        """Return the question's weighty words in order, widened with the documents' words.

        An ``english`` question is looked up by English stems first: Norwegian stemming takes
        «letter» for «lett».
        A phrase («ta hensyn») may hold stop words; a single stop word is never weighty.
        """
        words = tokens(question)
        norwegian = [stem(word) for word in words]
        stemmed = [norwegian, [english_stem(word) for word in words]]
        if english:
            stemmed.reverse()
        found: dict[str, Concept] = {}
        in_phrase: set[int] = set()
        for start in range(len(words)):
            for length in range(min(self._longest, len(words) - start), 1, -1):
                part = slice(start, start + length)
                terms = self._lookup(stemmed[0][part]) or self._lookup(stemmed[1][part])
                if terms:
                    in_phrase.update(range(start, start + length))
                    inside = [
                        stem
                        for word, stem in zip(words[part], norwegian[part], strict=True)
                        if word not in STOP_WORDS
                    ]
                    for term in terms:
                        alternatives = dict.fromkeys([*_content(term), *inside])
                        found.setdefault(term, Concept(tuple(alternatives), term))
        for position, word in enumerate(words):
            if word in STOP_WORDS:
                continue
            own = norwegian[position]
            terms = self._lookup([stemmed[0][position]]) or self._lookup([stemmed[1][position]])
            alternatives = dict.fromkeys([own])
            for term in terms:
                alternatives.update(dict.fromkeys(_content(term)))
            if position in in_phrase and not terms:
                continue
            concept = Concept(tuple(alternatives), " ".join(terms))
            found.setdefault(own, concept)
        return tuple(found.values())

    def _lookup(self, stems: Sequence[str]) -> list[str]:
        return self._phrases.get(tuple(stems), [])


@functools.cache
def load_terms() -> Mapping[str, Sequence[str]]:
    """Read the list that comes with the package: the documents' words and what people say."""
    source = resources.files("assistent").joinpath("data/ordliste.toml").read_text("utf-8")
    terms: Mapping[str, Sequence[str]] = tomllib.loads(source)["ord"]
    return terms


@functools.cache
def load_thesaurus() -> Thesaurus:
    """Return the thesaurus of the package's list alone."""
    return Thesaurus(load_terms())


def _stems(text: str, stemmer: Callable[[str], str] = stem) -> tuple[str, ...]:
    return tuple(stemmer(word) for word in tokens(text))


def _content(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in tokens(text) if word not in STOP_WORDS)
