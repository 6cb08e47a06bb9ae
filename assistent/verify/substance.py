"""How much of a claim may be its own words.

Paraphrases bring in words of their own, so that one that nothing carries proves nothing; a claim
or a clause of which little is carried speaks of something else. A short claim has no room for a
word of its own: «Kantinen er solgt» shares all but what it says with «Kantinen er åpen».
"""

from __future__ import annotations

from collections.abc import Iterator

from assistent.verify.case import Case
from assistent.verify.lexicon import is_common_actor
from assistent.verify.quantities import is_time_unit
from assistent.verify.reading import Clause, Weight
from assistent.verify.verdict import Fault

_MOST_OWN = 0.55
# How many words of its own a claim of at most so many content words may have. Of the supported
# development pairs this drops two.
_ROOM = ((3, 0), (5, 1))
_LONGEST_CRAMPED = 9
_FEWEST_IN_CLAUSE = 2
_FEWEST_LIGHT = 3


def substance_faults(case: Case) -> Iterator[Fault]:
    """Yield a fault if too much of the claim, or the whole of a clause, is its own."""
    content = case.claim.content
    own = set().union(*(_fewest_own(case, clause) for clause in case.claim.clauses))
    mostly = bool(content) and len(own) >= _MOST_OWN * len(content)
    short = len(case.claim.words) <= _LONGEST_CRAMPED
    cramped = short and any(len(content) <= size and len(own) > room for size, room in _ROOM)
    if mostly or cramped or any(_is_own(case, clause, own) for clause in case.claim.clauses):
        yield Fault.ADDITION


def says_something(case: Case) -> bool:
    """Whether a claim without weighty words has others, and its evidence carries them all."""
    light = [at for at, word in enumerate(case.claim.words) if word.weight is Weight.CARRIER]
    return len(light) >= _FEWEST_LIGHT and all(
        any(each.carriers.get(at) for each in case.carried) for at in light
    )


def _fewest_own(case: Case, clause: Clause) -> set[int]:
    """Return the words of a clause that the sentence which carries most of it does not carry."""
    weighty = {
        at
        for at in case.judged
        if clause.first <= at <= clause.last
        and not is_common_actor(case.claim.words[at].low)
        and not is_time_unit(case.claim.words[at].low)
    }
    left = ({at for at in weighty if not each.carriers.get(at)} for each in case.carried)
    return min(left, key=len, default=weighty)


def _is_own(case: Case, clause: Clause, own: set[int]) -> bool:
    content = {at for at in case.claim.content if clause.first <= at <= clause.last}
    return len(content) >= _FEWEST_IN_CLAUSE and content <= own
