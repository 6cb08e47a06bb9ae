"""Numbers, dates, paragraphs and addresses of a claim must stand in the sentences it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistent.verify.agreement import stands_in
from assistent.verify.case import Case
from assistent.verify.facts import Fact, FactKind
from assistent.verify.quantities import UNITS
from assistent.verify.reading import Reading
from assistent.verify.verdict import Fault

_LARGEST_COUNT = 10
_PARTITIVE = frozenset(("av", "of"))
_FAULTS = {
    FactKind.ADDRESS: Fault.ADDRESS,
    FactKind.PARAGRAPH: Fault.PARAGRAPH,
    FactKind.CASE: Fault.PARAGRAPH,
    FactKind.DATE: Fault.DATE,
    FactKind.TIME: Fault.NUMBER,
    FactKind.CODE: Fault.NAME,
    FactKind.NUMBER: Fault.NUMBER,
}


def exact_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault for each fact that stands in no cited sentence; headings do not count."""
    known = [fact for reading in case.evidence for fact in reading.facts]
    # «Rådene er disse tre:»
    known += [fact for lead in case.leads for fact in lead.facts if _is_count(fact)]
    for fact in case.claim.facts:
        if not stands_in(fact, known) and not _counts_them(case, fact):
            yield _FAULTS[fact.kind]


def _is_count(fact: Fact) -> bool:
    return (
        fact.kind is FactKind.NUMBER
        and len(fact.value) == 1
        and float(fact.value[0]) <= _LARGEST_COUNT
        and not fact.bound
        and fact.unit not in UNITS
    )


def _counts_them(case: Case, fact: Fact) -> bool:
    """«Én av oppgavene», «de to rådene»: as many as there are sentences, or nouns in a row."""
    if not _is_count(fact):
        return False
    if fact.value[0] == 1:
        return fact.unit in _PARTITIVE
    rows = (_longest_row(reading) for reading in case.evidence)
    return fact.value[0] in {*rows} | ({case.cited} if case.cited > 1 else set())


def _longest_row(reading: Reading) -> int:
    """Return how many words «a, b og c» names."""
    row = re.compile(r"[\w-]+(?:, [\w-]+)* (?:og|eller) [\w-]+")
    found = (len(re.split(r", | og | eller ", each)) for each in row.findall(reading.text))
    return max(found, default=0)
