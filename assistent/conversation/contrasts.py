"""Which word of an earlier question a follow-up replaces.

«Og hva med ansatte?» after «Hvordan informerer vi innbyggerne?» asks how we inform ansatte: the
audience is another, the rest still holds. Words that stand for one another are listed by group in
``data/samtale.toml``.
"""

from __future__ import annotations

import re

from assistent.conversation.cues import without_lead
from assistent.conversation.vocabulary import groups_of
from assistent.words import STOP_WORDS, stem, tokens

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PREPOSITION = r"(?:i|på|til|for|med|ved|fra|frå|hos|om|in|on|to|with|from|by)"
_PREPOSITION_FIRST = re.compile(rf"({_PREPOSITION}) (?=\w)", re.IGNORECASE)
_PREPOSITION_LAST = re.compile(rf"\b{_PREPOSITION} $", re.IGNORECASE)
# «hvem leder», «som film»: the word is a verb there.
_BEFORE_A_VERB = re.compile(r"\b(?:hvem|hva|kven|kva|som|å|who|what|to) $", re.IGNORECASE)
# So many words may take another's place; more say something new.
_MOST_SWAPPED = 2
# Words of time replace others only in the mind: «avklare etterpå en beslutning» is no question.
_NEVER_SWAPPED = frozenset({"tider"})


def replaced_stems(question: str, before: str) -> frozenset[str]:
    """Return the stems of the earlier question's words that this one puts others in place of."""
    return frozenset(stem(word) for word in _replaced(question, before))


def swapped(question: str, before: str) -> str:
    """Return the earlier question with the follow-up's word in the place of the one it replaces.

    «Må vi tekste video på nettsiden?», «og i sosiale medier?» → «Må vi tekste video i sosiale
    medier?» Only where a word or two replace exactly one; empty otherwise.
    """
    fragment = without_lead(question).strip(" .,!?…:;")
    lead = _PREPOSITION_FIRST.match(fragment)
    new = fragment[lead.end() :] if lead else fragment
    words = [word.casefold() for word in new.split()]
    if not 1 <= len(words) <= _MOST_SWAPPED or not STOP_WORDS.isdisjoint(words):
        return ""
    if any(groups_of(word) & _NEVER_SWAPPED for word in words):
        return ""
    replaced = _replaced(question, before)
    places = [match for match in _WORD.finditer(before) if match.group().casefold() in replaced]
    if len(places) != 1:
        return ""
    start, end = places[0].span()
    if _BEFORE_A_VERB.search(before[:start]):
        return ""
    preposition = _PREPOSITION_LAST.search(before[:start]) if lead else None
    if lead and preposition:
        start, new = preposition.start(), f"{lead.group(1).casefold()} {new}"
    return f"{before[:start]}{new}{before[end:]}"


def _replaced(question: str, before: str) -> frozenset[str]:
    own = tokens(question)
    stems = set(map(stem, own))
    groups = frozenset().union(*map(groups_of, own)) if own else frozenset()
    return frozenset(
        word
        for word in tokens(before)
        if word not in STOP_WORDS and stem(word) not in stems and groups & groups_of(word)
    )
