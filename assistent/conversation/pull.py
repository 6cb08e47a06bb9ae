"""Where the earlier answer came from, and how much that draws the search for a follow-up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistent.index import Index
from assistent.types import Hit, Passage

# What the only document of an answer adds to the score of its passages. One of several adds less:
# an answer gathered from many places hardly knew where to look. On the development conversations
# .06 to .1 find about as much.
_DOCUMENT = 0.08
_CONCENTRATION = 0.5
# Added once more to the passages of a section that was quoted.
_SECTION = 0.02
_SHORTEST_QUOTE = 25
_QUOTED = re.compile(r"«([^»]+)»")
_MARKS = re.compile(r"(?: \[\d+\])+$|^• ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pull:
    """What is added to the scores of documents, by path, and of passages, by id."""

    documents: Mapping[str, float] = field(default_factory=dict)
    passages: Mapping[str, float] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.documents)

    def over(self, bonus: Mapping[str, float]) -> Mapping[str, float]:
        """Return the documents' bonuses with this pull added."""
        drawn = {path: bonus.get(path, 0.0) + added for path, added in self.documents.items()}
        return {**bonus, **drawn}


def pull_of(said: str, index: Index) -> Pull:
    """Return the pull of the places that an earlier answer quotes word for word.

    An answer in a chat model's words quotes none; the pull is then empty.
    """
    lines = [line.strip() for line in _MARKS.sub("", said).splitlines()]
    quotes = {q for q in [*lines, *_QUOTED.findall(said)] if len(q) >= _SHORTEST_QUOTE}
    return _pull(list(_places(quotes, index)), index)


def pull_of_hits(hits: Sequence[Hit], index: Index) -> Pull:
    """Return the pull of passages that were found for the earlier question."""
    return _pull([hit.passage for hit in hits], index)


def _places(quotes: Iterable[str], index: Index) -> Iterable[Passage]:
    """Return the passage of each quote, once for each time it is quoted.

    A heading or a lead-in that stands in a document more than once tells no place in it, unless
    nothing else was quoted from there.
    """
    for path, document in index.documents.items():
        found = {quote: document.text.count(quote) for quote in quotes}
        fewest = min((times for times in found.values() if times), default=0)
        for quote, times in found.items():
            if times and (times == 1 or fewest > 1):
                start = document.text.index(quote)
                passages = (index.passages[row] for row in index.rows_of(path))
                yield from (p for p in passages if p.start <= start < p.end)


def _pull(places: Sequence[Passage], index: Index) -> Pull:
    quoted = Counter(place.document for place in places)
    sections = {(place.document, place.section) for place in places}
    around = (index.passages[row] for path in quoted for row in index.rows_of(path))
    return Pull(
        documents={
            path: _DOCUMENT * (count / quoted.total()) ** _CONCENTRATION
            for path, count in quoted.items()
        },
        passages={p.id: _SECTION for p in around if (p.document, p.section) in sections},
    )
