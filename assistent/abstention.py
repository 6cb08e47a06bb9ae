"""When to say that the documents do not answer.

Likeness alone cannot tell: it separates questions about something else, but a question on the
right topic finds like passages whether or not they hold the answer. Two layers decide:

1. *Kind*: a question for a price, an address, a phone number or a count of something is refused
   where no chosen statement holds such a thing.
2. *Support*: a logistic model over the signals below. Its weights come from
   ``python -m tests.evals.tune_abstention``, which fits them on the development questions only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistent.evidence import Fit
from assistent.extract import Extract
from assistent.questions import Kind, Question
from assistent.types import Hit, Outcome

_PRICE = re.compile(r"\b(?:kr|kroner|kostet|koster|mill\.)\b|\d\s?kr", re.IGNORECASE)
_CONTACT = re.compile(r"@|\b(?:\d{2} ){3}\d{2}\b|\b\d{8}\b|\bhttps?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known about a question and what was found; each about in [0, 1].

    ``score`` is the best hit's score, ``sentence`` the best cosine of any statement, ``coverage``
    the share of the question's weighty words that the shown lines hold, ``lexical`` the best BM25
    share, ``foreign_language`` 1 for a question in English, whose cosines are lower.
    """

    score: float
    sentence: float
    coverage: float
    lexical: float
    foreign_language: float

    def values(self) -> tuple[float, ...]:
        """Return the signals in the order of the weights."""
        return (self.score, self.sentence, self.coverage, self.lexical, self.foreign_language)


# Order as in Signals.values(); made by tests.evals.tune_abstention.
WEIGHTS: tuple[float, ...] = (11.67, 39.89, 1.74, -1.39, 1.73)
BIAS = -46.02
# Below the first probability the question is refused, below the second the answer is shown as
# uncertain. On the development set the first answers 97 % of the answerable questions and refuses
# 79 % of those about something else.
REFUSE_BELOW = 0.2
UNCERTAIN_BELOW = 0.4


def read_signals(question: Question, hits: Sequence[Hit], extract: Extract) -> Signals:
    """Collect the signals of one question."""
    return Signals(
        score=hits[0].score,
        sentence=max(hit.sentence for hit in hits),
        coverage=extract.coverage,
        lexical=max(hit.lexical for hit in hits),
        foreign_language=1.0 if question.language == "en" else 0.0,
    )


def probability(signals: Signals) -> float:
    """Return the modelled probability that the documents answer, in (0, 1)."""
    total = BIAS + sum(w * v for w, v in zip(WEIGHTS, signals.values(), strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, total))))


def judge(question: Question, hits: Sequence[Hit], extract: Extract) -> Outcome:
    """Return whether an extract answers, may answer (partial), or does not."""
    if not holds_kind(question, extract):
        return Outcome.NOT_IN_SOURCES
    if extract.fit is Fit.CERTAIN:
        return Outcome.ANSWERED
    likely = probability(read_signals(question, hits, extract))
    if likely < REFUSE_BELOW:
        return Outcome.NOT_IN_SOURCES
    return Outcome.PARTIAL if likely < UNCERTAIN_BELOW else Outcome.ANSWERED


def holds_kind(question: Question, extract: Extract) -> bool:
    """Whether the extract holds the kind of thing that cannot be missing from an answer."""
    shown = " ".join(claim.text for claim in extract.claims)
    if Kind.PRICE in question.kinds and not _PRICE.search(shown):
        return False
    if Kind.CONTACT in question.kinds and not _CONTACT.search(shown):
        return False
    return not (question.counted and extract.fit is Fit.NONE)
