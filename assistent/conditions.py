"""Conditions: for which answers a rule of a register applies.

An editor writes ``hvis = { maalgruppe = ["ansatte"], hast = ["i dag"] }``: every question named
must be answered with one of the values. A list of such tables holds if one of them does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistent import texts_guidance as texts
from assistent.types import Clause, Condition

# What was answered to each question; a question that takes several answers has several.
Facts = Mapping[str, frozenset[str]]


def reader(questions: Mapping[str, Sequence[str]]) -> Callable[[Any], Condition]:
    """Return a reader of a condition over the given questions; it raises ValueError."""

    def read(value: Any) -> Condition:
        cases = value if isinstance(value, list) else [value]
        if not cases or not all(isinstance(case, dict) and case for case in cases):
            raise ValueError(texts.CONDITION_SHAPE)
        return tuple(_case(case, questions) for case in cases)

    return read


def _case(table: Mapping[str, Any], questions: Mapping[str, Sequence[str]]) -> tuple[Clause, ...]:
    clauses = []
    for question, given in table.items():
        if question not in questions:
            raise ValueError(texts.condition_unknown_question(question, list(questions)))
        answers = [given] if isinstance(given, str) else given
        if not isinstance(answers, list) or not answers:
            raise ValueError(texts.CONDITION_SHAPE)
        for answer in answers:
            if answer not in questions[question]:
                raise ValueError(
                    texts.condition_unknown_answer(question, str(answer), questions[question])
                )
        clauses.append(Clause(question, tuple(dict.fromkeys(answers))))
    return tuple(clauses)


def narrowed(condition: Condition, clause: Clause) -> Condition:
    """Return a condition that demands ``clause`` as well."""
    return tuple((*case, clause) for case in condition or ((),))


def by_default(condition: Condition, clause: Clause) -> Condition:
    """Return a condition that demands ``clause`` in each case silent on its question."""
    return tuple(
        case if any(own.question == clause.question for own in case) else (*case, clause)
        for case in condition or ((),)
    )


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a condition holds for what was answered."""
    return not condition or any(case_holds(case, facts) for case in condition)


def case_holds(case: Sequence[Clause], facts: Facts) -> bool:
    """Whether every clause of a case holds."""
    return all(not facts[clause.question].isdisjoint(clause.answers) for clause in case)
