"""A claim that copies a sentence but for one word means that word.

Where the words before and after are the same on both sides, and the claim has a word of its own
there, it says something else: «økonomiske» for «kommunikasjonsmessige konsekvenser». Verbs are left
to the other rules: they are reworded most.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.deontic import denials
from assistent.verify.grounds import Rest
from assistent.verify.lexicon import NORWEGIAN, grammar
from assistent.verify.quantities import is_time_unit
from assistent.verify.reading import Reading, Word
from assistent.verify.verbs import is_participle, may_be_verb
from assistent.verify.verdict import Fault

# A clause of which less is carried copies nothing. Of the pairs for tuning, and of others written
# for it, that costs one catch in 20 and saves three drops in five.
_COPIED = 0.5
_JOINING = frozenset("og eller samt både and or".split())


def substitution_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if a word of the claim stands in the place of another one."""
    if case.claim.language in NORWEGIAN and any(_substitutes(case, rest) for rest in case.rests):
        yield Fault.ANTONYM


def _substitutes(case: Case, rest: Rest) -> bool:
    ground = rest.grounds[0]
    if ground.share < _COPIED:
        return False
    if (denials(case.claim, rest.clause) + denials(ground.evidence, ground.clause)) % 2:
        return False  # «ikke god» for «svak»
    carriers = case.carried[ground.number].carriers
    reached = {carrier.position for found in carriers.values() for carrier in found}
    own = {at for at in case.judged if not carriers.get(at)}
    return any(
        _same_place(case, ground.number, at, position)
        for at in range(rest.clause.first, rest.clause.last + 1)
        if at in own
        and not _is_verbal(case.claim.words[at].low)
        and not is_time_unit(case.claim.words[at].low)
        for position in range(ground.clause.first, ground.clause.last + 1)
        if position not in reached
        and _is_noun(ground.evidence.words[position])
        and not _binds(ground.evidence.words[position])
    )


def _is_noun(word: Word) -> bool:
    return word.says and not _is_verbal(word.low)


def _binds(word: Word) -> bool:
    rules = grammar("nb")
    return rules is not None and rules.binds(word.low)


def _is_verbal(low: str) -> bool:
    return may_be_verb(low) or is_participle(low)


def _same_place(case: Case, number: int, at: int, position: int) -> bool:
    """Whether the words beside are the same on both sides, or one beside it says the same."""
    evidence = case.carried[number].evidence
    both = all(_same(case, number, evidence, at + step, position + step) for step in (-1, 1))
    return both or any(_says_the_same(case, number, at, position, step) for step in (-1, 1))


def _says_the_same(case: Case, number: int, at: int, position: int, step: int) -> bool:
    evidence = case.carried[number].evidence
    mine, theirs = _beside(case.claim, at, step), _beside(evidence, position, step)
    if mine is None or theirs is None or not case.claim.words[mine].says:
        return False
    return any(carrier.position == theirs for carrier in case.carriers(mine, number))


def _beside(reading: Reading, at: int, step: int) -> int | None:
    """Return the next word in a direction inside the clause, «og» and «eller» passed over."""
    clause = reading.words[at].clause
    at += step
    while 0 <= at < len(reading.words) and reading.words[at].low in _JOINING:
        at += step
    inside = 0 <= at < len(reading.words) and reading.words[at].clause == clause
    return at if inside else None


def _same(case: Case, number: int, evidence: Reading, at: int, position: int) -> bool:
    mine, theirs = 0 <= at < len(case.claim.words), 0 <= position < len(evidence.words)
    if not (mine and theirs):
        return mine == theirs
    if case.claim.words[at].low == evidence.words[position].low:
        return True
    return any(carrier.position == position for carrier in case.carriers(at, number))
