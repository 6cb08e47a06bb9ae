"""Which words may be verbs, told by their endings and a list of infinitives.

Nothing here looks at the words around; «leder» may be a verb and a noun.
"""

from __future__ import annotations

import functools

from assistent.verify.lexicon import verbs
from assistent.verify.roots import bases, inflected

MODALS = frozenset(
    "skal skulle må måtte bør burde kan kunne must shall should may can could might cannot".split()
)
COMMON = frozenset(
    """
    er var vært vere vore blir ble blitt vert vart har hadde hatt is are was were has have had does
    do did
    """.split()
)
"""Finite forms that are hardly ever anything else."""
_OTHER_FINITE = frozenset("vil ville får fikk will".split())
_FINITE_ENDINGS = ("r", "s", "te", "et", "de", "a")
_IRREGULAR_IMPERATIVES = frozenset("se si la gi ta gå be let bruk".split())
_NOUNS = frozenset("tilfelle tilfeller tilfellet ganger".split())
_START = 3


@functools.lru_cache(maxsize=20_000)
def is_verb(low: str) -> bool:
    """Whether a word may be a finite verb."""
    if low in COMMON or low in MODALS or low in _OTHER_FINITE:
        return True
    if low in _NOUNS:
        return False
    if not low.endswith(_FINITE_ENDINGS) and bases(low) == {low}:
        return False
    return bool((bases(low) | {low}) & verbs()) or _is_form(low)


def may_be_verb(low: str) -> bool:
    """Whether a word may be a verb, in the infinitive or finite."""
    return low in verbs() or is_verb(low)


@functools.lru_cache(maxsize=20_000)
def is_imperative(low: str) -> bool:
    """Whether a word may be an imperative: «spør», «bestill», «skriv»."""
    infinitives = verbs()
    return (
        low in _IRREGULAR_IMPERATIVES
        or f"{low}e" in infinitives
        or f"{low}{low[-1:]}e" in infinitives
        or any(f"{low}e" == base for base in bases(low) & infinitives)
    )


@functools.lru_cache(maxsize=20_000)
def is_participle(low: str) -> bool:
    """Whether a word may be the past participle of a verb."""
    return low.endswith(("t", "d")) and _is_form(low)


def is_verbal(low: str) -> bool:
    """Whether a word may be any form of a verb."""
    return may_be_verb(low) or is_participle(low)


def _is_form(low: str) -> bool:
    return any(inflected(low, verb) for verb in _verbs_from(low[:_START]))


@functools.lru_cache(maxsize=2_000)
def _verbs_from(start: str) -> tuple[str, ...]:
    return tuple(verb for verb in verbs() if verb.startswith(start))
