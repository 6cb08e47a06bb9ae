"""Whether a clause binds, advises, allows or merely tells, and whether it denies."""

from __future__ import annotations

import re
from enum import StrEnum

from assistent.verify.clauses import SUBORDINATORS
from assistent.verify.lexicon import Mark, verbs
from assistent.verify.reading import Clause, Marked, Reading, Weight
from assistent.verify.verbs import MODALS, is_imperative, is_verb


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
DENYING = (Mark.NEGATION, Mark.WITHOUT, Mark.BAN, Mark.EXEMPTION, Mark.EXCEPTION)
# Words that deny without being in a closed class.
_DENYING_WORD = re.compile(
    r"^(?:mangl|unngå|utenfor$|utanfor$|unna$|nekt|avstå|unnlat|savn|utelat|uvisst$|uklart$|usikker"
    r"|reserver|vegr|lack|avoid|refus|deny|denie|declin|forbid|prohibit|refrain|unclear$|unknown$|outside$|skån|spar)"
)
_ADDRESSED = frozenset("man du dere vi han hun jeg".split())
_ABOUT = frozenset(("om", "på", "about"))
_ALSO_NOT = frozenset(("heller", "nor"))
_BEFORE_ORDERS = frozenset("ikke ikkje og men så ja nei jo nei".split())
_BEFORE_PRONOUNS = frozenset("gjør la si gi".split())
_AMONG_FUNCTION_WORDS = frozenset("la få ta gjør".split())
# Infinitives that state no goal: «Bruke både …» does, «Få beslutninger …» does not.
_NO_GOALS = frozenset("få være bli ha ville kunne må".split())
# What these begin is a condition, a time or an indirect question: it binds nobody.
_OPENING = frozenset(
    """
    når hvis viss dersom om før hva kva hvem kven hvilke hvilken hvilket hvor hvordan korleis
    hvorfor kvifor hvorvidt if when whether what how where
    """.split()
)
_ASKING = _OPENING - set("når hvis viss dersom før if when where".split())
_JOINING = frozenset("og eller men samt and or but".split())
_PURPOSE = ("for", "å")
_OTHER_THAN = re.compile(r"\b(?:andre|annen|annet|anna|other) \w+ (?:enn|than)\b")
_TWICE = 2
_LEAVE_UNDONE = re.compile(r"(?<!kan )\bla[rt]? (?:det )?(?:være|vere|vera)\b")


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
    if force is Force.LEAVE and denied and denials(reading, clause) == _TWICE:
        return Force.DUTY  # «kan ikke la være å …»
    if force is Force.DUTY and denied and reading.words[decisive.first].low in _FREED:
        return Force.EXEMPTION
    return force


def decisive_mark(reading: Reading, clause: Clause) -> Marked | None:
    """Return the mark that decides how a clause binds: a modal verb, else the first other word."""
    binding = [found for found in clause.marked if not found.marks.isdisjoint(_BINDING)]
    modal = [found for found in binding if reading.words[found.first].low in _MODAL_VERBS]
    return next(iter(modal or binding), None)


def binds_nobody(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is a condition, an indirect question or a purpose.

    «Når du skal …», «hva du må …», «og hvordan …», «for å kunne …», «Skal dere …, må dere».
    """
    lows = [word.low for word in reading.words_of(clause)]
    inner = lows[1:] if lows[0] in _JOINING else []
    if clause.opener in _OPENING or (inner[:1] and inner[0] in _OPENING):
        return True
    if _PURPOSE in (tuple(lows[:2]), tuple(inner[:2])):
        return True
    number = reading.clauses.index(clause)
    if number == 0:
        return _is_verb_first(reading, clause)
    before = reading.clauses[number - 1]
    goes_on = lows[0] in MODALS and reading.words[before.last].low in _JOINING
    return goes_on and binds_nobody(reading, before)


def is_question(reading: Reading, clause: Clause) -> bool:
    """Whether a clause is an indirect question: «hvem som …», «og om …»."""
    words = reading.words_of(clause)
    return clause.opener in _ASKING or (
        words[0].low in _JOINING and len(words) > 1 and words[1].low in _ASKING
    )


def _is_verb_first(reading: Reading, clause: Clause) -> bool:
    """«Skal dere …, må dere …»: a condition that begins with its verb, before another clause."""
    first = reading.words[clause.first].low
    begins = is_verb(first) and first not in SUBORDINATORS and not is_order(reading, clause)
    return begins and len(reading.clauses) > 1 and clause.last > clause.first


def denies_by_itself(word: str) -> bool:
    """Whether a case-folded word denies without being in a closed class: «unngå», «mangler»."""
    return bool(_DENYING_WORD.search(word))


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
    while first + 1 < len(words) and words[first].low in _BEFORE_ORDERS:
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
        if found.marks.isdisjoint(DENYING):
            continue
        covered.update(range(found.first, found.last + 1))
        local = not found.marks.isdisjoint({Mark.WITHOUT, Mark.EXCEPTION})
        if local and relevant is not None and not _sets_off(reading, clause, found, relevant):
            continue
        if found.first and reading.words[found.first - 1].low in _ABOUT:
            continue  # «spør om unntak»
        if reading.words[found.first].low in _ALSO_NOT and count:
            continue  # «ikke X, og heller ikke Y» denies both once
        count += 1
    count += sum(
        bool(_DENYING_WORD.search(reading.words[at].low))
        for at in range(clause.first, clause.last + 1)
        if at not in covered and (relevant is None or at not in relevant)
    )
    text = " ".join(word.low for word in reading.words_of(clause))
    count += bool(_OTHER_THAN.search(text))
    count += bool(_LEAVE_UNDONE.search(text))
    count += text.startswith("framfor å ")
    if text.startswith("få ") and count:
        count += 1  # «få … er uten»
    return count


def _sets_off(reading: Reading, clause: Clause, found: Marked, relevant: frozenset[int]) -> bool:
    after = [at for at in range(found.last + 1, clause.last + 1) if reading.words[at].says]
    return not after or any(at in relevant for at in after[:2])
