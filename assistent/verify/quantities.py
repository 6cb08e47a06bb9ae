"""What numbers, months, units and stretches of time are called (``data/bevis_tall.toml``)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from importlib import resources
from typing import Any

from assistent.verify.roots import is_noun_form

Unit = tuple[str, float]
"""What is counted, and how many of the smallest unit of its kind that is."""


@functools.cache
def _read() -> dict[str, Any]:
    source = resources.files("assistent").joinpath("data/bevis_tall.toml").read_text("utf-8")
    return tomllib.loads(source)


def _by_word(name: str) -> dict[str, str]:
    """Return the keys of a table by the words that stand under them."""
    table: Mapping[str, str] = _read()[name]
    return {word: key for key, words in table.items() for word in words.split()}


def _small(language: str) -> dict[str, int]:
    words = _read()["tallord"][language].split()
    found = {word: number for number, word in enumerate(words) if word != "-"}
    tens = _read()["tiere"].get(language, "").split()
    return found | {word: 10 * number for number, word in enumerate(tens, 2)}


MONTHS = {word: int(key) for word, key in _by_word("maaneder").items()}
SEASONS = {
    word.replace("_", " "): tuple(map(int, key.split("-")))
    for word, key in _by_word("aarstider").items()
}
"""Parts of a year by their first and last month."""
LARGE = {word: float(key) for word, key in _by_word("store").items()}
MEMBERS = {word: int(key) for word, key in _by_word("ledd").items()}
ORDINALS = {word: int(key) for word, key in _by_word("ordenstall").items()}
BOUNDS = {tuple(word.split("_")): key for word, key in _by_word("grenser").items()}
EDGES = _by_word("kanter")
UNITS: dict[str, Unit] = {
    word: (key.split()[1], float(Fraction(key.split()[0])))
    for word, key in _by_word("enheter").items()
}
RATES = {
    word.replace("_", " "): (float(key.split()[0]), key.split()[1])
    for word, key in _by_word("takt").items()
}
"""How often, as times and period."""
DAYS = frozenset(_by_word("dager"))
"""Words for parts of a day, a week or a year."""
ARTICLES = frozenset("en ett et ei ein eitt eit a an one".split())
HALVES = frozenset("halvparten halvdelen halvt halv".split())

_NORWEGIAN = _small("nb") | {"tyve": 20, "tredve": 30, "syv": 7, "éin": 1}
_NUMBER_WORDS = {
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "en": _small("en"),
    "de": _small("de"),
    "pl": _small("pl"),
}
_STRETCHES = frozenset(
    word for word, (unit, _) in UNITS.items() if unit in {"time", "day", "workday", "month"}
)
_TENS = range(20, 100, 10)


def is_time_unit(word: str) -> bool:
    """Whether a case-folded word is a stretch of time: «uke», «måneden», «years»."""
    if word == "minutes":
        return False  # of a meeting, unless a number stands before them
    return word in _STRETCHES or any(is_noun_form(word, unit) for unit in _STRETCHES)


def number_of(word: str, language: str) -> float | None:
    """Return the value of a case-folded number word, «tjuefem», «tredje»; None if it is none."""
    small = _NUMBER_WORDS.get(language, {})
    if word in small:
        return float(small[word])
    if word in ORDINALS:
        return float(ORDINALS[word])
    if word in LARGE:
        return LARGE[word]
    if word in HALVES:
        return 0.5
    for tens, value in small.items():
        if value in _TENS and word.startswith(tens):
            ones = small.get(word.removeprefix(tens).removeprefix("-"), 10)
            return float(value + ones) if 0 < ones < 10 else None
    return None
