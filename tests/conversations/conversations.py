"""Conversations of two and three turns, and how the assistant fares in them.

``samtaler_dev.jsonl`` and ``samtaler_test.jsonl``: one conversation per line, written from the 30
documents in people's own words and without looking at how the assistant reads a follow-up. Tune on
the first, only measure on the second: its misses are never printed.

=============  ====================================================================================
``id``         ``sdev-001`` …, ``stest-001`` …
``style``      what the last turn is like: one or two of ``KINDS``, at most one of ``FORMS``
``turns``      oldest first; only the last one is scored
``question``   what the employee writes
``relation``   how the turn stands to the ones before it, as in :class:`assistent.types.Relation`
``means``      from the second turn on: the question as it would be asked on its own
``gold``       every place that answers it in context: ``document`` and ``quote``, which stands to
               the letter in the document's stored text; any one of them is right
=============  ====================================================================================

The gold of «kan du si det enklere?» is that of the question before it. A place is gold too when it
says that the answer is not publicly known.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistent.answering import Assistant
from assistent.evaluation.gold import SectionKey
from assistent.sections import split_into_sections
from assistent.types import Answer, Relation, Source
from assistent.web.conversation import Exchange, extended, next_number, turns

FOLDER = Path(__file__).resolve().parent
PARTS = ("dev", "test")
KINDS = (
    "ellipsis", "pronoun", "narrowing", "contrast", "reason", "deadline", "exception", "who",
    "example", "third_turn", "simpler", "new_topic",
)  # fmt: skip
FORMS = ("dialect", "nynorsk", "english", "typos", "phone")


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that answers: ``quote`` stands to the letter in the document's stored text."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class AskedTurn:
    """One question of a conversation; ``means`` is empty for the first."""

    question: str
    relation: Relation
    means: str
    gold: tuple[Gold, ...]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Questions that follow each other."""

    identity: str
    style: tuple[str, ...]
    turns: tuple[AskedTurn, ...]

    @property
    def last(self) -> AskedTurn:
        """The turn that is scored."""
        return self.turns[-1]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of the last turn.

    ``place``: a source overlaps a gold quote. ``section``: a source is of a section in which a gold
    quote stands. ``in_full`` is the same as ``section`` for the question asked on its own.
    """

    conversation: Conversation
    answer: Answer
    place: bool
    section: bool
    in_full: bool

    @property
    def related(self) -> bool:
        """Whether the assistant took the turn for what it is."""
        return self.answer.relation is self.conversation.last.relation


def load(part: str) -> list[Conversation]:
    """Load the conversations of a part, ``dev`` or ``test``."""
    lines = (FOLDER / f"samtaler_{part}.jsonl").read_text("utf-8").splitlines()
    return [
        Conversation(
            identity=record["id"],
            style=tuple(record["style"]),
            turns=tuple(
                AskedTurn(
                    question=turn["question"],
                    relation=Relation(turn["relation"]),
                    means=turn.get("means", ""),
                    gold=tuple(Gold(each["document"], each["quote"]) for each in turn["gold"]),
                )
                for turn in record["turns"]
            ),
        )
        for record in map(json.loads, lines)
    ]


def play(assistant: Assistant, conversation: Conversation) -> Answer:
    """Ask turn by turn, with the history that the page makes, and return the last answer."""
    exchanges: tuple[Exchange, ...] = ()
    for turn in conversation.turns:
        answer = assistant.answer(turn.question, turns(exchanges))
        exchanges = extended(exchanges, next_number(exchanges), turn.question, answer)
    return answer


def measure(assistant: Assistant, conversations: Iterable[Conversation]) -> Iterator[Result]:
    """Play every conversation and compare the last answer's sources with the gold."""
    for each in conversations:
        answer = play(assistant, each)
        sections = gold_sections(assistant, each.last.gold)
        in_full = assistant.answer(each.last.means)
        yield Result(
            conversation=each,
            answer=answer,
            place=shows_place(assistant, answer.sources, each.last.gold),
            section=_shows_section(answer.sources, sections),
            in_full=_shows_section(in_full.sources, sections),
        )


def shows_place(assistant: Assistant, sources: Sequence[Source], gold: Sequence[Gold]) -> bool:
    """Whether a source overlaps a place where a gold quote stands."""
    return any(
        source.document == each.document and source.start < end and start < source.end
        for each in gold
        for start, end in _places(assistant, each)
        for source in sources
    )


def gold_sections(assistant: Assistant, gold: Sequence[Gold]) -> frozenset[SectionKey]:
    """Return the sections in which gold quotes stand."""
    found = set()
    for each in gold:
        document = assistant.document(each.document)
        if document is not None:
            for section in split_into_sections(document.text, document.blocks):
                for start, _ in _places(assistant, each):
                    if section.start <= start < section.end:
                        found.add((each.document, section.path))
    return frozenset(found)


def wilson(hits: int, number: int) -> tuple[float, float]:
    """Return the 95 % Wilson interval of a share; (0, 1) for a share of nothing."""
    if not number:
        return 0.0, 1.0
    z = 1.959964
    share, square = hits / number, z * z / number
    middle = share + square / 2
    spread = z * (share * (1 - share) / number + square / (4 * number)) ** 0.5
    return (middle - spread) / (1 + square), (middle + spread) / (1 + square)


def _shows_section(sources: Sequence[Source], sections: frozenset[SectionKey]) -> bool:
    return any((source.document, source.section) in sections for source in sources)


def _places(assistant: Assistant, gold: Gold) -> list[tuple[int, int]]:
    """Return where a gold quote stands, at least once.

    Raises:
        ValueError: the index does not hold it; it was built from another corpus.
    """
    document = assistant.document(gold.document)
    text = document.text if document else ""
    found = []
    at = text.find(gold.quote)
    while at >= 0:
        found.append((at, at + len(gold.quote)))
        at = text.find(gold.quote, at + 1)
    if not found:
        raise ValueError(f"not in the index: «{gold.quote}» ({gold.document})")
    return found
