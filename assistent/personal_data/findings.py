"""What the searches for personal data return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistent.types import Span

_MASK = "•" * 8
REACH = 40
"""How many characters before a number can tell what it is."""


class PersonalKind(StrEnum):
    """What sort of personal data was found."""

    BIRTH_NUMBER = "birth_number"
    D_NUMBER = "d_number"
    H_NUMBER = "h_number"
    ACCOUNT = "account"
    CARD = "card"
    PHONE = "phone"
    EMAIL = "email"
    HEALTH = "health"


@dataclass(frozen=True, slots=True)
class Finding:
    """One piece of personal data; ``masked`` shows no more than how it begins."""

    kind: PersonalKind
    span: Span
    masked: str


def mask(text: str, shown: int) -> str:
    """Return the first characters of a text, the rest hidden together with its length."""
    return text[:shown] + _MASK


def number(kind: PersonalKind, start: int, end: int, digits: str) -> Finding:
    """Return a number found, of which two digits are shown."""
    return Finding(kind, Span(start, end), mask(digits, 2))
