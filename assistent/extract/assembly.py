"""An extract from the hits: the chosen statements become claims, each with its exact place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistent.citations import cite
from assistent.conflicts import opponents
from assistent.evidence import Candidate, EvidenceScorer, Fit
from assistent.extract.choosing import choose, covering_rules, unmixed
from assistent.extract.lines import Line, in_order, with_lead_ins
from assistent.extract.whole_lists import whole_list
from assistent.index import Index
from assistent.questions import Question
from assistent.types import Claim, ClaimRole, Hit, Source, Standing

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
    sources: list[Source] = []
    claims: list[Claim] = []
    written: list[str] = []
    for line in lines:
        document = index.documents[line.passage.document]
        text, start, end = document.text, line.statement.start, line.statement.end
        last = sources[-1] if sources else None
        if (
            last is not None
            and last.document == document.info.path
            and _adjoins(text, last, start, line)
        ):
            sources[-1] = _source(len(sources), line, index, standings, last.start, end)
        else:
            sources.append(_source(len(sources) + 1, line, index, standings, start, end))
        content = text[start:end]
        number = len(sources)
        claims.append(Claim(content, (number,), line.role))
        written.append(as_line(claims[-1]))
    return Extract(
        claims=tuple(claims),
        sources=tuple(sources),
        text="\n".join(written),
        best=max(candidate.score for candidate in chosen),
        coverage=scorer.coverage([(line.passage, line.statement) for line in lines]),
        fit=max(candidate.fit for candidate in chosen),
    )


def as_line(claim: Claim) -> str:
    """Return a claim as a line of plain text, with its mark."""
    bullet = "• " if claim.role is ClaimRole.ITEM else ""
    return f"{bullet}{claim.text} [{claim.sources[0]}]"


def _adjoins(text: str, last: Source, start: int, line: Line) -> bool:
    """Whether a line follows the last source with nothing but a list marker between."""
    if start < last.end or tuple(line.passage.section) != last.section:
        return False
    return not re.sub(r"[\s•]|^\d{1,2}[.)]", "", text[last.end : start].strip())


def _source(
    number: int,
    line: Line,
    index: Index,
    standings: Mapping[str, Standing],
    start: int,
    end: int,
) -> Source:
    passage = line.passage
    document = index.documents[passage.document]
    return cite(number, document, start, end, standings, section=passage.section, page=passage.page)
