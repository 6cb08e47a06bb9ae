"""One requirement, said in two ways.

«Bare når lederen har godkjent det», «ikke uten godkjenning fra lederen» and «lederen må godkjenne
det først» say the same; counting denials or restrictions would tell them apart.
"""

from __future__ import annotations

from assistent.verify.case import Case
from assistent.verify.deontic import Force, binds_nobody, force_of
from assistent.verify.lexicon import Mark
from assistent.verify.reading import Reading

_CONDITIONS = frozenset("når hvis dersom viss etter med ved when if after with".split())
_BEFORE = frozenset(("før", "before"))
_FIRST = frozenset(("først", "fyrst"))
_WHEN = frozenset(("når", "etter", "when", "after"))
_BARRING = frozenset((Mark.WITHOUT, Mark.EXCEPTION))


def says_requirement_otherwise(case: Case) -> bool:
    """Whether claim and evidence say what is required in two different of these ways."""
    return any(
        (_bars(case.claim) and (_restricts(reading) or _demands_first(reading)))
        or (_bars(reading) and (_restricts(case.claim) or _demands_first(case.claim)))
        or (_restricts(reading) and _demands_first(case.claim))
        or (_demands_first(reading) and _restricts(case.claim))
        or (_bars(reading) and _bars(case.claim))
        for reading in case.evidence
    )


def _bars(reading: Reading) -> bool:
    """«Ikke … uten», «ikke … med mindre», «ikke … før», «ikke … hvis ikke»."""
    denied = [clause.has(Mark.NEGATION, Mark.BAN) for clause in reading.clauses]
    barred = any(clause.has(*_BARRING) for clause in reading.clauses)
    open_and_denied = [
        binds_nobody(reading, clause) and denies
        for clause, denies in zip(reading.clauses, denied, strict=True)
    ]
    unless = any(open_and_denied) and sum(denied) > sum(open_and_denied)
    return unless or (any(denied) and (barred or _is_before(reading)))


def _restricts(reading: Reading) -> bool:
    """«Bare når», «kun hvis»."""
    if _denies(reading):
        return False
    first = next((at for at, word in enumerate(reading.words) if word.low in _FIRST), None)
    if first is not None and _follows(reading, first, _WHEN):
        return True
    return any(
        Mark.RESTRICTION in found.marks and _follows(reading, found.last, _CONDITIONS)
        for clause in reading.clauses
        for found in clause.marked
    )


def _demands_first(reading: Reading) -> bool:
    """«Før …, må …», «for å …, kreves …»."""
    bound = any(
        force_of(reading, clause) in (Force.DUTY, Force.ORDER) for clause in reading.clauses
    )
    purpose = any(clause.opener == "for" for clause in reading.clauses)
    return (purpose or _is_before(reading)) and bound and not _denies(reading)


def _is_before(reading: Reading) -> bool:
    return any(reading.words[clause.first].low in _BEFORE for clause in reading.clauses)


def _denies(reading: Reading) -> bool:
    return any(clause.has(Mark.NEGATION) for clause in reading.clauses)


def _follows(reading: Reading, at: int, words: frozenset[str]) -> bool:
    return any(word.low in words for word in reading.words[at + 1 :])
