"""Follow-ups: a question that is understood only with the one before it.

«Og hva med ansatte?» names no topic of its own and is searched together with the previous
question. «Hvor fort må jeg svare henne?» names one, but points back; it is searched alone, drawn
a little towards the previous question and the documents that answered it. A question that does
neither is a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistent.types import Document, Turn
from assistent.words import content_stems, normalise

_CONTINUES = re.compile(
    r"^(?:og|men|eller|enn|hva med|ka med|kva med|hva om|kva om|gjelder (?:det|den|de|dette)"
    r"|gjeld (?:det|den|dei)|også|òg|da|så|hvorfor(?: ikke| det)?\??$|kvifor(?: ikkje)?\??$|why\??$"
    r"|and|but|what about|how about|does (?:it|that|this))\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:det|den|de|dem|dette|disse|denne|dei|da|sånn\w*|slik\w*|hun|henne|han|ham|ho|hen|der"
    r"|likevel|deretter|samme|same|it|that|this|they|them|those|there|he|she|her|him|then|one)\b",
    re.IGNORECASE,
)
# A question with more weighty words than this names its own topic …
_MAX_WEIGHTY = 2
# … and one with more than this is understood alone even if it says «det».
_MAX_WEIGHTY_POINTING = 6
_SHORTEST_QUOTE = 25
_QUOTED = re.compile(r"«([^»]+)»")
_NUMBERS = re.compile(r"(?: \[\d+\])+$|^• ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class InContext:
    """A question as it is searched.

    ``text`` is searched for, ``own`` is the question alone. ``drawn_to`` is the earlier question
    that it leans on, and ``said`` what was answered lately; both are empty for a question that
    stands on its own.
    """

    text: str
    own: str
    drawn_to: str = ""
    said: str = ""


def in_context(question: str, history: Sequence[Turn]) -> InContext:
    """Return what a question asks in its conversation.

    Args:
        question: a cleaned question.
        history: the turns before it, oldest first.
    """
    asked = [turn.content for turn in history if turn.role == "user"]
    said = [turn.content for turn in history if turn.role == "assistant"]
    if not asked:
        return InContext(question, question)
    previous, answer = " ".join(asked[-1].split()), "\n".join(said[-2:])
    if len(asked) > 1 and _leans_wholly(previous):
        previous = f"{' '.join(asked[-2].split())} {previous}"
    if _leans_wholly(question):
        return InContext(f"{previous} {question}", question, previous, answer)
    weighty = len(set(content_stems(question)))
    if weighty <= _MAX_WEIGHTY_POINTING and _POINTS_BACK.search(question):
        return InContext(question, question, previous, answer)
    return InContext(question, question)


def quoted_documents(said: str, documents: Iterable[Document]) -> frozenset[str]:
    """Return the paths of the documents that an earlier answer quotes word for word."""
    lines = [line.strip() for line in _NUMBERS.sub("", said).splitlines()]
    quotes = [q for q in [*lines, *_QUOTED.findall(said)] if len(q) >= _SHORTEST_QUOTE]
    return frozenset(
        document.info.path
        for document in documents
        if any(quote in document.text for quote in quotes)
    )


def _leans_wholly(question: str) -> bool:
    if _CONTINUES.match(normalise(question)):
        return True
    weighty = len(set(content_stems(question)))
    return weighty == 0 or (weighty <= _MAX_WEIGHTY and bool(_POINTS_BACK.search(question)))
