"""A claim may not deny what its evidence says, nor say what it denies.

Denials are counted in each clause and in those it rests on: two even counts agree, and two odd
ones. «Ukjent» is «kjent» denied once.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.deontic import DENYING, binds_nobody, denials, is_order, is_question
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import Mark, opposed
from assistent.verify.reading import Clause, Reading
from assistent.verify.subjects import tells_who
from assistent.verify.verbs import is_imperative, is_verb
from assistent.verify.verdict import Fault

_PAIR = 2
_SURE = 0.6
_CUTTING = frozenset(("som", "that", "which", "who"))
_WELL = frozenset(("godt", "well"))
_ELSE = frozenset("tillegg andre annet anna også òg other others else too".split())
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
        and not _asserts_nothing(case.claim, rest.clause)
        and not _is_answered_for(case, rest)
        and not _denies_the_rest(case, rest)
    ]
    if turned and not _is_raised(case, turned):
        yield Fault.NEGATION
        return
    resting = {rest.clause for rest in case.rests}
    loose = [
        clause
        for clause in case.claim.clauses
        if clause not in resting and not _asserts_nothing(case.claim, clause)
    ]
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


def _asserts_nothing(claim: Reading, clause: Clause) -> bool:
    """Whether a clause denies nothing and states nothing, so that others tell what is denied.

    An indirect question («hvem som …, er ikke kjent»), a noun before a relative clause, who says
    it («råder uutilsynet»), and a doubt («er du usikker, …»).
    """
    if binds_nobody(claim, clause) and all(
        mark.marks.isdisjoint(DENYING) for mark in clause.marked
    ):
        return is_question(claim, clause) or denials(claim, clause) > 0
    if denials(claim, clause):
        return False
    words = claim.words_of(clause)
    acts = any(is_verb(word.low) or (word.says and is_imperative(word.low)) for word in words)
    return not acts or tells_who(claim, clause)


def _is_answered_for(case: Case, rest: Rest) -> bool:
    """Whether the denial of what a clause rests on stands in another clause on the same ground.

    «Dere kan bruke pakkene, men den retten gjelder ikke logoen»
    """
    if denials(case.claim, rest.clause):
        return False
    ground = rest.grounds[0]
    denying = [mark.first for mark in ground.clause.marked if Mark.NEGATION in mark.marks]
    if not denying or any(position > denying[0] for _, position in ground.pairs):
        return False
    return any(
        other is not rest
        and other.grounds[0].clause is ground.clause
        and denials(case.claim, other.clause) % 2 == 1
        and _agrees(case, other, other.grounds[0])
        for other in case.rests
    )


def _denies_the_rest(case: Case, rest: Rest) -> bool:
    """«Ikke bruk andre i tillegg» for «bruk bare disse»."""
    return (
        any(ground.clause.has(Mark.RESTRICTION) for ground in rest.grounds)
        and denials(case.claim, rest.clause) % 2 == 1
        and any(word.low in _ELSE for word in case.claim.words_of(rest.clause))
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
    asked = not binds_nobody(case.claim, rest.clause) and (
        ground.clause.opener == "om"
        or (is_question(ground.evidence, ground.clause) and _is_denied(ground.evidence))
    )
    if asked and not is_order(case.claim, rest.clause) and not _doubts(case.claim):
        return False  # the evidence asks what the claim asserts
    count = denials(case.claim, rest.clause, mine)
    count += denials(ground.evidence, ground.clause, theirs)
    if (count + turned) % 2 == 0:
        return True
    led = ground.number < case.cited and any(_is_denied(lead) for lead in case.leads)
    if led and denials(case.claim, rest.clause) % 2:
        return True  # «Kildene sier ikke noe om disse:»
    return not turned and count > 0 and _opposed(case, rest, ground)


def _opposed(case: Case, rest: Rest, ground: Ground) -> bool:
    """Whether a denied clause has a word for which the other has the opposite: «ikke godt nok»."""
    one, other = (
        [word.low for word in reading.words_of(clause) if word.says or word.low in _WELL]
        for reading, clause in ((case.claim, rest.clause), (ground.evidence, ground.clause))
    )
    return any(opposed(mine, theirs) for mine in one for theirs in other)


def _doubts(claim: Reading) -> bool:
    """Whether a claim says that something is not known."""
    return any(
        clause.has(Mark.HEDGE, Mark.NEGATION) or clause.opener == "om" for clause in claim.clauses
    ) or any(word.low in _UNKNOWN for word in claim.words)


def _is_denied(reading: Reading) -> bool:
    return any(denials(reading, clause) for clause in reading.clauses)


def _denies(case: Case) -> bool:
    return any(
        denials(each.evidence, clause) for each in case.carried for clause in each.evidence.clauses
    )
