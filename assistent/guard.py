"""What is settled before any search: hidden characters, and questions that are none."""

from __future__ import annotations

import re
import unicodedata

from assistent.types import Outcome

MAX_CHARACTERS = 2000
# Format characters that hide or reorder text, and the tag block used to smuggle instructions.
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def clean(question: str) -> str:
    """Return the question NFC-normalised, without hidden or control characters, on one line."""
    text = unicodedata.normalize("NFC", _HIDDEN.sub("", question))
    text = "".join(c if unicodedata.category(c) not in {"Cc", "Cs"} else " " for c in text)
    return " ".join(text.split())


def check(question: str) -> Outcome | None:
    """Return the outcome that ends a cleaned question here, else None."""
    if len(question) > MAX_CHARACTERS:
        return Outcome.TOO_LONG
    letters = sum(character.isalpha() for character in question)
    if letters < 2 or question.count("\ufffd") > letters:
        return Outcome.UNCLEAR
    return None
