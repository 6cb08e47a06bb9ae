"""Numbers, dates, paragraphs and addresses of a claim must stand in the sentences it cites."""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.agreement import stands_in
from assistent.verify.case import Case
from assistent.verify.facts import FactKind
from assistent.verify.verdict import Fault

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
    for fact in case.claim.facts:
        if not stands_in(fact, known):
            yield _FAULTS[fact.kind]
