"""The lines of an extract: the chosen statements in order, each list with its lead-in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistent.evidence import Candidate
from assistent.extract.antecedents import antecedent
from assistent.index import Index
from assistent.types import Block, BlockKind, ClaimRole, Document, Passage, Span, Statement

# How much worse a rule in force may fit than our own summary and still stand before it.
_BINDING_LEAD = 0.015
# How much better a sentence must fit than the first of its section to be put before it. On the
# development questions the first line then holds the answer to 64 % of them instead of 57 %.
_FIRST_LEAD = 0.01
# How far below the best section another may fit and still belong to the answer itself.
_BESIDE_MARGIN = 0.03

# A lead-in that says what the heading right above it comes to.
MEANS = re.compile(r"^Det(?:te)? (?:betyr|innebærer|gir|gjør|vil si)\b")


SectionKey = tuple[str, tuple[str, ...]]
"""A document's path and the headings down to one of its sections."""


@dataclass(frozen=True, slots=True)
class Line:
    """A statement that is shown, and what it is in the answer."""

    passage: Passage
    statement: Statement
    role: ClaimRole


def in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Order by section, the best first; inside a section as it stands, but the answer first.

    A rule in force comes before our own summary unless it fits clearly less well.
    """
    ranks = _ranks(chosen)
    sections: dict[SectionKey, list[Candidate]] = {}
    for candidate in sorted(chosen, key=lambda c: c.statement.start):
        sections.setdefault(_section_of(candidate.passage), []).append(candidate)
    ordered = sorted(sections.items(), key=lambda entry: (-ranks[entry[0]], entry[0]))
    return [candidate for _, section in ordered for candidate in _answer_first(section)]


def beside(chosen: Sequence[Candidate]) -> frozenset[SectionKey]:
    """Return the sections that only stand near what was asked; they come last in the order."""
    ranks = _ranks(chosen)
    best = max(ranks.values())
    return frozenset(key for key, rank in ranks.items() if rank < best - _BESIDE_MARGIN)


def _ranks(chosen: Iterable[Candidate]) -> Mapping[SectionKey, float]:
    """Return how well each section fits: as well as the best of its statements."""
    ranks: dict[SectionKey, float] = {}
    for candidate in chosen:
        key = _section_of(candidate.passage)
        rank = candidate.score + _BINDING_LEAD * candidate.binding
        ranks[key] = max(ranks.get(key, rank), rank)
    return ranks


def _section_of(passage: Passage) -> SectionKey:
    return passage.document, passage.section


def _answer_first(section: Sequence[Candidate]) -> list[Candidate]:
    """Put the sentence that fits best first, with those that point back to it or it to them.

    Lists and signatures stay as they stand.
    """
    moved: list[list[Candidate]] = []
    for candidate in section:
        if candidate.statement.kind in (BlockKind.LIST_ITEM, BlockKind.SIGNATURE):
            return list(section)
        if moved and antecedent(candidate) == moved[-1][-1].statement:
            moved[-1].append(candidate)
        else:
            moved.append([candidate])
    scores = [max(candidate.score for candidate in chain) for chain in moved]
    best = scores.index(max(scores))
    if scores[best] - scores[0] > _FIRST_LEAD:
        moved.insert(0, moved.pop(best))
    return [candidate for chain in moved for candidate in chain]


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
    """Return how many lines the statements take, each list's lead-in counted once.

    A heading that a lead-in brings takes no statement's place.
    """
    lines = with_lead_ins(chosen, index)
    return sum(line.statement.kind is not BlockKind.HEADING for line in lines)


def _heading_meant(lead_in: Span, document: Document) -> Block | None:
    """Return the heading that a lead-in right under it points back to."""
    if not MEANS.match(document.text[lead_in.start : lead_in.end]):
        return None
    earlier = (block for block in document.blocks if block.end <= lead_in.start)
    before = max(earlier, key=lambda block: block.start, default=None)
    return before if before is not None and before.kind is BlockKind.HEADING else None
