"""What holds on a condition may not be claimed without it, nor on one that is made up."""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.deontic import Force, force_of
from assistent.verify.lexicon import Mark, is_common_actor
from assistent.verify.reading import Clause, Reading
from assistent.verify.verbs import COMMON, is_verb
from assistent.verify.verdict import Fault

_EVEN = frozenset("også òg selv sjølv even also".split())
_OPENERS = frozenset("hvis viss dersom når såfremt if when unless".split())


def condition_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if a condition is lost or made up."""
    mine = [clause for clause in case.claim.clauses if _is_conditional(case.claim, clause)]
    if mine:
        if not _evidence_has_condition(case) and any(_is_own(case, clause) for clause in mine):
            yield Fault.CONDITION
    elif not any(_begins_with_verb(case.claim, clause) for clause in case.claim.clauses[:-1]):
        touched = {rest.grounds[0].number for rest in case.rests}
        if any(_lost(case, number) for number in touched):
            yield Fault.CONDITION


def _is_conditional(reading: Reading, clause: Clause) -> bool:
    if clause.has(Mark.EXCEPTION):
        return not _is_excepted(reading, clause)
    if clause.opener in _OPENERS:
        # «Også når …» takes nothing away.
        return not (clause.first and reading.words[clause.first - 1].low in _EVEN)
    # «Så lenge …», «i tilfelle …»: a phrase that begins the clause.
    return any(
        Mark.CONDITION in found.marks and found.last > found.first <= clause.first + 1
        for found in clause.marked
    ) and any(is_verb(word.low) for word in reading.words_of(clause))


def _is_excepted(reading: Reading, clause: Clause) -> bool:
    """«X er unntatt fra Y» denies; it sets no condition."""
    exception = next(found for found in clause.marked if Mark.EXCEPTION in found.marks)
    before = reading.words[exception.first - 1].low if exception.first else ""
    return before in COMMON


def _begins_with_verb(reading: Reading, clause: Clause) -> bool:
    """«Setter kommunen bort oppgaver, …» is a condition without a conjunction."""
    low = reading.words[clause.first].low
    return (
        not clause.opener and is_verb(low) and force_of(reading, clause) is not Force.ORDER
    )  # fmt: skip


def _evidence_has_condition(case: Case) -> bool:
    return any(
        _is_conditional(each.evidence, clause)
        for each in case.carried
        for clause in each.evidence.clauses
    )


def _is_own(case: Case, clause: Clause) -> bool:
    """Whether a condition of the claim says nothing that the evidence says."""
    own = set(case.own)
    content = [
        at
        for at in case.claim.content
        if clause.first <= at <= clause.last and not is_common_actor(case.claim.words[at].low)
    ]
    return not content or any(at in own for at in content)


def _lost(case: Case, number: int) -> bool:
    """Whether nothing in the claim answers to a condition of a piece of evidence."""
    evidence = case.carried[number].evidence
    reached = {
        carrier.position for found in case.carried[number].carriers.values() for carrier in found
    }
    for clause in evidence.clauses:
        if _is_conditional(evidence, clause):
            content = [at for at in range(clause.first, clause.last + 1) if evidence.words[at].says]
            if content and not reached.intersection(content):
                return True
    return False
