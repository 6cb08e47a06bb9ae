"""Whole lists: a question for a list gets all of its items, or none of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistent.evidence import Candidate, EvidenceScorer
from assistent.extract.choosing import is_adopted
from assistent.extract.lines import MEANS
from assistent.questions import Kind, Question, small_number
from assistent.types import BlockKind

MAX_LIST_LINES = 14
_LIST_HEAD = 0.6
_QUESTION_HEAD = 0.55
_COUNTED_LIST_HEAD = 0.35
_LIST_HEAD_WEIGHT = 0.1
_COUNTED_BONUS = 0.05
_ADOPTED_BONUS = 0.03
_LIST_MARGIN = 0.02

_ASKS_MEANING = re.compile(
    r"\b(?:bety[rd]|tyder|innebærer|inneber|ligg(?:er)? i|menes med|meiner ein med)\b",
    re.IGNORECASE,
)
# What our own summaries call the section on what no public source tells.
_GAPS = re.compile(r"^Hva vi ikke vet$", re.IGNORECASE)


def whole_list(
    question: Question, candidates: Sequence[Candidate], scorer: EvidenceScorer
) -> list[Candidate] | None:
    """Return a whole list if the question asks for one and the list's head is about it.

    A heading that is the question itself («Hvordan skal vi skrive?») asks for the list under it,
    and «hva betyr …?» asks for the one whose lead-in says what its heading means.

    The head is the heading and the lead-in. A number in the question («de fem målene») that is the
    number of items counts for the list, another number against it, unless the lead-in itself says
    how many there are («følgende tre mål:»). Where no list has that many, the question is mistaken
    about the number, and the list answers it.
    """
    found = _best_list(question, question.number, candidates, scorer)
    if found is None and question.number and Kind.LIST in question.kinds:
        return _best_list(question, 0, candidates, scorer)
    return found


def _best_list(
    question: Question, number: int, candidates: Sequence[Candidate], scorer: EvidenceScorer
) -> list[Candidate] | None:
    asks_for_list = Kind.LIST in question.kinds or bool(number)
    lists: list[tuple[float, list[Candidate]]] = []
    for items in _lists(candidates):
        head = _about(items[0], scorer)
        counted = len(items) == number
        says = bool(number) and _says_how_many(items, scorer)
        if number and not (counted or says):
            continue
        asked = asks_for_list or _heading_is_question(items[0], scorer)
        if not asked and not _is_explained(question, items[0], scorer):
            continue
        needed = _COUNTED_LIST_HEAD if counted else _LIST_HEAD
        if _tells_gaps(items[0]) or head < needed or not 2 <= len(items) <= MAX_LIST_LINES:
            continue
        score = items[0].score + _LIST_HEAD_WEIGHT * head
        score += _COUNTED_BONUS * (counted or says) + _ADOPTED_BONUS * is_adopted(items[0].passage)
        # A list of a rule in force need not beat what our own summaries say, but not the reverse.
        rivals = [c.score for c in candidates if c.binding or not items[0].binding]
        rival = rivals[0]
        if score >= rival - _LIST_MARGIN:
            lists.append((score, items))
    return max(lists, key=lambda entry: entry[0])[1] if lists else None


def _says_how_many(items: Sequence[Candidate], scorer: EvidenceScorer) -> bool:
    """Whether a lead-in about what was asked says how many items follow."""
    lead_in = scorer.lead_in(items[0])
    return small_number(lead_in) == len(items) and scorer.words_held(lead_in) >= _LIST_HEAD


def _heading_is_question(item: Candidate, scorer: EvidenceScorer) -> bool:
    """Whether a section's heading asks what the question asks, and nothing else."""
    heading = item.passage.section[-1] if item.passage.section else ""
    if not heading.endswith("?") or scorer.heading_asked(item.passage) < 1:
        return False
    return scorer.words_held(heading) >= _QUESTION_HEAD


def _is_explained(question: Question, item: Candidate, scorer: EvidenceScorer) -> bool:
    """Whether the question asks what a heading means, and the list under it says so."""
    if not MEANS.match(scorer.lead_in(item)) or not _ASKS_MEANING.search(question.text):
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
