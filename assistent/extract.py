"""The answer without a chat model: the documents' own sentences, chosen and put in order.

Nothing is rephrased. Every line of the answer is a statement (sentence, list item, signature) of
a document, and its source is the exact place it stands in.

1. Each statement of the hits is scored: its own cosine, its passage's score, how many of the
   question's weighty words it covers, and whether it holds the kind of thing that was asked for.
2. The best ones are chosen, repetitions dropped; a question for a list gets the whole list.
3. Neighbours in the text become one source, and sources keep the documents' order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistent.citations import cite
from assistent.conflicts import opponents
from assistent.evidence import Candidate, EvidenceScorer, Fit
from assistent.index import Index
from assistent.questions import Kind, Question
from assistent.types import (
    Block,
    BlockKind,
    Claim,
    ClaimRole,
    Document,
    Hit,
    Passage,
    Source,
    Span,
    Standing,
    Statement,
)
from assistent.words import content_stems

MAX_LINES = 8
MAX_LIST_LINES = 14
_CONSIDERED = 100
# How far below the best statement another may score and still be shown.
_MARGIN = 0.04
# A rule in force is shown although it fits a little less well than our own summary, and although
# it fits clearly less well if it holds this share of the question's weighty words.
_BINDING_MARGIN = 0.05
_COVERING_BINDING_MARGIN = 0.12
_BINDING_COVERAGE = 0.5
# How much worse a rule in force may fit than our own summary and still stand before it.
_BINDING_LEAD = 0.015
_MAX_BINDING = 2
# The best statement of a further passage may score this much less.
_LEADER_MARGIN = 0.08
_MAX_LEADERS = 7
# How far below the best one a statement may score that alone holds what is asked for.
_FIT_MARGIN = 0.15
_LIST_HEAD = 0.6
_QUESTION_HEAD = 0.55
_COUNTED_LIST_HEAD = 0.35
_LIST_HEAD_WEIGHT = 0.1
_COUNTED_BONUS = 0.05
_ADOPTED_BONUS = 0.03
_LIST_MARGIN = 0.02

# A sentence that points back to the one before it, by its first word or by a bare pronoun.
_POINTS_BACK = re.compile(
    r"^(?:Dette|Disse|Den|De|Det gir|Det betyr|Derfor|Dermed|Slike?|Samtidig|Videre|I tillegg|Denne"
    r"|Her|Også|Likevel|Men)\b"
    r"|^(?:\S+ ){1,3}(?:disse|dette|denne|dem) (?:bør|skal|må|kan|er|har|vil|blir|gir|gjør|kan)\b"
)
# A lead-in that says what the heading right above it comes to.
_MEANS = re.compile(r"^Det(?:te)? (?:betyr|innebærer|gir|gjør|vil si)\b")
_ASKS_MEANING = re.compile(
    r"\b(?:bety[rd]|tyder|innebærer|inneber|ligg(?:er)? i|menes med|meiner ein med)\b",
    re.IGNORECASE,
)
# Headings of the part of a case that was adopted; the rest only prepares it.
_ADOPTED = re.compile(r"\bvedtak$|^\d+\. Byrådet vedtar", re.IGNORECASE)
# What our own summaries call the section on what no public source tells.
_GAPS = re.compile(r"^Hva vi ikke vet$", re.IGNORECASE)


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
    candidates = _unmixed(usable, foreign)
    if not candidates:
        return None
    listed = _whole_list(question, candidates, scorer)
    if listed is None:
        chosen = _choose(question, candidates, index)
    elif listed[0].binding:
        chosen = listed
    else:
        chosen = [*_covering_rules(candidates), *listed]
    pairs = opponents(chosen, candidates)
    chosen = list(dict.fromkeys([*chosen, *(other for _, other in pairs)]))
    lines = _with_lead_ins(_in_order(chosen), index)
    extract = _assemble(lines, chosen, scorer, index, standings)
    found = dict.fromkeys((a.passage.document, b.passage.document) for a, b in pairs)
    return replace(extract, conflicts=tuple(found), considered=tuple(candidates[:_CONSIDERED]))


# --- Choosing ------------------------------------------------------------------------------------


def _unmixed(candidates: Sequence[Candidate], foreign: frozenset[str]) -> list[Candidate]:
    """Keep either our own rules or another organisation's, as the best statement has it."""
    if not candidates:
        return []
    other = candidates[0].passage.document in foreign
    return [c for c in candidates if (c.passage.document in foreign) == other]


