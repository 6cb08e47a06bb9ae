"""Who acts in a clause.

No grammar is parsed: the subject is the first noun before the verb that stands after no
preposition, or else right after the verb; in the passive, what stands after «av».
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from assistent.verify.deontic import is_modal, is_order
from assistent.verify.lexicon import Mark, is_actor
from assistent.verify.reading import Clause, Reading, Weight
from assistent.verify.roots import bases, inflected
from assistent.verify.verbs import is_verb, may_be_verb


class Voice(Enum):
    """How a clause has its subject."""

    ACTIVE = "active"
    PASSIVE = "passive"
    ORDER = "order"
    PRONOUN = "pronoun"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Subject:
    """Who acts in a clause: the position of the word, None where nobody is named.

    ``others`` act as well: «byrådet, ordføreren og bystyret».
    """

    at: int | None
    voice: Voice
    others: tuple[int, ...] = ()


PREPOSITIONS = frozenset(
    """
    i på for til fra frå med av ved om hos under etter før over mot gjennom ifølge ifølgje blant
    uten som in on of by from with according to as
    """.split()
)
RELATIVE = frozenset(("som", "who"))
_ARTICLES = frozenset("de den det dei".split())
_PRONOUNS = frozenset(
    """
    du vi man dere de den det jeg han hun ein eg dei dykk som hvem kven you we they it one who that
    which
    """.split()
)
_PASSIVE_VERBS = frozenset("blir ble bli blitt vert vart be been is are was were".split())
_NO_PASSIVES = frozenset(("finnes", "synes", "lykkes"))
_AGENT_MARKS = frozenset(("av", "by"))
# Whoever gets something has it done to them.
_RECEIVING = frozenset(("få", "motta", "bli", "la"))
# «Skriver Bouvet», «NRK melder at …»: whoever says something does not do it.
_REPORTING = frozenset(
    "skrive si melde opplyse vise fortelle mene uttale oppgi omtale rapportere".split()
)
_ADVISING = frozenset("råde rå anbefale foreslå tilrå".split())
_LONGEST_REPORT = 4
_GENITIVES = ("s", "'s", "s'")
_ADVICE_NOUNS = frozenset(("råd", "rådet", "forslaget"))
_NEAR = 4


def subject_of(reading: Reading, clause: Clause) -> Subject:
    """Return who acts in a clause."""
    if _is_advice(reading, clause):
        infinitive = any(word.low == "å" for word in reading.words_of(clause))
        return Subject(None, Voice.ORDER if infinitive else Voice.NONE)
    if is_order(reading, clause):
        return Subject(None, Voice.ORDER)
    verb = clause_verb(reading, clause)
    if verb is None:
        return Subject(None, Voice.NONE)
    resumed = _antecedent(reading, clause) if verb == clause.first else None
    if resumed is not None:
        pronoun = reading.words[resumed].low in _PRONOUNS
        return Subject(None, Voice.PRONOUN) if pronoun else Subject(resumed, Voice.ACTIVE)
    if is_cleft(reading, clause):
        following = [at for at in range(verb + 1, clause.last + 1) if reading.words[at].says]
        return Subject(next(iter(_without_owners(reading, following)), None), Voice.ACTIVE)
    before = {
        reading.words[at].low
        for at in range(clause.first, verb)
        if (at != clause.first or reading.words[at].low != clause.opener)
        and not _is_article(reading, clause, at)
    }
    after = reading.words[verb + 1].low if verb < clause.last else ""
    if verb < clause.last and _is_article(reading, clause, verb + 1):
        after = ""
    if before & _PRONOUNS or after in _PRONOUNS or clause.opener in _PRONOUNS:
        return Subject(None, Voice.PRONOUN)
    if _is_passive(reading, clause, verb):
        return Subject(_after_agent_mark(reading, clause, verb), Voice.PASSIVE)
    told = {
        base for at in _verbs_after(reading, clause, verb) for base in _infinitives(reading, at)
    }
    helped = len(list(_verbs_after(reading, clause, verb))) > 1
    if (
        told & _RECEIVING
        or (helped and "ha" in told)
        or (told & _REPORTING and _reports(reading, clause))
    ):
        return Subject(None, Voice.NONE)
    nouns = bare_nouns(reading, range(clause.first, verb))
    if not nouns:
        behind = range(verb + 1, min(verb + 1 + _NEAR, clause.last + 1))
        nouns = [
            at
            for at in bare_nouns(reading, behind)
            if not is_verb(reading.words[at].low) or is_actor(reading.words[at].low)
        ]
    nouns = _headed(reading, _without_owners(reading, nouns))
    return Subject(next(iter(nouns), None), Voice.ACTIVE, tuple(nouns[1:]))


def _headed(reading: Reading, nouns: list[int]) -> list[int]:
    """Return the nouns without what only describes the next one: «offentlig ansatte»."""
    return [
        at
        for at in nouns
        if is_actor(reading.words[at].low)
        or not (at + 1 in nouns and is_actor(reading.words[at + 1].low))
        or reading.words[at].weight is Weight.NAME
    ]


def _is_article(reading: Reading, clause: Clause, at: int) -> bool:
    """«De ansatte»: «de» stands for nobody."""
    return (
        reading.words[at].low in _ARTICLES
        and at < clause.last
        and is_actor(reading.words[at + 1].low)
    )


def _without_owners(reading: Reading, nouns: list[int]) -> list[int]:
    """Return the nouns without those in the genitive: «virksomhetens leder» is a leader."""
    return [
        at for at in nouns if not (at + 1 in nouns and reading.words[at].low.endswith(_GENITIVES))
    ]


def _is_advice(reading: Reading, clause: Clause) -> bool:
    """«Prosjektets råd er …»: the council of the same name gives none."""
    return any(
        Mark.ADVICE in found.marks
        and any(reading.words[at].low in _ADVICE_NOUNS for at in range(found.first, found.last + 1))
        for found in clause.marked
    )


def clause_verb(reading: Reading, clause: Clause) -> int | None:
    """Return the position of a clause's finite verb; None if it has none."""
    positions = range(clause.first, clause.last + 1)
    return next((at for at in positions if _is_clause_verb(reading, clause, at)), None)


