"""The same answer in fewer and plainer sentences, without a language model.

No sentence is rephrased: of those that answer, the ones are kept that read most easily. How hard
a sentence reads is measured by LIX (Björnsson 1968, «Läsbarhet»): its words plus the percentage of
words of more than six letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistent.citations import cite
from assistent.demands import holds
from assistent.extract import Extract, antecedent, as_line
from assistent.index import Index
from assistent.questions import Question
from assistent.types import BlockKind, Claim, Source, Standing

MOST_LINES = 3
# How far below the best shown statement another may score and still hold the answer.
_MARGIN = 0.05
# What a point of LIX weighs against the score: 20 points, from an easy text to a hard one, about as
# much as the answer's second best sentence is behind the best.
_EASE = 0.0005
_LONG_WORD = 6
_WORD = re.compile(r"[^\W_]+")


def plainest(
    extract: Extract,
    question: Question,
    index: Index,
    standings: Mapping[str, Standing],
    *,
    lines: int = MOST_LINES,
) -> Extract:
    """Return an answer's plainest sentences, in their order.

    At least one of them holds the kind of thing that was asked for, if any shown sentence does. A
    sentence that points back to another is left out; of a list, the line that leads it in and its
    first items are kept.

    Args:
        standings: each document's standing on the day of the question.
        lines: how many lines at most; at least one is kept.
    """
    lines = max(1, lines)
    considered = {candidate.text: candidate for candidate in extract.considered}
    shown = [considered[c.text] for c in extract.claims if c.text in considered]
    least = max((candidate.score for candidate in shown), default=0.0) - _MARGIN
    worth = {
        candidate.text: candidate.score - _EASE * difficulty(candidate.text)
        for candidate in shown
        if candidate.score >= least
        and candidate.statement.kind is not BlockKind.LIST_ITEM
        and antecedent(candidate) is None
    }
    if not worth:
        return _written(extract.claims[:lines], extract, index, standings)
    fitting = [text for text in worth if all(holds(kind, text) for kind in question.demands)]
    first = max(fitting or worth, key=lambda text: worth[text])
    chosen = [first, *sorted(worth.keys() - {first}, key=lambda text: -worth[text])][:lines]
    return _written([c for c in extract.claims if c.text in chosen], extract, index, standings)


def difficulty(sentence: str) -> float:
    """Return the LIX of a single sentence; lower reads more easily."""
    words = _WORD.findall(sentence)
    if not words:
        return 0.0
    long = sum(len(word) > _LONG_WORD for word in words)
    return len(words) + 100 * long / len(words)


def _written(
    claims: Sequence[Claim], extract: Extract, index: Index, standings: Mapping[str, Standing]
) -> Extract:
    cited = {source.number: source for source in extract.sources}
    sources: list[Source] = []
    kept: list[Claim] = []
    for claim in claims:
        place = cited[claim.sources[0]]
        start = place.start + place.quote.index(claim.text)
        sources.append(
            cite(
                len(sources) + 1,
                index.documents[place.document],
                start,
                start + len(claim.text),
                standings,
                section=place.section,
                page=place.page,
            )
        )
        kept.append(replace(claim, sources=(len(sources),)))
    text = "\n".join(as_line(claim) for claim in kept)
    return replace(extract, claims=tuple(kept), sources=tuple(sources), text=text)
