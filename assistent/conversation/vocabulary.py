"""The words that matter in conversation, from ``data/samtale.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from assistent.words import STOP_WORDS, english_stem, stem, tokens

_ENDINGS = ("", "e", "r", "a", "en", "et", "er", "ene", "ne")


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """``light`` are stems that name no topic; ``groups`` says which groups a stem belongs to."""

    light: frozenset[str]
    groups: Mapping[str, frozenset[str]]


def topical(question: str) -> tuple[str, ...]:
    """Return the stems of the words that name what a question is about, in order."""
    light = _vocabulary().light
    return tuple(
        dict.fromkeys(
            stem(word)
            for word in tokens(question)
            if word not in STOP_WORDS and light.isdisjoint((stem(word), english_stem(word)))
        )
    )


def groups_of(word: str) -> frozenset[str]:
    """Return the groups of words that a case-folded word belongs to; often none."""
    groups = _vocabulary().groups
    return groups.get(stem(word)) or groups.get(english_stem(word)) or frozenset()


def _roots(word: str) -> set[str]:
    """Return the stems of a word's forms: «innbygger» and «innbyggere» have different ones."""
    return {english_stem(word), *(stem(f"{word}{ending}") for ending in _ENDINGS)}


@functools.cache
def _vocabulary() -> _Vocabulary:
    source = files("assistent").joinpath("data/samtale.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    groups: dict[str, frozenset[str]] = {}
    for name, words in data["motsetninger"].items():
        for word in words:
            for root in _roots(word):
                groups[root] = groups.get(root, frozenset()) | {name}
    light = frozenset(
        root for word in data["lette"]["ord"] for root in (stem(word), english_stem(word))
    )
    return _Vocabulary(light, groups)