def _is_clause_verb(reading: Reading, clause: Clause, at: int) -> bool:
    low = reading.words[at].low
    if not is_verb(low) or (at == clause.first and low == clause.opener):
        return False
    # «Leder», «eier»: a noun where another verb follows.
    later = range(at + 1, clause.last + 1)
    return not (is_actor(low) and any(is_verb(reading.words[after].low) for after in later))


def _infinitives(reading: Reading, at: int) -> Iterator[str]:
    """Yield the infinitives that a word may be a form of."""
    low = reading.words[at].low
    yield from bases(low)
    yield from (verb for verb in _RECEIVING | _REPORTING if inflected(low, verb))


def _reports(reading: Reading, clause: Clause) -> bool:
    number = reading.clauses.index(clause)
    after = reading.clauses[number + 1].opener if number + 1 < len(reading.clauses) else ""
    return after == "at" or len(reading.words_of(clause)) <= _LONGEST_REPORT


def tells_who(reading: Reading, clause: Clause) -> bool:
    """Whether a clause only tells who says or advises it: «råder uutilsynet», «sier strategien»."""
    verb = clause_verb(reading, clause)
    if verb is None or len(reading.words_of(clause)) > _LONGEST_REPORT:
        return False
    return bool(set(_infinitives(reading, verb)) & (_REPORTING | _ADVISING))


def _antecedent(reading: Reading, clause: Clause) -> int | None:
    """Return what a clause goes on about after a relative clause: «Den som …, skal …»."""
    number = reading.clauses.index(clause)
    relative = reading.clauses[number - 1] if number else None
    if relative is None or relative.opener not in RELATIVE or clause.opener:
        return None
    return relative.first - 1 if relative.first else None


def is_cleft(reading: Reading, clause: Clause) -> bool:
    """«Det er politiet som …»: who acts stands before the relative clause."""
    number = reading.clauses.index(clause) + 1
    after = reading.clauses[number : number + 1]
    words = [word.low for word in reading.words_of(clause)]
    return "det" in words and bool(after) and after[0].opener == "som"


def _verbs_after(reading: Reading, clause: Clause, verb: int) -> Iterator[int]:
    """Yield the verb of a clause and, after a modal verb, the one that it helps."""
    yield verb
    if is_modal(reading.words[verb].low):
        later = range(verb + 1, clause.last + 1)
        yield from (at for at in later if may_be_verb(reading.words[at].low))


def bare_nouns(reading: Reading, positions: Sequence[int]) -> list[int]:
    """Return the content words that stand after no preposition."""
    found = []
    for at in positions:
        if reading.words[at].low in PREPOSITIONS:
            break
        if reading.words[at].says:
            found.append(at)
    return found


def _is_passive(reading: Reading, clause: Clause, verb: int) -> bool:
    for at in range(verb, clause.last + 1):
        low = reading.words[at].low
        if low.endswith(("s", "st")) and is_verb(low) and low not in _NO_PASSIVES:
            if len(low) > _NEAR and not is_actor(low):
                return True
        elif low in _PASSIVE_VERBS and any(
            reading.words[after].says and reading.words[after].low.endswith(("t", "d", "ed"))
            for after in range(at + 1, min(at + _NEAR, clause.last + 1))
        ):
            return True
    return False


def _after_agent_mark(reading: Reading, clause: Clause, verb: int) -> int | None:
    mark = next(
        (at for at in range(verb, clause.last + 1) if reading.words[at].low in _AGENT_MARKS), None
    )
    if mark is None:
        return None
    return next((at for at in range(mark + 1, clause.last + 1) if reading.words[at].says), None)
