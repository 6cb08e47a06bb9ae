"""The word lists that claims are proven by: closed word classes, synonyms, opposites.

They stand in ``assistent/data/bevis_*.toml`` and are read once.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any

from assistent.thesaurus import load_terms
from assistent.verify.roots import bases, inflected, is_noun_form, related
from assistent.words import english_stem, normalise


class Mark(StrEnum):
    """What a closed-class word or phrase does to a clause; the values are the lists' names."""

    NEGATION = "nektelse"
    WITHOUT = "uten"
    RESTRICTION = "begrensning"
    EXCEPTION = "unntak"
    DUTY = "plikt"
    ADVICE = "raad"
    LEAVE = "lov"
    BAN = "forbud"
    EXEMPTION = "fritak"
    CONDITION = "vilkaar"
    HEDGE = "forbehold"
    ALL = "alltid"
    SOME = "noen"


Phrase = tuple[str, ...]
Side = tuple[int, int]
"""A row of words that exclude each other, and the kind in it."""

# Words of these classes have no content of their own.
_CLOSED = frozenset(
    (Mark.NEGATION, Mark.WITHOUT, Mark.RESTRICTION, Mark.CONDITION, Mark.ALL, Mark.SOME)
)
_BINDING = frozenset((Mark.DUTY, Mark.ADVICE, Mark.LEAVE, Mark.BAN, Mark.EXEMPTION))
_GRAMMARS = {
    "nb": "norsk",
    "nn": "norsk",
    "no": "norsk",
    "en": "engelsk",
    "de": "tysk",
    "pl": "polsk",
}
NORWEGIAN = frozenset(("nb", "nn", "no"))
# Languages whose words are compared with the evidence's; the others only by what is exact in them.
COMPARED = NORWEGIAN | {"en"}
_LONG_ENOUGH = 5
_SHORTEST_NOUN = 4


@dataclass(frozen=True, slots=True)
class Grammar:
    """The closed classes of one language."""

    marks: Mapping[Phrase, frozenset[Mark]]
    function_words: frozenset[str]
    carriers: frozenset[str]
    longest: int

    def closes(self, word: str) -> bool:
        """Whether a word is a negation, a condition, a quantifier: of a class without content."""
        return bool(self.marks.get((word,), frozenset()) & _CLOSED)

    def holds(self, word: str) -> bool:
        """Whether a word says how or how far something holds: «kreves», «normalt»."""
        return bool(self.marks.get((word,), frozenset()) & (_BINDING | {Mark.HEDGE}))

    def binds(self, word: str) -> bool:
        """Whether a word says how something binds: «plikter», «anbefaler», «tillatt»."""
        return bool(self.marks.get((word,), frozenset()) & _BINDING)


def _read(name: str) -> dict[str, Any]:
    source = resources.files("assistent").joinpath(f"data/bevis_{name}.toml").read_text("utf-8")
    return tomllib.loads(source)


@functools.cache
def grammar(language: str) -> Grammar | None:
    """Return the closed classes of a language (BCP 47); None where they are not known."""
    lists = _read("ord").get(_GRAMMARS.get(language, ""))
    if lists is None:
        return None
    marks: dict[Phrase, set[Mark]] = {}
    for mark in Mark:
        for entry in lists.get(mark.value, ()):
            marks.setdefault(tuple(entry.split()), set()).add(mark)
    return Grammar(
        marks={phrase: frozenset(found) for phrase, found in marks.items()},
        function_words=frozenset(lists["funksjonsord"].split()),
        carriers=frozenset(lists.get("baereord", "").split()),
        longest=max(map(len, marks)),
    )


def known_languages() -> Sequence[str]:
    """Return the languages whose closed classes are known, one for each grammar."""
    return ("nb", "en", "de", "pl")


# --- synonyms ------------------------------------------------------------------------------------


class _Groups:
    """Finds the groups that a word, or a form of it, stands in."""

    def __init__(self, words: Iterable[tuple[str, int]]) -> None:
        self._by_start: dict[str, list[tuple[str, int]]] = {}
        for word, group in words:
            self._by_start.setdefault(word[:2], []).append((word, group))

    def find(self, word: str) -> frozenset[int]:
        return frozenset(
            group
            for start in {form[:2] for form in (word, *bases(word))}
            for known, group in self._by_start.get(start, ())
            if related(word, known)
        )


