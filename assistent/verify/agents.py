"""Who does what may not change hands between a claim and its evidence.

Who acts is looked up in :mod:`assistent.verify.subjects`, words in each other's places in
:mod:`assistent.verify.swaps`.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.grounds import Ground, Rest
from assistent.verify.lexicon import is_actor, is_channel, is_common_actor
from assistent.verify.reading import Clause, Reading, Weight
from assistent.verify.subjects import (
    RELATIVE,
    Voice,
    bare_nouns,
    clause_verb,
    is_cleft,
    subject_of,
)
from assistent.verify.swaps import swapped
from assistent.verify.verbs import is_verbal
from assistent.verify.verdict import Fault

_FORMAL = frozenset(("det", "it", "there"))
_ADVICE = frozenset("råd rådet råda rådene".split())
_WHOEVER = frozenset("den de dei dem those anyone".split())
# A name may be of several words.
_SURE = 0.4
_NAME_REACH = 2


def agent_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if somebody else acts in the claim than in its evidence."""
    if any(_other_actor(case, rest) or swapped(case, rest) for rest in case.rests):
        yield Fault.AGENT


def _may_act(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    if word.low in _ADVICE:
        return False  # «rådene er ikke kontrollert»
    return not is_channel(word.low) and (is_actor(word.low) or word.weight is Weight.NAME)


def _other_actor(case: Case, rest: Rest) -> bool:
    """Whether the clause names an actor, and none of what it rests on has the same."""
    mine = subject_of(case.claim, rest.clause)
    if mine.at is not None and is_cleft(case.claim, rest.clause):
        return _other_in_cleft(case, rest, mine.at)
    if mine.at is None or not _may_act(case.claim, mine.at):
        return mine.voice is Voice.PRONOUN and any(
            _made_object(case, rest.clause, ground) for ground in rest.grounds[:1]
        )
    sure = rest.grounds[0].share >= _SURE
    return (
        sure
        and _shares_verb(case, rest)
        and not any(_same_actor(case, mine.at, ground) for ground in rest.grounds)
    )


def _shares_verb(case: Case, rest: Rest) -> bool:
    """Whether the clause and what it rests on tell of the same act."""
    ground = rest.grounds[0]
    if any(
        is_verbal(case.claim.words[at].low) and is_verbal(ground.evidence.words[position].low)
        for at, position in ground.pairs
    ):
        return True
    mine, theirs = clause_verb(case.claim, rest.clause), clause_verb(ground.evidence, ground.clause)
    if mine is None or theirs is None:
        return False
    return case.claim.words[mine].low == ground.evidence.words[theirs].low  # «har», «er»


def _made_object(case: Case, clause: Clause, ground: Ground) -> bool:
    """Whether who acts in the evidence has something done to them in the claim.

    «Den som tar kontakt, skal veilede kommunen» for «Kommunen skal veilede den som …».
    """
    theirs = subject_of(ground.evidence, ground.clause)
    if theirs.at is None or theirs.voice is not Voice.ACTIVE or clause.opener:
        return False
    if any(word.low in _FORMAL for word in case.claim.words_of(clause)):
        return False  # «Det er ledernes oppgave»
    verb = clause_verb(case.claim, clause)
    if verb is None or not _may_act(ground.evidence, theirs.at):
        return False
    after = bare_nouns(case.claim, range(verb + 1, clause.last + 1))
    return any(
        carrier.position == theirs.at
        for at in after
        if _may_act(case.claim, at)
        for carrier in case.carriers(at, ground.number)
    )


def _is_of_whoever(evidence: Reading, clause: Clause) -> bool:
    """Whether a clause is about «den som …»."""
    number = evidence.clauses.index(clause)
    relative = clause if clause.opener in RELATIVE else None
    if relative is None and number > 0 and evidence.clauses[number - 1].opener in RELATIVE:
        relative = evidence.clauses[number - 1]
    if relative is None or relative.first == 0:
        return False
    return evidence.words[relative.first - 1].low in _WHOEVER


def _other_in_cleft(case: Case, rest: Rest, at: int) -> bool:
    """Whether «det er X som …» names another than the clause that the relative one rests on."""
    number = case.claim.clauses.index(rest.clause)
    relative = next(
        (each for each in case.rests if each.clause is case.claim.clauses[number + 1]), None
    )
    if relative is None or not _may_act(case.claim, at):
        return False
    ground = relative.grounds[0]
    clauses = ground.evidence.clauses
    before = clauses[max(clauses.index(ground.clause) - 1, 0)]
    clause = before if ground.clause.opener in RELATIVE else ground.clause
    return not _same_actor(
        case, at, Ground(ground.number, ground.evidence, clause, ground.share, ground.pairs)
    )


def _same_actor(case: Case, at: int, ground: Ground) -> bool:
    theirs = subject_of(ground.evidence, ground.clause)
    low = case.claim.words[at].low
    carriers = case.carriers(at, ground.number)
    if theirs.at is None:
        # Where the evidence tells the reader to act, somebody it merely names does not.
        if theirs.voice is Voice.ORDER:
            return is_common_actor(low) or not carriers
        return not (carriers and _is_of_whoever(ground.evidence, ground.clause))
    if not _may_act(ground.evidence, theirs.at):
        return True
    near = _NAME_REACH if ground.evidence.words[theirs.at].weight is Weight.NAME else 0
    if any(
        carrier.position is not None
        and (abs(carrier.position - theirs.at) <= near or carrier.position in theirs.others)
        for carrier in carriers
    ):
        return True
    both_common = is_common_actor(low) and is_common_actor(ground.evidence.words[theirs.at].low)
    return both_common and not carriers
