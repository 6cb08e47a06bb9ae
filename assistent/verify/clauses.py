"""Where the clauses of a sentence begin.

No grammar is parsed. A clause begins where Norwegian and English writing says so: after a comma
that is no list's, at a subordinator, at a colon.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistent.types import Span
from assistent.verify.verbs import COMMON, MODALS, is_imperative, is_verb, may_be_verb

_BREAK = re.compile(r"[.;:()!?–—\n]|\s-\s")
SUBORDINATORS = frozenset(
    """
    at hvis viss dersom når da fordi mens medan som hvor der slik hvem hva kva kven om før hvilke
    hvilken hvilket hvordan hvorfor hvorvidt korleis kvifor if when because while that which who
    unless where although whether what how
    """.split()
)
# These begin a clause whatever follows.
_ALWAYS_BEGIN = frozenset(
    "når hvis viss dersom fordi mens medan at if because unless who which that framfor".split()
)
# Between words they join words, after a comma clauses.
_JOINING = frozenset("og men eller for så and but or so both".split())
_DENIALS = frozenset(("ikke", "ikkje", "not"))
_RELATIVE = frozenset(("that", "who", "which"))
_PURPOSE = {("for", "å"), ("framfor", "å"), ("in", "order"), ("so", "that")}
# After these, denials and verbs «om» begins a clause; after a noun it is a preposition.
_DOUBTING = frozenset(
    "uklart usikkert uvisst kjent ukjent tvil sikker usikker avhengig spørsmål og eller".split()
)
# After these orders, «om» asks.
_CHECKING = frozenset(
    "spør sjekk avklar vurder undersøk finn test kontroller se hør spyr høyr sjå ask".split()
)
_FINITE = frozenset("skal må bør kan".split())
_INVERTED = frozenset("det du vi dere man de den jeg".split())
# «Men ikke», «også»: what has no longer word than this, and no verb, says nothing yet.
_LONGEST_BARE = 4
_NEAR = 3


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a text in a row: what stands where, and each word's case-folded form."""

    text: str
    spans: tuple[Span, ...]
    lows: tuple[str, ...]

    def between(self, position: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.spans[position - 1].end : self.spans[position].start]


def clause_starts(line: Line) -> tuple[int, ...]:
    """Return the positions of the words that begin a clause, the first word's included."""
    starts = [0] if line.lows else []
    for position in range(1, len(line.lows)):
        if _BREAK.search(line.between(position)) or _begins(line, starts[-1], position):
            starts.append(position)
    return tuple(starts)


def opener_of(lows: Sequence[str]) -> str:
    """Return the subordinator that a clause's words begin with; empty for a main clause."""
    if lows[0] == "før" and _is_inverted(lows):
        return ""  # «Før en kunngjøring er det …»: a preposition
    return lows[0] if lows[0] in SUBORDINATORS or tuple(lows[:2]) in _PURPOSE else ""


def _begins(line: Line, first: int, position: int) -> bool:
    """Whether a clause begins at ``position``, the one before it at ``first``."""
    lows, low = line.lows, line.lows[position]
    after = lows[position + 1] if position + 1 < len(lows) else ""
    if not any(len(word) > _LONGEST_BARE or is_verb(word) for word in lows[first:position]):
        return False  # «men ikke når …» is one clause
    if (low, after) in _PURPOSE or low in _ALWAYS_BEGIN:
        return True
    comma = "," in line.between(position)
    if low in _DENIALS:
        return comma  # «…, ikke å kopiere dem»
    if low in MODALS:
        if low in _FINITE and tuple(lows[first : first + 2]) == ("for", "å"):
            return True  # «For å kunne medvirke må …»
        return comma or lows[position - 1] in _JOINING or _resumes(lows, first, position)
    if low in _JOINING:
        if after in _DENIALS:
            return True  # «… og ikke bruke slektninger»
        if after in COMMON:
            return any(is_verb(word) for word in lows[first:position])
        return comma and (is_imperative(after) or _has_verb(line, position))
    if low in SUBORDINATORS:
        preposition = (
            low == "om"
            and not comma
            and after not in _INVERTED
            and lows[first] not in _CHECKING
            and not _may_doubt(lows[position - 1])
        )
        return not preposition and _has_verb(line, position)
    # A list goes on with nouns; a sentence goes on with its verb, or a subject and its verb.
    return comma and any(is_verb(word) for word in lows[position : position + _NEAR])


def _may_doubt(low: str) -> bool:
    return low in _DOUBTING or low in _DENIALS or may_be_verb(low) or may_be_verb(f"{low}e")


def _resumes(lows: Sequence[str], first: int, position: int) -> bool:
    """Whether a modal verb goes on with the sentence around an English relative clause."""
    inside = lows[first:position]
    return lows[first] in _RELATIVE and len(inside) > 1 and MODALS.isdisjoint(inside)


def _has_verb(line: Line, position: int) -> bool:
    """Whether a finite verb follows before the next comma or stop."""
    for after in range(position, len(line.lows)):
        if after > position and re.search(rf",|{_BREAK.pattern}", line.between(after)):
            return False
        if is_verb(line.lows[after]):
            return True
    return False


def _is_inverted(lows: Sequence[str]) -> bool:
    """Whether the first verb after the first word has a pronoun right behind it."""
    verb = next((at for at in range(1, len(lows)) if is_verb(lows[at])), None)
    return verb is not None and verb + 1 < len(lows) and lows[verb + 1] in _INVERTED
