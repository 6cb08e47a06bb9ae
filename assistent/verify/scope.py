"""A claim may not reach further than its evidence, nor leave out what narrows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.deontic import Force, binds_nobody, force_of
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import Mark
from assistent.verify.reading import Clause, Marked, Reading
from assistent.verify.verdict import Fault

_NARROWING = frozenset((Mark.HEDGE, Mark.SOME, Mark.LEAVE))
_CONDITIONS = frozenset("når hvis dersom viss when if".split())
_FOCUS = 2
_RESTRICTING = frozenset((Mark.RESTRICTION, Mark.EXCEPTION))
# «Flere møter» is no more than «møter», but less than «møtene».
_SEVERAL = frozenset("flere fleire several".split())
_INDEFINITE = ("er", "ar", "s")
_A_LITTLE = frozenset("finnes finst fins exist exists noe noko litt something some any".split())
_ALONE = frozenset("alene åleine alone".split())
_FREELY = frozenset("fritt ubegrenset uavgrensa freely".split())
_FIGURE = re.compile(r"(?:\s*[^\W\d]+)?\s*\d")


def scope_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if the claim widens, narrows or restricts otherwise than its evidence."""
    mine = kept = _marks(case.claim)
    if not any(_restricts(case.claim, clause) for clause in case.claim.clauses):
        mine = kept - {Mark.RESTRICTION}
    theirs = {mark for each in case.carried for mark in _marks(each.evidence)}
    if any(
        word.low == "uansett" or word.low.startswith("døgn") for word in case.words_of_evidence()
    ):
        theirs.add(Mark.ALL)
    if (
        (_generalises(case.claim) and Mark.ALL not in theirs)
        or _frees(case)
        or (Mark.RESTRICTION in mine and not theirs & _RESTRICTING)
        or (not kept & _RESTRICTING and not _singles_out(case.claim) and _loses_restriction(case))
        or any(_loses(case, rest, mine) for rest in case.rests)
    ):
        yield Fault.SCOPE


def _marks(reading: Reading) -> set[Mark]:
    marks = {mark for clause in reading.clauses for found in clause.marked for mark in found.marks}
    # «Få beslutninger er …»: as a verb it does not begin a Norwegian sentence with a subject.
    if any(reading.words[clause.first].low == "få" for clause in reading.clauses):
        marks.add(Mark.SOME)
    return marks


def _frees(case: Case) -> bool:
    """Whether the claim alone has «fritt»."""
    theirs = {word.low for word in case.words_of_evidence()}
    return any(word.low in _FREELY and word.low not in theirs for word in case.claim.words)


def _generalises(claim: Reading) -> bool:
    """Whether a clause that binds speaks of all; «når alle …» narrows."""
    return any(
        clause.has(Mark.ALL) and (clause.opener == "" or not binds_nobody(claim, clause))
        for clause in claim.clauses
    )


def _singles_out(claim: Reading) -> bool:
    """«Tastatur alene» keeps a «bare», but «er ikke nok alene» is none of its own."""
    return any(word.low in _ALONE for word in claim.words)


def _restricts(reading: Reading, clause: Clause) -> bool:
    """Whether a clause restricts something; «bare 2,4» merely calls a number small."""
    return not clause.has(Mark.NEGATION) and any(
        Mark.RESTRICTION in found.marks
        and not _FIGURE.match(reading.text[reading.words[found.last].end :])
        for found in clause.marked
    )


def _loses(case: Case, rest: Rest, mine: set[Mark]) -> bool:
    """Whether what narrows the clause that a clause rests on is lost in the claim."""
    ground = rest.grounds[0]
    clause = ground.clause
    narrowed = mine & _NARROWING or any(word.low in _A_LITTLE for word in case.claim.words)
    if clause.has(Mark.HEDGE) and not narrowed and not _hedges_carried(case, ground):
        return True
    if (
        not narrowed
        and not binds_nobody(ground.evidence, clause)
        and any(
            Mark.SOME in found.marks
            and not _is_denied(clause, found)
            and _is_widened(case, rest, ground, found)
            for found in clause.marked
        )
    ):
        return True
    return clause.has(Mark.ALL) and Mark.ALL not in mine and rest.clause.has(Mark.SOME)


def _is_widened(case: Case, rest: Rest, ground: Ground, some: Marked) -> bool:
    """Whether the claim speaks of all that ``some`` narrows."""
    focus = _focus(ground.evidence, some, 1)
    reaching = [
        case.claim.words[at].low
        for at in range(rest.clause.first, rest.clause.last + 1)
        for carrier in case.carriers(at, ground.number)
        if carrier.position in focus
    ]
    several = ground.evidence.words[some.first].low in _SEVERAL
    return bool(reaching) and not (several and all(low.endswith(_INDEFINITE) for low in reaching))


def _is_denied(clause: Clause, some: Marked) -> bool:
    """«Ikke … noen» means none."""
    return any(Mark.NEGATION in found.marks and found.first < some.first for found in clause.marked)


def _loses_restriction(case: Case) -> bool:
    """Whether a «bare» or «kun» that holds of what is claimed is lost."""
    forced = Force.DUTY in {force_of(case.claim, clause) for clause in case.claim.clauses}
    for each in case.carried:
        reached = {carrier.position for found in each.carriers.values() for carrier in found}
        for clause in each.evidence.clauses:
            if _restricts(each.evidence, clause) and reached & {
                at for at in range(clause.first, clause.last + 1) if each.evidence.words[at].says
            }:
                # «Er forbeholdt X» and «må være X» say the same.
                return not (forced and force_of(each.evidence, clause) is not Force.DUTY)
    return False


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
