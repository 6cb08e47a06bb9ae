"""Which words of a claim its evidence carries.

A word is carried by a form, a derivation, a synonym, a part or the whole of a compound, or, for a
compound, by its parts wherever they stand. What nothing carries is the claim's own.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistent.verify.lexicon import meanings, opposed, translations
from assistent.verify.reading import Reading, Weight, Word
from assistent.verify.roots import bases, inflected, related, splits

_SHORTEST_PART = 3
_SHORTEST_HEAD = 4
# Behind a short first part («mål-oppnåelse») only a long one is sure to be a word.
_LONG_HEAD = 7
_LEAST_SKELETON = 4
# «Kommunen» is this one; «Bergen kommune» is not.
_OSLO = frozenset(("oslokommune", "oslo"))
_THE_MUNICIPALITY = frozenset(("kommunen", "kommunens"))
_VOWELS = re.compile(r"[aeiouyæøåj]")
_ENDING = re.compile(r"(?<=\w{4})(?:ane|ene|ast|ar|er|en|et|as|es|a|e|t|r)$")


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries a word: a word of the evidence, or of its context if ``position`` is None.

    ``quality`` is 1 for a form of the same word and less for what is only as good as it. Where
    ``opposed``, it is the same word with a negative prefix on one side.
    """

    low: str
    position: int | None
    quality: float
    opposed: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A claim against one piece of evidence: what carries each content word, by its position."""

    claim: Reading
    evidence: Reading
    carriers: dict[int, tuple[Carrier, ...]]

    @property
    def own(self) -> tuple[int, ...]:
        """The positions of the claim's content words that nothing carries."""
        return tuple(at for at in self.claim.content if not self.carriers.get(at))


def carry(claim: Reading, evidence: Reading, context: Sequence[Reading] = ()) -> Carried:
    """Find what carries each content word of a claim."""
    pool: list[tuple[Word, int | None]] = [
        (word, position) for position, word in enumerate(evidence.words)
    ]
    pool += [(word, None) for reading in context for word in reading.words]
    english, nynorsk = claim.language == "en", claim.language == "nn"
    found = {}
    for at, word in enumerate(claim.words):
        if word.weight is Weight.FUNCTION:
            continue
        carriers = [
            Carrier(other.low, position, quality, opposed)
            for other, position in pool
            for quality, opposed in (
                _quality(word.low, other.low, english=english, nynorsk=nynorsk),
            )
            if quality
            and (english or other.weight is not Weight.FUNCTION or _is_same(word.low, other.low))
        ]
        if not carriers and (word.weight is not Weight.NAME or "-" in word.low):
            carriers = _by_parts(word.low, pool, english=english)
        if not carriers and word.text.isupper():
            carriers = _by_initials(word, evidence)
        found[at] = tuple(sorted(carriers, key=lambda each: (each.position is None, -each.quality)))
    return Carried(claim, evidence, found)


@functools.lru_cache(maxsize=200_000)
def _quality(low: str, other: str, *, english: bool, nynorsk: bool) -> tuple[float, bool]:
    """Return how well ``other`` carries ``low``, and whether a negative prefix parts them."""
    if low == other:
        return 1.0, False
    if english:
        low = low.removesuffix("'s").removesuffix("s'")
        known = translations(low)
        if any(related(term, other) for term in known):
            return 0.9, False
        if _cognate(low, other) or any(_is_part(term, other) for term in known):
            return 0.8, False
        if meanings(low, english=True) & meanings(other):
            return 0.8, False
    if related(low, other):
        return (1.0 if inflected(low, other) else 0.95), False
    for one, two in ((low, other), (other, low)):
        if one.startswith("u") and len(one) > 4 and inflected(one[1:], two):
            return 0.9, True
    if (
        len(low) > 2
        and len(other) > 2
        and meanings(low) & meanings(other)
        and not opposed(low, other)
    ):
        return 0.9, False
    if low in _OSLO and other in _THE_MUNICIPALITY:
        return 0.9, False
    if _is_part(low, other):
        return 0.8, False
    if nynorsk and len(skeleton(low)) >= _LEAST_SKELETON and skeleton(low) == skeleton(other):
        return 0.9, False
    return 0.0, False


