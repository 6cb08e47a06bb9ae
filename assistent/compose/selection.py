"""The numbered sentences that a chat model may build on.

What the extract shows comes along, and the best of what it was chosen from: enough to answer well,
little enough for a server with a small context.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistent.compose.orders import dictates
from assistent.evidence import Candidate
from assistent.extract import Extract, antecedent
from assistent.index import Index
from assistent.languages import asked_language, reply_language
from assistent.types import Evidence
from assistent.words import content_stems

MAX_SENTENCES = 14
# With headings and lead-ins about 2 000 tokens: Ollama cuts off at 4 096 by default.
_MAX_CHARACTERS = 4500
_LONGEST = 700
# How far below the best a sentence may score and still be worth reading; the best few are anyway.
_MARGIN = 0.12
_AT_LEAST = 8
# Of two sentences that share so many of their words one is enough.
_ALIKE = 0.75

_Place = tuple[str, tuple[str, ...]]


def evidence_of(extract: Extract, index: Index) -> tuple[Evidence, ...]:
    """Return the sentences to build on, numbered from 1.

    The sections that the extract shows come first, in its order, then that of the best of the
    others; inside a section the sentences stand as in the document.
    """
    ranked = _ranked(extract, index)
    first = {place: rank for rank, place in reversed(list(enumerate(map(_place, ranked))))}
    chosen = _within_limits(ranked, index)
    ordered = sorted(chosen, key=lambda c: (first[_place(c)], c.statement.start))
    return tuple(_evidence(number, each, index) for number, each in enumerate(ordered, 1))


def _ranked(extract: Extract, index: Index) -> list[Candidate]:
    """Return what is shown, in its order, then the rest that comes near, each thing once."""
    usable = [candidate for candidate in extract.considered if _usable(candidate, index)]
    if not usable:
        return []
    by_text = {(c.passage.document, c.text): c for c in reversed(usable)}
    shown = [
        by_text.get((extract.sources[number - 1].document, claim.text))
        for claim in extract.claims
        for number in claim.sources
    ]
    first = list(dict.fromkeys(candidate for candidate in shown if candidate is not None))
    least = usable[0].score - _MARGIN
    near = [c for n, c in enumerate(usable) if n < _AT_LEAST or c.score >= least]
    return _unlike(dict.fromkeys([*first, *near]), keep=len(first))


def _usable(candidate: Candidate, index: Index) -> bool:
    """Tell whether a sentence may prove something.

    One that dictates what is to be said does not, nor does one in a language that no claim can be
    compared with.
    """
    texts = (candidate.text, *_context(candidate, index))
    known = reply_language(candidate.text) == asked_language(candidate.text)
    return known and not any(map(dictates, texts))


def _unlike(candidates: Iterable[Candidate], *, keep: int) -> list[Candidate]:
    """Drop what repeats a sentence before it; the first ``keep`` stay."""
    kept: list[Candidate] = []
    stems: list[frozenset[str]] = []
    for position, candidate in enumerate(candidates):
        own = frozenset(content_stems(candidate.text))
        if position < keep or not any(_alike(own, other) for other in stems):
            kept.append(candidate)
            stems.append(own)
    return kept


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _ALIKE * len(one | other)


def _within_limits(candidates: Sequence[Candidate], index: Index) -> list[Candidate]:
    """Take the first candidates that fit into what a model is to read."""
    chosen: list[Candidate] = []
    room = _MAX_CHARACTERS
    told: set[str] = set()
    for candidate in candidates:
        texts = {candidate.text, *_context(candidate, index)} - told
        size = sum(map(len, texts))
        if len(candidate.text) <= _LONGEST and size <= room:
            chosen.append(candidate)
            told |= texts
            room -= size
        if len(chosen) == MAX_SENTENCES:
            break
    return chosen


def _place(candidate: Candidate) -> _Place:
    return candidate.passage.document, candidate.passage.section


def _evidence(number: int, candidate: Candidate, index: Index) -> Evidence:
    passage, statement = candidate.passage, candidate.statement
    return Evidence(
        number=number,
        text=candidate.text,
        document=passage.document,
        section=passage.section,
        page=passage.page,
        start=statement.start,
        end=statement.end,
        context=_context(candidate, index),
    )


def _context(candidate: Candidate, index: Index) -> tuple[str, ...]:
    """Return the headings, the line that leads in the list, the sentence pointed back to."""
    text = index.documents[candidate.passage.document].text
    around = (candidate.statement.lead_in, antecedent(candidate))
    return (*candidate.passage.section, *(text[p.start : p.end] for p in around if p is not None))