def _choose(question: Question, candidates: Sequence[Candidate], index: Index) -> list[Candidate]:
    """Take the best statements.

    Rules in force go before others that fit about as well; what room is left goes to the best
    statements of other passages, so that an answer does not hang on one place alone.
    """
    pool = _fitting(question, candidates)
    best = pool[0].score
    binding = [c for c in pool if c.binding and c.score >= best - _binding_margin(c)]
    rest = [c for c in pool if c.score >= best - _MARGIN]
    chosen: list[Candidate] = []
    leaders: dict[str, Candidate] = {}
    for candidate in pool:
        if candidate.score >= best - _LEADER_MARGIN:
            leaders.setdefault(candidate.passage.id, candidate)
    wanted = [*binding[:_MAX_BINDING], *rest, *list(leaders.values())[:_MAX_LEADERS]]
    for candidate in dict.fromkeys(wanted):
        if _line_count([*chosen, candidate], index) > MAX_LINES:
            continue
        twin = next((c for c in chosen if _repeats(candidate.text, c.text)), None)
        if twin is None:
            chosen.append(candidate)
        elif _is_adopted(candidate.passage) and not _is_adopted(twin.passage):
            chosen[chosen.index(twin)] = candidate
    return _with_antecedents(chosen, index)


def _covering_rules(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the rules in force that a list from our own summary must not stand without."""
    near = candidates[0].score - _COVERING_BINDING_MARGIN
    rules = [
        c for c in candidates if c.binding and c.covered >= _BINDING_COVERAGE and c.score >= near
    ]
    return rules[:_MAX_BINDING]


def _line_count(chosen: Sequence[Candidate], index: Index) -> int:
    """Return how many lines the statements take, each list's lead-in counted once."""
    return len(_with_lead_ins(chosen, index))


def _binding_margin(candidate: Candidate) -> float:
    covering = candidate.covered >= _BINDING_COVERAGE
    return _COVERING_BINDING_MARGIN if covering else _BINDING_MARGIN


def _fitting(question: Question, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Narrow to the statements that hold the date, number or line asked for, if any is near."""
    for fit in (Fit.CERTAIN, Fit.EXACT, Fit.SOME):
        if fit is Fit.SOME and not (question.point_in_time or Kind.HOW_MANY in question.kinds):
            break
        fitting = [candidate for candidate in candidates if candidate.fit >= fit]
        if fitting and fitting[0].score >= candidates[0].score - _FIT_MARGIN:
            return fitting
    return candidates


def _with_antecedents(chosen: Sequence[Candidate], index: Index) -> list[Candidate]:
    """Add the sentence before one that points back to it («Dette …», «Derfor …»)."""
    completed = list(chosen)
    for candidate in chosen:
        before = antecedent(candidate)
        if before is None or any(
            c.statement == before and c.passage.document == candidate.passage.document
            for c in completed
        ):
            continue
        text = index.documents[candidate.passage.document].text
        content = text[before.start : before.end]
        completed.append(replace(candidate, statement=before, text=content))
    return completed


def antecedent(candidate: Candidate) -> Statement | None:
    """Return the sentence that a statement points back to; None if it stands alone."""
    if not candidate.statement.follows or not _POINTS_BACK.match(candidate.text):
        return None
    return _previous(candidate.passage, candidate.statement)


def _previous(passage: Passage, statement: Statement) -> Statement | None:
    position = passage.statements.index(statement)
    return passage.statements[position - 1] if position else None


def _repeats(first: str, second: str) -> bool:
    """Whether two statements say the same in almost the same words."""
    one, other = set(content_stems(first)), set(content_stems(second))
    if not one or not other:
        return first == second
    return len(one & other) / min(len(one), len(other)) > 0.85 and (
        len(one & other) / max(len(one), len(other)) > 0.6
    )


def _is_adopted(passage: Passage) -> bool:
    return any(_ADOPTED.search(title) for title in passage.section)


def _whole_list(
    question: Question, candidates: Sequence[Candidate], scorer: EvidenceScorer
) -> list[Candidate] | None:
    """Return a whole list if the question asks for one and the list's head is about it.

    A heading that is the question itself («Hvordan skal vi skrive?») asks for the list under it,
    and «hva betyr …?» asks for the one whose lead-in says what its heading means.

    The head is the heading and the lead-in. A number in the question («de fem målene») that is the
    number of items counts for the list, another number against it.
    """
    asks_for_list = Kind.LIST in question.kinds or bool(question.number)
    lists: list[tuple[float, list[Candidate]]] = []
    for items in _lists(candidates):
        head = _about(items[0], scorer)
        counted = len(items) == question.number
        if question.number and not counted:
            continue
        asked = asks_for_list or _heading_is_question(items[0], scorer)
        if not asked and not _is_explained(question, items[0], scorer):
            continue
        needed = _COUNTED_LIST_HEAD if counted else _LIST_HEAD
        if _tells_gaps(items[0]) or head < needed or not 2 <= len(items) <= MAX_LIST_LINES:
            continue
        score = items[0].score + _LIST_HEAD_WEIGHT * head
        score += _COUNTED_BONUS * counted + _ADOPTED_BONUS * _is_adopted(items[0].passage)
        # A list of a rule in force need not beat what our own summaries say, but not the reverse.
        rivals = [c.score for c in candidates if c.binding or not items[0].binding]
        rival = rivals[0]
        if score >= rival - _LIST_MARGIN:
            lists.append((score, items))
    return max(lists, key=lambda entry: entry[0])[1] if lists else None


def _heading_is_question(item: Candidate, scorer: EvidenceScorer) -> bool:
    """Whether a section's heading asks what the question asks, and nothing else."""
    heading = item.passage.section[-1] if item.passage.section else ""
    if not heading.endswith("?") or scorer.heading_asked(item.passage) < 1:
        return False
    return scorer.words_held(heading) >= _QUESTION_HEAD


def _is_explained(question: Question, item: Candidate, scorer: EvidenceScorer) -> bool:
    """Whether the question asks what a heading means, and the list under it says so."""
    if not _MEANS.match(scorer.lead_in(item)) or not _ASKS_MEANING.search(question.text):
        return False
    heading = item.passage.section[-1] if item.passage.section else ""
    return scorer.words_held(heading) >= _QUESTION_HEAD


def _tells_gaps(item: Candidate) -> bool:
    """Whether a list tells what is not known: no answer to what there is."""
    return bool(item.passage.section) and bool(_GAPS.search(item.passage.section[-1]))


def _about(item: Candidate, scorer: EvidenceScorer) -> float:
    """Return how much of the question a list's head holds; its nearest heading counts twice."""
    nearest = item.passage.section[-1:]
    around = scorer.words_held(scorer.head(item.passage, item.statement))
    return (around + scorer.words_held(" ".join((*nearest, scorer.lead_in(item))))) / 2


def _lists(candidates: Sequence[Candidate]) -> Iterable[list[Candidate]]:
    """Return the list items among the candidates by the list they stand in, best first."""
    groups: dict[tuple[str, tuple[str, ...], int], list[Candidate]] = {}
    for candidate in candidates:
        if candidate.statement.kind is BlockKind.LIST_ITEM:
            lead_in = candidate.statement.lead_in
            place = lead_in.start if lead_in else -1
            key = (candidate.passage.document, candidate.passage.section, place)
            groups.setdefault(key, []).append(candidate)
    return groups.values()


# --- Putting together ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    passage: Passage
    statement: Statement
    role: ClaimRole


def _in_order(chosen: Sequence[Candidate]) -> list[Candidate]:
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


def _with_lead_ins(chosen: Sequence[Candidate], index: Index) -> list[_Line]:
    """Put each list's lead-in line before the first of its items that is shown.

    «Det betyr at …» right under a heading means the heading, which then comes first.
    """
    lines: list[_Line] = []
    shown: set[tuple[str, int]] = {(c.passage.document, c.statement.start) for c in chosen}
    for candidate in chosen:
        lead_in = candidate.statement.lead_in
        key = (candidate.passage.document, lead_in.start) if lead_in else None
        if lead_in is not None and key is not None and key not in shown:
            shown.add(key)
            heading = _heading_meant(lead_in, index.documents[candidate.passage.document])
            if heading is not None:
                meant = Statement(heading.start, heading.end, BlockKind.HEADING)
                lines.append(_Line(candidate.passage, meant, ClaimRole.SENTENCE))
            introduction = Statement(lead_in.start, lead_in.end, BlockKind.PARAGRAPH)
            lines.append(_Line(candidate.passage, introduction, ClaimRole.LEAD_IN))
        item = candidate.statement.kind is BlockKind.LIST_ITEM
        role = ClaimRole.ITEM if item else ClaimRole.SENTENCE
        lines.append(_Line(candidate.passage, candidate.statement, role))
    return lines


def _heading_meant(lead_in: Span, document: Document) -> Block | None:
    """Return the heading that a lead-in right under it points back to."""
    if not _MEANS.match(document.text[lead_in.start : lead_in.end]):
        return None
    earlier = (block for block in document.blocks if block.end <= lead_in.start)
    before = max(earlier, key=lambda block: block.start, default=None)
    return before if before is not None and before.kind is BlockKind.HEADING else None


def _assemble(
    lines: Sequence[_Line],
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


def _adjoins(text: str, last: Source, start: int, line: _Line) -> bool:
    """Whether a line follows the last source with nothing but a list marker between."""
    if start < last.end or tuple(line.passage.section) != last.section:
        return False
    return not re.sub(r"[\s•]|^\d{1,2}[.)]", "", text[last.end : start].strip())


def _source(
    number: int,
    line: _Line,
    index: Index,
    standings: Mapping[str, Standing],
    start: int,
    end: int,
) -> Source:
    passage = line.passage
    document = index.documents[passage.document]
    return cite(number, document, start, end, standings, section=passage.section, page=passage.page)
