"""An answer in a chat model's words, each sentence proven before anyone sees it.

The model writes claims over numbered sentences (:mod:`assistent.compose`); a claim is kept only if
the sentences it names prove it (:mod:`assistent.verify`). What the model says beyond that has no
way onto the page.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from assistent.chat import ChatError
from assistent.citations import cite
from assistent.compose import Completeness, Composer, Rejection, evidence_of
from assistent.extract import Extract
from assistent.index import Index
from assistent.sentences import sentence_spans
from assistent.types import Claim, Evidence, Source, Standing
from assistent.verify import Prover

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Written:
    """The proven claims so far with their sources.

    ``dropped`` counts the claims that were not proven. ``completeness`` is what the model says of
    its own answer; None while it is still writing.
    """

    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    dropped: int
    completeness: Completeness | None = None

    @property
    def text(self) -> str:
        """The claims as plain text with numbered marks, one on each line."""
        return "\n".join(
            f"{claim.text} {' '.join(f'[{number}]' for number in claim.sources)}"
            for claim in self.claims
        )

    @property
    def partial(self) -> bool:
        """Whether the model says that it answers only a part of the question."""
        return self.completeness is Completeness.PART

    @property
    def suffices(self) -> bool:
        """Whether enough is left to stand instead of the documents' own sentences."""
        return (
            self.completeness not in (None, Completeness.NOTHING)
            and bool(self.claims)
            and self.dropped <= len(self.claims)
        )


class Writer:
    """Writes answers from the sentences of an extract."""

    def __init__(self, composer: Composer, prover: Prover) -> None:
        self._composer = composer
        self._prover = prover
        self._faults: Counter[str] = Counter()
        self._counting = threading.Lock()

    @property
    def name(self) -> str:
        """The chat model's name."""
        return self._composer.name

    def faults(self) -> dict[str, int]:
        """Return how often the chat model gave no answer, by the kind of fault."""
        with self._counting:
            return dict(self._faults)

    def write(
        self,
        question: str,
        extract: Extract,
        index: Index,
        standings: Mapping[str, Standing],
        *,
        language: str,
        simpler: bool = False,
        before: str = "",
        unusable: Callable[[str], bool] = lambda text: False,
    ) -> Iterator[Written]:
        """Yield the answer each time another claim is proven, and once more when it is complete.

        A model that fails ends the answer early: the last one yielded then has no completeness.

        Args:
            standings: each document's standing on the day of the question.
            language: the language of the question, BCP 47.
            simpler: the same answer is wanted in plainer words.
            before: the question before this one, for a follow-up.
            unusable: says of a claim's text that it must not be shown.
        """
        evidence = {each.number: each for each in evidence_of(extract, index)}
        kept = _Kept(index, standings)
        proposals = self._composer.write(
            question, tuple(evidence.values()), language=language, simpler=simpler, before=before
        )
        try:
            for proposal in proposals:
                if isinstance(proposal, Completeness):
                    yield kept.written(proposal)
                    return
                if isinstance(proposal, Rejection):
                    kept.dropped += 1
                    _log.info("claim refused: %s", proposal)
                    continue
                cited = [evidence[number] for number in proposal.numbers if number in evidence]
                for text in _sentences(proposal.text):
                    verdict = self._prover.prove(text, cited, language=language)
                    if not verdict.supported or unusable(text):
                        kept.dropped += 1
                        _log.info("claim not proven: %s", ", ".join(verdict.faults) or "unusable")
                    elif kept.add(text, cited):
                        yield kept.written()
        except ChatError as error:
            with self._counting:
                self._faults[error.fault.value] += 1
            _log.warning("the chat model gave no answer: %s", error.fault)


def _sentences(text: str) -> list[str]:
    """Return the sentences of a claim: behind a true one a false one must not slip through."""
    return [text[span.start : span.end] for span in sentence_spans(text, 0, len(text))]


@dataclass(slots=True)
class _Kept:
    """The claims proven so far."""

    index: Index
    standings: Mapping[str, Standing]
    claims: list[Claim] = field(default_factory=list)
    sources: dict[tuple[str, int, int], Source] = field(default_factory=dict)
    dropped: int = 0

    def add(self, text: str, cited: list[Evidence]) -> bool:
        """Add a claim; False if it has been said already."""
        if any(claim.text == text for claim in self.claims):
            return False
        numbers = tuple(dict.fromkeys(self._number(each) for each in cited))
        self.claims.append(Claim(text, numbers))
        return True

    def written(self, completeness: Completeness | None = None) -> Written:
        """Return the answer as it stands."""
        sources = tuple(self.sources.values())
        return Written(tuple(self.claims), sources, self.dropped, completeness)

    def _number(self, evidence: Evidence) -> int:
        key = (evidence.document, evidence.start, evidence.end)
        if key not in self.sources:
            self.sources[key] = cite(
                len(self.sources) + 1,
                self.index.documents[evidence.document],
                evidence.start,
                evidence.end,
                self.standings,
                section=evidence.section,
                page=evidence.page,
            )
        return self.sources[key].number
