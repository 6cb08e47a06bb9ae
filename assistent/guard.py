"""The door: what is settled before any search.

Hidden characters are taken out, personal data stops the question, and so does what is no question
or not our business. Nothing behind this module sees personal data.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistent import texts_guard
from assistent.languages import reply_language
from assistent.personal_data import REMOVED, find_personal_data, without_personal_data
from assistent.readers import characters
from assistent.routing import (
    Route,
    named_paragraph,
    read_route,
    sounds_dangerous,
)
from assistent.types import Outcome, Turn

MAX_CHARACTERS = 2000
# What a question is read for beyond its limit is no question any more.
_MAX_READ = 20_000
# Letters that look like nothing at all.
_BLANK_LETTERS = re.compile("[\u2800\u3164\uffa0]")
_NO_SPACE = {"Cf"}
_SPACE = {"Cc", "Cs"}


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a question goes no further and what is said instead.

    ``question`` is what may be shown and kept of it: for personal data the question without them,
    empty if nothing is left to ask.
    """

    outcome: Outcome
    question: str
    text: str
    contact: str = ""
    language: str = "nb"


def clean(question: str) -> str:
    """Return the question NFC-normalised, without hidden or control characters, on one line."""
    text = "".join(map(_visible, _BLANK_LETTERS.sub("", question)))
    return characters.one_line(text)


def check(question: str) -> Stop | None:
    """Stop a cleaned question that holds personal data, is too long or is none; else None."""
    if len(question) > _MAX_READ:
        return _too_long("", question)
    found = find_personal_data(question)
    left = without_personal_data(question) if found else question
    if len(question) > MAX_CHARACTERS:
        return _too_long(left, question)
    if found:
        language = reply_language(left)
        asked = left if _is_question(left.replace(REMOVED, "")) else ""
        pieces = [(finding.kind.value, finding.masked) for finding in found]
        text = texts_guard.personal_data(pieces, asked, language)
        return Stop(Outcome.PERSONAL_DATA, asked, text, language=language)
    if not _is_question(question):
        text = texts_guard.UNCLEAR["nb"] if question else texts_guard.EMPTY_QUESTION
        return Stop(Outcome.UNCLEAR, question, text)
    return None


def route(question: str, history: Sequence[Turn] = ()) -> Stop | None:
    """Stop a checked question that is unclear or not our business; None if it is ours."""
    found = read_route(question, follows=bool(history))
    if found is None:
        return None
    language = reply_language(question)
    if found is Route.UNCLEAR:
        return Stop(Outcome.UNCLEAR, question, texts_guard.UNCLEAR[language], language=language)
    paragraph = named_paragraph(question) if found is Route.LEGAL else ""
    reply = texts_guard.reply(found, language, paragraph=paragraph)
    return Stop(Outcome.OUT_OF_SCOPE, question, reply.text, reply.contact, language)


def cautions(question: str, language: str) -> tuple[str, ...]:
    """Return what to say first to someone who asks how to communicate while there is danger."""
    return (texts_guard.CAUTION[language],) if sounds_dangerous(question) else ()


def safe_history(history: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns cleaned and without personal data, in whatever role they were said."""
    return tuple(replace(turn, content=_safe_turn(turn.content)) for turn in history)


def presentable(question: str) -> str:
    """Return what may be shown and kept of a question that nobody has checked yet."""
    return without_personal_data(clean(question[:_MAX_READ]))


def _safe_turn(content: str) -> str:
    lines = content[:_MAX_READ].splitlines()
    return without_personal_data("\n".join(clean(line) for line in lines))


def _too_long(left: str, question: str) -> Stop:
    language = reply_language(question)
    text = texts_guard.too_long(len(question), MAX_CHARACTERS, language)
    return Stop(Outcome.TOO_LONG, left, text, language=language)


def _is_question(text: str) -> bool:
    letters = sum(character.isalpha() for character in text)
    return letters >= 2 and text.count("\ufffd") <= letters


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in _NO_SPACE:
        return ""
    return " " if category in _SPACE else character
