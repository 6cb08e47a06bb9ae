"""The conversation as the phone carries it: a hidden field, for the server keeps nothing.

What comes back is whatever the browser sends, so it is only ever used to understand the next
question and never shown as an answer.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote_plus

from assistent.personal_data import without_personal_data
from assistent.types import Answer, Outcome, Turn

MAX_TURNS = 6
MAX_CHARACTERS = 4000
"""Characters of one turn."""
MAX_BYTES = 32_000
"""Bytes of the field as a form sends it; with the question it stays within a request's limit."""
_ROLES = ("user", "assistant")
# Nothing was answered, so that a follow-up has nothing to build on.
_NOT_KEPT = (
    Outcome.PERSONAL_DATA,
    Outcome.TOO_LONG,
    Outcome.OUT_OF_SCOPE,
    Outcome.UNCLEAR,
    Outcome.FAILED,
)


def read_history(field: str) -> tuple[Turn, ...]:
    """Return the turns in a hidden field; whatever is not one is left out."""
    try:
        entries = json.loads(field) if field else []
    except (ValueError, RecursionError):
        return ()
    if not isinstance(entries, list):
        return ()
    turns = [
        Turn(entry["role"], _readable(entry["content"][:MAX_CHARACTERS]))
        for entry in entries
        if isinstance(entry, dict)
        and entry.get("role") in _ROLES
        and isinstance(entry.get("content"), str)
    ]
    return tuple(turns[-MAX_TURNS:])


def extended(turns: Sequence[Turn], answer: Answer) -> tuple[Turn, ...]:
    """Return the turns with one more answer, unless there is nothing to build on in it."""
    if answer.outcome in _NOT_KEPT:
        return tuple(turns)
    return (*turns, Turn("user", answer.question), Turn("assistant", answer.text))


def write_history(turns: Sequence[Turn]) -> str:
    """Return the hidden field: the latest turns that fit in it, without personal data."""
    entries = [
        {"role": turn.role, "content": without_personal_data(turn.content[:MAX_CHARACTERS])}
        for turn in turns[-MAX_TURNS:]
    ]
    while entries:
        field = json.dumps(entries, ensure_ascii=False)
        if len(quote_plus(field)) <= MAX_BYTES:
            return field
        del entries[0]
    return ""


def _readable(text: str) -> str:
    """Return text without halves of characters, which JSON can hold and no answer can."""
    return text.encode(errors="replace").decode()
