"""The lines of an extract: the chosen statements in order, each list with its lead-in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistent.evidence import Candidate
from assistent.index import Index
from assistent.types import Block, BlockKind, ClaimRole, Document, Passage, Span, Statement

# How much worse a rule in force may fit than our own summary and still stand before it.
_BINDING_LEAD = 0.015

# A lead-in that says what the heading right above it comes to.
MEANS = re.compile(r"^Det(?:te)? (?:betyr|innebærer|gir|gjør|vil si)\b")


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that is shown, and what it is in the answer."""

    passage: Passage
    statement: Statement
    role: ClaimRole


def in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Order by section, the best first; inside a section as it stands.

    A rule in force comes before our own summary unless it fits clearly less well.
    """
    best: dict[tuple[str, tuple[str, ...]], float] = {}
    for candidate in chosen:
        key = (candidate.passage.document, candidate.passage.section)
        best[key] = max(best.get(key, 0.0), candidate.score)
    return sorted(
        chosen,
        key=lambda c: (
            -best[c.passage.document, c.passage.section] - _BINDING_LEAD * c.binding,
            c.passage.document,
            c.passage.section,
            c.statement.start,
        ),
    )


def with_lead_ins(chosen: Sequence[Candidate], index: Index) -> list[Line]:
    """Put each list's lead-in line before the first of its items that is shown.

    «Det betyr at …» right under a heading means the heading, which then comes first.
    """
    lines: list[Line] = []
    shown: set[tuple[str, int]] = {(c.passage.document, c.statement.start) for c in chosen}
    for candidate in chosen:
        lead_in = candidate.statement.lead_in
        key = (candidate.passage.document, lead_in.start) if lead_in else None
        if lead_in is not None and key is not None and key not in shown:
            shown.add(key)
            heading = _heading_meant(lead_in, index.documents[candidate.passage.document])
            if heading is not None:
                meant = Statement(heading.start, heading.end, BlockKind.HEADING)
                lines.append(Line(candidate.passage, meant, ClaimRole.SENTENCE))
            introduction = Statement(lead_in.start, lead_in.end, BlockKind.PARAGRAPH)
            lines.append(Line(candidate.passage, introduction, ClaimRole.LEAD_IN))
        item = candidate.statement.kind is BlockKind.LIST_ITEM
        role = ClaimRole.ITEM if item else ClaimRole.SENTENCE
        lines.append(Line(candidate.passage, candidate.statement, role))
    return lines


def line_count(chosen: Sequence[Candidate], index: Index) -> int:
    """Return how many lines the statements take, each list's lead-in counted once."""
    return len(with_lead_ins(chosen, index))


def _heading_meant(lead_in: Span, document: Document) -> Block | None:
    """Return the heading that a lead-in right under it points back to."""
    if not MEANS.match(document.text[lead_in.start : lead_in.end]):
        return None
    earlier = (block for block in document.blocks if block.end <= lead_in.start)
    before = max(earlier, key=lambda block: block.start, default=None)
    return before if before is not None and before.kind is BlockKind.HEADING else None
