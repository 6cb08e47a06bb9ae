"""Names, roles and channels of a claim must stand in its evidence or in what it stands under."""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.lexicon import is_actor, is_channel, is_common_actor
from assistent.verify.quantities import DAYS, is_time_unit
from assistent.verify.reading import Weight
from assistent.verify.roots import is_noun_form
from assistent.verify.verdict import Fault

_BODIES = ("kommune", "virksomhet", "ansatt", "leder", "avdeling")


def naming_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault for each name, role or channel that nothing carries."""
    english = case.claim.language == "en"
    for at in case.own:
        word = case.claim.words[at]
        if word.low in DAYS:
            yield Fault.DATE
        elif is_time_unit(word.low) and not _belongs_to_fact(case, at):
            yield Fault.NUMBER
        elif _is_body(word.low) and _names_another(case):
            yield Fault.NAME
        elif is_channel(word.low) and not english:
            yield Fault.CHANNEL
        elif word.weight is Weight.NAME or (
            is_actor(word.low) and not is_common_actor(word.low) and not english
        ):
            yield Fault.NAME


def _belongs_to_fact(case: Case, at: int) -> bool:
    """«Seks uker» is proven as a number, «1. juni året etter» as a date."""
    word = case.claim.words[at]
    return any(
        fact.unit == word.low or 0 <= word.start - fact.span.end <= 1 for fact in case.claim.facts
    )


def _is_body(word: str) -> bool:
    """Whether a common actor is somebody in particular, unlike a sender or a person."""
    return is_common_actor(word) and any(is_noun_form(word, each) for each in _BODIES)


def _names_another(case: Case) -> bool:
    """Whether the evidence names an actor that nothing in the claim stands for."""
    reached = {
        (number, carrier.position)
        for number, each in enumerate(case.carried)
        for found in each.carriers.values()
        for carrier in found
    }
    return any(
        (number, at) not in reached and is_actor(word.low) and not is_common_actor(word.low)
        for number, each in enumerate(case.carried)
        for at, word in enumerate(each.evidence.words)
    )
