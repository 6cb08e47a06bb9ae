"""Two words of a clause may not change places.

A word's place is told by the preposition or the verb before it: «X blir erstattet av Y» and «Y blir
erstattet av X» have the same words in each other's places.
"""

from __future__ import annotations

from assistent.verify.case import Case
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import is_actor, opposed, sides
from assistent.verify.reading import Clause, Reading, Weight
from assistent.verify.subjects import PREPOSITIONS
from assistent.verify.verbs import is_verbal, may_be_verb

_PLACES = PREPOSITIONS | {"enn", "than", "framfor"}
_LOCATIVES = frozenset("i på in on hos".split())
_VERB = "verb"
_START = ""


def swapped(case: Case, rest: Rest) -> bool:
    """Whether two words of a clause have changed places."""
    ground = rest.grounds[0]
    same_verb = any(is_verbal(case.claim.words[at].low) for at, _ in ground.pairs)
    pairs = [
        (at, position)
        for at, position in ground.pairs
        if case.claim.words[at].says
        and not is_verbal(case.claim.words[at].low)
        and not may_be_verb(ground.evidence.words[position].low)
        and _is_only_carrier(case, at, ground)
    ]
    for number, (one, its) in enumerate(pairs):
        for other, others in pairs[number + 1 :]:
            if its == others or (one < other) == (its < others):
                continue
            if _may_move(case, one, other):
                continue
            mine = _place(case.claim, rest.clause, one), _place(case.claim, rest.clause, other)
            theirs = (
                _place(ground.evidence, ground.clause, its),
                _place(ground.evidence, ground.clause, others),
            )
            around_verb = set(mine) == {_VERB, _START} and not same_verb
            if mine[0] != mine[1] and mine == (theirs[1], theirs[0]) and not around_verb:
                return True
    return False


def _may_move(case: Case, one: int, other: int) -> bool:
    """Whether two words of a clause may change order: one is an adjective or an adverb."""
    words = case.claim.words[one], case.claim.words[other]
    graded = any(word.weight is Weight.CONTENT and sides(word.low) for word in words)
    return graded and not opposed(words[0].low, words[1].low)


def _is_only_carrier(case: Case, at: int, ground: Ground) -> bool:
    inside = [
        carrier
        for carrier in case.carriers(at, ground.number)
        if carrier.position is not None
        and ground.clause.first <= carrier.position <= ground.clause.last
    ]
    # «Nærbilder» is carried by itself and, less well, by «oversiktsbilder».
    best = max((carrier.quality for carrier in inside), default=0.0)
    return sum(carrier.quality == best for carrier in inside) == 1


def _place(reading: Reading, clause: Clause, at: int) -> str:
    for before in range(at - 1, clause.first - 1, -1):
        low = reading.words[before].low
        if low in _PLACES:
            return "i" if low in _LOCATIVES else low
        if may_be_verb(low) and not is_actor(low):
            return _VERB
    return _START
