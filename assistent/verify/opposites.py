"""A claim may not say the opposite of a word of its evidence, nor turn a comparison or an order."""

from __future__ import annotations

from collections.abc import Iterator, Set

from assistent.verify.case import Case
from assistent.verify.deontic import denials
from assistent.verify.grounds import Rest
from assistent.verify.lexicon import Side, sides
from assistent.verify.reading import Clause, Reading, Weight
from assistent.verify.verdict import Fault

# Prepositions that exclude each other before the same word.
_EXCLUSIVE = {
    one: other
    for first, second in (
        ("før", "etter"),
        ("med", "uten"),
        ("over", "under"),
        ("innenfor", "utenfor"),
    )
    for one, other in ((first, second), (second, first))
}
_OTHER_PREPOSITIONS = frozenset("i på til fra av om for ved hos".split())
_AS_NORWEGIAN = {
    "before": "før",
    "after": "etter",
    "with": "med",
    "without": "uten",
    "utan": "uten",
    "innanfor": "innenfor",
    "utanfor": "utenfor",
    "within": "innenfor",
    "outside": "utenfor",
    "in": "i",
    "on": "på",
    "of": "av",
    "to": "til",
    "from": "fra",
    "frå": "fra",
}
_REACH = 5
_SURE = 0.9
_WHEN = frozenset("når hvis dersom viss etter".split())


def opposite_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if the claim has a word that excludes one of the evidence."""
    if _excluded_word(case) or _excluded_preposition(case):
        yield Fault.ANTONYM
    elif case.claim.language != "en" and any(
        _excluded_in_clause(case, rest) for rest in case.rests
    ):
        yield Fault.MIXED


def _excluded_word(case: Case) -> bool:
    theirs = {side for word in case.words_of_evidence() for side in sides(word.low)}
    mine = {side for word in case.claim.words for side in sides(word.low)}
    denied = any(
        denials(each.evidence, clause) for each in case.carried for clause in each.evidence.clauses
    )
    for at, word in enumerate(case.claim.words):
        if word.weight is Weight.FUNCTION and word.low != "før":
            continue
        if not denied and denials(case.claim, case.claim.clauses[word.clause]) % 2:
            continue  # «ikke sterk nok» for «for svak»
        if any(
            each.quality >= _SURE for found in case.carried for each in found.carriers.get(at, ())
        ):
            continue
        if any(side not in theirs and _answered(side, theirs - mine) for side in sides(word.low)):
            return True
    return False


def _excluded_in_clause(case: Case, rest: Rest) -> bool:
    """Whether a clause has a word that excludes one of the clause it rests on.

    The evidence may have both words, but the other one stands in this place: «på norsk, og andre
    fikk den på engelsk».
    """
    ground = rest.grounds[0]
    if (denials(case.claim, rest.clause) + denials(ground.evidence, ground.clause)) % 2:
        return False  # «ikke god nok» for «for svak»
    turned = [
        (at, carrier.position)
        for at in range(rest.clause.first, rest.clause.last + 1)
        for carrier in case.carriers(at, ground.number)
        if carrier.opposed
    ]
    theirs = _sides_of(ground.evidence, ground.clause, {place for _, place in turned})
    mine = _sides_of(case.claim, rest.clause, {at for at, _ in turned})
    return any(side not in theirs and _answered(side, theirs - mine) for side in mine)


def _sides_of(reading: Reading, clause: Clause, without: Set[int | None]) -> set[Side]:
    return {
        side
        for at in range(clause.first, clause.last + 1)
        if reading.words[at].weight is not Weight.FUNCTION and at not in without
        for side in sides(reading.words[at].low)
    }


def _answered(side: Side, theirs: set[Side]) -> bool:
    row, kind = side
    return any(other == row and number != kind for other, number in theirs)


def _excluded_preposition(case: Case) -> bool:
    for at, word in enumerate(case.claim.words):
        if word.weight is Weight.FUNCTION:
            continue
        mine = _preposition(case.claim, at)
        if mine not in _EXCLUSIVE:
            continue
        theirs = {
            _preposition(each.evidence, carrier.position)
            for number, each in enumerate(case.carried)
            for carrier in case.carriers(at, number)
            if carrier.position is not None
        }
        if mine not in theirs and _EXCLUSIVE[mine] in theirs:
            return True
    return False


def _preposition(reading: Reading, at: int) -> str:
    """Return the preposition before a word with no other content word between."""
    for before in range(at - 1, max(at - 1 - _REACH, -1), -1):
        low = _AS_NORWEGIAN.get(reading.words[before].low, reading.words[before].low)
        if low in _EXCLUSIVE or low in _OTHER_PREPOSITIONS:
            return low
        if reading.words[before].says:
            return ""
    return ""
