"""A claim may not reach further than its evidence, nor leave out what narrows it."""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.deontic import Force, force_of
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import Mark
from assistent.verify.reading import Clause, Marked, Reading
from assistent.verify.verdict import Fault

_NARROWING = frozenset((Mark.HEDGE, Mark.SOME, Mark.LEAVE))
_CONDITIONS = frozenset("når hvis dersom viss when if".split())
_FOCUS = 2
_RESTRICTING = frozenset((Mark.RESTRICTION, Mark.EXCEPTION))


def scope_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if the claim widens, narrows or restricts otherwise than its evidence."""
    mine = _marks(case.claim)
    if not any(
        clause.has(Mark.RESTRICTION) and not clause.has(Mark.NEGATION)
        for clause in case.claim.clauses
    ):
        mine.discard(Mark.RESTRICTION)
    theirs = {mark for each in case.carried for mark in _marks(each.evidence)}
    if any(word.low == "uansett" for word in case.words_of_evidence()):
        theirs.add(Mark.ALL)
    if (
        (Mark.ALL in mine and Mark.ALL not in theirs)
        or (Mark.RESTRICTION in mine and not theirs & _RESTRICTING)
        or (not mine & _RESTRICTING and _loses_restriction(case))
        or _moves_restriction(case)
        or any(_loses(case, rest, mine) for rest in case.rests)
    ):
        yield Fault.SCOPE


def _marks(reading: Reading) -> set[Mark]:
    marks = {mark for clause in reading.clauses for found in clause.marked for mark in found.marks}
    # «Få beslutninger er …»: as a verb it does not begin a Norwegian sentence with a subject.
    if any(reading.words[clause.first].low == "få" for clause in reading.clauses):
        marks.add(Mark.SOME)
    return marks


def _loses(case: Case, rest: Rest, mine: set[Mark]) -> bool:
    """Whether what narrows the clause that a clause rests on is lost in the claim."""
    ground = rest.grounds[0]
    clause = ground.clause
    narrowed = mine & _NARROWING
    if clause.has(Mark.HEDGE) and not narrowed and not _hedges_carried(case, ground):
        return True
    if not narrowed and any(
        Mark.SOME in found.marks and not _is_denied(clause, found) for found in clause.marked
    ):
        return True
    return clause.has(Mark.ALL) and Mark.ALL not in mine and rest.clause.has(Mark.SOME)


def _is_denied(clause: Clause, some: Marked) -> bool:
    """«Ikke … noen» means none."""
    return any(Mark.NEGATION in found.marks and found.first < some.first for found in clause.marked)


def _loses_restriction(case: Case) -> bool:
    """Whether a «bare» or «kun» that holds of what is claimed is lost."""
    forced = Force.DUTY in {force_of(case.claim, clause) for clause in case.claim.clauses}
    for each in case.carried:
        reached = {carrier.position for found in each.carriers.values() for carrier in found}
        for clause in each.evidence.clauses:
            if clause.has(Mark.RESTRICTION) and reached & {
                at for at in range(clause.first, clause.last + 1) if each.evidence.words[at].says
            }:
                # «Er forbeholdt X» and «må være X» say the same.
                return not (forced and force_of(each.evidence, clause) is not Force.DUTY)
    return False


def _moves_restriction(case: Case) -> bool:
    """Whether «bare» stands to other words in the claim than in its evidence."""
    mine = [
        at
        for clause in case.claim.clauses
        for found in clause.marked
        if Mark.RESTRICTION in found.marks
        for at in [*_focus(case.claim, found, _FOCUS), *_condition_after(case.claim, clause)]
    ]
    if not mine:
        return False
    theirs = [
        (number, at)
        for number, each in enumerate(case.carried)
        for clause in each.evidence.clauses
        for found in clause.marked
        if Mark.RESTRICTION in found.marks
        for at in _focus(each.evidence, found, _FOCUS + 1)
    ]
    return bool(theirs) and not any(
        carrier.position == position
        for number, position in theirs
        for at in mine
        for carrier in case.carriers(at, number)
    )


def _condition_after(reading: Reading, clause: Clause) -> list[int]:
    """«Send bare … når …»: the restriction may be to the condition that follows."""
    number = reading.clauses.index(clause) + 1
    after = reading.clauses[number : number + 1]
    return [
        at
        for each in after
        if each.opener in _CONDITIONS
        for at in reading.content
        if each.first <= at <= each.last
    ]


def _focus(reading: Reading, found: Marked, length: int) -> list[int]:
    """Return the first content words after a restriction."""
    after = [at for at in reading.content if at > found.last]
    return after[:length]


def _hedges_carried(case: Case, ground: Ground) -> bool:
    """Whether a word of the claim stands for each hedge of the evidence."""
    reached = {
        carrier.position
        for found in case.carried[ground.number].carriers.values()
        for carrier in found
    }
    return all(
        reached & set(range(found.first, found.last + 1))
        for found in ground.clause.marked
        if Mark.HEDGE in found.marks
    )
