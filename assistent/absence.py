"""What exactly is missing, for a question that the documents do not answer.

A word that stands in no document is itself the answer: «ingen av dokumentene nevner Stavanger».
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistent.person_names import find_persons
from assistent.questions import Question
from assistent.words import STOP_WORDS, content_stems, normalise, stem

# Words that stand by themselves or with a slash between, not pieces of an address or of markup.
_WORD = r"[^\W\d_][\w-]+"
_WORDS = re.compile(rf"""(?<!\S)["'«“(]*({_WORD}(?:/{_WORD})*)(?:['’]s)?[]"'»”).,:;?!…]*(?!\S)""")
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-ZÆØÅ][\w-]{2,}")
_NAMES = re.compile(rf"{_NAME.pattern}(?: [A-ZÆØÅ][\w-]+)*")
_MUNICIPALITY = re.compile(r"\b([A-ZÆØÅ][\w-]+) (?:kommune|municipality|kommunes)\b")
_SHORTEST = 5
_ABBREVIATION = 5  # «NATO»; longer words in capitals are shouted
_MOST = 2
# A word that no document knows is a thing with so many letters; shorter ones are what people do
# («putte», «maser»): tests/experiments/strange_words.py.
THING_LETTERS = 8


def other_municipality(question: str, home: str, knows: Callable[[str], bool]) -> str:
    """Return the municipality that a question names; empty if it is our own, or none.

    «Hvilken kommune» names none, and of one that the documents speak of they may say something.

    Args:
        knows: whether a stem stands in the documents.
    """
    for name in _MUNICIPALITY.findall(question):
        word = normalise(name)
        if word not in {*STOP_WORDS, *normalise(home).split()} and not knows(stem(word)):
            return str(name)
    return ""


def unmentioned(question: Question, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return words of a question that stand in no document, as the user wrote them; two at most.

    Names go first. A word counts as mentioned if any word for the same is; a piece of an address or
    of markup is none. Of a question in another language than the documents' only names can be told
    to be missing.

    Args:
        knows: whether a stem stands in the documents.
    """
    absent = {
        concept.alternatives[0]
        for concept in question.concepts
        if not concept.term and not any(knows(root) for root in concept.alternatives)
    }
    words = _standing_words(question.text)
    missing = [
        word
        for word in words
        if len(word) >= _SHORTEST
        and normalise(word) not in STOP_WORDS
        and set(content_stems(word)) & absent
    ]
    names = [
        word
        for word in _NAME.findall(question.text)
        if word in words and set(content_stems(word)) & absent
    ]
    distinct: dict[str, str] = {}
    for word in names if question.language == "en" else [*names, *missing]:
        distinct.setdefault(normalise(word), word)
    return tuple(distinct.values())[:_MOST]


def unmentioned_names(question: Question, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the names in a question that stand in no document, whatever is said of their like.

    «TikTok» is searched for as a social medium; that no rule names it has to be told all the same.
    A name in English may be a translation, so that nothing can be said of it; persons are nobody's
    business, and a long word in capitals is more likely stressed than a name.

    Args:
        knows: whether a stem stands in the documents.
    """
    if question.language == "en":
        return ()
    words = _standing_words(question.text)
    persons = [person.span for person in find_persons(question.text) if person.known]
    missing = []
    for match in _NAMES.finditer(question.text):
        name = match.group()
        stems = content_stems(name.replace("-", " "))
        if not stems or any(map(knows, stems)) or (name.isupper() and len(name) > _ABBREVIATION):
            continue
        if any(span.start < match.end() and match.start() < span.end for span in persons):
            continue
        if all(part in words for part in name.split()):
            missing.append(name)
    return tuple(dict.fromkeys(missing))[:_MOST]


def strange_things(question: Question, knows: Callable[[str], bool]) -> tuple[str, ...]:
    """Return those words of :func:`unmentioned` that are long enough to be things."""
    return tuple(word for word in unmentioned(question, knows) if len(word) >= THING_LETTERS)


def _standing_words(text: str) -> list[str]:
    return [word for joined in _WORDS.findall(text) for word in joined.split("/")]
