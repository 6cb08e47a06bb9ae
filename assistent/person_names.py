"""Names of persons in a text: known first names, and two capitalised words in a row."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from assistent.types import Span

WORD = re.compile(r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*")
_TITLES = frozenset(
    "herr fru frøken frk hr mr mrs ms pasient pasienten bruker brukeren brukaren elev eleven"
    " kollega kollegaen beboer beboeren bebuar bebuaren klient klienten patient".split()
)
# Capitalised words that begin no name.
_NO_NAMES = frozenset(
    """
    oslo norge noreg bergen trondheim stavanger kommune kommunen byrådet etaten bydel bydelen røde
    norsk norske den det de en et er har hva hvem hvor hvordan hvorfor hvilke hvilken hvilket kan
    skal må bør vil når hvis dersom vi jeg eg du han hun ho hen kva kven korleis kor kvifor the
    what who how why when where is are can may should must do does if my our i we ei ein eit
    og men eller for fordi om som at til fra på med av hei min mitt mine vår vårt våre dette denne
    leder lederen sjefen kollegaen eleven pasienten brukeren beboeren
    """.split()
)
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name in a text; ``known`` says that a first name or a title gave it away."""

    span: Span
    known: bool
    genitive: bool = False


def find_persons(text: str) -> Iterator[Person]:
    """Yield the names of persons in a text, in order.

    A name in lower case is seen where its first name is a known one; what follows it is then taken
    as a surname if it looks like no common word.
    """
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        length, known, genitive = _name_at(text, words, at)
        if not length:
            at += 1
            continue
        yield Person(Span(words[at].start(), words[at + length - 1].end()), known, genitive)
        at += length


def _name_at(text: str, words: list[re.Match[str]], at: int) -> tuple[int, bool, bool]:
    """Return how many words from ``at`` on are a name, whether it is known, and its genitive."""
    word = words[at].group()
    plain = word.casefold()
    first, ambiguous = _first_names()
    run = _capitalised_run(text, words, at)
    if _is_title(words, at) and run:
        return run, True, _genitive(words[at + run - 1].group())
    known = plain in first or _without_s(plain) in first
    if known and (run or word.islower()):
        length = max(run, 1)
        return length, True, _genitive(words[at + length - 1].group(), first)
    if run >= 2:
        sure = plain in ambiguous
        return run, sure, _genitive(words[at + run - 1].group())
    return 0, False, False


def _capitalised_run(text: str, words: list[re.Match[str]], at: int) -> int:
    """Return how many capitalised words follow each other from ``at`` on."""
    length = 0
    for index in range(at, min(at + _MOST_WORDS, len(words))):
        word = words[index].group()
        if (
            not word[0].isupper()
            or word.casefold() in _NO_NAMES
            or (len(word) > 1 and word.isupper())
        ):
            break
        if index > at and text[words[index - 1].end() : words[index].start()].strip(". ") != "":
            break
        length += 1
    return length


def _is_title(words: list[re.Match[str]], at: int) -> bool:
    before = [word.group().casefold() for word in words[max(at - 2, 0) : at]]
    return bool(before) and (
        before[-1] in _TITLES or (before[-1] in {"min", "vår", "mi"} and before[0] in _TITLES)
    )


def _genitive(word: str, first: frozenset[str] = frozenset()) -> bool:
    plain = word.casefold()
    return plain not in first and plain.endswith(("s", "'", "’"))


def _without_s(word: str) -> str:
    return re.sub(r"['’]?s$", "", word)


@functools.cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    source = files("assistent").joinpath("data/fornavn.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(source)
    return frozenset(lists["navn"].split()), frozenset(lists["tvetydige"].split())
