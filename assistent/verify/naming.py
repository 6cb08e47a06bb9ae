"""Names, roles and channels of a claim must stand in its evidence or in what it stands under."""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.lexicon import is_actor, is_channel, is_common_actor
from assistent.verify.quantities import DAYS, is_time_unit
from assistent.verify.reading import Weight
from assistent.verify.roots import is_noun_form
from assistent.verify.verbs import MODALS, may_be_verb
from assistent.verify.verdict import Fault

_ADVICE = frozenset("råd rådet råda rådene".split())
_REACH = 2
_COUNTING = frozenset(
    """
    en et ett én éi ei ein eit a an one innen innan within per hver hvert kvar kvart every each
    neste next samme same annenhver halv half a løpet
    """.split()
)
_BODIES = ("kommune", "virksomhet", "ansatt", "leder", "avdeling")


def naming_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault for each name, role or channel that nothing carries."""
    english = case.claim.language == "en"
    for at in case.own:
        word = case.claim.words[at]
        if word.low in DAYS:
            yield Fault.DATE
        elif _counts_time(case, at) and not _belongs_to_fact(case, at):
            yield Fault.NUMBER
        elif _is_body(word.low) and _names_another(case):
            yield Fault.NAME
        elif is_channel(word.low) and not english:
            yield Fault.CHANNEL
        elif word.weight is Weight.NAME and english and _is_part_of_known(case, at):
            continue
        elif word.weight is Weight.NAME or (
            _may_name(case, at) and not is_common_actor(word.low) and not english
        ):
            yield Fault.NAME


def _counts_time(case: Case, at: int) -> bool:
    """Whether a word is a stretch of time that is counted: «innen en uke», «hver dag»."""
    words = case.claim.words
    before = {word.low for word in words[max(at - _REACH, 0) : at]}
    return is_time_unit(words[at].low) and not before.isdisjoint(_COUNTING)


def _belongs_to_fact(case: Case, at: int) -> bool:
    """«Seks uker» is proven as a number, «1. juni året etter» as a date."""
    word = case.claim.words[at]
    return any(
        fact.unit == word.low or 0 <= word.start - fact.span.end <= 1 for fact in case.claim.facts
    )


def _is_part_of_known(case: Case, at: int) -> bool:
    """Whether a word stands in a row of names of which most are carried: «Norwegian Data …»."""
    words = case.claim.words
    first = last = at
    while first > 0 and words[first - 1].weight is Weight.NAME:
        first -= 1
    while last + 1 < len(words) and words[last + 1].weight is Weight.NAME:
        last += 1
    own = set(case.own)
    row = range(first, last + 1)
    return sum(each not in own for each in row) * 2 >= len(row)


def _may_name(case: Case, at: int) -> bool:
    """Whether a word names somebody; «kan styres» and «et råd om» do not."""
    low, before = case.claim.words[at].low, case.claim.words[at - 1].low if at else ""
    if low in _ADVICE or (may_be_verb(low) and (before == "å" or before in MODALS)):
        return False
    return is_actor(low)


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
        (number, at) not in reached
        and word.low not in _ADVICE
        and is_actor(word.low)
        and not is_common_actor(word.low)
        for number, each in enumerate(case.carried)
        for at, word in enumerate(each.evidence.words)
    )
