"""Facts of two sentences may not be put together into a third.

A claim may cite several sentences, but each of its clauses, and each number in it, must rest on
one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistent.verify.agreement import stands_in
from assistent.verify.case import Case
from assistent.verify.facts import Fact, FactKind
from assistent.verify.grounds import Ground, Rest
from assistent.verify.reading import Clause, Word
from assistent.verify.roots import related
from assistent.verify.subjects import Voice, subject_of
from assistent.verify.verbs import is_participle, may_be_verb
from assistent.verify.verdict import Fault

_POINTING = frozenset(
    "den det de disse dette denne han hun disse dei desse der slik slike it they this these".split()
)
_FEWEST = 2
# More numbers than this are a list, in which every word stands beside the wrong one.
_MOST = 4
_SURE = 0.9
_CLOSE = 0.3
# A fact at the end of a clause stands after its last word.
_BEYOND = 25


def mixture_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if a clause or a number of the claim rests on two sentences at once."""
    if any(_is_misplaced(case, fact) for fact in case.claim.facts) or any(
        _trade(case, one, other)
        for number, one in enumerate(case.rests)
        for other in case.rests[number + 1 :]
    ):
        yield Fault.MIXED
    elif case.cited < _FEWEST:
        return
    elif (
        any(_mixes_subject(case, rest) for rest in case.rests)
        or any(_is_elsewhere(case, fact) for fact in case.claim.facts)
    ):  # fmt: skip
        yield Fault.MIXED


def _trade(case: Case, one: Rest, other: Rest) -> bool:
    """Whether two clauses of a claim have each got a word of the other's."""
    first, second = one.grounds[0], other.grounds[0]
    if first.number != second.number or first.clause is second.clause:
        return False
    if min(first.share, second.share) < _CLOSE:
        return False
    return _takes(case, one, first, second) and _takes(case, other, second, first)


def _takes(case: Case, rest: Rest, own: Ground, others: Ground) -> bool:
    """Whether a noun of a clause stands in the other's ground only."""
    for at in range(rest.clause.first, rest.clause.last + 1):
        word = case.claim.words[at]
        if not word.says or may_be_verb(word.low) or is_participle(word.low):
            continue
        places = [
            carrier.position
            for carrier in case.carriers(at, own.number)
            if carrier.position is not None and carrier.quality >= _SURE
        ]
        if places and all(others.clause.first <= place <= others.clause.last for place in places):
            return True
    return False


def _stands_only_elsewhere(case: Case, rest: Rest, at: int) -> bool:
    own = {ground.number for ground in rest.grounds}
    if any(case.carriers(at, number) for number in own):
        return False
    return any(case.carriers(at, number) for number in range(case.cited))


def _mixes_subject(case: Case, rest: Rest) -> bool:
    """Whether a clause takes its subject from one sentence and the rest from another."""
    ground = rest.grounds[0]
    if ground.number >= case.cited:
        return False
    if any(word.low in _POINTING for word in ground.evidence.words):
        return False  # «Vurdering av disse» means what the sentence before speaks of
    mine = subject_of(case.claim, rest.clause)
    theirs = subject_of(ground.evidence, ground.clause)
    if mine.at is None or theirs.at is None or mine.voice is not Voice.ACTIVE:
        return False
    return _stands_only_elsewhere(case, rest, mine.at)


def _is_elsewhere(case: Case, fact: Fact) -> bool:
    """Whether the words around a number stand in another sentence than the number itself."""
    clause = _clause_of(case, fact)
    content = [
        at for at in case.claim.content if clause is not None and clause.first <= at <= clause.last
    ]
    before = [at for at in content if case.claim.words[at].end <= fact.span.start + 1]
    after = [at for at in content if case.claim.words[at].start >= fact.span.end - 1]
    near = [*before[-2:], *after[:2]]

    def reach(number: int) -> int:
        return sum(bool(case.carriers(at, number)) for at in near)

    holding = [
        reach(number)
        for number in range(case.cited)
        if stands_in(fact, case.carried[number].evidence.facts)
    ]
    most = max(map(reach, range(case.cited)))
    return bool(holding) and max(holding) < min(_FEWEST, most)


