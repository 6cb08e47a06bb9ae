"""A claim may not deny what its evidence says, nor say what it denies.

Denials are counted in each clause and in those it rests on: two even counts agree, and two odd
ones. «Ukjent» is «kjent» denied once.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.deontic import denials
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import Mark
from assistent.verify.reading import Reading
from assistent.verify.verdict import Fault

_PAIR = 2
_SURE = 0.6
_CUTTING = frozenset(("som", "that", "which", "who"))
_UNKNOWN = frozenset("ukjent uvisst uklart unknown unclear spør sjekk avklar vurder".split())


def polarity_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if a clause of the claim denies otherwise than what it rests on."""
    turned = [
        rest
        for rest in case.rests
        if case.claim.words[rest.clause.first].low != "framfor"
        and not any(_agrees(case, rest, ground) for ground in _sure_grounds(rest))
        and not _agrees_in_part(case, rest)
        and not _agrees_with_relative(case, rest)
    ]
    if turned and not _is_raised(case, turned):
        yield Fault.NEGATION
        return
    resting = {rest.clause for rest in case.rests}
    loose = [clause for clause in case.claim.clauses if clause not in resting]
    if any(denials(case.claim, clause) % 2 for clause in loose) and not _denies(case):
        yield Fault.NEGATION


def _agrees_in_part(case: Case, rest: Rest) -> bool:
    """Whether a clause says together what several clauses of one sentence say."""
    number = rest.grounds[0].number
    evidence = case.carried[number].evidence
    positions = {
        carrier.position
        for at in range(rest.clause.first, rest.clause.last + 1)
        for carrier in case.carriers(at, number)
        if case.claim.words[at].says
    }
    touched = [
        clause
        for clause in evidence.clauses
        if any(clause.first <= at <= clause.last for at in positions if at is not None)
    ]
    count = sum(denials(evidence, clause) for clause in touched)
    mine = denials(case.claim, rest.clause)
    return len(touched) > 1 and mine > 0 and (count + mine) % 2 == 0


def _agrees_with_relative(case: Case, rest: Rest) -> bool:
    """«Fargen skal ikke være det eneste som …» is one clause of the evidence cut in two."""
    clauses = case.claim.clauses
    at = clauses.index(rest.clause)
    beside = [
        clauses[other]
        for other in (at - 1, at + 1)
        if 0 <= other < len(clauses)
        and (clauses[other].opener in _CUTTING or rest.clause.opener in _CUTTING)
    ]
    ground = rest.grounds[0]
    mine = denials(case.claim, rest.clause)
    return any(
        (mine + denials(case.claim, other) + denials(ground.evidence, ground.clause)) % 2 == 0
        and denials(case.claim, other) > 0
        for other in beside
    )


def _is_raised(case: Case, turned: list[Rest]) -> bool:
    """«Råder til å unngå X» and «råder til at X ikke …»: the denial has moved one clause down."""
    if len(turned) != _PAIR or turned[1].clause.opener != "at":
        return False
    numbers = [case.claim.clauses.index(rest.clause) for rest in turned]
    return numbers[1] == numbers[0] + 1


def _sure_grounds(rest: Rest) -> tuple[Ground, ...]:
    """Return what a clause may rest on; where all of it carries little, only the first."""
    return rest.grounds if rest.grounds[0].share >= _SURE else rest.grounds[:1]


def _agrees(case: Case, rest: Rest, ground: Ground) -> bool:
    mine = frozenset(at for at, _ in ground.pairs)
    theirs = frozenset(position for _, position in ground.pairs)
    turned = sum(
        carrier.opposed
        for at, position in ground.pairs
        for carrier in case.carriers(at, ground.number)[:1]
        if carrier.position == position
    )
    if ground.clause.opener == "om" and not rest.clause.opener and not _doubts(case.claim):
        return False  # the evidence asks what the claim asserts
    count = denials(case.claim, rest.clause, mine)
    count += denials(ground.evidence, ground.clause, theirs)
    return (count + turned) % 2 == 0


def _doubts(claim: Reading) -> bool:
    """Whether a claim says that something is not known."""
    return any(
        clause.has(Mark.HEDGE, Mark.NEGATION) or clause.opener == "om" for clause in claim.clauses
    ) or any(word.low in _UNKNOWN for word in claim.words)


def _denies(case: Case) -> bool:
    return any(
        denials(each.evidence, clause) for each in case.carried for clause in each.evidence.clauses
    )
