"""Which statements of the hits answer a question, and how well.

A passage is found by likeness; whether a statement in it *answers* depends on more: its own
likeness, how many of the question's weighty words it and its headings hold, and whether it holds
the kind of thing that is asked for. «Når» wants a date, «hvor mange» a number of the thing
counted, «plikt» a paragraph, «gjelder den fortsatt» the line that repeals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from assistent import texts
from assistent.demands import holds
from assistent.index import Index
from assistent.questions import Kind, Question
from assistent.types import BlockKind, DocumentInfo, Hit, Passage, Standing, Statement
from assistent.words import content_stems

_PASSAGE_WEIGHT = 0.5
_STATEMENT_WEIGHT = 0.5
_COVERAGE_WEIGHT = 0.12
_HEADING_CREDIT = 0.5
_HEADING_WEIGHT = 0.03
_COMPOUND_CREDIT = 0.6
_SYNONYM_CREDIT = 0.9
# Who asks on wants to hear something else than what was just said.
_SAID_PENALTY = 0.03
_REFERENCES = re.compile(r"^(?:\d+\.? )?(?:Kilder|Referanser|Litteratur|Kildeliste)$")
# What is not in force gives way to what is. Our own summaries fill the holes that the adopted
# documents leave; that a rule comes before them is seen to where the statements are chosen.
STANDING_PENALTY: Mapping[Standing, float] = {
    Standing.IN_FORCE: 0.0,
    Standing.SUMMARY: 0.0,
    Standing.DRAFT: 0.03,
    Standing.EXPIRED: 0.03,
    Standing.REPEALED: 0.05,
}
# A section's own few words introduce what stands in its subsections.
_MAX_INTRODUCTION = 300

_DATE = re.compile(
    r"\b\d{1,2}\.\s?(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november"
    r"|desember)\b|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober"
    r"|november|desember) \d{4}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|\bårlig\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b\d[\d ]*\b|\b(?:to|tre|fire|fem|seks|sju|åtte|ni|ti)\b", re.IGNORECASE)
_LAW = re.compile(r"§|\w*plikt\w*|lovpålagt|lovkrav|\bloven\b|\w+loven\b", re.IGNORECASE)
_BODY = re.compile(
    r"\b(?:ledere?\w*|byråd\w*|bystyre\w*|virksomhete\w*|etat\w*|kommunen|lederansvar|ansvar\w*"
    r"|ansatte|[A-ZÆØÅ]\w+ (?:[A-ZÆØÅ]\w+ )?[A-ZÆØÅ]\w+)\b"
)
_RESPONSIBLE = re.compile(
    r"\b(?:lederansvar|ansvar for|ansvarlig\w*|ledere skal|skal sørge for|har ansvar\w*)\b",
    re.IGNORECASE,
)
_REASON = re.compile(r"\b(?:fordi|derfor|dermed|grunn\w*|for å|slik at|behov)\b", re.IGNORECASE)
_REPEALS = re.compile(r"\b(?:opphev\w*|erstatt\w*|avløs\w*|gyldig\w*)\b", re.IGNORECASE)


class Fit(IntEnum):
    """How far a statement holds the kind of thing that is asked for."""

    NONE = 0
    SOME = 1
    EXACT = 2
    CERTAIN = 3  # a fact of the catalogue: the day of adoption, the case, what was repealed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that could be part of the answer.

    ``covered`` is in [0, 1]; ``binding`` says that it stands in a rule in force.
    """

    passage: Passage
    statement: Statement
    text: str
    score: float
    covered: float
    fit: Fit
    binding: bool


