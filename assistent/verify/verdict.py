"""What comes of proving a claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """Why a claim is not proven; the list is closed."""

    FORM = "form"
    EMPTY = "empty"
    LANGUAGE = "language"
    ADDRESS = "address"
    NUMBER = "number"
    DATE = "date"
    PARAGRAPH = "paragraph"
    NAME = "name"
    CHANNEL = "channel"
    NEGATION = "negation"
    MODALITY = "modality"
    AGENT = "agent"
    ANTONYM = "antonym"
    ADDITION = "addition"
    SCOPE = "scope"
    CONDITION = "condition"
    MIXED = "mixed"
    UNLIKE = "unlike"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a claim is proven by what it cites; ``faults`` says why not, for log and tests."""

    supported: bool
    faults: tuple[Fault, ...] = ()
