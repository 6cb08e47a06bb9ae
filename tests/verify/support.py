"""Evidence and cases for the tests of single rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistent.types import Evidence
from assistent.verify.case import Case, build_case
from assistent.verify.verdict import Fault

Rule = Callable[[Case], Iterator[Fault]]


def evidence(*texts: str, context: Sequence[str] = (), document: str = "a.txt") -> list[Evidence]:
    """Return the texts as sentences of one document, numbered from 1."""
    return [
        Evidence(number, text, document, (), None, 0, len(text), tuple(context))
        for number, text in enumerate(texts, 1)
    ]


def case_of(claim: str, *texts: str, context: Sequence[str] = (), language: str = "nb") -> Case:
    """Return a claim beside the sentences it cites."""
    return build_case(claim, evidence(*texts, context=context), language)


def faults_of(
    rule: Rule, claim: str, *texts: str, context: Sequence[str] = (), language: str = "nb"
) -> set[Fault]:
    """Return what one rule has against a claim."""
    return set(rule(case_of(claim, *texts, context=context, language=language)))
