"""Which clauses of the evidence each clause of a claim rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistent.verify.carriage import Carried
from assistent.verify.reading import Clause, Reading, Weight
from assistent.verify.verbs import may_be_verb

# A clause that carries the verb is meant before one that carries some other word.
_VERB_BONUS = 1.0
_WEIGHTS = {Weight.NAME: 0.5, Weight.CONTENT: 1.0, Weight.CARRIER: 0.3}
_NEARLY = 0.95


@dataclass(frozen=True, slots=True)
class Ground:
    """A clause of the evidence under a clause of a claim.

    ``share`` is how much of the claim's clause it carries, in [0, 1]; ``pairs`` are the positions
    of the words that meet (claim, evidence).
    """

    number: int
    evidence: Reading
    clause: Clause
    share: float
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """A clause of a claim with what it may rest on, best first; all about equally good."""

    clause: Clause
    grounds: tuple[Ground, ...]


def rests(claim: Reading, carried: Sequence[Carried]) -> tuple[Rest, ...]:
    """Pair the clauses of a claim with those of its evidence; one that says nothing is left out."""
    found = []
    for clause in claim.clauses:
        positions = [
            at
            for at in range(clause.first, clause.last + 1)
            if claim.words[at].weight is not Weight.FUNCTION
        ]
        grounds = [
            ground
            for number, each in enumerate(carried)
            for part in each.evidence.clauses
            if (ground := _ground(claim, positions, number, each, part)) is not None
        ]
        grounds.sort(key=lambda ground: -ground.share)
        if grounds:
            best = grounds[0].share * _NEARLY
            found.append(Rest(clause, tuple(each for each in grounds if each.share >= best)))
    return tuple(found)


def _ground(
    claim: Reading, positions: Sequence[int], number: int, carried: Carried, part: Clause
) -> Ground | None:
    total = reached = 0.0
    pairs = []
    for at in positions:
        word = claim.words[at]
        weight = _WEIGHTS[word.weight]
        if may_be_verb(word.low) and word.says:
            weight += _VERB_BONUS
        total += weight
        inside = [
            carrier
            for carrier in carried.carriers.get(at, ())
            if carrier.position is not None and part.first <= carrier.position <= part.last
        ]
        if inside:
            best = max(inside, key=lambda carrier: carrier.quality)
            assert best.position is not None
            reached += weight * best.quality
            pairs.append((at, best.position))
    if not pairs:
        return None
    return Ground(number, carried.evidence, part, reached / total, tuple(pairs))
