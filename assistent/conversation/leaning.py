"""Whether a question leans on what was said before it, from its wording and from what it finds.

Wording alone misses «når slipper vi å spørre?», which points to nothing and still goes on. What
the wording does not decide is weighed: how much the question names, how near it is to the one
before, and how much better it fits documents that the one before did not find. The weights are
fitted by logistic regression on the development conversations and on random pairs of development
questions (``tests/experiments/leaning.py``): of the follow-ups that wording misses, two thirds are
recognised, and one in twelve questions about something else is taken for one. A question that
names only what no document does is left out of that: it would be answered from the one before.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Callable, Mapping
from importlib.resources import files

import numpy as np

from assistent.conversation.cues import carries_on, leans, turns_away
from assistent.conversation.vocabulary import topical
from assistent.index import Index, Vectors
from assistent.nearest import inner_products

# So many of the places that the earlier question finds say which documents it is about.
_PLACES = 3
_MOST_TOPICS = 4


class Leaning:
    """Judges whether a question leans on the one before it, over one edition.

    Args:
        index: the edition.
        embed: gives a question's vector, of shape (dimensions,) and length 1.
        strange: whether a question names nothing but what no document does. Then it has a topic
            of its own, and nothing is built on it, unless a question says itself that it goes on.
    """

    def __init__(
        self,
        index: Index,
        embed: Callable[[str], Vectors],
        *,
        strange: Callable[[str], bool] = lambda question: False,
    ) -> None:
        self._index = index
        self._embed = embed
        self._strange = strange

    def __call__(self, question: str, before: str) -> bool:
        """Return whether a cleaned question is understood only with the one before it."""
        if turns_away(question):
            return False
        if carries_on(question) or not topical(question):
            return True
        if self._strange(question) or self._strange(before):
            return False
        if leans(question):
            return True
        weights = _weights()
        found = self.features(question, before)
        support = weights["grunnlag"] + sum(weights[name] * found[name] for name in found)
        return support >= math.log(weights["terskel"] / (1 - weights["terskel"]))

    def features(self, question: str, before: str) -> Mapping[str, float]:
        """Return what the judgement rests on, by the names of the weights."""
        own, earlier = self._embed(question), self._embed(before)
        return {
            "temaord": float(min(len(topical(question)), _MOST_TOPICS)),
            "lengde": math.log(max(len(question.split()), 1)),
            "likhet": float(own @ earlier),
            "annetsteds": self._elsewhere(own, earlier),
        }

    def _elsewhere(self, own: Vectors, earlier: Vectors) -> float:
        """Return how much better a question fits outside the documents of the one before."""
        index = self._index
        if not index.passages:
            return 0.0
        best = index.passage_scan.rows(own, 1)
        found = index.passage_scan.rows(earlier, _PLACES)
        documents = {index.passages[int(row)].document for row in found}
        near = np.array([row for path in documents for row in index.rows_of(path)])
        scores = [inner_products(index.passage_vectors[rows], own) for rows in (best, near)]
        return float(scores[0].max() - scores[1].max())


@functools.cache
def _weights() -> Mapping[str, float]:
    source = files("assistent").joinpath("data/samtale.toml").read_text(encoding="utf-8")
    weights: Mapping[str, float] = tomllib.loads(source)["lener"]
    return weights
