"""Proves the claims of a chat model by the sentences they cite, or drops them."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistent.embedding import Embedder
from assistent.types import Evidence
from assistent.verify.agents import agent_faults
from assistent.verify.case import Case, build_case
from assistent.verify.conditions import condition_faults
from assistent.verify.exact import exact_faults
from assistent.verify.foreign import foreign_faults
from assistent.verify.form import form_faults, is_quote
from assistent.verify.language import language_of
from assistent.verify.lexicon import COMPARED, NORWEGIAN
from assistent.verify.mixture import mixture_faults
from assistent.verify.modality import modality_faults
from assistent.verify.naming import naming_faults
from assistent.verify.opposites import opposite_faults
from assistent.verify.polarity import polarity_faults
from assistent.verify.requirement import says_requirement_otherwise
from assistent.verify.scope import scope_faults
from assistent.verify.substance import says_something, substance_faults
from assistent.verify.substitution import substitution_faults
from assistent.verify.verdict import Fault, Verdict

Rule = Callable[[Case], Iterator[Fault]]

RULES: tuple[Rule, ...] = (
    exact_faults,
    naming_faults,
    polarity_faults,
    modality_faults,
    opposite_faults,
    scope_faults,
    condition_faults,
    agent_faults,
    mixture_faults,
    substance_faults,
    substitution_faults,
)
FOREIGN_RULES: tuple[Rule, ...] = (exact_faults, foreign_faults)

# Cosines of the built-in model between a claim and what proves it. Of claims and sentences of other
# documents, 95 of 100 lie below .89 within Norwegian and below .83 across languages.
_LEAST_LIKE = {"norwegian": 0.87, "other": 0.83}
_KEPT_VECTORS = 256


# Where a requirement is only said in another way, denials and restrictions tell nothing.
_BLIND_TO_REQUIREMENTS = (
    polarity_faults,
    modality_faults,
    opposite_faults,
    scope_faults,
    condition_faults,
)


def judge(case: Case) -> Iterator[Fault]:
    """Yield what the rules for the language of a claim have against it."""
    if case.claim.language not in COMPARED:
        for rule in FOREIGN_RULES:
            yield from rule(case)
        return
    otherwise = says_requirement_otherwise(case)
    for rule in RULES:
        if not (otherwise and rule in _BLIND_TO_REQUIREMENTS):
            yield from rule(case)


class Prover:
    """Tells proven claims from the others.

    Nothing is shown on likeness alone: it cannot tell a statement from its opposite, and serves
    only as a floor. One prover may be used by several threads.

    Args:
        embedder: the model behind the floor.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vector = functools.lru_cache(maxsize=_KEPT_VECTORS)(self._embed)

    def prove(self, claim: str, evidence: Sequence[Evidence], *, language: str = "nb") -> Verdict:
        """Tell whether the sentences that a claim cites prove it.

        Args:
            claim: one sentence, without its citation marks.
            evidence: the sentences it cites. What they stand under may supply names and words, but
                no numbers; the line that leads in a list may count its items («disse tre:»).
            language: the language the claim is meant to be in, BCP 47.

        Returns:
            The verdict. A claim that is one of the sentences word for word is proven; any doubt
            counts against a claim. No text raises an error.
        """
        claim = unicodedata.normalize("NFC", claim).strip()
        texts = [each.text for each in evidence]
        if not claim or not texts:
            return Verdict(False, (Fault.EMPTY,))
        if is_quote(claim, texts):
            return Verdict(True)
        faults = tuple(dict.fromkeys(self._faults(claim, evidence, texts, language)))
        return Verdict(not faults, faults)

    def _faults(
        self, claim: str, evidence: Sequence[Evidence], texts: Sequence[str], asked: str
    ) -> Iterator[Fault]:
        malformed = tuple(form_faults(claim, texts))
        if malformed:
            yield from malformed
            return
        language = language_of(claim, asked)
        # Nothing but the closed classes can be compared in other languages, so that a claim in one
        # is only heard where it was asked for.
        if language is None or (language not in COMPARED and language != asked):
            yield Fault.LANGUAGE
            return
        case = build_case(claim, evidence, language)
        if not case.claim.content and not says_something(case):
            yield Fault.EMPTY
            return
        yield from judge(case)
        floor = _LEAST_LIKE["norwegian" if language in NORWEGIAN else "other"]
        leads = [f"{lead.text} {text}" for lead in case.leads for text in texts]
        if self._likeness(claim, [*texts, *leads]) < floor:
            yield Fault.UNLIKE

    def _likeness(self, claim: str, texts: Sequence[str]) -> float:
        """Return the best cosine between a claim and the sentences, each alone and all together."""
        whole = [" ".join(texts)] if len(texts) > 1 else []
        vectors = np.stack([self._vector(text) for text in (*texts, *whole)])
        return float((vectors @ self._vector(claim)).max())

    def _embed(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed_passages([text])[0]
        return vector