class EvidenceScorer:
    """Scores statements for one question."""

    def __init__(
        self,
        question: Question,
        index: Index,
        standings: Mapping[str, Standing],
        named: frozenset[str] = frozenset(),
        said: str = "",
    ) -> None:
        self.question = question
        self._index = index
        self._standings = standings
        self._named = named
        self._said = said
        self._demands = question.demands
        self._weights = {
            concept.alternatives: concept.share * index.lexical.weight_of(concept.alternatives)
            for concept in question.concepts
        }
        self._total = sum(self._weights.values())

    def candidates(self, hits: Iterable[Hit]) -> list[Candidate]:
        """Return the statements of the hits, best first."""
        found = [candidate for hit in hits for candidate in self._of_hit(hit)]
        return sorted(found, key=lambda candidate: -candidate.score)

    def coverage(self, places: Sequence[tuple[Passage, Statement]]) -> float:
        """Return the idf-weighted share of the question's words that the places hold together.

        What stands in a heading or a lead-in counts less than what stands in the statement.
        """
        if not self._total:
            return 0.0
        credit = dict.fromkeys(self._weights, 0.0)
        for passage, statement in places:
            own = set(content_stems(self._text(passage)[statement.start : statement.end]))
            around = set(content_stems(self.head(passage, statement)))
            for concept in credit:
                held = max(_held_any(concept, own), _HEADING_CREDIT * _held_any(concept, around))
                credit[concept] = max(credit[concept], held)
        return (
            sum(self._weights[concept] * share for concept, share in credit.items()) / self._total
        )

    def words_held(self, text: str) -> float:
        """Return the idf-weighted share of the question's words that a text holds."""
        if not self._total:
            return 0.0
        stems = set(content_stems(text))
        held = sum(weight * _held_any(concept, stems) for concept, weight in self._weights.items())
        return held / self._total

    def head(self, passage: Passage, statement: Statement) -> str:
        """Return what a statement stands under: headings, their introduction, the lead-in."""
        parts = [*passage.section, self._index.introduction(passage, _MAX_INTRODUCTION)]
        if statement.lead_in is not None:
            parts.append(self._text(passage)[statement.lead_in.start : statement.lead_in.end])
        return " ".join(parts)

    def lead_in(self, candidate: Candidate) -> str:
        """Return the line a list item hangs under; empty for anything else."""
        place = candidate.statement.lead_in
        return self._text(candidate.passage)[place.start : place.end] if place else ""

    def _text(self, passage: Passage) -> str:
        return self._index.documents[passage.document].text

    def _of_hit(self, hit: Hit) -> Iterable[Candidate]:
        passage = hit.passage
        info = self._index.documents[passage.document].info
        standing = self._standings.get(passage.document, Standing.IN_FORCE)
        heading = self.heading_asked(passage)
        for statement, cosine in zip(passage.statements, hit.statement_scores, strict=True):
            content = self._text(passage)[statement.start : statement.end]
            if not (
                _can_stand_alone(passage, statement, content) or self._leads_with_fact(content)
            ):
                continue
            covered = self.coverage([(passage, statement)])
            bonus, fit = self._kind_bonus(statement, content, info)
            score = (
                _STATEMENT_WEIGHT * cosine
                + _PASSAGE_WEIGHT * hit.score
                + _COVERAGE_WEIGHT * covered
                + bonus
                - STANDING_PENALTY[standing]
                + _HEADING_WEIGHT * heading
                - (_SAID_PENALTY if self._said and content in self._said else 0.0)
            )
            binding = standing is Standing.IN_FORCE
            yield Candidate(passage, statement, content, score, covered, fit, binding)

    def _leads_with_fact(self, content: str) -> bool:
        """Whether a line leads into a list and holds what is asked for itself.

        «Oslo Sans finnes i fire tykkelser:» answers how many there are.
        """
        return content.endswith(":") and any(holds(kind, content) for kind in self._demands)

    def heading_asked(self, passage: Passage) -> float:
        """Return how much of a section's heading the question asks about, in [0, 1].

        «Hvordan skriver vi om en plansak?» is half asked about by «hvordan skal vi skrive?». Of a
        follow-up only its own words count, if it has any.
        """
        heading = set(content_stems(passage.section[-1])) if passage.section else set()
        if not heading:
            return 0.0
        most = max((concept.share for concept in self.question.concepts), default=1.0)
        asked = {
            stem
            for concept in self.question.concepts
            if concept.share == most
            for stem in concept.alternatives
        }
        return sum(_held(stem, asked) for stem in heading) / len(heading)

    def _kind_bonus(self, statement: Statement, text: str, info: DocumentInfo) -> tuple[float, Fit]:
        """Return what a statement gains by holding what is asked for, and how well it fits."""
        kinds = self.question.kinds
        gains: list[tuple[float, Fit]] = [(0.0, Fit.NONE)]
        if Kind.WHEN in kinds or (Kind.WHO in kinds and self.question.adoption):
            gains.append(self._when(statement, text, info))
        if Kind.CASE in kinds and _number_of(info.case_number) in text:
            gains.append((0.15, Fit.CERTAIN) if info.case_number else (0.0, Fit.NONE))
        if Kind.HOW_MANY in kinds and _NUMBER.search(text):
            counted = self.question.counted
            exact = bool(counted) and _held(counted, set(content_stems(text))) > 0
            gains.append((0.08, Fit.EXACT) if exact else (0.02, Fit.SOME))
        if Kind.DUTY in kinds and _LAW.search(text):
            gains.append((0.1, Fit.SOME) if "§" in text else (0.03, Fit.SOME))
        if Kind.WHO in kinds and _BODY.search(text):
            gains.append((0.02, Fit.SOME))
        if self.question.responsibility and _RESPONSIBLE.search(text):
            gains.append((0.05, Fit.SOME))
        if Kind.WHY in kinds and _REASON.search(text):
            gains.append((0.01, Fit.SOME))
        if Kind.VALIDITY in kinds and _REPEALS.search(text):
            named = info.path in self._named
            gains.append(_validity(text, info) if named else (0.03, Fit.SOME))
        return max(gains)

    def _when(self, statement: Statement, text: str, info: DocumentInfo) -> tuple[float, Fit]:
        """Prefer a date; where adoption is asked for, the day the document was adopted on."""
        if self.question.adoption:
            if info.adopted is not None and texts.long_date(info.adopted) in text:
                return 0.15, Fit.CERTAIN
            return (0.04, Fit.SOME) if statement.kind is BlockKind.SIGNATURE else (0.0, Fit.NONE)
        if _DATE.search(text):
            return 0.06, Fit.SOME
        return (0.04, Fit.SOME) if _YEAR.search(text) else (0.0, Fit.NONE)


