"""Claims in a language whose words cannot be compared with the evidence's.

What can be held against it is exact or closed: numbers and names, denials, what binds and what
restricts. Where the closed classes of a language are not known, nothing is proven.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistent.verify.case import Case
from assistent.verify.deontic import Force, denials, force_of
from assistent.verify.lexicon import Mark
from assistent.verify.reading import Reading
from assistent.verify.verdict import Fault

_BINDING = frozenset((Force.DUTY, Force.ADVICE, Force.LEAVE, Force.EXEMPTION))
# In German every noun has a capital.
_CAPITAL_NOUNS = frozenset(("de",))
_SHORTEST_STEM = 4


def foreign_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault for each closed class in which claim and evidence differ."""
    if _has_own_name(case):
        yield Fault.NAME
    if _denies(case.claim) != any(_denies(reading) for reading in case.evidence):
        yield Fault.NEGATION
    if _binds_otherwise(case):
        yield Fault.MODALITY
    for mark, fault in (
        (Mark.RESTRICTION, Fault.SCOPE),
        (Mark.EXCEPTION, Fault.NEGATION),
    ):
        if _has(case.claim, mark) != any(_has(reading, mark) for reading in case.evidence):
            yield fault
    if _has(case.claim, Mark.ALL) and not any(_has(reading, Mark.ALL) for reading in case.evidence):
        yield Fault.SCOPE
    narrowed = any(_has(reading, Mark.HEDGE, Mark.SOME) for reading in case.evidence)
    if narrowed and not _has(case.claim, Mark.HEDGE, Mark.SOME, Mark.LEAVE):
        yield Fault.SCOPE
    conditional = any(_is_conditional(reading) for reading in case.evidence)
    if conditional and not _has(case.claim, Mark.CONDITION):
        yield Fault.CONDITION


def _binds_otherwise(case: Case) -> bool:
    mine = _forces((case.claim,)) & _BINDING
    theirs = _forces(case.evidence)
    if case.advised:
        theirs |= {Force.ADVICE}
    elif Force.ORDER in theirs:
        theirs |= {Force.DUTY}
    return bool(mine - theirs) or (not mine and bool(theirs & {Force.ADVICE, Force.LEAVE}))


def _has_own_name(case: Case) -> bool:
    known = [word.low for reading in (*case.evidence, *case.context) for word in reading.words]
    return any(
        word.text[:1].isupper()
        and (word.text[1:] != word.text[1:].lower() or case.claim.language not in _CAPITAL_NOUNS)
        and word.says
        and at > 0
        and not any(_same_name(word.low, other) for other in known)
        for at, word in enumerate(case.claim.words)
    )


def _same_name(name: str, other: str) -> bool:
    """Names are inflected: the beginning has to be the same."""
    length = max(min(len(name), len(other)) - 2, _SHORTEST_STEM)
    return name == other or name[:length] == other[:length]


def _denies(reading: Reading) -> bool:
    return any(denials(reading, clause) % 2 for clause in reading.clauses)


def _forces(readings: Sequence[Reading]) -> set[Force]:
    return {force_of(reading, clause) for reading in readings for clause in reading.clauses}


def _has(reading: Reading, *marks: Mark) -> bool:
    return any(clause.has(*marks) for clause in reading.clauses)


def _is_conditional(reading: Reading) -> bool:
    return any(clause.opener in {"hvis", "dersom", "når", "viss"} for clause in reading.clauses)
