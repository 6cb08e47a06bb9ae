"""A claim beside what it cites, as every rule of proof sees it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistent.types import Evidence
from assistent.verify.carriage import Carried, Carrier, carry
from assistent.verify.deontic import Force, denies_by_itself, force_of
from assistent.verify.grounds import Rest, rests
from assistent.verify.lexicon import COMPARED, grammar
from assistent.verify.reading import Clause, Reading, Word, read

_ADVISING_WORDS = ("råd", "forslag", "anbefal")


@dataclass(frozen=True, slots=True)
class Case:
    """Everything known about a claim before it is judged.

    ``carried`` holds one entry for each cited sentence, then one for each line that leads in a
    list they stand in; the first ``cited`` of them are the cited sentences. ``advised`` says that
    the evidence stands under advice or a proposal.
    """

    claim: Reading
    carried: tuple[Carried, ...]
    cited: int
    rests: tuple[Rest, ...]
    advised: bool
    context: tuple[Reading, ...] = ()

    @property
    def evidence(self) -> tuple[Reading, ...]:
        """The cited sentences."""
        return tuple(each.evidence for each in self.carried[: self.cited])

    @property
    def leads(self) -> tuple[Reading, ...]:
        """The lines that lead in a list the cited sentences stand in."""
        return tuple(each.evidence for each in self.carried[self.cited :])

    @property
    def judged(self) -> tuple[int, ...]:
        """The positions of the claim's content words that something has to carry.

        What says how a clause binds («plikter», «anbefaler») is judged by its force, and what
        denies («unngå») by what it denies.
        """
        rules = grammar(self.claim.language)
        return tuple(
            at
            for at in self.claim.content
            if (rules is None or not rules.binds(self.claim.words[at].low))
            and not denies_by_itself(self.claim.words[at].low)
        )

    @property
    def own(self) -> tuple[int, ...]:
        """The positions of the claim's content words that nothing carries."""
        return tuple(
            at for at in self.judged if not any(each.carriers.get(at) for each in self.carried)
        )

    def carriers(self, at: int, number: int) -> tuple[Carrier, ...]:
        """Return what carries the word at ``at`` inside a piece of evidence."""
        found = self.carried[number].carriers.get(at, ())
        return tuple(each for each in found if each.position is not None)

    def words_of_evidence(self) -> Iterator[Word]:
        """Yield the words of the evidence."""
        for each in self.carried:
            yield from each.evidence.words


def build_case(claim: str, evidence: Sequence[Evidence], language: str) -> Case:
    """Read a claim and what it cites, and find what carries what.

    What a sentence stands under carries words for that sentence only.
    """
    reading = read(claim, language)
    contexts = [[read(line) for line in (*each.context, _topic(each)) if line] for each in evidence]
    carried = [
        carry(reading, read(each.text), context)
        for each, context in zip(evidence, contexts, strict=True)
    ]
    under: dict[str, list[Reading]] = {}
    for each, context in zip(evidence, contexts, strict=True):
        if each.context and each.context[-1].rstrip().endswith(":"):
            under.setdefault(each.context[-1], []).extend((*context, read(each.text)))
    carried += [carry(reading, read(line), context) for line, context in under.items()]
    around = tuple(line for context in contexts for line in context)
    advised = any(
        force_of(line, clause) is Force.ADVICE for line in around for clause in line.clauses
    ) or any(word in line.text.casefold() for line in around for word in _ADVISING_WORDS)
    grounds = rests(reading, carried) if language in COMPARED else ()
    return Case(reading, tuple(carried), len(evidence), grounds, advised, around)


def _topic(evidence: Evidence) -> str:
    """Return what the document is about, from its file name: «ki-verktoy»."""
    name = evidence.document.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return name.replace("-", " ").replace("_", " ") if evidence.document.endswith(".md") else ""


def governing(reading: Reading, clause: Clause) -> Clause | None:
    """Return the main clause that a clause goes on from; None if there is none before it."""
    before = reading.clauses[: reading.clauses.index(clause)]
    return next((each for each in reversed(before) if not each.opener), None)
