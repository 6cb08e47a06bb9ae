"""What could be asked next: known questions that the documents beside an answer do answer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistent.index import Index, Vectors
from assistent.languages import reply_language
from assistent.types import Asked, Source
from assistent.words import content_stems

COUNT = 3
# Nearer than this it is the same question in other words, further away it is another topic.
_SAME = 0.93
_RELATED = 0.84
_CONSIDERED = 200
_MAX_CHARACTERS = 70
_WELL_FORMED = re.compile(r"[A-ZÆØÅ][^?!.]{14,}\?")


def suggest(
    question: str, vector: Vectors, sources: Sequence[Source], index: Index
) -> tuple[str, ...]:
    """Return up to :data:`COUNT` questions whose answers stand beside an answer's sources.

    Args:
        question: the question that was answered.
        vector: its vector, shape (dimensions,).
        sources: what the answer quotes; what stands there is not asked for again.
    """
    documents = {source.document for source in sources}
    if not index.asked or not documents:
        return ()
    scores = index.asked_vectors @ vector
    chosen: list[Asked] = []
    said = [set(content_stems(question))]
    for row in scores.argsort()[::-1][:_CONSIDERED]:
        if len(chosen) == COUNT or scores[row] < _RELATED:
            break
        asked = index.asked[row]
        if (
            scores[row] >= _SAME
            or asked.document not in documents
            or any(_overlap(asked, source) for source in sources)
            or any(_overlap(asked, other) for other in chosen)
            or not _presentable(asked.question)
        ):
            continue
        words = set(content_stems(asked.question))
        if not any(len(words & other) * 2 > len(words) for other in said):
            chosen.append(asked)
            said.append(words)
    return tuple(asked.question for asked in chosen)


def _presentable(question: str) -> bool:
    return (
        len(question) <= _MAX_CHARACTERS
        and _WELL_FORMED.fullmatch(question) is not None
        and reply_language(question) == "nb"
    )


def _overlap(asked: Asked, other: Asked | Source) -> bool:
    return asked.document == other.document and asked.start < other.end and other.start < asked.end