@functools.lru_cache(maxsize=50_000)
def skeleton(low: str) -> str:
    """Return the consonants of a word, without its ending: «løysingar» is «løsninger»."""
    return re.sub(r"(.)\1+", r"\1", _VOWELS.sub("", _ENDING.sub("", low)))


def _is_same(low: str, other: str) -> bool:
    """Whether two words are one, which a function word has to be to carry another."""
    return low == other or bool(bases(low) & bases(other))


def _cognate(low: str, other: str) -> bool:
    """«Strategy» and «strategi», «system» and «systemet»."""
    if min(len(low), len(other)) < 5:
        return False
    one, two = (word.replace("ph", "f").replace("c", "k") for word in (low, other))
    shared = next(
        (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b),
        min(len(one), len(two)),
    )
    return shared >= 5 and shared >= 0.6 * max(len(one), len(two))


@functools.lru_cache(maxsize=200_000)
def _is_part(low: str, other: str) -> bool:
    """Whether ``low`` is the head or the modifier of the compound ``other``."""
    if len(low) < _SHORTEST_PART:
        return False
    if "-" in other and any(inflected(low, part) for part in other.split("-") if part):
        return True
    for first, second in splits(other):
        if len(second) >= _SHORTEST_HEAD and len(first) >= 2 and inflected(low, second):
            return True
        shortest = _SHORTEST_HEAD if len(first) >= _SHORTEST_HEAD else _LONG_HEAD
        if inflected(low, first) and len(second) >= shortest:
            return True
    return False


def _by_parts(low: str, pool: Sequence[tuple[Word, int | None]], *, english: bool) -> list[Carrier]:
    """Return what carries both parts of a compound, if something does."""
    if "-" in low.strip("-"):
        parts = [part for part in low.split("-") if part]
        found_parts = [
            [each for entry in pool if (each := _carrier(part, entry, english=english))]
            for part in parts
        ]
        if all(found_parts):
            return [each for found in found_parts for each in found]
    for first, second in splits(low):
        if len(second) < _SHORTEST_HEAD or len(first) < _SHORTEST_PART:
            continue
        heads = [_carrier(second, each, english=english) for each in pool]
        found_heads = [each for each in heads if each]
        if not found_heads:
            continue
        modifiers = [_carrier(first, each, english=english) for each in pool]
        found = [each for each in modifiers if each]
        if found:
            return [*found_heads, *found]
    return []


_SMALL_WORDS = frozenset("og for i av and of the".split())
_AGENCY = "etaten"


def _by_initials(word: Word, evidence: Reading) -> list[Carrier]:
    """Return the name that an acronym is made of: «UKE», Utviklings- og kompetanseetaten."""
    names = re.finditer(
        r"[A-ZÆØÅ][\w-]*(?: (?:og|for|i|av|and|of|the|[a-zæøå]+etaten|[A-ZÆØÅ][\w-]*))*",
        evidence.text,
    )
    for name in names:
        parts = [part for part in name.group().split() if part not in _SMALL_WORDS]
        initials = "".join(part[0] for part in parts).upper()
        if word.text in {initials, f"{initials}E" if parts[-1].endswith(_AGENCY) else ""}:
            inside = [
                at
                for at, each in enumerate(evidence.words)
                if name.start() <= each.start < name.end()
            ]
            return [Carrier(evidence.words[at].low, at, 0.9) for at in inside]
    return []


def _carrier(low: str, entry: tuple[Word, int | None], *, english: bool) -> Carrier | None:
    word, position = entry
    quality, opposed = _quality(low, word.low, english=english, nynorsk=False)
    return Carrier(word.low, position, quality * 0.9, opposed) if quality else None
