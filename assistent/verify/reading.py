"""Reads a sentence as proofs need it: words, clauses, and what marks each clause.

What counts for a proof is which closed-class words stand in the same clause as a content word.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistent.types import Span
from assistent.verify.clauses import Line, clause_starts, opener_of
from assistent.verify.facts import Fact, read_facts
from assistent.verify.lexicon import Grammar, Mark, grammar, phrases, verbs
from assistent.verify.roots import bases, inflected
from assistent.verify.verbs import is_verb
from assistent.words import normalise


class Weight(StrEnum):
    """How much a word says."""

    FUNCTION = "function"
    CARRIER = "carrier"
    CONTENT = "content"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Word:
    """One word, or a phrase that counts as one; ``low`` is its case-folded form."""

    text: str
    low: str
    start: int
    end: int
    weight: Weight
    clause: int

    @property
    def says(self) -> bool:
        """Whether the word has content of its own."""
        return self.weight in (Weight.CONTENT, Weight.NAME)


@dataclass(frozen=True, slots=True)
class Marked:
    """A closed-class word or phrase: its marks and the words ``first`` to ``last`` (inclusive)."""

    marks: frozenset[Mark]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence with one verb.

    ``first`` and ``last`` (inclusive) are its words; ``opener`` is the subordinator that it begins
    with, empty for a main clause. ``after`` is what stands before it in the text: white space, a
    comma, a colon.
    """

    first: int
    last: int
    opener: str
    marked: tuple[Marked, ...]

    def has(self, *marks: Mark) -> bool:
        """Whether one of the marks stands in the clause."""
        return any(mark in found.marks for found in self.marked for mark in marks)


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read."""

    text: str
    language: str
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    facts: tuple[Fact, ...]

    def words_of(self, clause: Clause) -> tuple[Word, ...]:
        """Return the words of one clause."""
        return self.words[clause.first : clause.last + 1]

    @property
    def content(self) -> tuple[int, ...]:
        """The positions of the words that say something."""
        return tuple(position for position, word in enumerate(self.words) if word.says)


_ANSWER = re.compile(r"\W*(?:no|nei|ja|yes|jo)[,.:]", re.IGNORECASE)
_THAT = frozenset(("at", "that"))
_SO_THAT = ("slik", "at")
_EMPTY_NOUNS = frozenset(
    "slik tilfelle rådet råd forslaget forslag regelen kravet utgangspunktet".split()
)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’./][^\W\d_]+)*-?")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n«»\"“”(–•-])[\s«\"“(–•-]*$")
_START_REACH = 8
# «Ikke minst» denies nothing, «flere enn 50» is no «flere», «ikke har fylt 15» is a number.
_EMPTY = frozenset(
    tuple(phrase.split("_"))
    for phrase in """
    ikke_minst ikkje_minst not_least flere_enn fleire_enn mer_enn stadig_flere stadig_fleire
    flere_ganger fleire_gonger i_hvert_fall i_kvart_fall i_alle_fall
    den_enkelte den_einskilde at_all alt_no alt_nå alt_har har_alt alt_er
    alt_finst som_alt alt_finnes eller_flere eller_fleire or_more ikke_fylt ikkje_fylt
    ikke_har_fylt ikkje_har_fylt har_ikke_fylt
    """.split()
)
_LONGEST_EMPTY = 3
# «Ikke bare … men også …» denies nothing either.
_NOT_ONLY = frozenset((("ikke", "bare"), ("ikke", "kun"), ("ikkje", "berre"), ("not", "only")))
_ALSO = frozenset(("men", "også", "but", "also"))
_KEPT = 2_000


@functools.lru_cache(maxsize=_KEPT)
def read(text: str, language: str = "nb") -> Reading:
    """Read a text in a language (BCP 47); Norwegian rules stand in for unknown ones."""
    facts = read_facts(text, language)
    masked = text
    for fact in facts:
        start, end = fact.span.start, fact.span.end
        masked = f"{masked[:start]}{'0' * (end - start)}{masked[end:]}"
    line = _merge_phrases(masked)
    rules = grammar(language) or grammar("nb")
    assert rules is not None
    starts = _without_empty(line, clause_starts(line), rules)
    words = tuple(
        Word(
            text[span.start : span.end],
            low,
            span.start,
            span.end,
            _weigh(text, span, low, rules),
            sum(start <= position for start in starts) - 1,
        )
        for position, (span, low) in enumerate(zip(line.spans, line.lows, strict=True))
    )
    return Reading(text, language, words, _clauses(line, starts, rules), facts)


def _without_empty(line: Line, starts: Sequence[int], rules: Grammar) -> tuple[int, ...]:
    """Return where clauses begin, without what only says how the next one holds.

    «Det er et krav at …», «rådet er at …» and «det er ikke slik at …» are one clause with it.
    """
    kept = list(starts[:1])
    for start in starts[1:]:
        before = line.lows[kept[-1] : start]
        that = line.lows[start] in _THAT or line.lows[start : start + 2] == _SO_THAT
        empty = that and all(_says_nothing(low, rules) for low in before)
        if not empty:
            kept.append(start)
    return tuple(kept)


def _says_nothing(low: str, rules: Grammar) -> bool:
    return (
        low in rules.function_words
        or low in rules.carriers
        or rules.closes(low)
        or rules.holds(low)
        or low in _EMPTY_NOUNS
    )


def _merge_phrases(text: str) -> Line:
    """Return the words of a text, with each known phrase as one word."""
    tokens = list(_TOKEN.finditer(text))
    lows = [normalise(token.group()).replace("’", "'").rstrip("-") for token in tokens]
    spans = []
    merged = []
    at = 0
    while at < len(lows):
        length, low = _phrase_at(lows, at)
        spans.append(Span(tokens[at].start(), tokens[at + length - 1].end()))
        merged.append(low)
        at += length
    return Line(text, tuple(spans), tuple(merged))


def _phrase_at(lows: Sequence[str], at: int) -> tuple[int, str]:
    """Return how many words from ``at`` on are one phrase, and the word it counts as."""
    length, low = 1, lows[at]
    for first in sorted({lows[at], *bases(lows[at])}):
        for phrase, name in phrases().get(first, ()):
            part = lows[at : at + len(phrase)]
            if len(part) == len(phrase) > length and all(map(_is_said, phrase[1:], part[1:])):
                length, low = len(phrase), name
    if length > 1 and low in verbs() and is_verb(lows[at]):
        low = f"{low}r"  # «tar kontakt» stays finite
    return length, low


def _is_said(word: str, said: str) -> bool:
    return word == said or word in bases(said) or inflected(word, said)


def _weigh(text: str, span: Span, low: str, rules: Grammar) -> Weight:
    written = text[span.start : span.end]
    before = text[max(span.start - _START_REACH, 0) : span.start]
    inside = any(letter.isupper() for letter in written[1:])
    capital = written[0].isupper() and not _SENTENCE_START.search(before)
    if inside or (capital and low not in rules.function_words and low != "i"):
        return Weight.NAME
    if low in rules.function_words or len(low) < 2 or rules.closes(low):
        return Weight.FUNCTION
    if low in rules.carriers or bases(low) & rules.carriers:
        return Weight.CARRIER
    return Weight.CONTENT


def _clauses(line: Line, starts: Sequence[int], rules: Grammar) -> tuple[Clause, ...]:
    marked = _marks(line.lows, rules)
    if line.lows and _ANSWER.match(line.text):
        marked = [found for found in marked if found.first]  # «No, …» answers, and denies nothing
    return tuple(
        Clause(
            first=first,
            last=after - 1,
            opener=opener_of(line.lows[first:after]),
            marked=tuple(found for found in marked if first <= found.first < after),
        )
        for first, after in itertools.pairwise((*starts, len(line.lows)))
    )


def _marks(lows: Sequence[str], rules: Grammar) -> list[Marked]:
    """Return the marks in order; a longer phrase takes its words from shorter ones."""
    found: list[Marked] = []
    at = 0
    while at < len(lows):
        skipped = _empty_at(lows, at)
        if skipped:
            at += skipped
            continue
        for length in range(min(rules.longest, len(lows) - at), 0, -1):
            marks = rules.marks.get(tuple(lows[at : at + length]))
            if marks:
                found.append(Marked(marks, at, at + length - 1))
                at += length - 1
                break
        at += 1
    return found


def _empty_at(lows: Sequence[str], at: int) -> int:
    """Return how many words from ``at`` on look like marks and are none."""
    for length in range(_LONGEST_EMPTY, 1, -1):
        if tuple(lows[at : at + length]) in _EMPTY:
            return length
    pair = tuple(lows[at : at + 2])
    return 2 if pair in _NOT_ONLY and _ALSO.intersection(lows[at + 2 :]) else 0
