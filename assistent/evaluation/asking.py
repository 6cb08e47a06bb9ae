"""Puts the questions of a set to the assistant and compares what comes with the gold."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from assistent.answering import Assistant
from assistent.evaluation.gold import IndexedTexts, shows, shows_item
from assistent.evaluation.question_sets import EvalQuestion, Gold, QuestionSet
from assistent.evaluation.ranking import DEPTH, measure_rankings
from assistent.types import Answer, Hit, Outcome, Source

LEVELS = ("passage", "section", "document")
_SHOWN = {Outcome.ANSWERED, Outcome.PARTIAL}
_TURNED_AWAY = {Outcome.OUT_OF_SCOPE, Outcome.UNCLEAR, Outcome.NOT_IN_SOURCES}
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote as it was shown, with its place."""

    document: str
    section: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """What became of one question.

    ``set_name`` and ``identity`` together name the question. ``support`` is the probability in
    [0, 1] that the documents answer, None where nothing was judged. ``ranking`` maps names such as
    ``passage.mrr@10`` to values in [0, 1]; it is empty where there is no answer to find.
    ``items`` is the share of a list's items that was shown, None where no list was asked for.
    ``quotes`` and ``beside`` count the shown quotes and those of them that are neither gold nor
    from a gold section. ``gold_line`` is the first line of the answer that shows a gold quote,
    counted from 1; 0 where none does.
    """

    set_name: str
    identity: str
    question: str
    language: str
    user: str
    style: str
    miss: str
    answerable: bool
    expected: str
    outcome: str
    support: float | None
    ranking: Mapping[str, float]
    gold_shown: bool
    section_shown: bool
    items: float | None
    quotes: int
    beside: int
    lines: int
    milliseconds: Mapping[str, float]
    cpu_milliseconds: float
    gold_line: int = 0
    gold: tuple[str, ...] = ()
    shown: tuple[ShownQuote, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What names the question among all sets."""
        return self.set_name, self.identity

    @property
    def answered(self) -> bool:
        """Whether an answer was shown, if only an uncertain one."""
        return self.outcome in _SHOWN

    @property
    def right_outcome(self) -> bool:
        """Whether the outcome is the expected one.

        An uncertain answer counts as an answer, and being sent elsewhere with a question on
        another topic as being told that the documents do not answer it.
        """
        if self.expected == self.outcome or (self.answered and self.expected in _SHOWN):
            return True
        return self.miss == "off" and self.outcome in _TURNED_AWAY

    @property
    def right(self) -> bool:
        """Whether the user was served: the gold quote shown, or what has no answer refused."""
        return self.gold_shown if self.answerable else not self.answered


@dataclass(frozen=True, slots=True)
class _Ranked:
    """The relevant and the found things of one question, for each level."""

    relevant: Mapping[str, frozenset[str]] = field(default_factory=dict)
    ranked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def ask_set(
    assistant: Assistant,
    questions: QuestionSet,
    indexed: IndexedTexts,
    *,
    today: date | None = None,
    asked: Callable[[], None] = lambda: None,
) -> list[QuestionResult]:
    """Ask every question of a set, in order.

    Args:
        today: the day for which standings are judged.
        asked: called after each question.
    """
    results: list[QuestionResult] = []
    rankings: dict[str, _Ranked] = {}
    for question in questions.questions:
        before = time.process_time()
        answer = assistant.answer(question.text, question.history, today=today)
        spent = 1000 * (time.process_time() - before)
        results.append(_compare(questions.name, question, answer, spent, indexed))
        if question.answerable:
            found = assistant.find(question.text, question.history, count=DEPTH, today=today)
            rankings[question.identity] = _ranked(question, found.hits[:DEPTH], indexed)
        asked()
    measured = _measure(rankings)
    return [replace(each, ranking=measured.get(each.identity, {})) for each in results]


def _compare(
    set_name: str, question: EvalQuestion, answer: Answer, spent: float, indexed: IndexedTexts
) -> QuestionResult:
    shown = answer.sources if answer.outcome in _SHOWN else ()
    gold_sections = indexed.sections_with(question.gold)
    near_sections = gold_sections | indexed.sections_with(question.items)
    is_gold = [_among(source, question.gold, shows) for source in shown]
    is_item = [_among(source, question.items, shows_item) for source in shown]
    items_shown = [any(_among(s, (item,), shows_item) for s in shown) for item in question.items]
    beside = [
        not (gold or item or (source.document, source.section) in near_sections)
        for source, gold, item in zip(shown, is_gold, is_item, strict=True)
    ]
    return QuestionResult(
        set_name=set_name,
        identity=question.identity,
        question=question.text,
        language=question.language,
        user=question.user,
        style=question.style,
        miss=question.miss,
        answerable=question.answerable,
        expected=str(question.outcome),
        outcome=str(answer.outcome),
        support=_support(answer),
        ranking={},
        gold_shown=any(is_gold),
        section_shown=any((s.document, s.section) in gold_sections for s in shown),
        items=sum(items_shown) / len(items_shown) if items_shown else None,
        quotes=len(shown),
        beside=sum(beside),
        lines=len(answer.claims) if shown else 0,
        gold_line=_gold_line(question, answer) if shown else 0,
        milliseconds=dict(answer.milliseconds),
        cpu_milliseconds=round(spent, 2),
        gold=tuple(each.quote for each in question.gold),
        shown=tuple(ShownQuote(s.document, s.section, s.quote) for s in shown),
    )


def _gold_line(question: EvalQuestion, answer: Answer) -> int:
    documents = {source.number: source.document for source in answer.sources}
    for number, claim in enumerate(answer.claims, start=1):
        told = {documents[source] for source in claim.sources}
        if any(gold.document in told and shows(claim.text, gold) for gold in question.gold):
            return number
    return 0


def _among(source: Source, golds: Sequence[Gold], shown_in: Callable[[str, Gold], bool]) -> bool:
    """Whether a source shows any of the golds."""
    return any(source.document == gold.document and shown_in(source.quote, gold) for gold in golds)


def _support(answer: Answer) -> float | None:
    value: float | None = getattr(answer, "support", None)
    return None if value is None else float(value)


def _ranked(question: EvalQuestion, hits: Sequence[Hit], indexed: IndexedTexts) -> _Ranked:
    places = [hit.passage for hit in hits]
    return _Ranked(
        relevant={
            "passage": indexed.passages_with(question.gold),
            "section": frozenset(
                _section_name(path, titles) for path, titles in indexed.sections_with(question.gold)
            ),
            "document": frozenset(gold.document for gold in question.gold),
        },
        ranked={
            "passage": _once(place.id for place in places),
            "section": _once(_section_name(p.document, p.section) for p in places),
            "document": _once(place.document for place in places),
        },
    )


def _section_name(document: str, section: Sequence[str]) -> str:
    return _SEPARATOR.join((document, *section))


def _once(names: Iterable[str]) -> tuple[str, ...]:
    """Keep the first of each; the best passage of a section stands for the section."""
    return tuple(dict.fromkeys(names))


def _measure(rankings: Mapping[str, _Ranked]) -> dict[str, dict[str, float]]:
    values: dict[str, dict[str, float]] = {identity: {} for identity in rankings}
    for level in LEVELS:
        measured = measure_rankings(
            {identity: each.relevant[level] for identity, each in rankings.items()},
            {identity: each.ranked[level] for identity, each in rankings.items()},
        )
        for identity, figures in measured.items():
            values[identity].update({f"{level}.{name}": v for name, v in figures.items()})
    return values
