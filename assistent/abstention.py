"""When to say that the documents do not answer.

Likeness alone cannot tell: it separates questions about something else, but a question on the
right topic finds like passages whether or not they hold the answer. Two judgements are made, each
a logistic model over a few signals, and multiplied:

1. *Topic*: is this something the documents speak of? Likeness and shared words.
2. *Kind*: a question for a number, a price, a name, a deadline … needs a statement that holds one,
   about the thing asked; a name or a year of the question that no shown line has counts against.

The product is calibrated by Platt's method. All weights come from
``python -m tests.evals.tune_abstention``, which fits them on the development questions only and
writes ``data/abstention.json``.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

from assistent.demands import Demand, counts, holds
from assistent.evidence import Candidate, Fit
from assistent.extract import Extract
from assistent.questions import Question
from assistent.types import Hit, Outcome
from assistent.words import content_stems, normalise, stem

# A statement this much below the best may still hold what is asked for.
_REACH = 0.1
_MOST = 30
# A tie for a demand that nothing holds.
_NOTHING = -0.3
# Any two questions in one language have a cosine of about so much.
_USUAL = 0.85
_NAME = re.compile(r"(?<![.?!:] )(?<!^)\b[A-ZÆØÅ][\wæøå-]+|\b(?:19|20)\d{2}\b|\b\d+/\d+\b")

TOPIC_SIGNALS = ("score", "sentence", "coverage", "lexical", "english", "asked")
KIND_SIGNALS = ("demanded", "tie", "gap", "certain", "missing_names", "sentence", "asked")


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known about a question and what was found.

    ``score``: the best hit's score. ``sentence``: the best cosine of any statement. ``coverage``:
    the share of the question's weighty words that the shown lines hold. ``lexical``: the best BM25
    share. ``english``: 1 for a question in English, whose cosines are lower. ``demanded``: 1 if a
    thing of some kind is asked for. ``tie``: how much of the question stands where such a thing
    does. ``gap``: how far the best statement with such a thing is below the best of all, in
    scores. ``certain``: 1 for a fact of the catalogue. ``missing_names``: names and years of the
    question that no shown line has, at most 2. ``asked``: how much nearer than usual the nearest
    question is that is known to be answered; 0 where none is near.
    """

    score: float
    sentence: float
    coverage: float
    lexical: float
    english: float
    demanded: float
    tie: float
    gap: float
    certain: float
    missing_names: float
    asked: float = 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model: log-odds = bias + Σ weight × signal."""

    weights: Mapping[str, float]
    bias: float

    def probability(self, signals: Signals) -> float:
        """Return the modelled probability, in (0, 1)."""
        total = self.bias + sum(w * getattr(signals, name) for name, w in self.weights.items())
        return _logistic(total)


@dataclass(frozen=True, slots=True)
class Judge:
    """The fitted decision; ``slope`` and ``offset`` calibrate the log-odds of the product."""

    topic: Model
    kind: Model
    slope: float
    offset: float
    refuse_below: float
    uncertain_below: float

    def support(self, signals: Signals) -> float:
        """Return the calibrated probability that the documents answer, in (0, 1)."""
        product = self.topic.probability(signals) * self.kind.probability(signals)
        return _logistic(self.offset + self.slope * log_odds(product))

    def outcome(self, support: float) -> Outcome:
        """Return whether that is enough to answer, to answer with a doubt, or to refuse."""
        if support < self.refuse_below:
            return Outcome.NOT_IN_SOURCES
        return Outcome.PARTIAL if support < self.uncertain_below else Outcome.ANSWERED


@functools.cache
def load_judge() -> Judge:
    """Read the fitted weights that come with the package."""
    text = resources.files("assistent").joinpath("data/abstention.json").read_text("utf-8")
    data = json.loads(text)
    return Judge(
        topic=Model(data["topic"]["weights"], data["topic"]["bias"]),
        kind=Model(data["kind"]["weights"], data["kind"]["bias"]),
        slope=data["slope"],
        offset=data["offset"],
        refuse_below=data["refuse_below"],
        uncertain_below=data["uncertain_below"],
    )


def read_signals(question: Question, hits: Sequence[Hit], extract: Extract) -> Signals:
    """Collect the signals of one question."""
    near = _near(extract.considered)
    demands = question.demands
    counted = _counted(question)
    held = {kind: [c for c in near if holds(kind, c.text)] for kind in demands}
    best = near[0].score
    return Signals(
        score=hits[0].score,
        sentence=max(hit.sentence for hit in hits),
        coverage=extract.coverage,
        lexical=max(hit.lexical for hit in hits),
        english=1.0 if question.language == "en" else 0.0,
        demanded=1.0 if demands else 0.0,
        tie=min((_tie(kind, held[kind], counted) for kind in demands), default=0.0),
        gap=max((_gap(best, held[kind]) for kind in demands), default=0.0),
        certain=1.0 if extract.fit is Fit.CERTAIN else 0.0,
        missing_names=float(min(2, len(missing_names(question, extract)))),
        asked=max(0.0, max(hit.asked for hit in hits) - _USUAL),
    )


def missing_names(question: Question, extract: Extract) -> list[str]:
    """Return the names, years and case numbers of a question that no shown line has.

    English writes what is no name with capitals too («the Archives Act»), so there only numbers
    count.
    """
    shown = " ".join(part for s in extract.sources for part in (s.title, *s.section, s.quote))
    plain, stems = normalise(shown), set(content_stems(shown))
    names = [match.group() for match in _NAME.finditer(question.own)]
    if question.language == "en":
        names = [name for name in names if name[0].isdigit()]
    return [
        name
        for name in names
        if normalise(name) not in plain and stem(normalise(name)) not in stems
    ]


def _near(considered: Sequence[Candidate]) -> list[Candidate]:
    least = considered[0].score - _REACH
    return [candidate for candidate in considered if candidate.score >= least][:_MOST]


def _counted(question: Question) -> frozenset[str]:
    """Return the stems of what a «hvor mange» question counts, in its own words and ours."""
    if not question.counted:
        return frozenset()
    stems = {question.counted}
    for concept in question.concepts:
        if question.counted in concept.alternatives:
            stems.add(concept.alternatives[0])
            stems.update(content_stems(concept.term)[:1])
    return frozenset(stems)


def _tie(kind: Demand, held: Sequence[Candidate], counted: frozenset[str]) -> float:
    """Return how much of the question stands where a thing of the kind does, at best."""
    return max((_tie_of(kind, candidate, counted) for candidate in held), default=_NOTHING)


def _tie_of(kind: Demand, candidate: Candidate, counted: frozenset[str]) -> float:
    if kind not in {Demand.COUNT, Demand.PERCENT} or not counted:
        return candidate.covered
    return (
        0.4 + 0.6 * candidate.covered
        if counts(candidate.text, counted)
        else (0.3 * candidate.covered)
    )


def _gap(best: float, held: Sequence[Candidate]) -> float:
    return min((best - candidate.score for candidate in held), default=_REACH)


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, kept away from 0 and 1."""
    p = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, value))))