def _validity(text: str, info: DocumentInfo) -> tuple[float, Fit]:
    """Prefer the line that repeals what this document repeals, then one that names it."""
    if any(_number_of(case) in text for case in info.repeals if _number_of(case)):
        return (0.18, Fit.CERTAIN) if "opphev" in text else (0.12, Fit.EXACT)
    return 0.04, Fit.SOME


def _can_stand_alone(passage: Passage, statement: Statement, text: str) -> bool:
    """Whether a statement can answer anything by itself.

    A line that only leads in, a heading with text under it, a question, a title without a case
    number and the list of references cannot.
    """
    if statement.kind is BlockKind.TITLE:
        return any(character.isdigit() for character in text)
    if statement.kind is BlockKind.HEADING and len(passage.statements) > 1:
        return False
    if text.endswith("?") or (passage.section and _REFERENCES.match(passage.section[-1])):
        return False
    return not text.endswith((":", " at", " som", " er", " til", " for"))


def _number_of(case: str) -> str:
    """Return the number in a case's name: «1091/18» of «byrådssak 1091/18»."""
    found = re.search(r"\d+/\d+", case)
    return found.group() if found else ""


def _held_any(alternatives: Sequence[str], stems: set[str]) -> float:
    """Return how well a set of words holds a concept by any of its alternatives."""
    own, *others = alternatives
    return max(_held(own, stems), *(_SYNONYM_CREDIT * _held(o, stems) for o in others), 0.0)


def _held(stem: str, stems: set[str]) -> float:
    """Return 1 for a word that is there, less for one that is part of a compound, else 0."""
    if stem in stems:
        return 1.0
    if len(stem) < 4:
        return 0.0
    for other in stems:
        shorter, longer = sorted((stem, other), key=len)
        if len(shorter) >= 4 and (longer.startswith(shorter) or longer.endswith(shorter)):
            return _COMPOUND_CREDIT
    return 0.0