def _clause_of(case: Case, fact: Fact) -> Clause | None:
    """Return the clause of the claim that a fact stands in."""
    return next(
        (
            each
            for each in reversed(case.claim.clauses)
            if case.claim.words[each.first].start <= fact.span.start
        ),
        None,
    )


def _is_misplaced(case: Case, fact: Fact) -> bool:
    """Whether a fact is taken from another part of its sentence than the words around it.

    Each word of the clause votes for the fact of the same kind that it stands nearest to.
    """
    clause = _clause_of(case, fact)
    if clause is None:
        return False
    if fact.kind is FactKind.DATE and _is_with_another_date(case, fact):
        return True
    end = case.claim.words[clause.last].end
    beside = [
        each
        for each in case.claim.facts
        if case.claim.words[clause.first].start <= each.span.start <= end + _BEYOND
    ]
    for number in range(case.cited) if _counts(fact) else ():
        evidence = case.carried[number].evidence
        if _counts_another_thing(fact, evidence.facts):
            return True
        rivals = [each for each in evidence.facts if each.kind is fact.kind and _counts(each)]
        if not _FEWEST <= len(rivals) <= _MOST or not stands_in(fact, rivals):
            continue
        votes = [0] * len(rivals)
        for at in range(clause.first, clause.last + 1):
            places = {
                carrier.position
                for carrier in case.carriers(at, number)
                if carrier.position is not None and carrier.quality >= _SURE
            }
            if case.claim.words[at].says and len(places) == 1:
                word = evidence.words[places.pop()]
                gaps = [_gap(word, each) for each in rivals]
                votes[gaps.index(min(gaps))] += 1 + may_be_verb(case.claim.words[at].low)
        best = max(votes)
        own = max(v for v, each in zip(votes, rivals, strict=True) if stands_in(fact, (each,)))
        if best >= _FEWEST and own < best - 1 and not stands_in(rivals[votes.index(best)], beside):
            return True
    return False


def _is_with_another_date(case: Case, date: Fact) -> bool:
    """«54 prosent, mot 62 prosent i 2021» where the evidence has 54 per cent in that year."""
    for each in case.evidence:
        theirs = [known for known in each.facts if stands_in(date, (known,))]
        mine = _nearest_number(case.claim.facts, date)
        if not theirs or mine is None:
            continue
        known = _nearest_number(each.facts, theirs[0])
        if known is not None and not stands_in(mine, (known,)):
            return any(stands_in(fact, (known,)) for fact in case.claim.facts)
    return False


def _nearest_number(facts: Sequence[Fact], date: Fact) -> Fact | None:
    before = [
        fact
        for fact in facts
        if fact.kind is FactKind.NUMBER
        and _counts(fact)
        and 0 <= date.span.start - fact.span.end <= _BEYOND
    ]
    return before[-1] if before else None


def _counts_another_thing(fact: Fact, known: Sequence[Fact]) -> bool:
    """«50 000 innbyggere» where the evidence has 50 000 employees and 700 000 residents."""
    same = [each for each in known if stands_in(fact, (each,)) and each.unit]
    others = [each for each in known if each not in same and each.unit]
    return bool(
        fact.unit
        and same
        and not any(related(fact.unit, each.unit) for each in same)
        and any(related(fact.unit, each.unit) for each in others)
    )


def _counts(fact: Fact) -> bool:
    """Whether a fact may be told from another one by what stands around it."""
    return fact.kind in (FactKind.DATE, FactKind.NUMBER) and len(set(map(type, fact.value))) == 1


def _gap(word: Word, fact: Fact) -> int:
    return max(fact.span.start - word.end, word.start - fact.span.end)
