"""Which document a question is about.

A question that names a document or its owner («hva sier Osloregionen om …») is answered from
there, and the name itself is no clue inside that document: it stands in every sentence. A
question that names nobody is about the municipality's own rules; other organisations' documents
must not pass for them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistent.types import DocumentInfo, Standing
from assistent.words import content_stems, normalise, stem, tokens

_NAMED = 0.06
_FOREIGN = -0.05
# A question that names another organisation is answered from there or not at all.
_NOT_NAMED = -1.0
# The stemmer takes «lov» for an ending, and «kommuneloven» for «kommune».
_LAW = re.compile(r"(?<=\w\w)lov(?:en?|a|i)?s?$")


@dataclass(frozen=True, slots=True)
class Scope:
    """``bonus`` is added to each document's hits.

    ``topic`` is the question without the name of another organisation, ``weighty`` without any
    document's name: «strategien» says where to look, not what for. ``foreign`` are the documents
    of other organisations, ``named`` those that the question names.
    """

    topic: str
    weighty: str
    bonus: Mapping[str, float] = field(default_factory=dict)
    foreign: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def read_scope(
    question: str, documents: Iterable[DocumentInfo], *, home: str, before: str = ""
) -> Scope:
    """Find which documents a question names.

    Args:
        home: the organisation whose documents apply when none is named.
        before: the question that this one leans on; who is named there is still meant.
    """
    infos = list(documents)
    words = tokens(question)
    stems = [_name_stem(word) for word in words]
    asked = set(stems)
    named: dict[str, int] = {}
    covered: set[int] = set()
    foreign_words: set[int] = set()
    for info in infos:
        for name in _names(info, home):
            wanted = _name_stems(name)
            if not asked.issuperset(wanted):
                continue
            for start in _positions(stems, wanted):
                named[info.path] = max(named.get(info.path, 0), len(wanted))
                place = range(start, start + len(wanted))
                if name not in info.names[1:] or _shortens(wanted, info.names[0]):
                    covered.update(place)
                if is_foreign(info, home):
                    foreign_words.update(place)
    titled = any(_is_titled(stems, info) for info in infos if info.path in named)
    if before and not titled:
        earlier = read_scope(before, infos, home=home)
        named.update(dict.fromkeys(earlier.named & earlier.foreign, 1))
    foreign = {info.path for info in infos if is_foreign(info, home)}
    about_foreign = any(path in foreign for path in named)
    bonus: dict[str, float] = {}
    for info in infos:
        if info.path in named:
            bonus[info.path] = _NAMED if info.path in foreign or not about_foreign else _NOT_NAMED
        elif about_foreign:
            bonus[info.path] = _NOT_NAMED
        elif info.path in foreign:
            bonus[info.path] = _FOREIGN
    topic = _without(question, words, foreign_words)
    return Scope(
        topic=topic,
        weighty=_without(question, words, covered),
        bonus=bonus,
        foreign=frozenset(foreign),
        named=frozenset(named),
    )


def _is_titled(stems: list[str], info: DocumentInfo) -> bool:
    """Whether a question names a document by its title or its first name, not only its topic."""
    return any(_positions(stems, _name_stems(name)) for name in (info.title, *info.names[:1]))


def is_foreign(info: DocumentInfo, home: str) -> bool:
    """Whether a document is another organisation's rule; our own summaries are nobody's."""
    own = not info.owner or _names_home(info.owner, home)
    return not own and info.declared_standing is not Standing.SUMMARY


def _names(info: DocumentInfo, home: str) -> list[str]:
    names = [*info.names, info.title]
    if is_foreign(info, home):
        names.append(info.owner)
    if info.case_number:
        names += [info.case_number, *re.findall(r"\d+/\d+", info.case_number)]
    return [name for name in names if name]


@functools.lru_cache(maxsize=100_000)
def _name_stems(name: str) -> tuple[str, ...]:
    return tuple(_name_stem(word) for word in tokens(name))


def _name_stem(word: str) -> str:
    """Return the stem of a word in a name, in which a law stays a law."""
    return _LAW.sub("lov", word) if _LAW.search(word) else stem(word)


def _shortens(alias: tuple[str, ...], name: str) -> bool:
    """Whether an alias holds the short form of a document's name, and is no word for its topic.

    «strategien» is short for «kommunikasjonsstrategien».
    """
    full = _name_stems(name)[-1]
    return any(full != short and full.endswith(short) for short in alias)


@functools.lru_cache(maxsize=1000)
def _names_home(owner: str, home: str) -> bool:
    return normalise(home) in normalise(owner)


def _positions(stems: list[str], wanted: tuple[str, ...]) -> list[int]:
    if not wanted:
        return []
    return [
        start
        for start in range(len(stems) - len(wanted) + 1)
        if tuple(stems[start : start + len(wanted)]) == wanted
    ]


def _without(question: str, words: list[str], covered: set[int]) -> str:
    """Take the covered words out of a question, unless hardly anything would be left."""
    if not covered or len(words) - len(covered) < 3:
        return question
    rest = question
    for position in sorted(covered):
        rest = re.sub(rf"(?i)(?<!\w){re.escape(words[position])}(?!\w)", " ", rest, count=1)
    rest = re.sub(r"\s+([?.!,])", r"\1", " ".join(rest.split()))
    return rest if content_stems(rest) else question
