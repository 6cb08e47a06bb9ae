"""An extract from the hits: the chosen statements become claims, each with its exact place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistent.citations import cite
from assistent.conflicts import opponents
from assistent.evidence import Candidate, EvidenceScorer, Fit
from assistent.extract.choosing import choose, covering_rules, unmixed
from assistent.extract.lines import Line, beside, in_order, with_lead_ins
from assistent.extract.whole_lists import whole_list
from assistent.index import Index
from assistent.questions import Question
from assistent.types import Claim, ClaimRole, Hit, Passage, Source, Standing

_CONSIDERED = 100


@dataclass(frozen=True, slots=True)
class Extract:
    """The chosen statements as claims with their sources.

    ``coverage`` is the share of the question's weighty words (by idf) that the shown statements,
    their lead-ins and their headings hold together. ``conflicts`` are the pairs of documents
    whose shown statements disagree. ``considered`` are the statements it was chosen from, best
    first.
    """

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    text: str
    best: float
    coverage: float
    fit: Fit
    conflicts: tuple[tuple[str, str], ...] = ()
    considered: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    start: int
    end: int


def write_extract(
    question: Question,
    hits: Sequence[Hit],
    index: Index,
    standings: Mapping[str, Standing],
    *,
    foreign: frozenset[str] = frozenset(),
    named: frozenset[str] = frozenset(),
    unusable: Callable[[str], bool] = lambda text: False,
    said: str = "",
) -> Extract | None:
    """Answer a question with statements from the hits; None where there are none.

    Args:
        standings: each document's standing on the day of the question.
        foreign: the documents of other organisations.
        named: the documents that the question names.
        unusable: says of a statement's text that it must not be shown.
        said: the answer before this one; what stands there gives way to what is new.
    """
    scorer = EvidenceScorer(question, index, standings, named, said)
    usable = [c for c in scorer.candidates(hits) if not unusable(c.text)]
    candidates = unmixed(usable, foreign)
    if not candidates:
        return None
    listed = whole_list(question, candidates, scorer)
    if listed is None:
        chosen = choose(question, candidates, index)
    elif listed[0].binding:
        chosen = listed
    else:
        chosen = [*covering_rules(candidates), *listed]
    pairs = opponents(chosen, candidates)
    chosen = list(dict.fromkeys([*chosen, *(other for _, other in pairs)]))
    lines = with_lead_ins(in_order(chosen), index)
    extract = _assemble(lines, chosen, scorer, index, standings)
    found = dict.fromkeys((a.passage.document, b.passage.document) for a, b in pairs)
    return replace(extract, conflicts=tuple(found), considered=tuple(candidates[:_CONSIDERED]))


def _assemble(
    lines: Sequence[Line],
    chosen: Sequence[Candidate],
    scorer: EvidenceScorer,
    index: Index,
    standings: Mapping[str, Standing],
) -> Extract:
    aside = beside(chosen)
    places = _places(lines, index)
    numbers = {place: number for number, place in enumerate(dict.fromkeys(places), start=1)}
    claims = tuple(
        Claim(
            index.documents[line.passage.document].text[line.statement.start : line.statement.end],
            (numbers[place],),
            line.role,
            beside=(line.passage.document, line.passage.section) in aside,
        )
        for line, place in zip(lines, places, strict=True)
    )
    return Extract(
        claims=claims,
        sources=tuple(
            cite(
                number,
                index.documents[place.passage.document],
                place.start,
                place.end,
                standings,
                section=place.passage.section,
                page=place.passage.page,
            )
            for place, number in numbers.items()
        ),
        text="\n".join(as_line(claim) for claim in claims),
        best=max(candidate.score for candidate in chosen),
        coverage=scorer.coverage([(line.passage, line.statement) for line in lines]),
        fit=max(candidate.fit for candidate in chosen),
    )


def _places(lines: Sequence[Line], index: Index) -> list[_Place]:
    """Return the place of each line; neighbours in the text share one, whatever their order."""
    as_it_stands = sorted(
        range(len(lines)), key=lambda n: (lines[n].passage.document, lines[n].statement.start)
    )
    runs: list[list[int]] = []
    for number in as_it_stands:
        if runs and _adjoins(lines[runs[-1][-1]], lines[number], index):
            runs[-1].append(number)
        else:
            runs.append([number])
    places = {
        number: _Place(
            lines[run[0]].passage, lines[run[0]].statement.start, lines[run[-1]].statement.end
        )
        for run in runs
        for number in run
    }
    return [places[number] for number in range(len(lines))]


def as_line(claim: Claim) -> str:
    """Return a claim as a line of plain text, with its mark."""
    bullet = "• " if claim.role is ClaimRole.ITEM else ""
    return f"{bullet}{claim.text} [{claim.sources[0]}]"


def _adjoins(last: Line, line: Line, index: Index) -> bool:
    """Whether a line follows another with nothing but a list marker between."""
    start, end = line.statement.start, last.statement.end
    section = (line.passage.document, line.passage.section)
    if start < end or section != (last.passage.document, last.passage.section):
        return False
    between = index.documents[line.passage.document].text[end:start]
    return not re.sub(r"[\s•]|^\d{1,2}[.)]", "", between.strip())
