"""Whether a clause binds, advises, allows or merely tells, and whether it denies."""

from __future__ import annotations

import re
from enum import StrEnum

from assistent.verify.lexicon import Mark, verbs
from assistent.verify.reading import Clause, Marked, Reading, Weight
from assistent.verify.verbs import is_imperative


class Force(StrEnum):
    """How a clause binds, denials apart."""

    DUTY = "duty"
    ADVICE = "advice"
    LEAVE = "leave"
    EXEMPTION = "exemption"
    ORDER = "order"  # an imperative, or a goal in the infinitive
    FACT = "fact"


_MODAL_VERBS = frozenset(
    "skal skulle må måtte bør burde kan kunne får shall should must may can could might".split()
)
_BINDING = {Mark.DUTY: Force.DUTY, Mark.ADVICE: Force.ADVICE, Mark.LEAVE: Force.LEAVE}
# Denied, these leave free: «kreves ikke», «er ikke pålagt».
_FREED = frozenset(
    """
    krav kravet kreves krever kreve krevst plikt plikten plikta plikter pålegger pålagt nødvendig
    påkrevd obligatorisk forpliktet required requires necessary obliged obligation duty mandatory
    """.split()
)
# What binds without a modal verb: «informasjonsplikt», «er forbeholdt».
_BINDING_NOUN = re.compile(
    r"plikt|forbehold|pålagt|pålegg|bindende|lovfest|\bkrav|\bkrev|\btreng|\bbehov|\bbehøv|need|requir|oblig"
)
_DENYING = (Mark.NEGATION, Mark.WITHOUT, Mark.BAN, Mark.EXEMPTION, Mark.EXCEPTION)
# Words that deny without being in a closed class.
_DENYING_WORD = re.compile(
    r"^(?:mangl|unngå|utenfor$|utanfor$|nekt|nei$|avstå|unnlat|savn|utelat|uvisst$|uklart$|usikker"
    r"|reserver|vegr|lack|avoid|refus|deny|denie|declin|forbid|prohibit|refrain|unclear$|unknown$|outside$|skån|spar)"
)
_ADDRESSED = frozenset("man du dere vi han hun jeg".split())
_BEFORE_PRONOUNS = frozenset("gjør la si gi".split())
_AMONG_FUNCTION_WORDS = frozenset("la få ta gjør".split())
# Infinitives that state no goal: «Bruke både …» does, «Få beslutninger …» does not.
_NO_GOALS = frozenset("få være bli ha ville kunne må".split())
_LEAVE_UNDONE = re.compile(r"\bla (?:det )?(?:være|vere|vera)\b")


def force_of(reading: Reading, clause: Clause) -> Force:
    """Return how a clause binds; the finite modal verb decides before any noun does."""
    if clause.has(Mark.EXEMPTION):
        return Force.EXEMPTION
    if clause.has(Mark.BAN):
        return Force.LEAVE
    decisive = decisive_mark(reading, clause)
    if decisive is None:
        return Force.ORDER if is_order(reading, clause) else Force.FACT
    force = next(force for mark, force in _BINDING.items() if mark in decisive.marks)
    denied = clause.has(Mark.NEGATION)
    if force is Force.DUTY and denied and reading.words[decisive.first].low in _FREED:
        return Force.EXEMPTION
    return force


def decisive_mark(reading: Reading, clause: Clause) -> Marked | None:
    """Return the mark that decides how a clause binds: a modal verb, else the first other word."""
    binding = [found for found in clause.marked if not found.marks.isdisjoint(_BINDING)]
    modal = [found for found in binding if reading.words[found.first].low in _MODAL_VERBS]
    return next(iter(modal or binding), None)


def is_modal(word: str) -> bool:
    """Whether a case-folded word is a finite modal verb."""
    return word in _MODAL_VERBS


def binds_by_noun(reading: Reading, clause: Clause) -> bool:
    """Whether a clause binds by a noun or an adjective: «har informasjonsplikt»."""
    return any(_BINDING_NOUN.search(word.low) for word in reading.words_of(clause))


def is_order(reading: Reading, clause: Clause) -> bool:
    """Whether a clause begins with an imperative or an infinitive: «Spør», «Ikke send», «Bruke»."""
    words = reading.words_of(clause)
    first = 0
    while first + 1 < len(words) and words[first].low in {"ikke", "ikkje", "og", "men", "så"}:
        first += 1
    if reading.language not in {"nb", "nn", "no"} or not words:
        return False
    low, after = words[first].low, words[first + 1].low if first + 1 < len(words) else ""
    if after in _ADDRESSED and not low.endswith("e"):
        return low in _BEFORE_PRONOUNS  # «Spør du …» is a condition
    if words[first].weight is Weight.FUNCTION:
        return low in _AMONG_FUNCTION_WORDS and after != ""
    infinitives = verbs()
    return is_imperative(low) or (low in infinitives and low not in _NO_GOALS)


def denials(reading: Reading, clause: Clause, relevant: frozenset[int] | None = None) -> int:
    """Return how often a clause denies.

    Args:
        relevant: the positions of words that stand on both sides. What «uten» sets off counts only
            if it is one of them, and «nekte» only if it is none. None counts everything.
    """
    count = 0
    covered: set[int] = set()
    for found in clause.marked:
        if found.marks.isdisjoint(_DENYING):
            continue
        covered.update(range(found.first, found.last + 1))
        local = not found.marks.isdisjoint({Mark.WITHOUT, Mark.EXCEPTION})
        if local and relevant is not None and not _sets_off(reading, clause, found, relevant):
            continue
        count += 1
    count += sum(
        bool(_DENYING_WORD.search(reading.words[at].low))
        for at in range(clause.first, clause.last + 1)
        if at not in covered and (relevant is None or at not in relevant)
    )
    text = " ".join(word.low for word in reading.words_of(clause))
    count += bool(_LEAVE_UNDONE.search(text))
    count += text.startswith("framfor å ")
    if text.startswith("få ") and count:
        count += 1  # «få … er uten»
    return count


def _sets_off(reading: Reading, clause: Clause, found: Marked, relevant: frozenset[int]) -> bool:
    after = [at for at in range(found.last + 1, clause.last + 1) if reading.words[at].says]
    return not after or any(at in relevant for at in after[:2])
