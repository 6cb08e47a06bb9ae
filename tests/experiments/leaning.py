"""Fit the weights by which a question is judged to lean on the one before it.

    python -m tests.experiments.leaning

Examples are the later turns of the development conversations, and random pairs of development
questions, of which the second leans on nothing; only those that the wording alone does not decide.
Printed are the weights for ``data/samtale.toml`` and, with each third of the examples judged by
weights of the other two, how many of each kind are taken for leaning at several thresholds.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistent.bootstrap import build_embedder
from assistent.conversation.cues import leans, turns_away
from assistent.conversation.leaning import Leaning
from assistent.conversation.vocabulary import topical
from assistent.current import CurrentEdition
from assistent.settings import load_settings
from assistent.types import Relation
from tests.conversations.conversations import load
from tests.evals.questions import load_sets

_RANDOM = 900
_FOLDS = 3
_SEED = 1
_STEPS = 6000
_RATE = 0.5
_SHRINKAGE = 0.003
# A turn of a real conversation counts for more than two questions put together at random.
_WEIGHTS = {"follow-up": 6.0, "new topic": 6.0, "random": 1.0}


@dataclass(frozen=True)
class Example:
    kind: str
    features: tuple[float, ...]

    @property
    def leaning(self) -> bool:
        return self.kind == "follow-up"


def examples(leaning: Leaning) -> tuple[list[str], list[Example]]:
    """Return the names of the features and the examples."""
    told: list[tuple[str, str, str]] = []
    for conversation in load("dev"):
        for before, turn in zip(conversation.turns, conversation.turns[1:], strict=False):
            if turn.relation is not Relation.SIMPLER:
                kind = "follow-up" if turn.relation is Relation.FOLLOW_UP else "new topic"
                told.append((turn.question, before.means or before.question, kind))
    asked = [each.text for each in load_sets("dev")]
    chance = random.Random(_SEED)
    told += [(chance.choice(asked), chance.choice(asked), "random") for _ in range(_RANDOM)]
    names: list[str] = []
    found = []
    for question, before, kind in told:
        if leans(question) or turns_away(question) or not topical(question):
            continue
        features = leaning.features(question, before)
        names = list(features)
        found.append(Example(kind, tuple(features.values())))
    return names, found


def fit(taken: Sequence[Example]) -> tuple[float, NDArray[np.float64]]:
    """Return intercept and weights of a logistic regression with a little shrinkage."""
    rows = np.array([each.features for each in taken])
    wanted = np.array([each.leaning for each in taken], dtype=float)
    counts = np.array([_WEIGHTS[each.kind] for each in taken])
    mean, spread = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.hstack([np.ones((len(rows), 1)), (rows - mean) / spread])
    weights = np.zeros(scaled.shape[1])
    for _ in range(_STEPS):
        judged = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (counts * (judged - wanted)) / counts.sum()
        weights -= _RATE * (slope + _SHRINKAGE * np.r_[0, weights[1:]])
    plain = weights[1:] / spread
    return float(weights[0] - plain @ mean), plain


def main() -> None:
    settings = load_settings()
    embedder = build_embedder(settings)
    index = CurrentEdition(settings.index, embedder.fingerprint).opened.index
    names, found = examples(Leaning(index, lambda text: embedder.embed_questions([text])[0]))
    random.Random(_SEED).shuffle(found)
    judged: list[tuple[str, float]] = []
    for fold in range(_FOLDS):
        intercept, weights = fit([e for at, e in enumerate(found) if at % _FOLDS != fold])
        for each in found[fold::_FOLDS]:
            support = intercept + weights @ np.array(each.features)
            judged.append((each.kind, float(1 / (1 + np.exp(-support)))))
    for threshold in (0.3, 0.4, 0.5, 0.6):
        counts = [
            f"{kind} {sum(p >= threshold for k, p in judged if k == kind)}"
            f" of {sum(k == kind for k, _ in judged)}"
            for kind in _WEIGHTS
        ]
        print(f"taken for leaning at {threshold}: {', '.join(counts)}")
    intercept, weights = fit(found)
    print(f"grunnlag = {intercept:.3f}")
    for name, weight in zip(names, weights, strict=True):
        print(f"{name} = {weight:.3f}")


if __name__ == "__main__":
    main()
