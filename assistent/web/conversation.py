"""The conversation as the page keeps it: questions with their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistent.types import Answer, Outcome, Turn

SHOWN = 20
"""How many exchanges stay on the page; the oldest give way."""

REMEMBERED = 3
"""How many exchanges follow a new question as its history."""

# What a follow-up cannot build on, for nothing was answered.
_NOT_KEPT = (Outcome.PERSONAL_DATA, Outcome.TOO_LONG, Outcome.OUT_OF_SCOPE, Outcome.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer. ``number`` counts from 1 and is never reused on a page."""

    number: int
    question: str
    answer: Answer

    @property
    def withheld(self) -> bool:
        """Whether the question must neither be kept nor shown again."""
        return self.answer.outcome is Outcome.PERSONAL_DATA


def extended(
    exchanges: Sequence[Exchange], number: int, question: str, answer: Answer
) -> tuple[Exchange, ...]:
    """Return the conversation with one more exchange; a withheld question is dropped from it."""
    latest = Exchange(number, question, answer)
    if latest.withheld:
        latest = Exchange(number, "", replace(answer, search_question=""))
    return (*exchanges, latest)[-SHOWN:]


def next_number(exchanges: Sequence[Exchange]) -> int:
    """Return the number for the next exchange."""
    return exchanges[-1].number + 1 if exchanges else 1


def turns(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """Return the latest exchanges as the history that the assistant takes."""
    kept = [each for each in exchanges if each.question and each.answer.outcome not in _NOT_KEPT]
    return tuple(
        turn
        for each in kept[-REMEMBERED:]
        for turn in (Turn("user", each.question), Turn("assistant", each.answer.text))
    )