@functools.cache
def _synonyms(english: bool) -> _Groups:
    return _Groups(
        (word, number)
        for number, line in enumerate(_read("synonymer")["grupper"])
        for word in line.partition("|")[2 if english else 0].split()
    )


@functools.lru_cache(maxsize=50_000)
def meanings(word: str, *, english: bool = False) -> frozenset[int]:
    """Return the numbers of the synonym groups that a case-folded word belongs to."""
    return _synonyms(english).find(word)


@functools.cache
def _translations() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for term, sayings in load_terms().items():
        for saying in sayings:
            if " " not in saying and " " not in term:
                found.setdefault(english_stem(normalise(saying)), set()).add(normalise(term))
    return {stem: frozenset(terms) for stem, terms in found.items()}


@functools.lru_cache(maxsize=20_000)
def translations(word: str) -> frozenset[str]:
    """Return Norwegian words for a case-folded English word, of the groups and of the search."""
    groups = _read_groups()
    found = {known for number in meanings(word, english=True) for known in groups[number]}
    return frozenset(found) | _translations().get(english_stem(word), frozenset())


@functools.cache
def _read_groups() -> Sequence[Sequence[str]]:
    return tuple(line.partition("|")[0].split() for line in _read("synonymer")["grupper"])


@functools.cache
def phrases() -> Mapping[str, Sequence[tuple[Phrase, str]]]:
    """Return the phrases that count as one word, by their first word, longest first."""
    found: dict[str, list[tuple[Phrase, str]]] = {}
    for line in _read("synonymer")["fraser"]:
        left, _, right = line.partition("=")
        words = tuple(normalise(left).replace("- ", " ").split())
        found.setdefault(words[0], []).append((words, right.strip()))
    return {
        first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in found.items()
    }


# --- opposites -----------------------------------------------------------------------------------


@functools.cache
def _kinds() -> Sequence[tuple[str, Side]]:
    return tuple(
        (word, (row, number))
        for row, line in enumerate(_read("motsetninger")["rader"])
        for number, kind in enumerate(line.split("/"))
        for word in kind.split()
    )


@functools.lru_cache(maxsize=50_000)
def sides(word: str) -> frozenset[Side]:
    """Return the rows of opposites that a case-folded word stands in, each with its kind there.

    A compound stands where its first part does: «internkommunikasjon» is intern.
    """
    return frozenset(
        side
        for known, side in _kinds()
        if known[:2] == word[:2] and (inflected(word, known) or _begins_with(word, known))
    )


def _begins_with(word: str, known: str) -> bool:
    long_enough = len(known) >= _LONG_ENOUGH and len(word) >= len(known) + _LONG_ENOUGH - 1
    return long_enough and word.startswith(known)


def opposed(first: str, second: str) -> bool:
    """Whether two case-folded words exclude each other."""
    mine = dict(sides(first))
    return any(mine.get(row, kind) != kind for row, kind in sides(second))


# --- word classes of Norwegian -------------------------------------------------------------------


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_read("ord")["norsk"][name].split())


def verbs() -> frozenset[str]:
    """Return the Norwegian verbs in the infinitive."""
    return _words("verb")


@functools.lru_cache(maxsize=20_000)
def is_actor(word: str) -> bool:
    """Whether a case-folded word, or the end of a compound, names somebody who may act."""
    return _is_one_of(word, _words("aktoerer"))


@functools.lru_cache(maxsize=20_000)
def is_channel(word: str) -> bool:
    """Whether a case-folded word names a channel or a tool."""
    return _is_one_of(word, _words("kanaler"))


@functools.lru_cache(maxsize=20_000)
def is_common_actor(word: str) -> bool:
    """Whether an actor may be named where the evidence speaks to nobody in particular."""
    return any(is_noun_form(word, known) for known in _words("allmenne"))


_SHORTEST_MODIFIER = 4


def _is_one_of(word: str, nouns: frozenset[str]) -> bool:
    if any(is_noun_form(word, noun) for noun in nouns):
        return True
    return any(
        is_noun_form(word[cut:], noun)
        for noun in nouns
        if len(noun) >= _SHORTEST_NOUN
        for cut in range(
            max(len(word) - len(noun) - 5, _SHORTEST_MODIFIER), len(word) - len(noun) + 1
        )
    )
