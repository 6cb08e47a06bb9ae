"""Choosing the statements of an answer: the best, the rules in force, no repetitions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistent.evidence import Candidate, Fit
from assistent.extract.antecedents import antecedent
from assistent.extract.lines import line_count
from assistent.index import Index
from assistent.questions import Kind, Question
from assistent.types import Passage
from assistent.words import content_stems

MAX_LINES = 8
# How far below the best statement another may score and still be shown.
_MARGIN = 0.04
# A rule in force is shown although it fits a little less well than our own summary, and although
# it fits clearly less well if it holds this share of the question's weighty words.
_BINDING_MARGIN = 0.05
_COVERING_BINDING_MARGIN = 0.12
_BINDING_COVERAGE = 0.5
_MAX_BINDING = 2
# The best statement of a further passage may score this much less.
_LEADER_MARGIN = 0.08
_MAX_LEADERS = 7
# How far below the best one a statement may score that alone holds what is asked for.
_FIT_MARGIN = 0.15

# Headings of the part of a case that was adopted; the rest only prepares it.
_ADOPTED = re.compile(r"\bvedtak$|^\d+\. Byrådet vedtar", re.IGNORECASE)


def unmixed(candidates: Sequence[Candidate], foreign: frozenset[str]) -> list[Candidate]:
    """Keep either our own rules or another organisation's, as the best statement has it."""
    if not candidates:
        return []
    other = candidates[0].passage.document in foreign
    return [c for c in candidates if (c.passage.document in foreign) == other]


def choose(question: Question, candidates: Sequence[Candidate], index: Index) -> list[Candidate]:
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
        if line_count([*chosen, candidate], index) > MAX_LINES:
            continue
        twin = next((c for c in chosen if _repeats(candidate.text, c.text)), None)
        if twin is None:
            chosen.append(candidate)
        elif is_adopted(candidate.passage) and not is_adopted(twin.passage):
            chosen[chosen.index(twin)] = candidate
    return _with_antecedents(chosen, index)


def covering_rules(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the rules in force that a list from our own summary must not stand without."""
    near = candidates[0].score - _COVERING_BINDING_MARGIN
    rules = [
        c for c in candidates if c.binding and c.covered >= _BINDING_COVERAGE and c.score >= near
    ]
    return rules[:_MAX_BINDING]


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


def _repeats(first: str, second: str) -> bool:
    """Whether two statements say the same in almost the same words."""
    one, other = set(content_stems(first)), set(content_stems(second))
    if not one or not other:
        return first == second
    return len(one & other) / min(len(one), len(other)) > 0.85 and (
        len(one & other) / max(len(one), len(other)) > 0.6
    )


def is_adopted(passage: Passage) -> bool:
    """Whether a passage belongs to what was adopted of a case, and not to what prepares it."""
    return any(_ADOPTED.search(title) for title in passage.section)
