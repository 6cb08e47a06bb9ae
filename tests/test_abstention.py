from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistent.abstention import (
    BIAS,
    REFUSE_BELOW,
    UNCERTAIN_BELOW,
    WEIGHTS,
    Signals,
    holds_kind,
    judge,
    probability,
)
from assistent.answering import Assistant
from assistent.evidence import Fit
from assistent.extract import Extract
from assistent.questions import read_question
from assistent.types import Claim, Outcome

UNIT = st.floats(0, 1)


def extract(*lines: str, fit: Fit = Fit.NONE) -> Extract:
    claims = tuple(Claim(line, (1,)) for line in lines)
    return Extract(claims, (), "\n".join(lines), best=1.0, coverage=1.0, fit=fit)


@pytest.mark.parametrize(
    ("asked", "without", "holding"),
    [
        ("Hva koster en annonse?", "Annonser kjøpes inn samlet.", "En annonse koster 500 kr."),
        ("Hva er telefonnummeret?", "Ring oss gjerne.", "Ring 21 80 21 80."),
        ("Hva er e-postadressen?", "Skriv til oss.", "Skriv til post@oslo.kommune.no."),
    ],
)
def test_price_or_address_must_stand_in_the_answer(asked: str, without: str, holding: str) -> None:
    question = read_question(asked)
    assert not holds_kind(question, extract(without))
    assert holds_kind(question, extract(holding))


def test_count_must_be_a_count() -> None:
    question = read_question("Hvor mange ansatte har vi?")
    assert not holds_kind(question, extract("De ansatte er viktige."))
    assert holds_kind(question, extract("Vi har 50 000 ansatte.", fit=Fit.EXACT))


def test_other_questions_need_no_certain_kind() -> None:
    assert holds_kind(read_question("Hvordan skal vi skrive?"), extract("Skriv kort."))


@given(st.tuples(UNIT, UNIT, UNIT, UNIT, UNIT))
def test_probability_is_one_whatever_the_signals(values: tuple[float, ...]) -> None:
    found = probability(Signals(*values))
    assert 0 < found < 1
    assert math.isfinite(found)


@given(st.tuples(UNIT, UNIT, UNIT, UNIT), st.sampled_from(range(3)), UNIT)
def test_more_support_never_makes_a_refusal_likelier(
    values: tuple[float, ...], which: int, more: float
) -> None:
    better = list(values)
    better[which] = max(values[which], more)
    assert probability(Signals(*better, 0.0)) >= probability(Signals(*values, 0.0))


def test_model_is_the_logistic_one_that_the_weights_are_made_for() -> None:
    assert len(WEIGHTS) == len(Signals(0, 0, 0, 0, 0).values())
    even = -BIAS / WEIGHTS[0]
    assert probability(Signals(even, 0, 0, 0, 0)) == pytest.approx(0.5)


def test_refusing_comes_before_being_uncertain() -> None:
    assert 0 < REFUSE_BELOW < UNCERTAIN_BELOW < 1


def test_question_in_the_documents_own_words_is_answered(strategies_by_words: Assistant) -> None:
    draft = strategies_by_words.draft("Kommunen skal nå ut til innbyggerne med informasjon")
    assert draft is not None
    assert draft.extract is not None
    assert judge(draft.question, draft.hits, draft.extract) is Outcome.ANSWERED


def test_question_without_a_word_in_common_is_refused(strategies_by_words: Assistant) -> None:
    draft = strategies_by_words.draft("Hvem vant hopprennet på lørdag?")
    assert draft is not None
    assert draft.extract is not None
    assert judge(draft.question, draft.hits, draft.extract) is Outcome.NOT_IN_SOURCES
